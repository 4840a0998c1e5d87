/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/blend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pixman.h>

enum { MOST = 300 };

static uint32_t below[MOST], above[MOST], seen[MOST + 1], expected[MOST];

static void fill_rows(uint32_t seed)
{
    for (int i = 0; i < MOST; i++) {
        seed = seed * 1664525u + 1013904223u;
        below[i] = 0xff000000u | seed >> 8;
        seed = seed * 1664525u + 1013904223u;
        above[i] = seed; /* its unused byte may hold anything */
    }
    below[0] = above[1] = 0xff000000u;
    below[1] = above[0] = above[2] = below[2] = 0xffffffffu;
}

static void by_pixman(size_t count, uint8_t alpha)
{
    pixman_color_t opacity = {0, 0, 0, (uint16_t)(alpha * 257u)};
    pixman_image_t *from = pixman_image_create_bits(PIXMAN_x8r8g8b8, (int)count, 1, above, (int)count * 4);
    pixman_image_t *to = pixman_image_create_bits(PIXMAN_a8r8g8b8, (int)count, 1, expected, (int)count * 4);
    pixman_image_t *mask = pixman_image_create_solid_fill(&opacity);
    memcpy(expected, below, count * 4);
    pixman_image_composite32(PIXMAN_OP_OVER, from, mask, to, 0, 0, 0, 0, 0, 0, (int)count, 1);
    pixman_image_unref(from);
    pixman_image_unref(to);
    pixman_image_unref(mask);
}

static void test_over_is_as_pixman_has_it(void **state)
{
    (void)state;
    for (int alpha = 0; alpha < 256; alpha++) {
        fill_rows((uint32_t)alpha);
        for (size_t count = 1; count <= MOST; count += count < 70 ? 1 : 46) {
            by_pixman(count, (uint8_t)alpha);
            seen[count] = 0x12345678;
            sw_blend_over(seen, below, above, count, (uint8_t)alpha);
            assert_memory_equal(seen, expected, count * 4);
            memcpy(seen, below, count * 4);
            sw_blend_onto(seen, above, count, (uint8_t)alpha);
            assert_memory_equal(seen, expected, count * 4);
            assert_int_equal(seen[count], 0x12345678);
        }
    }
}

/* Each pixel is as it is with that opacity alone; most shapes are whole for long stretches. */
static void test_through_a_shape(void **state)
{
    (void)state;
    static uint8_t shape[MOST];
    for (int alpha = 0; alpha < 256; alpha += 51) {
        fill_rows((uint32_t)alpha);
        for (int i = 0; i < MOST; i++)
            shape[i] = i < 40 ? (uint8_t)(i * 7) : i < 90 || i > 250 ? 255 : (uint8_t)(i % 3 * 127);
        for (size_t count = 1; count <= MOST; count += count < 70 ? 1 : 46) {
            memcpy(expected, below, sizeof expected);
            for (size_t i = 0; i < count; i++)
                sw_blend_onto(&expected[i], &above[i], 1, (uint8_t)((shape[i] * alpha + 127) / 255));
            memcpy(seen, below, count * 4);
            seen[count] = 0x12345678;
            sw_blend_through(seen, above, shape, count, (uint8_t)alpha);
            assert_memory_equal(seen, expected, count * 4);
            assert_int_equal(seen[count], 0x12345678);
        }
    }
}

static void test_mix_rounds_to_the_nearest(void **state)
{
    (void)state;
    fill_rows(7);
    for (int i = 0; i < MOST; i++)
        above[i] |= 0xff000000u;
    for (int share = 0; share < 256; share++) {
        sw_blend_mix(seen, below, above, MOST, (uint8_t)share);
        for (int i = 0; i < MOST; i++)
            for (int shift = 0; shift < 32; shift += 8) {
                int a = (int)(below[i] >> shift & 255), b = (int)(above[i] >> shift & 255);
                assert_int_equal(seen[i] >> shift & 255, (2 * (a * (255 - share) + b * share) + 255) / 510);
            }
        sw_blend_mix(seen, below, below, MOST, (uint8_t)share);
        assert_memory_equal(seen, below, sizeof below);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_over_is_as_pixman_has_it), cmocka_unit_test(test_through_a_shape),
                                      cmocka_unit_test(test_mix_rounds_to_the_nearest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
