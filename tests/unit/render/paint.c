/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/paint.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/must.h"
#include "random_lists.h"
#include "render/compose.h"

enum { WIDTH = 12, HEIGHT = 8 };
#define GROUND 0xff204060u

static const struct sw_box_px ALL = {0, 0, WIDTH, HEIGHT};
static uint32_t pixels[WIDTH * HEIGHT];

static uint32_t at(int x, int y)
{
    return pixels[y * WIDTH + x];
}

static void paint(const struct sw_draw *draws, size_t count, const struct sw_box_px *clip)
{
    struct sw_draw_list list;
    sw_draw_list_init(&list, WIDTH, HEIGHT, GROUND);
    for (size_t i = 0; i < count; i++)
        sw_draw_list_add(&list, &draws[i]);
    for (size_t i = 0; i < WIDTH * HEIGHT; i++)
        pixels[i] = 0xffdeadbe;
    sw_compose_list(&list, pixels, WIDTH * 4, clip);
    sw_draw_list_finish(&list);
}

/* 4 x 2: what `pixel` says in the left column, `rest` in the others. */
static struct sw_bitmap *bitmap_of(enum sw_pixels format, uint32_t pixel, uint32_t rest)
{
    struct sw_bitmap *bitmap = sw_bitmap_create(format, 4, 2);
    for (int y = 0; y < 2; y++)
        for (int x = 0; x < 4; x++) {
            uint32_t value = x == 0 ? pixel : rest;
            if (format == SW_PIXELS_A8)
                bitmap->pixels[y * bitmap->stride + x] = (uint8_t)value;
            else
                memcpy(bitmap->pixels + y * bitmap->stride + 4 * x, &value, 4);
        }
    return bitmap;
}

/* Every kind, with numbers worked out by hand: the left column of the item, the one to its right, and what is around it. */
static void test_single_draws(void **state)
{
    (void)state;
    static const struct {
        enum sw_draw_kind kind;
        enum sw_pixels format;
        uint32_t left_pixel, right_pixel; /* of the bitmap */
        uint32_t colour;
        double opacity;
        uint32_t left, right; /* expected */
    } rows[] = {
        {SW_DRAW_FILL, 0, 0, 0, 0xff8090a0, 1, 0xff8090a0, 0xff8090a0},
        {SW_DRAW_FILL, 0, 0, 0, 0x808090a0, 1, 0xff506880, 0xff506880},     /* 0x80 * 128 / 255 = 64, 0x20 * 127 / 255 = 16 */
        {SW_DRAW_FILL, 0, 0, 0, 0xff8090a0, 0.5, 0xff506880, 0xff506880},
        {SW_DRAW_FILL, 0, 0, 0, 0x808090a0, 0.5, 0xff385470, 0xff385470},   /* alpha 64: 32 + 24, 36 + 48, 40 + 72 */
        {SW_DRAW_MASK, SW_PIXELS_A8, 0xff, 0x00, 0xff8090a0, 1, 0xff8090a0, GROUND},
        {SW_DRAW_MASK, SW_PIXELS_A8, 0x80, 0xff, 0xff8090a0, 1, 0xff506880, 0xff8090a0},
        {SW_DRAW_MASK, SW_PIXELS_A8, 0x00, 0xff, 0xff8090a0, 0.5, GROUND, 0xff506880},
        {SW_DRAW_BITMAP, SW_PIXELS_XRGB, 0xff010203, 0xfffdfeff, 0, 1, 0xff010203, 0xfffdfeff},
        {SW_DRAW_BITMAP, SW_PIXELS_XRGB, 0xff8090a0, 0xff204060, 0, 0.5, 0xff506880, GROUND},
        {SW_DRAW_BITMAP, SW_PIXELS_XRGB, 0x008090a0, 0x00204060, 0, 0.5, 0xff506880, GROUND}, /* the unused byte does not count */
        {SW_DRAW_BITMAP, SW_PIXELS_ARGB, 0x00000000, 0xff8090a0, 0, 1, GROUND, 0xff8090a0},
        {SW_DRAW_BITMAP, SW_PIXELS_ARGB, 0x80404850, 0xff8090a0, 0, 1, 0xff506880, 0xff8090a0},
        {SW_DRAW_BITMAP, SW_PIXELS_ARGB, 0x00000000, 0xff8090a0, 0, 0.5, GROUND, 0xff506880},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_draw draw = {.kind = rows[i].kind, .to = {3, 2, 4, 2}, .clip = ALL, .colour = rows[i].colour, .opacity = rows[i].opacity};
        if (draw.kind != SW_DRAW_FILL)
            draw.bitmap = bitmap_of(rows[i].format, rows[i].left_pixel, rows[i].right_pixel);
        paint(&draw, 1, NULL);
        for (int y = 0; y < HEIGHT; y++)
            for (int x = 0; x < WIDTH; x++) {
                bool inside = x >= 3 && x < 7 && y >= 2 && y < 4;
                uint32_t expected = !inside ? GROUND : x == 3 ? rows[i].left : rows[i].right;
                if (at(x, y) != expected)
                    fail_msg("row %zu at %d,%d: %08x instead of %08x", i, x, y, at(x, y), expected);
            }
        sw_bitmap_release(draw.bitmap);
    }
}

