/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/damage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"

enum { WIDTH = 600, HEIGHT = 400 };

static void test_few_boxes(void **state)
{
    (void)state;
    static const struct {
        struct sw_box_px boxes[3];
        size_t count;
        int64_t area;
    } rows[] = {
        {{{0, 0, 0, 10}}, 0, 0},
        {{{5, 5, 10, 10}}, 1, 100},
        {{{5, 5, 100, 100}, {5, 5, 100, 100}}, 1, 10000},
        {{{5, 5, 100, 100}, {20, 20, 10, 10}}, 1, 10000},                         /* within */
        {{{20, 20, 10, 10}, {5, 5, 100, 100}}, 1, 10000},
        {{{0, 0, 100, 100}, {100, 0, 100, 100}}, 1, 20000},                       /* beside each other: nothing is wasted */
        {{{0, 0, 10, 10}, {500, 300, 10, 10}}, 2, 200},                           /* far apart */
        {{{0, 100, 600, 80}, {100, 0, 80, 400}}, 3, 48000 + 32000 - 6400},        /* a cross: the second is cut in two */
        {{{0, 0, 10, 10}, {20, 0, 10, 10}, {10, 0, 10, 10}}, 1, 300},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_damage_set set = {.count = 0};
        for (size_t k = 0; k < 3; k++)
            sw_damage_add(&set, rows[i].boxes[k]);
        assert_int_equal(set.count, rows[i].count);
        assert_int_equal(sw_damage_area(&set), rows[i].area);
    }
}

static void mark(unsigned char *cells, struct sw_box_px box)
{
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width; x++)
            cells[y * WIDTH + x]++;
}

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Whatever comes: at most 64 boxes, no pixel in two, none forgotten. */
static void test_many_boxes(void **state)
{
    (void)state;
    static unsigned char wanted[WIDTH * HEIGHT], got[WIDTH * HEIGHT];
    for (unsigned turn = 0; turn < 60; turn++) {
        unsigned seed = turn, most = turn % 3 == 0 ? 12 : turn % 3 == 1 ? 80 : 400, count = 1 + turn * 4;
        struct sw_damage_set set = {.count = 0};
        memset(wanted, 0, sizeof wanted);
        memset(got, 0, sizeof got);
        for (unsigned i = 0; i < count; i++) {
            struct sw_box_px box = {(int)(next(&seed) % WIDTH), (int)(next(&seed) % HEIGHT), 0, 0};
            box.width = (int)(1 + next(&seed) % most);
            box.height = i % 7 == 0 ? HEIGHT : (int)(1 + next(&seed) % most);
            box = sw_box_px_intersect(box, (struct sw_box_px){0, 0, WIDTH, HEIGHT});
            mark(wanted, box);
            sw_damage_add(&set, box);
            assert_true(set.count <= SW_DAMAGE_BOXES);
        }
        for (size_t i = 0; i < set.count; i++) {
            assert_false(sw_box_px_empty(set.boxes[i]));
            mark(got, set.boxes[i]);
        }
        int twice = 0, forgotten = 0;
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            twice += got[i] > 1;
            forgotten += wanted[i] != 0 && got[i] == 0;
        }
        assert_int_equal(twice, 0);
        assert_int_equal(forgotten, 0);
    }
}

/* Forty marks of fingers, scattered: they stay forty small boxes. */
static void test_fingers_stay_apart(void **state)
{
    (void)state;
    struct sw_damage_set set = {.count = 0};
    for (int i = 0; i < 40; i++)
        sw_damage_add(&set, (struct sw_box_px){i % 8 * 900 + i * 3, i / 8 * 400 + i * 7, 60, 60});
    assert_int_equal(set.count, 40);
    assert_int_equal(sw_damage_area(&set), 40 * 60 * 60);
}

static void test_sets_are_moved_and_cut(void **state)
{
    (void)state;
    struct sw_damage_set part = {.count = 0}, set = {.count = 0};
    sw_damage_add(&part, (struct sw_box_px){0, 0, 50, 50});
    sw_damage_add(&part, (struct sw_box_px){300, 0, 50, 50});
    sw_damage_add_set(&set, &part, 100, 20, (struct sw_box_px){0, 0, 200, 30});
    assert_int_equal(set.count, 1);
    assert_int_equal(set.boxes[0].x, 100);
    assert_int_equal(set.boxes[0].y, 20);
    assert_int_equal(set.boxes[0].width, 50);
    assert_int_equal(set.boxes[0].height, 10);
}

static void test_settle(void **state)
{
    (void)state;
    struct sw_damage_set set = {.count = 0};
    sw_damage_settle(&set);
    assert_int_equal(set.count, 0);
    sw_damage_add(&set, (struct sw_box_px){0, 0, 400, 100});
    sw_damage_add(&set, (struct sw_box_px){0, 300, 400, 100});
    sw_damage_settle(&set);
    assert_int_equal(set.count, 2); /* half of what is around them */
    sw_damage_add(&set, (struct sw_box_px){0, 150, 400, 100});
    sw_damage_settle(&set);
    assert_int_equal(set.count, 1);
    assert_int_equal(sw_damage_area(&set), 400 * 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_boxes),
        cmocka_unit_test(test_many_boxes),
        cmocka_unit_test(test_fingers_stay_apart),
        cmocka_unit_test(test_sets_are_moved_and_cut),
        cmocka_unit_test(test_settle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
