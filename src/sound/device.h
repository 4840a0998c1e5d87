/* SPDX-License-Identifier: EUPL-1.2 */
/* The sound device, by SDL: opened, asked how it is, closed; each may take as long as a driver likes, or for ever. One thread; SDL asks for
 * samples on another of its own. */
#ifndef SW_SOUND_DEVICE_H
#define SW_SOUND_DEVICE_H

#include <SDL.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/must.h"
#include "sound/playout.h"
#include "sound/sound.h"

#define SW_DEVICE_FRAMES (SW_SOUND_RATE / 50) /* a buffer: 20 ms */

struct sw_device {
    /* constant while it is open */
    SDL_AudioDeviceID id; /* 0: closed */
    struct sw_mixer *mixer;
    sw_tick (*now)(void);
    int64_t latency;      /* microseconds */
    char name[SW_SOUND_TEXT_MAX]; /* "pulseaudio: Built-in Audio" */
    /* SDL's thread only, while it is open */
    struct sw_playout playout;
    /* any thread */
    _Atomic(int64_t) asked;  /* when it asked last */
    _Atomic(int64_t) sounded; /* when it was last given more than silence */
};

/* Opens the system's own device, which then takes out of `mixer`. False: `fault` (SW_SOUND_TEXT_MAX) says why. */
bool sw_device_open(struct sw_device *device, struct sw_mixer *mixer, sw_tick (*now)(void), char *fault) SW_MUST;
/* It is still there, and asks. */
bool sw_device_lives(struct sw_device *device);
void sw_device_close(struct sw_device *device); /* accepts a zeroed one */
/* At the end of the thread: SDL keeps a few bytes for each that it has seen. */
void sw_device_leave(void);

#endif
