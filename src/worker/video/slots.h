/* SPDX-License-Identifier: EUPL-1.2 */
/* The slots that pictures are written to: memory of the player's, mapped here. A decoder's thread takes a free one and waits for it; the
 * main thread gives the memory, frees what has been shown, and lets go who waits. */
#ifndef SW_WORKER_VIDEO_SLOTS_H
#define SW_WORKER_VIDEO_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/must.h"
#include "base/thread.h"
#include "worker/video_protocol.h"

struct sw_slots {
    struct sw_mutex lock;
    struct sw_condition changed;
    /* guarded by lock; what the first three say stays while there is a run */
    uint8_t *memory; /* NULL: not here yet */
    size_t size;
    struct sw_video_layout layout;
    unsigned count;
    bool taken[SW_VIDEO_SLOTS_MAX]; /* written to, or the player's */
    unsigned next;                  /* where the next free one is looked for first: what was just shown stays as it is for longest */
    bool closed;                    /* nobody waits any more */
};

void sw_slots_init(struct sw_slots *slots);
void sw_slots_finish(struct sw_slots *slots);

/* Main thread. A new clip: no memory, and open for who waits; nobody may be writing. */
void sw_slots_reset(struct sw_slots *slots);
/* Main thread. Maps `count` slots of `layout`; false: the memory is none of that kind. `fd` stays the caller's. */
bool sw_slots_give(struct sw_slots *slots, int fd, const struct sw_video_layout *layout, unsigned count) SW_MUST;
/* Any thread. One that is free again; what is none is passed over. */
void sw_slots_free(struct sw_slots *slots, unsigned slot);
/* Main thread. Closed: whoever waits, or comes to, gets none; until it is opened. */
void sw_slots_close(struct sw_slots *slots, bool closed);

/* Decoder's thread. Waits for a free slot; -1: closed. From here until it is freed it may be written to, at `memory` + number *
 * layout.slot. */
int sw_slots_take(struct sw_slots *slots);
/* Any thread. How many are free; as many as there may be, while there is no memory yet. */
unsigned sw_slots_spare(struct sw_slots *slots);

#endif
