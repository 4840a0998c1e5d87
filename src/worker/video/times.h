/* SPDX-License-Identifier: EUPL-1.2 */
/* When each picture is on: from the timestamps that come with decoded pictures, in the order in which they are shown, to times that only
 * rise: through the seams of a loop, in spite of a first timestamp that libvlc gets wrong, of containers that round to milliseconds, and
 * of files that lie. No thread of its own; plain numbers. */
#ifndef SW_WORKER_VIDEO_TIMES_H
#define SW_WORKER_VIDEO_TIMES_H

#include <stdbool.h>
#include <stdint.h>

#include "worker/video/track.h"

#define SW_TIME_UNKNOWN INT64_MIN

struct sw_times {
    int32_t rate, rate_scale; /* pictures a second where they are even; else 0 */
    int64_t length;           /* microseconds of a round as the file says; 0: not known */
    bool loop, first_is_zero;
    bool begun;
    int64_t base, round; /* timestamp of the file's beginning; time at which this round began */
    int64_t last, step;  /* of the last picture, in its round; from one to the next */
    int64_t count;       /* pictures of this round that have come */
};

/* `from_start`: the first picture is the file's first one. */
void sw_times_init(struct sw_times *times, const struct sw_track *track, bool loop, bool from_start);
/* The time of the next picture, microseconds of the file from its beginning, or of the first round's beginning; `timestamp`: what came
 * with it, or SW_TIME_UNKNOWN. Greater than the last one. */
int64_t sw_times_next(struct sw_times *times, int64_t timestamp);
/* Where the picture ends that came last. */
int64_t sw_times_end(const struct sw_times *times);

#endif
