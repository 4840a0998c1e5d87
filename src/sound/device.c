/* SPDX-License-Identifier: EUPL-1.2 */
#include "sound/device.h"

#include <stdio.h>

#define DEAD (3 * SW_SECOND) /* so long it has not asked: its driver is dead, whatever SDL says */

static void give(void *context, Uint8 *bytes, int length)
{
    struct sw_device *device = context;
    size_t frames = (size_t)length / (SW_SOUND_CHANNELS * sizeof(int16_t));
    sw_tick now = device->now(), heard = sw_playout_step(&device->playout, now, device->latency, frames);
    if (sw_mixer_fill(device->mixer, (int16_t *)(void *)bytes, frames, heard))
        atomic_store(&device->sounded, now);
    atomic_store(&device->asked, now);
}

static void name_it(struct sw_device *device)
{
    char *name = NULL;
    SDL_AudioSpec spec;
    bool known = SDL_GetDefaultAudioInfo(&name, &spec, 0) == 0 && name != NULL;
    (void)snprintf(device->name, sizeof device->name, "%s%s%s", SDL_GetCurrentAudioDriver(), known ? ": " : "", known ? name : "");
    SDL_free(name);
}

/* SDL's audio alone, past its counts of what is in use: those are the main thread's. */
bool sw_device_open(struct sw_device *device, struct sw_mixer *mixer, sw_tick (*now)(void), char *fault)
{
    const SDL_AudioSpec wanted = {.freq = SW_SOUND_RATE,
                                  .format = AUDIO_S16SYS,
                                  .channels = SW_SOUND_CHANNELS,
                                  .samples = SW_DEVICE_FRAMES,
                                  .callback = give,
                                  .userdata = device};
    SDL_AudioSpec obtained;
    *device = (struct sw_device){.mixer = mixer, .now = now};
    if (SDL_AudioInit(NULL) != 0) {
        (void)snprintf(fault, SW_SOUND_TEXT_MAX, "%s", SDL_GetError());
        return false;
    }
    device->id = SDL_OpenAudioDevice(NULL, 0, &wanted, &obtained, 0);
    if (device->id == 0) {
        (void)snprintf(fault, SW_SOUND_TEXT_MAX, "%s: %s", SDL_GetCurrentAudioDriver(), SDL_GetError());
        SDL_AudioQuit();
        return false;
    }
    name_it(device);
    device->latency = sw_playout_latency(SDL_GetCurrentAudioDriver(), obtained.samples);
    atomic_store(&device->asked, now());
    atomic_store(&device->sounded, now());
    SDL_PauseAudioDevice(device->id, 0);
    return true;
}

bool sw_device_lives(struct sw_device *device)
{
    return SDL_GetAudioDeviceStatus(device->id) == SDL_AUDIO_PLAYING && device->now() - atomic_load(&device->asked) < DEAD;
}

void sw_device_close(struct sw_device *device)
{
    if (device->id == 0)
        return;
    SDL_CloseAudioDevice(device->id);
    SDL_AudioQuit();
    device->id = 0;
}

void sw_device_leave(void) { SDL_TLSCleanup(); }
