/* SPDX-License-Identifier: EUPL-1.2 */
#include "bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/log.h"
#include "elements/catalogue.h"

#define FRAME_US 16667

/* -- files -- */

#define CELL(x, y) "\"shape\": \"rectangle\", \"at\": [" #x ", " #y "], \"size\": [80, 80], \"fill\": \"#808080\""
#define SIGN(colour) "\"shape\": \"rectangle\", \"at\": [900, 0], \"size\": [20, 20], \"fill\": \"" colour "\""

static const char exhibition[] =
    "{\"title\": \"Test\", \"languages\": [\"de\", \"en\", \"de-leicht\", \"ar\"], \"wall\": \"one\", \"home\": \"hub\","
    " \"overlay\": \"over\", \"defaults\": %s,"
    " \"session\": {\"contrast\": {\"values\": [\"normal\", \"high\"], \"default\": \"normal\"}}}";
static const char defaults[] =
    "{\"idle\": \"60s\", \"countdown\": \"20s\", \"transition\": {\"kind\": \"fade\", \"for\": \"600ms\"}}";
static const struct bed_file files[] = {
    {"scenes/theme.json",
     "{\"canvases\": {\"wide\": {\"size\": [1000, 600], \"areas\": {\"sheet\": [300, 150, 400, 300]}}},"
     " \"colours\": {\"ink\": \"#101010\", \"paper\": \"#FFFFFF\"}, \"ground\": \"paper\","
     " \"default_style\": \"body\", \"styles\": {\"body\": {\"font\": \"text\", \"size\": 20, \"line\": 1.5, \"colour\": \"ink\"}}}"},
    {"scenes/walls/one.json",
     "{\"title\": \"One\", \"viewing_distance\": 1500, \"bottom\": 800,"
     " \"panels\": [{\"id\": \"p\", \"at\": [0, 0], \"size\": [1000, 600], \"pixels\": [1000, 600]}],"
     " \"zones\": [{\"id\": \"only\", \"at\": [0, 0], \"size\": [1000, 600], \"playlist\": \"list\", \"language\": \"de\"}]}"},
    {"scenes/walls/two.json",
     "{\"title\": \"Two\", \"viewing_distance\": 1500, \"bottom\": 800,"
     " \"panels\": [{\"id\": \"p\", \"at\": [0, 0], \"size\": [2000, 600], \"pixels\": [2000, 600]}],"
     " \"zones\": [{\"id\": \"left\", \"at\": [0, 0], \"size\": [1000, 600], \"playlist\": \"list\", \"language\": \"de\"},"
     "           {\"id\": \"right\", \"at\": [1000, 0], \"size\": [1000, 600], \"playlist\": \"hubs\", \"language\": \"en\"}]}"},
    {"scenes/playlists/hubs.json", "{\"loop\": [{\"scene\": \"hub\", \"for\": \"30s\"}]}"},
    {"fonts/fonts.json", "{\"roles\": {\"text\": {\"package\": \"fonts-dejavu-core\", \"file\": \"DejaVuSans.ttf\"}}}"},
    {"media/fine.png", ""},
    {"media/late.png", ""},
    {"media/broken.png", ""},
    {"media/film.mp4", ""},
    {"media/film-en.mp4", ""},
    {"media/second.mp4", ""},
    {"scenes/parts/bar.json",
     "{\"elements\": [{\"slot\": \"page\"}, {" SIGN(
         "#0000E1") ", \"when\": \"language == 'en'\"},"
                    " {" CELL(0, 500) ", \"tap\": \"next\"}, {" CELL(100, 500) ", \"tap\": \"previous\"}, {" CELL(
                        200, 500) ", \"tap\": \"back\"},"
                                  " {" CELL(300, 500) ", \"tap\": \"home\"}, {" CELL(
                                      400, 500) ", \"tap\": \"restart\"},"
                                                " {" CELL(500,
                                                          500) ", \"tap\": {\"set\": {\"language\": \"en\"}}},"
                                                               " {" CELL(600,
                                                                         500) ", \"tap\": {\"set\": {\"language\": \"de-leicht\"}}},"
                                                                              " {" CELL(
                                                                                  700,
                                                                                  500) ", \"tap\": {\"set\": {\"contrast\": \"high\"}}}]}"},
    {"scenes/parts/over.json",
     "{\"elements\": [{\"shape\": \"rectangle\", \"at\": [400, 200], \"size\": [100, 100], \"fill\": \"#0000C1\","
     " \"when\": \"visit.countdown >= 0\", \"tap\": \"stay\", \"animate\": {\"enter\": \"fade\", \"for\": \"300ms\"}},"
     " {\"shape\": \"rectangle\", \"at\": [600, 200], \"size\": [100, 100], \"fill\": \"#0000C2\","
     " \"when\": \"visit.countdown >= 0\", \"tap\": \"restart\"}]}"},
    {"scenes/hub.json", "{\"title\": \"Hub\", \"about\": {\"order\": 1}, \"frame\": \"bar\", \"elements\": ["
                        " {" CELL(0, 0) ", \"tap\": {\"go\": \"a\"}}, {" CELL(
                            100, 0) ", \"tap\": {\"go\": \"b\"}},"
                                    " {" CELL(200, 0) ", \"tap\": {\"go\": \"a#two\"}},"
                                                      " {" CELL(300, 0) ", \"tap\": {\"go\": \"long\"}}, {" CELL(
                                                          400, 0) ", \"tap\": {\"go\": \"{1 > 0 ? 'nowhere' : 'a'}\"}}]}"},
    {"scenes/a.json",
     "{\"title\": \"A\", \"about\": {\"tags\": [\"project\"]}, \"frame\": \"bar\","
     " \"state\": {\"n\": {\"min\": 1, \"max\": 3, \"default\": 1}},"
     " \"pages\": ["
     "  {\"id\": \"one\", \"for\": \"4s\", \"elements\": [{\"use\": \"cells\", \"n\": \"{n}\", \"more\": {\"set\": {\"n\": \"{n + 1}\"}},"
     "   \"too\": {\"set\": {\"n\": \"{n + 8}\"}}}]},"
     "  {\"id\": \"two\", \"for\": \"4s\", \"elements\": [{\"use\": \"cells\", \"n\": \"{n}\", \"more\": {\"set\": {\"n\": \"{n + 1}\"}},"
     "   \"too\": {\"set\": {\"n\": \"{n + 8}\"}}}],"
     "   \"popups\": {\"own\": {\"in\": \"sheet\", \"elements\": [{\"shape\": \"rectangle\", \"fill\": \"#0000F3\"}]}}},"
     "  {\"id\": \"three\", \"elements\": [{\"use\": \"cells\", \"n\": \"{n}\", \"more\": {\"set\": {\"n\": \"{n + 1}\"}},"
     "   \"too\": {\"set\": {\"n\": \"{n + 8}\"}}}]}],"
     " \"popups\": {\"modal\": {\"in\": \"sheet\", \"modal\": true, \"elements\": ["
     "   {\"shape\": \"rectangle\", \"at\": [0, 0], \"size\": [400, 300], \"fill\": \"#0000F1\"},"
     "   {\"shape\": \"rectangle\", \"at\": [10, 10], \"size\": [80, 80], \"fill\": \"#808080\", \"tap\": \"close\"}]},"
     "  \"open\": {\"in\": \"sheet\", \"modal\": false, \"elements\": ["
     "   {\"shape\": \"rectangle\", \"at\": [0, 0], \"size\": [400, 300], \"fill\": \"#0000F2\"},"
     "   {\"shape\": \"rectangle\", \"at\": [10, 10], \"size\": [80, 80], \"fill\": \"#808080\", \"tap\": {\"close\": \"open\"}}]}}}"},
    {"scenes/parts/cells.json",
     "{\"parameters\": {\"n\": {\"type\": \"number\"}, \"more\": {\"type\": \"actions\"},"
     " \"too\": {\"type\": \"actions\"}}, \"elements\": ["
     " {" SIGN("#000101") ", \"when\": \"n == 1\"}, {" SIGN(
         "#000102") ", \"when\": \"n == 2\"},"
                    " {" SIGN("#000103") ", \"when\": \"n == 3\"},"
                                         " {" CELL(0, 0) ", \"tap\": \"{more}\"}, {" CELL(
                                             100, 0) ", \"tap\": \"{too}\"},"
                                                     " {" CELL(200, 0) ", \"tap\": {\"open\": \"modal\"}}, {" CELL(
                                                         300, 0) ", \"tap\": {\"open\": \"open\"}},"
                                                                 " {" CELL(400, 0) ", \"tap\": {\"go\": \"b\"}}, {" CELL(
                                                                     500, 0) ", \"tap\": {\"go\": \"#three\"}}]}"},
    {"scenes/b.json", "{\"title\": \"B\", \"frame\": \"bar\", \"elements\": ["
                      " {\"image\": \"media/fine.png\", \"at\": [0, 0], \"size\": [400, 200], \"alt\": \"\"},"
                      " {\"shape\": \"rectangle\", \"at\": [500, 0], \"size\": [20, 20], \"fill\": \"#0000B1\"}]}"},
    {"scenes/long.json", "{\"title\": \"Long\", \"frame\": \"bar\", \"idle\": \"5m\", \"elements\": [{\"text\": \"long\"}]}"},
    {"scenes/late.json", "{\"title\": \"Late\", \"frame\": \"bar\", \"elements\": ["
                         " {\"image\": \"media/late.png\", \"at\": [0, 0], \"size\": [400, 200], \"alt\": \"\"}]}"},
    {"scenes/broken.json", "{\"title\": \"Broken\", \"frame\": \"bar\", \"elements\": ["
                           " {\"image\": \"media/broken.png\", \"at\": [0, 0], \"size\": [400, 200], \"alt\": \"\"}]}"},
};
static const char default_playlist[] = "{\"loop\": [{\"scene\": \"a\", \"for\": \"12s\"}, {\"scene\": \"b\", \"for\": \"8s\"}]}";
static const char *const folders[] = {"scenes", "scenes/walls", "scenes/playlists", "scenes/parts", "media", "fonts"};