static void test_clips(void **state)
{
    (void)state;
    struct sw_draw draws[] = {
        {.kind = SW_DRAW_FILL, .to = {-5, -5, 100, 100}, .clip = {2, 1, 3, 2}, .colour = 0xffffffff, .opacity = 1},
        {.kind = SW_DRAW_BITMAP, .to = {10, -1, 4, 2}, .clip = {0, 0, 1000, 1000}, .opacity = 1},
        {.kind = SW_DRAW_FILL, .to = {0, 6, 12, 2}, .clip = ALL, .colour = 0xff00ff00, .opacity = 1},
    };
    draws[1].bitmap = bitmap_of(SW_PIXELS_XRGB, 0xff111111, 0xff222222);
    const struct sw_box_px clip = {0, 0, WIDTH, 7};
    paint(draws, 3, &clip);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            uint32_t expected = x >= 2 && x < 5 && y >= 1 && y < 3 ? 0xffffffff : GROUND;
            if (x >= 10 && y == 0)
                expected = x == 10 ? 0xff111111 : 0xff222222;
            if (y >= 6)
                expected = y == 6 ? 0xff00ff00 : 0xffdeadbe; /* outside the caller's clip: untouched */
            assert_int_equal(at(x, y), expected);
        }
    sw_bitmap_release(draws[1].bitmap);
}

