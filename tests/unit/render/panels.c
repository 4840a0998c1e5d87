/* SPDX-License-Identifier: EUPL-1.2 */
/* Panels turned and scaled: exactly the right pixels, by damage as at once, and touches the same way back. */
#include "render/panels.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"

enum { WALL_W = 210, WALL_H = 130, SIDE = 300 };

static uint32_t wall[WALL_W * WALL_H], whole[SIDE * SIDE], pieces[SIDE * SIDE], before[SIDE * SIDE];
static const struct sw_fit_source source = {wall, WALL_W, WALL_H, WALL_W * 4};
static const struct sw_box_px all_box = {0, 0, WALL_W, WALL_H};
static const struct sw_damage all = {&all_box, 1};
static uint32_t seed;

static int chance(int below)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)below);
}

static void paint_wall(struct sw_box_px box)
{
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width; x++)
            wall[y * WALL_W + x] = 0xff000000u | (uint32_t)chance(0x1000000);
}

static struct sw_fit_target surface_of(uint32_t *pixels)
{
    return (struct sw_fit_target){pixels, SIDE, SIDE, SIDE * 4, {0, 0, 0, 0}, 0, NULL};
}

/* What the four rotations mean, one pixel at a time: the upper left pixel of the display is ... */
static uint32_t expected(const struct sw_panel_place *place, int a, int b)
{
    int u = 0, v = 0;
    switch (place->turn) {
    case 0: u = a, v = b; break;                                               /* at the upper left of its part */
    case 1: u = place->part.width - 1 - b, v = a; break;                       /* at the upper right */
    case 2: u = place->part.width - 1 - a, v = place->part.height - 1 - b; break; /* at the lower right */
    default: u = b, v = place->part.height - 1 - a; break;                     /* at the lower left */
    }
    return wall[(place->part.y + v) * WALL_W + place->part.x + u];
}

static void test_every_rotation_is_exact(void **state)
{
    (void)state;
    seed = 1;
    paint_wall(all_box);
    for (int turn = 0; turn < 4; turn++) {
        struct sw_box_px part = {17, 9, 120, 77};
        struct sw_panel_place place = {part, {31, 40, turn % 2 != 0 ? 77 : 120, turn % 2 != 0 ? 120 : 77}, turn};
        struct sw_fit_target surface = surface_of(whole);
        memset(whole, 0x55, sizeof whole);
        struct sw_damage_set changed = {.count = 0};
        sw_panels_put(&surface, &source, &place, 1, all, &changed);
        assert_int_equal(changed.count, 1);
        assert_memory_equal(&changed.boxes[0], &place.out, sizeof place.out);
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) {
                int a = x - place.out.x, b = y - place.out.y;
                bool inside = a >= 0 && b >= 0 && a < place.out.width && b < place.out.height;
                assert_int_equal(whole[y * SIDE + x], inside ? expected(&place, a, b) : 0x55555555u);
            }
    }
}

/* A part of the wall, and a place of the same or another size, turned somehow, perhaps partly off the surface. */
static struct sw_panel_place random_place(bool scaled)
{
    struct sw_box_px part = {chance(WALL_W - 60), chance(WALL_H - 60), 20 + chance(40), 20 + chance(40)};
    int turn = chance(4), width = part.width, height = part.height;
    if (scaled) {
        static const double factors[] = {0.25, 0.4, 0.5, 0.8, 1.3, 2, 2.6};
        double factor = factors[chance((int)SW_COUNT(factors))];
        width = (int)fmax(1, part.width * factor);
        height = (int)fmax(1, part.height * factor);
    }
    struct sw_box_px out = {chance(SIDE) - 20, chance(SIDE) - 20, turn % 2 != 0 ? height : width, turn % 2 != 0 ? width : height};
    return (struct sw_panel_place){part, out, turn};
}

static bool in_set(const struct sw_damage_set *set, int x, int y)
{
    for (size_t i = 0; i < set->count; i++) {
        struct sw_box_px box = set->boxes[i];
        if (x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height)
            return true;
    }
    return false;
}

/* Changes a few boxes of the wall and brings these; what changed on the surface lies in what is said to have. */
static void change(const struct sw_panel_place *places, size_t count)
{
    struct sw_box_px boxes[6];
    size_t changes = 1 + (size_t)chance(6);
    for (size_t i = 0; i < changes; i++) {
        struct sw_box_px box = {chance(WALL_W), chance(WALL_H), 1 + chance(40), 1 + chance(30)};
        boxes[i] = sw_box_px_intersect(box, all_box);
        paint_wall(boxes[i]);
    }
    struct sw_fit_target surface = surface_of(pieces);
    struct sw_damage_set changed = {.count = 0};
    memcpy(before, pieces, sizeof before);
    sw_panels_put(&surface, &source, places, count, (struct sw_damage){boxes, changes}, &changed);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            if (pieces[y * SIDE + x] != before[y * SIDE + x])
                assert_true(in_set(&changed, x, y));
}

static void partial_is_whole(bool scaled, uint32_t from)
{
    for (uint32_t round = 0; round < 60; round++) {
        seed = from + round;
        struct sw_panel_place places[4];
        size_t count = 1 + (size_t)chance(4), kept = 0;
        for (size_t i = 0; i < count; i++) { /* outputs do not overlap */
            places[kept] = random_place(scaled);
            bool free = true;
            for (size_t k = 0; k < kept; k++)
                free = free && sw_box_px_empty(sw_box_px_intersect(places[k].out, places[kept].out));
            kept += free ? 1 : 0;
        }
        struct sw_fit_target first = surface_of(pieces), once = surface_of(whole);
        memset(pieces, 0, sizeof pieces);
        memset(whole, 0, sizeof whole);
        paint_wall(all_box);
        sw_panels_put(&first, &source, places, kept, all, NULL);
        for (int i = 0; i < 12; i++)
            change(places, kept);
        sw_panels_put(&once, &source, places, kept, all, NULL);
        assert_memory_equal(pieces, whole, sizeof whole);
    }
}

