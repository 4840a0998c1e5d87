/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/civil.h"
#include "base/diag.h"
#include "exhibition/expression_clock.h"
#include "exhibition/filter_internal.h"
#include "exhibition/language.h"

static struct sw_value date_value(const struct sw_evaluation *evaluation, struct sw_value value, enum sw_date_form form)
{
    struct sw_civil civil = sw_civil_at(evaluation->zone, value.as.instant);
    return sw_value_string(sw_language_date(evaluation->arena, evaluation->language, &civil, form));
}

static struct sw_value apply_time(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments,
                                  int count)
{
    (void)arguments, (void)count;
    return date_value(evaluation, value, SW_DATE_TIME);
}

static int64_t time_holds(const struct sw_evaluation *evaluation, sw_instant instant, const struct sw_value *arguments, int count)
{
    (void)arguments, (void)count;
    return sw_clock_left(evaluation->zone, instant, SW_CLOCK_MINUTE);
}

const struct sw_filter sw_filter_time = {
    .name = "time",
    .takes = SW_TAKES(SW_VALUE_INSTANT),
    .form = "time",
    .meaning = "The time of day: 14:05.",
    .apply = apply_time,
    .holds = time_holds,
};

static const char *const date_forms[] = {"short", "long", "weekday"}; /* as enum sw_date_form */

static int date_form(const struct sw_value *argument)
{
    for (size_t i = 0; i < SW_COUNT(date_forms) && argument->type == SW_VALUE_STRING; i++) {
        if (strcmp(date_forms[i], argument->as.string) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static const char *date_fault(struct sw_arena *arena, const struct sw_value *arguments, int count)
{
    if (count == 0 || date_form(&arguments[0]) >= 0) {
        return NULL;
    }
    const char *nearest =
        arguments[0].type == SW_VALUE_STRING ? sw_nearest(arguments[0].as.string, date_forms, SW_COUNT(date_forms)) : NULL;
    return nearest == NULL ? "a date is short, long or weekday: date:long"
                           : sw_arena_printf(arena, "a date is never \"%s\"; did you mean \"%s\"?", arguments[0].as.string, nearest);
}

static struct sw_value apply_date(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments,
                                  int count)
{
    return date_value(evaluation, value, count == 0 ? SW_DATE_SHORT : (enum sw_date_form)date_form(&arguments[0]));
}

static int64_t date_holds(const struct sw_evaluation *evaluation, sw_instant instant, const struct sw_value *arguments, int count)
{
    (void)arguments, (void)count;
    return sw_clock_left(evaluation->zone, instant, SW_CLOCK_DAY);
}

const struct sw_filter sw_filter_date = {
    .name = "date",
    .arguments_max = 1,
    .takes = SW_TAKES(SW_VALUE_INSTANT),
    .form = "date or date:long or date:weekday",
    .meaning = "The day: 23.11.2026, 23. November 2026, Montag.",
    .apply = apply_date,
    .fault = date_fault,
    .holds = date_holds,
};

static struct sw_value apply_ago(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments, int count)
{
    (void)arguments, (void)count;
    int64_t holds = 0, now = evaluation->now, difference = 0;
    if (now > 0 ? value.as.instant < INT64_MIN + now : value.as.instant > INT64_MAX + now) {
        return (struct sw_value){.type = SW_VALUE_MISSING};
    }
    difference = value.as.instant - now;
    const char *text = sw_language_ago(evaluation->arena, evaluation->language, difference, &holds);
    if (evaluation->reads != NULL && now <= SW_NEVER - holds) {
        sw_reads_until(evaluation->reads, now + holds);
    }
    return sw_value_string(text);
}

const struct sw_filter sw_filter_ago = {
    .name = "ago",
    .takes = SW_TAKES(SW_VALUE_INSTANT),
    .form = "ago",
    .meaning = "How long ago, or in how long: vor 5 Minuten, in 2 Stunden, gerade eben.",
    .apply = apply_ago,
};
