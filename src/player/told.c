/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/told.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "json/schema.h"

#define HEAD "schauwand-told 1"
#define FIELDS_MAX 5
#define IS_OPEN "is open"
#define IS_CLOSED "is closed"
#define SUM_LENGTH 17                              /* sixteen digits and an end of line */
#define LATEST (INT64_C(253402300799) * SW_SECOND) /* the end of the year 9999 */
#define EVERY (10 * SW_MINUTE)                     /* between two texts that differ in nothing but when they were written */
#define JUMP SW_MINUTE                             /* less than that is a clock that is set by its own time server */

static const struct {
    enum sw_control_verb verb;
    bool zone, text; /* it has one: an id */
} kept[] = {
    {SW_CONTROL_OPEN, false, false},   {SW_CONTROL_CLOSE, false, false},    {SW_CONTROL_BLANK, false, true},
    {SW_CONTROL_OVERRIDE, true, true}, {SW_CONTROL_CLEANING, false, false}, {SW_CONTROL_VOLUME, true, true},
    {SW_CONTROL_MUTE, true, false},
};

struct sw_told_word *sw_told_add(struct sw_told *told, enum sw_control_verb verb, const char *zone, const char *text)
{
    if (told->count == SW_TOLD_MAX)
        return NULL;
    struct sw_told_word *word = &told->words[told->count++];
    *word = (struct sw_told_word){.verb = verb, .until = SW_NEVER};
    (void)snprintf(word->zone, sizeof word->zone, "%s", zone);
    (void)snprintf(word->text, sizeof word->text, "%s", text);
    return word;
}

bool sw_told_foresee(struct sw_told_hours *hours, struct sw_hours next, sw_instant horizon)
{
    bool always = next.open && next.until == SW_NEVER;
    if (!always)
        hours->items[hours->count++] = next;
    return next.until > horizon || hours->count == SW_TOLD_HOURS_MAX;
}

/* -- as text -- */

/* A user's name may be anything. */
static void add_name(struct sw_buffer *out, const char *name)
{
    for (; *name != '\0'; name++)
        sw_buffer_add(out, (unsigned char)*name < ' ' ? "?" : name, 1);
}

static sw_instant written_as_of(const struct sw_told *told, sw_instant now)
{
    bool ends = false;
    for (size_t i = 0; i < told->count; i++)
        ends = ends || told->words[i].until != SW_NEVER;
    sw_instant as_of = ends ? now - now % EVERY : 0;
    return as_of < 0 ? 0 : as_of > LATEST ? LATEST : as_of;
}

/* 0: never. */
static sw_instant written_until(sw_instant until) { return until == SW_NEVER ? 0 : until < 1 ? 1 : until > LATEST ? LATEST : until; }

void sw_told_write(const struct sw_told *told, sw_instant now, struct sw_buffer *out)
{
    size_t begin = out->length;
    sw_buffer_printf(out, HEAD "\t%s\t%" PRId64 "\t%zu\t%zu\n", told->wall, written_as_of(told, now), told->count, told->hours.count);
    for (size_t i = 0; i < told->count; i++) {
        const struct sw_told_word *word = &told->words[i];
        sw_buffer_printf(out, "%s\t%s\t%s\t", sw_control_verb_name(word->verb), word->zone, word->text);
        add_name(out, word->by);
        sw_buffer_printf(out, "\t%" PRId64 "\n", written_until(word->until));
    }
    for (size_t i = 0; i < told->hours.count; i++)
        sw_buffer_printf(out, "%s\t%" PRId64 "\n", told->hours.items[i].open ? IS_OPEN : IS_CLOSED,
                         written_until(told->hours.items[i].until));
    uint64_t sum = sw_hash_bytes(SW_HASH_START, sw_buffer_text(out) + begin, out->length - begin);
    sw_buffer_printf(out, "%016" PRIx64 "\n", sum);
}

/* A line's fields, in place. False: it has not so many, or `text` has no whole line left. */
static bool read_line(char **text, char *fields[FIELDS_MAX], size_t count)
{
    char *end = strchr(*text, '\n');
    if (end == NULL)
        return false;
    *end = '\0';
    for (size_t i = 0; i < count; i++) {
        fields[i] = *text;
        char *tab = strchr(*text, '\t');
        if ((tab != NULL) != (i + 1 < count))
            return false;
        *text = tab != NULL ? tab + 1 : end + 1;
        if (tab != NULL)
            *tab = '\0';
    }
    return true;
}

static bool read_number(const char *text, int64_t most, int64_t *out)
{
    char *end;
    errno = 0;
    if (*text < '0' || *text > '9')
        return false;
    int64_t number = strtoll(text, &end, 10);
    if (errno != 0 || *end != '\0' || number > most)
        return false;
    *out = number;
    return true;
}

static bool is_name(const char *text, bool wanted)
{
    return wanted ? sw_id_valid(text) && strlen(text) < SW_TOLD_NAME_MAX : text[0] == '\0';
}

