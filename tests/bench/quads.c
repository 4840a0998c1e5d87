/* SPDX-License-Identifier: EUPL-1.2 */
/* Many small translucent pictures that all move in each frame: bench-quads COUNT SIDE FRAMES [THREADS]
 * Prints "compose MS p95 MS pixman MS", medians of frames at 1920 x 1080; "pixman": the same places by bare calls of pixman, one thread. */
#include <pixman.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/compose.h"
#include "workbench.h"

enum { WIDTH = 1920, HEIGHT = 1080, SHAPES = 8 };

struct quads {
    int count, side;
    struct sw_bitmap *shapes[SHAPES]; /* a soft disc of some colour each */
};

static struct sw_bitmap *disc(int side, uint32_t colour)
{
    struct sw_bitmap *bitmap = sw_bitmap_create(SW_PIXELS_ARGB, side, side);
    if (bitmap == NULL)
        sw_workbench_fail("COUNT SIDE FRAMES [THREADS]");
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            int across = 2 * x - side + 1, down = 2 * y - side + 1, rest = side * side - across * across - down * down;
            uint32_t alpha = rest > 0 ? (uint32_t)(rest * 200L / (side * side)) : 0, pixel = alpha << 24;
            for (int shift = 0; shift < 24; shift += 8)
                pixel |= (colour >> shift & 255) * alpha / 255 << shift;
            memcpy(bitmap->pixels + (size_t)bitmap->stride * (size_t)y + 4 * (size_t)x, &pixel, sizeof pixel);
        }
    return bitmap;
}

static void place(const struct quads *quads, int i, int frame, int *x, int *y)
{
    *x = (i * 389 + frame * (1 + i % 3)) % (WIDTH - quads->side);
    *y = (i * 211 + frame * (1 + i % 2)) % (HEIGHT - quads->side);
}

static double by_composer(const struct quads *quads, struct sw_composer *composer, int frame)
{
    struct sw_draw_list list;
    double began = sw_workbench_ms();
    sw_draw_list_init(&list, WIDTH, HEIGHT, 0xff203040u);
    for (int i = 0; i < quads->count; i++) {
        int x, y;
        place(quads, i, frame, &x, &y);
        struct sw_draw draw = {.kind = SW_DRAW_BITMAP,
                               .identity = (uint64_t)i + 1,
                               .to = {x, y, quads->side, quads->side},
                               .clip = {0, 0, WIDTH, HEIGHT},
                               .opacity = 1,
                               .bitmap = quads->shapes[i % SHAPES]};
        sw_draw_list_add(&list, &draw);
    }
    struct sw_zone_frame zone = {.place = {0, 0, WIDTH, HEIGHT}, .list = &list};
    (void)sw_composer_compose(composer, &zone, 1);
    double took = sw_workbench_ms() - began;
    sw_draw_list_finish(&list);
    return took;
}

static double by_pixman(const struct quads *quads, pixman_image_t *screen, pixman_image_t *const *images, int frame)
{
    const pixman_color_t ground = {0x2020, 0x3030, 0x4040, 0xffff};
    const pixman_box32_t all = {0, 0, WIDTH, HEIGHT};
    double began = sw_workbench_ms();
    pixman_image_fill_boxes(PIXMAN_OP_SRC, screen, &ground, 1, &all);
    for (int i = 0; i < quads->count; i++) {
        int x, y;
        place(quads, i, frame, &x, &y);
        pixman_image_composite32(PIXMAN_OP_OVER, images[i % SHAPES], NULL, screen, 0, 0, 0, 0, x, y, quads->side, quads->side);
    }
    return sw_workbench_ms() - began;
}

int main(int argc, char **argv)
{
    long count = argc >= 4 ? strtol(argv[1], NULL, 10) : 0, side = argc >= 4 ? strtol(argv[2], NULL, 10) : 0;
    long frames = argc >= 4 ? strtol(argv[3], NULL, 10) : 0, threads = argc >= 5 ? strtol(argv[4], NULL, 10) : 2;
    if (count < 1 || count > 100000 || side < 1 || side > 512 || frames < 1 || frames > 100000 || threads < 1 || threads > 4)
        sw_workbench_fail("bench-quads COUNT SIDE FRAMES [THREADS]");
    struct quads quads = {.count = (int)count, .side = (int)side};
    pixman_image_t *images[SHAPES], *screen = pixman_image_create_bits(PIXMAN_x8r8g8b8, WIDTH, HEIGHT, NULL, 0);
    for (int i = 0; i < SHAPES; i++) {
        quads.shapes[i] = disc((int)side, 0x3060c0u * (unsigned)(i + 1) & 0xffffffu);
        images[i] = pixman_image_create_bits_no_clear(PIXMAN_a8r8g8b8, (int)side, (int)side, (uint32_t *)(void *)quads.shapes[i]->pixels,
                                                      quads.shapes[i]->stride);
    }
    struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, (int)threads);
    double *times = sw_alloc_array(2 * (size_t)frames, sizeof *times);
    for (int frame = 0; frame < frames; frame++) {
        times[frame] = by_composer(&quads, composer, frame);
        times[frames + frame] = by_pixman(&quads, screen, images, frame);
    }
    size_t n = (size_t)frames;
    double p95 = sw_workbench_quantile(times, n, 0.95);
    printf("compose %.4f p95 %.4f pixman %.4f\n", sw_workbench_quantile(times, n, 0.5), p95, sw_workbench_quantile(times + frames, n, 0.5));
    free(times);
    sw_composer_destroy(composer);
    for (int i = 0; i < SHAPES; i++) {
        pixman_image_unref(images[i]);
        sw_bitmap_release(quads.shapes[i]);
    }
    pixman_image_unref(screen);
    return 0;
}
