/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/pace.h"

static sw_tick at(const struct sw_pace *pace, int64_t slot) { return pace->origin + slot * SW_SECOND / SW_PACE_HZ; }

sw_tick sw_pace_frame(const struct sw_pace *pace) { return at(pace, pace->slot); }

sw_tick sw_pace_next(const struct sw_pace *pace) { return at(pace, pace->slot + 1); }

void sw_pace_begin(struct sw_pace *pace, sw_tick now, bool follows)
{
    if (!follows || now < sw_pace_next(pace)) {
        *pace = (struct sw_pace){.origin = now > sw_pace_frame(pace) ? now : sw_pace_frame(pace)};
        return;
    }
    pace->slot = (now - pace->origin) * SW_PACE_HZ / SW_SECOND;
    pace->slot += at(pace, pace->slot + 1) <= now ? 1 : 0;
}
