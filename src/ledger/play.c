/* SPDX-License-Identifier: EUPL-1.2 */
/* A line: from, until, 1 or 0 (it begins, or not), zone, scene, page, why, release, by, and the checksum of all that, parted by tabs. */
#include "ledger/play.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"

#define TEXTS 6
#define CHECK_DIGITS 16

struct field {
    size_t at, capacity;
};

#define FIELD(name)                                                                                                                        \
    {                                                                                                                                      \
        offsetof(struct sw_play, name), sizeof((struct sw_play *)NULL)->name                                                               \
    }

static const struct field fields[TEXTS] = {FIELD(zone), FIELD(scene), FIELD(page), FIELD(why), FIELD(release), FIELD(by)};

/* Each byte as %XX in the worst case, three numbers, the checksum, tabs and the end. */
_Static_assert(3 * (65 + 65 + 65 + 17 + 33 + 65) + 3 * 20 + CHECK_DIGITS + 16 <= SW_PLAY_LINE_MAX, "a line holds every record");

void sw_play_set(char *field, size_t capacity, const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;
    if (length >= capacity)
        length = sw_utf8_valid(text, capacity - 1);
    if (length > 0)
        memcpy(field, text, length);
    memset(field + length, 0, capacity - length);
}

/* What would end a field or a line is written as %XX. */
static bool is_plain(unsigned char byte) { return byte >= 0x20 && byte != 0x7f && byte != '%'; }

static size_t write_text(char *out, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t length = 0;
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (is_plain(byte)) {
            out[length++] = *text;
            continue;
        }
        out[length++] = '%';
        out[length++] = digits[byte >> 4];
        out[length++] = digits[byte & 15];
    }
    out[length++] = '\t';
    return length;
}

size_t sw_play_write(const struct sw_play *play, char line[SW_PLAY_LINE_MAX])
{
    size_t length = (size_t)snprintf(line, SW_PLAY_LINE_MAX, "%" PRId64 "\t%" PRId64 "\t%d\t", play->from, play->until, play->begins);
    for (size_t i = 0; i < TEXTS; i++)
        length += write_text(line + length, (const char *)play + fields[i].at);
    uint64_t check = sw_hash_bytes(SW_HASH_START, line, length);
    return length + (size_t)snprintf(line + length, SW_PLAY_LINE_MAX - length, "%016" PRIx64 "\n", check);
}

/* Reads a number up to a tab; -1: there is none. */
static int64_t read_number(const char **at, const char *end)
{
    int64_t number = 0;
    const char *begin = *at;
    while (*at < end && **at >= '0' && **at <= '9' && number <= SW_PLAY_INSTANT_MAX)
        number = 10 * number + (*(*at)++ - '0');
    if (*at == begin || *at == end || **at != '\t')
        return -1;
    (*at)++;
    return number;
}

static int digit_of(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    return character >= 'A' && character <= 'F' ? character - 'A' + 10 : -1;
}

static bool read_text(const char **at, const char *end, char *field, size_t capacity)
{
    size_t length = 0;
    for (; *at < end && **at != '\t'; (*at)++) {
        char byte = **at;
        if (byte == '%') {
            int high = end - *at > 2 ? digit_of((*at)[1]) : -1, low = high >= 0 ? digit_of((*at)[2]) : -1;
            if (low < 0)
                return false;
            byte = (char)(16 * high + low);
            *at += 2;
        }
        if (byte == '\0' || length + 1 >= capacity)
            return false;
        field[length++] = byte;
    }
    if (*at == end)
        return false;
    (*at)++;
    memset(field + length, 0, capacity - length);
    return true;
}

bool sw_play_read(const char *line, size_t length, struct sw_play *play)
{
    struct sw_play read = {.begins = false};
    char again[SW_PLAY_LINE_MAX];
    const char *at = line, *end = line + length;
    read.from = read_number(&at, end);
    read.until = read_number(&at, end);
    int64_t begins = read_number(&at, end);
    bool good = read.from >= 0 && read.until > read.from && read.until <= SW_PLAY_INSTANT_MAX && (begins == 0 || begins == 1);
    read.begins = begins == 1;
    for (size_t i = 0; i < TEXTS && good; i++)
        good = read_text(&at, end, (char *)&read + fields[i].at, fields[i].capacity);
    /* what is read is written again: there is one way to write a record, and the checksum is part of it */
    if (!good || sw_play_write(&read, again) != length + 1 || memcmp(again, line, length) != 0)
        return false;
    *play = read;
    return true;
}
