/* SPDX-License-Identifier: EUPL-1.2 */
/* A small set of boxes that changed: never overlapping, never more than 64, merged where that adds few pixels. Boxes rather than a
 * pixman region: a region cuts everything into rows, and forty contact marks side by side would become a thousand slices. */
#ifndef SW_RENDER_DAMAGE_H
#define SW_RENDER_DAMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "view/geometry.h"

#define SW_DAMAGE_BOXES 64

struct sw_damage_set {
    struct sw_box_px boxes[SW_DAMAGE_BOXES];
    size_t count;
};

/* Afterwards every pixel of `box`, and every one that was in the set, is in exactly one box of the set. An empty box changes nothing. */
void sw_damage_add(struct sw_damage_set *set, struct sw_box_px box);
/* All boxes of `more`, moved by x, y and cut to `within`. */
void sw_damage_add_set(struct sw_damage_set *set, const struct sw_damage_set *more, int x, int y, struct sw_box_px within);
/* Where the boxes fill most of the box around them, it takes their place: one large piece of work is done faster than many. */
void sw_damage_settle(struct sw_damage_set *set);
int64_t sw_damage_area(const struct sw_damage_set *set);

#endif
