/* SPDX-License-Identifier: EUPL-1.2 */
/* Dates, and the clock of real zones. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/civil.h"
#include "base/must.h"

#define UTC(year, month, day, hour, minute) \
    (sw_date_to_days((struct sw_date){year, month, day}) * 24 * SW_HOUR + (hour) * SW_HOUR + (minute) * SW_MINUTE)

static void days_are_counted(void **state)
{
    (void)state;
    static const struct {
        struct sw_date date;
        int64_t days;
        int weekday;
    } cases[] = {
        {{1970, 1, 1}, 0, 4},       {{1969, 12, 31}, -1, 3},     {{2000, 2, 29}, 11016, 2}, {{2026, 11, 23}, 20780, 1},
        {{1900, 3, 1}, -25508, 4},  {{0, 3, 1}, -719468, 3},     {{1, 1, 1}, -719162, 1},   {{9999, 12, 31}, 2932896, 5},
        {{2100, 2, 28}, 47540, 7},  {{2100, 3, 1}, 47541, 1},    {{1582, 10, 15}, -141427, 5},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_date back = sw_date_from_days(cases[i].days);
        assert_int_equal(sw_date_to_days(cases[i].date), cases[i].days);
        assert_int_equal(sw_date_weekday(cases[i].date), cases[i].weekday);
        assert_memory_equal(&back, &cases[i].date, sizeof back);
    }
}

static void each_day_follows_the_last(void **state)
{
    (void)state;
    struct sw_date last = sw_date_from_days(-800000);
    for (int64_t day = -799999; day < 800000; day++) {
        struct sw_date date = sw_date_from_days(day);
        struct sw_date next = {last.year, last.month, last.day + 1};
        if (!sw_date_valid(next)) {
            next = (struct sw_date){last.year, last.month + 1, 1};
        }
        if (!sw_date_valid(next)) {
            next = (struct sw_date){last.year + 1, 1, 1};
        }
        if (date.year != next.year || date.month != next.month || date.day != next.day || sw_date_to_days(date) != day) {
            fail_msg("day %lld: %d-%d-%d", (long long)day, date.year, date.month, date.day);
        }
        last = date;
    }
}

static void dates_are_read(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "2026", "2026-11", "2026-11-", "2026-1-23", "2026-13-01", "2026-00-01", "2026-01-00", "2026-01-32", "2026-04-31", "2026-02-29",
        "1900-02-29", "2100-02-29", "2026-11-23 ", " 2026-11-23", "2026/11/23", "20261123", "-026-11-23", "2026-11-23T", "12026-11-23",
    };
    static const char *const good[] = {"2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31", "2026-11-30"};
    struct sw_date date = {7, 7, 7};
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        if (sw_date_parse(bad[i], &date) || date.year != 7) {
            fail_msg("\"%s\" is taken", bad[i]);
        }
    }
    assert_false(sw_date_parse(NULL, &date));
    for (size_t i = 0; i < SW_COUNT(good); i++) {
        assert_true(sw_date_parse(good[i], &date));
    }
    assert_int_equal(date.year, 2026);
    assert_int_equal(date.month, 11);
    assert_int_equal(date.day, 30);
}

/* The last Sundays of March and October (European directive 2000/84/EC: at 01:00 UTC). */
static const struct change {
    int year, march, october;
} changes[] = {
    {2020, 29, 25}, {2021, 28, 31}, {2022, 27, 30}, {2023, 26, 29}, {2024, 31, 27}, {2025, 30, 26}, {2026, 29, 25},
    {2027, 28, 31}, {2028, 26, 29}, {2029, 25, 28}, {2030, 31, 27}, {2031, 30, 26}, {2032, 28, 31}, {2033, 27, 30},
    {2034, 26, 29}, {2035, 25, 28}, {2036, 30, 26}, {2037, 29, 25}, {2038, 28, 31}, {2039, 27, 30}, {2040, 25, 28},
};

static void assert_clock(const struct sw_zone_rules *rules, sw_instant instant, int hour, int minute, int second, int offset_s)
{
    struct sw_civil civil = sw_civil_at(rules, instant);
    assert_int_equal(civil.hour, hour);
    assert_int_equal(civil.minute, minute);
    assert_int_equal(civil.second, second);
    assert_int_equal(civil.offset_s, offset_s);
}