static bool read_word(char *const fields[FIELDS_MAX], struct sw_told *told)
{
    int64_t until;
    size_t i = 0;
    while (i < SW_COUNT(kept) && strcmp(sw_control_verb_name(kept[i].verb), fields[0]) != 0)
        i++;
    if (i == SW_COUNT(kept) || !is_name(fields[1], kept[i].zone) || !is_name(fields[2], kept[i].text) ||
        strlen(fields[3]) >= SW_CONTROL_BY_MAX || !read_number(fields[4], LATEST, &until))
        return false;
    struct sw_told_word *word = sw_told_add(told, kept[i].verb, fields[1], fields[2]);
    if (word == NULL)
        return false;
    (void)snprintf(word->by, sizeof word->by, "%s", fields[3]);
    word->until = until == 0 ? SW_NEVER : until;
    return true;
}

/* What ends nowhere ends the list. */
static bool read_hours(char *const fields[FIELDS_MAX], struct sw_told *told)
{
    int64_t until;
    bool open = strcmp(fields[0], IS_OPEN) == 0;
    sw_instant before = told->hours.count > 0 ? told->hours.items[told->hours.count - 1].until : 0;
    if ((!open && strcmp(fields[0], IS_CLOSED) != 0) || !read_number(fields[1], LATEST, &until))
        return false;
    struct sw_hours hours = {.open = open, .until = until == 0 ? SW_NEVER : until};
    if (hours.until <= before)
        return false;
    told->hours.items[told->hours.count++] = hours;
    return true;
}

static bool read_all(struct sw_told *told, char *text)
{
    char *fields[FIELDS_MAX];
    int64_t count = 0, hours = 0;
    if (!read_line(&text, fields, 5) || strcmp(fields[0], HEAD) != 0 || !is_name(fields[1], true) ||
        !read_number(fields[2], LATEST, &told->as_of) || !read_number(fields[3], SW_TOLD_MAX, &count) ||
        !read_number(fields[4], SW_TOLD_HOURS_MAX, &hours))
        return false;
    (void)snprintf(told->wall, sizeof told->wall, "%s", fields[1]);
    for (int64_t i = 0; i < count; i++) {
        if (!read_line(&text, fields, FIELDS_MAX) || !read_word(fields, told))
            return false;
        bool ends = told->words[i].until != SW_NEVER;
        if (ends && told->as_of == 0)
            return false;
    }
    for (int64_t i = 0; i < hours; i++)
        if (!read_line(&text, fields, 2) || !read_hours(fields, told))
            return false;
    return *text == '\0';
}

bool sw_told_read(struct sw_told *told, const char *text, size_t length)
{
    char sum[SUM_LENGTH + 1];
    if (length <= SUM_LENGTH || length > SW_TOLD_BYTES_MAX || memchr(text, '\0', length) != NULL)
        return false;
    size_t body = length - SUM_LENGTH;
    (void)snprintf(sum, sizeof sum, "%016" PRIx64 "\n", sw_hash_bytes(SW_HASH_START, text, body));
    if (memcmp(sum, text + body, SUM_LENGTH) != 0)
        return false;
    char *copy = sw_alloc(body + 1);
    memcpy(copy, text, body);
    copy[body] = '\0';
    struct sw_told read = {.count = 0};
    bool good = read_all(&read, copy);
    free(copy);
    if (good)
        *told = read;
    return good;
}

/* -- the clock -- */

/* How far the words' clock is ahead, if it is `difference` ahead by its own count. One that is behind has at least come so far; one that is
 * right counts. */
static int64_t judge(const struct sw_told_clock *clock, int64_t difference, sw_instant instant, enum sw_clock_doubt doubt)
{
    switch (doubt) {
    case SW_CLOCK_FAR_AHEAD: return difference;
    case SW_CLOCK_BEHIND: break;
    case SW_CLOCK_FINE:
        if (instant >= clock->least)
            return 0;
        break;
    }
    return difference > 0 ? difference : 0;
}

void sw_told_clock_begin(struct sw_told_clock *clock, sw_instant as_of, sw_tick tick, sw_instant instant, enum sw_clock_doubt doubt)
{
    *clock = (struct sw_told_clock){.least = as_of, .doubted = doubt != SW_CLOCK_FINE, .tick = tick, .instant = instant};
    if (as_of != 0)
        clock->ahead = judge(clock, as_of - instant, instant, doubt);
}

int64_t sw_told_clock_look(struct sw_told_clock *clock, sw_tick tick, sw_instant instant, enum sw_clock_doubt doubt)
{
    int64_t jump = (instant - clock->instant) - (tick - clock->tick);
    bool counts = clock->doubted || clock->ahead != 0 || doubt != SW_CLOCK_FINE;
    clock->tick = tick;
    clock->instant = instant;
    clock->doubted = doubt != SW_CLOCK_FINE;
    if (!counts || (jump < JUMP && jump > -JUMP))
        return 0;
    clock->ahead = judge(clock, clock->ahead - jump, instant, doubt);
    return jump;
}
