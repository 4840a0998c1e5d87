/* SPDX-License-Identifier: EUPL-1.2 */
/* One row a language: what language.c formats with. */
#ifndef SW_EXHIBITION_LANGUAGE_INTERNAL_H
#define SW_EXHIBITION_LANGUAGE_INTERNAL_H

enum sw_plural_rule { SW_PLURAL_ONE_OTHER, SW_PLURAL_POLISH, SW_PLURAL_UKRAINIAN, SW_PLURAL_ARABIC };

#define SW_AGO_FORMS_MAX 6

enum sw_ago_unit { SW_AGO_MINUTE, SW_AGO_HOUR, SW_AGO_DAY, SW_AGO_MONTH, SW_AGO_YEAR, SW_AGO_UNITS };

struct sw_language {
    const char *code;
    enum sw_plural_rule plural;
    /* Numbers. */
    const char *point, *group, *minus;
    int grouped_from; /* digits before the point from which they are grouped */
    const char *percent_before, *percent_after;
    /* Dates: D and M of two digits, d and m as short as can be, N the month's name, S its short name, y the year, the rest as it stands. */
    const char *date_short, *date_long;
    const char *time_after;
    const char *months[12], *months_short[12]; /* as they stand in a date; short ones only where date_short or day has S */
    const char *weekdays[7], *weekdays_short[7]; /* Monday first */
    const char *hour, *day;                      /* on axes: h the hour, H of two digits; the day of a year that is known, as above */
    /* Spans: # stands for the amount in `past` and `future`, for the number in an amount. */
    const char *past, *future, *just_now, *soon;
    int ago_forms; /* plural forms of each amount, in CLDR's order */
    const char *ago[SW_AGO_UNITS][SW_AGO_FORMS_MAX];
};

/* The row of "de-leicht", else of what stands before the "-", else of English. NULL counts as unknown. */
const struct sw_language *sw_language_find(const char *language);

#endif
