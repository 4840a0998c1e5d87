/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/fit.h"

#include <math.h>
#include <pixman.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/average.h"

#define STRIP_PX (1 << 16)          /* fits the second cache */
#define SHARED_WORK_PX (128 * 1024) /* below this much waking helpers costs more than they save */

struct sw_box_px sw_fit_picture(int wall_width, int wall_height, int window_width, int window_height)
{
    double scale = fmin((double)window_width / wall_width, (double)window_height / wall_height);
    int width = (int)fmax(1, floor(wall_width * scale + 0.5)), height = (int)fmax(1, floor(wall_height * scale + 0.5));
    return (struct sw_box_px){(window_width - width) / 2, (window_height - height) / 2, width, height};
}

static void blacken(const struct sw_fit_target *target, struct sw_box_px box)
{
    box = sw_box_px_intersect(box, (struct sw_box_px){0, 0, target->width, target->height});
    for (int y = box.y; y < box.y + box.height; y++)
        memset((uint8_t *)target->pixels + (ptrdiff_t)target->stride * y + 4 * (ptrdiff_t)box.x, 0, 4 * (size_t)box.width);
}

void sw_fit_margins(const struct sw_fit_target *target)
{
    struct sw_box_px picture = target->picture;
    int end = picture.x + picture.width, bottom = picture.y + picture.height;
    blacken(target, (struct sw_box_px){0, 0, target->width, picture.y});
    blacken(target, (struct sw_box_px){0, bottom, target->width, target->height - bottom});
    blacken(target, (struct sw_box_px){0, picture.y, picture.x, picture.height});
    blacken(target, (struct sw_box_px){end, picture.y, target->width - end, picture.height});
}

static void copy(const struct sw_fit_target *target, const struct sw_fit_source *source, struct sw_box_px box)
{
    for (int y = box.y; y < box.y + box.height; y++) {
        const uint8_t *from = (const uint8_t *)source->pixels + (ptrdiff_t)source->stride * (y - target->picture.y);
        memcpy((uint8_t *)target->pixels + (ptrdiff_t)target->stride * y + 4 * (ptrdiff_t)box.x,
               from + 4 * (ptrdiff_t)(box.x - target->picture.x), 4 * (size_t)box.width);
    }
}

struct sw_box_px sw_fit_turn(struct sw_box_px box, int width, int height, int turn)
{
    switch (turn & 3) {
    case 1: return (struct sw_box_px){box.y, width - box.x - box.width, box.height, box.width};
    case 2: return (struct sw_box_px){width - box.x - box.width, height - box.y - box.height, box.width, box.height};
    case 3: return (struct sw_box_px){height - box.y - box.height, box.x, box.height, box.width};
    default: return box;
    }
}

/* The picture's size as it is upright. */
static void upright(const struct sw_fit_target *target, int *width, int *height)
{
    bool sideways = target->turn % 2 != 0;
    *width = sideways ? target->picture.height : target->picture.width;
    *height = sideways ? target->picture.width : target->picture.height;
}

/* Makes pixman scale the source to the picture, and says how to read between its pixels. */
static void set_scale(pixman_image_t *image, const struct sw_fit_source *source, struct sw_box_px picture)
{
    double across = (double)source->width / picture.width, down = (double)source->height / picture.height;
    pixman_transform_t transform;
    pixman_transform_init_scale(&transform, pixman_double_to_fixed(across), pixman_double_to_fixed(down));
    pixman_image_set_transform(image, &transform);
    pixman_image_set_repeat(image, PIXMAN_REPEAT_PAD);
    bool whole = picture.width % source->width == 0 && picture.height % source->height == 0;
    pixman_image_set_filter(image, whole ? PIXMAN_FILTER_NEAREST : PIXMAN_FILTER_BILINEAR, NULL, 0);
}

/* Less than half the size. */
static bool much_smaller(const struct sw_fit_source *source, struct sw_box_px picture)
{
    return source->width > 2 * picture.width || source->height > 2 * picture.height;
}