static void write_file(const struct bed *bed, const char *name, const char *text)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", bed->folder, name);
    assert_true(sw_file_write_atomic(path, text, strlen(text)));
}

static void write_folder(struct bed *bed, const struct bed_options *options)
{
    char path[512], text[2048];
    (void)snprintf(bed->folder, sizeof bed->folder, "%s/bed-XXXXXX", SW_BINARY_DIR);
    assert_non_null(mkdtemp(bed->folder));
    for (size_t i = 0; i < SW_COUNT(folders); i++) {
        (void)snprintf(path, sizeof path, "%s/%s", bed->folder, folders[i]);
        assert_int_equal(mkdir(path, 0755), 0);
    }
    for (size_t i = 0; i < SW_COUNT(files); i++)
        write_file(bed, files[i].name, files[i].text);
    write_file(bed, "scenes/playlists/list.json", options->playlist != NULL ? options->playlist : default_playlist);
    (void)snprintf(text, sizeof text, exhibition, options->defaults != NULL ? options->defaults : defaults);
    write_file(bed, "scenes/exhibition.json", text);
    for (const struct bed_file *file = options->files; file != NULL && file->name != NULL; file++)
        write_file(bed, file->name, file->text);
}

static void remove_folder(const struct bed *bed)
{
    char command[512];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", bed->folder);
    assert_int_equal(system(command), 0);
}

