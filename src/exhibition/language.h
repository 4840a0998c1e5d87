/* SPDX-License-Identifier: EUPL-1.2 */
/* How people of a language write numbers, dates, times and plurals. Our own tables (de, en, de-leicht, tr, ar, pl, uk; others: en), so that
 * pictures do not depend on the machine's locales. German: 1.234,5 with a narrow no-break grouping point as usual, 14:05, 23. November 2026,
 * Montag; de-leicht like de but "14:05 Uhr". Output goes to the arena. */
#ifndef SW_EXHIBITION_LANGUAGE_H
#define SW_EXHIBITION_LANGUAGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/civil.h"

/* `digits` behind the point (0..6), or -1: as many as needed, at most 3. Not finite: "–". */
const char *sw_language_number(struct sw_arena *arena, const char *language, double number, int digits);
const char *sw_language_percent(struct sw_arena *arena, const char *language, double share, int digits); /* 0.5 -> "50 %" */
enum sw_date_form { SW_DATE_SHORT, SW_DATE_LONG, SW_DATE_WEEKDAY, SW_DATE_TIME }; /* 23.11.2026; 23. November 2026; Montag; 14:05 */
const char *sw_language_date(struct sw_arena *arena, const char *language, const struct sw_civil *civil, enum sw_date_form form);
/* "vor 5 Minuten", "in 2 Stunden", "gerade eben"; *holds_us: how long this text stays right. */
const char *sw_language_ago(struct sw_arena *arena, const char *language, int64_t difference_us, int64_t *holds_us);
/* Which of the plural forms (CLDR: one few many other, in the order of the arguments given: de/en 2 forms, pl/uk 3, ar 6, tr 1..2). */
int sw_language_plural(const char *language, double number, int forms);
bool sw_language_right_to_left(const char *language); /* ar, he, fa, ur */
bool sw_language_turkic(const char *language);        /* tr, az */

#endif
