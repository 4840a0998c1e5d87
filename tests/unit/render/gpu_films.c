/* SPDX-License-Identifier: EUPL-1.2 */
/* Pictures of videos by the GPU beside those by the processor, one way to show them after the other. */
#include "render/gpu_films.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "render/screen.h"
#include "render/window.h"
#include "view/mask.h"

enum { WIDTH = 260, HEIGHT = 200, MOST = 8 };

static struct sw_screen *open_screen(enum sw_backend backend, int texture_side)
{
    struct sw_screen_options options = {.output = {.kind = SW_OUTPUT_OFFSCREEN, .width = WIDTH, .height = HEIGHT, .title = "test"},
                                        .backend = backend,
                                        .only = true,
                                        .threads = 1,
                                        .texture_side = texture_side};
    struct sw_screen *screen = sw_screen_create(&options);
    assert_non_null(screen);
    return screen;
}

static void free_planes(struct sw_bitmap *bitmap) { free(bitmap->owner); }

/* From pixel to pixel different; colours too that there are not. */
static struct sw_bitmap *film(int width, int height, enum sw_colours colours, uint32_t seed)
{
    int half = (width + 1) / 2, chroma = half * ((height + 1) / 2);
    uint8_t *bytes = malloc((size_t)(width * height + 2 * chroma));
    assert_non_null(bytes);
    for (int i = 0; i < width * height + 2 * chroma; i++) {
        seed = seed * 1664525u + 1013904223u;
        bytes[i] = (uint8_t)(seed >> 24);
    }
    const struct sw_planes planes = {
        width, height, {bytes, bytes + width * height, bytes + width * height + chroma}, {width, half}, colours};
    return sw_bitmap_wrap_planes(&planes, free_planes, bytes);
}

static void show(struct sw_screen *screen, const struct sw_draw_list *list)
{
    struct sw_zone_frame frame = {.place = {0, 0, WIDTH, HEIGHT}, .list = list};
    assert_int_not_equal((int)sw_screen_show(screen, &frame, 1), SW_SCREEN_GONE);
}

static int largest_difference(struct sw_screen *a, struct sw_screen *b)
{
    int width = 0, height = 0, strides[2] = {0, 0}, most = 0;
    const uint32_t *pixels[2] = {sw_screen_pixels(a, &width, &height, &strides[0]), sw_screen_pixels(b, &width, &height, &strides[1])};
    assert_true(pixels[0] != NULL && pixels[1] != NULL);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int shift = 0; shift < 32; shift += 8) {
                uint32_t one = pixels[0][strides[0] / 4 * y + x], other = pixels[1][strides[1] / 4 * y + x];
                int step = abs((int)(one >> shift & 255) - (int)(other >> shift & 255));
                most = step > most ? step : most;
            }
    return most;
}

/* -- ways to show a picture -- */

static const struct way {
    const char *name;
    int width, height;
    struct sw_rect to;
    double opacity, radius;
    int most; /* how far the two may be apart */
} ways[] = {
    {"as it is", 160, 90, {20, 30, 160, 90}, 1, 0, 3},
    {"odd sides", 161, 91, {20, 30, 161, 91}, 1, 0, 3},
    {"partly beside the wall", 161, 91, {-31, -17, 161, 91}, 1, 0, 3},
    {"faint", 161, 91, {20, 30, 161, 91}, 0.4, 0, 3},
    {"round", 161, 91, {20, 30, 161, 91}, 1, 20, 3},
    {"round and faint", 161, 91, {20, 30, 161, 91}, 0.4, 20, 3},
    {"smaller", 160, 90, {20, 30, 101, 57}, 1, 0, MOST},
    {"larger", 100, 60, {5, 5, 230, 150}, 1, 0, MOST},
    {"between pixels", 100, 60, {5.3, 5.8, 130.5, 90.2}, 1, 0, MOST},
    {"half", 322, 182, {20, 30, 161, 91}, 1, 0, 1},
    {"less than half", 322, 183, {20, 30, 131, 71}, 1, 0, MOST},
    {"a quarter", 400, 240, {20, 30, 100, 60}, 1, 0, 1},
    {"a fifth, round and faint", 400, 240, {20, 30, 80, 48}, 0.6, 15, MOST},
    {"stretched", 100, 60, {5, 5, 40, 150}, 1, 0, MOST},
};

