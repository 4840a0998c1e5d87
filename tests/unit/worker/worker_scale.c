/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "worker/picture/scale.h"
#include "worker/picture/turn.h"

static uint32_t *scale(const uint32_t *source, struct sw_scale_span across, struct sw_scale_span down)
{
    uint32_t *target = sw_alloc_array((size_t)across.target * (size_t)down.target, sizeof *target);
    struct sw_scaler *scaler = sw_scaler_create(across, down, target);
    for (int y = 0; y < down.source; y++)
        sw_scaler_row(scaler, source + (size_t)y * (size_t)across.source);
    assert_true(sw_scaler_done(scaler));
    sw_scaler_destroy(scaler);
    return target;
}

static uint32_t *noise(int count)
{
    uint32_t *pixels = sw_alloc_array((size_t)count, sizeof *pixels), seed = 1;
    for (int i = 0; i < count; i++) {
        seed = seed * 1664525 + 1013904223;
        uint32_t alpha = seed >> 24;
        pixels[i] = alpha << 24 | (seed >> 8 & 0xff) * alpha / 255 << 16 | (seed >> 16 & 0xff) * alpha / 255 << 8 | alpha / 2;
    }
    return pixels;
}

/* One colour stays that colour at every size and for every part: the weights add up to one. */
static void a_flat_colour_stays(void **state)
{
    (void)state;
    static const struct {
        struct sw_scale_span across, down;
    } cases[] = {
        {{1, 1, 0, 1}, {1, 1, 0, 1}},          {{1, 50, 0, 1}, {1, 3, 0, 1}},        {{100, 1, 0, 100}, {100, 1, 0, 100}},
        {{100, 37, 0, 100}, {80, 29, 0, 80}},  {{37, 100, 0, 37}, {29, 80, 0, 29}},  {{100, 33, 10.3, 55.7}, {90, 200, 0.5, 33.25}},
        {{3000, 2, 0, 3000}, {2, 300, 0, 2}},  {{64, 64, 0.5, 63.5}, {64, 64, 1, 64}}, {{50, 7, 49, 50}, {50, 7, 0, 0.5}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int count = cases[i].across.source * cases[i].down.source, made = cases[i].across.target * cases[i].down.target;
        uint32_t *source = sw_alloc_array((size_t)count, sizeof *source);
        for (int p = 0; p < count; p++)
            source[p] = 0x80402010;
        uint32_t *target = scale(source, cases[i].across, cases[i].down);
        for (int p = 0; p < made; p++)
            assert_int_equal(target[p], 0x80402010);
        free(source);
        free(target);
    }
}

static void the_same_size_is_a_copy(void **state)
{
    (void)state;
    uint32_t *source = noise(61 * 47);
    uint32_t *target = scale(source, (struct sw_scale_span){61, 61, 0, 61}, (struct sw_scale_span){47, 47, 0, 47});
    assert_memory_equal(source, target, 61 * 47 * 4);
    uint32_t *part = scale(source, (struct sw_scale_span){61, 20, 7, 27}, (struct sw_scale_span){47, 10, 30, 40});
    for (int y = 0; y < 10; y++)
        assert_memory_equal(part + (size_t)y * 20, source + (size_t)(y + 30) * 61 + 7, 20 * 4);
    free(part);
    free(source);
    free(target);
}

/* Nothing that is no premultiplied pixel comes out, whatever the cubic overshoots. */
static void colours_stay_below_alpha(void **state)
{
    (void)state;
    uint32_t *source = noise(40 * 40);
    for (int size = 3; size < 200; size += 7) {
        uint32_t *target = scale(source, (struct sw_scale_span){40, size, 0, 40}, (struct sw_scale_span){40, size + 5, 0, 40});
        for (int i = 0; i < size * (size + 5); i++) {
            uint32_t pixel = target[i], alpha = pixel >> 24;
            assert_true((pixel >> 16 & 0xff) <= alpha && (pixel >> 8 & 0xff) <= alpha && (pixel & 0xff) <= alpha);
        }
        free(target);
    }
    free(source);
}

static double cubic(double x)
{
    x = fabs(x);
    return x < 1 ? 1.5 * x * x * x - 2.5 * x * x + 1 : x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
}

/* By the definition, in double and in two dimensions at once; one channel. */
static double expected(const uint32_t *source, struct sw_scale_span across, struct sw_scale_span down, int x, int y)
{
    double ratio_x = (across.to - across.from) / across.target, ratio_y = (down.to - down.from) / down.target;
    double wide = fmax(ratio_x, 1), high = fmax(ratio_y, 1), sum = 0, weights = 0;
    double middle_x = across.from + (x + 0.5) * ratio_x, middle_y = down.from + (y + 0.5) * ratio_y;
    for (int v = 0; v < down.source; v++) {
        for (int u = 0; u < across.source; u++) {
            double weight = cubic((u + 0.5 - middle_x) / wide) * cubic((v + 0.5 - middle_y) / high);
            sum += weight * (source[v * across.source + u] & 0xff);
            weights += weight;
        }
    }
    return fmin(fmax(sum / weights, 0), 255);
}

static void weights_are_the_cubics(void **state)
{
    (void)state;
    static const struct {
        struct sw_scale_span across, down;
    } cases[] = {
        {{30, 13, 0, 30}, {20, 9, 0, 20}},   {{30, 71, 0, 30}, {20, 55, 0, 20}},       {{30, 45, 2.5, 20.25}, {20, 6, 3.1, 19.9}},
        {{30, 30, 0.5, 30}, {20, 20, 0, 20}}, {{30, 5, 0, 30}, {20, 60, 0, 20}},
    };
    uint32_t *source = noise(30 * 20);
    for (int i = 0; i < 30 * 20; i++)
        source[i] |= 0xff000000; /* so that no clamp to alpha comes in */
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t *target = scale(source, cases[i].across, cases[i].down);
        for (int y = 0; y < cases[i].down.target; y++) {
            for (int x = 0; x < cases[i].across.target; x++) {
                double want = expected(source, cases[i].across, cases[i].down, x, y);
                double got = target[y * cases[i].across.target + x] & 0xff;
                if (fabs(want - got) > 0.51)
                    fail_msg("case %zu: pixel %d, %d is %f, not %f", i, x, y, got, want);
            }
        }
        free(target);
    }
    free(source);
}

