/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/schedule.h"

#include <assert.h>

#define DAY (24 * SW_HOUR)

/* A stretch of time: `from` included, `to` not. Empty where to <= from. */
struct stretch {
    sw_instant from, to;
};

static bool spans_have(const struct sw_date_span *spans, size_t count, int64_t day)
{
    for (size_t i = 0; i < count; i++) {
        if (sw_date_to_days(spans[i].first) <= day && day <= sw_date_to_days(spans[i].last)) {
            return true;
        }
    }
    return false;
}

bool sw_calendar_has(const struct sw_calendar *calendar, struct sw_date date)
{
    int64_t day = sw_date_to_days(date);
    if (calendar->until.year != 0 && day > sw_date_to_days(calendar->until)) {
        return false;
    }
    return calendar->holidays ? sw_holiday_nrw(date) : spans_have(calendar->spans, calendar->count, day);
}

static bool any_has(const struct sw_calendar *const *calendars, size_t count, struct sw_date date)
{
    for (size_t i = 0; i < count; i++) {
        if (sw_calendar_has(calendars[i], date)) {
            return true;
        }
    }
    return false;
}

/* Whether the schedule's stretches may begin on this day (days since 1970). */
static bool day_fits(const struct sw_schedule *schedule, int64_t day)
{
    struct sw_date date = sw_date_from_days(day);
    if (schedule->weekdays != 0 && (schedule->weekdays >> (sw_date_weekday(date) - 1) & 1u) == 0) {
        return false;
    }
    if (schedule->date_count > 0 && !spans_have(schedule->dates, schedule->date_count, day)) {
        return false;
    }
    if (schedule->in_count > 0 && !any_has(schedule->in, schedule->in_count, date)) {
        return false;
    }
    return !any_has(schedule->not_in, schedule->not_count, date);
}

/* The first instant of a day. */
static sw_instant day_start(const struct sw_zone_rules *zone, int64_t day)
{
    return sw_civil_instant(zone, sw_date_from_days(day), 0);
}

/* The day (since 1970) whose [start, next start) holds `instant`: the calendar's day, but for a clock set back over midnight. */
static int64_t day_of(const struct sw_zone_rules *zone, sw_instant instant)
{
    int64_t day = sw_date_to_days(sw_civil_at(zone, instant).date);
    while (day_start(zone, day) > instant) {
        day--;
    }
    while (day_start(zone, day + 1) <= instant) {
        day++;
    }
    return day;
}

void sw_schedule_day(const struct sw_zone_rules *zone, sw_instant instant, sw_instant *start, sw_instant *end)
{
    int64_t day = day_of(zone, instant);
    *start = day_start(zone, day);
    *end = day_start(zone, day + 1);
}

/* How many stretches begin on a day that fits, and the one of that number. */
static size_t stretch_count(const struct sw_schedule *schedule)
{
    return schedule->time_count > 0 ? schedule->time_count : 1;
}

static struct stretch stretch_of(const struct sw_schedule *schedule, const struct sw_zone_rules *zone, int64_t day, size_t number)
{
    if (schedule->time_count == 0) {
        return (struct stretch){day_start(zone, day), day_start(zone, day + 1)};
    }
    const struct sw_time_span *span = &schedule->times[number];
    assert(span->from >= 0 && span->from < DAY && span->to >= 0 && span->to <= DAY);
    int64_t last = day;
    int64_t to = span->to;
    if (to <= span->from) {
        last++;
    } else if (to == DAY) {
        last++;
        to = 0;
    }
    return (struct stretch){
        .from = sw_civil_instant(zone, sw_date_from_days(day), span->from),
        .to = sw_civil_instant(zone, sw_date_from_days(last), to),
    };
}

/* The latest end of the stretches that hold `instant`; `instant` itself where none does. A stretch that holds an instant began on its
 * day or the day before. */
static sw_instant end_of_stretches(const struct sw_schedule *schedule, const struct sw_zone_rules *zone, sw_instant instant)
{
    sw_instant end = instant;
    int64_t today = day_of(zone, instant);
    for (int64_t day = today - 1; day <= today; day++) {
        if (!day_fits(schedule, day)) {
            continue;
        }
        for (size_t i = 0; i < stretch_count(schedule); i++) {
            struct stretch stretch = stretch_of(schedule, zone, day, i);
            if (stretch.from <= instant && stretch.to > end) {
                end = stretch.to;
            }
        }
    }
    return end;
}

bool sw_schedule_on(const struct sw_schedule *schedule, const struct sw_zone_rules *zone, sw_instant instant)
{
    return end_of_stretches(schedule, zone, instant) > instant;
}