/* -- pictures -- */

static enum sw_asset_state state_of(struct bed *bed, const char *path)
{
    if (strstr(path, "late") != NULL) {
        bed->late_asked++;
        return bed->late_is_there ? SW_ASSET_READY : SW_ASSET_PENDING;
    }
    if (strstr(path, "broken") != NULL) {
        bed->broken_asked++;
        return SW_ASSET_FAILED;
    }
    return SW_ASSET_READY;
}

static enum sw_asset_state picture_size(void *context, const char *path, int *width, int *height)
{
    *width = 400;
    *height = 200;
    return state_of(context, path);
}

static enum sw_asset_state picture_get(void *context, const struct sw_picture_request *request, struct sw_bitmap **bitmap)
{
    struct bed *bed = context;
    enum sw_asset_state state = state_of(bed, request->path);
    *bitmap = state == SW_ASSET_READY ? bed->bitmap : NULL;
    return state;
}

/* -- clips -- */

#define CLIP_US (10 * SW_SECOND)
#define PICTURE_US (40 * SW_MS)

static enum sw_asset_state clip_of(void *context, const char *path, struct sw_clip *clip)
{
    const struct bed *bed = context;
    (void)path;
    *clip = (struct sw_clip){.width = 64, .height = 36, .length = CLIP_US};
    return bed->film_broken ? SW_ASSET_FAILED : SW_ASSET_READY;
}

