/* SPDX-License-Identifier: EUPL-1.2 */
#include "sound/playout.h"

#include <string.h>

#include "sound/ring.h"

#define CLOSER 32 /* a step comes nearer to what was found by such a part: a trembling of 10 ms becomes one of 0.3 */

static int64_t length_of(size_t frames) { return (int64_t)frames * SW_SECOND / SW_SOUND_RATE; }

sw_tick sw_playout_step(struct sw_playout *playout, sw_tick now, int64_t latency, size_t frames)
{
    sw_tick found = now + latency, off = found - playout->next;
    if (!playout->known || off > SW_PLAYOUT_LOST || off < -SW_PLAYOUT_LOST)
        *playout = (struct sw_playout){.known = true, .next = found};
    else
        playout->next += off / CLOSER;
    sw_tick first = playout->next;
    playout->next += length_of(frames);
    return first;
}

/* What is asked for is put behind so many whole buffers. */
int64_t sw_playout_latency(const char *driver, size_t frames)
{
    static const struct {
        const char *driver;
        int buffers;
    } drivers[] = {
        {"alsa", 2},       /* SDL has two periods, and asks when the last was put behind the one that plays */
        {"pulseaudio", 1}, /* the server is asked to keep all that is under way to one */
        {"pipewire", 1},
        {"disk", 0},
        {"dummy", 0},
    };
    for (size_t i = 0; i < sizeof drivers / sizeof drivers[0]; i++)
        if (strcmp(driver, drivers[i].driver) == 0)
            return drivers[i].buffers * length_of(frames);
    return 2 * length_of(frames);
}
