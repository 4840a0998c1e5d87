/* SPDX-License-Identifier: EUPL-1.2 */
/* What plays by a clock of its own: a video. Its element says what there is to play, the stage keeps where it is and tells it with every
 * drawing, so that it survives trees that are built anew. Main thread. */
#ifndef SW_VIEW_REEL_H
#define SW_VIEW_REEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tick.h"

struct sw_action;
struct sw_box;

/* What a box plays; made when it is expanded, of the view's arena. Times are microseconds from the beginning of what plays. */
struct sw_reel {
    uint64_t clip;  /* a hash of file and part of it: with another one, another clip goes on where the one before was */
    int64_t length; /* of what plays; 0: not known */
    bool loop;
    const struct sw_action *ended; /* done at the end of what does not loop */
    size_t ended_count;
    struct sw_box *controls; /* hidden while nobody wants them; NULL: none */
    const struct sw_box *track; /* what a finger moves it along, in `controls`; NULL: none */
    double track_start, track_end; /* design units across the canvas; start > end in right-to-left sessions */
};

/* Where it is now. */
struct sw_playback {
    uint64_t identity; /* of the box */
    uint64_t key;      /* of its cue (view/asset.h) */
    bool running;      /* of its cue, as these: */
    int64_t position;
    sw_tick tick;
    double volume;
    int64_t shown;     /* what its controls say, within one round: where a finger moves it to, before its picture is there */
    bool held;         /* a finger is on its track */
    bool plays;        /* else somebody has paused it, or it has ended */
    bool ended;
    double presence;   /* of its controls, 0..1 */
    /* told by its element: */
    bool there;       /* there is something to see of it, so that it may begin */
    uint64_t picture; /* which one: its serial (base/bitmap.h); 0: none */
};

#endif