static void berlin_changes_its_clock(void **state)
{
    struct sw_zone_rules *berlin = *state;
    for (size_t i = 0; i < SW_COUNT(changes); i++) {
        sw_instant summer = UTC(changes[i].year, 3, changes[i].march, 1, 0);
        sw_instant winter = UTC(changes[i].year, 10, changes[i].october, 1, 0);
        assert_clock(berlin, summer - 1, 1, 59, 59, 3600);
        assert_clock(berlin, summer, 3, 0, 0, 7200);
        assert_clock(berlin, winter - 1, 2, 59, 59, 7200);
        assert_clock(berlin, winter, 2, 0, 0, 3600);
        assert_int_equal(sw_civil_at(berlin, summer).weekday, 7);
        assert_int_equal(sw_civil_at(berlin, summer - 1).microsecond, 999999);
    }
}

static void the_gap_and_the_overlap(void **state)
{
    struct sw_zone_rules *berlin = *state;
    for (size_t i = 0; i < SW_COUNT(changes); i++) {
        struct sw_date march = {changes[i].year, 3, changes[i].march}, october = {changes[i].year, 10, changes[i].october};
        sw_instant summer = UTC(march.year, 3, march.day, 1, 0), winter = UTC(october.year, 10, october.day, 1, 0);
        assert_int_equal(sw_civil_instant(berlin, march, 2 * SW_HOUR - 1), summer - 1);
        assert_int_equal(sw_civil_instant(berlin, march, 2 * SW_HOUR), summer);
        assert_int_equal(sw_civil_instant(berlin, march, 2 * SW_HOUR + 30 * SW_MINUTE + 1), summer);
        assert_int_equal(sw_civil_instant(berlin, march, 3 * SW_HOUR), summer);
        assert_int_equal(sw_civil_instant(berlin, march, 3 * SW_HOUR + 1), summer + 1);
        assert_int_equal(sw_civil_instant(berlin, october, 2 * SW_HOUR), winter - SW_HOUR);
        assert_int_equal(sw_civil_instant(berlin, october, 3 * SW_HOUR - 1), winter - 1);
        assert_int_equal(sw_civil_instant(berlin, october, 3 * SW_HOUR), winter + SW_HOUR);
        /* these days have 23 and 25 hours */
        assert_int_equal(sw_civil_instant(berlin, march, 24 * SW_HOUR) - sw_civil_instant(berlin, march, 0), 23 * SW_HOUR);
        assert_int_equal(sw_civil_instant(berlin, october, 24 * SW_HOUR) - sw_civil_instant(berlin, october, 0), 25 * SW_HOUR);
    }
}

static void every_hour_comes_back(void **state)
{
    struct sw_zone_rules *berlin = *state;
    for (sw_instant at = UTC(1880, 1, 1, 0, 7); at < UTC(2150, 1, 1, 0, 0); at += 47 * SW_HOUR / 13) {
        struct sw_civil civil = sw_civil_at(berlin, at);
        int64_t of_day = civil.hour * SW_HOUR + civil.minute * SW_MINUTE + civil.second * SW_SECOND + civil.microsecond;
        sw_instant back = sw_civil_instant(berlin, civil.date, of_day);
        struct sw_civil again = sw_civil_at(berlin, back);
        bool same = again.hour == civil.hour && again.minute == civil.minute && again.date.day == civil.date.day;
        if (back > at || at - back > 3 * SW_HOUR || !same) {
            fail_msg("%lld", (long long)at);
        }
    }
}

static void leap_days_and_midnights(void **state)
{
    struct sw_zone_rules *berlin = *state;
    struct sw_civil civil = sw_civil_at(berlin, UTC(2028, 2, 28, 23, 30));
    assert_int_equal(civil.date.month, 2);
    assert_int_equal(civil.date.day, 29);
    assert_int_equal(civil.hour, 0);
    assert_int_equal(civil.weekday, 2);
    assert_int_equal(sw_civil_instant(berlin, (struct sw_date){2028, 2, 29}, 24 * SW_HOUR), UTC(2028, 2, 29, 23, 0));
    assert_int_equal(sw_civil_at(berlin, UTC(2026, 12, 31, 23, 0)).date.year, 2027);
}

