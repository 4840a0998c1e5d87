/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "text_bench.h"

static int set_up(void **state)
{
    *state = bench_typesetter();
    return *state == NULL;
}

static int tear_down(void **state)
{
    sw_typesetter_destroy(*state);
    return 0;
}

static uint64_t hash_bitmap(uint64_t hash, const struct sw_bitmap *bitmap)
{
    if (bitmap == NULL)
        return sw_hash_number(hash, 0);
    hash = sw_hash_number(sw_hash_number(hash, (uint64_t)bitmap->width), (uint64_t)bitmap->height);
    size_t row = (size_t)bitmap->width * (bitmap->format == SW_PIXELS_A8 ? 1 : 4);
    for (int y = 0; y < bitmap->height; y++)
        hash = sw_hash_bytes(hash, bitmap->pixels + (ptrdiff_t)y * bitmap->stride, row);
    return hash;
}

static uint64_t hash_pixels(struct sw_text_pixels pixels)
{
    uint64_t hash = hash_bitmap(hash_bitmap(SW_HASH_START, pixels.mask), pixels.colours);
    hash = sw_hash_number(sw_hash_number(hash, (uint64_t)(int64_t)pixels.left), (uint64_t)(int64_t)pixels.top);
    return sw_hash_number(sw_hash_number(hash, (uint64_t)(int64_t)pixels.colours_left), (uint64_t)(int64_t)pixels.colours_top);
}

static const char *const samples[] = {
    "Der Rhein steht heute 41 cm höher als gestern",
    "\x01" "Fett\x02 und \x03" "schräg\x04, „Zitat“ – 1.234,5 m³",
    "مرحبا بكم في دويسبورغ (Rhein)",
    "14:05",
    "Emoji \U0001f600 und Flagge \U0001f1e9\U0001f1ea",
    "漢字 ohne Schrift",
    "\x0e" "Ein Hafen\n\x0e" "Zwei Brücken",
};

static struct sw_text_request sample(size_t index)
{
    struct sw_text_request request = bench_request(samples[index % SW_COUNT(samples)], 20 + 9.3 * (double)(index % 5), 420);
    request.tracking = index % 3 == 0 ? 0.02 : 0;
    return request;
}

/* Bytes do not depend on what was drawn before, nor on which fonts are open. */
static void test_same_bytes(void **state)
{
    enum { COUNT = 35 };
    const double scales[] = {0.5, 1, 1.333, 2.75};
    uint64_t hashes[COUNT][SW_COUNT(scales)];
    for (size_t i = 0; i < COUNT; i++) {
        struct sw_text_request request = sample(i);
        for (size_t k = 0; k < SW_COUNT(scales); k++)
            hashes[i][k] = hash_pixels(bench_raster(*state, &request, scales[k]));
    }
    struct sw_typesetter *other = bench_typesetter();
    for (size_t i = COUNT; i-- > 0;) {
        struct sw_text_request request = sample(i);
        for (size_t k = SW_COUNT(scales); k-- > 0;) {
            assert_true(hash_pixels(bench_raster(other, &request, scales[k])) == hashes[i][k]);
            if (i % 4 == 0)
                sw_typesetter_collect(other);
        }
    }
    sw_typesetter_destroy(other);
}

/* The layout is one thing and the scale another: lines end where they end, and ink grows in step. */
static void test_scales(void **state)
{
    char first[512], second[512];
    struct sw_text_request request = sample(0);
    bench_lines(sw_text_layout(*state, &request), request.text, first, sizeof first);
    struct sw_text_pixels small = bench_raster(*state, &request, 1), large = bench_raster(*state, &request, 3);
    bench_lines(sw_text_layout(*state, &request), request.text, second, sizeof second);
    assert_string_equal(first, second);
    assert_in_range(large.mask->width + 8, small.mask->width * 3, small.mask->width * 3 + 16);
    assert_in_range(large.mask->height + 8, small.mask->height * 3, small.mask->height * 3 + 16);
    struct sw_text_request half = request; /* the same text at half the size on half the width */
    half.size /= 2;
    half.width /= 2;
    assert_string_equal(first, bench_lines(sw_text_layout(*state, &half), half.text, second, sizeof second));
}

static void test_baseline(void **state)
{
    const double scales[] = {0.7, 1, 2.3};
    for (size_t i = 0; i < SW_COUNT(scales); i++) {
        struct sw_text_request request = bench_request("H", 60, INFINITY);
        const struct sw_text_layout *layout = sw_text_layout(*state, &request);
        struct sw_text_pixels h = bench_raster(*state, &request, scales[i]);
        int baseline = (int)lround(layout->baseline * scales[i]);
        assert_int_equal(h.top + h.mask->height, baseline);
        assert_in_range(h.mask->height, (int)(60 * scales[i] * 0.71), (int)(60 * scales[i] * 0.76) + 1); /* capitals of Inter: 0.727 em */
        request.text = "H\u0302\u0302\u0302\u0302"; /* what stands above the font's own height does not move the letter */
        struct sw_text_pixels marked = bench_raster(*state, &request, scales[i]);
        assert_int_equal(marked.top + marked.mask->height, baseline);
        assert_true(marked.top < h.top);
    }
}

