/* SPDX-License-Identifier: EUPL-1.2 */
/* On SDL's drivers that need no display: what ends up in the window. On a real server: tests/e2e/xorg. */
#include "render/output.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <cmocka.h>

enum { WALL_W = 300, WALL_H = 200, STRIDE = 1216 };

static uint32_t wall[STRIDE / 4 * WALL_H];

static void fill_wall(uint32_t base)
{
    for (int y = 0; y < WALL_H; y++)
        for (int x = 0; x < STRIDE / 4; x++)
            wall[y * STRIDE / 4 + x] = 0xff000000u | (base + (uint32_t)(y * 256 + x) * 31) % 0xffffffu;
}

static uint32_t wall_at(int x, int y)
{
    return wall[y * STRIDE / 4 + x] & 0xffffff;
}

static struct sw_output *open_output(enum sw_output_kind kind, int width, int height)
{
    struct sw_output_options options = {.kind = kind, .width = WALL_W, .height = WALL_H, .window_width = width, .window_height = height,
                                        .title = "test"};
    struct sw_output *output = sw_output_create(&options);
    assert_non_null(output);
    return output;
}

/* The only window there is; SDL numbers them upwards over the process. */
static SDL_Window *the_window(void)
{
    for (Uint32 id = 1; id < 100; id++)
        if (SDL_GetWindowFromID(id) != NULL)
            return SDL_GetWindowFromID(id);
    fail_msg("no window");
    return NULL;
}

static uint32_t window_at(int x, int y)
{
    SDL_Surface *surface = SDL_GetWindowSurface(the_window());
    assert_non_null(surface);
    uint32_t pixel;
    memcpy(&pixel, (uint8_t *)surface->pixels + y * surface->pitch + 4 * x, 4);
    return pixel & 0xffffff;
}

static const struct sw_box_px ALL = {0, 0, WALL_W, WALL_H}, PART = {40, 50, 60, 70};
static const struct sw_damage whole = {&ALL, 1}, part = {&PART, 1}, nothing = {NULL, 0};

static void test_offscreen_needs_no_sdl(void **state)
{
    (void)state;
    struct sw_output *output = open_output(SW_OUTPUT_OFFSCREEN, 0, 0);
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0);
    assert_true(sw_output_put(output, wall, STRIDE, whole));
    assert_true(sw_output_heartbeat(output, wall, STRIDE));
    int width, height;
    sw_output_size(output, &width, &height);
    assert_int_equal(width, WALL_W);
    assert_int_equal(height, WALL_H);
    double x, y;
    assert_true(sw_output_to_wall(output, 12.5, 199, &x, &y));
    assert_true(x == 12.5 && y == 199);
    assert_true(sw_output_to_wall(output, 300, 200, &x, &y)); /* the last pixel of a touch screen */
    assert_true(x > 299.99 && x < 300 && y > 199.99 && y < 200);
    assert_false(sw_output_to_wall(output, 12.5, 200.1, &x, &y));
    assert_false(sw_output_to_wall(output, NAN, 0, &x, &y));
    assert_false(sw_output_to_wall(output, -0.1, 0, &x, &y));
    sw_output_destroy(output);
    sw_output_destroy(NULL);
}

static void test_only_damage_is_brought(void **state)
{
    (void)state;
    struct sw_output *output = open_output(SW_OUTPUT_WINDOW, 0, 0);
    fill_wall(0);
    assert_true(sw_output_put(output, wall, STRIDE, nothing)); /* the first time all of it comes anyway */
    for (int y = 0; y < WALL_H; y++)
        for (int x = 0; x < WALL_W; x++)
            assert_int_equal(window_at(x, y), wall_at(x, y));
    uint32_t before = wall_at(0, 0), inside = wall_at(40, 50);
    fill_wall(1000);
    assert_true(sw_output_put(output, wall, STRIDE, nothing));
    assert_int_equal(window_at(40, 50), inside);
    assert_true(sw_output_put(output, wall, STRIDE, part));
    for (int y = 0; y < WALL_H; y++)
        for (int x = 0; x < WALL_W; x++) {
            bool in_part = x >= 40 && x < 100 && y >= 50 && y < 120;
            assert_int_equal(window_at(x, y) == wall_at(x, y), in_part);
        }
    assert_int_equal(window_at(0, 0), before);
    assert_true(sw_output_heartbeat(output, wall, STRIDE));
    assert_int_equal(window_at(0, 0), wall_at(0, 0));
    assert_int_not_equal(window_at(1, 0), wall_at(1, 0));
    sw_output_refresh(output);
    assert_true(sw_output_put(output, wall, STRIDE, nothing));
    assert_int_equal(window_at(299, 199), wall_at(299, 199));
    sw_output_destroy(output);
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0);
}

