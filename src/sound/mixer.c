/* SPDX-License-Identifier: EUPL-1.2 */
#include "sound/mixer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define FULL_SCALE 32768.0f
#define VOLUME_ONE 65536
#define RELEASE (1.0f / (SW_SOUND_RATE * 3 / 10)) /* a frame: what was too loud is forgotten within 0.3 s */
#define TIME_MAX ((int64_t)1 << 52)               /* microseconds: a century */

/* Who may touch a clip: whoever puts in makes a FREE one OPEN and an OPEN one ENDING, whoever takes out makes an ENDING one FREE. */
enum phase { FREE, OPEN, ENDING };

struct clip {
    _Atomic(int) phase;
    _Atomic(int) volume; /* of VOLUME_ONE */
    _Atomic(uint64_t) dropped;
    _Atomic(uint64_t) late, jumps; /* of `stream`, for those who ask */
    uint64_t key;            /* guarded by lock */
    struct sw_stream stream; /* its ring: both; all else: who takes out, but while it is FREE */
};

struct sw_mixer {
    struct sw_mutex lock; /* among those who put in; who takes out never holds it */
    struct clip clips[SW_MIXER_CLIPS];
    _Atomic(bool) hushed;
    /* who takes out only */
    float loudness; /* 1; hushed: 0 */
    float squeeze;  /* 1; less after something that was too loud */
};

struct sw_mixer *sw_mixer_create(void)
{
    struct sw_mixer *mixer = sw_alloc(sizeof *mixer);
    sw_mutex_init(&mixer->lock);
    mixer->loudness = mixer->squeeze = 1;
    return mixer;
}

void sw_mixer_destroy(struct sw_mixer *mixer)
{
    if (mixer == NULL)
        return;
    for (size_t i = 0; i < SW_MIXER_CLIPS; i++)
        sw_ring_finish(&mixer->clips[i].stream.ring);
    sw_mutex_finish(&mixer->lock);
    free(mixer);
}

/* -- putting in -- */

static struct clip *find(struct sw_mixer *mixer, uint64_t key)
{
    for (size_t i = 0; i < SW_MIXER_CLIPS; i++)
        if (mixer->clips[i].key == key && atomic_load(&mixer->clips[i].phase) == OPEN)
            return &mixer->clips[i];
    return NULL;
}

static void end(struct clip *clip)
{
    if (clip != NULL)
        atomic_store(&clip->phase, ENDING);
}

bool sw_mixer_open(struct sw_mixer *mixer, uint64_t key)
{
    struct clip *clip = NULL;
    sw_mutex_lock(&mixer->lock);
    struct clip *before = find(mixer, key);
    if (before != NULL)
        sw_ring_flush(&before->stream.ring);
    end(before);
    for (size_t i = 0; i < SW_MIXER_CLIPS && clip == NULL; i++)
        if (atomic_load(&mixer->clips[i].phase) == FREE)
            clip = &mixer->clips[i];
    if (clip != NULL) {
        clip->key = key;
        sw_stream_begin(&clip->stream);
        atomic_store(&clip->volume, 0);
        atomic_store(&clip->dropped, 0);
        atomic_store(&clip->phase, OPEN);
    }
    sw_mutex_unlock(&mixer->lock);
    return clip != NULL;
}

bool sw_mixer_put(struct sw_mixer *mixer, uint64_t key, int64_t position, sw_tick due, const int16_t *samples, size_t frames)
{
    bool sense = position >= 0 && position < TIME_MAX && due >= 0 && due < TIME_MAX && frames <= SW_RING_FRAMES;
    sw_mutex_lock(&mixer->lock);
    struct clip *clip = find(mixer, key);
    bool good = clip != NULL && sense && sw_ring_put(&clip->stream.ring, position, due, samples, frames);
    if (clip != NULL && !good)
        atomic_fetch_add(&clip->dropped, frames);
    sw_mutex_unlock(&mixer->lock);
    return good;
}

void sw_mixer_flush(struct sw_mixer *mixer, uint64_t key)
{
    sw_mutex_lock(&mixer->lock);
    struct clip *clip = find(mixer, key);
    if (clip != NULL)
        sw_ring_flush(&clip->stream.ring);
    sw_mutex_unlock(&mixer->lock);
}

bool sw_mixer_volume(struct sw_mixer *mixer, uint64_t key, double volume)
{
    int wanted = (int)(fmax(0, fmin(1, volume)) * VOLUME_ONE);
    sw_mutex_lock(&mixer->lock);
    struct clip *clip = find(mixer, key);
    bool first = clip != NULL && atomic_exchange(&clip->volume, wanted) == 0 && wanted > 0;
    sw_mutex_unlock(&mixer->lock);
    return first && !atomic_load(&mixer->hushed);
}

void sw_mixer_close(struct sw_mixer *mixer, uint64_t key)
{
    sw_mutex_lock(&mixer->lock);
    end(find(mixer, key));
    sw_mutex_unlock(&mixer->lock);
}