/* The left edge of ink that reaches out to the left of the pen is where it belongs. */
static void test_overhang(void **state)
{
    struct sw_text_request request = bench_request("j", 200, INFINITY);
    struct sw_text_pixels j = bench_raster(*state, &request, 1);
    assert_true(j.left < 0);
    request.text = "I j";
    struct sw_text_pixels pair = bench_raster(*state, &request, 1);
    double pen = sw_text_layout(*state, &request)->pieces[2].x;
    assert_in_range(pair.left + pair.mask->width, (int)(pen + j.left + j.mask->width) - 1, (int)(pen + j.left + j.mask->width) + 2);
}

static void test_emoji(void **state)
{
    struct sw_text_request request = bench_request("\U0001f600", 40, INFINITY);
    const struct sw_text_layout *layout = sw_text_layout(*state, &request);
    struct sw_text_pixels pixels = bench_raster(*state, &request, 1);
    assert_false(layout->missing_glyph);
    assert_null(pixels.mask);
    assert_non_null(pixels.colours);
    assert_in_range(pixels.colours->width, 40, 56);
    assert_true(fabs(layout->width - pixels.colours->width) < 2);
    ptrdiff_t third = (ptrdiff_t)(pixels.colours->height / 3) * pixels.colours->stride;
    const uint8_t *middle = pixels.colours->pixels + third + pixels.colours->width / 2 * 4;
    uint32_t pixel;
    memcpy(&pixel, middle, sizeof pixel);
    assert_int_equal(pixel >> 24, 255);
    assert_true((pixel >> 16 & 0xff) > (pixel & 0xff) + 50); /* yellow: much red, little blue */
    for (int y = 0; y < pixels.colours->height; y++) {
        for (int x = 0; x < pixels.colours->width; x++) {
            memcpy(&pixel, pixels.colours->pixels + (ptrdiff_t)y * pixels.colours->stride + (ptrdiff_t)x * 4, sizeof pixel);
            assert_true((pixel >> 16 & 0xff) <= pixel >> 24 && (pixel >> 8 & 0xff) <= pixel >> 24 && (pixel & 0xff) <= pixel >> 24);
        }
    }
}

static void test_kept_while_used(void **state)
{
    (void)state;
    struct sw_font_set fonts = {bench_roles, SW_COUNT(bench_roles), NULL, 0};
    struct sw_typesetter *typesetter = sw_typesetter_create(&fonts, 0); /* nothing beyond what is used */
    struct sw_text_request request = bench_request("Rhein", 36, INFINITY), other = bench_request("Ruhr", 36, INFINITY);
    struct sw_bitmap *mask = bench_raster(typesetter, &request, 1).mask;
    for (int frame = 0; frame < 5; frame++) {
        sw_typesetter_collect(typesetter);
        assert_ptr_equal(bench_raster(typesetter, &request, 1).mask, mask);
    }
    sw_bitmap_hold(mask);
    assert_int_equal(atomic_load(&mask->holders), 2);
    sw_typesetter_collect(typesetter);
    (void)bench_raster(typesetter, &other, 1);
    sw_typesetter_collect(typesetter);
    assert_int_equal(atomic_load(&mask->holders), 1); /* let go of; ours lives on */
    assert_true(mask->pixels[mask->stride * (mask->height / 2)] > 0 || mask->width > 0);
    sw_bitmap_release(mask);
    sw_typesetter_destroy(typesetter);
}

/* A year of clock texts: what is kept stays bounded, and a layout lives through one collect. */
static void test_many_texts(void **state)
{
    char text[32];
    for (int i = 0; i < 4000; i++) {
        snprintf(text, sizeof text, "%02d:%02d:%02d", i / 3600, i / 60 % 60, i % 60);
        struct sw_text_request request = bench_request(text, 36, INFINITY), constant = bench_request("bleibt", 36, INFINITY);
        const struct sw_text_layout *layout = sw_text_layout(*state, &request);
        const struct sw_text_layout *before = sw_text_layout(*state, &constant);
        sw_typesetter_collect(*state);
        assert_int_equal(layout->line_count, 1);
        assert_ptr_equal(sw_text_layout(*state, &constant), before);
    }
}

static void test_limits(void **state)
{
    struct sw_text_request request = bench_request("Rhein und Ruhr und noch mehr Text", 2000, INFINITY);
    struct sw_text_pixels pixels = bench_raster(*state, &request, 8);
    assert_null(pixels.mask);
    assert_null(pixels.colours);
    request.size = 1;
    assert_non_null(bench_raster(*state, &request, 1).mask);
    (void)bench_raster(*state, &request, 0.1); /* a tenth of a pixel an em: nothing to see, and nothing breaks */
    request.text = " \u00a0\u200b";
    assert_null(bench_raster(*state, &request, 1).mask);
    request.text = "I";
    request.size = 2000;
    pixels = bench_raster(*state, &request, 4);
    assert_non_null(pixels.mask);
    assert_in_range(pixels.mask->height, 5700, 5900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_scales),
        cmocka_unit_test(test_baseline),
        cmocka_unit_test(test_overhang),
        cmocka_unit_test(test_emoji),
        cmocka_unit_test(test_kept_while_used),
        cmocka_unit_test(test_many_texts),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
