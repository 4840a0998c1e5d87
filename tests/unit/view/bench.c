/* SPDX-License-Identifier: EUPL-1.2 */
#include "bench.h"

#include <math.h>
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
#include "elements/catalogue.h"

/* -- files -- */

static const char exhibition_json[] =
    "{\"title\": \"Test\", \"languages\": [\"de\", \"en\", \"ar\"], \"wall\": \"wall\", \"home\": \"test\","
    " \"session\": {\"contrast\": {\"values\": [\"normal\", \"high\"], \"default\": \"normal\"}}}";
static const char theme_json[] =
    "{\"canvases\": {\"wide\": {\"size\": [1000, 600], \"areas\": {\"main\": [100, 50, 600, 400], \"side\": [750, 50, 200, 400]}},"
    "                \"tall\": {\"size\": [500, 1000], \"areas\": {\"main\": [50, 50, 400, 600], \"side\": [50, 700, 400, 200]}}},"
    " \"colours\": {\"red\": \"#FF0000\", \"green\": \"#00FF00\", \"blue\": \"#0000FF\", \"ink\": \"#101010\", \"paper\": \"#FFFFFF\"},"
    " \"high_contrast\": {\"ink\": \"#000000\"}, \"ground\": \"paper\", \"large\": 1.5, \"default_style\": \"body\","
    " \"styles\": {\"body\": {\"font\": \"text\", \"size\": 20, \"line\": 1.5, \"colour\": \"ink\"},"
    "              \"small\": {\"size\": 8}, \"spaced\": {\"size\": 20, \"spacing\": 0.1},"
    "              \"title\": {\"font\": \"text\", \"size\": {\"wide\": 40, \"tall\": 30}, \"line\": 1.2}},"
    " \"default_button\": \"primary\","
    " \"buttons\": {\"primary\": {\"style\": \"body\", \"fill\": \"blue\", \"colour\": \"paper\", \"radius\": 10, \"padding\": [16, 32],"
    "               \"pressed\": {\"fill\": \"red\"}, \"selected\": {\"fill\": \"green\", \"colour\": \"ink\"},"
    "               \"disabled\": {\"fill\": \"paper\", \"colour\": \"red\"}}}}";
static const char wall_json[] =
    "{\"title\": \"Wall\", \"viewing_distance\": 1500, \"bottom\": 800,"
    " \"panels\": [{\"id\": \"p\", \"at\": [0, 0], \"size\": [1000, 600], \"pixels\": [1000, 600]}],"
    " \"zones\": [{\"id\": \"z\", \"at\": [0, 0], \"size\": [1000, 600], \"playlist\": \"list\", \"language\": \"de\", \"home\":"
    " \"test\"}]}";
static const char playlist_json[] = "{\"loop\": [{\"scene\": \"test\", \"for\": \"10s\"}], \"otherwise\": \"test\"}";
static const char fonts_json[] = "{\"roles\": {\"text\": {\"package\": \"fonts-dejavu-core\", \"file\": \"DejaVuSans.ttf\"}}}";

static const char *const pictures[] = {"400x200", "200x400", "100x100", "20x20", "late", "broken"};
static const char *const folders[] = {"scenes", "scenes/walls", "scenes/playlists", "scenes/parts", "media", "fonts"};

static void write_file(const struct bench *bench, const char *name, const char *text)
{
    char path[2048];
    (void)snprintf(path, sizeof path, "%s/%s", bench->folder, name);
    assert_true(sw_file_write_atomic(path, text, strlen(text)));
}

static void remove_files(const struct bench *bench)
{
    char command[1024];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", bench->folder);
    assert_int_equal(system(command), 0);
}

