/* SPDX-License-Identifier: EUPL-1.2 */
/* Every kind of change, every way, at several instants: pixel by pixel as worked out here from the two pictures, however it was come to. */
#include "render/compose.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "random_lists.h"

enum { WIDTH = 260, HEIGHT = 210 };
static const struct sw_box_px place = {31, 17, 200, 160};
static const double instants[] = {0, 0.25, 0.5, 0.753, 1};

struct scenes {
    struct random_lists random;
    struct sw_draw_list lists[2];
    uint32_t *pictures[2]; /* of place.width x place.height pixels each */
};

static void open_scenes(struct scenes *scenes)
{
    random_lists_init(&scenes->random, 2026, true);
    for (int i = 0; i < 2; i++) {
        random_list_make(&scenes->random, &scenes->lists[i], place.width, place.height, 12);
        scenes->pictures[i] = malloc((size_t)place.width * (size_t)place.height * 4);
        assert_non_null(scenes->pictures[i]);
        memset(scenes->pictures[i], 0xff, (size_t)place.width * (size_t)place.height * 4);
        sw_compose_list(&scenes->lists[i], scenes->pictures[i], place.width * 4, NULL);
    }
}

static void close_scenes(struct scenes *scenes)
{
    for (int i = 0; i < 2; i++) {
        sw_draw_list_finish(&scenes->lists[i]);
        free(scenes->pictures[i]);
    }
    random_lists_finish(&scenes->random);
}

static uint32_t mixed(uint32_t a, uint32_t b, double share)
{
    uint32_t pixel = 0;
    double mix = floor(share * 255 + 0.5);
    for (int shift = 0; shift < 32; shift += 8)
        pixel |= (uint32_t)floor(((a >> shift & 0xff) * (255 - mix) + (b >> shift & 0xff) * mix) / 255 + 0.5) << shift;
    return pixel;
}

/* Along the way of the change: how far a pixel is from the side that things go to, in pixels. */
static int along(enum sw_way way, int x, int y)
{
    switch (way) {
    case SW_WAY_LEFT: return x;
    case SW_WAY_RIGHT: return place.width - 1 - x;
    case SW_WAY_UP: return y;
    case SW_WAY_DOWN: return place.height - 1 - y;
    }
    return 0;
}

/* The pixel of a picture that lies `further` pixels towards where things come from. */
static uint32_t behind(const uint32_t *picture, enum sw_way way, int x, int y, int further)
{
    x += way == SW_WAY_LEFT ? further : way == SW_WAY_RIGHT ? -further : 0;
    y += way == SW_WAY_UP ? further : way == SW_WAY_DOWN ? -further : 0;
    assert_true(x >= 0 && y >= 0 && x < place.width && y < place.height);
    return picture[y * place.width + x];
}

static uint32_t expected(const struct scenes *scenes, enum sw_change_kind kind, enum sw_way way, double mix, int x, int y)
{
    const uint32_t *a = scenes->pictures[0], *b = scenes->pictures[1];
    int size = way == SW_WAY_LEFT || way == SW_WAY_RIGHT ? place.width : place.height, gone = (int)floor(mix * size + 0.5);
    bool old = along(way, x, y) < size - gone;
    switch (kind) {
    case SW_CHANGE_FADE: return mixed(a[y * place.width + x], b[y * place.width + x], mix);
    case SW_CHANGE_PUSH: return old ? behind(a, way, x, y, gone) : behind(b, way, x, y, gone - size);
    case SW_CHANGE_WIPE: return (old ? a : b)[y * place.width + x];
    }
    return 0;
}

static void assert_picture(const struct sw_composer *composer, const struct scenes *scenes, const struct sw_zone_frame *frame)
{
    int width = 0, height = 0, stride = 0;
    const uint32_t *pixels = sw_composer_pixels(composer, &width, &height, &stride);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            int inner_x = x - place.x, inner_y = y - place.y;
            bool inside = inner_x >= 0 && inner_y >= 0 && inner_x < place.width && inner_y < place.height;
            uint32_t wanted = inside ? expected(scenes, frame->kind, frame->way, frame->mix, inner_x, inner_y) : 0xff000000u;
            if (pixels[stride / 4 * y + x] != wanted)
                fail_msg("kind %d way %d mix %g at %d %d: %08x, wanted %08x", (int)frame->kind, (int)frame->way, frame->mix, x, y,
                         (unsigned)pixels[stride / 4 * y + x], (unsigned)wanted);
        }
}