/* Another picture than before; lists hold those that they show. */
static void turn_film(struct bed *bed)
{
    static const uint8_t grey[64 * 36];
    struct sw_planes planes = {.width = 64, .height = 36, .planes = {grey, grey, grey}, .strides = {64, 32}};
    sw_bitmap_release(bed->film);
    bed->film = sw_bitmap_wrap_planes(&planes, NULL, NULL);
    assert_non_null(bed->film);
}

static enum sw_asset_state frame_of(void *context, const struct sw_cue *cue, struct sw_frame *out)
{
    struct bed *bed = context;
    size_t at = 0;
    while (at < bed->film_count && strcmp(bed->films[at].path, cue->path) != 0)
        at++;
    assert_true(at < SW_COUNT(bed->films));
    if (at == bed->film_count) {
        bed->film_count++;
        (void)snprintf(bed->films[at].path, sizeof bed->films[at].path, "%s", cue->path);
    }
    const struct sw_cue *last = &bed->films[at].cue;
    int64_t follows = last->position + (last->running ? cue->tick - last->tick : 0);
    bed->films[at].jumps += bed->films[at].asked > 0 && last->key == cue->key && follows != cue->position;
    if (last->position / PICTURE_US != cue->position / PICTURE_US || last->key != cue->key)
        turn_film(bed);
    bed->films[at].cue = *cue;
    bed->films[at].cue.path = bed->films[at].path;
    bed->films[at].asked++;
    bool paced = cue->running && !bed->film_unpaced;
    *out = (struct sw_frame){.bitmap = bed->film, .next = paced ? cue->tick + PICTURE_US - cue->position % PICTURE_US : SW_NEVER};
    return bed->film_broken ? SW_ASSET_FAILED : bed->film_late ? SW_ASSET_PENDING : SW_ASSET_READY;
}

const struct sw_cue *bed_cue(const struct bed *bed, const char *name)
{
    for (size_t i = 0; i < bed->film_count; i++)
        if (strstr(bed->films[i].path, name) != NULL)
            return &bed->films[i].cue;
    fail_msg("nobody asked for %s", name);
    return NULL;
}

int bed_jumps(const struct bed *bed, const char *name)
{
    int jumps = 0;
    for (size_t i = 0; i < bed->film_count; i++)
        jumps += strstr(bed->films[i].path, name) != NULL ? bed->films[i].jumps : 0;
    return jumps;
}

static void soon(void *context, size_t source)
{
    struct bed *bed = context;
    assert_true(source < SW_COUNT(bed->soon));
    bed->soon[source]++;
}

/* -- open and close -- */

static struct sw_exhibition *load(struct bed *bed, const struct bed_options *options)
{
    write_folder(bed, options);
    sw_diags_init(&bed->diags);
    struct sw_exhibition *loaded = sw_exhibition_create(bed->folder, sw_catalogue(), &bed->diags);
    remove_folder(bed);
    if (loaded == NULL || bed->diags.errors > 0) {
        sw_diags_print(&bed->diags, stderr);
        fail_msg("the exhibition has faults");
    }
    return loaded;
}

static struct sw_stage *make_stage(struct bed *bed, const struct bed_options *options, bool held)
{
    struct sw_stage_options stage = {
        .exhibition = bed->exhibition,
        .wall = sw_exhibition_wall(bed->exhibition, options->wall),
        .tools = {.typesetter = bed->typesetter,
                  .bakery = bed->bakery,
                  .pictures = &bed->pictures,
                  .videos = &bed->videos,
                  .masks = bed->masks,
                  .data = bed->data,
                  .soon = soon,
                  .soon_context = bed},
        .reduced_motion = options->reduced_motion,
        .awaits_data = true,
        .held = held,
        .language = options->language};
    assert_non_null(stage.wall);
    struct sw_stage *made = sw_stage_create(&stage, bed->now);
    assert_non_null(made);
    return made;
}

