/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/paint.h"

#include <math.h>
#include <pixman.h>
#include <string.h>

#include "render/blend.h"
#include "render/video.h"

/* One box being painted. */
struct brush {
    pixman_image_t *image;
    const struct sw_target *target;
    struct sw_box_px box; /* list pixels */
};

/* The pixel of the target that lies at x, y of the list. */
static uint32_t *target_row(const struct sw_target *target, int x, int y)
{
    return target->pixels + (ptrdiff_t)target->stride / 4 * (y + target->y) + x + target->x;
}

/* 0xAARRGGBB, not premultiplied, at an opacity of its own (0..255, the alpha in `argb` is not used) to pixman's premultiplied 16 bits. */
static pixman_color_t premultiplied(uint32_t argb, uint8_t alpha)
{
    unsigned channel[3];
    for (int i = 0; i < 3; i++)
        channel[i] = ((argb >> (16 - 8 * i) & 0xff) * alpha + 127) / 255 * 257;
    return (pixman_color_t){(uint16_t)channel[0], (uint16_t)channel[1], (uint16_t)channel[2], (uint16_t)(alpha * 257u)};
}

static void fill(const struct brush *brush, pixman_color_t colour, struct sw_box_px box)
{
    int x = box.x + brush->target->x, y = box.y + brush->target->y;
    pixman_box32_t where = {x, y, x + box.width, y + box.height};
    pixman_image_fill_boxes(colour.alpha == 0xffff ? PIXMAN_OP_SRC : PIXMAN_OP_OVER, brush->image, &colour, 1, &where);
}

/* A view of the draw's bitmap for pixman, which only ever reads the pixels: they may be a read-only mapping. Where it is scaled, the
 * promise that the unused byte of XRGB is 0xff is taken at its word: with an opacity, pixman is four times as fast on ARGB. */
static pixman_image_t *image_of(const struct sw_draw *draw)
{
    static const pixman_format_code_t formats[] = {
        [SW_PIXELS_A8] = PIXMAN_a8, [SW_PIXELS_XRGB] = PIXMAN_x8r8g8b8, [SW_PIXELS_ARGB] = PIXMAN_a8r8g8b8};
    const struct sw_bitmap *bitmap = draw->bitmap;
    enum sw_pixels format = bitmap->format == SW_PIXELS_XRGB && sw_draw_scales(draw) ? SW_PIXELS_ARGB : bitmap->format;
    return pixman_image_create_bits_no_clear(formats[format], bitmap->width, bitmap->height, (uint32_t *)(void *)bitmap->pixels,
                                             bitmap->stride);
}

/* Makes pixman ask the bitmap, for the pixel (bounds.x + i, bounds.y + j) of the list at (i, j), where that pixel's centre lies in it. The
 * reference is the item's own bounds, never the box being painted: so that a part painted again meets its surroundings to the bit. */
static void scale(pixman_image_t *image, const struct sw_draw *draw, struct sw_box_px bounds)
{
    double across = draw->bitmap->width / fmax(draw->to.width, 1), down = draw->bitmap->height / fmax(draw->to.height, 1);
    pixman_transform_t transform;
    pixman_transform_init_identity(&transform);
    transform.matrix[0][0] = pixman_double_to_fixed(across);
    transform.matrix[0][2] = pixman_double_to_fixed((bounds.x - draw->to.x) * across);
    transform.matrix[1][1] = pixman_double_to_fixed(down);
    transform.matrix[1][2] = pixman_double_to_fixed((bounds.y - draw->to.y) * down);
    pixman_image_set_transform(image, &transform);
    pixman_image_set_filter(image, PIXMAN_FILTER_BILINEAR, NULL, 0);
    pixman_image_set_repeat(image, PIXMAN_REPEAT_PAD);
}

/* `bounds`: of the item within its list; `box`: what of it is painted now. */
static void paint_bitmap(const struct brush *brush, const struct sw_draw *draw, struct sw_box_px bounds, struct sw_box_px box)
{
    uint8_t alpha = sw_draw_alpha(draw);
    pixman_image_t *source = image_of(draw), *mask = NULL;
    if (source == NULL)
        return;
    struct sw_box_px place = sw_draw_place(draw);
    int x = box.x - place.x, y = box.y - place.y;
    if (sw_draw_scales(draw)) {
        scale(source, draw, bounds);
        x = box.x - bounds.x;
        y = box.y - bounds.y;
    }
    if (alpha != 255) {
        pixman_color_t opacity = premultiplied(0, alpha);
        mask = pixman_image_create_solid_fill(&opacity);
    }
    pixman_image_composite32(sw_draw_opaque(draw) ? PIXMAN_OP_SRC : PIXMAN_OP_OVER, source, mask, brush->image, x, y, 0, 0,
                             box.x + brush->target->x, box.y + brush->target->y, box.width, box.height);
    pixman_image_unref(source);
    if (mask != NULL)
        pixman_image_unref(mask);
}

