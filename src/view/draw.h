/* SPDX-License-Identifier: EUPL-1.2 */
/* The draw list: what a zone looks like now, as a flat list of fills, bitmaps and masks in the zone's pixels, back to front. The view makes
 * it, render/ turns it into pixels; two lists are compared item by item to find the damage. A list holds its bitmaps. Main thread. */
#ifndef SW_VIEW_DRAW_H
#define SW_VIEW_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "view/geometry.h"

enum sw_draw_kind {
    SW_DRAW_FILL,   /* `colour` over `to`, whole pixels */
    SW_DRAW_BITMAP, /* `bitmap` (XRGB, ARGB, I420) into `to` */
    SW_DRAW_MASK,   /* `colour` through the A8 `bitmap` into `to` */
};

struct sw_draw {
    enum sw_draw_kind kind;
    uint64_t identity;        /* of the element (and its part) that drew it: finds its partner in the list before */
    struct sw_rect to;        /* zone pixels. Same size as the bitmap (to half a pixel): put at the rounded place, pixel by pixel; else
                               * scaled (bilinear). Edges are rounded to whole pixels, never soft; any size at all covers a pixel */
    struct sw_box_px clip;    /* nothing outside is touched; the list's own size where nothing clips */
    uint32_t colour;          /* 0xAARRGGBB, not premultiplied: FILL and MASK */
    double opacity;           /* 0..1, all kinds; more counts as 1 */
    struct sw_bitmap *bitmap; /* held by the list; NULL for FILL */
    /* Of an I420 bitmap alone: what is seen of it, A8, held by the list; NULL: all. It goes into `frame` as a bitmap goes into `to`, and
     * beside that nothing is drawn. Within `solid` (zone pixels) all of it is 0xff. */
    struct sw_bitmap *shape;
    struct sw_rect frame;
    struct sw_box_px solid;
};

struct sw_draw_list {
    int width, height; /* the zone, pixels */
    uint32_t ground;   /* opaque 0xffRRGGBB: behind everything */
    struct sw_draw *items;
    size_t count, capacity;
};

void sw_draw_list_init(struct sw_draw_list *list, int width, int height, uint32_t ground);
void sw_draw_list_finish(struct sw_draw_list *list); /* releases all bitmaps; accepts NULL and a zeroed one */
/* Appends a copy of `draw`, taking a hold on its bitmap and shape. Draws that cannot show (empty, clipped away, outside the list, no
 * coordinates that are numbers, opacity that rounds to 0 of 255) are left out. */
void sw_draw_list_add(struct sw_draw_list *list, const struct sw_draw *draw);
/* Makes `copy` (initialised or zeroed) equal to `list`, with holds of its own; its room is used again. */
void sw_draw_list_copy(struct sw_draw_list *copy, const struct sw_draw_list *list);
/* Whether the bitmap must be scaled to fit `to`; a fill never is. */
bool sw_draw_scales(const struct sw_draw *draw);
/* Whole pixels that the draw covers, before its clip. */
struct sw_box_px sw_draw_place(const struct sw_draw *draw);
/* Whether the shape must be scaled to fit `frame`. */
bool sw_draw_shape_scales(const struct sw_draw *draw);
/* Whole pixels that the shape covers; of a draw without one an empty box. */
struct sw_box_px sw_draw_frame(const struct sw_draw *draw);
/* Whole pixels that a draw can touch: its place within its clip and frame. */
struct sw_box_px sw_draw_bounds(const struct sw_draw *draw);
/* Opacity of 0..255: times the colour's alpha for FILL and MASK, times the bitmap's own alpha (not in this number) for BITMAP. */
uint8_t sw_draw_alpha(const struct sw_draw *draw);
/* Whether the draw hides everything below its bounds. */
bool sw_draw_opaque(const struct sw_draw *draw);
/* Where it hides everything below: its bounds, those of its shape that are solid, or an empty box. */
struct sw_box_px sw_draw_solid(const struct sw_draw *draw);
/* Whether two draws give the same pixels. */
bool sw_draw_same(const struct sw_draw *a, const struct sw_draw *b);
/* Calls `damaged` for each box in which the lists may differ (both non-NULL, same size; another ground damages all). Items are paired in
 * order, skipping insertions and removals by identity; order changes damage both. Boxes lie within the list and may overlap. */
void sw_draw_list_compare(const struct sw_draw_list *before, const struct sw_draw_list *after,
                          void (*damaged)(void *context, struct sw_box_px box), void *context);

#endif