/* The first begin of a stretch after `instant` (at which the schedule is off) and not after `limit`; SW_NEVER if there is none. */
static sw_instant next_start(const struct sw_schedule *schedule, const struct sw_zone_rules *zone, sw_instant instant, sw_instant limit)
{
    sw_instant best = SW_NEVER;
    for (int64_t day = day_of(zone, instant); best == SW_NEVER && day_start(zone, day) <= limit; day++) {
        if (!day_fits(schedule, day)) {
            continue;
        }
        for (size_t i = 0; i < stretch_count(schedule); i++) {
            struct stretch stretch = stretch_of(schedule, zone, day, i);
            if (stretch.from > instant && stretch.from < stretch.to && stretch.from < best) {
                best = stretch.from;
            }
        }
    }
    return best <= limit ? best : SW_NEVER;
}

static bool restricts(const struct sw_schedule *schedule)
{
    return schedule->weekdays != 0 || schedule->date_count > 0 || schedule->time_count > 0 || schedule->in_count > 0 ||
           schedule->not_count > 0;
}

sw_instant sw_schedule_edge(const struct sw_schedule *schedule, const struct sw_zone_rules *zone, sw_instant instant, int64_t horizon)
{
    assert(horizon >= 0);
    if (!restricts(schedule)) {
        return SW_NEVER;
    }
    sw_instant limit = instant + (horizon < SW_SCHEDULE_HORIZON_MAX ? horizon : SW_SCHEDULE_HORIZON_MAX);
    sw_instant end = end_of_stretches(schedule, zone, instant);
    if (end == instant) {
        return next_start(schedule, zone, instant, limit);
    }
    while (end <= limit) { /* a stretch that begins where one ends, or earlier, carries on */
        sw_instant further = end_of_stretches(schedule, zone, end);
        if (further == end) {
            return end;
        }
        end = further;
    }
    return SW_NEVER;
}

/* The three letters of a weekday at `text` to 0 Monday .. 6 Sunday; -1: none. */
static int weekday_at(const char *text)
{
    static const char names[7][4] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (int i = 0; i < 7; i++) {
        if (text[0] == names[i][0] && text[1] == names[i][1] && text[2] == names[i][2]) {
            return i;
        }
    }
    return -1;
}

bool sw_schedule_parse_days(const char *text, unsigned *weekdays)
{
    unsigned days = 0;
    for (;;) {
        int first = weekday_at(text);
        if (first < 0) {
            return false;
        }
        int last = first;
        text += 3;
        if (*text == '-') {
            last = weekday_at(text + 1);
            if (last < 0) {
                return false;
            }
            text += 4;
        }
        for (int day = first; day != last; day = (day + 1) % 7) {
            days |= 1u << day;
        }
        days |= 1u << last;
        if (*text == '\0') {
            *weekdays = days;
            return true;
        }
        if (*text != ',') {
            return false;
        }
        text++;
    }
}

/* Ten characters of a date ("2026-11-29") at `text`; moves `text` behind them. */
static bool take_date(const char **text, struct sw_date *date)
{
    char copy[11] = {0};
    for (size_t i = 0; i < 10; i++) {
        if ((*text)[i] == '\0') {
            return false;
        }
        copy[i] = (*text)[i];
    }
    *text += 10;
    return sw_date_parse(copy, date);
}

bool sw_schedule_parse_dates(const char *text, struct sw_date_span *span)
{
    struct sw_date_span read;
    if (!take_date(&text, &read.first)) {
        return false;
    }
    read.last = read.first;
    if (text[0] == '.' && text[1] == '.') {
        text += 2;
        if (!take_date(&text, &read.last)) {
            return false;
        }
    }
    if (*text != '\0' || sw_date_to_days(read.last) < sw_date_to_days(read.first)) {
        return false;
    }
    *span = read;
    return true;
}

static bool take_two_digits(const char **text, int *number)
{
    const char *at = *text;
    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9') {
        return false;
    }
    *number = (at[0] - '0') * 10 + (at[1] - '0');
    *text += 2;
    return true;
}

/* "HH:MM", 00:00 to 24:00, at `text`; moves `text` behind it. */
static bool take_time(const char **text, int64_t *time)
{
    int hour = 0;
    int minute = 0;
    if (!take_two_digits(text, &hour) || **text != ':') {
        return false;
    }
    (*text)++;
    if (!take_two_digits(text, &minute) || minute > 59 || hour * 60 + minute > 24 * 60) {
        return false;
    }
    *time = hour * SW_HOUR + minute * SW_MINUTE;
    return true;
}

bool sw_schedule_parse_times(const char *text, struct sw_time_span *span)
{
    struct sw_time_span read = {0};
    if (!take_time(&text, &read.from) || read.from == DAY || *text != '-') {
        return false;
    }
    text++;
    if (!take_time(&text, &read.to) || *text != '\0') {
        return false;
    }
    *span = read;
    return true;
}
