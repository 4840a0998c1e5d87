/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/tally.h"

#include <math.h>

#include "base/must.h"

static const int most_ms[SW_TALLY_BINS] = {5, 10, 15, 18, 22, 26, 30, 35, 38, 42, 46, 52, 60, 80, 120, 0};

int sw_tally_bin_ms(size_t bin) { return most_ms[bin]; }

void sw_tally_init(struct sw_tally *tally) { *tally = (struct sw_tally){.at = SW_NEVER}; }

void sw_tally_break(struct sw_tally *tally) { tally->at = SW_NEVER; }

static void note_interval(struct sw_tally *tally, int64_t interval)
{
    double ms = (double)interval / SW_MS;
    size_t bin = 0;
    while (bin + 1 < SW_TALLY_BINS && ms > most_ms[bin])
        bin++;
    tally->intervals[bin]++;
    tally->count++;
    tally->sum += ms;
    tally->squares += ms * ms;
}

/* One stays on for longer than it is of the clip: a display's own rate makes that up to two thirds of a picture, never more. */
static void note_repeats(struct sw_tally *tally, int64_t interval, int64_t progress, int64_t period)
{
    if (period > 0 && progress > 0 && interval > progress + period * 3 / 4)
        tally->repeated += (uint64_t)((interval - progress + period / 4) / period);
}

void sw_tally_show(struct sw_tally *tally, sw_tick tick, int64_t position, int64_t period)
{
    tally->shown++;
    if (tally->at != SW_NEVER && tick > tally->at) {
        note_interval(tally, tick - tally->at);
        note_repeats(tally, tick - tally->at, position - tally->position, period);
    }
    tally->at = tick;
    tally->position = position;
}

double sw_tally_deviation(const struct sw_tally *tally)
{
    if (tally->count == 0)
        return 0;
    double mean = tally->sum / (double)tally->count;
    double variance = tally->squares / (double)tally->count - mean * mean;
    return variance > 0 ? sqrt(variance) : 0;
}
