/* SPDX-License-Identifier: EUPL-1.2 */
/* How people of a language write numbers, dates, times and plurals. Our own tables (de, en, de-leicht, tr, ar, pl, uk; "de-AT" counts as
 * de; others, and NULL: en), so that pictures do not depend on the machine's locales. German: 1.234,5, 50 % (U+00A0), 14:05, 23. November
 * 2026, Montag; de-leicht like de but "14:05 Uhr" (U+00A0). English: 1,234.5, 50%, 14:05, 23 Nov 2026, 23 November 2026. Output is of the
 * arena or static. Pure, any thread. */
#ifndef SW_EXHIBITION_LANGUAGE_H
#define SW_EXHIBITION_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/civil.h"

/* `digits` behind the point (0..6), or -1: as many as needed, at most 3. Rounded half away from zero on the decimal digits; never "-0".
 * Not finite: "–". */
const char *sw_language_number(struct sw_arena *arena, const char *language, double number, int digits);
/* A number put bare into a text: as needed, and whole numbers below 10 000 without groups, so that a year is 2026. */
const char *sw_language_bare(struct sw_arena *arena, const char *language, double number);
const char *sw_language_percent(struct sw_arena *arena, const char *language, double share, int digits); /* 0.5 -> "50 %" */
/* A number with its unit: "512 cm" (U+00A0), "54 %" as percent are written, "21.5°"; `digits` as above. */
const char *sw_language_amount(struct sw_arena *arena, const char *language, double number, int digits, const char *unit);
/* 23.11.2026; 23. November 2026; Montag; 14:05; for axes, where room is short: 6 Uhr (minutes are not said),
 * Mo 23.11., 23.11., 11/2026 */
enum sw_date_form {
    SW_DATE_SHORT,
    SW_DATE_LONG,
    SW_DATE_WEEKDAY,
    SW_DATE_TIME,
    SW_DATE_HOUR,
    SW_DATE_WEEKDAY_DAY,
    SW_DATE_DAY,
    SW_DATE_MONTH_YEAR,
};
const char *sw_language_date(struct sw_arena *arena, const char *language, const struct sw_civil *civil, enum sw_date_form form);
/* "vor 5 Minuten", "in 2 Stunden", "gerade eben". `difference_us`: the instant less now, so the past is negative. Whole units only (5 min
 * 59 s is "5 Minuten"); from 60 days in months of 30 days, from 730 days in years of 365. *holds_us > 0: how long this text stays right. */
const char *sw_language_ago(struct sw_arena *arena, const char *language, int64_t difference_us, int64_t *holds_us);
/* Which of `forms` plural forms, 0-based, given in CLDR's order (zero one two few many other, those the language has): de/en/tr one other;
 * pl/uk one few many (other); ar zero one two few many other, or from `one` on where there are fewer than six. The last form stands for
 * all that are not given. */
int sw_language_plural(const char *language, double number, int forms);
bool sw_language_right_to_left(const char *language); /* ar, he, fa, ur */
bool sw_language_turkic(const char *language);        /* tr, az */
/* For tables of words: of `count` rows of `size` bytes, each of which begins with its language's code (a const char *), the one of
 * `language`, else of what stands before its "-", else the first: it is the one for all others. */
const void *sw_language_row(const void *rows, size_t count, size_t size, const char *language);

#endif
