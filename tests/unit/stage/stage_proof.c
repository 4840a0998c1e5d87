/* SPDX-License-Identifier: EUPL-1.2 */
/* Two thousand changes of scenes of every kind, at 60 frames a second of a virtual clock, with pictures that come late: no frame that is
 * composed is black, stale (an older scene after a newer one) or half ready (a scene without one of its pictures), and each is pixel by
 * pixel what both scenes make of it when drawn from scratch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "bed.h"
#include "render/compose.h"

#define FRAME_US 16667
#define CHANGES 2000
#define LATE_US (150 * SW_MS)     /* after it was first asked for, a picture is there */
#define FORGET_US (4 * SW_SECOND) /* and after that no more */

enum { SCENES = 11, PICTURES = 2, WIDTH = 200, HEIGHT = 120 };

static const char *const changes[SCENES] = {
    "\"fade\"", "\"push\"", "\"push\", \"to\": \"end\"", "\"push\", \"to\": \"up\"", "\"push\", \"to\": \"down\"",
    "\"cut\"",  "\"wipe\"", "\"wipe\", \"to\": \"end\"", "\"wipe\", \"to\": \"up\"", "\"wipe\", \"to\": \"down\"",
    "\"morph\""};

static uint32_t ground_of(int scene) { return 0xff200000u + (uint32_t)scene * 0x0f0503u; }

static uint32_t picture_of(int scene, int picture) { return 0xff002040u + (uint32_t)(scene * PICTURES + picture) * 0x050609u; }

struct proof {
    struct bed bed;
    struct sw_bitmap *bitmaps[SCENES * PICTURES];
    sw_tick asked[SCENES * PICTURES]; /* 0: never, or long ago */
    bool came;                        /* one became ready */
    struct sw_composer *composer;
    uint32_t *seen[2]; /* the two lists of a frame from scratch */
    int scene;         /* that is on */
    int frames, completed;
};

/* -- the exhibition -- */

static char texts[2 * SCENES * PICTURES + 4][1024];
static char names[2 * SCENES * PICTURES + 4][64];
static struct bed_file files[2 * SCENES * PICTURES + 5];

static void add_file(size_t *count, const char *name, const char *text)
{
    assert_true(*count + 1 < SW_COUNT(files));
    (void)snprintf(names[*count], sizeof names[0], "%s", name);
    (void)snprintf(texts[*count], sizeof texts[0], "%s", text);
    files[*count] = (struct bed_file){names[*count], texts[*count]};
    (*count)++;
}

static void write_scene(size_t *count, int scene)
{
    char name[64], text[1024];
    (void)snprintf(name, sizeof name, "scenes/s%02d.json", scene);
    (void)snprintf(text, sizeof text,
                   "{\"title\": \"%d\", \"ground\": \"#%06x\", \"transition\": {\"kind\": %s, \"for\": \"500ms\"}, \"elements\": ["
                   "{\"image\": \"media/p%02d.png\", \"at\": [%d, 200], \"size\": [300, 200], \"alt\": \"\", \"name\": \"hero\"},"
                   "{\"image\": \"media/p%02d.png\", \"at\": [600, 350], \"size\": [350, 200], \"alt\": \"\"},"
                   "{\"shape\": \"rectangle\", \"at\": [0, 0], \"size\": [%d, 60], \"fill\": \"#C0C0C0\"}]}",
                   scene, (unsigned)ground_of(scene) & 0xffffff, changes[scene], scene * PICTURES, scene % 2 * 200, scene * PICTURES + 1,
                   100 + 70 * scene);
    add_file(count, name, text);
    for (int i = 0; i < PICTURES; i++) {
        (void)snprintf(name, sizeof name, "media/p%02d.png", scene * PICTURES + i);
        add_file(count, name, "");
    }
}

