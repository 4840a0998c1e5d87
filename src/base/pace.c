/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/pace.h"

#define SYNC_WAIT_US (2 * SW_MS) /* what took less has not waited: the display is not followed then */
#define SYNC_SHARE 8             /* of the error, so that one late frame does not shake those behind it */
#define SYNC_HZ_MAX 75           /* a faster display gets a frame in every second, third ... of its own */

static int hz_of(const struct sw_pace *pace) { return pace->hz > 0 ? pace->hz : SW_PACE_HZ; }

static sw_tick at(const struct sw_pace *pace, int64_t slot) { return pace->origin + slot * SW_SECOND / hz_of(pace); }

sw_tick sw_pace_frame(const struct sw_pace *pace) { return at(pace, pace->slot); }

sw_tick sw_pace_next(const struct sw_pace *pace) { return at(pace, pace->slot + 1); }

void sw_pace_begin(struct sw_pace *pace, sw_tick now, bool follows)
{
    if (!follows || now < sw_pace_next(pace)) {
        pace->origin = now > sw_pace_frame(pace) ? now : sw_pace_frame(pace);
        pace->slot = 0;
        return;
    }
    pace->slot = (now - pace->origin) * hz_of(pace) / SW_SECOND;
    pace->slot += at(pace, pace->slot + 1) <= now ? 1 : 0;
}

void sw_pace_follow(struct sw_pace *pace, int display_hz, sw_tick began, sw_tick shown)
{
    int hz = display_hz;
    for (int share = 2; hz > SYNC_HZ_MAX; share++)
        hz = display_hz / share;
    if (display_hz <= 0 || hz <= 0 || shown - began < SYNC_WAIT_US)
        return;
    if (hz != hz_of(pace))
        *pace = (struct sw_pace){.origin = sw_pace_frame(pace), .hz = hz};
    sw_tick period = SW_SECOND / hz, error = (shown - sw_pace_next(pace)) % period;
    error += error > period / 2 ? -period : error < -period / 2 ? period : 0;
    pace->origin += error / SYNC_SHARE;
}
