/* SPDX-License-Identifier: EUPL-1.2 */
/* The sound of a wall: clips are put in as they are decoded, and heard when they are due. The device is opened when something is to be
 * heard, on a thread ("sound") that may wait for its driver, and closed again after SW_SOUND_PATIENCE of silence; where it is not there, is
 * lost or hangs, all goes on without sound, and it is tried again. Nothing here ever waits for a device but that thread. */
#ifndef SW_SOUND_SOUND_H
#define SW_SOUND_SOUND_H

#include "sound/mixer.h"

#define SW_SOUND_PATIENCE (30 * SW_SECOND) /* of silence */
#define SW_SOUND_TEXT_MAX 160
#define SW_SOUND_RETRY (1 * SW_SECOND) /* after the first failure; doubled with each further one up to */
#define SW_SOUND_RETRY_MAX SW_MINUTE

enum sw_sound_state {
    SW_SOUND_CLOSED,  /* nothing is to be heard */
    SW_SOUND_OPENING, /* its driver is waited for */
    SW_SOUND_OPEN,
    SW_SOUND_ABSENT,  /* it does not open, or was lost; it is tried again */
};

struct sw_sound_status {
    enum sw_sound_state state;
    char device[SW_SOUND_TEXT_MAX]; /* OPEN: its name; ABSENT: why; else "" */
    int64_t latency;                 /* OPEN: of the device as far as it is known, microseconds */
    uint64_t opened, lost;           /* times so far */
};

struct sw_sound;

/* `now`: the clock that clips' ticks are of; any thread. `patience`: after so much silence the device is closed (SW_SOUND_PATIENCE). The
 * thread starts with the first clip; where it cannot (logged), there is no sound. */
struct sw_sound *sw_sound_create(sw_tick (*now)(void), int64_t patience) SW_MUST;
/* Waits at most two seconds for a driver; one that hangs keeps its thread, to the end of the process. Accepts NULL. */
void sw_sound_destroy(struct sw_sound *sound);

/* Any thread; all accept NULL. As those of the mixer (sound/mixer.h). */
void sw_sound_begin(struct sw_sound *sound, uint64_t key);
void sw_sound_put(struct sw_sound *sound, uint64_t key, int64_t position, sw_tick due, const int16_t *samples, size_t frames);
void sw_sound_flush(struct sw_sound *sound, uint64_t key);
void sw_sound_volume(struct sw_sound *sound, uint64_t key, double volume);
void sw_sound_end(struct sw_sound *sound, uint64_t key);
void sw_sound_hush(struct sw_sound *sound, bool hushed);
/* Opens the device though nothing is to be heard, to see whether it can be. */
void sw_sound_try(struct sw_sound *sound);
struct sw_sound_status sw_sound_status(struct sw_sound *sound);
struct sw_mixer_counts sw_sound_counts(struct sw_sound *sound);

#endif