static void test_resized_windows_fit_the_wall_in(void **state)
{
    (void)state;
    struct sw_output *output = open_output(SW_OUTPUT_WINDOW, 600, 500);
    fill_wall(7);
    assert_true(sw_output_put(output, wall, STRIDE, part));
    int width, height;
    sw_output_size(output, &width, &height);
    assert_int_equal(width, 600);
    assert_int_equal(height, 500);
    for (int y = 0; y < 500; y++)
        for (int x = 0; x < 600; x++)
            assert_int_equal(window_at(x, y), y < 50 || y >= 450 ? 0 : wall_at(x / 2, (y - 50) / 2));
    SDL_FillRect(SDL_GetWindowSurface(the_window()), NULL, 0xffffff);
    sw_output_refresh(output);
    assert_true(sw_output_put(output, wall, STRIDE, nothing));
    assert_int_equal(window_at(0, 49), 0);
    assert_int_equal(window_at(599, 450), 0);
    assert_int_equal(window_at(599, 449), wall_at(299, 199));
    double x, y;
    assert_true(sw_output_to_wall(output, 300, 51, &x, &y));
    assert_true(x == 150 && y == 0.5);
    assert_false(sw_output_to_wall(output, 300, 49.9, &x, &y));
    assert_false(sw_output_to_wall(output, 300, 450.1, &x, &y));
    SDL_SetWindowSize(the_window(), WALL_W, WALL_H + 20);
    assert_true(sw_output_put(output, wall, STRIDE, nothing)); /* the new size is found without a word from the caller */
    assert_int_equal(window_at(0, 9), 0);
    assert_int_equal(window_at(0, 10), wall_at(0, 0));
    assert_int_equal(window_at(299, 209), wall_at(299, 199));
    assert_int_equal(window_at(299, 210), 0);
    sw_output_destroy(output);
}

/* SDL's dummy display has 1024 x 768. */
static void test_sizes_of_windows(void **state)
{
    (void)state;
    static const struct {
        enum sw_output_kind kind;
        int wall_width, wall_height, window_width, window_height, width, height;
    } rows[] = {
        {SW_OUTPUT_WINDOW, 300, 200, 0, 0, 300, 200},   {SW_OUTPUT_WINDOW, 300, 200, 640, 480, 640, 480},
        {SW_OUTPUT_WINDOW, 7680, 2160, 0, 0, 1024, 288}, {SW_OUTPUT_WINDOW, 1080, 1920, 0, 0, 432, 768},
        {SW_OUTPUT_FULLSCREEN, 300, 200, 0, 0, 1024, 768},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sw_output_options options = {.kind = rows[i].kind, .width = rows[i].wall_width, .height = rows[i].wall_height,
                                            .window_width = rows[i].window_width, .window_height = rows[i].window_height, .title = "test"};
        struct sw_output *output = sw_output_create(&options);
        int width, height;
        sw_output_size(output, &width, &height);
        assert_int_equal(width, rows[i].width);
        assert_int_equal(height, rows[i].height);
        if (rows[i].kind == SW_OUTPUT_FULLSCREEN)
            assert_int_equal(SDL_ShowCursor(SDL_QUERY), SDL_DISABLE);
        sw_output_destroy(output);
    }
}

