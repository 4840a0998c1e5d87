/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/timestamp.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/reading.h"
#include "json/json.h"

#define TEXT_MAX 96
#define DAY (24 * SW_HOUR)
#define EARLIEST_YEAR 1900
#define LATEST_YEAR 2199

/* What is still to be read. */
struct cursor {
    const char *at;
};

static bool plausible(sw_instant instant) { return instant >= SW_READING_INSTANT_MIN && instant < SW_READING_INSTANT_MAX; }

static bool whole(struct sw_timestamp *out, sw_instant instant)
{
    *out = (struct sw_timestamp){instant, instant};
    return plausible(instant);
}

/* -- pieces -- */

/* At least `least` and at most `most` digits; how many there were, or 0. */
static int read_number(struct cursor *cursor, int least, int most, int *out)
{
    int count = 0, number = 0;
    while (count < most && cursor->at[count] >= '0' && cursor->at[count] <= '9') {
        number = number * 10 + (cursor->at[count++] - '0');
    }
    if (count < least) {
        return 0;
    }
    cursor->at += count;
    *out = number;
    return count;
}

static bool read_mark(struct cursor *cursor, char mark)
{
    bool there = *cursor->at == mark;
    cursor->at += there;
    return there;
}

/* 2026-11-23 or 20261123 */
static bool read_iso_date(struct cursor *cursor, struct sw_date *date)
{
    if (read_number(cursor, 4, 4, &date->year) == 0) {
        return false;
    }
    bool marked = read_mark(cursor, '-');
    return read_number(cursor, 2, 2, &date->month) != 0 && (!marked || read_mark(cursor, '-')) &&
           read_number(cursor, 2, 2, &date->day) != 0 && sw_date_valid(*date);
}

/* 23.11.2026, 3.1.26: years of two digits are 1970 to 2069 */
static bool read_german_date(struct cursor *cursor, struct sw_date *date)
{
    if (read_number(cursor, 1, 2, &date->day) == 0 || !read_mark(cursor, '.') || read_number(cursor, 1, 2, &date->month) == 0 ||
        !read_mark(cursor, '.')) {
        return false;
    }
    int digits = read_number(cursor, 2, 4, &date->year);
    if (digits == 2) {
        date->year += date->year < 70 ? 2000 : 1900;
    }
    return (digits == 2 || digits == 4) && sw_date_valid(*date);
}

/* ".25" in microseconds; digits beyond the sixth do not count. */
static bool read_fraction(struct cursor *cursor, int64_t *out)
{
    int64_t weight = SW_SECOND / 10;
    if (*cursor->at < '0' || *cursor->at > '9') {
        return false;
    }
    for (; *cursor->at >= '0' && *cursor->at <= '9'; cursor->at++, weight /= 10) {
        *out += (*cursor->at - '0') * weight;
    }
    return true;
}

/* 14:05, 14:05:30, 14:05:30.25, 9:05; 24:00:00 is the end of the day, second 60 the next one. Microseconds since midnight. */
static bool read_time_of_day(struct cursor *cursor, int64_t *out)
{
    int hour = 0, minute = 0, second = 0;
    int64_t fraction = 0;
    if (read_number(cursor, 1, 2, &hour) == 0 || !read_mark(cursor, ':') || read_number(cursor, 2, 2, &minute) == 0) {
        return false;
    }
    if (read_mark(cursor, ':')) {
        if (read_number(cursor, 2, 2, &second) == 0) {
            return false;
        }
        if ((read_mark(cursor, '.') || read_mark(cursor, ',')) && !read_fraction(cursor, &fraction)) {
            return false;
        }
    }
    *out = hour * SW_HOUR + minute * SW_MINUTE + second * SW_SECOND + fraction;
    return minute < 60 && second <= 60 && (hour < 24 || *out == DAY);
}

/* Z, +01:00, +0100, +01 in microseconds. */
static bool read_offset(struct cursor *cursor, int64_t *out)
{
    int hours = 0, minutes = 0, sign = *cursor->at == '-' ? -1 : 1;
    if (read_mark(cursor, 'Z') || read_mark(cursor, 'z')) {
        *out = 0;
        return true;
    }
    if ((!read_mark(cursor, '+') && !read_mark(cursor, '-')) || read_number(cursor, 2, 2, &hours) == 0) {
        return false;
    }
    bool marked = read_mark(cursor, ':');
    if (read_number(cursor, 2, 2, &minutes) == 0 && marked) {
        return false;
    }
    *out = sign * (hours * SW_HOUR + minutes * SW_MINUTE);
    return hours < 24 && minutes < 60;
}

