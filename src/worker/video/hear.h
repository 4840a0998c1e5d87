/* SPDX-License-Identifier: EUPL-1.2 */
/* The sound of a clip, by a second input of libvlc beside the run of its pictures (run.h): it is transcoded to samples as fast as somebody
 * takes them, and where it is far enough ahead its thread waits in the callback. Its timestamps say how its samples follow each other; that
 * they begin with the clip is only known to 25 ms (what decoders leave out at their first frame differs). It always begins with the file:
 * where libvlc lands when it seeks it does not tell, and up to any place it decodes some eighty times faster than time goes.
 *
 * Created, allowed and destroyed by the main thread; `put` is called by libvlc's. No function of libvlc is called from its callbacks. */
#ifndef SW_WORKER_VIDEO_HEAR_H
#define SW_WORKER_VIDEO_HEAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <vlc/vlc.h>

#include "base/must.h"
#include "worker/video/source.h"
#include "worker/video/track.h"

struct sw_hear_settings {
    libvlc_instance_t *vlc;
    const struct sw_source *source; /* stays as long as this does */
    const struct sw_track *track;   /* only looked at in create */
    bool loop;
    /* Stereo, 48 kHz, at most SW_VIDEO_SOUND_FRAMES_MAX; `time`: of the first, microseconds of the file; where it loops it goes on through
     * all rounds. */
    void (*put)(void *context, int64_t time, const int16_t *samples, size_t frames);
    void *context;
};

struct sw_hear;

/* NULL: libvlc refuses; there is no sound. */
struct sw_hear *sw_hear_create(const struct sw_hear_settings *settings) SW_MUST;
/* A picture of the run has come, of a round that began at `round`: what is on before `until` may be put. How long a round is only its
 * pictures tell; sound waits for them at each seam. Any one thread; accepts NULL. */
void sw_hear_allow(struct sw_hear *hear, int64_t until, int64_t round);
/* All that is on before `time` has been put, or nothing more comes. The main thread; accepts NULL. */
bool sw_hear_has(struct sw_hear *hear, int64_t time);
/* Whoever waits is let go. May hang, as libvlc may. Accepts NULL. */
void sw_hear_destroy(struct sw_hear *hear);

#endif
