/* SPDX-License-Identifier: EUPL-1.2 */
#include "sound/stream.h"

#include <math.h>

#define FULL_SCALE 32768.0f
#define SETTLED 24.0      /* frames off: brought back */
#define SMOOTHING 0.02    /* of what a chunk finds: blocks' ticks tremble by milliseconds */
#define AT_ONCE (SW_SOUND_RATE / 1000) /* frames late that are not worth dropping */

void sw_stream_begin(struct sw_stream *stream)
{
    sw_ring_reset(&stream->ring);
    stream->cursor = 0;
    stream->sounding = false;
    stream->level = 0;
    stream->tail_left = 0;
    stream->late = stream->jumps = 0;
}

static int64_t frames_in(int64_t duration) { return duration * SW_SOUND_RATE / SW_SECOND; }

/* How many frames the cursor is behind what is due at `tick`; negative: ahead. */
static int64_t lag_at(const struct sw_stream *stream, const struct sw_ring_block *block, sw_tick tick)
{
    const sw_tick first = tick - SW_STREAM_AHEAD_MAX, last = tick + SW_STREAM_AHEAD_MAX;
    sw_tick due = block->due < first ? first : block->due > last ? last : block->due;
    return frames_in(tick - due) - (stream->cursor - block->first);
}

/* -- a frame -- */

static void emit(struct sw_stream *stream, float *out, const float *frame, float volume)
{
    const float slope = 1.0f / SW_STREAM_RAMP;
    float fall = (float)stream->tail_left * slope;
    stream->fade = fminf(1, stream->fade + slope);
    stream->level += fmaxf(-slope, fminf(slope, volume - stream->level));
    for (int c = 0; c < SW_SOUND_CHANNELS; c++) {
        stream->last[c] = frame[c] * stream->level * stream->fade + stream->tail[c] * fall;
        out[c] += stream->last[c];
    }
    stream->tail_left -= stream->tail_left > 0 ? 1 : 0;
}

static void be_silent(struct sw_stream *stream, float *out, size_t frames, float volume)
{
    static const float nothing[SW_SOUND_CHANNELS] = {0, 0};
    if (stream->tail_left == 0)
        stream->level = volume;
    for (size_t i = 0; i < frames && stream->tail_left > 0; i++)
        emit(stream, out + i * SW_SOUND_CHANNELS, nothing, volume);
}

/* What is heard falls from where it is. */
static void break_off(struct sw_stream *stream)
{
    if (!stream->sounding)
        return;
    stream->sounding = false;
    stream->tail_left = SW_STREAM_RAMP;
    for (int c = 0; c < SW_SOUND_CHANNELS; c++)
        stream->tail[c] = stream->last[c];
}

/* -- where it is -- */

static void forget_void(struct sw_stream *stream)
{
    int64_t first = sw_ring_void_before(&stream->ring);
    if (stream->cursor >= first)
        return;
    break_off(stream);
    stream->cursor = first;
}

/* Drops what is late at `tick`. Returns the block that comes next, or NULL: none has come; *ahead: frames until it is due. */
static const struct sw_ring_block *find_next(struct sw_stream *stream, sw_tick tick, int64_t *ahead)
{
    const struct sw_ring_block *block;
    while ((block = sw_ring_block(&stream->ring, stream->cursor)) != NULL) {
        bool nonsense = block->due > tick + SW_STREAM_AHEAD_MAX;
        int64_t lag = nonsense ? block->end - stream->cursor : lag_at(stream, block, tick);
        *ahead = lag < 0 ? -lag : 0;
        if (lag < AT_ONCE)
            break;
        lag = lag < block->end - stream->cursor ? lag : block->end - stream->cursor;
        stream->cursor += lag;
        stream->late += (uint64_t)lag;
    }
    sw_ring_take(&stream->ring, stream->cursor);
    return block;
}

/* Frames of silence before the next one is due, at most `limit`; 0: it begins. */
static size_t wait(struct sw_stream *stream, sw_tick tick, size_t limit)
{
    int64_t ahead = 0;
    if (find_next(stream, tick, &ahead) == NULL)
        return limit;
    if (ahead > 0)
        return ahead < (int64_t)limit ? (size_t)ahead : limit;
    stream->sounding = true;
    stream->began = stream->cursor;
    stream->settling = false;
    stream->fade = 0;
    stream->fraction = stream->lag = 0;
    stream->step = 1;
    return 0;
}

