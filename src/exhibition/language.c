/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/language.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "exhibition/language_internal.h"

#define DECIMALS_MAX 6
#define DECIMALS_AS_NEEDED 3
#define NOT_A_NUMBER "\xe2\x80\x93" /* – */
#define NO_BREAK_SPACE "\xc2\xa0"

/* A number as people write it: 0.DIGITS times ten to the `point`. Rounding is done on these digits, not on binary fractions, so that
 * 2.675 with two decimals is 2.68. */
struct decimal {
    bool negative;
    int count, point;
    char digits[20];
};

/* The fewest digits that read back as `number` (finite). */
static struct decimal decimal_of(double number)
{
    struct decimal decimal = {.negative = signbit(number) != 0};
    char text[40];
    for (int precision = 14; precision <= 16; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, fabs(number));
        if (strtod(text, NULL) == fabs(number)) {
            break;
        }
    }
    const char *at = text;
    for (; *at != 'e' && *at != '\0'; at++) {
        if (*at >= '0' && *at <= '9') { /* the point is the locale's and passed over */
            decimal.digits[decimal.count++] = *at;
        }
    }
    decimal.point = (int)strtol(at + 1, NULL, 10) + 1;
    if (number == 0) {
        decimal.count = decimal.point = 0;
    }
    return decimal;
}

/* Half away from zero to `decimals` behind the point. */
static void round_decimal(struct decimal *decimal, int decimals)
{
    int keep = decimal->point + decimals;
    if (keep >= decimal->count) {
        return;
    }
    bool up = keep >= 0 && decimal->digits[keep] >= '5';
    decimal->count = keep > 0 ? keep : 0;
    for (int i = decimal->count - 1; up && i >= 0; i--) {
        up = decimal->digits[i] == '9';
        decimal->digits[i] = up ? '0' : (char)(decimal->digits[i] + 1);
    }
    if (up) {
        memmove(decimal->digits + 1, decimal->digits, (size_t)decimal->count);
        decimal->digits[0] = '1';
        decimal->count++;
        decimal->point++;
    }
}

/* The digit that stands for ten to the `place` (0: ones, -1: tenths). */
static char digit_at(const struct decimal *decimal, int place)
{
    int index = decimal->point - 1 - place;
    return index >= 0 && index < decimal->count ? decimal->digits[index] : '0';
}

static bool is_zero(const struct decimal *decimal)
{
    for (int i = 0; i < decimal->count; i++) {
        if (decimal->digits[i] != '0') {
            return false;
        }
    }
    return true;
}

/* `before` stands between a minus and the digits, `after` behind; from `grouped_from` digits before the point on they are grouped. */
static const char *write_decimal(struct sw_arena *arena, const struct sw_language *row, struct decimal *decimal, int digits,
                                 int grouped_from, const char *before, const char *after)
{
    char text[1200]; /* 309 digits with a group sign of at most 3 bytes behind each third, decimals */
    size_t used = 0;
    int decimals = digits < 0 ? DECIMALS_AS_NEEDED : digits > DECIMALS_MAX ? DECIMALS_MAX : digits;
    round_decimal(decimal, decimals);
    while (digits < 0 && decimals > 0 && digit_at(decimal, -decimals) == '0') {
        decimals--;
    }
    int whole = decimal->point > 1 ? decimal->point : 1;
    for (int place = whole - 1; place >= 0; place--) {
        text[used++] = digit_at(decimal, place);
        if (place > 0 && place % 3 == 0 && whole >= grouped_from) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s", row->group);
        }
    }
    for (int place = 1; place <= decimals; place++) {
        if (place == 1) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s", row->point);
        }
        text[used++] = digit_at(decimal, -place);
    }
    text[used] = '\0';
    bool negative = decimal->negative && !is_zero(decimal);
    return sw_arena_printf(arena, "%s%s%s%s", negative ? row->minus : "", before, text, after);
}

const char *sw_language_number(struct sw_arena *arena, const char *language, double number, int digits)
{
    const struct sw_language *row = sw_language_find(language);
    if (!isfinite(number)) {
        return NOT_A_NUMBER;
    }
    struct decimal decimal = decimal_of(number);
    return write_decimal(arena, row, &decimal, digits, row->grouped_from, "", "");
}

const char *sw_language_bare(struct sw_arena *arena, const char *language, double number)
{
    const struct sw_language *row = sw_language_find(language);
    if (number != floor(number) || fabs(number) >= 10000) {
        return sw_language_number(arena, language, number, -1);
    }
    struct decimal decimal = decimal_of(number);
    return write_decimal(arena, row, &decimal, 0, 5, "", "");
}

