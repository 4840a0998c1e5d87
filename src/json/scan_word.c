/* SPDX-License-Identifier: EUPL-1.2 */
#include "json/scan_internal.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define NUMBER_MAX 63 /* characters: what cJSON's own buffer holds */
#define FEED_NUMBER_MAX 1023
#define INTEGER_MAX 9007199254740992ull /* 2^53: up to here a double has every integer */

static size_t skip_digits(const struct sw_json_reader *reader, size_t at)
{
    while (at < reader->length && isdigit((unsigned char)reader->bytes[at])) {
        at++;
    }
    return at;
}

/* Whether it is more than a double can tell: without point and exponent beyond 2^53, else beyond all bounds. `digits`: at most NUMBER_MAX
 * of a whole number, else all of them. */
static bool too_large(const char *digits, bool whole)
{
    const char *first = digits + (digits[0] == '-');
    return whole ? strlen(first) > 16 || strtoull(first, NULL, 10) > INTEGER_MAX : !isfinite(strtod(digits, NULL));
}

/* Takes a number out of what cJSON gets to see. */
static void set_aside(struct sw_json_reader *reader, size_t from, size_t to, bool text)
{
    struct sw_json_scan *scan = reader->scan;
    scan->texts = sw_grow(scan->texts, &scan->text_capacity, scan->text_count + 1, sizeof *scan->texts);
    scan->texts[scan->text_count++] =
        (struct sw_json_long_number){.value = scan->count - 1, .from = from, .length = to - from, .text = text};
    memset(scan->text + from, ' ', to - from);
    scan->text[from] = '0';
}

static bool judge_feed_number(struct sw_json_reader *reader, size_t from, size_t to, bool whole)
{
    char digits[FEED_NUMBER_MAX + 1];
    size_t length = to - from;
    if (length > FEED_NUMBER_MAX) {
        return sw_json_fail(reader, from, "the number has %zu characters; at most %d are allowed", length, FEED_NUMBER_MAX);
    }
    memcpy(digits, reader->bytes + from, length);
    digits[length] = '\0';
    bool text = too_large(digits, whole);
    if (text || length > NUMBER_MAX) {
        set_aside(reader, from, to, text);
    }
    return true;
}

/* The value of a number whose form is right. */
static bool judge_number(struct sw_json_reader *reader, size_t from, size_t to, bool whole)
{
    char digits[NUMBER_MAX + 1];
    if (reader->flavour == SW_JSON_FEED) {
        return judge_feed_number(reader, from, to, whole);
    }
    if (to - from > NUMBER_MAX) {
        return sw_json_fail(reader, from, "the number has %zu characters; at most %d are allowed", to - from, NUMBER_MAX);
    }
    memcpy(digits, reader->bytes + from, to - from);
    digits[to - from] = '\0';
    if (!too_large(digits, whole)) {
        return true;
    }
    return whole ? sw_json_fail(reader, from, "%s is not exact as a number beyond 9007199254740992 (2^53); write it as a string", digits)
                 : sw_json_fail(reader, from, "%s is too large for a number; at most about 1.8e308 is allowed", digits);
}

bool sw_json_read_number(struct sw_json_reader *reader)
{
    size_t from = reader->at, at = from + (reader->bytes[from] == '-');
    size_t digits = at;
    bool whole = true;
    at = skip_digits(reader, at);
    if (at == digits) {
        return sw_json_fail(reader, from, "a digit is wanted after the minus sign");
    }
    if (reader->bytes[digits] == '0' && at > digits + 1) {
        return sw_json_fail(reader, from, "a number does not begin with 0; leave it out");
    }
    if (at < reader->length && reader->bytes[at] == '.') {
        whole = false;
        digits = ++at;
        at = skip_digits(reader, at);
        if (at == digits) {
            return sw_json_fail(reader, from, "a digit is wanted after the point");
        }
    }
    if (at < reader->length && (reader->bytes[at] == 'e' || reader->bytes[at] == 'E')) {
        whole = false;
        at++;
        at += at < reader->length && (reader->bytes[at] == '+' || reader->bytes[at] == '-');
        digits = at;
        at = skip_digits(reader, at);
        if (at == digits) {
            return sw_json_fail(reader, from, "a digit is wanted in the exponent");
        }
    }
    reader->at = at;
    return judge_number(reader, from, at, whole);
}

/* true, false, null; anything else gets the fault that helps most. */
bool sw_json_read_word(struct sw_json_reader *reader)
{
    static const char *const words[] = {"true", "false", "null"};
    const char *from = reader->bytes + reader->at;
    size_t length = 0;
    while (reader->at + length < reader->length && (isalnum((unsigned char)from[length]) || from[length] == '_')) {
        length++;
    }
    for (size_t i = 0; i < SW_COUNT(words); i++) {
        if (length == strlen(words[i]) && memcmp(from, words[i], length) == 0) {
            reader->at += length;
            return true;
        }
    }
    if (length > 0) {
        int shown = (int)(length < SW_JSON_QUOTED_MAX ? length : SW_JSON_QUOTED_MAX);
        return sw_json_fail(reader, reader->at,
                            "%.*s is no value; texts stand in double quotes, other words are only true, false and null", shown, from);
    }
    switch (sw_json_peek(reader)) {
    case '\'':
        return sw_json_fail(reader, reader->at, "strings stand in double quotes");
    case '+':
        return sw_json_fail(reader, reader->at, "a number has no plus sign; leave it out");
    case '.':
        return sw_json_fail(reader, reader->at, "a digit is wanted before the point (0.5)");
    default:
        return sw_json_fail_unexpected(reader, "a value is wanted (a text in double quotes, a number, true, false, null, [ or {)");
    }
}