void bed_open(struct bed *bed, struct bed_options options)
{
    memset(bed, 0, sizeof *bed);
    sw_log_init("test", (enum sw_log_level)0);
    bed->exhibition = load(bed, &options);
    const struct sw_font_role role = {.name = "text", .path = bed->exhibition->fonts[0].path};
    const struct sw_font_set fonts = {.roles = &role, .role_count = 1};
    bed->typesetter = sw_typesetter_create(&fonts, 16 << 20);
    bed->bakery = sw_bakery_create(options.bake_threads, 16 << 20, NULL, NULL);
    bed->masks = sw_masks_create(16 << 20);
    bed->data = bed->exhibition->source_count > 0 ? sw_data_create(bed->exhibition) : NULL;
    bed->bitmap = sw_bitmap_create(SW_PIXELS_XRGB, 400, 200);
    memset(bed->bitmap->pixels, 0x7f, (size_t)bed->bitmap->stride * (size_t)bed->bitmap->height);
    turn_film(bed);
    bed->videos = (struct sw_videos){.clip = clip_of, .frame = frame_of, .context = bed};
    bed->pictures = (struct sw_pictures){.size = picture_size, .get = picture_get, .context = bed};
    bed->now = (struct sw_time){.tick = SW_HOUR, .instant = BED_MIDNIGHT};
    bed->stage = make_stage(bed, &options, false);
}

bool bed_reload(struct bed *bed, struct bed_options options)
{
    struct sw_exhibition *before = bed->exhibition;
    struct sw_stage *stage = bed->stage;
    sw_diags_finish(&bed->diags);
    bed->exhibition = load(bed, &options);
    struct sw_stage *next = make_stage(bed, &options, true);
    for (int i = 0; i < 2; i++) { /* once more is the same */
        sw_stage_carry(next, stage, bed->now);
        (void)sw_stage_step(next, bed->now, true);
    }
    bool ready = sw_stage_ready(next);
    if (ready) {
        sw_stage_carry_contacts(next, stage, bed->now);
        sw_stage_release(next);
        bed->stage = next;
    }
    sw_stage_destroy(ready ? stage : next);
    sw_exhibition_destroy(ready ? before : bed->exhibition);
    bed->exhibition = ready ? bed->exhibition : before;
    bed_step(bed, false);
    return ready;
}

void bed_close(struct bed *bed)
{
    sw_stage_destroy(bed->stage);
    sw_bitmap_release(bed->bitmap);
    sw_bitmap_release(bed->film);
    sw_masks_destroy(bed->masks);
    sw_bakery_destroy(bed->bakery);
    sw_typesetter_destroy(bed->typesetter);
    sw_data_destroy(bed->data);
    sw_exhibition_destroy(bed->exhibition);
    sw_diags_finish(&bed->diags);
}

/* -- data -- */

static size_t source_of(const struct bed *bed, const char *name)
{
    const struct sw_source *source = sw_exhibition_source(bed->exhibition, name);
    assert_non_null(source);
    return (size_t)(source - bed->exhibition->sources);
}

void bed_put(struct bed *bed, const char *source, const char *body)
{
    size_t index = source_of(bed, source);
    const struct sw_request *request = &bed->exhibition->sources[index].request;
    struct sw_reading_facts facts = {.fetched = bed->now.instant, .published = SW_NEVER, .as_of = SW_NEVER};
    struct sw_reading_report report = {.missing = 0};
    char fault[SW_BODY_FAULT_MAX];
    struct sw_body *made = sw_body_create(request);
    assert_true(sw_body_add(made, body, strlen(body), fault));
    struct sw_reading *reading = sw_reading_create(request, made, bed->exhibition->zone, &facts, &report);
    sw_body_destroy(made);
    assert_non_null(reading);
    sw_data_put_reading(bed->data, index, reading);
}

void bed_put_failure(struct bed *bed, const char *source, const char *text)
{
    sw_data_put_outcome(bed->data, source_of(bed, source), true, SW_NEVER, text);
}

/* -- time -- */

void bed_step(struct bed *bed, bool assets)
{
    bed->next = sw_stage_step(bed->stage, bed->now, assets);
    bed->steps++;
}

