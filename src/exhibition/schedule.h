/* SPDX-License-Identifier: EUPL-1.2 */
/* When a thing is on: days, dates, times of day, named calendars, the holidays of North Rhine-Westphalia. Pure functions of the instant.
 * Built from verified values; immutable, any thread. */
#ifndef SW_EXHIBITION_SCHEDULE_H
#define SW_EXHIBITION_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/must.h"

struct sw_date_span {
    struct sw_date first, last; /* both included */
};

/* A named set of days: a file of the curator, or "holidays" (computed). */
struct sw_calendar {
    const char *name;
    bool holidays; /* computed; spans unused */
    const struct sw_date_span *spans;
    size_t count;
    struct sw_date until; /* the calendar says nothing beyond this day; year 0: no end */
};

struct sw_time_span {
    int64_t from, to; /* microseconds since local midnight, 0..24 h; to <= from: over midnight */
};

/* Every part that is empty does not restrict. A time span over midnight belongs to the day on which it begins. */
struct sw_schedule {
    unsigned weekdays;                       /* bit 0 Monday .. bit 6 Sunday; 0: any */
    const struct sw_date_span *dates;
    size_t date_count;
    const struct sw_time_span *times;
    size_t time_count;
    const struct sw_calendar *const *in;     /* on days of any of them */
    size_t in_count;
    const struct sw_calendar *const *not_in; /* and of none of these */
    size_t not_count;
};

/* New Year, Good Friday, Easter Monday, 1 May, Ascension, Whit Monday, Corpus Christi, 3 October, All Saints, 25 and 26 December. */
bool sw_holiday_nrw(struct sw_date date);
struct sw_date sw_easter(int year); /* Gregorian, 1583 and later */
bool sw_calendar_has(const struct sw_calendar *calendar, struct sw_date date);
bool sw_schedule_on(const struct sw_schedule *schedule, const struct sw_zone_rules *zone, sw_instant instant);
/* The next instant after `instant` at which sw_schedule_on changes, at most `horizon` later; SW_NEVER if it does not. */
sw_instant sw_schedule_edge(const struct sw_schedule *schedule, const struct sw_zone_rules *zone, sw_instant instant, int64_t horizon);

/* The notations. false: malformed (the caller says what would be right). */
bool sw_schedule_parse_days(const char *text, unsigned *weekdays) SW_MUST;                    /* "mon-fri", "sat,sun", "fri-mon" */
bool sw_schedule_parse_dates(const char *text, struct sw_date_span *span) SW_MUST;            /* "2026-11-29", "2026-11-29..2026-12-24" */
bool sw_schedule_parse_times(const char *text, struct sw_time_span *span) SW_MUST;            /* "09:00-18:00", "22:00-02:00", "00:00-24:00" */

#endif
