/* SPDX-License-Identifier: EUPL-1.2 */
/* What gaps between displays cut an element into. */
#include "view/bezel.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "exhibition/grid.h"

#define PANEL(x, y, w, h)                                                                                                                  \
    {                                                                                                                                      \
        .id = "", .place = {x, y, w, h}, .width_px = w, .height_px = h                                                                     \
    }
#define HIGH 100.0

struct under_case {
    const char *what;
    bool skip;
    size_t count;
    struct sw_panel panels[4];
    struct sw_mm_rect zone;
    size_t expected;
};

static const struct under_case unders[] = {
    {"one display", false, 1, {PANEL(0, 0, 480, 270)}, {0, 0, 480, 270}, 0},
    {"edge to edge", false, 2, {PANEL(0, 0, 480, 270), PANEL(480, 0, 480, 270)}, {0, 0, 960, 270}, 0},
    {"apart, behind", false, 2, {PANEL(0, 0, 480, 270), PANEL(490, 0, 480, 270)}, {0, 0, 970, 270}, 2},
    {"apart, skipped", true, 2, {PANEL(0, 0, 480, 270), PANEL(490, 0, 480, 270)}, {0, 0, 970, 270}, 2},
    {"a zone on one of them", false, 2, {PANEL(0, 0, 480, 270), PANEL(490, 0, 480, 270)}, {490, 0, 480, 270}, 0},
    {"a gap at its edge", false, 2, {PANEL(0, 0, 480, 270), PANEL(490, 0, 480, 270)}, {480, 0, 490, 270}, 0},
    {"beside a taller one", false, 3, {PANEL(0, 0, 480, 270), PANEL(0, 280, 480, 270), PANEL(480, 0, 270, 550)}, {0, 0, 750, 550}, 3},
};

static void test_displays_under_a_zone(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(unders); i++) {
        struct sw_panel panels[4];
        struct sw_wall_zone zone = {.id = "", .place = unders[i].zone};
        struct sw_wall wall = {
            .panels = panels, .panel_count = unders[i].count, .zones = &zone, .zone_count = 1, .skip_bezels = unders[i].skip};
        struct sw_pane panes[SW_PANELS_MAX];
        memcpy(panels, unders[i].panels, sizeof panels);
        assert_true(sw_grid_lay(&wall, panels, &zone, 1));
        print_message("%s\n", unders[i].what);
        assert_int_equal(sw_panes_under(&wall, &zone, 2, 10, 0, panes), unders[i].expected);
        for (size_t k = 0; k < unders[i].expected; k++) { /* half as many units as pixels, from 10 pixels on */
            assert_float_equal(panes[k].part.x, (panels[k].part.x - zone.px.x - 10) / 2.0, 1e-9);
            assert_float_equal(panes[k].part.width, panels[k].part.width / 2.0, 1e-9);
            assert_float_equal(panes[k].seen.x - panes[k].part.x, (panels[k].seen.x - panels[k].part.x) / 2.0, 1e-9);
        }
    }
}

/* Three displays of 100 in a row, gaps of 10 and 20: as a canvas has them that goes on behind the gaps, and as one that skips them. */
static const struct sw_pane behind[] = {
    {{0, 0, 100, HIGH}, {0, 0, 100, HIGH}}, {{110, 0, 100, HIGH}, {110, 0, 100, HIGH}}, {{230, 0, 100, HIGH}, {230, 0, 100, HIGH}}};
static const struct sw_pane skipped[] = {
    {{0, 0, 100, HIGH}, {0, 0, 100, HIGH}}, {{100, 0, 100, HIGH}, {110, 0, 100, HIGH}}, {{200, 0, 100, HIGH}, {230, 0, 100, HIGH}}};
static const struct sw_panes canvases[] = {{behind, 3}, {skipped, 3}};

struct cut_case {
    int canvas; /* 0: behind, 1: skipped */
    enum sw_bezels how;
    double from, size;
    double length; /* that is laid out; 0: not cut */
    size_t count;
    double edges[4], shifts[3];
};

