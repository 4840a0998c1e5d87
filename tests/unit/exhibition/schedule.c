/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "schedule_support.h"

static int setup(void **state)
{
    *state = berlin();
    return 0;
}

static int teardown(void **state)
{
    sw_zone_rules_destroy(*state);
    return 0;
}

static void days_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned weekdays; /* 0: must be refused */
    } cases[] = {
        {"mon", 0x01},       {"sun", 0x40},      {"mon-fri", 0x1f},         {"sat,sun", 0x60},  {"fri-mon", 0x71}, {"mon-sun", 0x7f},
        {"sun-sat", 0x7f},   {"wed-wed", 0x04},  {"mon,wed,fri", 0x15},     {"tue-thu,sun", 0x4e}, {"mon,mon", 0x01}, {"sun-mon,wed", 0x45},
        {"", 0},             {"Mon", 0},         {"mon-", 0},               {"-fri", 0},        {"mon,", 0},       {",mon", 0},
        {"mon,,tue", 0},     {"mo", 0},          {"monday", 0},             {"mon - fri", 0},   {"mon, tue", 0},   {"mon-fri-sun", 0},
        {"montue", 0},       {"mon;tue", 0},     {"daily", 0},              {" mon", 0},        {"mon ", 0},       {"mon-fr", 0},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        unsigned weekdays = 0xdead;
        bool read = sw_schedule_parse_days(cases[i].text, &weekdays);
        unsigned expected = cases[i].weekdays != 0 ? cases[i].weekdays : 0xdead;
        if (read != (cases[i].weekdays != 0) || weekdays != expected) {
            fail_msg("\"%s\": %d %#x", cases[i].text, read, weekdays);
        }
    }
}

static void dates_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *first, *last; /* NULL: must be refused */
    } cases[] = {
        {"2026-11-29", "2026-11-29", "2026-11-29"},
        {"2026-11-29..2026-12-24", "2026-11-29", "2026-12-24"},
        {"2026-12-29..2027-01-03", "2026-12-29", "2027-01-03"},
        {"2028-02-29", "2028-02-29", "2028-02-29"},
        {"2026-05-01..2026-05-01", "2026-05-01", "2026-05-01"},
        {"", NULL, NULL},
        {"2026-11-31", NULL, NULL},
        {"2027-02-29", NULL, NULL},
        {"2026-13-01", NULL, NULL},
        {"2026-1-1", NULL, NULL},
        {"26-11-29", NULL, NULL},
        {"29.11.2026", NULL, NULL},
        {"2026-11-29..", NULL, NULL},
        {"..2026-11-29", NULL, NULL},
        {"2026-11-29.2026-12-24", NULL, NULL},
        {"2026-11-29-2026-12-24", NULL, NULL},
        {"2026-11-29...2026-12-24", NULL, NULL},
        {"2026-12-24..2026-11-29", NULL, NULL},
        {"2026-11-29..2026-12-24..2026-12-31", NULL, NULL},
        {"2026-11-29 ", NULL, NULL},
        {"2026-11-29..2026-12-2", NULL, NULL},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_date_span span = {{1, 2, 3}, {4, 5, 6}};
        bool read = sw_schedule_parse_dates(cases[i].text, &span);
        struct sw_date first = cases[i].first != NULL ? date_of(cases[i].first) : (struct sw_date){1, 2, 3};
        struct sw_date last = cases[i].last != NULL ? date_of(cases[i].last) : (struct sw_date){4, 5, 6};
        if (read != (cases[i].first != NULL) || memcmp(&span.first, &first, sizeof first) != 0 ||
            memcmp(&span.last, &last, sizeof last) != 0) {
            fail_msg("\"%s\": %d", cases[i].text, read);
        }
    }
}