/* Pixel by pixel, opaque but for an opacity of its own; or without even that. */
static bool is_plain_picture(const struct sw_draw *draw)
{
    return draw->kind == SW_DRAW_BITMAP && draw->bitmap->format == SW_PIXELS_XRGB && !sw_draw_scales(draw);
}

static const uint32_t *bitmap_row(const struct sw_draw *draw, int x, int y)
{
    struct sw_box_px place = sw_draw_place(draw);
    return (const uint32_t *)(const void *)(draw->bitmap->pixels + (ptrdiff_t)draw->bitmap->stride * (y - place.y)) + (x - place.x);
}

/* A picture that comes or goes, over what is there or, in one go, over the picture `below`: half the time that pixman takes for both. */
static void paint_fading(const struct brush *brush, const struct sw_draw *below, const struct sw_draw *draw, struct sw_box_px box)
{
    uint8_t alpha = sw_draw_alpha(draw);
    for (int y = box.y; y < box.y + box.height; y++) {
        uint32_t *out = target_row(brush->target, box.x, y);
        const uint32_t *above = bitmap_row(draw, box.x, y);
        if (below != NULL)
            sw_blend_over(out, bitmap_row(below, box.x, y), above, (size_t)box.width, alpha);
        else
            sw_blend_onto(out, above, (size_t)box.width, alpha);
    }
}

static void paint_mask(const struct brush *brush, const struct sw_draw *draw, struct sw_box_px bounds, struct sw_box_px box)
{
    pixman_color_t ink = premultiplied(draw->colour, sw_draw_alpha(draw));
    pixman_image_t *colour = pixman_image_create_solid_fill(&ink), *mask = image_of(draw);
    if (colour != NULL && mask != NULL) {
        struct sw_box_px place = sw_draw_place(draw);
        int x = box.x - place.x, y = box.y - place.y;
        if (sw_draw_scales(draw)) {
            scale(mask, draw, bounds);
            x = box.x - bounds.x;
            y = box.y - bounds.y;
        }
        pixman_image_composite32(PIXMAN_OP_OVER, colour, mask, brush->image, 0, 0, x, y, box.x + brush->target->x,
                                 box.y + brush->target->y, box.width, box.height);
    }
    if (colour != NULL)
        pixman_image_unref(colour);
    if (mask != NULL)
        pixman_image_unref(mask);
}

static void paint_item(const struct brush *brush, const struct sw_draw_list *list, const struct sw_draw *draw, struct sw_box_px bounds)
{
    bounds = sw_box_px_intersect(bounds, (struct sw_box_px){0, 0, list->width, list->height});
    struct sw_box_px box = sw_box_px_intersect(bounds, brush->box);
    if (sw_box_px_empty(box))
        return;
    switch (draw->kind) {
    case SW_DRAW_FILL: fill(brush, premultiplied(draw->colour, sw_draw_alpha(draw)), box); break;
    case SW_DRAW_BITMAP:
        if (draw->bitmap->format == SW_PIXELS_I420)
            sw_video_paint(brush->target, draw, box);
        else if (is_plain_picture(draw) && sw_draw_alpha(draw) != 255)
            paint_fading(brush, NULL, draw, box);
        else
            paint_bitmap(brush, draw, bounds, box);
        break;
    case SW_DRAW_MASK: paint_mask(brush, draw, bounds, box); break;
    }
}

static struct sw_box_px bounds_of(const struct sw_draw_list *list, const struct sw_box_px *bounds, size_t index)
{
    return bounds != NULL ? bounds[index] : sw_draw_bounds(&list->items[index]);
}

static bool same_size(struct sw_box_px a, struct sw_box_px b) { return a.width == b.width && a.height == b.height; }

/* What of the box the item hides. */
static struct sw_box_px hidden_part(const struct sw_draw *draw, struct sw_box_px box)
{
    return sw_box_px_intersect(sw_draw_solid(draw), box);
}

