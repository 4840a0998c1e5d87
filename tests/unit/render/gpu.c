/* SPDX-License-Identifier: EUPL-1.2 */
/* The gpu backend beside the cpu one, off-screen, on whatever OpenGL there is: where there is no GPU, Mesa's llvmpipe. */
#include "render/screen.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <cmocka.h>

#include "random_scene.h"
#include "render/gpu_textures.h"
#include "render/window.h"

enum { WIDTH = RANDOM_WIDTH, HEIGHT = RANDOM_HEIGHT, ZONES = RANDOM_ZONES, FRAMES = 25, SEEDS = 6, MAXIMUM = 8 };
static const double MEAN = 0.5; /* design section 9 */

static struct sw_screen_options wanted(enum sw_backend backend)
{
    return (struct sw_screen_options){.output = {.kind = SW_OUTPUT_OFFSCREEN, .width = WIDTH, .height = HEIGHT, .title = "test"},
                                      .backend = backend,
                                      .only = true,
                                      .threads = 1};
}

static struct sw_screen *open_screen(enum sw_backend backend)
{
    struct sw_screen_options options = wanted(backend);
    struct sw_screen *screen = sw_screen_create(&options);
    assert_non_null(screen);
    return screen;
}

/* A copy of the wall, rows without a gap. */
static uint32_t *copy_of(struct sw_screen *screen)
{
    int width = 0, height = 0, stride = 0;
    const uint32_t *pixels = sw_screen_pixels(screen, &width, &height, &stride);
    assert_non_null(pixels);
    uint32_t *copy = malloc((size_t)width * (size_t)height * 4);
    assert_non_null(copy);
    for (int y = 0; y < height; y++)
        memcpy(copy + width * y, pixels + stride / 4 * y, (size_t)width * 4);
    return copy;
}

struct difference {
    int most;
    double mean;
};

static struct difference difference_of(const uint32_t *a, const uint32_t *b, size_t count)
{
    struct difference difference = {0, 0};
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        for (int shift = 0; shift < 32; shift += 8) {
            int step = abs((int)(a[i] >> shift & 255) - (int)(b[i] >> shift & 255));
            difference.most = step > difference.most ? step : difference.most;
            sum += step;
        }
    difference.mean = (double)sum / 3 / (double)count;
    return difference;
}

static struct difference compare(struct sw_screen *a, struct sw_screen *b)
{
    uint32_t *first = copy_of(a), *second = copy_of(b);
    struct difference difference = difference_of(first, second, WIDTH * HEIGHT);
    free(first);
    free(second);
    return difference;
}

static void assert_alike(struct sw_screen *a, struct sw_screen *b, const char *what, uint32_t seed, int frame)
{
    struct difference difference = compare(a, b);
    if (difference.most > MAXIMUM || difference.mean > MEAN)
        fail_msg("%s: seed %u, frame %d: largest difference %d, mean %.3f", what, seed, frame, difference.most, difference.mean);
}

static void show(struct sw_screen *screen, const struct sw_zone_frame *frames, size_t count)
{
    assert_int_not_equal((int)sw_screen_show(screen, frames, count), SW_SCREEN_GONE);
}

/* What is drawn bit by bit is what is drawn at once, to the bit; and it is what the processor draws, but for rounding. */
static void test_step_by_step_is_from_scratch_and_as_by_cpu(void **state)
{
    (void)state;
    struct sw_screen *gpu = open_screen(SW_BACKEND_GPU), *scratch = open_screen(SW_BACKEND_GPU), *cpu = open_screen(SW_BACKEND_CPU);
    struct difference worst = {0, 0};
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        struct random_scene scene;
        random_scene_init(&scene, seed);
        for (int frame = 0; frame < FRAMES; frame++) {
            show(gpu, scene.frames, ZONES);
            show(cpu, scene.frames, ZONES);
            assert_alike(gpu, cpu, "gpu and cpu", seed, frame);
            struct difference difference = compare(gpu, cpu);
            worst.most = difference.most > worst.most ? difference.most : worst.most;
            worst.mean = fmax(worst.mean, difference.mean);
            sw_screen_lost(scratch, false);
            show(scratch, scene.frames, ZONES);
            if (compare(gpu, scratch).most > 2)
                fail_msg("seed %u, frame %d: from scratch it differs by %d", seed, frame, compare(gpu, scratch).most);
            assert_int_equal((int)sw_screen_show(gpu, scene.frames, ZONES), SW_SCREEN_SAME);
            random_scene_step(&scene);
        }
        random_scene_finish(&scene);
    }
    print_message("largest difference %d, largest mean %.3f\n", worst.most, worst.mean);
    sw_screen_destroy(gpu);
    sw_screen_destroy(scratch);
    sw_screen_destroy(cpu);
}