static void test_turned_damage_is_the_whole(void **state)
{
    (void)state;
    partial_is_whole(false, 1000);
}

static void test_scaled_damage_is_the_whole(void **state)
{
    (void)state;
    partial_is_whole(true, 5000);
}

/* Scaled and turned is turned and scaled: the same pixels as unturned ones, turned afterwards. */
static void test_turned_is_as_unturned(void **state)
{
    (void)state;
    seed = 3;
    paint_wall(all_box);
    static const int sizes[][2] = {{30, 20}, {120, 80}, {77, 51}, {15, 10}};
    for (size_t i = 0; i < SW_COUNT(sizes); i++)
        for (int turn = 1; turn < 4; turn++) {
            int width = sizes[i][0], height = sizes[i][1];
            struct sw_panel_place straight = {{60, 40, 60, 40}, {0, 0, width, height}, 0}, turned = straight;
            turned.turn = turn;
            turned.out = sw_fit_turn((struct sw_box_px){0, 0, width, height}, width, height, turn);
            struct sw_fit_target a = surface_of(whole), b = surface_of(pieces);
            sw_panels_put(&a, &source, &straight, 1, all, NULL);
            sw_panels_put(&b, &source, &turned, 1, all, NULL);
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++) {
                    struct sw_box_px at = sw_fit_turn((struct sw_box_px){x, y, 1, 1}, width, height, turn);
                    assert_int_equal(whole[y * SIDE + x], pieces[at.y * SIDE + at.x]);
                }
        }
}

static void test_touches_go_back_the_same_way(void **state)
{
    (void)state;
    seed = 7;
    for (int round = 0; round < 400; round++) {
        struct sw_panel_place place = random_place(round % 2 != 0);
        double wall_x = place.part.x + chance(1000) * place.part.width / 1000.0, x = 0, y = 0, back_x = 0, back_y = 0;
        double wall_y = place.part.y + chance(1000) * place.part.height / 1000.0;
        sw_panels_from_wall(&place, wall_x, wall_y, &x, &y);
        assert_true(sw_panels_to_wall(&place, 1, x, y, &back_x, &back_y));
        assert_true(fabs(back_x - wall_x) < 1e-6 && fabs(back_y - wall_y) < 1e-6);
        assert_true(back_x >= place.part.x && back_x < place.part.x + place.part.width);
        assert_true(back_y >= place.part.y && back_y < place.part.y + place.part.height);
    }
}

static void test_where_touches_are(void **state)
{
    (void)state;
    static const struct sw_panel_place places[] = {
        {{0, 0, 100, 50}, {0, 0, 100, 50}, 0},       {{110, 0, 50, 100}, {100, 0, 100, 50}, 1},
        {{0, 60, 100, 50}, {200, 0, 100, 50}, 2},    {{170, 0, 50, 100}, {300, 0, 100, 50}, 3},
        {{230, 0, 100, 50}, {500, 100, 50, 25}, 0},
    };
    static const struct {
        double x, y;
        bool inside;
        double wall_x, wall_y;
    } rows[] = {
        {10, 20, true, 10, 20},   {110, 20, true, 140, 10},  {210, 20, true, 90, 90}, {310, 20, true, 190, 90},
        {99.5, 0, true, 99.5, 0}, {100, 0, true, 160, 0},    {510, 110, true, 250, 20}, {0, 51, false, 0, 50},
        {-7, 3, false, 0, 3},     {440, 20, false, 190, 0},  {400, 50, true, 220, 0},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        double x = NAN, y = NAN;
        assert_int_equal(sw_panels_to_wall(places, SW_COUNT(places), rows[i].x, rows[i].y, &x, &y), rows[i].inside);
        assert_true(fabs(x - rows[i].wall_x) < 1e-6 && fabs(y - rows[i].wall_y) < 1e-6);
    }
    double x = 5, y = 5;
    assert_false(sw_panels_to_wall(places, SW_COUNT(places), NAN, 5, &x, &y));
    assert_false(sw_panels_to_wall(places, 0, 5, 5, &x, &y));
    assert_true(x == 5 && y == 5);
}

static void test_scaled_places_touch(void **state)
{
    (void)state;
    const struct sw_panel_place places[] = {{{0, 0, 333, 100}, {0, 0, 333, 100}, 0}, {{333, 0, 333, 100}, {333, 0, 333, 100}, 0}};
    for (int width = 1; width < 800; width++) {
        struct sw_panel_place out[2];
        sw_panels_scale(places, 2, 666, 100, (struct sw_box_px){7, 9, width, 10}, out);
        assert_int_equal(out[0].out.x, 7);
        if (width > 1)
            assert_int_equal(out[0].out.x + out[0].out.width, out[1].out.x);
        assert_int_equal(out[1].out.x + out[1].out.width, 7 + width + (width == 1));
        assert_int_equal(out[1].out.y, 9);
        assert_int_equal(out[1].out.height, 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_rotation_is_exact),
        cmocka_unit_test(test_turned_damage_is_the_whole),
        cmocka_unit_test(test_scaled_damage_is_the_whole),
        cmocka_unit_test(test_turned_is_as_unturned),
        cmocka_unit_test(test_touches_go_back_the_same_way),
        cmocka_unit_test(test_where_touches_are),
        cmocka_unit_test(test_scaled_places_touch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