static struct sw_zone_frame frame_of(const struct scenes *scenes, int kind, int way, double mix)
{
    return (struct sw_zone_frame){.place = place,
                                  .list = &scenes->lists[0],
                                  .next = &scenes->lists[1],
                                  .kind = (enum sw_change_kind)kind,
                                  .way = (enum sw_way)way,
                                  .mix = mix};
}

static void each_instant_from_scratch(void **state)
{
    (void)state;
    struct scenes scenes;
    open_scenes(&scenes);
    for (int kind = 0; kind < 3; kind++)
        for (int way = 0; way < 4; way++)
            for (size_t i = 0; i < SW_COUNT(instants); i++) {
                struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
                struct sw_zone_frame frame = frame_of(&scenes, kind, way, instants[i]);
                (void)sw_composer_compose(composer, &frame, 1);
                assert_picture(composer, &scenes, &frame);
                sw_composer_destroy(composer);
            }
    close_scenes(&scenes);
}

/* There, back in the middle, and to the end: with one thread and with several. */
static void each_instant_after_another(void **state)
{
    (void)state;
    struct scenes scenes;
    open_scenes(&scenes);
    for (int threads = 1; threads <= 3; threads += 2) {
        struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, threads);
        for (int kind = 0; kind < 3; kind++)
            for (int way = 0; way < 4; way++) {
                static const double mixes[] = {0, 0.004, 0.25, 0.3, 0.28, 0.9, 0.9, 0.1, 0.7, 0.995, 1};
                for (size_t i = 0; i < SW_COUNT(mixes); i++) {
                    struct sw_zone_frame frame = frame_of(&scenes, kind, way, mixes[i]);
                    (void)sw_composer_compose(composer, &frame, 1);
                    assert_picture(composer, &scenes, &frame);
                }
                struct sw_zone_frame last = frame_of(&scenes, SW_CHANGE_FADE, 0, 1), rest = {.place = place, .list = &scenes.lists[1]};
                assert_int_equal(sw_composer_compose(composer, &rest, 1).count, 0);
                assert_picture(composer, &scenes, &last);
            }
        sw_composer_destroy(composer);
    }
    close_scenes(&scenes);
}

/* The list that comes next is the only one that is left: its last picture is what it looks like by itself. */
static void the_end_is_the_next_scene(void **state)
{
    (void)state;
    struct scenes scenes;
    open_scenes(&scenes);
    for (int kind = 0; kind < 3; kind++) {
        struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
        struct sw_zone_frame frame = frame_of(&scenes, kind, SW_WAY_UP, 0.6), rest = {.place = place, .list = &scenes.lists[1]};
        struct sw_zone_frame seen = frame_of(&scenes, SW_CHANGE_FADE, 0, 1);
        (void)sw_composer_compose(composer, &frame, 1);
        (void)sw_composer_compose(composer, &rest, 1);
        assert_picture(composer, &scenes, &seen);
        rest.list = &scenes.lists[0]; /* and from then on it is drawn as ever */
        seen.mix = 0;
        (void)sw_composer_compose(composer, &rest, 1);
        assert_picture(composer, &scenes, &seen);
        sw_composer_destroy(composer);
    }
    close_scenes(&scenes);
}

/* Between two instants a wipe touches no more than its edge has passed, a standing change nothing. */
static void a_wipe_touches_what_its_edge_has_passed(void **state)
{
    (void)state;
    static const struct {
        enum sw_way way;
        struct sw_box_px touched;
    } rows[] = {{SW_WAY_LEFT, {131, 17, 20, 160}},
                {SW_WAY_RIGHT, {111, 17, 20, 160}},
                {SW_WAY_UP, {31, 97, 200, 16}},
                {SW_WAY_DOWN, {31, 81, 200, 16}}};
    struct scenes scenes;
    open_scenes(&scenes);
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
        struct sw_zone_frame frame = frame_of(&scenes, SW_CHANGE_WIPE, (int)rows[i].way, 0.4);
        (void)sw_composer_compose(composer, &frame, 1);
        for (int turn = 0; turn < 2; turn++) {
            frame.mix = turn == 0 ? 0.5 : 0.4;
            struct sw_damage damage = sw_composer_compose(composer, &frame, 1);
            assert_int_equal(damage.count, 1);
            assert_memory_equal(&damage.boxes[0], &rows[i].touched, sizeof rows[i].touched);
            assert_int_equal(sw_composer_compose(composer, &frame, 1).count, 0);
        }
        sw_composer_destroy(composer);
    }
    close_scenes(&scenes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_instant_from_scratch),
        cmocka_unit_test(each_instant_after_another),
        cmocka_unit_test(the_end_is_the_next_scene),
        cmocka_unit_test(a_wipe_touches_what_its_edge_has_passed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
