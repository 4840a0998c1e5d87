/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether a wall is open, and until when: the union of the schedules under "opening" in its file. Pure functions of the instant; any
 * thread. */
#ifndef SW_EXHIBITION_HOURS_H
#define SW_EXHIBITION_HOURS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/civil.h"
#include "exhibition/schedule.h"

/* Nothing is said of what lies further ahead. */
#define SW_HOURS_HORIZON (400 * 24 * SW_HOUR)

struct sw_hours {
    bool open;
    sw_instant until; /* the first instant at which that is otherwise; SW_NEVER: none within SW_HOURS_HORIZON */
};

/* `opening`: open while any of them is on; none (`count` 0): always. Hours that touch or overlap have no change between them. It may take
 * milliseconds where the next change is months away: ask again only when it has come, or the clock has gone back. */
struct sw_hours sw_hours_at(const struct sw_schedule *opening, size_t count, const struct sw_zone_rules *zone, sw_instant instant);

#endif
