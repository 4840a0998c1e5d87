/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video/times.h"

#include <string.h>

#define STEP_UNKNOWN (SW_SECOND / 25)
#define STEP_MAX (10 * SW_SECOND) /* a picture that stays for longer is a lie, or as good as one */

static int64_t on_grid(const struct sw_times *times, int64_t number)
{
    return number / times->rate * times->rate_scale * SW_SECOND + number % times->rate * times->rate_scale * SW_SECOND / times->rate;
}

void sw_times_init(struct sw_times *times, const struct sw_track *track, bool loop, bool from_start)
{
    memset(times, 0, sizeof *times);
    times->rate = track->rate;
    times->rate_scale = track->rate_scale;
    times->length = track->length;
    times->loop = loop;
    times->first_is_zero = from_start;
    times->step = track->rate > 0 ? on_grid(times, 1) : STEP_UNKNOWN;
}

/* To the nearest picture of an even clip, if it is near one: containers round, and even clips are to be shown evenly. */
static int64_t snapped(const struct sw_times *times, int64_t time)
{
    if (times->rate == 0 || time < 0 || time > SW_VIDEO_LENGTH_MAX)
        return time;
    int64_t number = (int64_t)(((double)time * times->rate / times->rate_scale + SW_SECOND / 2) / SW_SECOND);
    int64_t near = on_grid(times, number), off = time > near ? time - near : near - time;
    return off * 4 < times->step ? near : time;
}

static int64_t begin_round(struct sw_times *times, int64_t timestamp)
{
    times->begun = true;
    times->count = 1;
    if (times->first_is_zero) {
        /* a first timestamp that is some pictures too late (those that B pictures wait for) is libvlc's; one far off is the file's */
        int64_t late = timestamp != SW_TIME_UNKNOWN && timestamp > 0 && timestamp < 8 * times->step ? 0 : timestamp;
        times->base = late != SW_TIME_UNKNOWN ? late : 0;
        times->last = 0;
    } else {
        times->last = timestamp == SW_TIME_UNKNOWN || timestamp < 0 ? 0 : snapped(times, timestamp);
    }
    return times->round + times->last;
}

int64_t sw_times_end(const struct sw_times *times) { return times->round + snapped(times, times->last + times->step); }

int64_t sw_times_next(struct sw_times *times, int64_t timestamp)
{
    if (!times->begun)
        return begin_round(times, timestamp);
    int64_t time = snapped(times, timestamp == SW_TIME_UNKNOWN ? times->last + times->step : timestamp - times->base);
    bool far_back = time < times->last && (times->last - time) * 2 >= times->length;
    if (times->loop && far_back) {
        times->round = sw_times_end(times);
        return begin_round(times, timestamp);
    }
    if (time > times->last + STEP_MAX || time < times->last - STEP_MAX) {
        times->base += time - (times->last + times->step); /* whoever counts like that goes on like that */
        time = snapped(times, times->last + times->step);
    } else if (time <= times->last) {
        time = times->last + 1; /* one of them is wrong, mostly the first of all: see begin_round */
    }
    if (times->rate == 0 && time > times->last + 1)
        times->step = time - times->last;
    times->last = time;
    times->count++;
    return times->round + time;
}