static void times_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int from, to; /* minutes; -1: must be refused */
    } cases[] = {
        {"09:00-18:00", 540, 1080}, {"22:00-02:00", 1320, 120}, {"00:00-24:00", 0, 1440}, {"15:07-18:30", 907, 1110},
        {"23:59-24:00", 1439, 1440}, {"09:00-09:00", 540, 540}, {"22:00-00:00", 1320, 0}, {"00:00-00:00", 0, 0},
        {"", -1, 0},            {"09:00", -1, 0},       {"9:00-18:00", -1, 0},   {"09:00-", -1, 0},      {"-18:00", -1, 0},
        {"24:00-02:00", -1, 0}, {"09:00-24:01", -1, 0}, {"09:60-10:00", -1, 0},  {"25:00-26:00", -1, 0}, {"09.00-18.00", -1, 0},
        {"0900-1800", -1, 0},   {"09:00..18:00", -1, 0}, {"09:00-18:00 ", -1, 0}, {"09:00 - 18:00", -1, 0}, {"09:00-18:0", -1, 0},
        {"09:00-18:000", -1, 0}, {"09:00-18:00,", -1, 0}, {"09:00:00-18:00", -1, 0}, {"+9:00-18:00", -1, 0}, {"09:00-18:0a", -1, 0},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_time_span span = {-7, -8};
        bool read = sw_schedule_parse_times(cases[i].text, &span);
        int64_t from = cases[i].from >= 0 ? cases[i].from * SW_MINUTE : -7;
        int64_t to = cases[i].from >= 0 ? cases[i].to * SW_MINUTE : -8;
        if (read != (cases[i].from >= 0) || span.from != from || span.to != to) {
            fail_msg("\"%s\": %d %lld %lld", cases[i].text, read, (long long)span.from, (long long)span.to);
        }
    }
}

/* Easter Sundays as the church's tables have them. */
static const struct sw_date easters[] = {
    {2026, 4, 5},  {2027, 3, 28}, {2028, 4, 16}, {2029, 4, 1},  {2030, 4, 21}, {2031, 4, 13},
    {2032, 3, 28}, {2033, 4, 17}, {2034, 4, 9},  {2035, 3, 25}, {2036, 4, 13},
};

static void easter_is_known(void **state)
{
    (void)state;
    /* Beside the years of the tables: the earliest and latest possible dates and the two exceptions of the epact. */
    static const struct sw_date more[] = {
        {1583, 4, 10}, {1818, 3, 22}, {1943, 4, 25}, {1954, 4, 18}, {1981, 4, 19},
        {2000, 4, 23}, {2038, 4, 25}, {2049, 4, 18}, {2076, 4, 19},
    };
    for (size_t i = 0; i < SW_COUNT(easters) + SW_COUNT(more); i++) {
        struct sw_date expected = i < SW_COUNT(easters) ? easters[i] : more[i - SW_COUNT(easters)];
        struct sw_date easter = sw_easter(expected.year);
        if (memcmp(&easter, &expected, sizeof easter) != 0) {
            fail_msg("Easter %d: %d-%02d-%02d", expected.year, easter.year, easter.month, easter.day);
        }
    }
}

/* The other common way to reckon: Meeus, Astronomical Algorithms, chapter 8 (after Butcher 1876). */
static struct sw_date easter_by_meeus(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    return (struct sw_date){year, n / 31, n % 31 + 1};
}

static void easter_agrees_with_meeus(void **state)
{
    (void)state;
    for (int year = 1583; year <= 9999; year++) {
        struct sw_date expected = easter_by_meeus(year);
        struct sw_date easter = sw_easter(year);
        if (memcmp(&easter, &expected, sizeof easter) != 0) {
            fail_msg("Easter %d: %02d-%02d", year, easter.month, easter.day);
        }
    }
}

