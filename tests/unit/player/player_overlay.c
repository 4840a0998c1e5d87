/* SPDX-License-Identifier: EUPL-1.2 */
/* Where on a wall the workshop writes, and how large. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/must.h"
#include "player/workshop/overlay.h"

#define WIDE {{0, 0, 1920, 1080}}
#define TWO {{0, 0, 1920, 1080}, {2000, 0, 1920, 1080}}

static void a_place_for_words(void **state)
{
    (void)state;
    static const struct {
        int wall[2], picture[2], window[2];
        struct sw_box_px panels[2];
        size_t count;
        double unit;
        struct sw_rect home;
    } cases[] = {
        {{1280, 720}, {1280, 720}, {1280, 720}, {{0, 0, 1280, 720}}, 1, 1, {0, 0, 1280, 720}},
        {{1920, 1080}, {1920, 1080}, {960, 540}, WIDE, 1, 2, {0, 0, 1920, 1080}},       /* shown at half its size */
        {{1920, 1080}, {1920, 1080}, {5120, 2880}, WIDE, 1, 0.75, {0, 0, 1920, 1080}},  /* a large desk: points of two pixels */
        {{1920, 1080}, {1920, 1080}, {960, 1080}, WIDE, 1, 2, {0, 0, 1920, 1080}},      /* a window of another shape */
        {{3840, 1080}, {3920, 1080}, {980, 270}, TWO, 2, 4, {0, 0, 3840, 1080}},        /* displays too small to be read on alone */
        {{3840, 1080}, {3920, 1080}, {1960, 540}, TWO, 2, 2, {0, 0, 1920, 1080}},       /* the first of two alike */
        {{3840, 2160}, {3840, 2160}, {1280, 720}, {{0, 0, 1280, 720}, {1280, 0, 2560, 2160}}, 2, 3, {1280, 0, 2560, 2160}},
        {{1920, 1080}, {1920, 1080}, {0, 0}, WIDE, 1, 1, {0, 0, 1920, 1080}},           /* no window yet */
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_overlay overlay = {.unit = 0};
        const struct sw_overlay_place place = {.wall_width = cases[i].wall[0],
                                               .wall_height = cases[i].wall[1],
                                               .picture_width = cases[i].picture[0],
                                               .picture_height = cases[i].picture[1],
                                               .window_width = cases[i].window[0],
                                               .window_height = cases[i].window[1],
                                               .panels = cases[i].panels,
                                               .panel_count = cases[i].count};
        sw_overlay_begin(&overlay, &place, NULL);
        const struct sw_rect *home = &overlay.home, *wanted = &cases[i].home;
        bool same = home->x == wanted->x && home->y == wanted->y && home->width == wanted->width && home->height == wanted->height;
        if (fabs(overlay.unit - cases[i].unit) > 1e-9 || !same)
            fail_msg("case %zu: unit %g, home %g, %g, %g x %g", i, overlay.unit, home->x, home->y, home->width, home->height);
        sw_overlay_finish(&overlay);
    }
}

/* A frame lies within its rectangle, whole and once: nothing of it is drawn twice where it is half transparent. */
static void frames_are_whole(void **state)
{
    (void)state;
    const struct sw_rect rects[] = {{10, 20, 100, 50}, {0, 0, 3, 3}, {5, 5, 40, 1}};
    for (size_t i = 0; i < SW_COUNT(rects); i++) {
        struct sw_overlay overlay = {.unit = 0};
        const struct sw_overlay_place place = {320, 180, 320, 180, 320, 180, NULL, 0};
        double covered = 0;
        sw_overlay_begin(&overlay, &place, NULL);
        sw_overlay_frame(&overlay, rects[i], 2, SW_OVERLAY_AMBER, 0.5);
        for (size_t k = 0; k < overlay.list.count; k++) {
            struct sw_rect to = overlay.list.items[k].to;
            assert_true(to.x >= rects[i].x && to.y >= rects[i].y && to.width >= 0 && to.height >= 0);
            assert_true(to.x + to.width <= rects[i].x + rects[i].width && to.y + to.height <= rects[i].y + rects[i].height);
            covered += to.width * to.height;
        }
        assert_true(covered > 0 && covered <= rects[i].width * rects[i].height);
        sw_overlay_finish(&overlay);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_place_for_words), cmocka_unit_test(frames_are_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