static void make_list(struct sw_draw_list *list, const struct way *way, struct sw_bitmap *bitmap, struct sw_masks *masks)
{
    const struct sw_box_px clip = {0, 0, WIDTH, HEIGHT};
    sw_draw_list_init(list, WIDTH, HEIGHT, 0xff204060u);
    struct sw_draw below = {.kind = SW_DRAW_FILL, .identity = 1, .to = {0, 0, 100, 70}, .clip = clip, .colour = 0xffc0a020u, .opacity = 1};
    struct sw_draw draw = {
        .kind = SW_DRAW_BITMAP, .identity = 2, .to = way->to, .clip = clip, .opacity = way->opacity, .bitmap = bitmap};
    struct sw_box_px place = sw_draw_place(&draw);
    draw.shape = sw_masks_shape(masks, place.width, place.height, &(struct sw_mask){.radius = way->radius, .corners = SW_CORNERS});
    draw.frame = (struct sw_rect){place.x, place.y, place.width, place.height};
    draw.solid = (struct sw_box_px){place.x, place.y + 20, place.width, place.height - 40};
    sw_draw_list_add(list, &below);
    sw_draw_list_add(list, &draw);
}

static void compare_ways(int texture_side)
{
    struct sw_screen *gpu = open_screen(SW_BACKEND_GPU, texture_side), *cpu = open_screen(SW_BACKEND_CPU, 0);
    struct sw_masks *masks = sw_masks_create(1 << 20);
    int faults = 0;
    for (int colours = 0; colours < SW_COLOURS_COUNT; colours++)
        for (size_t i = 0; i < SW_COUNT(ways); i++) {
            struct sw_bitmap *bitmap = film(ways[i].width, ways[i].height, (enum sw_colours)colours, (uint32_t)i);
            struct sw_draw_list list;
            make_list(&list, &ways[i], bitmap, masks);
            show(gpu, &list);
            show(cpu, &list);
            int most = largest_difference(gpu, cpu);
            if (most > ways[i].most)
                print_message("%s, colours %d: they differ by %d\n", ways[i].name, colours, most);
            faults += most > ways[i].most;
            sw_draw_list_finish(&list);
            sw_bitmap_release(bitmap);
        }
    assert_int_equal((int)sw_screen_backend(gpu).backend, SW_BACKEND_GPU);
    assert_int_equal(faults, 0);
    sw_masks_destroy(masks);
    sw_screen_destroy(gpu);
    sw_screen_destroy(cpu);
}

static void test_every_way(void **state)
{
    (void)state;
    compare_ways(0);
}

static void test_in_tiles(void **state)
{
    (void)state;
    compare_ways(47);
}

/* -- what is kept -- */

struct bed {
    struct sw_window *window;
    struct sw_gpu_device device;
    struct sw_gpu_textures *textures;
    struct sw_gpu_films *films;
};

static void open_bed(struct bed *bed)
{
    const struct sw_output_options options = {.kind = SW_OUTPUT_OFFSCREEN, .width = 8, .height = 8, .title = "test"};
    const char *why = "";
    bed->window = sw_window_create(&options, true);
    assert_non_null(bed->window);
    assert_true(sw_gpu_device_open(&bed->device, bed->window->handle, &why));
    bed->textures = sw_gpu_textures_create(&bed->device, 1 << 20, 4096);
    bed->films = sw_gpu_films_create(&bed->device, bed->textures, 4096);
}