static const char *write_files(void)
{
    static char list[1024];
    size_t count = 0, length = 0;
    length += (size_t)snprintf(list, sizeof list, "{\"loop\": [");
    for (int i = 0; i < SCENES; i++) {
        write_scene(&count, i);
        length += (size_t)snprintf(list + length, sizeof list - length, "%s{\"scene\": \"s%02d\", \"for\": \"1s\"}", i > 0 ? ", " : "", i);
    }
    (void)snprintf(list + length, sizeof list - length, "]}");
    add_file(&count, "scenes/walls/small.json",
             "{\"title\": \"Small\", \"viewing_distance\": 1500, \"bottom\": 800,"
             " \"panels\": [{\"id\": \"p\", \"at\": [0, 0], \"size\": [1000, 600], \"pixels\": [200, 120]}],"
             " \"zones\": [{\"id\": \"only\", \"at\": [0, 0], \"size\": [1000, 600], \"playlist\": \"list\", \"language\": \"de\"}]}");
    return list;
}

/* -- pictures that come late -- */

static enum sw_asset_state size_of(void *context, const char *path, int *width, int *height)
{
    (void)context;
    (void)path;
    *width = 400;
    *height = 200;
    return SW_ASSET_READY;
}

static enum sw_asset_state get(void *context, const struct sw_picture_request *request, struct sw_bitmap **bitmap)
{
    struct proof *proof = context;
    long index = strtol(request->path + strlen("media/p"), NULL, 10);
    assert_in_range(index, 0, SCENES * PICTURES - 1);
    if (proof->asked[index] == 0)
        proof->asked[index] = proof->bed.now.tick;
    bool ready = proof->bed.now.tick - proof->asked[index] >= LATE_US;
    *bitmap = ready ? proof->bitmaps[index] : NULL;
    return ready ? SW_ASSET_READY : SW_ASSET_PENDING;
}

static void come_and_go(struct proof *proof, sw_tick before)
{
    sw_tick now = proof->bed.now.tick;
    proof->came = false;
    for (size_t i = 0; i < SW_COUNT(proof->asked); i++) {
        sw_tick asked = proof->asked[i];
        proof->came = proof->came || (asked != 0 && before - asked < LATE_US && now - asked >= LATE_US);
        if (asked != 0 && now - asked > FORGET_US)
            proof->asked[i] = 0;
    }
}

/* -- judging a frame -- */

static int scene_of(const struct sw_draw_list *list)
{
    for (int i = 0; i < SCENES; i++)
        if (list->ground == ground_of(i))
            return i;
    fail_msg("no scene has the ground %08x", (unsigned)list->ground);
    return -1;
}

static void assert_whole(const struct proof *proof, const struct sw_draw_list *list)
{
    int scene = scene_of(list), pictures = 0;
    for (size_t i = 0; i < list->count; i++)
        for (int k = 0; k < PICTURES; k++)
            pictures += list->items[i].bitmap == proof->bitmaps[scene * PICTURES + k] ? 1 : 0;
    if (pictures != PICTURES)
        fail_msg("frame %d: scene %d shows %d of its %d pictures", proof->frames, scene, pictures, PICTURES);
}

static uint32_t mixed(uint32_t a, uint32_t b, int step)
{
    uint32_t pixel = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        unsigned sum = (a >> shift & 0xff) * (unsigned)(255 - step) + (b >> shift & 0xff) * (unsigned)step;
        pixel |= (uint32_t)((sum + 127) / 255) << shift;
    }
    return pixel;
}

static uint32_t expected(const struct proof *proof, const struct sw_stage_zone *zone, int x, int y)
{
    if (zone->next == NULL || zone->mix <= 0)
        return proof->seen[0][y * WIDTH + x];
    struct sw_change change = sw_change_at(zone->kind, zone->way, zone->mix, WIDTH, HEIGHT);
    if (zone->kind == SW_CHANGE_FADE)
        return mixed(proof->seen[0][y * WIDTH + x], proof->seen[1][y * WIDTH + x], change.step);
    for (int i = 0; i < 2; i++) {
        struct sw_change_view view = sw_change_view(&change, i == 1, WIDTH, HEIGHT);
        if (x >= view.seen.x && y >= view.seen.y && x < view.seen.x + view.seen.width && y < view.seen.y + view.seen.height)
            return proof->seen[i][(y - view.y) * WIDTH + x - view.x];
    }
    return 0;
}

