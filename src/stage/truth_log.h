/* SPDX-License-Identifier: EUPL-1.2 */
/* When a condition that reads live data was true: the instants at which its truth changed, so that the timeline, which asks about the past,
 * gets the same answer again whatever the data have become since. Of bounded length; false before anything was known. One owner. */
#ifndef SW_STAGE_TRUTH_LOG_H
#define SW_STAGE_TRUTH_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/tick.h"

#define SW_TRUTH_LOG_MAX 1024 /* changes, one in 90 s for a day; beyond, the oldest are forgotten. The timeline goes through them all */

struct sw_truth_log {
    sw_instant *flips; /* owned, rising: from each on, the truth is the other one */
    size_t count, capacity;
    bool before; /* what holds ahead of the first of them */
};

void sw_truth_log_finish(struct sw_truth_log *log); /* accepts a zeroed one, which is empty */
/* It is `holds` from `instant` on. What the log says of later instants is forgotten: the clock was set back. True: that differs from what
 * the log said of this instant. */
bool sw_truth_log_note(struct sw_truth_log *log, sw_instant instant, bool holds);
/* What held at `instant`; behind the last change: what holds now. */
bool sw_truth_log_at(const struct sw_truth_log *log, sw_instant instant);
/* The first change after `instant`; SW_NEVER. */
sw_instant sw_truth_log_next(const struct sw_truth_log *log, sw_instant instant);
/* Forgets the changes up to `instant`: what held then is taken to have held ever before. */
void sw_truth_log_forget(struct sw_truth_log *log, sw_instant instant);

#endif