static void write_folder(struct bench *bench, const char *scene, const struct bench_part *parts)
{
    char path[1024];
    (void)snprintf(bench->folder, sizeof bench->folder, "%s/bench-XXXXXX", SW_BINARY_DIR);
    assert_non_null(mkdtemp(bench->folder));
    for (size_t i = 0; i < SW_COUNT(folders); i++) {
        (void)snprintf(path, sizeof path, "%s/%s", bench->folder, folders[i]);
        assert_int_equal(mkdir(path, 0755), 0);
    }
    write_file(bench, "scenes/exhibition.json", exhibition_json);
    write_file(bench, "scenes/theme.json", theme_json);
    write_file(bench, "scenes/walls/wall.json", wall_json);
    write_file(bench, "scenes/playlists/list.json", playlist_json);
    write_file(bench, "fonts/fonts.json", fonts_json);
    write_file(bench, "scenes/test.json", scene);
    for (size_t i = 0; i < SW_COUNT(pictures); i++) {
        (void)snprintf(path, sizeof path, "media/%s.png", pictures[i]);
        write_file(bench, path, "");
    }
    write_file(bench, "media/film.mp4", "");
    write_file(bench, "media/film.de.vtt", "WEBVTT\n\n00:03.000 --> 00:05.000\nDas Wasser steigt.\n");
    write_file(bench, "media/film.en.srt", "00:00:01,000 --> 00:00:04,000\nEnglish, and longer\n");
    for (const struct bench_part *part = parts; part != NULL && part->id != NULL; part++) {
        (void)snprintf(path, sizeof path, "scenes/parts/%s.json", part->id);
        write_file(bench, path, part->json);
    }
}

/* -- pictures -- */

static enum sw_asset_state picture_size(void *context, const char *path, int *width, int *height)
{
    (void)context;
    if (strstr(path, "late") != NULL) {
        return SW_ASSET_PENDING;
    }
    return sscanf(path, "media/%dx%d", width, height) == 2 ? SW_ASSET_READY : SW_ASSET_FAILED;
}

static enum sw_asset_state picture_get(void *context, const struct sw_picture_request *request, struct sw_bitmap **bitmap)
{
    struct bench *bench = context;
    bench->asked = *request;
    bench->asks++;
    static struct sw_bitmap *made[64];
    for (size_t i = 0; i < SW_COUNT(made); i++) {
        if (made[i] != NULL && made[i]->width == request->width && made[i]->height == request->height) {
            *bitmap = made[i];
            return SW_ASSET_READY;
        }
        if (made[i] == NULL) {
            made[i] = sw_bitmap_create(SW_PIXELS_XRGB, request->width, request->height);
            memset(made[i]->pixels, 0xff, (size_t)made[i]->stride * (size_t)made[i]->height);
            *bitmap = made[i];
            return SW_ASSET_READY;
        }
    }
    return SW_ASSET_FAILED;
}

/* -- names -- */

static bool look_up_builtin(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct bench *bench = scope->context;
    if (strcmp(name, "scenes") != 0) {
        return false;
    }
    *out = bench->scenes;
    return true;
}

static bool look_up_state(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct bench *bench = scope->context;
    for (size_t i = 0; i < BENCH_NAMES && bench->values[i].name != NULL; i++) {
        if (strcmp(bench->values[i].name, name) == 0) {
            *out = bench->values[i].value;
            return true;
        }
    }
    return false;
}

void bench_set(struct bench *bench, const char *name, struct sw_value value)
{
    size_t i = 0;
    while (bench->values[i].name != NULL && strcmp(bench->values[i].name, name) != 0) {
        i++;
        assert_true(i < BENCH_NAMES);
    }
    bench->values[i].name = name;
    bench->values[i].value = value;
}

/* Five scenes: id, title, order and whether they have the tag "project". */
static struct sw_value make_scenes(void)
{
    static const char *const names[] = {"id", "title", "order", "tags"};
    static struct sw_value project, none, tag;
    static struct sw_list tagged, untagged;
    static struct sw_value values[5][4], rows[5];
    static struct sw_record records[5];
    static struct sw_list list;
    static const struct {
        const char *id, *title;
        double order;
        bool project;
    } table[] = {{"rhein", "Der Rhein", 3, true},
                 {"hafen", "Der Hafen", 1, true},
                 {"test", "Test", 9, false},
                 {"stahl", "Stahl", 2, true},
                 {"amt", "Das Amt", 2, true}};
    tag = sw_value_string("project");
    tagged = (struct sw_list){1, &tag};
    project = (struct sw_value){.type = SW_VALUE_LIST, .as.list = &tagged};
    none = (struct sw_value){.type = SW_VALUE_LIST, .as.list = &untagged};
    for (size_t i = 0; i < SW_COUNT(table); i++) {
        values[i][0] = sw_value_string(table[i].id);
        values[i][1] = sw_value_string(table[i].title);
        values[i][2] = sw_value_number(table[i].order);
        values[i][3] = table[i].project ? project : none;
        records[i] = (struct sw_record){4, names, values[i]};
        rows[i] = (struct sw_value){.type = SW_VALUE_RECORD, .as.record = &records[i]};
    }
    list = (struct sw_list){SW_COUNT(table), rows};
    return (struct sw_value){.type = SW_VALUE_LIST, .as.list = &list};
}

