/* SPDX-License-Identifier: EUPL-1.2 */
/* How long a part of the clock stays as it is: what `hour(now)` and `{now | date}` need to say until when they hold. Pure. */
#ifndef SW_EXHIBITION_EXPRESSION_CLOCK_H
#define SW_EXHIBITION_EXPRESSION_CLOCK_H

#include <stdint.h>

#include "base/civil.h"

enum sw_clock_part { SW_CLOCK_YEAR, SW_CLOCK_MONTH, SW_CLOCK_DAY, SW_CLOCK_HOUR, SW_CLOCK_MINUTE };

/* Microseconds from `instant` until the clock of `zone` (NULL: UTC) begins its next year, month, day, hour or minute; > 0. */
int64_t sw_clock_left(const struct sw_zone_rules *zone, sw_instant instant, enum sw_clock_part part);

#endif