static const struct cut_case cuts[] = {
    {0, SW_BEZELS_AS_WALL, 50, 250, 0, 0, {0}, {0}},
    {0, SW_BEZELS_BEHIND, 50, 250, 0, 0, {0}, {0}},
    {0, SW_BEZELS_SKIP, 10, 80, 0, 0, {0}, {0}},                   /* on one display */
    {0, SW_BEZELS_SKIP, 50, 100, 90, 2, {100}, {0, 10}},           /* over one gap: 50 here, 40 there */
    {0, SW_BEZELS_SKIP, 50, 250, 220, 3, {100, 200}, {0, 10, 30}}, /* over both */
    {0, SW_BEZELS_SKIP, 105, 50, 45, 1, {0}, {5}},                 /* begins in a gap */
    {0, SW_BEZELS_SKIP, 50, 55, 50, 1, {0}, {0}},                  /* ends in a gap */
    {0, SW_BEZELS_SKIP, 102, 5, 0, 0, {0}, {0}},                   /* all in a gap: nobody sees it anyway */
    {1, SW_BEZELS_SKIP, 50, 250, 0, 0, {0}, {0}},
    {1, SW_BEZELS_BEHIND, 10, 80, 0, 0, {0}, {0}},
    {1, SW_BEZELS_BEHIND, 50, 100, 110, 2, {100, 110}, {0, -10}}, /* the strip from 100 to 110 is lost */
    {1, SW_BEZELS_BEHIND, 50, 200, 230, 3, {100, 110, 210, 230}, {0, -10, -30}},
};

static void check_cut(const struct cut_case *one, const struct sw_slices *slices)
{
    assert_int_equal(slices->counts[0], one->count);
    assert_int_equal(slices->counts[1], 1);
    for (size_t i = 0; i < one->count; i++) {
        const struct sw_strip *strip = &slices->strips[0][i];
        bool lost = one->how == SW_BEZELS_BEHIND;
        assert_float_equal(strip->shift, one->shifts[i], 1e-9);
        if (i > 0)
            assert_float_equal(strip->from, one->edges[lost ? 2 * i - 1 : i - 1], 1e-9);
        else
            assert_true(strip->from < -10000);
        if (i + 1 < one->count)
            assert_float_equal(strip->to, one->edges[lost ? 2 * i : i], 1e-9);
        else
            assert_true(strip->to > 10000);
    }
}

static void test_cuts(void **state)
{
    (void)state;
    struct sw_arena arena = {.blocks = NULL};
    for (size_t i = 0; i < SW_COUNT(cuts); i++) {
        const struct cut_case *one = &cuts[i];
        struct sw_rect rect = {one->from, 20, one->size, 50};
        print_message("%zu\n", i);
        const struct sw_slices *slices = sw_bezels_cut(&canvases[one->canvas], one->how, &rect, &arena);
        assert_int_equal(slices != NULL, one->length > 0);
        assert_float_equal(rect.width, one->length > 0 ? one->length : one->size, 1e-9);
        assert_true(rect.x == one->from && rect.y == 20 && rect.height == 50);
        if (slices != NULL)
            check_cut(one, slices);
    }
    struct sw_rect rect = {50, 20, 100, 50};
    assert_null(sw_bezels_cut(NULL, SW_BEZELS_SKIP, &rect, &arena));
    sw_arena_finish(&arena);
}

/* What was cut knows the displays as it lies on them: cut the other way inside, it is again as the wall has it. */
static void test_cut_back(void **state)
{
    (void)state;
    static const enum sw_bezels ways[] = {SW_BEZELS_SKIP, SW_BEZELS_BEHIND};
    struct sw_arena arena = {.blocks = NULL};
    for (int canvas = 0; canvas < 2; canvas++) {
        struct sw_rect outer = {50, 0, canvas == 0 ? 250 : 200, HIGH};
        const struct sw_slices *slices = sw_bezels_cut(&canvases[canvas], ways[canvas], &outer, &arena);
        assert_non_null(slices);
        struct sw_rect inner = outer;
        assert_null(sw_bezels_cut(&slices->panes, ways[canvas], &inner, &arena));
        const struct sw_slices *back = sw_bezels_cut(&slices->panes, ways[1 - canvas], &inner, &arena);
        assert_non_null(back);
        assert_float_equal(inner.width, canvas == 0 ? 250 : 200, 1e-9);
        for (size_t i = 0; i < 3; i++)
            assert_float_equal(back->strips[0][i].shift + slices->strips[0][i].shift, 0, 1e-9);
    }
    sw_arena_finish(&arena);
}