/* Whether `day` is a holiday, told from the table of Easter Sundays. */
static bool holiday_by_table(int64_t day)
{
    struct sw_date date = sw_date_from_days(day);
    int64_t easter = sw_date_to_days(easters[date.year - FIRST_YEAR]);
    const int64_t all[] = {
        sw_date_to_days((struct sw_date){date.year, 1, 1}),
        easter - 2,
        easter + 1,
        sw_date_to_days((struct sw_date){date.year, 5, 1}),
        easter + 39,
        easter + 50,
        easter + 60,
        sw_date_to_days((struct sw_date){date.year, 10, 3}),
        sw_date_to_days((struct sw_date){date.year, 11, 1}),
        sw_date_to_days((struct sw_date){date.year, 12, 25}),
        sw_date_to_days((struct sw_date){date.year, 12, 26}),
    };
    for (size_t i = 0; i < SW_COUNT(all); i++) {
        if (all[i] == day) {
            return true;
        }
    }
    return false;
}

static void holidays_of_eleven_years(void **state)
{
    (void)state;
    static const char *const of_2026[] = {"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25",
                                          "2026-06-04", "2026-10-03", "2026-11-01", "2026-12-25", "2026-12-26"};
    for (size_t i = 0; i < SW_COUNT(of_2026); i++) {
        assert_true(sw_holiday_nrw(date_of(of_2026[i])));
    }
    int count = 0;
    int64_t end = sw_date_to_days((struct sw_date){LAST_YEAR + 1, 1, 1});
    for (int64_t day = sw_date_to_days((struct sw_date){FIRST_YEAR, 1, 1}); day < end; day++) {
        struct sw_date date = sw_date_from_days(day);
        bool holiday = sw_holiday_nrw(date);
        if (holiday != holiday_by_table(day)) {
            fail_msg("%d-%02d-%02d: %d", date.year, date.month, date.day, holiday);
        }
        assert_int_equal(holiday, sw_calendar_has(&holidays, date));
        count += holiday;
    }
    assert_int_equal(count, 11 * 11);
}

static void calendars_have_days(void **state)
{
    (void)state;
    static const struct sw_date_span spans[] = {
        {{2026, 7, 20}, {2026, 9, 1}}, {{2026, 10, 17}, {2026, 10, 17}}, {{2027, 3, 1}, {2027, 3, 9}}};
    static const struct sw_calendar school = {.name = "school", .spans = spans, .count = 3, .until = {2027, 3, 5}};
    static const struct sw_calendar endless = {.name = "endless", .spans = spans, .count = 3};
    static const struct sw_calendar short_holidays = {.name = "holidays", .holidays = true, .until = {2026, 4, 5}};
    static const struct {
        const struct sw_calendar *calendar;
        const char *date;
        bool has;
    } cases[] = {
        {&school, "2026-07-19", false},        {&school, "2026-07-20", true},         {&school, "2026-09-01", true},
        {&school, "2026-09-02", false},        {&school, "2026-10-17", true},         {&school, "2026-10-18", false},
        {&school, "2027-03-05", true},         {&school, "2027-03-06", false},        {&endless, "2027-03-06", true},
        {&short_holidays, "2026-04-03", true}, {&short_holidays, "2026-04-06", false}, {&endless, "2026-04-03", false},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        if (sw_calendar_has(cases[i].calendar, date_of(cases[i].date)) != cases[i].has) {
            fail_msg("%s %s", cases[i].calendar->name, cases[i].date);
        }
    }
}

static void calendars_join_in_schedules(void **state)
{
    static const struct sw_date_span summer[] = {{{2026, 7, 20}, {2026, 9, 1}}};
    static const struct sw_date_span fair[] = {{{2026, 8, 8}, {2026, 8, 9}}};
    static const struct sw_calendar school = {.name = "school", .spans = summer, .count = 1};
    static const struct sw_calendar closed = {.name = "closed", .spans = fair, .count = 1};
    static const struct sw_calendar *const in[] = {&school, &holidays};
    static const struct sw_calendar *const not_in[] = {&closed, &holidays};
    static const struct sw_schedule either = {.in = in, .in_count = 2, .not_in = not_in, .not_count = 1};
    static const struct sw_schedule neither = {.not_in = not_in, .not_count = 2};
    static const struct {
        const char *at;
        bool either, neither;
    } cases[] = {
        {"2026-07-19T12:00", false, true}, {"2026-07-20T00:00", true, true},  {"2026-08-08T12:00", false, false},
        {"2026-08-10T00:00", true, true},  {"2026-10-03T12:00", true, false}, {"2026-10-04T00:00", false, true},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        sw_instant at = instant_of(*state, cases[i].at);
        assert_int_equal(sw_schedule_on(&either, *state, at), cases[i].either);
        assert_int_equal(sw_schedule_on(&neither, *state, at), cases[i].neither);
    }
}

