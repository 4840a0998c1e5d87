/* SPDX-License-Identifier: EUPL-1.2 */
/* How the clips on the wall fare, as programs and people read it. For programs:
 *   {"workers": 2, "replaced": 0, "given_up": 0, "last_given_up": null,
 *    "clips": [{"clip": "media/lock.mp4", "state": "playing", "shown": 750, "late": 0, "dropped": 0, "repeated": 0,
 *               "interval_ms": 33.3, "interval_sd_ms": 0.4, "intervals": {"35": 748, "38": 1}}]}
 * `intervals`: how many times between two pictures were at most so many milliseconds long ("over": longer than all). Main thread. */
#ifndef SW_PLAYER_VIDEOS_H
#define SW_PLAYER_VIDEOS_H

#include "base/buffer.h"
#include "media/cinema.h"

/* NULL: there are none. */
void sw_videos_describe(struct sw_buffer *out, struct sw_cinema *cinema);
/* A line a clip, and one where some are not played any more. */
void sw_videos_tell(struct sw_buffer *out, struct sw_cinema *cinema);

#endif
