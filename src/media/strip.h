/* SPDX-License-Identifier: EUPL-1.2 */
/* The pictures of one cue: the one that is on, and those that wait until the clip has come to them. On is the last one whose position has
 * been reached, so that they follow each other as evenly as in the clip, however they came. Pure but for the bitmaps' holds. */
#ifndef SW_MEDIA_STRIP_H
#define SW_MEDIA_STRIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "base/tick.h"

#define SW_STRIP_MAX 8

struct sw_picture_at {
    struct sw_bitmap *bitmap; /* held */
    int64_t position;         /* microseconds of the clip */
};

struct sw_strip { /* zeroed: empty */
    struct sw_picture_at on; /* bitmap NULL: none yet */
    struct sw_picture_at waiting[SW_STRIP_MAX];
    size_t count;
    bool fresh; /* what comes next is on, wherever it is: the clip has just been opened, or sought */
};

/* Takes the bitmap over. Where too many wait the oldest is left out: how many were. */
size_t sw_strip_put(struct sw_strip *strip, struct sw_bitmap *bitmap, int64_t position);
/* The clip has come to `position`; how many were passed since, the last of them being on now. */
size_t sw_strip_turn(struct sw_strip *strip, int64_t position);
/* Whatever waits is not to come any more; the next one is on at once. */
void sw_strip_restart(struct sw_strip *strip);
void sw_strip_finish(struct sw_strip *strip);
/* Whether somebody beside the strip holds the picture that is on. */
bool sw_strip_is_held(const struct sw_strip *strip);

#endif
