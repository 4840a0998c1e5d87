/* SPDX-License-Identifier: EUPL-1.2 */
#include "sound/sound.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/memory.h"
#include "sound/device.h"

#define LOOK (250 * SW_MS)            /* between two looks at a device, or at clips that nobody hears */
#define END_PATIENCE (2 * SW_SECOND)

struct sw_sound {
    /* constant after init */
    sw_tick (*now)(void);
    int64_t patience;
    struct sw_mixer *mixer;
    struct sw_thread thread;
    /* the thread only */
    struct sw_device device;
    sw_tick next_try;
    int64_t pause; /* before the next try after that; 0: it opened last time */
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_condition condition;
    bool started, stop, ended; /* the thread */
    bool abandoned;            /* nobody waits for it any more: it clears up itself */
    bool look;   /* something has come */
    bool soon;   /* something is about to be heard */
    bool forced; /* the device is wanted all the same */
    struct sw_sound_status status;
};

static void note(struct sw_sound *sound, enum sw_sound_state state, const char *device)
{
    sw_mutex_lock(&sound->lock);
    sound->status.state = state;
    (void)snprintf(sound->status.device, sizeof sound->status.device, "%s", device);
    sound->status.latency = state == SW_SOUND_OPEN ? sound->device.latency : 0;
    sound->status.opened += state == SW_SOUND_OPEN ? 1 : 0;
    sw_mutex_unlock(&sound->lock);
}

/* -- the device -- */

static void try_later(struct sw_sound *sound)
{
    sound->pause = sound->pause == 0 ? SW_SOUND_RETRY : 2 * sound->pause;
    sound->pause = sound->pause < SW_SOUND_RETRY_MAX ? sound->pause : SW_SOUND_RETRY_MAX;
    sound->next_try = sound->now() + sound->pause;
}

static void open_device(struct sw_sound *sound)
{
    char fault[SW_SOUND_TEXT_MAX];
    note(sound, SW_SOUND_OPENING, "");
    if (sw_device_open(&sound->device, sound->mixer, sound->now, fault)) {
        sw_log(SW_LOG_NOTICE, "sound", "heard by %s", sound->device.name);
        sound->pause = 0;
        note(sound, SW_SOUND_OPEN, sound->device.name);
        return;
    }
    if (sound->pause == 0)
        sw_log(SW_LOG_WARNING, "sound", "no sound device (%s): the wall plays on silently", fault);
    try_later(sound);
    note(sound, SW_SOUND_ABSENT, fault);
}

static void look_at_device(struct sw_sound *sound)
{
    if (!sw_device_lives(&sound->device)) {
        sw_log(SW_LOG_WARNING, "sound", "%s is gone: the wall plays on silently", sound->device.name);
        note(sound, SW_SOUND_ABSENT, "the device is gone");
        sw_mutex_lock(&sound->lock);
        sound->status.lost++;
        sw_mutex_unlock(&sound->lock);
        sw_device_close(&sound->device);
        try_later(sound);
    } else if (sound->now() - atomic_load(&sound->device.sounded) >= sound->patience) {
        sw_device_close(&sound->device);
        note(sound, SW_SOUND_CLOSED, "");
    }
}

/* -- the thread -- */

static void finish(struct sw_sound *sound)
{
    sw_condition_finish(&sound->condition);
    sw_mutex_finish(&sound->lock);
    sw_mixer_destroy(sound->mixer);
    free(sound);
}

/* Until something has come, or a while where something is to be looked after. *forced, *soon: the device is wanted now; unless it failed
 * just before. False: stop. */
static bool rest(struct sw_sound *sound, bool *forced, bool *soon)
{
    bool watch = sound->device.id != 0 || sw_mixer_busy(sound->mixer);
    sw_tick until = watch ? sound->now() + LOOK : SW_NEVER;
    sw_mutex_lock(&sound->lock);
    while (!sound->stop && !sound->look && sw_condition_wait_until(&sound->condition, &sound->lock, until))
        continue;
    *forced = sound->forced;
    *soon = sound->soon;
    sound->look = sound->forced = sound->soon = false;
    bool go_on = !sound->stop;
    sw_mutex_unlock(&sound->lock);
    return go_on;
}

static void run(void *context)
{
    struct sw_sound *sound = context;
    for (bool forced = false, soon = false; rest(sound, &forced, &soon);) {
        if (sound->device.id != 0) {
            look_at_device(sound);
            continue;
        }
        sw_mixer_skip(sound->mixer, sound->now());
        bool wanted = soon || sw_mixer_wanted(sound->mixer);
        if (forced || (wanted && sound->now() >= sound->next_try))
            open_device(sound);
    }
    sw_device_close(&sound->device);
    sw_device_leave();
    sw_mutex_lock(&sound->lock);
    sound->ended = true;
    bool abandoned = sound->abandoned;
    sw_condition_broadcast(&sound->condition);
    sw_mutex_unlock(&sound->lock);
    if (abandoned)
        finish(sound);
}

