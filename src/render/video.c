/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/video.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "render/blend.h"
#include "render/film.h"

/* What is made beside the target at once before it is mixed in: it stays in the cache. */
#define STRIP_PX 16384

static uint32_t *target_row(const struct sw_target *target, int x, int y)
{
    return target->pixels + (ptrdiff_t)target->stride / 4 * (y + target->y) + x + target->x;
}

/* -- the shape -- */

static uint8_t shape_at(const struct sw_bitmap *shape, int x, int y)
{
    x = x < 0 ? 0 : x < shape->width ? x : shape->width - 1;
    y = y < 0 ? 0 : y < shape->height ? y : shape->height - 1;
    return shape->pixels[(ptrdiff_t)shape->stride * y + x];
}

/* Between the shape's pixels, at a place of it. */
static uint8_t shape_between(const struct sw_bitmap *shape, double x, double y)
{
    int left = (int)floor(x), top = (int)floor(y);
    double across = x - left, down = y - top;
    double upper = shape_at(shape, left, top) * (1 - across) + shape_at(shape, left + 1, top) * across;
    double lower = shape_at(shape, left, top + 1) * (1 - across) + shape_at(shape, left + 1, top + 1) * across;
    return (uint8_t)(upper * (1 - down) + lower * down + 0.5);
}

/* A row of the shape as it lies in the list: the shape's own, or made in `room`. */
static const uint8_t *shape_row(const struct sw_draw *draw, int x, int y, int width, uint8_t *room)
{
    const struct sw_box_px frame = sw_draw_frame(draw);
    const struct sw_bitmap *shape = draw->shape;
    if (!sw_draw_shape_scales(draw))
        return shape->pixels + (ptrdiff_t)shape->stride * (y - frame.y) + (x - frame.x);
    double across = shape->width / fmax(draw->frame.width, 1), down = shape->height / fmax(draw->frame.height, 1);
    for (int i = 0; i < width; i++)
        room[i] = shape_between(shape, (x + i + 0.5 - draw->frame.x) * across - 0.5, (y + 0.5 - draw->frame.y) * down - 0.5);
    return room;
}

/* -- the picture -- */

/* Mixed into what is there, with the draw's opacity; `shaped`: and through its shape. */
static void mix_in(const struct sw_target *target, const struct sw_draw *draw, const struct sw_film *film, struct sw_box_px box,
                   bool shaped)
{
    if (sw_box_px_empty(box))
        return;
    uint8_t alpha = sw_draw_alpha(draw);
    int rows = STRIP_PX / box.width + 1;
    size_t width = (size_t)box.width;
    uint32_t *strip = sw_alloc_array(width * (size_t)(rows + 1), sizeof *strip);
    uint8_t *room = (uint8_t *)(strip + width * (size_t)rows);
    for (int y = 0; y < box.height; y++) {
        int left = box.height - y;
        if (y % rows == 0)
            sw_film_put(film, (struct sw_box_px){box.x, box.y + y, box.width, left < rows ? left : rows}, strip, box.width * 4);
        uint32_t *out = target_row(target, box.x, box.y + y);
        const uint32_t *above = strip + width * (size_t)(y % rows);
        if (shaped)
            sw_blend_through(out, above, shape_row(draw, box.x, box.y + y, box.width, room), width, alpha);
        else
            sw_blend_onto(out, above, width, alpha);
    }
    free(strip);
}

static void put(const struct sw_target *target, const struct sw_draw *draw, const struct sw_film *film, struct sw_box_px box)
{
    if (sw_draw_alpha(draw) != 255)
        mix_in(target, draw, film, box, false);
    else if (!sw_box_px_empty(box))
        sw_film_put(film, box, target_row(target, box.x, box.y), target->stride);
}

void sw_video_paint(const struct sw_target *target, const struct sw_draw *draw, struct sw_box_px box)
{
    const struct sw_film film = sw_film_of(draw);
    if (draw->shape == NULL) {
        put(target, draw, &film, box);
        return;
    }
    /* Rows that the shape lets through whole, and those above and below. */
    struct sw_box_px solid = sw_box_px_intersect(box, draw->solid);
    if (solid.width < box.width || solid.height == 0)
        solid = (struct sw_box_px){box.x, box.y, box.width, 0};
    int end = solid.y + solid.height;
    mix_in(target, draw, &film, (struct sw_box_px){box.x, box.y, box.width, solid.y - box.y}, true);
    put(target, draw, &film, solid);
    mix_in(target, draw, &film, (struct sw_box_px){box.x, end, box.width, box.y + box.height - end}, true);
}
