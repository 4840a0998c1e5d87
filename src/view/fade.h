/* SPDX-License-Identifier: EUPL-1.2 */
/* What shows data gives way calmly to what it is when the data change: the former picture fades into the present one, for boxes that say
 * what they show (`shows`). Nothing else moves, and what is the same in both pictures stays as it is. Kept by identity by whoever keeps the
 * tree, over rebuilds. A pure function of `now` and of when the change was noted. Main thread. */
#ifndef SW_VIEW_FADE_H
#define SW_VIEW_FADE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tick.h"
#include "view/behaviour.h"

#define SW_FADE_CHART_US (600 * SW_MS)
#define SW_FADE_TEXT_US (200 * SW_MS) /* numbers are read while they change */

struct sw_fade {
    uint64_t identity, shows, generation;
    size_t first, count;       /* its draws in the list that is shown */
    size_t drawn, drawn_count; /* in the list that was made last */
    struct sw_draw_list former; /* what it looked like; empty: nothing fades */
    sw_tick since;
    int64_t lasts;
};

/* Zeroed: none. */
struct sw_fades {
    struct sw_fade *items;
    size_t count, capacity, next;
    uint64_t generation;
};

void sw_fades_finish(struct sw_fades *fades);
/* A tree was built. `shown`: the list that is on the wall, made from the tree before. Boxes whose `shows` has changed begin to fade if
 * `eases`; else what they were is forgotten. */
void sw_fades_note(struct sw_fades *fades, const struct sw_box *root, const struct sw_draw_list *shown, sw_tick now, bool eases);
/* The list that was made last is the one that is shown. */
void sw_fades_kept(struct sw_fades *fades);
/* The box's draws stand in the painter's list from `first` on: mixes them with what it looked like before. */
void sw_fades_mix(struct sw_painter *painter, const struct sw_box *box, size_t first);

#endif
