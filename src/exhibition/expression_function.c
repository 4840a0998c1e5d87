/* SPDX-License-Identifier: EUPL-1.2 */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/civil.h"
#include "base/utf8.h"
#include "exhibition/expression_clock.h"
#include "exhibition/expression_internal.h"
#include "exhibition/help.h"
#include "exhibition/language.h"

static const struct sw_value missing; /* zeroed */

static struct sw_value apply_count(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)run, (void)count;
    return sw_value_number((double)arguments[0].value.as.list->count);
}

static struct sw_value apply_first(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)run, (void)count;
    const struct sw_list *list = arguments[0].value.as.list;
    return list->count == 0 ? missing : list->items[0];
}

static struct sw_value apply_last(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)run, (void)count;
    const struct sw_list *list = arguments[0].value.as.list;
    return list->count == 0 ? missing : list->items[list->count - 1];
}

static bool ordered(struct sw_value value)
{
    return value.type == SW_VALUE_NUMBER || value.type == SW_VALUE_DURATION || value.type == SW_VALUE_INSTANT;
}

/* The smallest (`sign` -1) or largest (1) of the arguments, or of the items of one list; missing where they are not of one kind. */
static struct sw_value extreme(struct sw_run *run, const struct sw_outcome *arguments, int count, int sign)
{
    const struct sw_list *list = count == 1 && arguments[0].value.type == SW_VALUE_LIST ? arguments[0].value.as.list : NULL;
    size_t items = list != NULL ? list->count : (size_t)count;
    struct sw_value best = missing;
    if (!sw_run_spend(run, items)) {
        return missing;
    }
    for (size_t i = 0; i < items; i++) {
        struct sw_value item = list != NULL ? list->items[i] : arguments[i].value;
        if (!ordered(item) || (i > 0 && item.type != best.type)) {
            return missing;
        }
        best = i == 0 || sw_value_compare(item, best) == sign ? item : best;
    }
    return best;
}

static struct sw_value apply_min(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    return extreme(run, arguments, count, -1);
}

static struct sw_value apply_max(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    return extreme(run, arguments, count, 1);
}

/* Of numbers (none: 0) or of durations. */
static struct sw_value apply_sum(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    const struct sw_list *list = arguments[0].value.as.list;
    struct sw_outcome sum = {.value = list->count > 0 ? list->items[0] : sw_value_number(0)};
    if (!sw_run_spend(run, list->count) || (sum.value.type != SW_VALUE_NUMBER && sum.value.type != SW_VALUE_DURATION)) {
        return missing;
    }
    for (size_t i = 1; i < list->count; i++) {
        if (list->items[i].type != sum.value.type) {
            return missing;
        }
        sum = sw_operator_apply(run, SW_TOKEN_ADD, sum, (struct sw_outcome){.value = list->items[i]});
    }
    return sum.value;
}

static struct sw_value apply_round(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)run, (void)count;
    return sw_value_number(round(arguments[0].value.as.number));
}

static struct sw_value apply_floor(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)run, (void)count;
    return sw_value_number(floor(arguments[0].value.as.number));
}

static struct sw_value apply_ceil(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)run, (void)count;
    return sw_value_number(ceil(arguments[0].value.as.number));
}

static struct sw_value apply_abs(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)run, (void)count;
    struct sw_value value = arguments[0].value;
    if (value.type == SW_VALUE_NUMBER) {
        return sw_value_number(fabs(value.as.number));
    }
    if (value.as.duration == INT64_MIN) {
        return missing;
    }
    value.as.duration = value.as.duration < 0 ? -value.as.duration : value.as.duration;
    return value;
}

/* `text` in lower case, without marks and soft hyphens, so that what reads the same is the same. */
static char *fold(struct sw_run *run, const char *text)
{
    bool turkic = sw_language_turkic(run->evaluation->language);
    size_t length = strlen(text), used = 0;
    if (length > SW_EXPRESSION_TEXT_MAX || !sw_run_spend(run, length / 64)) {
        return NULL;
    }
    char *folded = sw_arena_alloc(run->evaluation->arena, length * 2 + 1); /* a letter's other case may have one byte more */
    for (size_t i = 0; i < length;) {
        uint32_t code = 0;
        size_t bytes = sw_utf8_decode(text + i, length - i, &code);
        if (bytes == 0) {
            folded[used++] = text[i++];
            continue;
        }
        i += bytes;
        if ((code >= 0x20 || code == '\n' || code == '\t') && code != 0xad) {
            char letter[4];
            size_t letters = sw_utf8_encode(sw_utf8_lower(code, turkic), letter);
            memcpy(folded + used, letter, letters);
            used += letters;
        }
    }
    folded[used] = '\0';
    return folded;
}

