/* SPDX-License-Identifier: EUPL-1.2 */
/* An even pace of 60 frames a second: while frames follow each other they begin on a grid, whatever each of them took and however late it
 * was woken, and what moves in them moves by the grid's time. After a rest the grid begins anew with the first frame. Where showing a
 * frame waits for the display (vertical sync), the grid is drawn to the display's own: then a frame begins when the one before it has been
 * taken, and there is nothing left to wait for twice. No clock is read here. One thread. */
#ifndef SW_BASE_PACE_H
#define SW_BASE_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/tick.h"

#define SW_PACE_HZ 60

struct sw_pace {
    sw_tick origin;
    int64_t slot; /* since then, of 1/hz s */
    int hz;       /* 0: SW_PACE_HZ */
};

/* When the present frame was to begin, and when the next one is. */
sw_tick sw_pace_frame(const struct sw_pace *pace);
sw_tick sw_pace_next(const struct sw_pace *pace);
/* A frame begins at `now`. `follows`: it was waited for as the next one, else it comes after a rest. Frames that are late by whole slots
 * leave those out. */
void sw_pace_begin(struct sw_pace *pace, sw_tick now, bool follows);
/* Showing the present frame took from `began` to `shown`, on a display of `display_hz` frames a second that it may have waited for: if it
 * has, the grid takes that rate (a fast display's divided, to 75 at most) and moves a little towards beginning frames when the display
 * has taken one. */
void sw_pace_follow(struct sw_pace *pace, int display_hz, sw_tick began, sw_tick shown);

#endif
