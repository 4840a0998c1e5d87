/* SPDX-License-Identifier: EUPL-1.2 */
#include "listening.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void listening_begin(struct listening *listening)
{
    *listening = (struct listening){.mixer = sw_mixer_create(), .tick = LISTENING_START};
}

void listening_end(struct listening *listening)
{
    sw_mixer_destroy(listening->mixer);
    free(listening->heard);
}

int64_t listening_length(int64_t frames) { return frames * SW_SECOND / SW_SOUND_RATE; }

bool listening_hear(struct listening *listening, size_t frames)
{
    int16_t buffer[LISTENING_BUFFER * SW_SOUND_CHANNELS];
    bool any = false;
    listening->heard = sw_grow(listening->heard, &listening->capacity, listening->count + frames, sizeof *listening->heard);
    for (size_t done = 0; done < frames;) {
        size_t count = frames - done < LISTENING_BUFFER ? frames - done : LISTENING_BUFFER;
        memset(buffer, 0x55, sizeof buffer);
        sw_tick tick = LISTENING_START + listening_length((int64_t)listening->count);
        any = sw_mixer_fill(listening->mixer, buffer, count, tick) || any;
        for (size_t i = 0; i < count; i++) {
            listening->heard[listening->count++] = buffer[2 * i];
            listening->differs = listening->differs || buffer[2 * i] != buffer[2 * i + 1];
        }
        done += count;
    }
    listening->tick = LISTENING_START + listening_length((int64_t)listening->count);
    return any;
}

int listening_step(const struct listening *listening, size_t first, size_t end)
{
    int most = 0;
    for (size_t i = first > 0 ? first : 1; i < end; i++) {
        int step = abs(listening->heard[i] - listening->heard[i - 1]);
        most = step > most ? step : most;
    }
    return most;
}

int16_t listening_wave(int64_t frame)
{
    int64_t at = frame % (2 * SW_SOUND_RATE);
    return (int16_t)((at < SW_SOUND_RATE ? at : 2 * SW_SOUND_RATE - at) / 2);
}

static bool put(struct listening *listening, uint64_t key, int64_t first, size_t frames, sw_tick due, int16_t value, bool wave)
{
    int16_t *samples = sw_alloc_array(frames, SW_SOUND_CHANNELS * sizeof *samples);
    for (size_t i = 0; i < frames; i++)
        samples[2 * i] = samples[2 * i + 1] = wave ? listening_wave(first + (int64_t)i) : value;
    bool good = sw_mixer_put(listening->mixer, key, listening_length(first), due, samples, frames);
    free(samples);
    return good;
}

bool listening_put_flat(struct listening *listening, uint64_t key, int64_t first, size_t frames, sw_tick due, int16_t value)
{
    return put(listening, key, first, frames, due, value, false);
}

bool listening_put_wave(struct listening *listening, uint64_t key, int64_t first, size_t frames, sw_tick due)
{
    return put(listening, key, first, frames, due, 0, true);
}
