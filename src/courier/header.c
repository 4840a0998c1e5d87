/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/header.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define AMOUNT_MOST (INT64_C(1) << 50) /* bytes */

void sw_headers_clear(struct sw_headers *headers)
{
    *headers = (struct sw_headers){.max_age = -1, .age = -1, .length = -1, .part_from = -1, .part_whole = -1};
}

/* Visible characters only: what is stored is sent again, and logged. */
static void keep(char *out, size_t capacity, const char *value, size_t length)
{
    out[0] = '\0';
    if (length >= capacity)
        return;
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)value[i] < ' ' || value[i] == 0x7f)
            return;
    }
    memcpy(out, value, length);
    out[length] = '\0';
}

/* Whether the word at `text` is `word`, and what follows it. */
static const char *behind(const char *text, const char *end, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(end - text) < length || strncasecmp(text, word, length) != 0)
        return NULL;
    return text + length;
}

static int64_t seconds(const char *text, const char *end)
{
    int64_t value = 0;
    const char *start = text;
    for (; text < end && *text >= '0' && *text <= '9' && value < INT64_C(1000000000); text++)
        value = value * 10 + (*text - '0');
    return text > start ? value : -1;
}

/* As long as a file may be; -1: no number, or a longer one. */
static int64_t amount(const char **text, const char *end)
{
    const char *at = *text;
    int64_t value = 0;
    for (; at < end && *at >= '0' && *at <= '9' && value < AMOUNT_MOST; at++)
        value = value * 10 + (*at - '0');
    bool good = at > *text && value <= AMOUNT_MOST;
    *text = at;
    return good ? value : -1;
}

/* "bytes 1000-1999/2000" (RFC 9110, 14.4). */
static void take_range(struct sw_headers *headers, const char *value, const char *end)
{
    const char *at = behind(value, end, "bytes ");
    if (at == NULL)
        return;
    int64_t from = amount(&at, end);
    if (from < 0 || at == end || *at++ != '-')
        return;
    int64_t last = amount(&at, end);
    if (last < from || at == end || *at++ != '/')
        return;
    int64_t whole = amount(&at, end);
    if (at != end || last >= whole)
        return;
    headers->part_from = from;
    headers->part_whole = whole;
}

static void take_length(struct sw_headers *headers, const char *value, const char *end)
{
    int64_t length = amount(&value, end);
    headers->length = value == end ? length : -1;
}

static void take_cache_control(struct sw_headers *headers, const char *value, const char *end)
{
    keep(headers->cache, sizeof headers->cache, value, (size_t)(end - value));
    while (value < end) {
        const char *comma = memchr(value, ',', (size_t)(end - value));
        const char *stop = comma != NULL ? comma : end;
        while (value < stop && (*value == ' ' || *value == '\t'))
            value++;
        const char *age = behind(value, stop, "max-age=");
        if (age != NULL)
            headers->max_age = seconds(age + (age < stop && *age == '"'), stop);
        if (behind(value, stop, "no-cache") != NULL || behind(value, stop, "no-store") != NULL)
            headers->no_cache = true;
        value = stop + 1;
    }
}

/* Whether the parameters of a link (RFC 8288) hold rel=next. */
static bool is_next(const char *text, const char *end)
{
    while ((text = memchr(text, ';', (size_t)(end - text))) != NULL) {
        for (text++; text < end && (*text == ' ' || *text == '\t'); text++)
            ;
        const char *value = behind(text, end, "rel=");
        if (value == NULL)
            continue;
        bool quoted = value < end && *value == '"';
        const char *word = value + quoted;
        const char *stop = word;
        while (stop < end && *stop != '"' && (quoted || (*stop != ';' && *stop != ' ' && *stop != ',')))
            stop++;
        for (; word < stop; word++) {
            const char *after = behind(word, stop, "next");
            if (after != NULL && (after == stop || *after == ' '))
                return true;
            while (word < stop && *word != ' ')
                word++;
        }
    }
    return false;
}

static void take_link(struct sw_headers *headers, const char *value, const char *end)
{
    while (value < end) {
        const char *open = memchr(value, '<', (size_t)(end - value));
        const char *close = open != NULL ? memchr(open, '>', (size_t)(end - open)) : NULL;
        if (close == NULL)
            return;
        const char *stop = memchr(close, '<', (size_t)(end - close));
        stop = stop != NULL ? stop : end;
        if (headers->next[0] == '\0' && is_next(close, stop))
            keep(headers->next, sizeof headers->next, open + 1, (size_t)(close - open - 1));
        value = stop;
    }
}

void sw_headers_take(struct sw_headers *headers, const char *line, size_t length)
{
    const char *end = line + length, *colon = memchr(line, ':', length);
    if (colon == NULL)
        return;
    const char *value = colon + 1;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    while (end > value && (end[-1] == '\r' || end[-1] == '\n' || end[-1] == ' ' || end[-1] == '\t'))
        end--;
    size_t name = (size_t)(colon - line), size = (size_t)(end - value);
    if (name == 4 && strncasecmp(line, "ETag", 4) == 0)
        keep(headers->etag, sizeof headers->etag, value, size);
    else if (name == 13 && strncasecmp(line, "Last-Modified", 13) == 0)
        keep(headers->modified, sizeof headers->modified, value, size);
    else if (name == 12 && strncasecmp(line, "Content-Type", 12) == 0)
        keep(headers->type, sizeof headers->type, value, size);
    else if (name == 8 && strncasecmp(line, "Location", 8) == 0)
        keep(headers->location, sizeof headers->location, value, size);
    else if (name == 3 && strncasecmp(line, "Age", 3) == 0)
        headers->age = seconds(value, end);
    else if (name == 4 && strncasecmp(line, "Date", 4) == 0)
        keep(headers->date, sizeof headers->date, value, size);
    else if (name == 13 && strncasecmp(line, "Cache-Control", 13) == 0)
        take_cache_control(headers, value, end);
    else if (name == 4 && strncasecmp(line, "Link", 4) == 0)
        take_link(headers, value, end);
    else if (name == 14 && strncasecmp(line, "Content-Length", 14) == 0)
        take_length(headers, value, end);
    else if (name == 13 && strncasecmp(line, "Content-Range", 13) == 0)
        take_range(headers, value, end);
    else if (name == 16 && strncasecmp(line, "Content-Encoding", 16) == 0)
        headers->packed = size > 0 && !(size == 8 && strncasecmp(value, "identity", 8) == 0);
}

int64_t sw_headers_fresh_for(const struct sw_headers *headers)
{
    if (headers->max_age < 0 || headers->no_cache)
        return -1;
    int64_t left = headers->max_age - (headers->age > 0 ? headers->age : 0);
    return left > 0 ? left : 0;
}