/* Bitmaps cut in tiles, and few of them kept at a time. */
static void test_tiles_and_a_small_budget(void **state)
{
    (void)state;
    struct sw_screen_options options = wanted(SW_BACKEND_GPU);
    options.texture_side = 37;
    options.texture_budget = 60000;
    struct sw_screen *tiled = sw_screen_create(&options), *gpu = open_screen(SW_BACKEND_GPU), *cpu = open_screen(SW_BACKEND_CPU);
    assert_non_null(tiled);
    for (uint32_t seed = 20; seed < 20 + SEEDS; seed++) {
        struct random_scene scene;
        random_scene_init(&scene, seed);
        for (int frame = 0; frame < 4; frame++) {
            show(tiled, scene.frames, ZONES);
            show(gpu, scene.frames, ZONES);
            show(cpu, scene.frames, ZONES);
            assert_alike(tiled, cpu, "tiles and cpu", seed, frame);
            if (compare(tiled, gpu).most > 4) /* no seams */
                fail_msg("seed %u, frame %d: in tiles it differs by %d", seed, frame, compare(tiled, gpu).most);
            random_scene_step(&scene);
        }
        random_scene_finish(&scene);
    }
    sw_screen_destroy(tiled);
    sw_screen_destroy(gpu);
    sw_screen_destroy(cpu);
}

static void test_budget_is_held(void **state)
{
    (void)state;
    const struct sw_output_options options = {.kind = SW_OUTPUT_OFFSCREEN, .width = 8, .height = 8, .title = "test"};
    struct sw_window *window = sw_window_create(&options, true);
    struct sw_gpu_device device;
    const char *why = "";
    assert_non_null(window);
    assert_true(sw_gpu_device_open(&device, window->handle, &why));
    struct sw_gpu_textures *textures = sw_gpu_textures_create(&device, 3 * 4 * 64 * 64, 4096);
    struct sw_bitmap *bitmaps[5];
    SDL_Texture *first = NULL;
    size_t count = 0, bytes = 0;
    for (int i = 0; i < 5; i++)
        bitmaps[i] = sw_bitmap_create(i % 2 == 0 ? SW_PIXELS_ARGB : SW_PIXELS_A8, 64, 64);
    for (int i = 0; i < 5; i++) {
        const struct sw_gpu_image *image = sw_gpu_textures_get(textures, bitmaps[i]);
        assert_non_null(image);
        assert_int_equal(image->tile_count, 1);
        first = i == 0 ? image->tiles[0].texture : first;
        assert_non_null(sw_gpu_textures_get(textures, bitmaps[0])); /* drawn every time: it stays */
        sw_gpu_textures_usage(textures, &count, &bytes);
        assert_int_equal(count, i < 3 ? i + 1 : 3);
        assert_int_equal(bytes, count * 4 * 64 * 64);
    }
    assert_ptr_equal(sw_gpu_textures_get(textures, bitmaps[0])->tiles[0].texture, first);
    struct sw_bitmap *large = sw_bitmap_create(SW_PIXELS_XRGB, 200, 200); /* more than all of the budget: alone */
    assert_non_null(sw_gpu_textures_get(textures, large));
    sw_gpu_textures_usage(textures, &count, &bytes);
    assert_int_equal(count, 1);
    sw_bitmap_release(large);
    for (int i = 0; i < 5; i++)
        sw_bitmap_release(bitmaps[i]);
    sw_gpu_textures_destroy(textures);
    sw_gpu_device_close(&device);
    sw_window_destroy(window);
}

typedef void (*any_function)(void);

static any_function gl_function(const char *name)
{
    void *address = SDL_GL_GetProcAddress(name);
    any_function found = NULL;
    memcpy(&found, &address, sizeof found);
    assert_non_null(found);
    return found;
}

/* As where the driver has begun anew: every texture of the process is gone. */
static void lose_textures(void)
{
    void (*delete_textures)(int count, const unsigned *names) = (void (*)(int, const unsigned *))gl_function("glDeleteTextures");
    for (unsigned name = 1; name < 2000; name++)
        delete_textures(1, &name);
}