bool sw_mixer_hush(struct sw_mixer *mixer, bool hushed)
{
    bool loud = false;
    if (!atomic_exchange(&mixer->hushed, hushed) || hushed)
        return false;
    for (size_t i = 0; i < SW_MIXER_CLIPS; i++)
        loud = loud || (atomic_load(&mixer->clips[i].phase) == OPEN && atomic_load(&mixer->clips[i].volume) > 0);
    return loud;
}

bool sw_mixer_wanted(struct sw_mixer *mixer)
{
    bool wanted = false;
    for (size_t i = 0; i < SW_MIXER_CLIPS && !atomic_load(&mixer->hushed); i++) {
        struct clip *clip = &mixer->clips[i];
        bool there = atomic_load(&clip->phase) != FREE && atomic_load(&clip->volume) > 0;
        wanted = wanted || (there && sw_ring_waiting(&clip->stream.ring) > 0);
    }
    return wanted;
}

bool sw_mixer_busy(struct sw_mixer *mixer)
{
    bool busy = false;
    for (size_t i = 0; i < SW_MIXER_CLIPS; i++)
        busy = busy || atomic_load(&mixer->clips[i].phase) != FREE;
    return busy;
}

struct sw_mixer_counts sw_mixer_counts(struct sw_mixer *mixer)
{
    struct sw_mixer_counts counts = {.late = 0};
    for (size_t i = 0; i < SW_MIXER_CLIPS; i++) {
        struct clip *clip = &mixer->clips[i];
        if (atomic_load(&clip->phase) == FREE)
            continue;
        counts.late += atomic_load(&clip->late);
        counts.jumps += atomic_load(&clip->jumps);
        counts.dropped += atomic_load(&clip->dropped);
    }
    return counts;
}

/* -- taking out -- */

/* What has ended and is not heard any more makes room. */
static void let_go(struct clip *clip)
{
    atomic_store(&clip->late, clip->stream.late);
    atomic_store(&clip->jumps, clip->stream.jumps);
    if (atomic_load(&clip->phase) == ENDING && sw_stream_is_over(&clip->stream))
        atomic_store(&clip->phase, FREE);
}

static int16_t to_sample(float value)
{
    long sample = lrintf(value * FULL_SCALE);
    return (int16_t)(sample > INT16_MAX ? INT16_MAX : sample < INT16_MIN ? INT16_MIN : sample);
}

/* Louder than full scale: the whole is made softer at once, and comes back slowly. */
static bool put_out(struct sw_mixer *mixer, int16_t *out, const float *mix, size_t frames)
{
    const float slope = (float)SW_SECOND / (float)(SW_MIXER_HUSH * SW_SOUND_RATE);
    const float wanted = atomic_load(&mixer->hushed) ? 0 : 1;
    bool any = false;
    for (size_t i = 0; i < frames; i++) {
        mixer->loudness += fmaxf(-slope, fminf(slope, wanted - mixer->loudness));
        float left = mix[2 * i] * mixer->loudness, right = mix[2 * i + 1] * mixer->loudness;
        float peak = fmaxf(fabsf(left), fabsf(right));
        mixer->squeeze = fminf(1, mixer->squeeze + RELEASE);
        mixer->squeeze = peak * mixer->squeeze > 1 ? 1 / peak : mixer->squeeze;
        out[2 * i] = to_sample(left * mixer->squeeze);
        out[2 * i + 1] = to_sample(right * mixer->squeeze);
        any = any || out[2 * i] != 0 || out[2 * i + 1] != 0;
    }
    return any;
}

bool sw_mixer_fill(struct sw_mixer *mixer, int16_t *out, size_t frames, sw_tick tick)
{
    bool any = false;
    for (size_t done = 0; done < frames; done += SW_STREAM_CHUNK) {
        float mix[SW_STREAM_CHUNK * SW_SOUND_CHANNELS];
        size_t count = frames - done < SW_STREAM_CHUNK ? frames - done : SW_STREAM_CHUNK;
        memset(mix, 0, sizeof mix);
        for (size_t i = 0; i < SW_MIXER_CLIPS; i++) {
            struct clip *clip = &mixer->clips[i];
            float volume = (float)atomic_load(&clip->volume) / VOLUME_ONE;
            if (atomic_load(&clip->phase) == FREE)
                continue;
            sw_stream_mix(&clip->stream, mix, count, tick + (int64_t)done * SW_SECOND / SW_SOUND_RATE, volume);
            let_go(clip);
        }
        any = put_out(mixer, out + done * SW_SOUND_CHANNELS, mix, count) || any;
    }
    return any;
}

void sw_mixer_skip(struct sw_mixer *mixer, sw_tick tick)
{
    mixer->loudness = atomic_load(&mixer->hushed) ? 0 : 1;
    for (size_t i = 0; i < SW_MIXER_CLIPS; i++) {
        struct clip *clip = &mixer->clips[i];
        if (atomic_load(&clip->phase) == FREE)
            continue;
        sw_stream_skip(&clip->stream, tick);
        let_go(clip);
    }
}
