/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"

#define DAY (24 * SW_HOUR)

sw_instant sw_built(void)
{
    sw_instant built = SW_BUILT * SW_SECOND;
    return built - built % DAY;
}

void sw_clock_init(struct sw_clock *clock, sw_tick tick)
{
    *clock = (struct sw_clock){.instant = sw_built(), .tick = tick};
}

void sw_clock_fix(struct sw_clock *clock, sw_instant instant, sw_tick tick)
{
    *clock = (struct sw_clock){.fixed = true, .instant = instant, .tick = tick};
}

static sw_instant floor_at(const struct sw_clock *clock, sw_tick tick)
{
    return clock->instant + (tick - clock->tick);
}

void sw_clock_trust(struct sw_clock *clock, sw_instant instant, sw_tick tick)
{
    if (clock->fixed || instant <= floor_at(clock, tick))
        return;
    clock->instant = instant;
    clock->tick = tick;
}

sw_instant sw_clock_at(const struct sw_clock *clock, sw_tick tick, sw_instant machine)
{
    sw_instant least = floor_at(clock, tick);
    return clock->fixed || machine < least ? least : machine;
}

sw_instant sw_clock_now(const struct sw_clock *clock)
{
    return sw_clock_at(clock, sw_tick_now(), sw_instant_now());
}

enum sw_clock_doubt sw_clock_doubt(const struct sw_clock *clock, sw_tick tick, sw_instant machine)
{
    sw_instant least = floor_at(clock, tick);
    if (clock->fixed)
        return SW_CLOCK_FINE;
    return machine < least ? SW_CLOCK_BEHIND : machine - least > SW_CLOCK_AHEAD ? SW_CLOCK_FAR_AHEAD : SW_CLOCK_FINE;
}