/* `box`: target pixels; unturned. */
static void scale(const struct sw_fit_target *target, const struct sw_fit_source *source, struct sw_box_px box)
{
    struct sw_box_px picture = target->picture;
    if (much_smaller(source, picture)) {
        struct sw_average average = {source->pixels, source->width,  source->height, source->stride, target->pixels,
                                     picture.width,  picture.height, target->stride, picture.x,      picture.y};
        sw_average_put(&average, box);
        return;
    }
    union {
        const uint32_t *readable;
        uint32_t *pixels;
    } place = {.readable = source->pixels}; /* pixman only reads its sources */
    pixman_image_t *from = pixman_image_create_bits_no_clear(PIXMAN_a8r8g8b8, source->width, source->height, place.pixels, source->stride);
    pixman_image_t *to = pixman_image_create_bits_no_clear(PIXMAN_a8r8g8b8, target->width, target->height, target->pixels, target->stride);
    if (from != NULL && to != NULL) {
        set_scale(from, source, target->picture);
        pixman_image_composite32(PIXMAN_OP_SRC, from, NULL, to, box.x - target->picture.x, box.y - target->picture.y, 0, 0, box.x, box.y,
                                 box.width, box.height);
    }
    if (from != NULL)
        pixman_image_unref(from);
    if (to != NULL)
        pixman_image_unref(to);
}

enum { BLOCK = 4, TILE = 16 }; /* pixels a side: what fits into registers; a line of the cache */

static void transpose_block(uint32_t *restrict to, ptrdiff_t to_stride, const uint32_t *restrict from, ptrdiff_t from_stride)
{
    for (int y = 0; y < BLOCK; y++)
        for (int x = 0; x < BLOCK; x++)
            to[to_stride * y + x] = from[from_stride * x + y];
}

static int least(int a, int b) { return a < b ? a : b; }

/* Columns become rows: to(x, y) = from(y, x); strides in pixels. At 3840 x 2160 twice as fast as pixman's turns. */
static void transpose(uint32_t *to, ptrdiff_t to_stride, int width, int height, const uint32_t *from, ptrdiff_t from_stride)
{
    int blocks_end = width - width % BLOCK, blocks_bottom = height - height % BLOCK;
    for (int start = 0; start < blocks_end; start += TILE)
        for (int top = 0; top < blocks_bottom; top += TILE)
            for (int y = top; y < least(top + TILE, blocks_bottom); y += BLOCK)
                for (int x = start; x < least(start + TILE, blocks_end); x += BLOCK)
                    transpose_block(to + to_stride * y + x, to_stride, from + from_stride * x + y, from_stride);
    for (int y = 0; y < height; y++)
        for (int x = y < blocks_bottom ? blocks_end : 0; x < width; x++)
            to[to_stride * y + x] = from[from_stride * x + y];
}

/* `box` (target pixels) from the upright box that `from` begins with. */
static void copy_turned(const struct sw_fit_target *target, struct sw_box_px box, const uint32_t *from, ptrdiff_t stride)
{
    ptrdiff_t to_stride = target->stride / 4;
    uint32_t *to = (uint32_t *)target->pixels + to_stride * box.y + box.x;
    switch (target->turn & 3) {
    case 1: transpose(to + to_stride * (box.height - 1), -to_stride, box.width, box.height, from, stride); break;
    case 3: transpose(to, to_stride, box.width, box.height, from + stride * (box.width - 1), -stride); break;
    default:
        for (int y = 0; y < box.height; y++) {
            uint32_t *row = to + to_stride * y;
            const uint32_t *last = from + stride * (box.height - 1 - y) + box.width - 1;
            for (int x = 0; x < box.width; x++)
                row[x] = last[-x];
        }
    }
}

