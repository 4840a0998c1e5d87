/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/truth_log.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void sw_truth_log_finish(struct sw_truth_log *log)
{
    free(log->flips);
    *log = (struct sw_truth_log){.count = 0};
}

/* How many changes there are up to `instant`. */
static size_t flips_until(const struct sw_truth_log *log, sw_instant instant)
{
    size_t low = 0, high = log->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (log->flips[middle] <= instant)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool truth_after(const struct sw_truth_log *log, size_t flips) { return log->before != (flips % 2 == 1); }

/* The first `flips` changes become the past that is not known any more. */
static void drop_first(struct sw_truth_log *log, size_t flips)
{
    log->before = truth_after(log, flips);
    log->count -= flips;
    if (flips > 0 && log->count > 0)
        memmove(log->flips, log->flips + flips, log->count * sizeof *log->flips);
}

bool sw_truth_log_note(struct sw_truth_log *log, sw_instant instant, bool holds)
{
    log->count = flips_until(log, instant);
    if (truth_after(log, log->count) == holds)
        return false;
    if (log->count > 0 && log->flips[log->count - 1] == instant) {
        log->count--; /* it was the other one for no time at all */
        return true;
    }
    if (log->count == SW_TRUTH_LOG_MAX)
        drop_first(log, 1);
    log->flips = sw_grow(log->flips, &log->capacity, log->count + 1, sizeof *log->flips);
    log->flips[log->count++] = instant;
    return true;
}

bool sw_truth_log_at(const struct sw_truth_log *log, sw_instant instant) { return truth_after(log, flips_until(log, instant)); }

sw_instant sw_truth_log_next(const struct sw_truth_log *log, sw_instant instant)
{
    size_t flips = flips_until(log, instant);
    return flips < log->count ? log->flips[flips] : SW_NEVER;
}

void sw_truth_log_forget(struct sw_truth_log *log, sw_instant instant) { drop_first(log, flips_until(log, instant)); }
