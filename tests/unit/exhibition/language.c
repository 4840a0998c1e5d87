/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers, dates, spans and plurals of every language. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/must.h"
#include "exhibition/language.h"

#define NBSP "\xc2\xa0"
#define LRM "\xe2\x80\x8e"
#define DASH "\xe2\x80\x93"

static struct sw_arena arena;

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        double number;
        int digits;
        const char *expected;
    } cases[] = {
        {"de", 1234.5, -1, "1.234,5"},
        {"de", 1234567, -1, "1.234.567"},
        {"de", 123, -1, "123"},
        {"de", 999, -1, "999"},
        {"de", 1000, -1, "1.000"},
        {"de", 0, -1, "0"},
        {"de", 0, 2, "0,00"},
        {"de", 0.5, -1, "0,5"},
        {"de", 0.1 + 0.2, -1, "0,3"},
        {"de", 1.23456, -1, "1,235"},
        {"de", 1.2, 3, "1,200"},
        {"de", 1.2, 0, "1"},
        {"de", -1234.5, 1, "-1.234,5"},
        /* half away from zero, on the decimal digits */
        {"en", 0.5, 0, "1"},
        {"en", 1.5, 0, "2"},
        {"en", 2.5, 0, "3"},
        {"en", -2.5, 0, "-3"},
        {"en", 2.675, 2, "2.68"},
        {"en", 1.005, 2, "1.01"},
        {"en", 0.045, 2, "0.05"},
        {"en", 0.0449999, 2, "0.04"},
        {"en", 0.05, 1, "0.1"},
        {"en", 0.04, 1, "0.0"},
        {"en", 0.4, 0, "0"},
        {"en", 9.96, 1, "10.0"},
        {"en", 999.96, 1, "1,000.0"},
        {"en", 999999.9995, 3, "1,000,000.000"},
        {"en", 0.0009, -1, "0.001"},
        {"en", 0.0004, -1, "0"},
        {"en", 1e-300, -1, "0"},
        {"en", 1e-300, 6, "0.000000"},
        /* "-0" is never written */
        {"en", -0.0, -1, "0"},
        {"en", -0.0, 2, "0.00"},
        {"en", -0.4, 0, "0"},
        {"en", -0.0004, -1, "0"},
        {"en", -0.5, 0, "-1"},
        {"en", 0.1, 9, "0.100000"}, /* at most 6 */
        {"en", 9007199254740993.0, 0, "9,007,199,254,740,992"},
        {"en", 1e21, 0, "1,000,000,000,000,000,000,000"},
        {"en", NAN, -1, DASH},
        {"en", INFINITY, 1, DASH},
        {"en", 1234.5, -1, "1,234.5"},
        {"en-GB", 1234.5, -1, "1,234.5"},
        {"de-AT", 1234.5, -1, "1.234,5"},
        {"de-leicht", 1234.5, -1, "1.234,5"},
        {"tr", 1234.5, -1, "1.234,5"},
        {"ar", 1234.5, -1, "1,234.5"},
        {"ar", -5, -1, LRM "-5"},
        {"pl", 1234.5, -1, "1234,5"},
        {"pl", 12345.5, -1, "12" NBSP "345,5"},
        {"uk", 1234.5, -1, "1" NBSP "234,5"},
        {"fr", 1234.5, -1, "1,234.5"}, /* not known: as English */
        {"", 1234.5, -1, "1,234.5"},
        {NULL, 1234.5, -1, "1,234.5"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        const char *got = sw_language_number(&arena, cases[i].language, cases[i].number, cases[i].digits);
        if (strcmp(got, cases[i].expected) != 0) {
            fail_msg("case %zu: %s, not %s", i, got, cases[i].expected);
        }
    }
    assert_int_equal(strlen(sw_language_number(&arena, "en", 1.7e308, 6)), 309 + 102 + 7);
    assert_int_equal(strlen(sw_language_number(&arena, "uk", -1.7e308, 6)), 1 + 309 + 102 * 2 + 7);
}

static void bare_numbers(void **state)
{
    (void)state;
    assert_string_equal(sw_language_bare(&arena, "de", 2026), "2026");
    assert_string_equal(sw_language_bare(&arena, "de", -9999), "-9999");
    assert_string_equal(sw_language_bare(&arena, "de", 10000), "10.000");
    assert_string_equal(sw_language_bare(&arena, "de", 2026.5), "2.026,5");
    assert_string_equal(sw_language_bare(&arena, "ar", -3), LRM "-3");
    assert_string_equal(sw_language_bare(&arena, "de", NAN), DASH);
    assert_string_equal(sw_language_bare(&arena, "de", -INFINITY), DASH);
}

