/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/civil.h"

#include "base/zone_rules.h"

#define DAY_S 86400
#define YEAR_MAX 290000 /* beyond, an instant does not fit into its 64 bits */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Both ways count in eras of 400 years (146 097 days) that begin on 1 March, so that the leap day comes last in its year. */
int64_t sw_date_to_days(struct sw_date date)
{
    int64_t year = (int64_t)date.year - (date.month <= 2);
    int64_t era = floor_div(year, 400), year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12; /* 0 March .. 11 February */
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468; /* from 0000-03-01 to 1970-01-01 */
}

struct sw_date sw_date_from_days(int64_t days)
{
    days += 719468;
    int64_t era = floor_div(days, 146097), day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    return (struct sw_date){
        .year = (int)(year_of_era + era * 400 + (month >= 10)),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
    };
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool sw_date_valid(struct sw_date date)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date.month < 1 || date.month > 12 || date.day < 1 || date.year < -YEAR_MAX || date.year > YEAR_MAX) {
        return false;
    }
    return date.day <= lengths[date.month - 1] + (date.month == 2 && is_leap(date.year));
}

int sw_date_weekday(struct sw_date date)
{
    int64_t from_monday = sw_date_to_days(date) + 3; /* 1970-01-01 was a Thursday */
    return (int)(from_monday - floor_div(from_monday, 7) * 7) + 1;
}

/* `count` digits at *at, which moves behind them. */
static bool read_digits(const char **at, int count, int *out)
{
    int number = 0;
    for (int i = 0; i < count; i++, ++*at) {
        if (**at < '0' || **at > '9') {
            return false;
        }
        number = number * 10 + (**at - '0');
    }
    *out = number;
    return true;
}

static bool read_mark(const char **at, char mark)
{
    bool there = **at == mark;
    *at += there;
    return there;
}

static bool read_date(const char **at, struct sw_date *date)
{
    return read_digits(at, 4, &date->year) && read_mark(at, '-') && read_digits(at, 2, &date->month) && read_mark(at, '-') &&
           read_digits(at, 2, &date->day) && sw_date_valid(*date);
}

bool sw_date_parse(const char *text, struct sw_date *out)
{
    struct sw_date date;
    if (text == NULL || !read_date(&text, &date) || *text != '\0') {
        return false;
    }
    *out = date;
    return true;
}

struct sw_civil sw_civil_at(const struct sw_zone_rules *rules, sw_instant instant)
{
    int64_t second = floor_div(instant, SW_SECOND);
    int offset = sw_zone_rules_stretch(rules, second).offset_s;
    int64_t local = second + offset, days = floor_div(local, DAY_S);
    int of_day = (int)(local - days * DAY_S);
    struct sw_date date = sw_date_from_days(days);
    return (struct sw_civil){
        .date = date,
        .hour = of_day / 3600,
        .minute = of_day / 60 % 60,
        .second = of_day % 60,
        .microsecond = (int)((instant % SW_SECOND + SW_SECOND) % SW_SECOND),
        .weekday = sw_date_weekday(date),
        .offset_s = offset,
    };
}

sw_instant sw_civil_instant(const struct sw_zone_rules *rules, struct sw_date date, int64_t time_of_day)
{
    if (date.year < -YEAR_MAX || date.year > YEAR_MAX) {
        return date.year > 0 ? SW_NEVER : -SW_NEVER;
    }
    int64_t local = sw_date_to_days(date) * DAY_S + floor_div(time_of_day, SW_SECOND);
    int64_t fraction = time_of_day - floor_div(time_of_day, SW_SECOND) * SW_SECOND;
    struct sw_zone_stretch stretch = sw_zone_rules_stretch(rules, local - 2 * DAY_S); /* no offset is as large */
    for (;;) {
        int64_t second = local - stretch.offset_s;
        if (second < stretch.begin_s) {
            return stretch.begin_s * SW_SECOND; /* skipped: the clock was put forward beyond it */
        }
        if (second < stretch.end_s) {
            return second * SW_SECOND + fraction;
        }
        stretch = sw_zone_rules_stretch(rules, stretch.end_s);
    }
}

/* "14:05[:30[.5]]" in microseconds since midnight. */
static bool read_time_of_day(const char **at, int64_t *out)
{
    int hour, minute, second = 0;
    int64_t fraction = 0;
    if (!read_digits(at, 2, &hour) || !read_mark(at, ':') || !read_digits(at, 2, &minute)) {
        return false;
    }
    if (read_mark(at, ':')) {
        if (!read_digits(at, 2, &second)) {
            return false;
        }
        if (read_mark(at, '.')) {
            int digits = 0;
            int64_t weight = SW_SECOND / 10;
            for (; **at >= '0' && **at <= '9'; ++*at, digits++, weight /= 10) {
                fraction += (**at - '0') * weight;
            }
            if (digits == 0) {
                return false;
            }
        }
    }
    *out = hour * SW_HOUR + minute * SW_MINUTE + second * SW_SECOND + fraction;
    return hour < 24 && minute < 60 && second < 60;
}

/* "Z" or "+01:00" in microseconds. */
static bool read_offset(const char **at, int64_t *out)
{
    int hours, minutes;
    if (read_mark(at, 'Z')) {
        *out = 0;
        return true;
    }
    int sign = **at == '-' ? -1 : 1;
    if ((!read_mark(at, '+') && !read_mark(at, '-')) || !read_digits(at, 2, &hours) || !read_mark(at, ':') ||
        !read_digits(at, 2, &minutes)) {
        return false;
    }
    *out = sign * (hours * SW_HOUR + minutes * SW_MINUTE);
    return hours < 24 && minutes < 60;
}

bool sw_civil_parse(const struct sw_zone_rules *rules, const char *text, sw_instant *out)
{
    struct sw_date date;
    int64_t time_of_day, offset;
    if (text == NULL || !read_date(&text, &date) || !read_mark(&text, 'T') || !read_time_of_day(&text, &time_of_day)) {
        return false;
    }
    if (*text == '\0') {
        *out = sw_civil_instant(rules, date, time_of_day);
        return true;
    }
    if (!read_offset(&text, &offset) || *text != '\0') {
        return false;
    }
    *out = sw_date_to_days(date) * DAY_S * SW_SECOND + time_of_day - offset;
    return true;
}
