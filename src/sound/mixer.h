/* SPDX-License-Identifier: EUPL-1.2 */
/* All that sounds on a wall as one stereo signal: clips come in block by block, each with the tick at which it is to be heard, and go out
 * for the tick that is asked for. A pure function of what was put in: it reads no clock and knows no device. The clips' threads put in, one
 * thread at a time takes out; neither waits for the other. */
#ifndef SW_SOUND_MIXER_H
#define SW_SOUND_MIXER_H

#include <stdatomic.h>

#include "base/must.h"
#include "base/thread.h"
#include "sound/stream.h"

#define SW_MIXER_CLIPS 16
#define SW_MIXER_HUSH SW_SECOND /* so long it takes until all is silent, or back */

struct sw_mixer;

struct sw_mixer *sw_mixer_create(void) SW_MUST;
void sw_mixer_destroy(struct sw_mixer *mixer); /* accepts NULL */

/* -- any thread -- */

/* A clip that will sound, known by `key` (not 0) from now on; its volume is 0 at first. What is left of an earlier one with this key is
 * broken off. False: there are SW_MIXER_CLIPS already. */
bool sw_mixer_open(struct sw_mixer *mixer, uint64_t key) SW_MUST;
/* `samples`: `frames` pairs at SW_SOUND_RATE, copied; `position`: of the first in the clip; one that does not follow on is a hole. False:
 * nobody knows the clip, there is no room for it, or no sense in it: it is dropped. */
bool sw_mixer_put(struct sw_mixer *mixer, uint64_t key, int64_t position, sw_tick due, const int16_t *samples, size_t frames);
/* What waits is not wanted any more: the clip stands still, or goes on elsewhere. */
void sw_mixer_flush(struct sw_mixer *mixer, uint64_t key);
/* True: it was 0, and may now be heard. */
bool sw_mixer_volume(struct sw_mixer *mixer, uint64_t key, double volume);
/* Nothing more comes; what waits is still heard. */
void sw_mixer_close(struct sw_mixer *mixer, uint64_t key);
/* Whether anything may be heard at all: it fades out, or in, within SW_MIXER_HUSH. At first it may. True: there are clips that
 * could not be heard before, and now may. */
bool sw_mixer_hush(struct sw_mixer *mixer, bool hushed);
/* Something waits that would be heard. */
bool sw_mixer_wanted(struct sw_mixer *mixer);
/* There are clips, heard or not: what they put in must be taken out. */
bool sw_mixer_busy(struct sw_mixer *mixer);

struct sw_mixer_counts {
    uint64_t late, dropped, jumps; /* frames that came too late; that found no room or made no sense; times that a clip began anew */
};
/* Of the clips that are there. */
struct sw_mixer_counts sw_mixer_counts(struct sw_mixer *mixer);

/* -- one thread at a time -- */

/* Writes `frames` pairs, the first of which is heard at `tick`. True: not all of them are silence. */
bool sw_mixer_fill(struct sw_mixer *mixer, int16_t *out, size_t frames, sw_tick tick);
/* The same for nobody: what should have been heard before `tick` is forgotten. */
void sw_mixer_skip(struct sw_mixer *mixer, sw_tick tick);

#endif
