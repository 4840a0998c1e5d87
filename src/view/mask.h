/* SPDX-License-Identifier: EUPL-1.2 */
/* Copies of pictures with round corners, or turned left to right, made once and kept while they are used: one cache beside the typesetter
 * and the bakery, handed to the view in its context. Keyed by the picture's serial, so a picture that was decoded anew gets a new copy.
 * Main thread. */
#ifndef SW_VIEW_MASK_H
#define SW_VIEW_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bitmap.h"
#include "base/must.h"

struct sw_masks;

/* `budget`: bytes of copies that may be kept while nothing asks for them. */
struct sw_masks *sw_masks_create(size_t budget) SW_MUST;
void sw_masks_destroy(struct sw_masks *masks);
enum sw_corner { SW_CORNER_TOP_LEFT = 1, SW_CORNER_TOP_RIGHT = 2, SW_CORNER_BOTTOM_LEFT = 4, SW_CORNER_BOTTOM_RIGHT = 8, SW_CORNERS = 15 };

struct sw_mask {
    double radius;    /* pixels; 0: nothing is rounded */
    double inset;     /* pixels by which the arc lies further inside: below a border that is drawn over it */
    unsigned corners; /* which are rounded */
    bool turned;      /* left for right (the corners are those of the result) */
};

/* `bitmap` (XRGB or ARGB) seen through `mask`. Borrowed until the end of this frame. `bitmap` itself where nothing is to be done, or where
 * there are too many copies already. */
struct sw_bitmap *sw_masks_get(struct sw_masks *masks, struct sw_bitmap *bitmap, const struct sw_mask *mask);
/* A8 of width x height pixels that lets everything through but for the corners, as `mask` has them (`turned` does not count): what videos
 * are seen through, whose pictures are too many to be copied. Borrowed until the end of this frame. NULL where nothing is to be done, or
 * where there are too many copies already. */
struct sw_bitmap *sw_masks_shape(struct sw_masks *masks, int width, int height, const struct sw_mask *mask);
/* Once a frame: lets go of what was not asked for lately, beyond the budget. */
void sw_masks_collect(struct sw_masks *masks);

#endif
