/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/soundtrack.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "worker/video_protocol.h"

#define PORTION_US (100 * SW_MS) /* handed over at once */
#define BLOCKS_MAX 192 /* what the protocol lets a worker be ahead, with blocks half as long as they may be */

struct block {
    int64_t position;
    size_t frames;
    int16_t samples[2 * SW_VIDEO_SOUND_FRAMES_MAX];
};

struct sw_soundtrack {
    const struct sw_sound_sink *sink;
    uint64_t key;
    double volume;
    bool running;
    int64_t position; /* at `tick` */
    sw_tick tick;
    size_t first, count, fed; /* of the ring: those that are kept; how many of them the sink has */
    struct block blocks[BLOCKS_MAX];
};

static struct block *block_at(struct sw_soundtrack *track, size_t index) { return &track->blocks[(track->first + index) % BLOCKS_MAX]; }

static int64_t length_of(const struct block *block) { return (int64_t)block->frames * SW_SECOND / SW_VIDEO_SOUND_RATE; }

static void drop_first(struct sw_soundtrack *track)
{
    track->first = (track->first + 1) % BLOCKS_MAX;
    track->count--;
    track->fed -= track->fed > 0;
}

struct sw_soundtrack *sw_soundtrack_create(const struct sw_sound_sink *sink, uint64_t key, double volume)
{
    struct sw_soundtrack *track = sw_alloc(sizeof *track);
    track->sink = sink;
    track->key = key;
    track->volume = volume;
    sink->open(sink->context, key);
    sink->volume(sink->context, key, volume);
    return track;
}

void sw_soundtrack_destroy(struct sw_soundtrack *track, bool ended)
{
    if (track == NULL)
        return;
    if (!ended)
        track->sink->flush(track->sink->context, track->key);
    track->sink->close(track->sink->context, track->key);
    free(track);
}

void sw_soundtrack_put(struct sw_soundtrack *track, int64_t position, const int16_t *samples, size_t frames)
{
    if (track->count == BLOCKS_MAX)
        drop_first(track);
    struct block *block = block_at(track, track->count++);
    block->position = position;
    block->frames = frames;
    memcpy(block->samples, samples, frames * 2 * sizeof *samples);
}

void sw_soundtrack_volume(struct sw_soundtrack *track, double volume)
{
    if (volume == track->volume)
        return;
    track->volume = volume;
    track->sink->volume(track->sink->context, track->key, volume);
}

static int64_t position_at(const struct sw_soundtrack *track, sw_tick now)
{
    return track->running ? track->position + (now - track->tick) : track->position;
}

/* What the sink has of a clip that is paused, or goes on otherwise, is had again when it goes on. */
void sw_soundtrack_steer(struct sw_soundtrack *track, sw_tick tick, int64_t position, bool running)
{
    if (running == track->running && position == position_at(track, tick))
        return;
    track->tick = tick;
    track->position = position;
    track->running = running;
    if (track->fed > 0)
        track->sink->flush(track->sink->context, track->key);
    track->fed = 0;
}

void sw_soundtrack_clear(struct sw_soundtrack *track)
{
    track->sink->flush(track->sink->context, track->key);
    track->first = track->count = track->fed = 0;
}

sw_tick sw_soundtrack_feed(struct sw_soundtrack *track, sw_tick now)
{
    int64_t at = position_at(track, now);
    while (track->count > 0 && block_at(track, 0)->position + length_of(block_at(track, 0)) <= at)
        drop_first(track);
    if (!track->running)
        return SW_NEVER;
    for (; track->fed < track->count; track->fed++) {
        const struct block *block = block_at(track, track->fed);
        sw_tick due = now + (block->position - at);
        if (due > now + SW_SOUNDTRACK_AHEAD_US)
            return due > now + SW_SOUNDTRACK_AHEAD_US + PORTION_US ? due - SW_SOUNDTRACK_AHEAD_US : now + PORTION_US;
        track->sink->put(track->sink->context, track->key, block->position, due, block->samples, block->frames);
    }
    return SW_NEVER;
}