static void other_zones_have_other_habits(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        int64_t at;
        int offset_s;
    } cases[] = {
        {"UTC", 0, 0},
        {"America/New_York", 1741503600 - 1, -18000}, /* 2025-03-09 07:00 UTC */
        {"America/New_York", 1741503600, -14400},
        {"Australia/Lord_Howe", 1767225600, 39600}, /* half an hour of summer time, in January */
        {"Australia/Lord_Howe", 1782864000, 37800},
        {"Asia/Kathmandu", 1782864000, 20700},
        {"Pacific/Kiritimati", 1782864000, 50400},
        {"America/Santiago", 2540160000, -14400}, /* 2050-06-30: the rule says winter from April to September */
        {"America/Santiago", 2524608000, -10800},
        {"Europe/London", -2000000000, 0},
        {"Africa/Monrovia", -1000000000, -2670},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_zone_rules *rules = sw_zone_rules_create(cases[i].zone);
        assert_non_null(rules);
        if (sw_civil_at(rules, cases[i].at * SW_SECOND).offset_s != cases[i].offset_s) {
            fail_msg("%s at %lld: %d", cases[i].zone, (long long)cases[i].at, sw_civil_at(rules, cases[i].at * SW_SECOND).offset_s);
        }
        sw_zone_rules_destroy(rules);
    }
}

static void instants_are_read(void **state)
{
    struct sw_zone_rules *berlin = *state;
    static const struct {
        const char *text;
        int64_t expected;
    } cases[] = {
        {"2026-11-23T14:05", 1795439100 * SW_SECOND},
        {"2026-11-23T14:05:30", 1795439130 * SW_SECOND},
        {"2026-11-23T14:05:30.5", 1795439130 * SW_SECOND + 500000},
        {"2026-11-23T14:05:30.1234567", 1795439130 * SW_SECOND + 123456},
        {"2026-11-23T14:05Z", 1795442700 * SW_SECOND},
        {"2026-11-23T14:05+01:00", 1795439100 * SW_SECOND},
        {"2026-11-23T14:05:00-05:30", 1795462500 * SW_SECOND},
        {"2026-07-01T00:00", 1782856800 * SW_SECOND},
        {"1969-12-31T23:59:59.25Z", -750000},
        {"2026-03-29T02:30", 1774746000 * SW_SECOND},
        {"2026-10-25T02:30", 1792888200 * SW_SECOND},
    };
    static const char *const bad[] = {
        "", "2026-11-23", "2026-11-23T", "2026-11-23T14", "2026-11-23T14:5", "2026-11-23T24:00", "2026-11-23T14:60", "2026-11-23T14:05:60",
        "2026-11-23T14:05:30.", "2026-11-23T14:05:3", "2026-11-23 14:05", "2026-11-23T14:05z", "2026-11-23T14:05+1",
        "2026-11-23T14:05+0100",
        "2026-11-23T14:05+24:00", "2026-11-23T14:05+01:60", "2026-11-23T14:05Z ", "2026-02-30T14:05Z", "2026-11-23T14:05.5", "14:05",
        "2026-11-23T14:05ZZ", "2026-11-23T-4:05",
    };
    sw_instant instant = 4711;
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        if (sw_civil_parse(berlin, bad[i], &instant) || instant != 4711) {
            fail_msg("\"%s\" is taken", bad[i]);
        }
    }
    assert_false(sw_civil_parse(berlin, NULL, &instant));
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        if (!sw_civil_parse(berlin, cases[i].text, &instant) || instant != cases[i].expected) {
            fail_msg("%s: %lld", cases[i].text, (long long)instant);
        }
    }
}

static void the_ends_of_time_do_not_overflow(void **state)
{
    struct sw_zone_rules *berlin = *state;
    (void)sw_civil_at(berlin, INT64_MIN);
    assert_int_equal(sw_civil_at(berlin, INT64_MIN).microsecond, 224192);
    assert_true(sw_civil_at(berlin, SW_NEVER).date.year > 290000);
    assert_true(sw_civil_instant(berlin, (struct sw_date){2000000000, 1, 1}, 0) == SW_NEVER);
    assert_true(sw_civil_instant(berlin, (struct sw_date){-2000000000, 1, 1}, 0) == -SW_NEVER);
    assert_int_equal(sw_civil_at(NULL, 3723 * SW_SECOND).minute, 2);
}

static int load_berlin(void **state)
{
    *state = sw_zone_rules_create("Europe/Berlin");
    return *state == NULL;
}

static int drop_berlin(void **state)
{
    sw_zone_rules_destroy(*state);
    sw_zone_rules_destroy(NULL);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_counted), cmocka_unit_test(each_day_follows_the_last), cmocka_unit_test(dates_are_read),
        cmocka_unit_test(berlin_changes_its_clock), cmocka_unit_test(the_gap_and_the_overlap), cmocka_unit_test(every_hour_comes_back),
        cmocka_unit_test(leap_days_and_midnights), cmocka_unit_test(other_zones_have_other_habits), cmocka_unit_test(instants_are_read),
        cmocka_unit_test(the_ends_of_time_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, load_berlin, drop_berlin);
}