static void schedules_are_on(void **state)
{
    /* 2026: 28 March is a Saturday, the clock goes forward on Sunday the 29th; 3 April is Good Friday; it goes back on 25 October. */
    static const struct {
        struct words words;
        const char *on, *until; /* the stretch [on, until); NULL until: it is off at `on` and a day later */
    } cases[] = {
        {{.times = {"09:00-18:00"}}, "2026-03-28T09:00", "2026-03-28T18:00"},
        {{.times = {"22:00-02:00"}}, "2026-03-27T22:00", "2026-03-28T02:00"},
        {{.days = "fri", .times = {"22:00-02:00"}}, "2026-03-27T22:00", "2026-03-28T02:00"},
        {{.days = "sat", .times = {"22:00-02:00"}}, "2026-03-28T22:00", "2026-03-29T03:00"},   /* 02:00 is skipped: four hours elapse */
        {{.dates = "2026-03-28", .times = {"22:00-02:00"}}, "2026-03-28T22:00", "2026-03-29T03:00"},
        {{.days = "sun", .times = {"02:15-02:45"}}, "2026-03-29T00:00", NULL},                 /* wholly skipped */
        {{.days = "sun", .times = {"02:15-03:45"}}, "2026-03-29T03:00", "2026-03-29T03:45"},
        {{.days = "sun", .times = {"02:15-02:45"}}, "2026-10-25T02:15+02:00", "2026-10-25T02:45+02:00"}, /* the first passing only */
        {{.days = "sun", .times = {"01:00-02:30"}}, "2026-10-25T01:00", "2026-10-25T02:30+02:00"},
        {{.days = "sun", .times = {"02:30-03:30"}}, "2026-10-25T02:30+02:00", "2026-10-25T03:30+01:00"}, /* two hours */
        {{.days = "sun"}, "2026-10-25T00:00", "2026-10-26T00:00"},
        {{.days = "sun"}, "2026-03-29T00:00", "2026-03-30T00:00"},
        {{.days = "sat", .times = {"00:00-24:00"}}, "2026-03-28T00:00", "2026-03-29T00:00"},
        {{.days = "sat", .times = {"10:00-10:00"}}, "2026-03-28T10:00", "2026-03-29T10:00"},
        {{.days = "mon-fri", .not_holidays = true}, "2026-04-03T00:00", NULL},
        {{.days = "mon-fri", .not_holidays = true}, "2026-04-07T00:00", "2026-04-11T00:00"},
        {{.in_holidays = true, .times = {"20:00-06:00"}}, "2026-04-03T20:00", "2026-04-04T06:00"},
        {{.times = {"09:00-12:00", "12:00-13:00", "11:00-12:30"}}, "2026-03-28T09:00", "2026-03-28T13:00"},
        {{.times = {"13:00-14:00", "09:00-10:00"}}, "2026-03-28T09:00", "2026-03-28T10:00"},
        {{.days = "sat,sun", .times = {"12:00-24:00", "00:00-06:00"}}, "2026-03-28T12:00", "2026-03-29T06:00"},
        {{.dates = "2026-11-29..2026-12-24"}, "2026-11-29T00:00", "2026-12-25T00:00"},
    };
    const struct sw_zone_rules *zone = *state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct spelt spelt;
        spell(&spelt, &cases[i].words);
        sw_instant on = instant_of(zone, cases[i].on);
        if (cases[i].until == NULL) {
            assert_false(sw_schedule_on(&spelt.schedule, zone, on));
            assert_true(sw_schedule_edge(&spelt.schedule, zone, on, 23 * SW_HOUR) == SW_NEVER);
            continue;
        }
        sw_instant until = instant_of(zone, cases[i].until);
        bool right = !sw_schedule_on(&spelt.schedule, zone, on - 1) && sw_schedule_on(&spelt.schedule, zone, on) &&
                     sw_schedule_on(&spelt.schedule, zone, until - 1) && !sw_schedule_on(&spelt.schedule, zone, until) &&
                     sw_schedule_edge(&spelt.schedule, zone, on - 1, 1) == on &&
                     sw_schedule_edge(&spelt.schedule, zone, on, until - on) == until &&
                     sw_schedule_edge(&spelt.schedule, zone, on, until - on - 1) == SW_NEVER;
        if (!right) {
            fail_msg("case %zu: %s to %s", i, cases[i].on, cases[i].until);
        }
    }
}