static void close_bed(struct bed *bed)
{
    sw_gpu_films_destroy(bed->films);
    sw_gpu_films_destroy(NULL);
    sw_gpu_textures_destroy(bed->textures);
    sw_gpu_device_close(&bed->device);
    sw_window_destroy(bed->window);
}

static SDL_Texture *shown(struct bed *bed, uint64_t identity, struct sw_bitmap *bitmap)
{
    const struct sw_draw draw = {.kind = SW_DRAW_BITMAP, .to = {0, 0, bitmap->width, bitmap->height}, .opacity = 1, .bitmap = bitmap};
    const struct sw_film film = sw_film_of(&draw);
    const struct sw_gpu_image *image = sw_gpu_films_get(bed->films, identity, &film);
    assert_true(image != NULL && image->tile_count == 1);
    return image->tiles[0].texture;
}

/* A place has its textures for as long as it shows something, whatever that is; places that show the same share them. */
static void test_textures_are_used_again(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed);
    SDL_Texture *textures[2] = {NULL, NULL};
    const SDL_Rect clip = {1, 2, 3, 4};
    assert_int_equal(SDL_RenderSetClipRect(bed.device.renderer, &clip), 0);
    for (int frame = 0; frame < 300; frame++) {
        struct sw_bitmap *first = film(64, 36, SW_COLOURS_709_LIMITED, (uint32_t)frame);
        struct sw_bitmap *second = film(64, 36, SW_COLOURS_709_LIMITED, (uint32_t)frame + 7);
        SDL_Texture *now[2] = {shown(&bed, 1, first), shown(&bed, 2, second)};
        assert_ptr_not_equal(now[0], now[1]);
        for (int i = 0; i < 2; i++)
            assert_true(textures[i] == NULL || textures[i] == now[i]);
        assert_ptr_equal(shown(&bed, 3, second), now[1]); /* as where gaps between displays cut it */
        assert_ptr_equal(shown(&bed, 1, first), now[0]);
        memcpy(textures, now, sizeof now);
        sw_gpu_films_step(bed.films);
        assert_int_equal(sw_gpu_films_count(bed.films), 2);
        assert_int_equal(atomic_load(&first->holders), 1);
        sw_bitmap_release(first);
        sw_bitmap_release(second);
    }
    SDL_Rect after = {0, 0, 0, 0};
    SDL_RenderGetClipRect(bed.device.renderer, &after);
    assert_memory_equal(&after, &clip, sizeof clip);
    assert_null(SDL_GetRenderTarget(bed.device.renderer));
    close_bed(&bed);
}

/* What nothing shows any more is let go; what is shown again after a loss is made again, in the same textures. */
static void test_what_is_gone(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed);
    struct sw_bitmap *stays = film(64, 36, SW_COLOURS_601_FULL, 1);
    for (uint64_t identity = 2; identity < 80; identity++) { /* more than are kept */
        struct sw_bitmap *bitmap = film(64, 36, SW_COLOURS_709_LIMITED, (uint32_t)identity);
        (void)shown(&bed, identity, bitmap);
        sw_bitmap_release(bitmap);
    }
    assert_int_equal(sw_gpu_films_count(bed.films), 78);
    for (int frame = 0; frame < 200; frame++) {
        (void)shown(&bed, 1, stays);
        sw_gpu_films_step(bed.films);
        assert_true(frame < 2 || sw_gpu_films_count(bed.films) <= 49);
    }
    assert_int_equal(sw_gpu_films_count(bed.films), 1);
    SDL_Texture *before = shown(&bed, 1, stays);
    sw_gpu_films_lost(bed.films);
    assert_ptr_equal(shown(&bed, 1, stays), before);
    sw_bitmap_release(stays);
    close_bed(&bed);
}

int main(void)
{
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_way),
        cmocka_unit_test(test_in_tiles),
        cmocka_unit_test(test_textures_are_used_again),
        cmocka_unit_test(test_what_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
