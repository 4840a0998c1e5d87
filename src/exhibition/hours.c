/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/hours.h"

/* The first change of any of them after `instant`, not after `limit`. */
static sw_instant next_edge(const struct sw_schedule *opening, size_t count, const struct sw_zone_rules *zone, sw_instant instant,
                            sw_instant limit)
{
    sw_instant first = SW_NEVER;
    for (size_t i = 0; i < count; i++) {
        sw_instant edge = sw_schedule_edge(&opening[i], zone, instant, (first < limit ? first : limit) - instant);
        first = edge < first ? edge : first;
    }
    return first;
}

static bool any_on(const struct sw_schedule *opening, size_t count, const struct sw_zone_rules *zone, sw_instant instant)
{
    for (size_t i = 0; i < count; i++)
        if (sw_schedule_on(&opening[i], zone, instant))
            return true;
    return false;
}

struct sw_hours sw_hours_at(const struct sw_schedule *opening, size_t count, const struct sw_zone_rules *zone, sw_instant instant)
{
    if (count == 0)
        return (struct sw_hours){.open = true, .until = SW_NEVER};
    struct sw_hours hours = {.open = any_on(opening, count, zone, instant), .until = instant};
    do { /* one ends while another is on: nothing changes */
        hours.until = next_edge(opening, count, zone, hours.until, instant + SW_HOURS_HORIZON);
    } while (hours.until != SW_NEVER && any_on(opening, count, zone, hours.until) == hours.open);
    return hours;
}
