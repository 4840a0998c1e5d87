/* SPDX-License-Identifier: EUPL-1.2 */
/* The sound of one clip on its way from the worker, which decodes it ahead, to the sink, which is to have it shortly before it is heard:
 * so that a clip may be paused and go on without a gap. No clock is read here. The cinema's thread. */
#ifndef SW_MEDIA_SOUNDTRACK_H
#define SW_MEDIA_SOUNDTRACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tick.h"
#include "media/cinema.h"

#define SW_SOUNDTRACK_AHEAD_US (300 * SW_MS) /* so early the sink gets it */

struct sw_soundtrack;

/* Opens `key` at the sink, both of which outlive it. */
struct sw_soundtrack *sw_soundtrack_create(const struct sw_sound_sink *sink, uint64_t key, double volume) __attribute__((returns_nonnull));
/* Closes it. `ended`: what the sink has is still heard. Accepts NULL. */
void sw_soundtrack_destroy(struct sw_soundtrack *track, bool ended);
/* Pairs of samples (copied); where too much waits the oldest goes. */
void sw_soundtrack_put(struct sw_soundtrack *track, int64_t position, const int16_t *samples, size_t frames);
void sw_soundtrack_volume(struct sw_soundtrack *track, double volume);
/* The clip is at `position` at `tick`, and goes on from there or stands. */
void sw_soundtrack_steer(struct sw_soundtrack *track, sw_tick tick, int64_t position, bool running);
/* What waits is not to be heard: the clip has been sought. */
void sw_soundtrack_clear(struct sw_soundtrack *track);
/* Hands over what is due soon. Returns when to call again; SW_NEVER: when something comes. */
sw_tick sw_soundtrack_feed(struct sw_soundtrack *track, sw_tick now);

#endif