static struct sw_value apply_length(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    const char *folded = fold(run, arguments[0].value.as.string);
    return folded == NULL ? missing : sw_value_number((double)sw_utf8_count(folded, strlen(folded)));
}

static struct sw_value apply_contains(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    const char *text = fold(run, arguments[0].value.as.string), *part = fold(run, arguments[1].value.as.string);
    return text == NULL || part == NULL ? missing : sw_value_bool(strstr(text, part) != NULL);
}

static struct sw_value apply_starts(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    const char *text = fold(run, arguments[0].value.as.string), *part = fold(run, arguments[1].value.as.string);
    return text == NULL || part == NULL ? missing : sw_value_bool(strncmp(text, part, strlen(part)) == 0);
}

static bool whole(double number, int *out)
{
    if (number != floor(number) || fabs(number) > 9999) {
        return false;
    }
    *out = (int)number;
    return true;
}

/* Local midnight. */
static struct sw_value apply_date(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    struct sw_date date = {0};
    if (!whole(arguments[0].value.as.number, &date.year) || !whole(arguments[1].value.as.number, &date.month) ||
        !whole(arguments[2].value.as.number, &date.day) || !sw_date_valid(date)) {
        return missing;
    }
    return (struct sw_value){.type = SW_VALUE_INSTANT, .as.instant = sw_civil_instant(run->evaluation->zone, date, 0)};
}

/* The clock at an instant; where that moves with `now`, notes until when `part` of it holds. */
static struct sw_civil clock_at(struct sw_run *run, const struct sw_outcome *argument, enum sw_clock_part part)
{
    const struct sw_zone_rules *zone = run->evaluation->zone;
    sw_instant instant = argument->value.as.instant;
    if (argument->slope == 1) {
        sw_run_holds(run, sw_clock_left(zone, instant, part));
    } else {
        (void)sw_outcome_settle(run, *argument);
    }
    return sw_civil_at(zone, instant);
}

static struct sw_value apply_year(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    return sw_value_number(clock_at(run, arguments, SW_CLOCK_YEAR).date.year);
}

static struct sw_value apply_month(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    return sw_value_number(clock_at(run, arguments, SW_CLOCK_MONTH).date.month);
}

static struct sw_value apply_day(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    return sw_value_number(clock_at(run, arguments, SW_CLOCK_DAY).date.day);
}

static struct sw_value apply_weekday(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    return sw_value_number(clock_at(run, arguments, SW_CLOCK_DAY).weekday);
}

static struct sw_value apply_hour(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    return sw_value_number(clock_at(run, arguments, SW_CLOCK_HOUR).hour);
}

static struct sw_value apply_minute(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    return sw_value_number(clock_at(run, arguments, SW_CLOCK_MINUTE).minute);
}

/* Whole ones of a duration, rounded down: "in 4 min" holds until it is 3. */
static struct sw_value whole_ones(struct sw_run *run, const struct sw_outcome *arguments, int64_t unit)
{
    int64_t duration = arguments[0].value.as.duration, ones = duration / unit, rest = duration % unit;
    if (rest < 0) {
        ones--;
        rest += unit;
    }
    if (arguments[0].slope == 1) {
        sw_run_holds(run, unit - rest);
    } else if (arguments[0].slope == -1) {
        sw_run_holds(run, rest + 1);
    }
    return sw_value_number((double)ones);
}

static struct sw_value apply_days(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    return whole_ones(run, arguments, 24 * SW_HOUR);
}

static struct sw_value apply_hours(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    return whole_ones(run, arguments, SW_HOUR);
}

static struct sw_value apply_minutes(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    return whole_ones(run, arguments, SW_MINUTE);
}

static struct sw_value apply_seconds(struct sw_run *run, const struct sw_outcome *arguments, int count)
{
    (void)count;
    return whole_ones(run, arguments, SW_SECOND);
}

#define LISTS SW_TYPE_BIT(SW_VALUE_LIST)
#define NUMBERS SW_TYPE_BIT(SW_VALUE_NUMBER)
#define DURATIONS SW_TYPE_BIT(SW_VALUE_DURATION)
#define INSTANTS SW_TYPE_BIT(SW_VALUE_INSTANT)
#define TEXTS SW_TYPE_BIT(SW_VALUE_STRING)