static void far_edges(void **state)
{
    const struct sw_zone_rules *zone = *state;
    sw_instant now = instant_of(zone, "2026-03-28T12:00");
    struct spelt spelt;
    spell(&spelt, &(struct words){0});
    assert_true(sw_schedule_on(&spelt.schedule, zone, now));
    assert_true(sw_schedule_edge(&spelt.schedule, zone, now, SW_NEVER) == SW_NEVER);
    spell(&spelt, &(struct words){.times = {"00:00-24:00"}}); /* restricts nothing, in other words */
    assert_true(sw_schedule_edge(&spelt.schedule, zone, now, 40 * 24 * SW_HOUR) == SW_NEVER);
    spell(&spelt, &(struct words){.dates = "2026-03-01..2026-03-02"}); /* past */
    assert_true(sw_schedule_edge(&spelt.schedule, zone, now, SW_NEVER) == SW_NEVER);
    spell(&spelt, &(struct words){.dates = "2036-03-01"}); /* 3 626 days ahead */
    assert_true(sw_schedule_edge(&spelt.schedule, zone, now, SW_NEVER) == instant_of(zone, "2036-03-01T00:00"));
    assert_true(sw_schedule_edge(&spelt.schedule, zone, now, 300 * 24 * SW_HOUR) == SW_NEVER);
}

static void weekdays_without_holidays(void **state)
{
    struct spelt spelt;
    spell(&spelt, &(struct words){.times = {"09:00-18:00"}, .not_holidays = true});
    int64_t end = sw_date_to_days((struct sw_date){LAST_YEAR + 1, 1, 1});
    for (int64_t day = sw_date_to_days((struct sw_date){FIRST_YEAR, 1, 1}); day < end; day++) {
        struct sw_date date = sw_date_from_days(day);
        sw_instant noon = sw_civil_instant(*state, date, 12 * SW_HOUR);
        sw_instant begin = sw_civil_instant(*state, date, 9 * SW_HOUR);
        bool holiday = holiday_by_table(day);
        bool right = sw_schedule_on(&spelt.schedule, *state, noon) == !holiday &&
                     sw_schedule_edge(&spelt.schedule, *state, begin - 1, 9 * SW_HOUR) == (holiday ? SW_NEVER : begin);
        if (!right) {
            fail_msg("%d-%02d-%02d", date.year, date.month, date.day);
        }
    }
}

/* The clock of five days, minute by minute, and when it reads a time for the first time. */
#define SCAN_DAYS 5
#define SCAN_MINUTES (SCAN_DAYS * MINUTES_A_DAY)

struct scan {
    sw_instant begin;
    int64_t clock[SCAN_MINUTES]; /* local minutes since 1970 */
    bool on[SCAN_MINUTES];
};

static int first_reading(const struct scan *scan, int64_t clock)
{
    int minute = 0;
    while (minute < SCAN_MINUTES && scan->clock[minute] < clock) {
        minute++;
    }
    return minute;
}

