/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/sink.h"

static void begin(void *context, uint64_t key) { sw_sound_begin(context, key); }

static void put(void *context, uint64_t key, int64_t position, sw_tick due, const int16_t *samples, size_t frames)
{
    sw_sound_put(context, key, position, due, samples, frames);
}

static void flush(void *context, uint64_t key) { sw_sound_flush(context, key); }

static void volume(void *context, uint64_t key, double value) { sw_sound_volume(context, key, value); }

static void end(void *context, uint64_t key) { sw_sound_end(context, key); }

struct sw_sound_sink sw_sink_to(struct sw_sound *sound)
{
    return (struct sw_sound_sink){.open = begin, .put = put, .flush = flush, .volume = volume, .close = end, .context = sound};
}
