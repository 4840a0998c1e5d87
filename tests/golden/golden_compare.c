/* SPDX-License-Identifier: EUPL-1.2 */
/* The comparator itself: what it lets pass, what it refuses, and what it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cairo.h>
#include <cmocka.h>

enum { WIDTH = 10, HEIGHT = 10 };

static char folder[] = "/tmp/schauwand-golden-XXXXXX";

/* A grey picture in which `count` pixels differ by `step` in one channel. */
static void make(const char *name, cairo_format_t format, int width, int count, int step)
{
    cairo_surface_t *surface = cairo_image_surface_create(format, width, HEIGHT);
    unsigned char *rows = cairo_image_surface_get_data(surface);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < width; x++) {
            uint32_t pixel = 0xff646464u + (y * width + x < count ? (uint32_t)step << 8 : 0);
            memcpy(rows + y * cairo_image_surface_get_stride(surface) + 4 * x, &pixel, 4);
        }
    cairo_surface_mark_dirty(surface);
    assert_int_equal(cairo_surface_write_to_png(surface, name), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
}

/* Runs it in the folder; what it says is kept in `said`. */
static char said[4096];

static int run(const char *arguments)
{
    char command[1024];
    snprintf(command, sizeof command, "cd %s && %s %s 2>&1", folder, SW_COMPARE, arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(said, 1, sizeof said - 1, pipe);
    said[length] = '\0';
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int setup(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return 1;
    make("grey.png", CAIRO_FORMAT_RGB24, WIDTH, 0, 0);
    make("same.png", CAIRO_FORMAT_ARGB32, WIDTH, 0, 0);
    make("one-by-9.png", CAIRO_FORMAT_RGB24, WIDTH, 1, 9);
    make("all-by-2.png", CAIRO_FORMAT_RGB24, WIDTH, WIDTH * HEIGHT, 2);
    make("wide.png", CAIRO_FORMAT_RGB24, WIDTH + 1, 0, 0);
    FILE *file = fopen("broken.png", "w");
    if (file == NULL)
        return 1;
    fputs("no picture", file);
    return fclose(file);
}

static int teardown(void **state)
{
    (void)state;
    static const char *const names[] = {"grey.png", "same.png", "one-by-9.png", "all-by-2.png", "wide.png", "broken.png", "diff.png"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(names[i]);
    return chdir("/") != 0 || rmdir(folder) != 0;
}

static void test_exit_and_words(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        int exit;
        const char *words; /* among what it says; NULL: nothing at all */
    } rows[] = {
        {"grey.png grey.png", 0, NULL},
        {"grey.png same.png", 0, NULL},
        {"grey.png one-by-9.png", 1, "max 9 at 0,0 (allowed 0), mean 0.030 (allowed 0), 1 pixels"},
        {"grey.png one-by-9.png --max 8 --mean 0.5", 1, "max 9"},
        {"grey.png one-by-9.png --max 9 --mean 0.5", 0, NULL},
        {"--max 9 grey.png --mean 0.02 one-by-9.png", 1, "mean 0.030"},
        {"grey.png all-by-2.png --max 8 --mean 0.5", 1, "mean 0.667 (allowed 0.5), 100 pixels"},
        {"grey.png all-by-2.png --max 8 --mean 0.67", 0, NULL},
        {"grey.png wide.png --max 255 --mean 255", 1, "grey.png is 10x10, wide.png is 11x10"},
        {"missing.png grey.png", 1, "cp 'grey.png' 'missing.png'"},
        {"grey.png missing.png", 2, "missing.png"},
        {"broken.png grey.png", 2, "broken.png"},
        {"grey.png broken.png", 2, "broken.png"},
        {"grey.png", 2, "use:"},
        {"", 2, "use:"},
        {"grey.png grey.png grey.png", 2, "use:"},
        {"grey.png grey.png --max", 2, "use:"},
        {"grey.png grey.png --max few", 2, "use:"},
        {"grey.png grey.png --mean -1", 2, "use:"},
        {"grey.png grey.png --maximum 3", 2, "use:"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int status = run(rows[i].arguments);
        if (status != rows[i].exit || (rows[i].words == NULL ? said[0] != '\0' : strstr(said, rows[i].words) == NULL))
            fail_msg("%s: exit %d, says: %s", rows[i].arguments, status, said);
    }
}

static void test_difference_is_shown(void **state)
{
    (void)state;
    assert_int_equal(run("grey.png grey.png --diff diff.png"), 0);
    assert_int_not_equal(access("diff.png", F_OK), 0); /* only when it fails */
    assert_int_equal(run("grey.png one-by-9.png --diff diff.png"), 1);
    cairo_surface_t *surface = cairo_image_surface_create_from_png("diff.png");
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    uint32_t first, second;
    memcpy(&first, cairo_image_surface_get_data(surface), 4);
    memcpy(&second, cairo_image_surface_get_data(surface) + 4, 4);
    assert_int_equal(first & 0xffffff, 0x741919); /* 80 + 4 * 9 of red */
    assert_int_equal(second & 0xffffff, 0x191919);
    cairo_surface_destroy(surface);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_exit_and_words), cmocka_unit_test(test_difference_is_shown)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