/* However displays hang: nothing of what skips is lost, it is as long as what is seen, and in order. */
static void test_nothing_is_lost(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 500; round++) {
        struct sw_arena arena = {.blocks = NULL};
        struct sw_pane items[8];
        double at = 0;
        for (int i = 0; i < 8; i++) {
            at += rand() % 3 == 0 ? 0 : rand() % 30;
            double width = 20 + rand() % 80;
            items[i].part = items[i].seen = (struct sw_rect){at, 0, width, HIGH};
            at += width;
        }
        struct sw_panes panes = {items, 8};
        struct sw_rect rect = {rand() % 300, 10, 30 + rand() % 300, 50}, laid = rect;
        double seen = 0;
        for (int i = 0; i < 8; i++)
            seen += sw_rect_intersect(items[i].part, rect).width;
        const struct sw_slices *slices = sw_bezels_cut(&panes, SW_BEZELS_SKIP, &laid, &arena);
        assert_float_equal(laid.width, seen > 0 ? seen : rect.width, 1e-6);
        double before = -INFINITY;
        for (double x = 0.5; slices != NULL && x < laid.width - 1; x += 1) {
            struct sw_rect point = sw_slices_shown(slices, (struct sw_rect){laid.x + x, 20, 0, 0});
            bool on_display = false;
            for (int i = 0; i < 8; i++)
                on_display = on_display || (point.x >= items[i].part.x - 1e-3 && point.x <= items[i].part.x + items[i].part.width + 1e-3);
            assert_true(on_display);
            assert_true(point.x > before && point.x >= rect.x && point.x <= rect.x + rect.width);
            before = point.x;
        }
        sw_arena_finish(&arena);
    }
}

/* Gaps both ways: four slices, each moved to its display. */
static void test_crossing(void **state)
{
    (void)state;
    static const struct sw_pane items[] = {{{0, 0, 100, 80}, {0, 0, 100, 80}},
                                           {{110, 0, 100, 80}, {110, 0, 100, 80}},
                                           {{0, 90, 100, 80}, {0, 90, 100, 80}},
                                           {{110, 90, 100, 80}, {110, 90, 100, 80}}};
    const struct sw_panes panes = {items, 4};
    struct sw_arena arena = {.blocks = NULL};
    struct sw_rect rect = {60, 40, 100, 100};
    const struct sw_slices *slices = sw_bezels_cut(&panes, SW_BEZELS_SKIP, &rect, &arena);
    assert_non_null(slices);
    assert_true(rect.width == 90 && rect.height == 90);
    assert_int_equal(slices->panes.count, 4);
    double x = 0, y = 0;
    struct sw_rect window = sw_slices_window(slices, 1, 1, &x, &y);
    assert_true(window.x == 110 && window.y == 90 && x == 10 && y == 10);
    struct sw_rect shown = sw_slices_shown(slices, (struct sw_rect){60, 40, 90, 90});
    assert_true(shown.x == 60 && shown.y == 40 && shown.width == 100 && shown.height == 100);
    shown = sw_slices_shown(slices, (struct sw_rect){60, 40, 40, 40}); /* up to the cut: not beyond the gap */
    assert_true(shown.width == 40 && shown.height == 40);
    sw_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_displays_under_a_zone), cmocka_unit_test(test_cuts),
                                       cmocka_unit_test(test_cut_back), cmocka_unit_test(test_nothing_is_lost),
                                       cmocka_unit_test(test_crossing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