/* Turning pixel by pixel agrees with turning the part that is asked for. */
static void parts_turn_with_their_picture(void **state)
{
    (void)state;
    enum { WIDTH = 6, HEIGHT = 4 };
    uint32_t stored[WIDTH * HEIGHT], shown[WIDTH * HEIGHT];
    for (uint32_t i = 0; i < WIDTH * HEIGHT; i++)
        stored[i] = i;
    for (int orientation = 1; orientation <= 8; orientation++) {
        sw_turn_pixels(orientation, stored, WIDTH, HEIGHT, shown);
        bool swaps = sw_turn_swaps(orientation);
        int across = swaps ? HEIGHT : WIDTH, down = swaps ? WIDTH : HEIGHT;
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                struct sw_shares part = {(double)x / across, (double)y / down, (double)(x + 1) / across, (double)(y + 1) / down};
                struct sw_shares back = sw_turn_back(orientation, part);
                int from_x = (int)lround(back.left * WIDTH), from_y = (int)lround(back.top * HEIGHT);
                assert_int_equal(shown[y * across + x], stored[from_y * WIDTH + from_x]);
                assert_true(fabs(back.right - back.left - 1.0 / WIDTH) < 1e-9 && fabs(back.bottom - back.top - 1.0 / HEIGHT) < 1e-9);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flat_colour_stays),      cmocka_unit_test(the_same_size_is_a_copy), cmocka_unit_test(colours_stay_below_alpha),
        cmocka_unit_test(weights_are_the_cubics),   cmocka_unit_test(parts_turn_with_their_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