static void skip_blank(struct cursor *cursor) { cursor->at += strspn(cursor->at, " \t"); }

static bool at_end(struct cursor *cursor)
{
    skip_blank(cursor);
    return *cursor->at == '\0';
}

/* -- local time -- */

static bool same_clock(const struct sw_civil *a, const struct sw_civil *b)
{
    return sw_date_to_days(a->date) == sw_date_to_days(b->date) && a->hour == b->hour && a->minute == b->minute && a->second == b->second;
}

static bool local(const struct sw_zone_rules *zone, struct sw_date date, int64_t time_of_day, struct sw_timestamp *out)
{
    static const int64_t steps[] = {30 * SW_MINUTE, SW_HOUR, 2 * SW_HOUR}; /* by which clocks are put back */
    if (date.year < EARLIEST_YEAR || date.year > LATEST_YEAR) {
        return false;
    }
    sw_instant first = sw_civil_instant(zone, date, time_of_day);
    struct sw_civil shown = sw_civil_at(zone, first);
    *out = (struct sw_timestamp){first, first};
    for (size_t i = 0; i < SW_COUNT(steps); i++) {
        struct sw_civil again = sw_civil_at(zone, first + steps[i]);
        if (same_clock(&shown, &again)) {
            out->second = first + steps[i];
        }
    }
    return plausible(first);
}

/* -- encodings -- */

/* What stands behind a date: nothing, a time of day behind T or a blank, or as DB2 writes it: -08.35.00.000000 */
static bool read_rest_of_iso(struct cursor *cursor, int64_t *time_of_day)
{
    int hour = 0, minute = 0, second = 0;
    if (*cursor->at == '-') {
        cursor->at++;
        bool good = read_number(cursor, 2, 2, &hour) != 0 && read_mark(cursor, '.') && read_number(cursor, 2, 2, &minute) != 0 &&
                    read_mark(cursor, '.') && read_number(cursor, 2, 2, &second) != 0;
        *time_of_day = hour * SW_HOUR + minute * SW_MINUTE + second * SW_SECOND;
        good = good && minute < 60 && second < 60 && (hour < 24 || *time_of_day == DAY);
        return good && (!read_mark(cursor, '.') || read_fraction(cursor, time_of_day));
    }
    bool timed = read_mark(cursor, 'T') || read_mark(cursor, 't');
    size_t blanks = strspn(cursor->at, " \t");
    cursor->at += blanks;
    if (!timed && *cursor->at == '\0') {
        return true;
    }
    return (timed || blanks > 0) && read_time_of_day(cursor, time_of_day);
}

enum offsets { OFFSET_NEEDED, OFFSET_NONE, OFFSET_EITHER };

static bool read_iso(const char *text, enum offsets offsets, const struct sw_zone_rules *zone, struct sw_timestamp *out)
{
    struct cursor cursor = {text};
    struct sw_date date;
    int64_t time_of_day = 0, offset = 0;
    if (!read_iso_date(&cursor, &date)) {
        return false;
    }
    if (!read_rest_of_iso(&cursor, &time_of_day)) {
        return false;
    }
    if (at_end(&cursor)) {
        return offsets != OFFSET_NEEDED && local(zone, date, time_of_day, out);
    }
    if (offsets == OFFSET_NONE || !read_offset(&cursor, &offset) || !at_end(&cursor)) {
        return false;
    }
    return whole(out, sw_date_to_days(date) * DAY + time_of_day - offset);
}

/* The end of an interval "a/b"; one that is open ("a/..") begins there and has no other time. */
static bool read_interval(const char *text, enum offsets offsets, const struct sw_zone_rules *zone, struct sw_timestamp *out)
{
    const char *slash = strchr(text, '/');
    char begin[TEXT_MAX];
    if (slash == NULL) {
        return read_iso(text, offsets, zone, out);
    }
    if (slash[1] != '\0' && strcmp(slash + 1, "..") != 0) {
        return read_iso(slash + 1, offsets, zone, out);
    }
    size_t length = (size_t)(slash - text);
    memcpy(begin, text, length);
    begin[length] = '\0';
    return read_iso(begin, offsets, zone, out);
}

