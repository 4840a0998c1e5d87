/* SPDX-License-Identifier: EUPL-1.2 */
/* The sound of one clip on its way from whoever decodes it to whoever mixes it: a bounded ring of frames (a sample for the left and one for
 * the right), and of the blocks in which they came, each with the tick at which it is to be heard. One thread puts in, one takes out;
 * neither waits for the other, and what finds no room is dropped. */
#ifndef SW_SOUND_RING_H
#define SW_SOUND_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tick.h"

#define SW_SOUND_RATE 48000          /* frames a second, everywhere */
#define SW_SOUND_CHANNELS 2
#define SW_RING_FRAMES (1 << 17)     /* 2.7 s */
#define SW_RING_BLOCKS (1 << 9)
#define SW_RING_GAP (5 * SW_MS)      /* a position that is further off than this does not follow on */

struct sw_ring_block {
    int64_t first, end; /* its first frame, counted from the ring's beginning, and the one behind its last */
    sw_tick due;        /* when the first is to be heard */
    bool follows;       /* on from the block before, without a hole */
};

struct sw_ring {
    int16_t *samples; /* SW_RING_FRAMES frames; NULL: not in use */
    struct sw_ring_block blocks[SW_RING_BLOCKS];
    _Atomic(int64_t) written, blocks_written; /* so far; who puts in */
    _Atomic(int64_t) read, blocks_read;       /* so far; who takes out */
    _Atomic(int64_t) void_before;             /* frames before this one are not wanted any more; who puts in */
    /* who puts in only */
    bool begun;
    int64_t next_position; /* that would follow on, microseconds of the clip */
};

/* Empty; its memory is kept from one use to the next. While nobody puts in or takes out. */
void sw_ring_reset(struct sw_ring *ring);
void sw_ring_finish(struct sw_ring *ring); /* accepts a zeroed one */

/* -- who puts in -- */
/* `samples`: `frames` pairs, copied; `position`: of the first, in the clip. False: there is no room, all of it is dropped. */
bool sw_ring_put(struct sw_ring *ring, int64_t position, sw_tick due, const int16_t *samples, size_t frames);
/* Nothing that is in it now is wanted any more. */
void sw_ring_flush(struct sw_ring *ring);

/* -- who takes out -- */
/* The block that the frame `index` (from the oldest one on) is in; NULL: it has not come yet. Blocks before it are given up. */
const struct sw_ring_block *sw_ring_block(struct sw_ring *ring, int64_t index);
/* Frames before this one are not wanted any more. */
int64_t sw_ring_void_before(const struct sw_ring *ring);
/* The first frame behind `index` (which has come) that has not come yet, or that does not follow on. */
int64_t sw_ring_run(struct sw_ring *ring, int64_t index);
/* The two samples of a frame that has come. */
const int16_t *sw_ring_frame(const struct sw_ring *ring, int64_t index);
/* Frames before `index` are given up. */
void sw_ring_take(struct sw_ring *ring, int64_t index);

/* -- anybody -- */
/* How many frames wait. */
int64_t sw_ring_waiting(const struct sw_ring *ring);

#endif
