/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads TZif files (RFC 8536, versions 1 to 4) and the POSIX TZ rule in their last line, which holds for all years after the table. */
#include "base/zone_rules.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"

#define ZONEINFO "/usr/share/zoneinfo"
#define FILE_BYTES_MAX ((size_t)1 << 20)
#define NAME_BYTES_MAX 128
#define HEAD_BYTES 44
#define TRANSITIONS_MAX 20000
#define OFFSET_MIN (-89999) /* RFC 8536, 3.2 */
#define OFFSET_MAX 93599
#define DAY_S 86400
#define FOREVER (INT64_MAX / 4)

/* The day of a year on which the clock changes: POSIX's three ways to say it. */
struct change {
    enum { CHANGE_JULIAN, CHANGE_ORDINAL, CHANGE_WEEKDAY } way; /* Jn (1..365, never 29 February), n (0..365), Mm.w.d */
    int month, week, day;
    int time_s; /* local time of day, also below 0 or above 24 h */
};

struct sw_zone_rules {
    int64_t *begins; /* begins[i]: from when offsets[i] holds */
    int *offsets;
    size_t count;
    int first_offset; /* before begins[0] */
    bool has_rule;    /* the last line said what holds after the table */
    bool has_summer;
    int winter_offset, summer_offset;
    struct change to_summer, to_winter;
};

/* ---- the file ---- */

struct head {
    int version;
    size_t is_ut, is_std, leaps, times, types, chars;
};

static uint32_t read_u32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int64_t read_i32(const unsigned char *at)
{
    return (int64_t)(read_u32(at) ^ 0x80000000u) - 0x80000000ll;
}

static int64_t read_i64(const unsigned char *at)
{
    uint64_t value = (uint64_t)read_u32(at) << 32 | read_u32(at + 4);
    return value > INT64_MAX ? -(int64_t)~value - 1 : (int64_t)value;
}

static bool read_head(const unsigned char *at, size_t left, struct head *head)
{
    if (left < HEAD_BYTES || memcmp(at, "TZif", 4) != 0) {
        return false;
    }
    head->version = at[4] == 0 ? 1 : at[4] - '0';
    size_t *counts[] = {&head->is_ut, &head->is_std, &head->leaps, &head->times, &head->types, &head->chars};
    for (size_t i = 0; i < SW_COUNT(counts); i++) {
        *counts[i] = read_u32(at + 20 + 4 * i);
        if (*counts[i] > TRANSITIONS_MAX) {
            return false;
        }
    }
    return head->version >= 1 && head->version <= 9 && head->types >= 1 && head->types <= 256;
}

static size_t body_bytes(const struct head *head, size_t time_bytes)
{
    return head->times * (time_bytes + 1) + head->types * 6 + head->chars + head->leaps * (time_bytes + 4) + head->is_std + head->is_ut;
}

static bool offset_valid(int64_t offset)
{
    return offset >= OFFSET_MIN && offset <= OFFSET_MAX;
}

static bool read_body(const unsigned char *at, const struct head *head, size_t time_bytes, struct sw_zone_rules *rules)
{
    const unsigned char *indices = at + head->times * time_bytes;
    const unsigned char *types = indices + head->times;
    if (head->leaps > 0) { /* the "right" zones: their seconds are not ours */
        return false;
    }
    for (size_t i = 0; i < head->types; i++) {
        if (!offset_valid(read_i32(types + 6 * i))) {
            return false;
        }
    }
    rules->first_offset = (int)read_i32(types);
    rules->count = head->times;
    rules->begins = sw_alloc_array(head->times, sizeof *rules->begins);
    rules->offsets = sw_alloc_array(head->times, sizeof *rules->offsets);
    for (size_t i = 0; i < head->times; i++) {
        int64_t begin = time_bytes == 8 ? read_i64(at + 8 * i) : read_i32(at + 4 * i);
        if (indices[i] >= head->types || begin < -FOREVER || begin > FOREVER || (i > 0 && begin <= rules->begins[i - 1])) {
            return false;
        }
        rules->begins[i] = begin;
        rules->offsets[i] = (int)read_i32(types + (size_t)6 * indices[i]);
    }
    return true;
}

/* ---- the rule in the last line: std offset [dst [offset] , start [/time] , end [/time]] (POSIX.1, 8.3) ---- */

static bool read_number(const char **at, int maximum, int *out)
{
    int number = 0;
    const char *from = *at;
    while (isdigit((unsigned char)**at) && *at - from < 4) {
        number = number * 10 + (*(*at)++ - '0');
    }
    *out = number;
    return *at > from && number <= maximum;
}

