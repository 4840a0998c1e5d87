/* SPDX-License-Identifier: EUPL-1.2 */
/* An even pace of 60 frames a second: while frames follow each other they begin on a grid, whatever each of them took and however late it
 * was woken, and what moves in them moves by the grid's time. After a rest the grid begins anew with the first frame. No clock is read
 * here. One thread. */
#ifndef SW_BASE_PACE_H
#define SW_BASE_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/tick.h"

#define SW_PACE_HZ 60

struct sw_pace {
    sw_tick origin;
    int64_t slot; /* of 1/60 s since then */
};

/* When the present frame was to begin, and when the next one is. */
sw_tick sw_pace_frame(const struct sw_pace *pace);
sw_tick sw_pace_next(const struct sw_pace *pace);
/* A frame begins at `now`. `follows`: it was waited for as the next one, else it comes after a rest. Frames that are late by whole slots
 * leave those out. */
void sw_pace_begin(struct sw_pace *pace, sw_tick now, bool follows);

#endif
