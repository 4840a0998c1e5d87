/* SPDX-License-Identifier: EUPL-1.2 */
/* The clip that is open: orders come in, words go out. Main thread, but for what libvlc's threads call back (run.h). */
#ifndef SW_WORKER_VIDEO_PLAY_H
#define SW_WORKER_VIDEO_PLAY_H

#include <stdatomic.h>

#include "worker/video/hear.h"
#include "worker/video/run.h"

struct sw_play {
    /* constant after init */
    libvlc_instance_t *vlc;
    int end, wake;
    /* main thread only */
    struct sw_video_order open; /* clip 0: none */
    struct sw_source source;    /* its descriptor is the play's own */
    struct sw_track track;
    struct sw_run *run;
    struct sw_hear *hear; /* as long as the run; NULL: no sound is wanted, or there is none */
    /* constant while there is a run */
    uint32_t jump;
    int64_t begin; /* microseconds of the file: pictures that end before are not shown */
    int64_t base;  /* position at which the run's first round begins, at open.from */
    /* of the run's threads, read by the main one */
    atomic_int_least64_t number, shown_until; /* pictures since OPEN; the position at which the last one ends */
    atomic_bool over;                         /* what comes is beyond open.until */
    atomic_uint_least64_t size;               /* width << 32 | height; 0: not known yet */
    struct sw_slots slots;
    /* what STEER said: guarded by steer_lock */
    struct sw_mutex steer_lock;
    sw_tick steer_tick;
    int64_t steer_position;
    bool steer_running;
};

/* `end`: the connection; `wake`: see run.h. */
void sw_play_init(struct sw_play *play, libvlc_instance_t *vlc, int end, int wake);
void sw_play_finish(struct sw_play *play);
/* A valid order and the descriptor that came with it (taken over; -1: none). False: it is none that may come now, or the player has
 * gone. */
bool sw_play_order(struct sw_play *play, const struct sw_video_order *order, int fd) SW_MUST;
/* Looks whether the run has ended; `ending`: not quite, look again in a moment. False: the player has gone. */
bool sw_play_look(struct sw_play *play, bool *ending) SW_MUST;

#endif
