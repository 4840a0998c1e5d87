/* SPDX-License-Identifier: EUPL-1.2 */
/* From draw lists to pixels, with pixman: one box at a time, any thread (lists, bitmaps and boxes are only read). Targets are opaque:
 * 32-bit pixels whose unused byte is 0xff and stays so, which lets pixman treat them as ARGB and makes every path give the same bytes. */
#ifndef SW_RENDER_PAINT_H
#define SW_RENDER_PAINT_H

#include <stdbool.h>
#include <stdint.h>

#include "view/draw.h"

/* Where to paint: pixels of our own. */
struct sw_target {
    uint32_t *pixels;
    int width, height, stride; /* pixels, pixels, bytes */
    int x, y;                  /* where the list's origin lies in it */
};

/* Paints what of `list` lies in `box` (list pixels), which is cut to list and target. With `ground` the result covers the box whole: it
 * starts at the topmost item that hides all below; without, the items go over what is there. `bounds`: sw_draw_bounds of each item, where
 * the caller paints a list often; NULL: worked out here. */
void sw_paint_list(const struct sw_target *target, const struct sw_draw_list *list, const struct sw_box_px *bounds, bool ground,
                   struct sw_box_px box);
/* The topmost item that hides all of the box; the list's count if none does. */
size_t sw_paint_cover(const struct sw_draw_list *list, const struct sw_box_px *bounds, struct sw_box_px box);
/* Within `box` of a target: `from` where mix is 0, `to` where it is 255, between them else; each channel rounded to the nearest. Both are
 * pixels of a layer that has `stride` bytes a row and whose origin lies where the target's list does. */
void sw_paint_mix(const struct sw_target *target, const uint32_t *from, const uint32_t *to, int stride, uint8_t mix, struct sw_box_px box);
/* Within `box` of a target: the pixels of such a layer, moved by x, y. They cover the box. */
void sw_paint_copy(const struct sw_target *target, const uint32_t *from, int stride, int x, int y, struct sw_box_px box);

#endif