/* With the lock held. */
static void start(struct sw_sound *sound)
{
    sound->started = true;
    if (sw_thread_start(&sound->thread, "sound", run, sound))
        return;
    sw_log(SW_LOG_ERROR, "sound", "cannot start: there is no sound");
    sound->ended = true;
    sound->status.state = SW_SOUND_ABSENT;
    (void)snprintf(sound->status.device, sizeof sound->status.device, "there is no thread for it");
}

static void wake(struct sw_sound *sound, bool soon, bool forced)
{
    sw_mutex_lock(&sound->lock);
    if (!sound->started)
        start(sound);
    sound->look = true;
    sound->soon = sound->soon || soon;
    sound->forced = sound->forced || forced;
    sw_condition_broadcast(&sound->condition);
    sw_mutex_unlock(&sound->lock);
}

/* -- the outside -- */

struct sw_sound *sw_sound_create(sw_tick (*now)(void), int64_t patience)
{
    struct sw_sound *sound = sw_alloc(sizeof *sound);
    sound->now = now;
    sound->patience = patience;
    sound->mixer = sw_mixer_create();
    sw_mutex_init(&sound->lock);
    sw_condition_init(&sound->condition);
    return sound;
}

void sw_sound_destroy(struct sw_sound *sound)
{
    if (sound == NULL)
        return;
    sw_tick until = sound->now() + END_PATIENCE;
    sw_mutex_lock(&sound->lock);
    sound->stop = true;
    sw_condition_broadcast(&sound->condition);
    while (sound->started && !sound->ended && sw_condition_wait_until(&sound->condition, &sound->lock, until))
        continue;
    sound->abandoned = sound->started && !sound->ended;
    bool abandoned = sound->abandoned;
    pthread_t thread = sound->thread.thread;
    sw_mutex_unlock(&sound->lock);
    if (abandoned) {
        (void)pthread_detach(thread);
        sw_log(SW_LOG_WARNING, "sound", "its driver hangs, and is left alone");
        return;
    }
    sw_thread_join(&sound->thread);
    finish(sound);
}

void sw_sound_begin(struct sw_sound *sound, uint64_t key)
{
    if (sound == NULL)
        return;
    if (!sw_mixer_open(sound->mixer, key))
        sw_log(SW_LOG_WARNING, "sound", "more than %d clips at once: one is not heard", SW_MIXER_CLIPS);
    wake(sound, false, false);
}

void sw_sound_put(struct sw_sound *sound, uint64_t key, int64_t position, sw_tick due, const int16_t *samples, size_t frames)
{
    if (sound == NULL || !sw_mixer_put(sound->mixer, key, position, due, samples, frames))
        return;
    if (sw_sound_status(sound).state == SW_SOUND_CLOSED && sw_mixer_wanted(sound->mixer))
        wake(sound, false, false);
}

void sw_sound_flush(struct sw_sound *sound, uint64_t key)
{
    if (sound != NULL)
        sw_mixer_flush(sound->mixer, key);
}

/* What will be heard for the first time finds the device open. */
void sw_sound_volume(struct sw_sound *sound, uint64_t key, double volume)
{
    if (sound != NULL && sw_mixer_volume(sound->mixer, key, volume))
        wake(sound, true, false);
}

void sw_sound_end(struct sw_sound *sound, uint64_t key)
{
    if (sound != NULL)
        sw_mixer_close(sound->mixer, key);
}

void sw_sound_hush(struct sw_sound *sound, bool hushed)
{
    if (sound != NULL && sw_mixer_hush(sound->mixer, hushed))
        wake(sound, true, false);
}

void sw_sound_try(struct sw_sound *sound)
{
    if (sound != NULL)
        wake(sound, false, true);
}

struct sw_sound_status sw_sound_status(struct sw_sound *sound)
{
    struct sw_sound_status status = {.state = SW_SOUND_ABSENT};
    if (sound == NULL)
        return status;
    sw_mutex_lock(&sound->lock);
    status = sound->status;
    sw_mutex_unlock(&sound->lock);
    return status;
}

struct sw_mixer_counts sw_sound_counts(struct sw_sound *sound)
{
    return sound != NULL ? sw_mixer_counts(sound->mixer) : (struct sw_mixer_counts){.late = 0};
}
