/* SPDX-License-Identifier: EUPL-1.2 */
/* What the view needs from outside to draw pictures: an interface that media/ fills in for the player, and tests with a table. Main thread.
 * Nothing here waits: what is not there yet is PENDING, and whoever fills it in wakes the loop when it has come. */
#ifndef SW_VIEW_ASSET_H
#define SW_VIEW_ASSET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "base/tick.h"

enum sw_asset_state { SW_ASSET_PENDING, SW_ASSET_READY, SW_ASSET_FAILED };

struct sw_picture_request {
    const char *path;             /* below the exhibition's root */
    int width, height;            /* pixels wanted; 1..16384 */
    float left, top, right, bottom; /* the part of the picture that fills them, as shares of it: 0, 0, 1, 1 is all */
};

struct sw_pictures {
    /* The picture's own size in pixels (SVG: in its user units, at least 1), after turning by EXIF. */
    enum sw_asset_state (*size)(void *context, const char *path, int *width, int *height);
    /* The pixels; *bitmap is borrowed and stays at least until the end of this frame (hold it to keep it). */
    enum sw_asset_state (*get)(void *context, const struct sw_picture_request *request, struct sw_bitmap **bitmap);
    void *context;
};

/* What is known of a clip before it plays. */
struct sw_clip {
    int width, height; /* pixels as shown: turned as the file says, square */
    int64_t length;    /* microseconds; 0: not known */
    bool sounds;       /* it has a sound track */
};

/* One clip in one place of one show, asked for with every drawing: by `key` it is known to be the same one. Positions are microseconds of
 * the clip counted from `from`; where it loops they count on through all rounds. */
struct sw_cue {
    uint64_t key;        /* of show and box; never 0 */
    const char *path;    /* below the exhibition's root */
    int64_t from, until; /* the part of the clip that plays; `until` 0: to its end */
    bool loop;
    double volume;       /* 0..1; 0: no sound is decoded */
    bool running;        /* else it stands at `position`: being made ready, or paused */
    int64_t position;    /* at `tick` */
    sw_tick tick;
};

struct sw_frame {
    struct sw_bitmap *bitmap; /* READY: borrowed until the end of this frame (hold it to keep it); I420 */
    sw_tick next;             /* when another picture is due; SW_NEVER: not known, the loop is woken by what comes */
};

struct sw_videos {
    enum sw_asset_state (*clip)(void *context, const char *path, struct sw_clip *clip);
    /* The picture that is due at cue->tick. PENDING: none yet (the first picture of a clip is made ready as soon as it is asked for);
     * FAILED: for now there is none, show something else and ask again: it may come back. */
    enum sw_asset_state (*frame)(void *context, const struct sw_cue *cue, struct sw_frame *frame);
    void *context;
    bool still; /* nothing moves, a picture is made: posters take the place of clips, where there are any */
};

#endif