/* Drivers without a surface of their own: the same pixels by way of a texture. */
static void test_texture(void **state)
{
    (void)state;
    setenv("SDL_VIDEODRIVER", "offscreen", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    struct sw_output *output = open_output(SW_OUTPUT_WINDOW, WALL_W, WALL_H + 40);
    static uint32_t seen[WALL_W * (WALL_H + 40)];
    fill_wall(3);
    assert_true(sw_output_put(output, wall, STRIDE, nothing));
    uint32_t outside = wall_at(0, 0);
    fill_wall(5000);
    assert_true(sw_output_put(output, wall, STRIDE, part));
    SDL_Renderer *renderer = SDL_GetRenderer(the_window());
    assert_int_equal(SDL_RenderReadPixels(renderer, NULL, SDL_PIXELFORMAT_RGB888, seen, WALL_W * 4), 0);
    assert_int_equal(seen[0] & 0xffffff, 0);
    assert_int_equal(seen[20 * WALL_W] & 0xffffff, outside);
    assert_int_equal(seen[(20 + 50) * WALL_W + 40] & 0xffffff, wall_at(40, 50));
    assert_int_equal(seen[(20 + 119) * WALL_W + 99] & 0xffffff, wall_at(99, 119));
    assert_true(sw_output_heartbeat(output, wall, STRIDE));
    sw_output_destroy(output);
    unsetenv("SDL_RENDER_DRIVER");
    setenv("SDL_VIDEODRIVER", "dummy", 1);
}

/* Two panels side by side with a gap of 20 pixels, the second turned clockwise: 100 x 60 and 60 x 100 of the wall's 300 x 200. */
static const struct sw_panel_place outputs[] = {{{0, 0, 100, 60}, {0, 0, 100, 60}, 0}, {{120, 10, 60, 100}, {100, 0, 100, 60}, 1}};

static struct sw_output *open_panels(enum sw_output_kind kind, const struct sw_panel_place *panels, int width, int height, int window_width,
                                     int window_height)
{
    struct sw_output_options options = {.kind = kind, .width = WALL_W, .height = WALL_H, .window_width = window_width,
                                        .window_height = window_height, .title = "test", .panels = panels, .panel_count = 2,
                                        .picture_width = width, .picture_height = height, .fill = 0x102030};
    struct sw_output *output = sw_output_create(&options);
    assert_non_null(output);
    return output;
}

/* What the output of the second panel shows at a, b. */
static uint32_t turned_at(int a, int b)
{
    return wall_at(120 + 59 - b, 10 + a);
}

static void test_outputs_get_their_panels(void **state)
{
    (void)state;
    struct sw_output *output = open_panels(SW_OUTPUT_FULLSCREEN, outputs, 200, 60, 0, 0);
    fill_wall(11);
    assert_true(sw_output_put(output, wall, STRIDE, part));
    for (int y = 0; y < 70; y++)
        for (int x = 0; x < 210; x++) {
            uint32_t wanted = x >= 200 || y >= 60 ? 0 : x < 100 ? wall_at(x, y) : turned_at(x - 100, y);
            assert_int_equal(window_at(x, y), wanted);
        }
    double x = 0, y = 0;
    assert_true(sw_output_to_wall(output, 100.5, 59.5, &x, &y));
    assert_true(fabs(x - 120.5) < 1e-9 && fabs(y - 10.5) < 1e-9);
    assert_false(sw_output_to_wall(output, 500, 300, &x, &y));
    uint32_t old = turned_at(0, 59);
    fill_wall(900);
    assert_true(sw_output_put(output, wall, STRIDE, (struct sw_damage){&(struct sw_box_px){150, 20, 10, 5}, 1}));
    assert_int_equal(window_at(100, 59), old);
    assert_int_equal(window_at(110, 29), turned_at(10, 29));
    assert_int_equal(window_at(114, 20), turned_at(14, 20));
    assert_int_not_equal(window_at(115, 20), turned_at(15, 20));
    assert_true(sw_output_heartbeat(output, wall, STRIDE));
    assert_int_equal(window_at(0, 0), wall_at(0, 0));
    sw_output_destroy(output);
}

static void test_windows_show_the_wall_with_its_gaps(void **state)
{
    (void)state;
    const struct sw_panel_place seen[] = {{outputs[0].part, {0, 0, 100, 60}, 0}, {outputs[1].part, {120, 10, 60, 100}, 0}};
    struct sw_output *output = open_panels(SW_OUTPUT_WINDOW, seen, 180, 110, 360, 240);
    fill_wall(12);
    assert_true(sw_output_put(output, wall, STRIDE, part));
    for (int y = 0; y < 240; y++)
        for (int x = 0; x < 360; x++) {
            int u = x / 2, v = (y - 10) / 2;
            bool panel = (u < 100 && v < 60) || (u >= 120 && v >= 10);
            assert_int_equal(window_at(x, y), y < 10 || y >= 230 ? 0 : panel ? wall_at(u, v) : 0x102030);
        }
    sw_output_destroy(output);
    output = open_panels(SW_OUTPUT_WINDOW, seen, 180, 110, 0, 0);
    int width = 0, height = 0;
    sw_output_size(output, &width, &height);
    assert_int_equal(width, 180);
    assert_int_equal(height, 110);
    sw_output_destroy(output);
}

static void test_texture_of_panels(void **state)
{
    (void)state;
    setenv("SDL_VIDEODRIVER", "offscreen", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    static uint32_t seen[200 * 60];
    struct sw_output *output = open_panels(SW_OUTPUT_WINDOW, outputs, 200, 60, 200, 60);
    fill_wall(3);
    assert_true(sw_output_put(output, wall, STRIDE, nothing));
    assert_int_equal(SDL_RenderReadPixels(SDL_GetRenderer(the_window()), NULL, SDL_PIXELFORMAT_RGB888, seen, 200 * 4), 0);
    for (int y = 0; y < 60; y++)
        for (int x = 0; x < 200; x++)
            assert_int_equal(seen[y * 200 + x] & 0xffffff, x < 100 ? wall_at(x, y) : turned_at(x - 100, y));
    sw_output_destroy(output);
    unsetenv("SDL_RENDER_DRIVER");
    setenv("SDL_VIDEODRIVER", "dummy", 1);
}

/* Where the wall lies in the window as it is, it can be composed there: nothing is copied. */
static void test_wall_in_the_window(void **state)
{
    (void)state;
    int stride = 0;
    struct sw_output *output = open_output(SW_OUTPUT_WINDOW, 0, 0);
    uint32_t *pixels = sw_output_surface(output, &stride);
    assert_non_null(pixels);
    assert_true(stride >= WALL_W * 4);
    fill_wall(3);
    for (int y = 0; y < WALL_H; y++)
        memcpy((uint8_t *)pixels + stride * y, (uint8_t *)wall + STRIDE * y, WALL_W * 4);
    assert_true(sw_output_put(output, pixels, stride, whole));
    assert_true(sw_output_put(output, pixels, stride, part));
    assert_true(sw_output_heartbeat(output, pixels, stride));
    assert_int_equal(window_at(299, 199), wall_at(299, 199));
    SDL_SetWindowSize(the_window(), WALL_W, WALL_H + 50); /* black below and above */
    SDL_PumpEvents();
    sw_output_refresh(output);
    pixels = sw_output_surface(output, &stride);
    assert_non_null(pixels);
    for (int y = 0; y < WALL_H; y++)
        memcpy((uint8_t *)pixels + stride * y, (uint8_t *)wall + STRIDE * y, WALL_W * 4);
    assert_true(sw_output_put(output, pixels, stride, whole));
    assert_int_equal(window_at(0, 24), 0);
    assert_int_equal(window_at(0, 25), wall_at(0, 0));
    assert_int_equal(window_at(299, 224), wall_at(299, 199));
    SDL_SetWindowSize(the_window(), WALL_W * 2, WALL_H * 2);
    SDL_PumpEvents();
    assert_null(sw_output_surface(output, &stride));
    sw_output_destroy(output);
    output = open_output(SW_OUTPUT_OFFSCREEN, 0, 0);
    assert_null(sw_output_surface(output, &stride));
    sw_output_destroy(output);
}

static void test_no_display(void **state)
{
    (void)state;
    assert_false(sw_output_display_exists()); /* no variable names one */
    assert_false(sw_output_display_named());
    static const char *const variables[] = {"DISPLAY", "WAYLAND_DISPLAY"};
    unsetenv("SDL_VIDEODRIVER");
    for (int i = 0; i < 2; i++) { /* one is named that does not answer: not SDL's invisible one in its place */
        setenv(variables[i], i == 0 ? ":9999" : "no-such-socket", 1);
        assert_true(sw_output_display_named());
        assert_false(sw_output_display_exists());
        unsetenv(variables[i]);
    }
    setenv("SDL_VIDEODRIVER", "no-such-driver", 1);
    setenv("DISPLAY", ":9999", 1);
    assert_false(sw_output_display_exists());
    struct sw_output_options options = {.kind = SW_OUTPUT_FULLSCREEN, .width = WALL_W, .height = WALL_H, .title = "test"};
    assert_null(sw_output_create(&options));
    setenv("SDL_VIDEODRIVER", "x11", 1);
    assert_null(sw_output_create(&options));
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    assert_true(sw_output_display_exists());
    struct sw_output *output = sw_output_create(&options);
    assert_non_null(output);
    sw_output_release_display();
    assert_int_not_equal(SDL_WasInit(SDL_INIT_VIDEO), 0); /* the output has it */
    sw_output_destroy(output);
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0); /* it has gone with the output that took it over */
    unsetenv("SDL_VIDEODRIVER");
    assert_false(sw_output_display_exists()); /* the server does not answer, and what SDL then takes nobody sees */
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    unsetenv("DISPLAY");
}

int main(void)
{
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offscreen_needs_no_sdl),
        cmocka_unit_test(test_only_damage_is_brought),
        cmocka_unit_test(test_resized_windows_fit_the_wall_in),
        cmocka_unit_test(test_sizes_of_windows),
        cmocka_unit_test(test_texture),
        cmocka_unit_test(test_outputs_get_their_panels),
        cmocka_unit_test(test_windows_show_the_wall_with_its_gaps),
        cmocka_unit_test(test_texture_of_panels),
        cmocka_unit_test(test_wall_in_the_window),
        cmocka_unit_test(test_no_display),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
