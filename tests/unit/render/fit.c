/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"

enum { WALL_W = 60, WALL_H = 40, SIDE = 320 };

static uint32_t wall[WALL_W * WALL_H], whole[SIDE * SIDE], pieces[SIDE * SIDE];
static const struct sw_fit_source source = {wall, WALL_W, WALL_H, WALL_W * 4};

static struct sw_fit_target target_of(uint32_t *pixels, int width, int height)
{
    return (struct sw_fit_target){pixels, width, height, SIDE * 4, sw_fit_picture(WALL_W, WALL_H, width, height), 0, NULL};
}

static void test_picture(void **state)
{
    (void)state;
    static const struct {
        int wall_width, wall_height, width, height;
        struct sw_box_px picture;
    } rows[] = {
        {1920, 1080, 1920, 1080, {0, 0, 1920, 1080}}, {1920, 1080, 3840, 2160, {0, 0, 3840, 2160}},
        {1920, 1080, 960, 1000, {0, 230, 960, 540}},  {1920, 1080, 2000, 1080, {40, 0, 1920, 1080}},
        {7680, 1080, 100, 100, {0, 43, 100, 14}},     {7680, 10, 100, 100, {0, 49, 100, 1}},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_box_px picture = sw_fit_picture(rows[i].wall_width, rows[i].wall_height, rows[i].width, rows[i].height);
        assert_memory_equal(&picture, &rows[i].picture, sizeof picture);
    }
}

static void fill_wall(uint32_t seed)
{
    for (int i = 0; i < WALL_W * WALL_H; i++) {
        seed = seed * 1664525u + 1013904223u;
        wall[i] = 0xff000000u | seed >> 8;
    }
}

static void test_same_size_is_copied_and_the_rest_is_black(void **state)
{
    (void)state;
    fill_wall(1);
    struct sw_fit_target target = target_of(whole, WALL_W + 5, WALL_H);
    memset(whole, 0x77, sizeof whole);
    sw_fit_margins(&target);
    struct sw_box_px box = sw_fit_put(&target, &source, (struct sw_box_px){10, 4, 20, 30});
    assert_int_equal(box.x, 12);
    assert_int_equal(box.y, 4);
    assert_int_equal(box.width, 20);
    assert_int_equal(box.height, 30);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            uint32_t expected = 0x77777777;
            if (x < WALL_W + 5 && y < WALL_H && (x < 2 || x >= 62))
                expected = 0;
            if (x >= 12 && x < 32 && y >= 4 && y < 34)
                expected = wall[y * WALL_W + x - 2];
            assert_int_equal(whole[y * SIDE + x], expected);
        }
}

static void test_whole_multiples_are_exact(void **state)
{
    (void)state;
    fill_wall(2);
    for (int factor = 2; factor <= 5; factor++) {
        struct sw_fit_target target = target_of(whole, WALL_W * factor, WALL_H * factor);
        sw_fit_put(&target, &source, (struct sw_box_px){0, 0, WALL_W, WALL_H});
        for (int y = 0; y < WALL_H * factor; y++)
            for (int x = 0; x < WALL_W * factor; x++)
                assert_int_equal(whole[y * SIDE + x], wall[y / factor * WALL_W + x / factor]);
    }
}

/* Nothing darkens at edges, nothing shifts the colour. */
static void test_one_colour_stays_that_colour(void **state)
{
    (void)state;
    for (int i = 0; i < WALL_W * WALL_H; i++)
        wall[i] = 0xff3579bd;
    for (int width = 3; width < SIDE; width += 11) {
        struct sw_fit_target target = target_of(whole, width, width * 2 / 3);
        sw_fit_put(&target, &source, (struct sw_box_px){0, 0, WALL_W, WALL_H});
        for (int y = 0; y < target.picture.height; y++)
            for (int x = 0; x < target.picture.width; x++) {
                uint32_t pixel = whole[(y + target.picture.y) * SIDE + x + target.picture.x];
                for (int shift = 0; shift < 24; shift += 8)
                    assert_true(abs((int)(pixel >> shift & 255) - (int)(0xff3579bdu >> shift & 255)) <= 1);
            }
    }
}