static void scan_clock(struct scan *scan, const struct sw_zone_rules *zone, sw_instant begin)
{
    scan->begin = begin;
    for (int i = 0; i < SCAN_MINUTES; i++) {
        struct sw_civil civil = sw_civil_at(zone, begin + i * SW_MINUTE);
        scan->clock[i] = sw_date_to_days(civil.date) * MINUTES_A_DAY + civil.hour * 60 + civil.minute;
    }
}

/* Fills in when the words are on, by looking at the clock alone. */
static void scan_words(struct scan *scan, const struct words *words, const struct sw_schedule *schedule)
{
    static const struct sw_time_span whole_day = {0, 24 * SW_HOUR};
    memset(scan->on, 0, sizeof scan->on);
    int64_t first = scan->clock[0] / MINUTES_A_DAY;
    for (int64_t day = first - 1; day < first + SCAN_DAYS + 1; day++) {
        int weekday = (int)((day + 3) % 7); /* day 0 was a Thursday */
        bool holiday = holiday_by_table(day);
        if ((words->days != NULL && (schedule->weekdays >> weekday & 1u) == 0) || (words->not_holidays && holiday) ||
            (words->in_holidays && !holiday)) {
            continue;
        }
        for (size_t i = 0; i < schedule->time_count || (i == 0 && schedule->time_count == 0); i++) {
            struct sw_time_span span = schedule->time_count > 0 ? schedule->times[i] : whole_day;
            int64_t from = day * MINUTES_A_DAY + span.from / SW_MINUTE;
            int64_t to = (day + (span.to <= span.from)) * MINUTES_A_DAY + span.to / SW_MINUTE;
            for (int minute = first_reading(scan, from); minute < first_reading(scan, to); minute++) {
                scan->on[minute] = true;
            }
        }
    }
}

static const struct words scanned[] = {
    {.times = {"00:00-24:00"}},
    {.times = {"09:00-18:00"}},
    {.times = {"22:00-02:00"}},
    {.times = {"22:00-03:00"}},
    {.times = {"02:00-03:00"}},
    {.times = {"02:15-02:45"}},
    {.times = {"01:30-02:30"}},
    {.times = {"02:30-03:30"}},
    {.times = {"23:30-02:30", "02:45-04:00"}},
    {.times = {"12:00-12:00"}},
    {.times = {"01:00-02:00", "02:00-03:00", "03:00-04:00"}},
    {.days = "sun"},
    {.days = "sat"},
    {.days = "sat", .times = {"20:00-02:30"}},
    {.days = "sun", .times = {"02:10-02:20", "23:00-01:00"}},
    {.days = "mon-fri", .times = {"00:00-06:00"}, .not_holidays = true},
    {.times = {"22:00-02:00"}, .in_holidays = true},
};

static void edges_by_scan(void **state)
{
    static struct scan scan;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        for (int month = 3; month <= 10; month += 7) {
            scan_clock(&scan, *state, midnight_utc(change_day(year, month) - 2));
            for (size_t w = 0; w < SW_COUNT(scanned); w++) {
                struct spelt spelt;
                spell(&spelt, &scanned[w]);
                scan_words(&scan, &scanned[w], &spelt.schedule);
                sw_instant edge = SW_NEVER; /* the next one after minute i */
                for (int i = SCAN_MINUTES - 2; i >= MINUTES_A_DAY; i--) {
                    sw_instant at = scan.begin + i * SW_MINUTE;
                    edge = scan.on[i] != scan.on[i + 1] ? at + SW_MINUTE : edge;
                    sw_instant expected = edge <= at + 24 * SW_HOUR ? edge : SW_NEVER;
                    /* The outer days are there for spans that began before and edges that come after. */
                    if (i < 3 * MINUTES_A_DAY && (sw_schedule_on(&spelt.schedule, *state, at) != scan.on[i] ||
                                                  sw_schedule_edge(&spelt.schedule, *state, at, 24 * SW_HOUR) != expected)) {
                        fail_msg("year %d month %d words %zu minute %d", year, month, w, i);
                    }
                }
            }
        }
    }
}

