/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/picture.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cairo.h>
#include <cmocka.h>

enum { WIDTH = 37, HEIGHT = 11, STRIDE = 160 };

static char folder[] = "/tmp/schauwand-picture-XXXXXX";
static uint32_t pixels[STRIDE / 4 * HEIGHT];

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int setup(void **state)
{
    (void)state;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < STRIDE / 4; x++)
            pixels[y * STRIDE / 4 + x] = x < WIDTH ? 0xff000000u | (uint32_t)(x * 6) << 16 | (uint32_t)(y * 20) << 8 | 0x5a : 0xdeadbeef;
    return mkdtemp(folder) == NULL;
}

static int teardown(void **state)
{
    (void)state;
    return rmdir(folder); /* also proves that no temporary file is left */
}

static size_t bytes_of(const char *path, char *out, size_t most)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(out, 1, most, file);
    fclose(file);
    return length;
}

static void test_pixels_come_back(void **state)
{
    (void)state;
    const char *path = path_of("wall.png");
    assert_true(sw_picture_write(path, pixels, WIDTH, HEIGHT, STRIDE));
    cairo_surface_t *surface = cairo_image_surface_create_from_png(path);
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_image_surface_get_format(surface), CAIRO_FORMAT_RGB24);
    assert_int_equal(cairo_image_surface_get_width(surface), WIDTH);
    assert_int_equal(cairo_image_surface_get_height(surface), HEIGHT);
    const unsigned char *rows = cairo_image_surface_get_data(surface);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            uint32_t pixel;
            memcpy(&pixel, rows + y * cairo_image_surface_get_stride(surface) + 4 * x, 4);
            assert_int_equal(pixel & 0xffffff, pixels[y * STRIDE / 4 + x] & 0xffffff);
        }
    cairo_surface_destroy(surface);
    assert_int_equal(unlink(path), 0);
}

static void test_same_bytes_whatever_the_padding(void **state)
{
    (void)state;
    static char first[65536], second[65536];
    const char *path = path_of("wall.png");
    assert_true(sw_picture_write(path, pixels, WIDTH, HEIGHT, STRIDE));
    size_t length = bytes_of(path, first, sizeof first);
    for (int y = 0; y < HEIGHT; y++) {
        pixels[y * STRIDE / 4 + WIDTH] = 0x12345678;
        pixels[y * STRIDE / 4] &= 0xffffff; /* nor the unused byte */
    }
    assert_true(sw_picture_write(path, pixels, WIDTH, HEIGHT, STRIDE));
    assert_int_equal(bytes_of(path, second, sizeof second), length);
    assert_memory_equal(first, second, length);
    assert_int_equal(unlink(path), 0);
}

static void test_failure_leaves_nothing(void **state)
{
    (void)state;
    assert_false(sw_picture_write(path_of("missing/wall.png"), pixels, WIDTH, HEIGHT, STRIDE));
    const char *path = path_of("taken.png");
    assert_int_equal(mkdir(path, 0755), 0);
    assert_false(sw_picture_write(path, pixels, WIDTH, HEIGHT, STRIDE));
    assert_int_equal(rmdir(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pixels_come_back),
        cmocka_unit_test(test_same_bytes_whatever_the_padding),
        cmocka_unit_test(test_failure_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
