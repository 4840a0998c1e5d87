/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/expression_clock.h"

int64_t sw_clock_left(const struct sw_zone_rules *zone, sw_instant instant, enum sw_clock_part part)
{
    struct sw_civil civil = sw_civil_at(zone, instant);
    int64_t of_minute = (60 - civil.second) * SW_SECOND - civil.microsecond;
    if (part == SW_CLOCK_MINUTE) {
        return of_minute;
    }
    if (part == SW_CLOCK_HOUR) {
        return of_minute + (59 - civil.minute) * SW_MINUTE;
    }
    struct sw_date next = {civil.date.year + 1, 1, 1};
    if (part == SW_CLOCK_MONTH && civil.date.month < 12) {
        next = (struct sw_date){civil.date.year, civil.date.month + 1, 1};
    } else if (part == SW_CLOCK_DAY) {
        next = sw_date_from_days(sw_date_to_days(civil.date) + 1);
    }
    return sw_civil_instant(zone, next, 0) - instant;
}