static bool skip_name(const char **at)
{
    const char *from = *at;
    if (**at == '<') {
        *at += strcspn(*at, ">");
        return *(*at)++ == '>';
    }
    while (isalpha((unsigned char)**at)) {
        ++*at;
    }
    return *at - from >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool read_time(const char **at, int hours_max, int *out)
{
    int hours, minutes = 0, seconds = 0;
    int sign = **at == '-' ? -1 : 1;
    *at += **at == '-' || **at == '+';
    if (!read_number(at, hours_max, &hours)) {
        return false;
    }
    if (**at == ':') {
        ++*at;
        if (!read_number(at, 59, &minutes)) {
            return false;
        }
    }
    if (**at == ':') {
        ++*at;
        if (!read_number(at, 59, &seconds)) {
            return false;
        }
    }
    *out = sign * (hours * 3600 + minutes * 60 + seconds);
    return true;
}

static bool read_change(const char **at, struct change *change)
{
    bool good;
    if (*(*at)++ != ',') {
        return false;
    }
    if (**at == 'M') {
        ++*at;
        change->way = CHANGE_WEEKDAY;
        good = read_number(at, 12, &change->month) && *(*at)++ == '.' && read_number(at, 5, &change->week) && *(*at)++ == '.' &&
               read_number(at, 6, &change->day) && change->month >= 1 && change->week >= 1;
    } else if (**at == 'J') {
        ++*at;
        change->way = CHANGE_JULIAN;
        good = read_number(at, 365, &change->day) && change->day >= 1;
    } else {
        change->way = CHANGE_ORDINAL;
        good = read_number(at, 365, &change->day);
    }
    change->time_s = 2 * 3600;
    if (good && **at == '/') {
        ++*at;
        good = read_time(at, 167, &change->time_s);
    }
    return good;
}

static bool read_rule(const char *line, struct sw_zone_rules *rules)
{
    const char *at = line;
    int west; /* POSIX counts offsets westwards */
    if (!skip_name(&at) || !read_time(&at, 24, &west)) {
        return false;
    }
    rules->has_rule = true;
    rules->winter_offset = -west;
    if (*at == '\0') {
        return true;
    }
    if (!skip_name(&at)) {
        return false;
    }
    west -= 3600;
    if (*at != ',' && !read_time(&at, 24, &west)) {
        return false;
    }
    rules->has_summer = true;
    rules->summer_offset = -west;
    return read_change(&at, &rules->to_summer) && read_change(&at, &rules->to_winter) && *at == '\0';
}

/* ---- when a rule changes the clock ---- */

static int64_t change_second(const struct change *change, int year, int offset_before)
{
    int64_t first = sw_date_to_days((struct sw_date){year, 1, 1}), day = first;
    bool leap = sw_date_to_days((struct sw_date){year + 1, 1, 1}) - first == 366;
    switch (change->way) {
    case CHANGE_JULIAN:
        day = first + change->day - 1 + (leap && change->day >= 60);
        break;
    case CHANGE_ORDINAL:
        day = first + change->day;
        break;
    case CHANGE_WEEKDAY: {
        struct sw_date begin = {year, change->month, 1};
        int first_weekday = sw_date_weekday(begin) % 7; /* 0 Sunday, as POSIX counts */
        day = sw_date_to_days(begin) + (change->day - first_weekday + 7) % 7 + (change->week - 1) * 7;
        if (sw_date_from_days(day).month != change->month) {
            day -= 7; /* week 5: the last of its weekday */
        }
        break;
    }
    }
    return day * DAY_S + change->time_s - offset_before;
}

static struct sw_zone_stretch rule_stretch(const struct sw_zone_rules *rules, int64_t second)
{
    struct sw_zone_stretch stretch = {-FOREVER, FOREVER, rules->winter_offset};
    if (!rules->has_summer) {
        return stretch;
    }
    int64_t local = second + rules->winter_offset;
    int64_t days = local / DAY_S - (local % DAY_S < 0);
    int year = sw_date_from_days(days).year;
    for (int y = year - 1; y <= year + 1; y++) {
        /* the end of a summer first: where it falls on the begin of the next (summer all year), the begin counts */
        int64_t changes[2] = {change_second(&rules->to_winter, y, rules->summer_offset),
                              change_second(&rules->to_summer, y, rules->winter_offset)};
        int offsets[2] = {rules->winter_offset, rules->summer_offset};
        for (int i = 0; i < 2; i++) {
            if (changes[i] <= second && changes[i] >= stretch.begin_s) {
                stretch.begin_s = changes[i];
                stretch.offset_s = offsets[i];
            } else if (changes[i] > second && changes[i] < stretch.end_s) {
                stretch.end_s = changes[i];
            }
        }
    }
    return stretch;
}

struct sw_zone_stretch sw_zone_rules_stretch(const struct sw_zone_rules *rules, int64_t second)
{
    if (rules == NULL) {
        return (struct sw_zone_stretch){-FOREVER, FOREVER, 0};
    }
    size_t low = 0, high = rules->count; /* how many transitions are at or before `second` */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rules->begins[middle] <= second) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct sw_zone_stretch stretch = {
        .begin_s = low > 0 ? rules->begins[low - 1] : -FOREVER,
        .end_s = low < rules->count ? rules->begins[low] : FOREVER,
        .offset_s = low > 0 ? rules->offsets[low - 1] : rules->first_offset,
    };
    if (low == rules->count && rules->has_rule) {
        struct sw_zone_stretch later = rule_stretch(rules, second);
        stretch.begin_s = later.begin_s > stretch.begin_s ? later.begin_s : stretch.begin_s;
        stretch.end_s = later.end_s;
        stretch.offset_s = later.offset_s;
    }
    return stretch;
}