static void percents(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        double share;
        int digits;
        const char *expected;
    } cases[] = {
        {"de", 0.5, 0, "50" NBSP "%"},     {"de-leicht", 0.5, 0, "50" NBSP "%"}, {"en", 0.5, 0, "50%"},      {"tr", 0.5, 0, "%50"},
        {"tr", -0.5, 0, "-%50"},           {"ar", 0.5, 0, "50%"},                {"pl", 0.5, 0, "50%"},      {"uk", 0.5, 0, "50%"},
        {"en", 0.285, 0, "29%"},           {"en", 0.1234, 1, "12.3%"},           {"en", 0.1234, -1, "12.34%"}, {"en", 0, 0, "0%"},
        {"en", -0.001, 0, "0%"},           {"en", 12.5, 0, "1,250%"},            {"de", 0.07, 0, "7" NBSP "%"}, {"en", NAN, 0, DASH},
        {"en", 1e-9, 0, "0%"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        assert_string_equal(sw_language_percent(&arena, cases[i].language, cases[i].share, cases[i].digits), cases[i].expected);
    }
}

/* The machine's locale has no say. */
static void locale_does_not_matter(void **state)
{
    (void)state;
    static const char *const locales[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ar_EG.UTF-8", ""};
    for (size_t i = 0; i < SW_COUNT(locales); i++) {
        (void)setlocale(LC_ALL, locales[i]);
        assert_string_equal(sw_language_number(&arena, "en", 1234.567, 2), "1,234.57");
    }
    assert_non_null(setlocale(LC_ALL, "C"));
}

static void dates(void **state)
{
    (void)state;
    static const struct {
        const char *language, *texts[4];
    } cases[] = {
        {"de", {"05.03.2026", "5. März 2026", "Donnerstag", "09:05"}},
        {"de-leicht", {"05.03.2026", "5. März 2026", "Donnerstag", "09:05" NBSP "Uhr"}},
        {"en", {"5 Mar 2026", "5 March 2026", "Thursday", "09:05"}},
        {"tr", {"05.03.2026", "5 Mart 2026", "Perşembe", "09:05"}},
        {"ar", {"5/3/2026", "5 مارس 2026", "الخميس", "09:05"}},
        {"pl", {"05.03.2026", "5 marca 2026", "czwartek", "09:05"}},
        {"uk", {"05.03.2026", "5 березня 2026" NBSP "р.", "четвер", "09:05"}},
        {"nl", {"5 Mar 2026", "5 March 2026", "Thursday", "09:05"}},
    };
    static const struct sw_civil civil = {.date = {2026, 3, 5}, .hour = 9, .minute = 5, .second = 59, .weekday = 4};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        for (int form = SW_DATE_SHORT; form <= SW_DATE_TIME; form++) {
            assert_string_equal(sw_language_date(&arena, cases[i].language, &civil, (enum sw_date_form)form), cases[i].texts[form]);
        }
        for (int month = 1; month <= 12; month++) { /* no hole in any table */
            struct sw_civil other = {.date = {2026, month, 28}, .weekday = (month - 1) % 7 + 1};
            for (int form = SW_DATE_SHORT; form <= SW_DATE_WEEKDAY; form++) {
                const char *text = sw_language_date(&arena, cases[i].language, &other, (enum sw_date_form)form);
                assert_true(strlen(text) >= 4 && strstr(text, "null") == NULL);
            }
        }
    }
    static const struct sw_civil example = {.date = {2026, 11, 23}, .hour = 14, .minute = 5, .weekday = 1};
    assert_string_equal(sw_language_date(&arena, "de", &example, SW_DATE_SHORT), "23.11.2026");
    assert_string_equal(sw_language_date(&arena, "de", &example, SW_DATE_LONG), "23. November 2026");
    assert_string_equal(sw_language_date(&arena, "de", &example, SW_DATE_WEEKDAY), "Montag");
    assert_string_equal(sw_language_date(&arena, "de", &example, SW_DATE_TIME), "14:05");
    static const struct {
        const char *language, *hour, *weekday, *day;
    } axes[] = {
        {"de", "14\xc2\xa0Uhr", "Mo\xc2\xa0" "23.11.", "23.11."},
        {"en", "14:00", "Mon\xc2\xa0" "23\xc2\xa0Nov", "23\xc2\xa0Nov"},
        {"tr", "14:00", "Pzt\xc2\xa0" "23.11", "23.11"},
        {"ar", "14:00", "الاثنين\xc2\xa0" "23/11", "23/11"},
        {"pl", "14:00", "pon.\xc2\xa0" "23.11", "23.11"},
        {"uk", "14:00", "пн\xc2\xa0" "23.11", "23.11"},
    };
    for (size_t i = 0; i < SW_COUNT(axes); i++) {
        assert_string_equal(sw_language_date(&arena, axes[i].language, &example, SW_DATE_HOUR), axes[i].hour);
        assert_string_equal(sw_language_date(&arena, axes[i].language, &example, SW_DATE_WEEKDAY_DAY), axes[i].weekday);
        assert_string_equal(sw_language_date(&arena, axes[i].language, &example, SW_DATE_DAY), axes[i].day);
        assert_string_equal(sw_language_date(&arena, axes[i].language, &example, SW_DATE_MONTH_YEAR), "11/2026");
    }
}