size_t sw_paint_cover(const struct sw_draw_list *list, const struct sw_box_px *bounds, struct sw_box_px box)
{
    for (size_t i = list->count; i-- > 0;) {
        const struct sw_draw *draw = &list->items[i];
        bool all = same_size(sw_box_px_intersect(bounds_of(list, bounds, i), box), box);
        if (all && (sw_draw_opaque(draw) || (draw->shape != NULL && same_size(hidden_part(draw, box), box))))
            return i;
    }
    return list->count;
}

/* Whether the item above the one that covers the box is a picture fading over it: all of the box, and both pixel by pixel. */
static bool fades_over(const struct sw_draw_list *list, const struct sw_box_px *bounds, size_t cover, struct sw_box_px box)
{
    const struct sw_draw *above = &list->items[cover + 1];
    struct sw_box_px seen = sw_box_px_intersect(bounds_of(list, bounds, cover + 1), box);
    return seen.width == box.width && seen.height == box.height && is_plain_picture(&list->items[cover]) && is_plain_picture(above);
}

/* Paints a box of the target. */
static void paint_box(const struct brush *brush, const struct sw_draw_list *list, const struct sw_box_px *bounds, bool ground, size_t first)
{
    if (first == list->count) {
        first = 0;
        if (ground)
            fill(brush, premultiplied(list->ground, 255), brush->box);
    } else if (first + 1 < list->count && fades_over(list, bounds, first, brush->box)) {
        paint_fading(brush, &list->items[first], &list->items[first + 1], brush->box);
        first += 2;
    }
    for (size_t i = first; i < list->count; i++)
        paint_item(brush, list, &list->items[i], bounds_of(list, bounds, i));
}

/* Where nothing hides the whole box, the rows of it that the topmost picture with round corners hides; none: `height` is 0. */
static struct sw_box_px hidden_rows(const struct sw_draw_list *list, struct sw_box_px box)
{
    for (size_t i = list->count; i-- > 0;) {
        struct sw_box_px part = {0, 0, 0, 0};
        if (list->items[i].shape != NULL)
            part = hidden_part(&list->items[i], box);
        if (part.width == box.width)
            return part;
    }
    return (struct sw_box_px){box.x, box.y, box.width, 0};
}

void sw_paint_list(const struct sw_target *target, const struct sw_draw_list *list, const struct sw_box_px *bounds, bool ground,
                   struct sw_box_px box)
{
    box = sw_box_px_intersect(box, (struct sw_box_px){0, 0, list->width, list->height});
    box = sw_box_px_intersect(box, (struct sw_box_px){-target->x, -target->y, target->width, target->height});
    if (sw_box_px_empty(box) || (!ground && list->count == 0))
        return;
    size_t first = sw_paint_cover(list, bounds, box);
    struct sw_box_px hidden = first == list->count ? hidden_rows(list, box) : box;
    if (hidden.height > 0 && hidden.height < box.height) {
        int end = hidden.y + hidden.height;
        sw_paint_list(target, list, bounds, ground, (struct sw_box_px){box.x, box.y, box.width, hidden.y - box.y});
        sw_paint_list(target, list, bounds, ground, hidden);
        sw_paint_list(target, list, bounds, ground, (struct sw_box_px){box.x, end, box.width, box.y + box.height - end});
        return;
    }
    struct brush brush = {.target = target, .box = box};
    brush.image = pixman_image_create_bits_no_clear(PIXMAN_a8r8g8b8, target->width, target->height, target->pixels, target->stride);
    if (brush.image == NULL)
        return;
    paint_box(&brush, list, bounds, ground, first);
    pixman_image_unref(brush.image);
}

void sw_paint_mix(const struct sw_target *target, const uint32_t *from, const uint32_t *to, int stride, uint8_t mix, struct sw_box_px box)
{
    box = sw_box_px_intersect(box, (struct sw_box_px){-target->x, -target->y, target->width, target->height});
    for (int y = box.y; y < box.y + box.height; y++) {
        ptrdiff_t start = (ptrdiff_t)stride / 4 * y + box.x;
        sw_blend_mix(target_row(target, box.x, y), from + start, to + start, (size_t)box.width, mix);
    }
}

void sw_paint_copy(const struct sw_target *target, const uint32_t *from, int stride, int x, int y, struct sw_box_px box)
{
    box = sw_box_px_intersect(box, (struct sw_box_px){-target->x, -target->y, target->width, target->height});
    for (int row = box.y; row < box.y + box.height; row++) {
        const uint8_t *pixels = (const uint8_t *)from + (ptrdiff_t)stride * (row - y) + 4 * (ptrdiff_t)(box.x - x);
        memcpy(target_row(target, box.x, row), pixels, 4 * (size_t)box.width);
    }
}