const char *sw_language_percent(struct sw_arena *arena, const char *language, double share, int digits)
{
    const struct sw_language *row = sw_language_find(language);
    if (!isfinite(share)) {
        return NOT_A_NUMBER;
    }
    struct decimal decimal = decimal_of(share);
    decimal.point += decimal.count > 0 ? 2 : 0;
    return write_decimal(arena, row, &decimal, digits, row->grouped_from, row->percent_before, row->percent_after);
}

const char *sw_language_amount(struct sw_arena *arena, const char *language, double number, int digits, const char *unit)
{
    static const char *const close[] = {"°", "′", "″"};
    const struct sw_language *row = sw_language_find(language);
    if (!isfinite(number)) {
        return NOT_A_NUMBER;
    }
    struct decimal decimal = decimal_of(number);
    if (strcmp(unit, "%") == 0) {
        return write_decimal(arena, row, &decimal, digits, row->grouped_from, row->percent_before, row->percent_after);
    }
    bool apart = unit[0] != '\0';
    for (size_t i = 0; i < SW_COUNT(close); i++) {
        apart = apart && strcmp(unit, close[i]) != 0;
    }
    const char *written = write_decimal(arena, row, &decimal, digits, row->grouped_from, "", "");
    return sw_arena_printf(arena, "%s%s%s", written, apart ? NO_BREAK_SPACE : "", unit);
}

static const char *write_date(struct sw_arena *arena, const struct sw_language *row, struct sw_date date, const char *pattern)
{
    char text[128];
    size_t used = 0;
    assert(date.month >= 1 && date.month <= 12);
    for (; *pattern != '\0'; pattern++) {
        char *at = text + used;
        size_t room = sizeof text - used;
        switch (*pattern) {
        case 'D': used += (size_t)snprintf(at, room, "%02d", date.day); break;
        case 'd': used += (size_t)snprintf(at, room, "%d", date.day); break;
        case 'M': used += (size_t)snprintf(at, room, "%02d", date.month); break;
        case 'm': used += (size_t)snprintf(at, room, "%d", date.month); break;
        case 'N': used += (size_t)snprintf(at, room, "%s", row->months[date.month - 1]); break;
        case 'S': used += (size_t)snprintf(at, room, "%s", row->months_short[date.month - 1]); break;
        case 'y': used += (size_t)snprintf(at, room, "%d", date.year); break;
        default: text[used++] = *pattern; break;
        }
    }
    return sw_arena_strndup(arena, text, used);
}

static const char *write_hour(struct sw_arena *arena, const struct sw_language *row, int hour)
{
    size_t before = strcspn(row->hour, "hH");
    const char *behind = row->hour + before + 1;
    return sw_arena_printf(arena, row->hour[before] == 'H' ? "%.*s%02d%s" : "%.*s%d%s", (int)before, row->hour, hour, behind);
}

const char *sw_language_date(struct sw_arena *arena, const char *language, const struct sw_civil *civil, enum sw_date_form form)
{
    const struct sw_language *row = sw_language_find(language);
    switch (form) {
    case SW_DATE_SHORT: return write_date(arena, row, civil->date, row->date_short);
    case SW_DATE_LONG: return write_date(arena, row, civil->date, row->date_long);
    case SW_DATE_WEEKDAY: assert(civil->weekday >= 1 && civil->weekday <= 7); return row->weekdays[civil->weekday - 1];
    case SW_DATE_HOUR: return write_hour(arena, row, civil->hour);
    case SW_DATE_WEEKDAY_DAY:
        assert(civil->weekday >= 1 && civil->weekday <= 7);
        return sw_arena_printf(arena, "%s" NO_BREAK_SPACE "%s", row->weekdays_short[civil->weekday - 1],
                               write_date(arena, row, civil->date, row->day));
    case SW_DATE_DAY: return write_date(arena, row, civil->date, row->day);
    case SW_DATE_MONTH_YEAR: return write_date(arena, row, civil->date, "m/y");
    case SW_DATE_TIME: return sw_arena_printf(arena, "%02d:%02d%s", civil->hour, civil->minute, row->time_after);
    }
    return "";
}

enum category { ZERO, ONE, TWO, FEW, MANY, OTHER };

