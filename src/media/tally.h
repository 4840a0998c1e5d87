/* SPDX-License-Identifier: EUPL-1.2 */
/* How evenly a clip's pictures came on the wall: counters, and a histogram of the times between two of them. Pure. */
#ifndef SW_MEDIA_TALLY_H
#define SW_MEDIA_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "base/tick.h"

#define SW_TALLY_BINS 16

struct sw_tally {
    uint64_t shown;    /* pictures that came on the wall */
    uint64_t late;     /* came from the worker when they should have been on already */
    uint64_t dropped;  /* never came on: a newer one was due as well, or the worker left them out */
    uint64_t repeated; /* times that a picture stayed on for another one's sake that had not come */
    uint64_t intervals[SW_TALLY_BINS];
    uint64_t count;   /* of intervals */
    double sum, squares; /* of them, in milliseconds */
    /* of the last one; `at` SW_NEVER: the next one begins anew */
    sw_tick at;
    int64_t position;
};

/* The most that an interval of this bin has, milliseconds; of the last one there is no most: 0. */
int sw_tally_bin_ms(size_t bin);
void sw_tally_init(struct sw_tally *tally);
/* A picture of this position came on at `tick`; the clip has one every `period` (0: not known), all in microseconds. */
void sw_tally_show(struct sw_tally *tally, sw_tick tick, int64_t position, int64_t period);
/* The clip was paused or sought: what comes next follows nothing. */
void sw_tally_break(struct sw_tally *tally);
/* Standard deviation of the intervals, milliseconds; 0 where there are none. */
double sw_tally_deviation(const struct sw_tally *tally);

#endif