static void assert_pixels(struct proof *proof, const struct sw_stage_zone *zone)
{
    int width = 0, height = 0, stride = 0;
    const uint32_t *pixels = sw_composer_pixels(proof->composer, &width, &height, &stride);
    for (int i = 0; i < 2; i++) {
        const struct sw_draw_list *list = i == 0 ? zone->list : zone->next;
        if (list != NULL)
            sw_compose_list(list, proof->seen[i], WIDTH * 4, NULL);
    }
    for (int y = proof->frames % 3; y < HEIGHT; y += 3)
        for (int x = 0; x < WIDTH; x++) {
            uint32_t pixel = pixels[stride / 4 * y + x], wanted = expected(proof, zone, x, y);
            if (pixel == 0xff000000u || pixel != wanted)
                fail_msg("frame %d, kind %d, way %d, mix %g: %08x at %d %d, wanted %08x", proof->frames, (int)zone->kind, (int)zone->way,
                         zone->mix, (unsigned)pixel, x, y, (unsigned)wanted);
        }
}

static void look(struct proof *proof)
{
    const struct sw_stage_zone *zone = NULL;
    (void)sw_stage_zones(proof->bed.stage, &zone);
    if (zone->list == NULL)
        return; /* nothing is ready yet */
    struct sw_zone_frame frame = {
        .place = zone->place, .list = zone->list, .next = zone->next, .kind = zone->kind, .way = zone->way, .mix = zone->mix};
    (void)sw_composer_compose(proof->composer, &frame, 1);
    proof->frames++;
    int scene = scene_of(zone->list);
    assert_whole(proof, zone->list);
    if (scene != proof->scene) {
        assert_int_equal(scene, (proof->scene + 1) % SCENES);
        proof->scene = scene;
        proof->completed++;
    }
    if (zone->next != NULL) {
        assert_whole(proof, zone->next);
        assert_int_equal(scene_of(zone->next), (scene + 1) % SCENES);
    }
    assert_pixels(proof, zone);
}

static void two_thousand_changes(void **state)
{
    (void)state;
    struct proof proof = {.scene = SCENES - 1};
    bed_open(&proof.bed, (struct bed_options){.wall = "small", .playlist = write_files(), .files = files});
    proof.bed.pictures = (struct sw_pictures){.size = size_of, .get = get, .context = &proof};
    proof.composer = sw_composer_create(WIDTH, HEIGHT, 1);
    for (int i = 0; i < SCENES * PICTURES; i++) {
        proof.bitmaps[i] = sw_bitmap_create(SW_PIXELS_XRGB, 60, 40);
        for (int k = 0; k < 40 * proof.bitmaps[i]->stride / 4; k++)
            ((uint32_t *)(void *)proof.bitmaps[i]->pixels)[k] = picture_of(i / PICTURES, i % PICTURES);
    }
    for (int i = 0; i < 2; i++)
        assert_non_null(proof.seen[i] = calloc(WIDTH * HEIGHT, 4));
    for (int i = 0; i < 2 * WIDTH * HEIGHT; i++)
        proof.seen[i % 2][i / 2] = 0xff000000u;
    while (proof.completed <= CHANGES) {
        sw_tick before = proof.bed.now.tick;
        proof.bed.now.tick += FRAME_US;
        proof.bed.now.instant += FRAME_US;
        come_and_go(&proof, before);
        bed_step(&proof.bed, proof.came);
        look(&proof);
        assert_true(proof.frames < CHANGES * 70);
    }
    assert_true(proof.frames > CHANGES * 55);
    sw_composer_destroy(proof.composer);
    for (int i = 0; i < 2; i++)
        free(proof.seen[i]);
    bed_close(&proof.bed);
    for (int i = 0; i < SCENES * PICTURES; i++)
        sw_bitmap_release(proof.bitmaps[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(two_thousand_changes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
