/* SPDX-License-Identifier: EUPL-1.2 */
/* One run of libvlc through a file: from a place on to its end, or round and round. It decodes as fast as there are slots to put
 * pictures into: it is told to play several times faster than time goes (SW_RUN_RATE), late pictures are not dropped, and where there is
 * no slot its thread waits in the callback that asks for one. So no picture is lost, and each one is the next.
 *
 * Which picture it is, and its time, comes by way of watch.h.
 *
 * Created, stopped and destroyed by the main thread; `show` is called by libvlc's. No function of libvlc is called from its callbacks. */
#ifndef SW_WORKER_VIDEO_RUN_H
#define SW_WORKER_VIDEO_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include <vlc/vlc.h>

#include "base/must.h"
#include "worker/video/slots.h"
#include "worker/video/source.h"
#include "worker/video/track.h"

/* What a picture is for: it keeps the slot (and frees it some day), or not. */
enum sw_run_use { SW_RUN_KEEP, SW_RUN_DROP };

struct sw_run_picture {
    int64_t time, end; /* it is on from here to there: sw_times_next */
    int64_t round;     /* when its round of a loop began */
    unsigned slot;
    enum sw_colours colours;
};

struct sw_run_settings {
    libvlc_instance_t *vlc;
    const struct sw_source *source; /* stays as long as the run */
    const struct sw_track *track;   /* only looked at in create */
    struct sw_slots *slots;
    int64_t from; /* microseconds of the file: pictures begin with one that decoding can begin with, there or before */
    bool loop;    /* the whole file, round and round; `from` 0 */
    int wake;     /* a byte is written there when it is ending, or has failed */
    /* The next picture. */
    enum sw_run_use (*show)(void *context, const struct sw_run_picture *picture);
    /* Pictures will be of this size: before the first is shown. */
    void (*size)(void *context, int32_t width, int32_t height);
    void *context;
};

enum sw_run_state { SW_RUN_GOING, SW_RUN_ENDING, SW_RUN_ENDED, SW_RUN_FAILED };

struct sw_run;

/* NULL: libvlc refuses. */
struct sw_run *sw_run_create(const struct sw_run_settings *settings) SW_MUST;
/* ENDING: the file has ended, the last picture may still be on its way; ENDED: all have been shown. */
enum sw_run_state sw_run_state(struct sw_run *run);
/* Whoever waits for a slot is let go (the slots are closed, and stay so). May hang, as libvlc may. Accepts NULL. */
void sw_run_destroy(struct sw_run *run);

/* libvlc as all runs share it; NULL: it cannot be had. */
libvlc_instance_t *sw_run_begin(void) SW_MUST;

#endif