#define DAY (24 * SW_HOUR)

static void spans(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        int64_t difference;
        const char *expected;
        int64_t holds;
    } cases[] = {
        {"de", 0, "gerade eben", SW_MINUTE},
        {"de", -1, "gerade eben", SW_MINUTE - 1},
        {"de", -59 * SW_SECOND, "gerade eben", SW_SECOND},
        {"de", -60 * SW_SECOND, "vor 1 Minute", SW_MINUTE},
        {"de", -(5 * SW_MINUTE + 20 * SW_SECOND), "vor 5 Minuten", 40 * SW_SECOND},
        {"de", -59 * SW_MINUTE, "vor 59 Minuten", SW_MINUTE},
        {"de", -SW_HOUR, "vor 1 Stunde", SW_HOUR},
        {"de", -(2 * SW_HOUR + 1), "vor 2 Stunden", SW_HOUR - 1},
        {"de", -DAY, "vor 1 Tag", DAY},
        {"de", -59 * DAY, "vor 59 Tagen", DAY},
        {"de", -60 * DAY, "vor 2 Monaten", 30 * DAY},
        {"de", -729 * DAY, "vor 24 Monaten", DAY}, /* then years, before the month is over */
        {"de", -730 * DAY, "vor 2 Jahren", 365 * DAY},
        {"de", 1, "gleich", 2},
        {"de", 59 * SW_SECOND, "gleich", 59 * SW_SECOND + 1},
        {"de", 60 * SW_SECOND, "in 1 Minute", 1},
        {"de", 2 * SW_HOUR + 10, "in 2 Stunden", 11},
        {"de", 3 * DAY + SW_HOUR, "in 3 Tagen", SW_HOUR + 1},
        {"de", INT64_MIN, "vor 292.471 Jahren", 0},
        {"de", INT64_MAX, "in 292.471 Jahren", 0},
        {"de-leicht", -5 * SW_MINUTE, "vor 5 Minuten", SW_MINUTE},
        {"en", -1, "just now", 0},
        {"en", 1, "in a moment", 0},
        {"en", -SW_MINUTE, "1 minute ago", 0},
        {"en", 5 * SW_HOUR, "in 5 hours", 0},
        {"tr", -1, "az önce", 0},
        {"tr", 1, "birazdan", 0},
        {"tr", -SW_MINUTE, "1 dakika önce", 0},
        {"tr", 5 * DAY, "5 gün sonra", 0},
        {"ar", -1, "قبل لحظات", 0},
        {"ar", 1, "بعد لحظات", 0},
        {"ar", -SW_MINUTE, "قبل دقيقة واحدة", 0},
        {"ar", -2 * SW_MINUTE, "قبل دقيقتين", 0},
        {"ar", -5 * SW_MINUTE, "قبل 5 دقائق", 0},
        {"ar", -11 * DAY, "قبل 11 يومًا", 0},
        {"ar", 100 * 365 * DAY, "بعد 100 سنة", 0},
        {"pl", -1, "przed chwilą", 0},
        {"pl", 1, "za chwilę", 0},
        {"pl", -SW_MINUTE, "1 minutę temu", 0},
        {"pl", -22 * SW_MINUTE, "22 minuty temu", 0},
        {"pl", -12 * SW_HOUR, "12 godzin temu", 0},
        {"pl", 5 * 365 * DAY, "za 5 lat", 0},
        {"uk", -1, "щойно", 0},
        {"uk", 1, "за мить", 0},
        {"uk", -21 * SW_MINUTE, "21 хвилину тому", 0},
        {"uk", -3 * SW_HOUR, "3 години тому", 0},
        {"uk", 11 * DAY, "через 11 днів", 0},
        {"xx", -5 * DAY, "5 days ago", 0},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        int64_t holds = 0;
        assert_string_equal(sw_language_ago(&arena, cases[i].language, cases[i].difference, &holds), cases[i].expected);
        assert_true(holds > 0);
        if (cases[i].holds > 0) {
            assert_int_equal(holds, cases[i].holds);
        }
    }
}