/* A fine pattern seen small is grey, not black or white. */
static void test_small_pictures_are_averages(void **state)
{
    (void)state;
    for (int i = 0; i < WALL_W * WALL_H; i++)
        wall[i] = (i % WALL_W + i / WALL_W) % 2 == 0 ? 0xffffffff : 0xff000000;
    struct sw_fit_target target = target_of(whole, WALL_W / 4, WALL_H / 4);
    sw_fit_put(&target, &source, (struct sw_box_px){0, 0, WALL_W, WALL_H});
    for (int y = 0; y < WALL_H / 4; y++)
        for (int x = 0; x < WALL_W / 4; x++)
            assert_in_range(whole[y * SIDE + x] & 255, 100, 156);
}

/* The wall changes in boxes: only these are brought, and the picture is as if all had been. */
static void test_boxes_make_the_whole(void **state)
{
    (void)state;
    static const int sizes[][2] = {{60, 40}, {120, 80}, {90, 90}, {317, 200}, {45, 30}, {31, 31}, {29, 20}, {13, 20}, {7, 5}};
    for (size_t i = 0; i < SW_COUNT(sizes); i++) {
        struct sw_fit_target once = target_of(whole, sizes[i][0], sizes[i][1]), often = target_of(pieces, sizes[i][0], sizes[i][1]);
        memset(whole, 0, sizeof whole);
        memset(pieces, 0, sizeof pieces);
        fill_wall(3);
        sw_fit_put(&often, &source, (struct sw_box_px){0, 0, WALL_W, WALL_H});
        uint32_t seed = 5;
        for (int change = 0; change < 30; change++) {
            seed = seed * 1664525u + 1013904223u;
            struct sw_box_px box = {(int)(seed >> 9) % WALL_W, (int)(seed >> 17) % WALL_H, 1 + (int)(seed >> 12) % 9,
                                    1 + (int)(seed >> 22) % 9};
            box = sw_box_px_intersect(box, (struct sw_box_px){0, 0, WALL_W, WALL_H});
            for (int y = box.y; y < box.y + box.height; y++)
                for (int x = box.x; x < box.x + box.width; x++)
                    wall[y * WALL_W + x] = 0xff000000u | seed >> 8;
            sw_fit_put(&often, &source, box);
        }
        sw_fit_put(&once, &source, (struct sw_box_px){0, 0, WALL_W, WALL_H});
        assert_memory_equal(pieces, whole, sizeof whole);
    }
}

/* Shared among several the pixels are the same. */
static void test_shared_work(void **state)
{
    (void)state;
    enum { W = 700, H = 410, MOST = 1000 };
    static const int sizes[][2] = {{W, H}, {300, 176}, {150, 88}, {MOST, 586}};
    uint32_t *big = malloc(sizeof *big * W * H), *alone = calloc(MOST * MOST, sizeof *alone), *shared = calloc(MOST * MOST, sizeof *shared);
    for (uint32_t i = 0, seed = 3; i < W * H; i++)
        big[i] = 0xff000000u | (seed = seed * 1664525u + 1013904223u) >> 8;
    const struct sw_fit_source from = {big, W, H, W * 4};
    struct sw_crew *crew = sw_crew_create(3);
    for (size_t i = 0; i < SW_COUNT(sizes); i++)
        for (int turn = 0; turn < 4; turn++) {
            int width = sizes[i][turn % 2], height = sizes[i][1 - turn % 2];
            struct sw_fit_target to = {alone, MOST, MOST, MOST * 4, {0, 0, width, height}, turn, NULL};
            (void)sw_fit_put(&to, &from, (struct sw_box_px){0, 0, W, H});
            to.pixels = shared;
            to.crew = crew;
            (void)sw_fit_put(&to, &from, (struct sw_box_px){0, 0, W, H});
            assert_memory_equal(alone, shared, sizeof *alone * MOST * MOST);
        }
    sw_crew_destroy(crew);
    free(big);
    free(alone);
    free(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_picture),
        cmocka_unit_test(test_same_size_is_copied_and_the_rest_is_black),
        cmocka_unit_test(test_whole_multiples_are_exact),
        cmocka_unit_test(test_one_colour_stays_that_colour),
        cmocka_unit_test(test_small_pictures_are_averages),
        cmocka_unit_test(test_shared_work),
        cmocka_unit_test(test_boxes_make_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