static void set_clock(struct bed *bed, sw_tick tick)
{
    bed->now.instant += tick - bed->now.tick;
    bed->now.tick = tick;
}

void bed_pass(struct bed *bed, int64_t duration)
{
    sw_tick end = bed->now.tick + duration;
    for (;;) {
        sw_tick next = bed->next < bed->now.tick + FRAME_US ? bed->now.tick + FRAME_US : bed->next;
        if (next > end)
            break;
        set_clock(bed, next);
        bed_step(bed, false);
    }
    set_clock(bed, end);
    bed_step(bed, false);
}

void bed_settle(struct bed *bed)
{
    bed_step(bed, false);
    bool changing = true;
    for (int i = 0; i < 400 && changing; i++) {
        bed_pass(bed, FRAME_US);
        changing = false;
        for (size_t zone = 0; zone < sw_stage_zone_count(bed->stage); zone++)
            changing = changing || sw_stage_status(bed->stage, zone).changing;
    }
    assert_false(changing);
}

/* -- fingers -- */

static void contact(struct bed *bed, uint64_t finger, enum sw_contact_phase phase, double x, double y)
{
    sw_stage_contact(bed->stage, finger, phase, x, y, bed->now);
    bed_step(bed, false);
}

void bed_down(struct bed *bed, uint64_t finger, double x, double y) { contact(bed, finger, SW_CONTACT_DOWN, x, y); }

void bed_move(struct bed *bed, uint64_t finger, double x, double y) { contact(bed, finger, SW_CONTACT_MOVE, x, y); }

void bed_up(struct bed *bed, uint64_t finger) { contact(bed, finger, SW_CONTACT_UP, 0, 0); }

void bed_tap(struct bed *bed, double x, double y)
{
    bed_down(bed, 77, x, y);
    bed_pass(bed, 80 * SW_MS);
    bed_up(bed, 77);
}

void bed_press(struct bed *bed, int column, int row)
{
    bed_tap(bed, column * 100 + 40, row * 100 + 40);
    bed_settle(bed);
}

/* -- looking -- */

struct sw_zone_status bed_status(const struct bed *bed, size_t zone)
{
    assert_true(zone < sw_stage_zone_count(bed->stage));
    return sw_stage_status(bed->stage, zone);
}

const char *bed_shown(const struct bed *bed, size_t zone)
{
    static char texts[4][128];
    static size_t turn;
    char *text = texts[turn++ % 4];
    struct sw_zone_status status = bed_status(bed, zone);
    bool page = status.page != NULL && status.page[0] != '\0';
    (void)snprintf(text, sizeof texts[0], "%s%s%s", status.scene != NULL ? status.scene : "-", page ? "#" : "", page ? status.page : "");
    return text;
}

static const struct sw_stage_zone *frame(const struct bed *bed, size_t zone)
{
    const struct sw_stage_zone *frames = NULL;
    assert_true(zone < sw_stage_zones(bed->stage, &frames));
    return &frames[zone];
}

static bool has_fill(const struct sw_draw_list *list, uint32_t colour)
{
    for (size_t i = 0; list != NULL && i < list->count; i++)
        if (list->items[i].kind == SW_DRAW_FILL && list->items[i].colour == colour)
            return true;
    return false;
}

bool bed_fills(const struct bed *bed, size_t zone, uint32_t colour) { return has_fill(frame(bed, zone)->list, colour); }

bool bed_top_fills(const struct bed *bed, size_t zone, uint32_t colour) { return has_fill(frame(bed, zone)->top, colour); }

double bed_top_opacity(const struct bed *bed, size_t zone, uint32_t colour)
{
    const struct sw_draw_list *list = frame(bed, zone)->top;
    for (size_t i = 0; list != NULL && i < list->count; i++)
        if (list->items[i].kind == SW_DRAW_FILL && list->items[i].colour == colour)
            return list->items[i].opacity;
    return 0;
}

size_t bed_marks(const struct bed *bed, size_t zone)
{
    const struct sw_draw_list *list = frame(bed, zone)->top;
    size_t count = 0;
    for (size_t i = 0; list != NULL && i < list->count; i++)
        count += list->items[i].kind == SW_DRAW_BITMAP ? 1 : 0;
    return count;
}
