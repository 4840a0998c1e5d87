/* SPDX-License-Identifier: EUPL-1.2 */
/* A video that fills the wall, a new picture in each frame: bench-films WIDTH HEIGHT FRAMES [THREADS]
 * Prints "NAME MS NAME_p95 MS ..." for each way to show it, medians: `plain` pixel by pixel, `faint` at an opacity, `round` with corners,
 * `half` and `part` (0.6) of its size, `large` twice its size (of which a quarter shows), `change` from it to another video; and beside
 * them what it takes to copy as many pixels, one thread: `memcpy`, `pixman`. */
#include <pixman.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/compose.h"
#include "view/mask.h"
#include "workbench.h"

enum { PICTURES = 4, WAYS = 9 };

static const char *const names[WAYS] = {"plain", "faint", "round", "half", "part", "large", "change", "memcpy", "pixman"};

struct films {
    int width, height;
    struct sw_bitmap *pictures[PICTURES];
    struct sw_bitmap *shape;
    struct sw_composer *composer;
    uint32_t *from, *to; /* for the copies */
    pixman_image_t *images[2];
};

static struct sw_bitmap *picture(int width, int height, int number)
{
    int half = (width + 1) / 2, chroma = half * ((height + 1) / 2);
    uint8_t *bytes = sw_alloc_array((size_t)(width * height + 2 * chroma), 1);
    for (int i = 0; i < width * height + 2 * chroma; i++)
        bytes[i] = (uint8_t)(i / 3 + i / width * 5 + number * 17);
    const struct sw_planes planes = {
        width, height, {bytes, bytes + width * height, bytes + width * height + chroma}, {width, half}, SW_COLOURS_709_LIMITED};
    return sw_bitmap_wrap_planes(&planes, NULL, NULL); /* until the end of the program */
}

static void add_film(const struct films *films, struct sw_draw_list *list, const char *way, int number)
{
    double width = films->width, height = films->height;
    double size = strcmp(way, "half") == 0 ? 0.5 : strcmp(way, "part") == 0 ? 0.6 : strcmp(way, "large") == 0 ? 2 : 1;
    struct sw_draw draw = {.kind = SW_DRAW_BITMAP,
                           .identity = 1,
                           .to = {0, 0, (int)(width * size), (int)(height * size)},
                           .clip = {0, 0, films->width, films->height},
                           .opacity = strcmp(way, "faint") == 0 ? 0.5 : 1,
                           .bitmap = films->pictures[number % PICTURES]};
    if (strcmp(way, "round") == 0) {
        draw.shape = films->shape;
        draw.frame = draw.to;
        draw.solid = (struct sw_box_px){0, 32, films->width, films->height - 64};
    }
    sw_draw_list_init(list, films->width, films->height, 0xff203040u);
    sw_draw_list_add(list, &draw);
}

static double by_composer(const struct films *films, const char *way, int frame)
{
    struct sw_draw_list list, next;
    bool changes = strcmp(way, "change") == 0;
    double began = sw_workbench_ms();
    add_film(films, &list, way, frame);
    add_film(films, &next, way, frame + 2);
    struct sw_zone_frame zone = {.place = {0, 0, films->width, films->height}, .list = &list, .kind = SW_CHANGE_FADE};
    zone.next = changes ? &next : NULL;
    zone.mix = changes ? 0.2 + frame % 100 * 0.005 : 0;
    (void)sw_composer_compose(films->composer, &zone, 1);
    double took = sw_workbench_ms() - began;
    sw_draw_list_finish(&list);
    sw_draw_list_finish(&next);
    return took;
}

static double by_copy(const struct films *films, const char *way)
{
    double began = sw_workbench_ms();
    if (strcmp(way, "memcpy") == 0)
        memcpy(films->to, films->from, 4 * (size_t)films->width * (size_t)films->height);
    else
        pixman_image_composite32(PIXMAN_OP_SRC, films->images[0], NULL, films->images[1], 0, 0, 0, 0, 0, 0, films->width, films->height);
    return sw_workbench_ms() - began;
}

static void open_films(struct films *films, int threads)
{
    struct sw_masks *masks = sw_masks_create(1); /* until the end of the program */
    size_t count = (size_t)films->width * (size_t)films->height;
    films->shape = sw_masks_shape(masks, films->width, films->height, &(struct sw_mask){.radius = 32, .corners = SW_CORNERS});
    films->composer = sw_composer_create(films->width, films->height, threads);
    for (int i = 0; i < PICTURES; i++)
        films->pictures[i] = picture(films->width, films->height, i);
    films->from = sw_alloc_array(count, sizeof *films->from);
    films->to = sw_alloc_array(count, sizeof *films->to);
    uint32_t *pixels[] = {films->from, films->to};
    for (int i = 0; i < 2; i++)
        films->images[i] =
            pixman_image_create_bits_no_clear(PIXMAN_x8r8g8b8, films->width, films->height, pixels[i], films->width * 4);
}

int main(int argc, char **argv)
{
    long width = argc >= 4 ? strtol(argv[1], NULL, 10) : 0, height = argc >= 4 ? strtol(argv[2], NULL, 10) : 0;
    long frames = argc >= 4 ? strtol(argv[3], NULL, 10) : 0, threads = argc >= 5 ? strtol(argv[4], NULL, 10) : 2;
    if (width < 128 || width > 8192 || height < 128 || height > 8192 || frames < 1 || frames > 100000 || threads < 1 || threads > 4)
        sw_workbench_fail("bench-films WIDTH HEIGHT FRAMES [THREADS]");
    struct films films = {.width = (int)width, .height = (int)height};
    open_films(&films, (int)threads);
    size_t n = (size_t)frames;
    double *times = sw_alloc_array(n, sizeof *times);
    for (int way = 0; way < WAYS; way++) {
        for (int frame = -10; frame < (int)frames; frame++) {
            bool copies = way >= WAYS - 2;
            double took = copies ? by_copy(&films, names[way]) : by_composer(&films, names[way], frame + 10);
            if (frame >= 0)
                times[frame] = took;
        }
        double median = sw_workbench_quantile(times, n, 0.5);
        printf("%s %.4f %s_p95 %.4f\n", names[way], median, names[way], sw_workbench_quantile(times, n, 0.95));
    }
    free(times);
    sw_composer_destroy(films.composer);
    return 0;
}