/* -- open and close -- */

static void open_tools(struct bench *bench)
{
    const struct sw_font_role role = {.name = "text", .path = bench->exhibition->fonts[0].path};
    const struct sw_font_set fonts = {.roles = &role, .role_count = 1};
    bench->typesetter = sw_typesetter_create(&fonts, 16 << 20);
    bench->bakery = sw_bakery_create(0, 16 << 20, NULL, NULL);
    bench->masks = sw_masks_create(16 << 20);
    bench->pictures = (struct sw_pictures){.size = picture_size, .get = picture_get, .context = bench};
    bench->scenes = make_scenes();
    bench->builtins = (struct sw_scope){.lookup = look_up_builtin, .context = bench};
    bench->state = (struct sw_scope){.outer = &bench->builtins, .lookup = look_up_state, .context = bench};
    bench->evaluation = (struct sw_evaluation){
        .scope = &bench->builtins,
        .arena = &bench->arena,
        .reads = &bench->reads,
        .now = 1795352705 * SW_SECOND, /* 2026-11-22, 14:05:05 in Berlin */
        .zone = bench->exhibition->zone,
        .language = "de",
    };
    bench->context = (struct sw_view_context){
        .exhibition = bench->exhibition,
        .canvas = sw_theme_canvas(&bench->exhibition->theme, "wide"),
        .evaluation = &bench->evaluation,
        .text_factor = 1,
        .arena = &bench->arena,
        .typesetter = bench->typesetter,
        .bakery = bench->bakery,
        .pictures = &bench->pictures,
        .masks = bench->masks,
    };
}

void bench_open(struct bench *bench, const char *scene, const struct bench_part *parts)
{
    memset(bench, 0, sizeof *bench);
    char *text = NULL;
    size_t length = strlen(scene) + 64;
    text = malloc(length);
    assert_non_null(text);
    (void)snprintf(text, length, "{\"title\": \"Test\", %s}", scene);
    write_folder(bench, text, parts);
    free(text);
    sw_diags_init(&bench->diags);
    bench->exhibition = sw_exhibition_create(bench->folder, sw_catalogue(), &bench->diags);
    if (bench->exhibition == NULL || bench->diags.errors > 0) {
        sw_diags_print(&bench->diags, stderr);
        remove_files(bench);
        fail_msg("the exhibition has faults: %s", scene);
    }
    remove_files(bench);
    open_tools(bench);
}

void bench_elements(struct bench *bench, const char *elements, const struct bench_part *parts)
{
    static const char state[] = "\"state\": {\"word\": {\"values\": [\"a\", \"b\", \"c\"], \"default\": \"a\"},"
                                " \"number\": {\"min\": 0, \"max\": 9, \"default\": 1}, \"flag\": {\"default\": true}}, \"elements\": ";
    char *scene = malloc(strlen(elements) + sizeof state);
    assert_non_null(scene);
    strcpy(scene, state);
    strcat(scene, elements);
    bench_open(bench, scene, parts);
    free(scene);
    bench_set(bench, "word", sw_value_string("a"));
    bench_set(bench, "number", sw_value_number(1));
    bench_set(bench, "flag", sw_value_bool(true));
}

void bench_close(struct bench *bench)
{
    sw_draw_list_finish(&bench->list);
    sw_masks_destroy(bench->masks);
    sw_bakery_destroy(bench->bakery);
    sw_typesetter_destroy(bench->typesetter);
    sw_arena_finish(&bench->arena);
    sw_exhibition_destroy(bench->exhibition);
    sw_diags_finish(&bench->diags);
}