/* CLDR's plural rules for cardinals; `whole` is the number where that is whole, else -1. */
static enum category category_of(enum sw_plural_rule rule, double whole)
{
    int tens = whole < 0 ? -1 : (int)fmod(whole, 10), hundreds = whole < 0 ? -1 : (int)fmod(whole, 100);
    bool few = tens >= 2 && tens <= 4 && !(hundreds >= 12 && hundreds <= 14);
    switch (rule) {
    case SW_PLURAL_ONE_OTHER: return whole == 1 ? ONE : OTHER;
    case SW_PLURAL_POLISH: return whole == 1 ? ONE : whole < 0 ? OTHER : few ? FEW : MANY;
    case SW_PLURAL_UKRAINIAN: return whole < 0 ? OTHER : tens == 1 && hundreds != 11 ? ONE : few ? FEW : MANY;
    case SW_PLURAL_ARABIC:
        return whole < 0       ? OTHER
               : whole <= 2    ? (enum category)(ZERO + (int)whole)
               : hundreds <= 2 ? OTHER
               : hundreds <= 10 ? FEW
                                : MANY;
    }
    return OTHER;
}

/* Where `category` stands among `forms` of the `count` in `order`; the last form stands for all that have none of their own. */
static int place_of(enum category category, const enum category *order, int count, int forms)
{
    int last = (forms < count ? forms : count) - 1;
    for (int i = 0; i < last; i++) {
        if (order[i] == category) {
            return i;
        }
    }
    return last > 0 ? last : 0;
}

int sw_language_plural(const char *language, double number, int forms)
{
    static const enum category simple[] = {ONE, OTHER}, slavic[] = {ONE, FEW, MANY, OTHER}, arabic[] = {ZERO, ONE, TWO, FEW, MANY, OTHER};
    enum sw_plural_rule rule = sw_language_find(language)->plural;
    double size = fabs(number);
    enum category category = category_of(rule, size == floor(size) && size < 1e15 ? size : -1);
    switch (rule) {
    case SW_PLURAL_ONE_OTHER: return place_of(category, simple, 2, forms);
    case SW_PLURAL_POLISH:
    case SW_PLURAL_UKRAINIAN:
        /* Fractions take the genitive singular, which for most nouns looks like "few". */
        return place_of(forms == 3 && category == OTHER ? FEW : category, slavic, 4, forms);
    case SW_PLURAL_ARABIC: return forms >= 6 ? place_of(category, arabic, 6, forms) : place_of(category, arabic + 1, 5, forms);
    }
    return 0;
}

/* `text` with `part` in place of its #, if it has one. */
static const char *put_in(struct sw_arena *arena, const char *text, const char *part)
{
    const char *hash = strchr(text, '#');
    return hash == NULL ? text : sw_arena_printf(arena, "%.*s%s%s", (int)(hash - text), text, part, hash + 1);
}

const char *sw_language_ago(struct sw_arena *arena, const char *language, int64_t difference_us, int64_t *holds_us)
{
    static const struct {
        int64_t from, step; /* from this span on it is counted in these */
    } units[SW_AGO_UNITS] = {{SW_MINUTE, SW_MINUTE},
                             {SW_HOUR, SW_HOUR},
                             {24 * SW_HOUR, 24 * SW_HOUR},
                             {60 * 24 * SW_HOUR, 30 * 24 * SW_HOUR},
                             {730 * 24 * SW_HOUR, 365 * 24 * SW_HOUR}};
    const struct sw_language *row = sw_language_find(language);
    bool future = difference_us > 0;
    int64_t span = future ? difference_us : difference_us == INT64_MIN ? INT64_MAX : -difference_us;
    int unit = -1;
    while (unit + 1 < SW_AGO_UNITS && span >= units[unit + 1].from) {
        unit++;
    }
    int64_t step = unit < 0 ? SW_MINUTE : units[unit].step;
    *holds_us = future ? span % step + 1 : step - span % step;
    if (!future && unit + 1 < SW_AGO_UNITS && units[unit + 1].from - span < *holds_us) {
        *holds_us = units[unit + 1].from - span;
    }
    if (unit < 0) {
        return future ? row->soon : row->just_now;
    }
    double count = (double)(span / step);
    const char *form = row->ago[unit][sw_language_plural(language, count, row->ago_forms)];
    const char *amount = put_in(arena, form, sw_language_number(arena, language, count, 0));
    return put_in(arena, future ? row->future : row->past, amount);
}

/* The tag before the first "-". */
static bool is_one_of(const char *language, const char *const *codes, size_t count)
{
    size_t length = language == NULL ? 0 : strcspn(language, "-");
    for (size_t i = 0; i < count; i++) {
        if (strlen(codes[i]) == length && memcmp(codes[i], language, length) == 0) {
            return true;
        }
    }
    return false;
}

bool sw_language_right_to_left(const char *language)
{
    static const char *const codes[] = {"ar", "he", "fa", "ur"};
    return is_one_of(language, codes, SW_COUNT(codes));
}

bool sw_language_turkic(const char *language)
{
    static const char *const codes[] = {"tr", "az"};
    return is_one_of(language, codes, SW_COUNT(codes));
}
