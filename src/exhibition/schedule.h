/* SPDX-License-Identifier: EUPL-1.2 */
/* When a thing is on: days, dates, times of day, named calendars, the holidays of North Rhine-Westphalia. Pure functions of the instant.
 * Built from verified values; immutable, any thread.
 *
 * A schedule is a set of stretches of time, each closed at its begin and open at its end. A day that fits (weekdays, dates, calendars)
 * gives one stretch for each of its time spans, or the whole local day where there are none. The clock times are turned into instants by
 * sw_civil_instant, so a stretch begins and ends when the clock reaches the time for the first time on that day: through the hour that
 * comes twice in autumn a span runs on, and one whose end lies in that hour ends in its first passing; a span that lies wholly in the hour
 * skipped in spring is empty. A local day reaches from its first midnight to the next day's; it has 23, 24 or 25 hours. */
#ifndef SW_EXHIBITION_SCHEDULE_H
#define SW_EXHIBITION_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/must.h"

/* A longer horizon of sw_schedule_edge counts as this. */
#define SW_SCHEDULE_HORIZON_MAX (3660 * 24 * SW_HOUR)

struct sw_date_span {
    struct sw_date first, last; /* both included */
};

/* A named set of days: a file of the curator, or "holidays" (computed). */
struct sw_calendar {
    const char *name;
    bool holidays; /* computed; spans unused */
    const struct sw_date_span *spans;
    size_t count;
    struct sw_date until; /* the calendar says nothing beyond this day (it has none of those); year 0: no end */
};

struct sw_time_span {
    int64_t from, to; /* microseconds since local midnight; from 0..below 24 h, to 0..24 h; to <= from: `to` of the next day */
};

/* Every part that is empty does not restrict. A time span over midnight belongs to the day on which it begins: that day's weekday, date and
 * calendars count, also after midnight. */
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
struct sw_date sw_easter(int year); /* Easter Sunday; Gregorian, 1583 and later */
bool sw_calendar_has(const struct sw_calendar *calendar, struct sw_date date);
/* The local day that holds `instant`: from *start (included) to *end (not). Days tile all of time. */
void sw_schedule_day(const struct sw_zone_rules *zone, sw_instant instant, sw_instant *start, sw_instant *end);
bool sw_schedule_on(const struct sw_schedule *schedule, const struct sw_zone_rules *zone, sw_instant instant);
/* The next instant after `instant` at which sw_schedule_on changes, at most `horizon` (0 or more) later, that included; SW_NEVER if it does
 * not. Stretches that touch or overlap have no edge between them. */
sw_instant sw_schedule_edge(const struct sw_schedule *schedule, const struct sw_zone_rules *zone, sw_instant instant, int64_t horizon);

/* The notations. false: malformed (the caller says what would be right), and the output is untouched. Lower case, no blanks, two digits for
 * hours and minutes. Days are names or spans of names joined by commas; a span may pass the week's end. A span of dates does not
 * run backwards. 24:00 may only be an end; a span whose ends are the same lasts until that time of the next day. */
bool sw_schedule_parse_days(const char *text, unsigned *weekdays) SW_MUST;         /* "mon-fri", "sat,sun", "fri-mon" */
bool sw_schedule_parse_dates(const char *text, struct sw_date_span *span) SW_MUST; /* "2026-11-29", "2026-11-29..2026-12-24" */
bool sw_schedule_parse_times(const char *text, struct sw_time_span *span) SW_MUST; /* "09:00-18:00", "22:00-02:00", "00:00-24:00" */

#endif