/* Scaled upright, a strip at a time, then turned: pixman is ten times slower at both at once. `box`: upright picture pixels. */
static void scale_turned(const struct sw_fit_target *target, const struct sw_fit_source *source, struct sw_box_px box)
{
    int width = 0, height = 0, rows = STRIP_PX / box.width + 1;
    upright(target, &width, &height);
    rows = least(rows, box.height);
    uint32_t *strip = sw_alloc_array((size_t)box.width * (size_t)rows, sizeof *strip);
    for (int y = 0; y < box.height; y += rows) {
        struct sw_box_px part = {box.x, box.y + y, box.width, least(rows, box.height - y)};
        struct sw_fit_target straight = {strip, part.width, part.height, part.width * 4, {-part.x, -part.y, width, height}, 0, NULL};
        scale(&straight, source, (struct sw_box_px){0, 0, part.width, part.height});
        struct sw_box_px to = sw_fit_turn(part, width, height, target->turn);
        to.x += target->picture.x;
        to.y += target->picture.y;
        copy_turned(target, to, strip, part.width);
    }
    free(strip);
}

/* `to`: target pixels. */
static void put_turned(const struct sw_fit_target *target, const struct sw_fit_source *source, struct sw_box_px to, bool same)
{
    struct sw_box_px local = {to.x - target->picture.x, to.y - target->picture.y, to.width, to.height};
    struct sw_box_px from = sw_fit_turn(local, target->picture.width, target->picture.height, 4 - target->turn);
    if (same)
        copy_turned(target, to, source->pixels + (ptrdiff_t)source->stride / 4 * from.y + from.x, source->stride / 4);
    else
        scale_turned(target, source, from);
}

/* What is brought at once, in parts of so many rows of the target. */
struct piece {
    const struct sw_fit_target *target;
    const struct sw_fit_source *source;
    struct sw_box_px to;
    bool same; /* neither larger nor smaller */
    int rows;
};

static void put_part(void *context, int part)
{
    const struct piece *piece = context;
    struct sw_box_px to = piece->to;
    to.y += part * piece->rows;
    to.height = least(piece->rows, to.height - part * piece->rows);
    if (piece->target->turn != 0)
        put_turned(piece->target, piece->source, to, piece->same);
    else if (piece->same)
        copy(piece->target, piece->source, to);
    else
        scale(piece->target, piece->source, to);
}

struct sw_box_px sw_fit_put(const struct sw_fit_target *target, const struct sw_fit_source *source, struct sw_box_px box)
{
    const struct sw_box_px picture = target->picture;
    int width = 0, height = 0;
    upright(target, &width, &height);
    bool same = width == source->width && height == source->height;
    double across = (double)width / source->width, down = (double)height / source->height;
    /* A pixel of the source reaches as far as the next one's middle, and where it is scaled down one target pixel further. */
    struct sw_rect reach = {(box.x - 1) * across - 1, (box.y - 1) * down - 1, (box.width + 2) * across + 2, (box.height + 2) * down + 2};
    struct sw_box_px to = same ? box : sw_box_px_round_out(reach);
    to = sw_fit_turn(sw_box_px_intersect(to, (struct sw_box_px){0, 0, width, height}), width, height, target->turn);
    to.x += picture.x;
    to.y += picture.y;
    to = sw_box_px_intersect(to, (struct sw_box_px){0, 0, target->width, target->height});
    if (sw_box_px_empty(to))
        return to;
    struct piece piece = {.target = target, .source = source, .to = to, .same = same, .rows = to.height};
    int64_t work = (int64_t)to.width * to.height * (source->width / width + 1) * (source->height / height + 1); /* pixels read, roughly */
    if (target->crew != NULL && work >= SHARED_WORK_PX)
        piece.rows = (to.height / (2 * sw_crew_size(target->crew)) / TILE + 1) * TILE;
    int parts = (to.height + piece.rows - 1) / piece.rows;
    if (parts > 1)
        sw_crew_run(target->crew, put_part, &piece, parts);
    else
        put_part(&piece, 0);
    return to;
}
