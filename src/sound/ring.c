/* SPDX-License-Identifier: EUPL-1.2 */
#include "sound/ring.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static size_t place_of(int64_t index) { return (size_t)(index & (SW_RING_FRAMES - 1)); }

static struct sw_ring_block *block_at(struct sw_ring *ring, int64_t number)
{
    return &ring->blocks[number & (SW_RING_BLOCKS - 1)];
}

void sw_ring_reset(struct sw_ring *ring)
{
    if (ring->samples == NULL)
        ring->samples = sw_alloc_array(SW_RING_FRAMES, SW_SOUND_CHANNELS * sizeof *ring->samples);
    atomic_store(&ring->written, 0);
    atomic_store(&ring->blocks_written, 0);
    atomic_store(&ring->read, 0);
    atomic_store(&ring->blocks_read, 0);
    atomic_store(&ring->void_before, 0);
    ring->begun = false;
}

void sw_ring_finish(struct sw_ring *ring)
{
    free(ring->samples);
    ring->samples = NULL;
}

static void copy_in(struct sw_ring *ring, int64_t index, const int16_t *samples, size_t frames)
{
    size_t place = place_of(index), first = SW_RING_FRAMES - place;
    first = first < frames ? first : frames;
    memcpy(ring->samples + place * SW_SOUND_CHANNELS, samples, first * SW_SOUND_CHANNELS * sizeof *samples);
    memcpy(ring->samples, samples + first * SW_SOUND_CHANNELS, (frames - first) * SW_SOUND_CHANNELS * sizeof *samples);
}

bool sw_ring_put(struct sw_ring *ring, int64_t position, sw_tick due, const int16_t *samples, size_t frames)
{
    int64_t written = atomic_load_explicit(&ring->written, memory_order_relaxed);
    int64_t blocks = atomic_load_explicit(&ring->blocks_written, memory_order_relaxed);
    int64_t room = SW_RING_FRAMES - (written - atomic_load_explicit(&ring->read, memory_order_acquire));
    bool any_block = blocks - atomic_load_explicit(&ring->blocks_read, memory_order_acquire) < SW_RING_BLOCKS;
    if (frames == 0)
        return true;
    if (frames > SW_RING_FRAMES || (int64_t)frames > room || !any_block)
        return false;
    int64_t gap = ring->begun ? position - ring->next_position : INT64_MAX;
    *block_at(ring, blocks) = (struct sw_ring_block){
        .first = written, .end = written + (int64_t)frames, .due = due, .follows = gap >= -SW_RING_GAP && gap <= SW_RING_GAP};
    copy_in(ring, written, samples, frames);
    ring->begun = true;
    ring->next_position = position + (int64_t)frames * SW_SECOND / SW_SOUND_RATE;
    atomic_store_explicit(&ring->written, written + (int64_t)frames, memory_order_release);
    atomic_store_explicit(&ring->blocks_written, blocks + 1, memory_order_release);
    return true;
}

void sw_ring_flush(struct sw_ring *ring)
{
    atomic_store_explicit(&ring->void_before, atomic_load_explicit(&ring->written, memory_order_relaxed), memory_order_release);
    ring->begun = false;
}

const struct sw_ring_block *sw_ring_block(struct sw_ring *ring, int64_t index)
{
    int64_t newest = atomic_load_explicit(&ring->blocks_written, memory_order_acquire);
    int64_t number = atomic_load_explicit(&ring->blocks_read, memory_order_relaxed);
    while (number + 1 < newest && block_at(ring, number)->end <= index)
        number++;
    atomic_store_explicit(&ring->blocks_read, number, memory_order_release);
    return number < newest && index < block_at(ring, number)->end ? block_at(ring, number) : NULL;
}

int64_t sw_ring_run(struct sw_ring *ring, int64_t index)
{
    const struct sw_ring_block *block = sw_ring_block(ring, index);
    int64_t newest = atomic_load_explicit(&ring->blocks_written, memory_order_acquire);
    int64_t number = atomic_load_explicit(&ring->blocks_read, memory_order_relaxed);
    if (block == NULL)
        return index;
    while (number + 1 < newest && block_at(ring, number + 1)->follows)
        number++;
    return block_at(ring, number)->end;
}

int64_t sw_ring_void_before(const struct sw_ring *ring) { return atomic_load_explicit(&ring->void_before, memory_order_acquire); }

const int16_t *sw_ring_frame(const struct sw_ring *ring, int64_t index)
{
    return ring->samples + place_of(index) * SW_SOUND_CHANNELS;
}

void sw_ring_take(struct sw_ring *ring, int64_t index) { atomic_store_explicit(&ring->read, index, memory_order_release); }

int64_t sw_ring_waiting(const struct sw_ring *ring)
{
    return atomic_load_explicit(&ring->written, memory_order_acquire) - atomic_load_explicit(&ring->read, memory_order_acquire);
}