static bool read_german(const char *text, const struct sw_zone_rules *zone, struct sw_timestamp *out)
{
    struct cursor cursor = {text};
    struct sw_date date;
    int64_t time_of_day = 0;
    if (!read_german_date(&cursor, &date)) {
        return false;
    }
    size_t between = strspn(cursor.at, " \t,");
    cursor.at += between;
    if (*cursor.at != '\0' && (between == 0 || !read_time_of_day(&cursor, &time_of_day))) {
        return false;
    }
    skip_blank(&cursor);
    if (strncmp(cursor.at, "Uhr", 3) == 0) {
        cursor.at += 3;
    }
    return at_end(&cursor) && local(zone, date, time_of_day, out);
}

/* Seconds or milliseconds, with a fraction or without. */
static bool read_epoch(const char *text, int64_t unit, struct sw_timestamp *out)
{
    size_t sign = text[0] == '-', digits = strspn(text + sign, "0123456789");
    char *end = NULL;
    if (digits == 0 || strspn(text + sign, "0123456789.") != strlen(text + sign)) {
        return false;
    }
    double number = strtod(text, &end);
    double microseconds = number * (double)unit;
    if (*end != '\0' || fabs(microseconds) > 9e18) {
        return false;
    }
    return whole(out, (sw_instant)llround(microseconds));
}

/* /Date(1487175617000+0100)/: milliseconds of UTC; the offset only says where that was. */
static bool read_dotnet(const char *text, struct sw_timestamp *out)
{
    static const char head[] = "/Date(";
    char number[TEXT_MAX];
    if (strncmp(text, head, sizeof head - 1) != 0) {
        return false;
    }
    text += sizeof head - 1;
    size_t sign = text[0] == '-', length = sign + strspn(text + sign, "0123456789");
    struct cursor cursor = {text + length};
    int64_t offset = 0;
    memcpy(number, text, length);
    number[length] = '\0';
    if ((*cursor.at == '+' || *cursor.at == '-') && !read_offset(&cursor, &offset)) {
        return false;
    }
    return read_mark(&cursor, ')') && read_mark(&cursor, '/') && *cursor.at == '\0' && read_epoch(number, SW_MS, out);
}

/* A member of {year, month ...}, a text of digits or a whole number. */
static bool read_part(const cJSON *object, const char *key, int *out)
{
    const cJSON *member = sw_json_get(object, key);
    if (cJSON_IsNumber(member) && member->valuedouble >= 0 && member->valuedouble <= 9999 &&
        member->valuedouble == floor(member->valuedouble)) {
        *out = (int)member->valuedouble;
        return true;
    }
    struct cursor cursor = {cJSON_IsString(member) ? member->valuestring : ""};
    return read_number(&cursor, 1, 4, out) != 0 && at_end(&cursor);
}

static bool read_parts(const cJSON *object, const struct sw_zone_rules *zone, struct sw_timestamp *out)
{
    struct sw_date date;
    int hour = 0, minute = 0, second = 0;
    if (!read_part(object, "year", &date.year) || !read_part(object, "month", &date.month) || !read_part(object, "day", &date.day) ||
        !read_part(object, "hour", &hour) || !read_part(object, "minute", &minute)) {
        return false;
    }
    if (sw_json_get(object, "second") != NULL && !read_part(object, "second", &second)) {
        return false;
    }
    int64_t time_of_day = hour * SW_HOUR + minute * SW_MINUTE + second * SW_SECOND;
    bool good = sw_date_valid(date) && minute < 60 && second <= 60 && (hour < 24 || time_of_day == DAY);
    return good && local(zone, date, time_of_day, out);
}

static bool read_date_time(const char *day, const char *clock, const struct sw_zone_rules *zone, struct sw_timestamp *out)
{
    struct cursor cursor = {day}, of_day = {clock};
    struct sw_date date;
    int64_t time_of_day = 0;
    int hour = 0;
    if (!read_iso_date(&cursor, &date)) {
        cursor.at = day;
        if (!read_german_date(&cursor, &date)) {
            return false;
        }
    }
    if (strchr(clock, ':') != NULL) {
        if (!read_time_of_day(&of_day, &time_of_day)) {
            return false;
        }
    } else if (read_number(&of_day, 1, 2, &hour) == 0 || hour > 24) {
        return false;
    } else {
        time_of_day = hour * SW_HOUR;
    }
    return at_end(&cursor) && at_end(&of_day) && local(zone, date, time_of_day, out);
}