/* Whether what is heard is still what is due: brings it back, or breaks it off. */
static void keep_up(struct sw_stream *stream, sw_tick tick)
{
    const struct sw_ring_block *block = sw_ring_block(&stream->ring, stream->cursor);
    if (block == NULL)
        return;
    double lag = (double)lag_at(stream, block, tick);
    stream->lag += (lag - stream->lag) * SMOOTHING;
    if (fabs(lag) > SW_STREAM_LEAP || fabs(stream->lag) > SW_STREAM_JUMP) {
        break_off(stream);
        stream->jumps++;
        return;
    }
    bool pulled = stream->step < 1 || stream->step > 1;
    double off = fabs(stream->lag), pull = stream->lag / SW_SOUND_RATE; /* within a second */
    stream->settling = pulled && off < SETTLED;
    if (off >= SW_STREAM_DRIFT || (pulled && off >= SETTLED))
        stream->step = 1 + fmax(-SW_STREAM_RATE_MAX, fmin(SW_STREAM_RATE_MAX, pull));
}

/* -- what is heard -- */

static void advance(struct sw_stream *stream)
{
    stream->fraction += stream->step;
    int64_t whole = (int64_t)stream->fraction;
    stream->fraction -= (double)whole;
    if (stream->settling && whole != 1) { /* it has come to a whole frame: from here on each is heard as it is */
        whole = whole == 0 ? 1 : whole;
        stream->fraction = 0;
        stream->step = 1;
        stream->settling = false;
    }
    stream->cursor += whole;
}

/* The frame between the cursor's and the one after it, which is the same where none follows. */
static void read_frame(struct sw_stream *stream, int64_t end, float *frame)
{
    const int16_t *a = sw_ring_frame(&stream->ring, stream->cursor);
    const int16_t *b = stream->cursor + 1 < end ? sw_ring_frame(&stream->ring, stream->cursor + 1) : a;
    float part = (float)stream->fraction;
    for (int c = 0; c < SW_SOUND_CHANNELS; c++)
        frame[c] = ((float)a[c] + part * (float)(b[c] - a[c])) / FULL_SCALE;
}

/* There was a hole since it began, so that this block is due later. */
static bool at_hole(const struct sw_stream *stream, const struct sw_ring_block *block)
{
    return !block->follows && block->first > stream->began;
}

/* Returns how many frames it had, at most `limit`; it breaks off where they end. */
static size_t play(struct sw_stream *stream, float *out, size_t limit, float volume)
{
    const struct sw_ring_block *block = sw_ring_block(&stream->ring, stream->cursor);
    int64_t end = block != NULL && !at_hole(stream, block) ? sw_ring_run(&stream->ring, stream->cursor) : stream->cursor;
    size_t done = 0;
    for (; done < limit && stream->cursor < end; done++) {
        float frame[SW_SOUND_CHANNELS];
        read_frame(stream, end, frame);
        emit(stream, out + done * SW_SOUND_CHANNELS, frame, volume);
        advance(stream);
    }
    if (done < limit)
        break_off(stream);
    sw_ring_take(&stream->ring, stream->cursor);
    return done;
}

void sw_stream_mix(struct sw_stream *stream, float *out, size_t frames, sw_tick tick, float volume)
{
    size_t done = 0;
    forget_void(stream);
    if (stream->sounding)
        keep_up(stream, tick);
    while (done < frames) {
        float *here = out + done * SW_SOUND_CHANNELS;
        size_t left = frames - done;
        if (stream->sounding) {
            done += play(stream, here, left, volume);
            continue;
        }
        size_t silent = wait(stream, tick + (int64_t)done * SW_SECOND / SW_SOUND_RATE, left);
        be_silent(stream, here, silent, volume);
        done += silent;
    }
}

void sw_stream_skip(struct sw_stream *stream, sw_tick tick)
{
    int64_t ahead;
    forget_void(stream);
    stream->sounding = false;
    stream->tail_left = 0;
    (void)find_next(stream, tick, &ahead);
}

bool sw_stream_is_over(struct sw_stream *stream)
{
    return !stream->sounding && stream->tail_left == 0 && sw_ring_block(&stream->ring, stream->cursor) == NULL;
}