/* Where a smooth picture is scaled, its values are those of the mathematics, to a few of 255, and its edges stay sharp. */
static void test_scaling(void **state)
{
    (void)state;
    enum { SIDE = 16, LIST = 80 };
    static const struct sw_rect places[] = {
        {10, 12, 40, 24}, {10.3, 12.8, 40.5, 24.1}, {8, 8, 9, 60}, {-20, -30, 90, 100}, {2, 2, 0.4, 50}, {-40000, -40000, 60000, 90000}};
    static uint32_t out[LIST * LIST];
    struct sw_bitmap *bitmap = sw_bitmap_create(SW_PIXELS_XRGB, SIDE, SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) {
        uint32_t pixel = 0xff000000u | (uint32_t)(i % SIDE * 15) << 16 | (uint32_t)(i / SIDE * 15);
        memcpy(bitmap->pixels + 4 * i, &pixel, 4);
    }
    for (size_t i = 0; i < SW_COUNT(places); i++) {
        struct sw_draw draw = {
            .kind = SW_DRAW_BITMAP, .to = places[i], .clip = {-90000, -90000, 200000, 200000}, .opacity = 1, .bitmap = bitmap};
        struct sw_draw_list list;
        sw_draw_list_init(&list, LIST, LIST, 0xff00ff00);
        sw_draw_list_add(&list, &draw);
        sw_compose_list(&list, out, LIST * 4, NULL);
        struct sw_box_px box = sw_draw_bounds(&draw);
        for (int y = 0; y < LIST; y++)
            for (int x = 0; x < LIST; x++) {
                uint32_t pixel = out[y * LIST + x];
                if (x < box.x || y < box.y || x >= box.x + box.width || y >= box.y + box.height) {
                    assert_int_equal(pixel, 0xff00ff00);
                    continue;
                }
                double across = (x + 0.5 - draw.to.x) * SIDE / fmax(draw.to.width, 1) - 0.5;
                double down = (y + 0.5 - draw.to.y) * SIDE / fmax(draw.to.height, 1) - 0.5;
                double red = 15 * fmin(fmax(across, 0), SIDE - 1), blue = 15 * fmin(fmax(down, 0), SIDE - 1);
                assert_true(fabs(red - (pixel >> 16 & 255)) <= 2 && fabs(blue - (pixel & 255)) <= 2);
                assert_int_equal(pixel & 0xff00ff00, 0xff000000); /* nothing of the ground shines through */
            }
        sw_draw_list_finish(&list);
    }
    sw_bitmap_release(bitmap);
}

/* Lists of everything but scaling are those of the naive painter, to the bit. */
static void test_random_lists_match_the_naive_painter(void **state)
{
    (void)state;
    enum { W = 230, H = 120, STRIDE = 1024 };
    static uint32_t got[STRIDE / 4 * H], expected[STRIDE / 4 * H];
    for (uint32_t seed = 1; seed <= 60; seed++) {
        struct random_lists random;
        struct sw_draw_list list;
        random_lists_init(&random, seed, false);
        random_list_make(&random, &list, W, H, 1 + (int)seed % 25);
        memset(got, 0, sizeof got);
        memset(expected, 0, sizeof expected);
        sw_compose_list(&list, got, STRIDE, NULL);
        naive_paint(&random, &list, expected, STRIDE);
        for (int i = 0; i < STRIDE / 4 * H; i++)
            if (got[i] != expected[i])
                fail_msg("seed %u at %d,%d: %08x instead of %08x", seed, i % (STRIDE / 4), i / (STRIDE / 4), got[i], expected[i]);
        sw_draw_list_finish(&list);
        random_lists_finish(&random);
    }
}

/* A list in pieces is the list as a whole: also for what is scaled, and where the target is only a part of it. */
static void test_pieces_make_the_whole(void **state)
{
    (void)state;
    enum { W = 230, H = 120, X = -37, Y = -11, PART_W = 150, PART_H = 80 };
    static uint32_t whole[W * H], pieces[W * H], part[PART_W * PART_H];
    for (uint32_t seed = 1; seed <= 60; seed++) {
        struct random_lists random;
        struct sw_draw_list list;
        random_lists_init(&random, seed, true);
        random_list_make(&random, &list, W, H, 1 + (int)seed % 25);
        sw_compose_list(&list, whole, W * 4, NULL);
        for (int y = 0, height; y < H; y += height) {
            height = 1 + random_number(&random, 40);
            for (int x = 0, width; x < W; x += width) {
                width = 1 + random_number(&random, 60);
                struct sw_box_px box = {x, y, width, height};
                sw_compose_list(&list, pieces, W * 4, &box);
            }
        }
        assert_memory_equal(pieces, whole, sizeof whole);
        struct sw_target target = {part, PART_W, PART_H, PART_W * 4, X, Y};
        sw_paint_list(&target, &list, NULL, true, (struct sw_box_px){0, 0, W, H});
        for (int y = 0; y < PART_H; y++)
            assert_memory_equal(part + y * PART_W, whole + (y - Y) * W - X, PART_W * 4);
        sw_draw_list_finish(&list);
        random_lists_finish(&random);
    }
}