/* -- cells -- */

/* The text of a cell, or its number as digits, without the blanks around it. */
static bool text_of(const struct sw_cell *cell, char out[TEXT_MAX])
{
    const char *text = cell->text;
    char number[40];
    if (cell->node != NULL && cJSON_IsNumber(cell->node)) {
        double value = cell->node->valuedouble;
        (void)snprintf(number, sizeof number, value == floor(value) && fabs(value) < 1e15 ? "%.0f" : "%.6f", value);
        text = number;
    } else if (cell->node != NULL) {
        text = cJSON_IsString(cell->node) ? cell->node->valuestring : NULL;
    }
    if (text == NULL) {
        return false;
    }
    text += strspn(text, " \t\r\n");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL) {
        length--;
    }
    if (length >= TEXT_MAX) {
        return false;
    }
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

bool sw_timestamp_read(enum sw_time_encoding encoding, const struct sw_cell *cells, size_t count, const struct sw_zone_rules *zone,
                       struct sw_timestamp *out)
{
    char text[TEXT_MAX], other[TEXT_MAX];
    struct sw_timestamp read;
    bool good = false;
    if (count == 0 || (encoding == SW_TIME_PARTS ? cells[0].node == NULL : !text_of(&cells[0], text))) {
        return false;
    }
    bool both = encoding == SW_TIME_DATE_TIME || encoding == SW_TIME_DATE_TIME_UTC;
    if (both && (count < 2 || !text_of(&cells[1], other))) {
        return false;
    }
    switch (encoding) {
    case SW_TIME_ANY: good = read_interval(text, OFFSET_EITHER, zone, &read); break;
    case SW_TIME_RFC3339: good = read_interval(text, OFFSET_NEEDED, zone, &read); break;
    case SW_TIME_LOCAL: good = read_interval(text, OFFSET_NONE, zone, &read); break;
    case SW_TIME_UTC: good = read_interval(text, OFFSET_NONE, NULL, &read); break;
    case SW_TIME_EPOCH_S: good = read_epoch(text, SW_SECOND, &read); break;
    case SW_TIME_EPOCH_MS: good = read_epoch(text, SW_MS, &read); break;
    case SW_TIME_GERMAN: good = read_german(text, zone, &read); break;
    case SW_TIME_GERMAN_UTC: good = read_german(text, NULL, &read); break;
    case SW_TIME_DOTNET: good = read_dotnet(text, &read); break;
    case SW_TIME_PARTS: good = read_parts(cells[0].node, zone, &read); break;
    case SW_TIME_DATE_TIME: good = read_date_time(text, other, zone, &read); break;
    case SW_TIME_DATE_TIME_UTC: good = read_date_time(text, other, NULL, &read); break;
    }
    if (good) {
        *out = read;
    }
    return good;
}

/* -- rows -- */

/* Goes through the rows from early to late; false where they are in no strict order. `proven` gets what each would be. */
static bool in_order(const struct sw_timestamp *times, const bool *there, size_t count, bool falling, sw_instant *proven)
{
    sw_instant last = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        size_t row = falling ? count - 1 - i : i;
        if (!there[row]) {
            continue;
        }
        proven[row] = times[row].first > last ? times[row].first : times[row].second;
        if (proven[row] <= last) {
            return false;
        }
        last = proven[row];
    }
    return true;
}

void sw_timestamp_order(struct sw_timestamp *times, const bool *there, size_t count)
{
    size_t known = 0, twice = 0, first = count, last = 0;
    for (size_t i = 0; i < count; i++) {
        if (there[i]) {
            known++;
            twice += times[i].second != times[i].first;
            first = first == count ? i : first;
            last = i;
        }
    }
    if (known < 3 || twice == 0 || twice == known) {
        return;
    }
    sw_instant *proven = malloc(count * sizeof *proven);
    if (proven != NULL && in_order(times, there, count, times[first].first > times[last].first, proven)) {
        for (size_t i = 0; i < count; i++) {
            times[i].first = there[i] ? proven[i] : times[i].first;
        }
    }
    free(proven);
}