static const struct sw_function functions[] = {
    {"count", "count(list)", "How many items it has.", 1, 1, LISTS, SW_VALUE_NUMBER, 0, INT_MAX, false, apply_count},
    {"first", "first(list)", "Its first item; missing where it is empty.", 1, 1, LISTS, SW_VALUE_MISSING, 0, 0, false, apply_first},
    {"last", "last(list)", "Its last item; missing where it is empty.", 1, 1, LISTS, SW_VALUE_MISSING, 0, 0, false, apply_last},
    {"min", "min(list) or min(a, b, ...)", "The smallest of numbers, durations or instants.",
     1, SW_EXPRESSION_ARGUMENTS_MAX, NUMBERS | DURATIONS | INSTANTS | LISTS, SW_VALUE_MISSING, 0, 0, false, apply_min},
    {"max", "max(list) or max(a, b, ...)", "The largest of numbers, durations or instants.",
     1, SW_EXPRESSION_ARGUMENTS_MAX, NUMBERS | DURATIONS | INSTANTS | LISTS, SW_VALUE_MISSING, 0, 0, false, apply_max},
    {"sum", "sum(list)", "The sum of numbers or of durations; of none, 0.", 1, 1, LISTS, SW_VALUE_MISSING, 0, 0, false, apply_sum},
    {"round", "round(number)", "The nearest whole number; halves go away from 0.",
     1, 1, NUMBERS, SW_VALUE_NUMBER, 0, 0, false, apply_round},
    {"floor", "floor(number)", "The next whole number below.", 1, 1, NUMBERS, SW_VALUE_NUMBER, 0, 0, false, apply_floor},
    {"ceil", "ceil(number)", "The next whole number above.", 1, 1, NUMBERS, SW_VALUE_NUMBER, 0, 0, false, apply_ceil},
    {"abs", "abs(number)", "Without its sign; of a duration too.", 1, 1, NUMBERS | DURATIONS, SW_VALUE_MISSING, 0, 0, false, apply_abs},
    {"length", "length(text)", "How many characters are seen of it.", 1, 1, TEXTS, SW_VALUE_NUMBER, 0, INT_MAX, false, apply_length},
    {"contains", "contains(text, part)", "Whether the part is in it, past case and accents.",
     2, 2, TEXTS, SW_VALUE_BOOL, 0, 0, false, apply_contains},
    {"starts", "starts(text, part)", "Whether it begins with the part, past case and accents.",
     2, 2, TEXTS, SW_VALUE_BOOL, 0, 0, false, apply_starts},
    {"date", "date(year, month, day)", "The instant of local midnight of that day.",
     3, 3, NUMBERS, SW_VALUE_INSTANT, 0, 0, false, apply_date},
    {"year", "year(instant)", "The year, in the exhibition's time zone, as the five below.",
     1, 1, INSTANTS, SW_VALUE_NUMBER, 0, 0, true, apply_year},
    {"month", "month(instant)", "The month, 1 to 12.", 1, 1, INSTANTS, SW_VALUE_NUMBER, 1, 12, true, apply_month},
    {"day", "day(instant)", "The day of the month, 1 to 31.", 1, 1, INSTANTS, SW_VALUE_NUMBER, 1, 31, true, apply_day},
    {"hour", "hour(instant)", "The hour, 0 to 23.", 1, 1, INSTANTS, SW_VALUE_NUMBER, 0, 23, true, apply_hour},
    {"minute", "minute(instant)", "The minute, 0 to 59.", 1, 1, INSTANTS, SW_VALUE_NUMBER, 0, 59, true, apply_minute},
    {"weekday", "weekday(instant)", "The day of the week: 1 is Monday, 7 is Sunday.",
     1, 1, INSTANTS, SW_VALUE_NUMBER, 1, 7, true, apply_weekday},
    {"days", "days(duration)", "How many whole days it has, rounded down.", 1, 1, DURATIONS, SW_VALUE_NUMBER, 0, 0, true, apply_days},
    {"hours", "hours(duration)", "How many whole hours.", 1, 1, DURATIONS, SW_VALUE_NUMBER, 0, 0, true, apply_hours},
    {"minutes", "minutes(duration)", "How many whole minutes.", 1, 1, DURATIONS, SW_VALUE_NUMBER, 0, 0, true, apply_minutes},
    {"seconds", "seconds(duration)", "How many whole seconds.", 1, 1, DURATIONS, SW_VALUE_NUMBER, 0, 0, true, apply_seconds},
};

const struct sw_function *sw_function_find(const char *name)
{
    for (size_t i = 0; i < SW_COUNT(functions); i++) {
        if (strcmp(functions[i].name, name) == 0) {
            return &functions[i];
        }
    }
    return NULL;
}

const char *const *sw_function_names(struct sw_arena *arena, size_t *count)
{
    const char **names = sw_arena_array(arena, SW_COUNT(functions), sizeof *names);
    for (size_t i = 0; i < SW_COUNT(functions); i++) {
        names[i] = functions[i].name;
    }
    *count = SW_COUNT(functions);
    return names;
}

bool sw_function_help(size_t index, struct sw_help *out)
{
    if (index >= SW_COUNT(functions)) {
        return false;
    }
    *out = (struct sw_help){functions[index].name, functions[index].form, functions[index].meaning};
    return true;
}
