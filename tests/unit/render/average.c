/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/average.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"

enum { FROM_W = 90, FROM_H = 70, SIDE = 120 };

static uint32_t from[FROM_W * FROM_H], to[SIDE * SIDE], pieces[SIDE * SIDE];

static void fill_from(uint32_t seed)
{
    for (int i = 0; i < FROM_W * FROM_H; i++) {
        seed = seed * 1664525u + 1013904223u;
        from[i] = 0xff000000u | seed >> 8;
    }
}

static struct sw_average average_of(uint32_t *pixels, int width, int height)
{
    return (struct sw_average){from, FROM_W, FROM_H, FROM_W * 4, pixels, width, height, SIDE * 4, 3, 2};
}

/* The part of source pixel i that lies within from..to. */
static double share(int i, double begin, double end)
{
    return fmax(0, fmin(i + 1, end) - fmax(i, begin));
}

static double exact(int x, int y, int width, int height, int shift)
{
    double across = (double)FROM_W / width, down = (double)FROM_H / height, sum = 0;
    for (int j = (int)(y * down); j < FROM_H && j < (y + 1) * down; j++)
        for (int i = (int)(x * across); i < FROM_W && i < (x + 1) * across; i++)
            sum += share(i, x * across, (x + 1) * across) * share(j, y * down, (y + 1) * down) * (from[FROM_W * j + i] >> shift & 255);
    return sum / (across * down);
}

static const int sizes[][2] = {{45, 35}, {30, 10}, {44, 29}, {13, 7}, {1, 1}, {90, 20}, {100, 3}, {7, 90}};

static void test_averages(void **state)
{
    (void)state;
    fill_from(1);
    for (size_t i = 0; i < SW_COUNT(sizes); i++) {
        int width = sizes[i][0], height = sizes[i][1];
        struct sw_average average = average_of(to, width, height);
        memset(to, 0x55, sizeof to);
        sw_average_put(&average, (struct sw_box_px){3, 2, width, height});
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int shift = 0; shift < 32; shift += 8) {
                    double seen = to[SIDE * (y + 2) + x + 3] >> shift & 255;
                    if (fabs(seen - exact(x, y, width, height, shift)) > 2)
                        fail_msg("%dx%d: %d, %d: %g, not %g", width, height, x, y, seen, exact(x, y, width, height, shift));
                }
        assert_int_equal(to[SIDE * 2 + 2], 0x55555555);
        assert_int_equal(to[SIDE * 2 + 3 + width], 0x55555555);
        assert_int_equal(to[SIDE * (2 + height) + 3], 0x55555555);
    }
}

static void test_one_colour_stays(void **state)
{
    (void)state;
    for (uint32_t grey = 0; grey < 256; grey += 15) {
        for (int i = 0; i < FROM_W * FROM_H; i++)
            from[i] = 0xff000000u | grey << 16 | (255 - grey) << 8 | 128;
        for (size_t i = 0; i < SW_COUNT(sizes); i++) {
            struct sw_average average = average_of(to, sizes[i][0], sizes[i][1]);
            sw_average_put(&average, (struct sw_box_px){3, 2, sizes[i][0], sizes[i][1]});
            for (int y = 0; y < sizes[i][1]; y++)
                for (int x = 0; x < sizes[i][0]; x++)
                    assert_int_equal(to[SIDE * (y + 2) + x + 3], from[0]);
        }
    }
}

static void test_boxes_make_the_whole(void **state)
{
    (void)state;
    uint32_t seed = 9;
    fill_from(4);
    for (size_t i = 0; i < SW_COUNT(sizes); i++) {
        int width = sizes[i][0], height = sizes[i][1];
        struct sw_average once = average_of(to, width, height), often = average_of(pieces, width, height);
        memset(to, 0, sizeof to);
        memset(pieces, 0, sizeof pieces);
        sw_average_put(&once, (struct sw_box_px){3, 2, width, height});
        for (int y = 0; y < height; y++)
            for (int x = 0, part; x < width; x += part) {
                seed = seed * 1664525u + 1013904223u;
                part = 1 + (int)(seed >> 20) % 9;
                part = x + part > width ? width - x : part;
                sw_average_put(&often, (struct sw_box_px){x + 3, y + 2, part, 1});
            }
        assert_memory_equal(to, pieces, sizeof to);
    }
    struct sw_average average = average_of(to, 5, 5);
    sw_average_put(&average, (struct sw_box_px){3, 2, 0, 5});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_averages),
        cmocka_unit_test(test_one_colour_stays),
        cmocka_unit_test(test_boxes_make_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