static void test_without_ground(void **state)
{
    (void)state;
    struct sw_draw draw = {.kind = SW_DRAW_FILL, .to = {2, 2, 2, 2}, .clip = ALL, .colour = 0xffffffff, .opacity = 1};
    struct sw_draw_list list;
    sw_draw_list_init(&list, WIDTH, HEIGHT, GROUND);
    sw_draw_list_add(&list, &draw);
    for (size_t i = 0; i < WIDTH * HEIGHT; i++)
        pixels[i] = 0xff123456;
    struct sw_target target = {pixels, WIDTH, HEIGHT, WIDTH * 4, 0, 0};
    sw_paint_list(&target, &list, NULL, false, ALL);
    assert_int_equal(at(1, 2), 0xff123456);
    assert_int_equal(at(2, 2), 0xffffffff);
    sw_draw_list_finish(&list);
}

/* Pictures come as sealed mappings: writing one would end the player. */
static void test_read_only_bitmaps(void **state)
{
    (void)state;
    static const enum sw_pixels formats[] = {SW_PIXELS_A8, SW_PIXELS_XRGB, SW_PIXELS_ARGB};
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    void *page;
    assert_int_equal(posix_memalign(&page, size, size), 0);
    memset(page, 0x7f, size);
    assert_int_equal(mprotect(page, size, PROT_READ), 0);
    for (size_t i = 0; i < SW_COUNT(formats); i++)
        for (int k = 0; k < 4; k++) {
            struct sw_bitmap bitmap = {.format = formats[i], .width = 4, .height = 2, .stride = 16, .pixels = page, .holders = 1};
            struct sw_draw draw = {.kind = formats[i] == SW_PIXELS_A8 ? SW_DRAW_MASK : SW_DRAW_BITMAP, .to = {1, 1, k < 2 ? 4 : 9, 2},
                                   .clip = ALL, .colour = 0xffffffff, .opacity = k % 2 == 0 ? 1 : 0.5, .bitmap = &bitmap};
            paint(&draw, 1, NULL);
        }
    assert_int_equal(mprotect(page, size, PROT_READ | PROT_WRITE), 0);
    free(page);
}

static void test_mix(void **state)
{
    (void)state;
    enum { STEPS = 256 };
    static uint32_t from[STEPS], to[STEPS], out[STEPS + 2];
    for (unsigned mix = 0; mix < 256; mix++) {
        for (uint32_t i = 0; i < STEPS; i++) {
            from[i] = 0xff000000u | i << 16 | (255 - i) << 8 | i;
            to[i] = 0xff000000u | (i * 7 & 255) << 16 | (i * 3 & 255) << 8 | i;
        }
        struct sw_target target = {out, STEPS + 2, 1, 4 * (STEPS + 2), 1, 0};
        out[0] = out[STEPS + 1] = 0;
        sw_paint_mix(&target, from, to, STEPS * 4, (uint8_t)mix, (struct sw_box_px){0, 0, STEPS, 1});
        assert_int_equal(out[0], 0);
        assert_int_equal(out[STEPS + 1], 0);
        for (int i = 0; i < STEPS; i++)
            for (int shift = 0; shift < 32; shift += 8) {
                unsigned sum = (from[i] >> shift & 255) * (255 - mix) + (to[i] >> shift & 255) * mix;
                assert_int_equal(out[i + 1] >> shift & 255, (sum + 127) / 255);
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single_draws),
        cmocka_unit_test(test_clips),
        cmocka_unit_test(test_scaling),
        cmocka_unit_test(test_random_lists_match_the_naive_painter),
        cmocka_unit_test(test_pieces_make_the_whole),
        cmocka_unit_test(test_without_ground),
        cmocka_unit_test(test_read_only_bitmaps),
        cmocka_unit_test(test_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