/* What was drawn into textures is gone, they themselves are not. What SDL believes of OpenGL's state stays true. */
static void lose_targets(void)
{
    enum { FRAMEBUFFER = 0x8D40, BOUND = 0x8CA6, SCISSOR = 0x0C11, COLOURS = 0x4000 };
    void (*get)(unsigned what, int *value) = (void (*)(unsigned, int *))gl_function("glGetIntegerv");
    void (*bind)(unsigned kind, unsigned name) = (void (*)(unsigned, unsigned))gl_function("glBindFramebuffer");
    void (*clear)(unsigned mask) = (void (*)(unsigned))gl_function("glClear");
    void (*disable)(unsigned what) = (void (*)(unsigned))gl_function("glDisable");
    void (*enable)(unsigned what) = (void (*)(unsigned))gl_function("glEnable");
    unsigned char (*enabled)(unsigned what) = (unsigned char (*)(unsigned))gl_function("glIsEnabled");
    unsigned char (*exists)(unsigned name) = (unsigned char (*)(unsigned))gl_function("glIsFramebuffer");
    bool cut = enabled(SCISSOR) != 0;
    int bound = 0;
    get(BOUND, &bound);
    disable(SCISSOR);
    for (unsigned name = 1; name < 100; name++) {
        if (!exists(name))
            continue;
        bind(FRAMEBUFFER, name);
        clear(COLOURS);
    }
    bind(FRAMEBUFFER, (unsigned)bound);
    if (cut)
        enable(SCISSOR);
}

static void lose(bool device)
{
    struct sw_screen *gpu = open_screen(SW_BACKEND_GPU);
    for (uint32_t seed = 40; seed < 46; seed++) {
        struct random_scene scene;
        random_scene_init(&scene, seed);
        for (int frame = 0; frame < 8; frame++) { /* changes among them */
            show(gpu, scene.frames, ZONES);
            random_scene_step(&scene);
        }
        show(gpu, scene.frames, ZONES);
        uint32_t *before = copy_of(gpu);
        if (device)
            lose_textures();
        else
            lose_targets();
        uint32_t *lost = copy_of(gpu);
        assert_true(difference_of(before, lost, WIDTH * HEIGHT).most > 100); /* it was real */
        sw_screen_lost(gpu, device);
        assert_int_equal((int)sw_screen_show(gpu, scene.frames, ZONES), SW_SCREEN_NEW);
        uint32_t *after = copy_of(gpu);
        assert_true(difference_of(before, after, WIDTH * HEIGHT).most <= 2);
        assert_int_equal((int)sw_screen_backend(gpu).backend, SW_BACKEND_GPU);
        free(before);
        free(lost);
        free(after);
        random_scene_finish(&scene);
    }
    sw_screen_destroy(gpu);
}

static void test_lost_targets_are_drawn_anew(void **state)
{
    (void)state;
    lose(false);
}

static void test_lost_devices_are_filled_anew(void **state)
{
    (void)state;
    lose(true);
}

/* A zone that no texture has room for, once it needs a layer of its own: the GPU is given up, the picture comes all the same. */
static void test_failure_goes_over_to_cpu(void **state)
{
    (void)state;
    struct sw_screen *gpu = open_screen(SW_BACKEND_GPU), *cpu = open_screen(SW_BACKEND_CPU);
    struct sw_draw_list red, blue;
    sw_draw_list_init(&red, 40000, 300, 0xffc02030u);
    sw_draw_list_init(&blue, 40000, 300, 0xff2030c0u);
    struct sw_zone_frame frame = {.place = {0, 0, 40000, 300}, .list = &red};
    show(gpu, &frame, 1);
    assert_int_equal((int)sw_screen_backend(gpu).backend, SW_BACKEND_GPU);
    frame.next = &blue;
    frame.mix = 0.5;
    assert_int_equal((int)sw_screen_show(gpu, &frame, 1), SW_SCREEN_NEW);
    assert_int_equal((int)sw_screen_backend(gpu).backend, SW_BACKEND_CPU);
    assert_string_equal(sw_screen_backend(gpu).reason, "the GPU has failed");
    show(cpu, &frame, 1);
    assert_int_equal(compare(gpu, cpu).most, 0);
    assert_true(sw_screen_heartbeat(gpu));
    assert_int_equal((int)sw_screen_show(gpu, &frame, 1), SW_SCREEN_SAME);
    sw_draw_list_finish(&red);
    sw_draw_list_finish(&blue);
    sw_screen_destroy(gpu);
    sw_screen_destroy(cpu);
}