static void edges_between_minutes(void **state)
{
    uint64_t random = 20261123;
    int64_t begin = midnight_utc(sw_date_to_days((struct sw_date){FIRST_YEAR, 1, 2}));
    int64_t length = midnight_utc(sw_date_to_days((struct sw_date){LAST_YEAR, 12, 20})) - begin;
    for (int i = 0; i < 20000; i++) {
        struct spelt spelt;
        spell(&spelt, &scanned[random_below(&random, SW_COUNT(scanned))]);
        sw_instant at = begin + random_below(&random, length);
        sw_instant edge = sw_schedule_edge(&spelt.schedule, *state, at, 8 * 24 * SW_HOUR);
        bool on = sw_schedule_on(&spelt.schedule, *state, at);
        if (edge != SW_NEVER) {
            assert_true(edge > at && edge <= at + 8 * 24 * SW_HOUR);
            assert_int_equal(sw_schedule_on(&spelt.schedule, *state, edge), !on);
            assert_int_equal(sw_schedule_on(&spelt.schedule, *state, edge - 1), on);
            sw_instant between = at + random_below(&random, edge - at);
            assert_int_equal(sw_schedule_on(&spelt.schedule, *state, between), on);
            assert_true(sw_schedule_edge(&spelt.schedule, *state, between, SW_NEVER) == edge);
        }
    }
}

static void days_tile(void **state)
{
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        sw_instant at = sw_civil_instant(*state, (struct sw_date){year, 1, 1}, 0);
        sw_instant end = sw_civil_instant(*state, (struct sw_date){year + 1, 1, 1}, 0);
        for (int64_t day = sw_date_to_days((struct sw_date){year, 1, 1}); at < end; day++) {
            sw_instant start, next, start_late, next_late;
            sw_schedule_day(*state, at, &start, &next);
            sw_schedule_day(*state, next - 1, &start_late, &next_late);
            assert_true(start == at && start_late == start && next_late == next);
            int hours = day == change_day(year, 3) ? 23 : day == change_day(year, 10) ? 25 : 24;
            assert_true(next - start == hours * SW_HOUR);
            at = next;
        }
    }
}

/* Where the clock is set back over midnight the calendar goes back too; days must still follow each other. */
static void days_tile_where_midnight_comes_twice(void **state)
{
    (void)state;
    struct sw_zone_rules *zone = sw_zone_rules_create("America/St_Johns"); /* until 2011 at 00:01 */
    if (zone == NULL) {
        fail_msg("no zone America/St_Johns");
    }
    sw_instant at = instant_of(zone, "2010-11-05T00:00");
    int days = 0;
    for (sw_instant end = instant_of(zone, "2010-11-10T00:00"); at < end; days++) {
        sw_instant start, next;
        for (sw_instant inside = at;; inside += SW_MINUTE) {
            sw_schedule_day(zone, inside, &start, &next);
            assert_true(start == at && next > at);
            if (inside + SW_MINUTE >= next) {
                break;
            }
        }
        at = next;
    }
    assert_int_equal(days, 5);
    sw_zone_rules_destroy(zone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_read),
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(times_are_read),
        cmocka_unit_test(easter_is_known),
        cmocka_unit_test(easter_agrees_with_meeus),
        cmocka_unit_test(holidays_of_eleven_years),
        cmocka_unit_test(calendars_have_days),
        cmocka_unit_test(calendars_join_in_schedules),
        cmocka_unit_test(schedules_are_on),
        cmocka_unit_test(far_edges),
        cmocka_unit_test(weekdays_without_holidays),
        cmocka_unit_test(edges_by_scan),
        cmocka_unit_test(edges_between_minutes),
        cmocka_unit_test(days_tile),
        cmocka_unit_test(days_tile_where_midnight_comes_twice),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
