/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video/hear.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/thread.h"
#include "worker/video/medium.h"
#include "worker/video_protocol.h"

#define ROUNDS_MAX 64 /* that pictures may be ahead of sound */
#define BACK_US ((int64_t)200000) /* timestamps that go back by more begin another round */

struct sw_hear {
    struct sw_hear_settings settings; /* constant after create */
    struct sw_medium medium;
    libvlc_media_player_t *player;
    /* libvlc's threads only */
    void *bytes;    /* of the block at hand */
    size_t size;
    bool begun;
    int64_t first, last; /* timestamps: of this round's first sample, behind the last */
    int64_t round;       /* time at which it began, */
    int64_t number;      /* and which it is, from 0 on */
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_condition condition;
    int64_t until, next; /* what may be put; what comes next */
    int64_t rounds, begins[ROUNDS_MAX]; /* that have begun, and when the last of them did */
    bool stopping;
};

/* -- reading -- */

/* What has been read when it is to stop is still decoded. */
static bool may_read(void *context)
{
    struct sw_hear *hear = context;
    sw_mutex_lock(&hear->lock);
    bool stopping = hear->stopping;
    sw_mutex_unlock(&hear->lock);
    return !stopping;
}

/* -- samples -- */

static void lend_bytes(void *opaque, uint8_t **bytes, size_t size)
{
    struct sw_hear *hear = opaque;
    if (size > hear->size) {
        free(hear->bytes);
        hear->bytes = sw_alloc(size);
        hear->size = size;
    }
    *bytes = hear->bytes;
}

/* The time at which the next round begins, once there is a picture of it. */
static void begin_round(struct sw_hear *hear, int64_t timestamp)
{
    hear->first = timestamp;
    if (hear->begun)
        hear->number++;
    hear->begun = true;
    sw_mutex_lock(&hear->lock);
    while (!hear->stopping && hear->number >= hear->rounds)
        sw_condition_wait(&hear->condition, &hear->lock);
    hear->round = hear->begins[hear->number % ROUNDS_MAX];
    sw_mutex_unlock(&hear->lock);
}

/* Where in time a block is whose first sample has this timestamp. */
static int64_t time_of(struct sw_hear *hear, int64_t timestamp)
{
    if (!hear->begun || (hear->settings.loop && timestamp < hear->last - BACK_US))
        begin_round(hear, timestamp);
    return hear->round + timestamp - hear->first;
}

/* Until it may be put; false: nobody wants it any more. */
static bool wait_for(struct sw_hear *hear, int64_t time)
{
    sw_mutex_lock(&hear->lock);
    hear->next = time;
    while (!hear->stopping && time >= hear->until)
        sw_condition_wait(&hear->condition, &hear->lock);
    bool wanted = !hear->stopping;
    sw_mutex_unlock(&hear->lock);
    return wanted;
}

static void take_samples(void *opaque, uint8_t *bytes, unsigned channels, unsigned rate, unsigned count, unsigned bits, size_t size,
                         int64_t timestamp)
{
    struct sw_hear *hear = opaque;
    const int16_t *samples = (const int16_t *)(const void *)bytes;
    int64_t time = time_of(hear, timestamp);
    hear->last = timestamp + (int64_t)count * SW_SECOND / SW_VIDEO_SOUND_RATE;
    if (channels != 2 || rate != SW_VIDEO_SOUND_RATE || bits != 16 || (size_t)count * 4 > size)
        return; /* it was told otherwise */
    for (unsigned done = 0; done < count;) {
        unsigned frames = count - done < SW_VIDEO_SOUND_FRAMES_MAX ? count - done : SW_VIDEO_SOUND_FRAMES_MAX;
        int64_t at = time + (int64_t)done * SW_SECOND / SW_VIDEO_SOUND_RATE;
        if (!wait_for(hear, at))
            return;
        if (at >= 0)
            hear->settings.put(hear->settings.context, at, samples + (size_t)done * 2, frames);
        done += frames;
    }
}

/* -- the main thread -- */

static bool start(struct sw_hear *hear)
{
    const struct sw_hear_settings *settings = &hear->settings;
    if (!sw_medium_init(&hear->medium, settings->vlc, settings->source, settings->track))
        return false;
    sw_medium_option(&hear->medium, ":no-video");
    sw_medium_option(&hear->medium,
               ":sout=#transcode{vcodec=none,scodec=none,acodec=s16l,samplerate=%d,channels=2}:smem{audio-prerender-callback=%" PRIdPTR
               ",audio-postrender-callback=%" PRIdPTR ",audio-data=%" PRIdPTR ",no-time-sync}",
               SW_VIDEO_SOUND_RATE, (intptr_t)lend_bytes, (intptr_t)take_samples, (intptr_t)hear);
    if (settings->loop)
        sw_medium_option(&hear->medium, ":input-repeat=65535");
    hear->player = libvlc_media_player_new_from_media(hear->medium.media);
    return hear->player != NULL && libvlc_media_player_play(hear->player) == 0;
}

struct sw_hear *sw_hear_create(const struct sw_hear_settings *settings)
{
    struct sw_hear *hear = sw_alloc(sizeof *hear);
    hear->settings = *settings;
    hear->medium.may_read = may_read;
    hear->medium.context = hear;
    hear->rounds = 1; /* the first begins at 0 */
    sw_mutex_init(&hear->lock);
    sw_condition_init(&hear->condition);
    if (start(hear))
        return hear;
    sw_hear_destroy(hear);
    return NULL;
}

void sw_hear_allow(struct sw_hear *hear, int64_t until, int64_t round)
{
    if (hear == NULL)
        return;
    sw_mutex_lock(&hear->lock);
    hear->until = until > hear->until ? until : hear->until;
    if (round > hear->begins[(hear->rounds - 1) % ROUNDS_MAX])
        hear->begins[hear->rounds++ % ROUNDS_MAX] = round;
    sw_condition_broadcast(&hear->condition);
    sw_mutex_unlock(&hear->lock);
}

bool sw_hear_has(struct sw_hear *hear, int64_t time)
{
    if (hear == NULL)
        return true;
    sw_mutex_lock(&hear->lock);
    bool there = hear->next >= time;
    sw_mutex_unlock(&hear->lock);
    libvlc_state_t state = libvlc_media_player_get_state(hear->player);
    return there || state == libvlc_Ended || state == libvlc_Error || state == libvlc_Stopped;
}

void sw_hear_destroy(struct sw_hear *hear)
{
    if (hear == NULL)
        return;
    sw_mutex_lock(&hear->lock);
    hear->stopping = true;
    sw_condition_broadcast(&hear->condition);
    sw_mutex_unlock(&hear->lock);
    if (hear->player != NULL) {
        libvlc_media_player_stop(hear->player);
        libvlc_media_player_release(hear->player);
    }
    sw_medium_finish(&hear->medium);
    sw_condition_finish(&hear->condition);
    sw_mutex_finish(&hear->lock);
    free(hear->bytes);
    free(hear);
}