/* ---- loading ---- */

static bool name_valid(const char *name)
{
    size_t length = strlen(name);
    bool allowed = length > 0 && length <= NAME_BYTES_MAX && name[0] != '/' && name[length - 1] != '/';
    for (size_t i = 0; i < length && allowed; i++) {
        allowed = isalnum((unsigned char)name[i]) || strchr("_+-/", name[i]) != NULL;
    }
    return allowed;
}

static bool parse(const unsigned char *bytes, size_t length, struct sw_zone_rules *rules)
{
    struct head head;
    if (!read_head(bytes, length, &head)) {
        return false;
    }
    size_t body = HEAD_BYTES, body_length = body_bytes(&head, 4);
    if (body_length > length - body) {
        return false;
    }
    if (head.version == 1) {
        return read_body(bytes + body, &head, 4, rules);
    }
    size_t second = body + body_length; /* the block with 64-bit times */
    if (!read_head(bytes + second, length - second, &head)) {
        return false;
    }
    body = second + HEAD_BYTES;
    body_length = body_bytes(&head, 8);
    if (body_length > length - body || !read_body(bytes + body, &head, 8, rules)) {
        return false;
    }
    const char *line = (const char *)bytes + body + body_length; /* the file is NUL-terminated in memory */
    char rule[NAME_BYTES_MAX];
    size_t rule_length = line[0] == '\n' ? strcspn(line + 1, "\n") : sizeof rule;
    if (rule_length >= sizeof rule || line[1 + rule_length] != '\n') {
        return false;
    }
    memcpy(rule, line + 1, rule_length);
    rule[rule_length] = '\0';
    return rule_length == 0 || read_rule(rule, rules);
}

static struct sw_zone_rules *load(const char *folder, const char *name)
{
    struct sw_arena scratch = {0};
    char *bytes = NULL;
    size_t length = 0;
    struct sw_zone_rules *rules = NULL;
    if (sw_file_read(sw_arena_printf(&scratch, "%s/%s", folder, name), FILE_BYTES_MAX, &bytes, &length) == SW_FILE_OK) {
        rules = sw_alloc(sizeof *rules);
        if (!parse((const unsigned char *)bytes, length, rules)) {
            sw_zone_rules_destroy(rules);
            rules = NULL;
        }
    }
    free(bytes);
    sw_arena_finish(&scratch);
    return rules;
}

struct sw_zone_rules *sw_zone_rules_create(const char *name)
{
    if (name == NULL || !name_valid(name)) {
        return NULL;
    }
    const char *folder = getenv("TZDIR");
    struct sw_zone_rules *rules = folder != NULL && folder[0] != '\0' ? load(folder, name) : NULL;
    if (rules == NULL) {
        rules = load(ZONEINFO, name);
    }
    if (rules == NULL && strcmp(name, "UTC") == 0) {
        rules = sw_alloc(sizeof *rules); /* no transitions, offset 0 */
    }
    return rules;
}

void sw_zone_rules_destroy(struct sw_zone_rules *rules)
{
    if (rules != NULL) {
        free(rules->begins);
        free(rules->offsets);
        free(rules);
    }
}
