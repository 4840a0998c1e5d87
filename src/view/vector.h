/* SPDX-License-Identifier: EUPL-1.2 */
/* Shapes as paths of our own numbers, baked to bitmaps by cairo on a thread of the player and kept under their content. The same drawing at
 * the same size gives the same bytes, whenever and on whichever thread it is baked. All functions but the thread's own: main thread. */
#ifndef SW_VIEW_VECTOR_H
#define SW_VIEW_VECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "view/asset.h"
#include "view/geometry.h"

enum sw_vector_op { SW_VECTOR_MOVE, SW_VECTOR_LINE, SW_VECTOR_CURVE, SW_VECTOR_CLOSE, SW_VECTOR_RECTANGLE, SW_VECTOR_CIRCLE };

/* MOVE, LINE: x y; CURVE: two control points and the end; RECTANGLE: x y width height radius; CIRCLE: centre and radius. In pixels of the
 * bitmap, from its top left corner. */
struct sw_vector_step {
    enum sw_vector_op op;
    double numbers[6];
};

struct sw_vector_paint {
    uint32_t from, to; /* 0xAARRGGBB; equal: one colour; 0, 0: none */
    double angle;      /* of a gradient, degrees: 0 left to right, 90 top to bottom, across the path's bounds */
};

/* One bitmap: several paths on top of each other. All arrays are the caller's and are copied when a bake is queued. */
struct sw_vector_path {
    const struct sw_vector_step *steps;
    size_t count;
    struct sw_vector_paint fill;
    uint32_t stroke; /* 0: none */
    double width;    /* of the stroke, pixels; round joins and caps */
    double dash[2];  /* on, off; 0, 0: solid */
};
struct sw_vector {
    int width, height; /* of the bitmap, pixels, 1..16384 */
    const struct sw_vector_path *paths;
    size_t count;
};

struct sw_bakery;

/* `wake` is called from the bake thread after each bake. `threads` 0: everything is baked at once in sw_bakery_get (for `render` and tests
 * both ways must give the same bytes), else 1..4. `budget` is in bytes of bitmaps kept. */
struct sw_bakery *sw_bakery_create(int threads, size_t budget, void (*wake)(void *context), void *context) SW_MUST;
void sw_bakery_destroy(struct sw_bakery *bakery);
/* The bitmap (ARGB, premultiplied) of `vector`; borrowed until the end of this frame. PENDING: queued. FAILED: no size, or out of range. */
enum sw_asset_state sw_bakery_get(struct sw_bakery *bakery, const struct sw_vector *vector, struct sw_bitmap **bitmap);
/* Once a frame, before the first get: takes in what was baked, and lets go of what was not used lately beyond the budget. */
void sw_bakery_collect(struct sw_bakery *bakery);
size_t sw_bakery_pending(const struct sw_bakery *bakery);

#endif
