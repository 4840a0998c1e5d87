/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video/hear.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/thread.h"
#include "worker/video_protocol.h"

#define ROUNDS_MAX 64 /* that pictures may be ahead of sound */
#define BACK_US ((int64_t)200000) /* timestamps that go back by more begin another round */

struct sw_hear {
    struct sw_hear_settings settings; /* constant after create */
    libvlc_media_t *media;
    libvlc_media_player_t *player;
    /* libvlc's threads only */
    int64_t at;     /* in the file */
    void *bytes;    /* of the block at hand */
    size_t size;
    bool begun;
    int64_t first, last; /* timestamps: of this round's first sample, behind the last */
    int64_t round;       /* time at which it began, */
    int64_t number;      /* and which it is, from 0 on */
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_condition condition;
    int64_t until;
    int64_t rounds, begins[ROUNDS_MAX]; /* that have begun, and when the last of them did */
    bool stopping;
};

/* -- reading -- */

static int open_media(void *opaque, void **data, uint64_t *size)
{
    struct sw_hear *hear = opaque;
    *data = hear;
    *size = (uint64_t)hear->settings.source->size;
    hear->at = 0;
    return 0;
}

static ssize_t read_media(void *opaque, unsigned char *bytes, size_t length)
{
    struct sw_hear *hear = opaque;
    sw_mutex_lock(&hear->lock);
    bool stopping = hear->stopping; /* what has been read is still decoded */
    sw_mutex_unlock(&hear->lock);
    int64_t got = stopping ? 0 : sw_source_read(hear->settings.source, hear->at, bytes, length);
    hear->at += got > 0 ? got : 0;
    return (ssize_t)got;
}

static int seek_media(void *opaque, uint64_t at)
{
    struct sw_hear *hear = opaque;
    if (at > (uint64_t)hear->settings.source->size)
        return -1;
    hear->at = (int64_t)at;
    return 0;
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

SW_PRINTF(2, 3) static void add_option(struct sw_hear *hear, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    libvlc_media_add_option(hear->media, text);
}

static bool start(struct sw_hear *hear)
{
    const struct sw_hear_settings *settings = &hear->settings;
    hear->media = libvlc_media_new_callbacks(settings->vlc, open_media, read_media, seek_media, NULL, hear);
    if (hear->media == NULL)
        return false;
    add_option(hear, ":demux=%s", settings->track->container == SW_CONTAINER_MP4 ? "mp4" : "mkv");
    add_option(hear, ":no-video");
    add_option(hear, ":no-spu");
    add_option(hear,
               ":sout=#transcode{vcodec=none,scodec=none,acodec=s16l,samplerate=%d,channels=2}:smem{audio-prerender-callback=%" PRIdPTR
               ",audio-postrender-callback=%" PRIdPTR ",audio-data=%" PRIdPTR ",no-time-sync}",
               SW_VIDEO_SOUND_RATE, (intptr_t)lend_bytes, (intptr_t)take_samples, (intptr_t)hear);
    if (settings->loop)
        add_option(hear, ":input-repeat=65535");
    hear->player = libvlc_media_player_new_from_media(hear->media);
    return hear->player != NULL && libvlc_media_player_play(hear->player) == 0;
}

struct sw_hear *sw_hear_create(const struct sw_hear_settings *settings)
{
    struct sw_hear *hear = sw_alloc(sizeof *hear);
    hear->settings = *settings;
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
    if (hear->media != NULL)
        libvlc_media_release(hear->media);
    sw_condition_finish(&hear->condition);
    sw_mutex_finish(&hear->lock);
    free(hear->bytes);
    free(hear);
}
