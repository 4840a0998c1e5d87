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
    SW_DRAW_BITMAP, /* `bitmap` (XRGB, ARGB) into `to` */
    SW_DRAW_MASK,   /* `colour` through the A8 `bitmap` into `to` */
};

struct sw_draw {
    enum sw_draw_kind kind;
    uint64_t identity;        /* of the element (and its part) that drew it: finds its partner in the list before */
    struct sw_rect to;        /* zone pixels. Same size as the bitmap: put at the rounded place, pixel by pixel; else scaled (bilinear) */
    struct sw_box_px clip;    /* nothing outside is touched; the list's own size where nothing clips */
    uint32_t colour;          /* 0xAARRGGBB, not premultiplied: FILL and MASK */
    double opacity;           /* 0..1, all kinds */
    struct sw_bitmap *bitmap; /* held by the list; NULL for FILL */
};

struct sw_draw_list {
    int width, height; /* the zone, pixels */
    uint32_t ground;   /* opaque 0xffRRGGBB: behind everything */
    struct sw_draw *items;
    size_t count, capacity;
};

void sw_draw_list_init(struct sw_draw_list *list, int width, int height, uint32_t ground);
void sw_draw_list_finish(struct sw_draw_list *list); /* releases all bitmaps; accepts NULL and a zeroed one */
/* Appends a copy of `draw`, taking a hold on its bitmap. Draws that cannot show (empty, clipped away, opacity 0) are left out. */
void sw_draw_list_add(struct sw_draw_list *list, const struct sw_draw *draw);
/* Whole pixels that a draw can touch. */
struct sw_box_px sw_draw_bounds(const struct sw_draw *draw);
/* Whether two draws give the same pixels. */
bool sw_draw_same(const struct sw_draw *a, const struct sw_draw *b);
/* Calls `damaged` for each box in which the lists may differ (both non-NULL, same size; another ground damages all). Items are paired in order,
 * skipping insertions and removals by identity; order changes damage both. */
void sw_draw_list_compare(const struct sw_draw_list *before, const struct sw_draw_list *after,
                          void (*damaged)(void *context, struct sw_box_px box), void *context);

#endif