static void plurals(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        int forms;
        double numbers[12];
        int expected[12]; /* -1 ends */
    } cases[] = {
        {"de", 2, {0, 1, 2, 1.5, -1}, {1, 0, 1, 1, 0, -1}},
        {"en", 2, {0, 1, 2, 11, 21}, {1, 0, 1, 1, 1, -1}},
        {"en", 6, {0, 1, 2}, {1, 0, 1, -1}},
        {"de-leicht", 2, {1, 2}, {0, 1, -1}},
        {"tr", 2, {1, 2}, {0, 1, -1}},
        {"tr", 1, {1, 2}, {0, 0, -1}},
        {"pl", 3, {0, 1, 2, 4, 5, 12, 14, 21, 22, 112, 1.5}, {2, 0, 1, 1, 2, 2, 2, 2, 1, 2, 1, -1}},
        {"pl", 4, {1, 2, 5, 1.5}, {0, 1, 2, 3, -1}},
        {"pl", 2, {1, 2, 5, 1.5}, {0, 1, 1, 1, -1}},
        {"uk", 3, {0, 1, 2, 5, 11, 12, 21, 22, 25, 101, 111}, {2, 0, 1, 2, 2, 2, 0, 1, 2, 0, 2, -1}},
        {"uk", 4, {1.5, 1001}, {3, 0, -1}},
        {"ar", 6, {0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1.5}, {0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 5, -1}},
        {"ar", 5, {0, 1, 2, 3, 11, 100}, {4, 0, 1, 2, 3, 4, -1}},
        {"ar", 3, {0, 1, 2, 3, 11, 100}, {2, 0, 1, 2, 2, 2, -1}},
        {"ar", 2, {0, 1, 2}, {1, 0, 1, -1}},
        {"ar", 1, {0, 1, 2}, {0, 0, 0, -1}},
        {"en", 0, {1, 2, NAN, INFINITY, 1e300}, {0, 0, 0, 0, 0, -1}},
        {"pl", 3, {1e300, NAN}, {1, 1, -1}},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        for (size_t j = 0; cases[i].expected[j] >= 0; j++) {
            if (sw_language_plural(cases[i].language, cases[i].numbers[j], cases[i].forms) != cases[i].expected[j]) {
                fail_msg("%s, %d forms, %g: %d", cases[i].language, cases[i].forms, cases[i].numbers[j],
                         sw_language_plural(cases[i].language, cases[i].numbers[j], cases[i].forms));
            }
        }
    }
}

static void directions(void **state)
{
    (void)state;
    static const char *const right[] = {"ar", "ar-EG", "he", "fa", "ur"}, *const left[] = {"de", "en", "arn", "a", "", NULL};
    for (size_t i = 0; i < SW_COUNT(right); i++) {
        assert_true(sw_language_right_to_left(right[i]));
    }
    for (size_t i = 0; i < SW_COUNT(left); i++) {
        assert_false(sw_language_right_to_left(left[i]));
        assert_false(sw_language_turkic(left[i]));
    }
    assert_true(sw_language_turkic("tr") && sw_language_turkic("az-Latn"));
}

static int tear_down(void **state)
{
    (void)state;
    sw_arena_finish(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers), cmocka_unit_test(bare_numbers), cmocka_unit_test(percents),
                                       cmocka_unit_test(locale_does_not_matter), cmocka_unit_test(dates), cmocka_unit_test(spans),
                                       cmocka_unit_test(plurals), cmocka_unit_test(directions)};
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
