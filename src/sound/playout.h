/* SPDX-License-Identifier: EUPL-1.2 */
/* When what a device asks for now will be heard. A device asks for buffers at its own pace, a little early or late each time; what it plays
 * goes on evenly. Pure; one thread. */
#ifndef SW_SOUND_PLAYOUT_H
#define SW_SOUND_PLAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/tick.h"

#define SW_PLAYOUT_LOST (100 * SW_MS) /* so far off the device has stood still, or has been asked to catch up */

struct sw_playout {
    bool known;
    sw_tick next; /* when what is asked for next is heard */
};

/* The device asks at `now` for `frames` (at SW_SOUND_RATE), which it plays `latency` (microseconds) after it has them. Returns when the
 * first of them is heard. */
sw_tick sw_playout_step(struct sw_playout *playout, sw_tick now, int64_t latency, size_t frames);
/* The latency of one of SDL's drivers whose buffers hold `frames`, as far as it can be known: SDL tells of its own buffer and nothing of
 * what lies behind it. `driver`: as SDL names it. */
int64_t sw_playout_latency(const char *driver, size_t frames);

#endif
