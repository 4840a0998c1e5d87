/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of schedules and of the timeline share: instants and schedules written as curators write them, numbers by chance that
 * are the same in every run. */
#ifndef SW_TESTS_EXHIBITION_SCHEDULE_SUPPORT_H
#define SW_TESTS_EXHIBITION_SCHEDULE_SUPPORT_H

#include <string.h>

#include "base/civil.h"
#include "exhibition/schedule.h"

#define FIRST_YEAR 2026
#define LAST_YEAR 2036
#define MINUTES_A_DAY 1440

/* SplitMix64 (Steele, Lea, Flood 2014). */
static inline uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

static inline int64_t random_below(uint64_t *state, int64_t end)
{
    return (int64_t)(next_random(state) % (uint64_t)end);
}

static inline struct sw_zone_rules *berlin(void)
{
    struct sw_zone_rules *zone = sw_zone_rules_create("Europe/Berlin");
    assert_non_null(zone);
    return zone;
}

static inline sw_instant instant_of(const struct sw_zone_rules *zone, const char *text)
{
    sw_instant instant = 0;
    if (!sw_civil_parse(zone, text, &instant)) {
        fail_msg("no instant: %s", text);
    }
    return instant;
}

static inline struct sw_date date_of(const char *text)
{
    struct sw_date date = {0};
    if (!sw_date_parse(text, &date)) {
        fail_msg("no date: %s", text);
    }
    return date;
}

/* The last Sunday of March or October: the clock of the European Union changes at 01:00 UTC (directive 2000/84/EC). */
static inline int64_t change_day(int year, int month)
{
    int64_t day = sw_date_to_days((struct sw_date){year, month, 31});
    while ((day + 4) % 7 != 0) { /* day 3, 1970-01-04, was a Sunday */
        day--;
    }
    return day;
}

static inline sw_instant midnight_utc(int64_t day)
{
    return day * 24 * SW_HOUR;
}

static const struct sw_calendar holidays = {.name = "holidays", .holidays = true};
static const struct sw_calendar *const holidays_only[] = {&holidays};

/* A schedule in words; NULL where a part is empty. */
struct words {
    const char *days, *dates, *times[3];
    bool in_holidays, not_holidays;
};

/* The schedule of such words, with what it points to. Stays where it is made. */
struct spelt {
    struct sw_date_span dates[1];
    struct sw_time_span times[3];
    struct sw_schedule schedule;
};

static inline void spell(struct spelt *spelt, const struct words *words)
{
    memset(spelt, 0, sizeof *spelt);
    struct sw_schedule *schedule = &spelt->schedule;
    schedule->dates = spelt->dates;
    schedule->times = spelt->times;
    schedule->in = holidays_only;
    schedule->not_in = holidays_only;
    schedule->in_count = words->in_holidays ? 1 : 0;
    schedule->not_count = words->not_holidays ? 1 : 0;
    if (words->days != NULL) {
        assert_true(sw_schedule_parse_days(words->days, &schedule->weekdays));
    }
    if (words->dates != NULL) {
        assert_true(sw_schedule_parse_dates(words->dates, &spelt->dates[schedule->date_count++]));
    }
    for (size_t i = 0; i < 3 && words->times[i] != NULL; i++) {
        assert_true(sw_schedule_parse_times(words->times[i], &spelt->times[schedule->time_count++]));
    }
}

#endif