/* Two panels side by side with a gap, the second turned; as unit.output has them. */
static void test_window_shows_the_panels(void **state)
{
    (void)state;
    static const struct sw_panel_place panels[] = {{{0, 0, 100, 60}, {0, 0, 100, 60}, 0}, {{120, 10, 60, 100}, {100, 0, 100, 60}, 1},
                                                   {{200, 100, 100, 60}, {0, 60, 100, 60}, 2}, {{300, 10, 60, 100}, {100, 60, 100, 60}, 3}};
    setenv("SDL_VIDEODRIVER", "offscreen", 1);
    struct sw_screen_options options = wanted(SW_BACKEND_GPU);
    options.output.kind = SW_OUTPUT_WINDOW;
    options.output.panels = panels;
    options.output.panel_count = 4;
    options.output.picture_width = options.output.window_width = 200;
    options.output.picture_height = options.output.window_height = 120;
    struct sw_screen *gpu = sw_screen_create(&options);
    assert_non_null(gpu);
    struct random_scene scene;
    random_scene_init(&scene, 3);
    static uint32_t wall[WIDTH * HEIGHT], seen[200 * 120], window[200 * 120];
    SDL_Window *handle = NULL;
    for (Uint32 id = 1; id < 200 && handle == NULL; id++)
        handle = SDL_GetWindowFromID(id);
    for (int frame = 0; frame < 12; frame++) {
        for (int i = 0; i < 3; i++) { /* into each of the window's buffers: which is read is not said */
            sw_screen_refresh(gpu);
            show(gpu, scene.frames, ZONES);
        }
        assert_int_equal(SDL_SetRenderTarget(SDL_GetRenderer(handle), NULL), 0);
        assert_int_equal(SDL_RenderReadPixels(SDL_GetRenderer(handle), NULL, SDL_PIXELFORMAT_ARGB8888, window, 200 * 4), 0);
        uint32_t *copy = copy_of(gpu);
        memcpy(wall, copy, sizeof wall);
        free(copy);
        const struct sw_fit_target surface = {seen, 200, 120, 200 * 4, {0, 0, 200, 120}, 0, NULL};
        const struct sw_fit_source source = {wall, WIDTH, HEIGHT, WIDTH * 4};
        sw_panels_put(&surface, &source, panels, 4, (struct sw_damage){&(struct sw_box_px){0, 0, WIDTH, HEIGHT}, 1}, NULL);
        struct difference difference = difference_of(window, seen, 200 * 120);
        if (difference.most > 1)
            fail_msg("frame %d: the window differs by %d", frame, difference.most);
        random_scene_step(&scene);
    }
    double x = 0, y = 0;
    assert_true(sw_screen_to_wall(gpu, 100.5, 59.5, &x, &y));
    assert_true(fabs(x - 120.5) < 1e-9 && fabs(y - 10.5) < 1e-9);
    assert_true(sw_screen_heartbeat(gpu));
    random_scene_finish(&scene);
    sw_screen_destroy(gpu);
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0);
    unsetenv("SDL_VIDEODRIVER");
}

static void test_what_cannot_be_had(void **state)
{
    (void)state;
    setenv("SDL_RENDER_DRIVER", "software", 1); /* which cannot mix premultiplied colours */
    struct sw_screen_options options = wanted(SW_BACKEND_GPU);
    assert_null(sw_screen_create(&options));
    options.only = false;
    struct sw_screen *screen = sw_screen_create(&options);
    assert_non_null(screen);
    assert_int_equal((int)sw_screen_backend(screen).backend, SW_BACKEND_CPU);
    assert_int_equal(SDL_WasInit(SDL_INIT_VIDEO), 0); /* off-screen the processor needs no SDL */
    sw_screen_destroy(screen);
    unsetenv("SDL_RENDER_DRIVER");
    options = wanted(SW_BACKEND_AUTO);
    screen = sw_screen_create(&options);
    assert_int_equal((int)sw_screen_backend(screen).backend, SW_BACKEND_CPU);
    assert_int_equal(sw_screen_sync_hz(screen), 0);
    sw_screen_destroy(screen);
    sw_screen_destroy(NULL);
}

int main(void)
{
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_step_by_step_is_from_scratch_and_as_by_cpu),
        cmocka_unit_test(test_tiles_and_a_small_budget),
        cmocka_unit_test(test_budget_is_held),
        cmocka_unit_test(test_lost_targets_are_drawn_anew),
        cmocka_unit_test(test_lost_devices_are_filled_anew),
        cmocka_unit_test(test_failure_goes_over_to_cpu),
        cmocka_unit_test(test_window_shows_the_panels),
        cmocka_unit_test(test_what_cannot_be_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
