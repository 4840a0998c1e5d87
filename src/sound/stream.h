/* SPDX-License-Identifier: EUPL-1.2 */
/* One clip's sound as it is mixed: every frame at the tick at which it is due, whatever clock the device has. What is late is dropped, what
 * is missing is silence. A clip that lags or leads by a few milliseconds is brought back by playing it at most 0.5 % faster or slower; by
 * more, anew from where it should be. Nothing begins, ends, jumps or changes its volume within less than SW_STREAM_RAMP, so that nothing
 * clicks. One thread, but for the ring's other end. */
#ifndef SW_SOUND_STREAM_H
#define SW_SOUND_STREAM_H

#include "sound/ring.h"

#define SW_STREAM_RAMP (SW_SOUND_RATE / 50)          /* frames: 20 ms */
#define SW_STREAM_JUMP (SW_SOUND_RATE * 30 / 1000)   /* frames off, for some time: it begins anew where it should be */
#define SW_STREAM_LEAP (SW_SOUND_RATE / 10)          /* frames off: at once */
#define SW_STREAM_DRIFT (SW_SOUND_RATE * 5 / 1000)   /* frames off: brought back */
#define SW_STREAM_CHUNK (SW_SOUND_RATE * 5 / 1000)   /* frames between two looks */
#define SW_STREAM_RATE_MAX 0.005
#define SW_STREAM_AHEAD_MAX (10 * SW_SECOND)         /* what is due later than this is nonsense */

struct sw_stream {
    struct sw_ring ring;
    int64_t cursor;      /* the frame that comes next */
    int64_t began;       /* the frame that it began with */
    double fraction;     /* of a frame, beyond it */
    double lag;          /* frames that it is behind, smoothed; negative: ahead */
    double step;         /* frames of the clip a frame heard; 1, but while it is brought back */
    bool sounding;
    bool settling;       /* it is where it should be: `step` ends with the next whole frame */
    float level, fade;   /* the volume on its way to what is wanted; 0..1 since it began */
    float last[SW_SOUND_CHANNELS]; /* what was heard last */
    float tail[SW_SOUND_CHANNELS]; /* what was heard when it broke off, */
    int tail_left;                 /* which goes on falling for so many frames */
    uint64_t late, jumps; /* frames dropped; times that it began anew */
};

/* Nothing has been heard yet. */
void sw_stream_begin(struct sw_stream *stream);
/* Adds its next `frames` (at most SW_STREAM_CHUNK pairs; full scale is 1) to `out`, the first of which is heard at `tick`. `volume`: what
 * is wanted, 0..1. */
void sw_stream_mix(struct sw_stream *stream, float *out, size_t frames, sw_tick tick, float volume);
/* What should have been heard before `tick` is forgotten: nobody listens. */
void sw_stream_skip(struct sw_stream *stream, sw_tick tick);
/* Nothing of it is heard any more, and nothing waits. */
bool sw_stream_is_over(struct sw_stream *stream);

#endif
