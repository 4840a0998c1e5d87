/* SPDX-License-Identifier: EUPL-1.2 */
/* The memory that a worker writes a clip's pictures into: slots, as worker/video_protocol.h has them, in a memfd that is made here, of our
 * own size, and read here only. A picture is a bitmap over a slot; when the last who holds it lets go, the slot is free again. What a slot
 * holds may change under whoever reads it, if the worker means harm: it is only ever looked at, as pixels. */
#ifndef SW_MEDIA_SLOTS_H
#define SW_MEDIA_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "base/must.h"

struct sw_slots;

/* Of `count` slots for pictures of this size, which the protocol has to allow. `bell`: an eventfd (copied) that rings when a slot is let go
 * of. *fd: the memory, for the worker; the caller's. NULL: there is no memory, or no such layout. */
struct sw_slots *sw_slots_create(int width, int height, int count, int bell, int *fd) SW_MUST;
/* No more pictures are taken from it; it goes when the last of them does. Accepts NULL. */
void sw_slots_leave(struct sw_slots *slots);
/* The picture that lies in `slot` now, held once by the caller. NULL: there is no such slot, or it still lies in one that was given out. */
struct sw_bitmap *sw_slots_picture(struct sw_slots *slots, uint32_t slot, enum sw_colours colours) SW_MUST;
/* A slot that everybody has let go of, once; -1: none. It stays given out until sw_slots_free. */
int sw_slots_returned(struct sw_slots *slots);
/* The worker may write into it again, and has been told. */
void sw_slots_free(struct sw_slots *slots, int slot);
/* How many are given out, those included that have been let go of and not yet freed. */
int sw_slots_out(const struct sw_slots *slots);
int sw_slots_count(const struct sw_slots *slots);

#endif