void bench_canvas(struct bench *bench, const char *canvas)
{
    bench->context.canvas = sw_theme_canvas(&bench->exhibition->theme, canvas);
    assert_non_null(bench->context.canvas);
}

void bench_language(struct bench *bench, const char *language)
{
    bench->evaluation.language = language;
    bench->context.right_to_left = strcmp(language, "ar") == 0;
}

void bench_make(struct bench *bench)
{
    sw_arena_reset(&bench->arena);
    sw_reads_init(&bench->reads);
    const struct sw_scene *scene = sw_exhibition_scene(bench->exhibition, "test");
    assert_non_null(scene);
    const struct sw_view_layer layer = {
        .elements = scene->pages[0].elements,
        .frame = scene->frame,
        .frame_arguments = scene->frame_arguments,
        .identity = 1,
        .scope = &bench->state,
    };
    bench->root = sw_view_create(&bench->context, &layer, 1);
}

/* -- looking -- */

struct search {
    const char *name;
    int left;
    const struct sw_box *found;
    size_t count;
};

static void visit(void *context, const struct sw_box *box)
{
    struct search *search = context;
    search->count++;
    struct sw_value name = box->common[SW_COMMON_NAME];
    if (search->name != NULL && search->found == NULL && name.type == SW_VALUE_STRING && strcmp(name.as.string, search->name) == 0 &&
        search->left-- == 0) {
        search->found = box;
    }
}

const struct sw_box *bench_find(const struct bench *bench, const char *name, int nth)
{
    struct search search = {.name = name, .left = nth};
    sw_view_each(bench->root, visit, &search);
    return search.found;
}

size_t bench_count(const struct bench *bench)
{
    struct search search = {0};
    sw_view_each(bench->root, visit, &search);
    return search.count;
}

struct sw_painter bench_painter(struct bench *bench, double age)
{
    sw_draw_list_finish(&bench->list);
    int width = (int)bench->context.canvas->width, height = (int)bench->context.canvas->height;
    sw_draw_list_init(&bench->list, width, height, 0xffffffff);
    return (struct sw_painter){
        .context = &bench->context,
        .list = &bench->list,
        .scale = 1,
        .zoom = 1,
        .opacity = 1,
        .clip = {0, 0, width, height},
        .time_s = age,
        .next_due = SW_NEVER,
    };
}

struct sw_painter bench_paint(struct bench *bench, double age)
{
    struct sw_painter painter = bench_painter(bench, age);
    sw_view_paint(&painter, bench->root);
    return painter;
}

static void expect_one(const struct bench *bench, const char *line, const char *label)
{
    char name[64] = "";
    struct sw_rect wanted = {0};
    int read = sscanf(line, " %63s %lf %lf %lf %lf", name, &wanted.x, &wanted.y, &wanted.width, &wanted.height);
    const struct sw_box *box = bench_find(bench, name, 0);
    if (read == 1) {
        if (box != NULL) {
            fail_msg("%s: there is a box \"%s\"", label, name);
        }
        return;
    }
    assert_int_equal(read, 5);
    if (box == NULL) {
        fail_msg("%s: there is no box \"%s\"", label, name);
        return;
    }
    bool same = fabs(box->rect.x - wanted.x) < 0.01 && fabs(box->rect.y - wanted.y) < 0.01 && fabs(box->rect.width - wanted.width) < 0.01 &&
                fabs(box->rect.height - wanted.height) < 0.01;
    if (!same) {
        fail_msg("%s: %s is at %g %g, %g x %g; wanted: %s", label, name, box->rect.x, box->rect.y, box->rect.width, box->rect.height, line);
    }
}

void bench_expect(const struct bench *bench, const char *expected, const char *label)
{
    char line[128];
    while (*expected != '\0') {
        size_t length = strcspn(expected, ";");
        (void)snprintf(line, sizeof line, "%.*s", (int)length, expected);
        expect_one(bench, line, label);
        expected += length + (expected[length] == ';');
    }
}
