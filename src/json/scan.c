/* SPDX-License-Identifier: EUPL-1.2 */
#include "json/scan.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/utf8.h"

#define NUMBER_MAX 63 /* characters: what cJSON's own buffer holds */
#define INTEGER_MAX 9007199254740992ull /* 2^53: up to here a double has every integer */
#define QUOTED_MAX 60 /* bytes of the document that a fault quotes */
#define END (-1)

/* A key of an object that is still open. */
struct key {
    const char *bytes; /* decoded: in the document itself or, if it holds escapes, in the arena */
    size_t length;
    size_t at; /* offset in the document */
};

struct reader {
    struct sw_json_scan *scan;
    const char *bytes;
    size_t length, at;
    enum sw_json_flavour flavour;
    int depth;
    struct key *keys; /* of all open objects, innermost last */
    size_t key_count, key_capacity;
    struct sw_arena arena;
    size_t counted; /* up to here, `line` and `column` are counted */
    int line, column;
};

/* A string of the document: decoded only where the caller wants it. */
struct text {
    size_t from, to; /* between the quotes */
    size_t length;   /* decoded */
    bool escapes;
};

static bool read_value(struct reader *reader, size_t key_at);

/* ---- places and faults ---- */

static void count_to(const char *bytes, size_t from, size_t to, int *line, int *column)
{
    for (size_t i = from; i < to; i++) {
        if (bytes[i] == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char)bytes[i] & 0xC0) != 0x80) {
            ++*column;
        }
    }
}

/* The place of `at`; the calls come with rising offsets, so that all of them together pass the document once. */
static void count_on(struct reader *reader, size_t at, int *line, int *column)
{
    count_to(reader->bytes, reader->counted, at, &reader->line, &reader->column);
    reader->counted = at;
    *line = reader->line;
    *column = reader->column;
}

static int line_of(const struct reader *reader, size_t at)
{
    int line = 1, column = 1;
    count_to(reader->bytes, 0, at, &line, &column);
    return line;
}

SW_PRINTF(3, 4) static bool fail(struct reader *reader, size_t at, const char *format, ...)
{
    struct sw_json_scan *scan = reader->scan;
    scan->fault_line = scan->fault_column = 1;
    count_to(reader->bytes, 0, at, &scan->fault_line, &scan->fault_column);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(scan->fault, sizeof scan->fault, format, arguments);
    va_end(arguments);
    return false;
}

static int peek(const struct reader *reader)
{
    return reader->at < reader->length ? (unsigned char)reader->bytes[reader->at] : END;
}

/* Something that may not stand at reader->at; `wanted` says what may. */
static bool fail_unexpected(struct reader *reader, const char *wanted)
{
    uint32_t code;
    int next = peek(reader);
    if (next == END) {
        return fail(reader, reader->at, "the file ends here; %s", wanted);
    }
    if (sw_utf8_decode(reader->bytes + reader->at, reader->length - reader->at, &code) == 0) {
        return fail(reader, reader->at, "this is not UTF-8 (byte %02X); save the file as UTF-8", (unsigned)next);
    }
    bool comment = next == '/' && reader->at + 1 < reader->length && strchr("/*", reader->bytes[reader->at + 1]) != NULL;
    if (comment && reader->flavour == SW_JSON_STRICT) {
        return fail(reader, reader->at, "comments are not allowed in this file; %s", wanted);
    }
    if (code == '#' && reader->flavour == SW_JSON_CURATOR) {
        return fail(reader, reader->at, "unexpected '#'; comments begin with //");
    }
    if (code > 0x20 && code < 0x7F) {
        return fail(reader, reader->at, "unexpected '%c'; %s", (int)code, wanted);
    }
    if ((code >= 0x2018 && code <= 0x201F) || code == 0xAB || code == 0xBB) {
        return fail(reader, reader->at, "unexpected typographic quote (U+%04X); strings stand in straight ones: \"", (unsigned)code);
    }
    return fail(reader, reader->at, "unexpected U+%04X; %s", (unsigned)code, wanted);
}

/* ---- blanks and comments ---- */

/* At "//" or the like: passes the comment and blanks it. */
static bool skip_comment(struct reader *reader)
{
    size_t from = reader->at;
    bool block = reader->bytes[from + 1] == '*';
    size_t at = from + 2;
    for (;; at++) {
        if (at >= reader->length) {
            if (block) {
                return fail(reader, from, "the comment is not closed; \"*/\" is missing");
            }
            break;
        }
        if (!block && reader->bytes[at] == '\n') {
            break;
        }
        if (block && reader->bytes[at] == '*' && at + 1 < reader->length && reader->bytes[at + 1] == '/') {
            at += 2;
            break;
        }
    }
    size_t valid = sw_utf8_valid(reader->bytes + from, at - from);
    for (size_t i = from; i < from + valid; i++) {
        unsigned char byte = (unsigned char)reader->bytes[i];
        if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') {
            return fail(reader, i, "control character U+%04X in a comment; take it out", byte);
        }
    }
    if (valid < at - from) {
        reader->at = from + valid;
        return fail_unexpected(reader, "");
    }
    memset(reader->scan->text + from, ' ', at - from);
    reader->at = at;
    return true;
}

static bool skip_blank(struct reader *reader)
{
    for (;;) {
        int next = peek(reader);
        if (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
            reader->at++;
            continue;
        }
        bool comment = next == '/' && reader->flavour == SW_JSON_CURATOR && reader->at + 1 < reader->length &&
                       (reader->bytes[reader->at + 1] == '/' || reader->bytes[reader->at + 1] == '*');
        if (!comment) {
            return true;
        }
        if (!skip_comment(reader)) {
            return false;
        }
    }
}

/* ---- strings ---- */

/* Four hexadecimal digits at `at`, or -1. */
static int read_hex(const struct reader *reader, size_t at)
{
    int value = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < reader->length ? tolower((unsigned char)reader->bytes[i]) : 0;
        if (!isxdigit(digit)) {
            return -1;
        }
        value = value * 16 + (isdigit(digit) ? digit - '0' : digit - 'a' + 10);
    }
    return value;
}

/* "\uXXXX" at `at`, with its second half where it is a surrogate. Bytes read, or 0 with the fault set. */
static size_t read_unicode_escape(struct reader *reader, size_t at, uint32_t *code)
{
    int high = read_hex(reader, at + 2);
    if (high < 0) {
        fail(reader, at, "four hexadecimal digits are wanted after \\u");
        return 0;
    }
    if (high == 0) {
        fail(reader, at, "\\u0000 is not allowed; take it out");
        return 0;
    }
    *code = (uint32_t)high;
    if (high < 0xD800 || high > 0xDFFF) {
        return 6;
    }
    bool second = at + 7 < reader->length && reader->bytes[at + 6] == '\\' && reader->bytes[at + 7] == 'u';
    int low = second ? read_hex(reader, at + 8) : -1;
    if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
        fail(reader, at, "\\u%04x is half a character (a lone surrogate); write the character itself", (unsigned)high);
        return 0;
    }
    *code = 0x10000 + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
    return 12;
}

/* The escape at `at`: bytes read, or 0 with the fault set. */
static size_t read_escape(struct reader *reader, size_t at, uint32_t *code)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char name = at + 1 < reader->length ? reader->bytes[at + 1] : '\0';
    if (name == 'u') {
        return read_unicode_escape(reader, at, code);
    }
    const char *known = name != '\0' ? strchr(names, name) : NULL;
    if (known == NULL) {
        fail(reader, at, "unknown escape; there are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX (a backslash itself is \\\\)");
        return 0;
    }
    *code = (unsigned char)values[known - names];
    return 2;
}

/* What is wrong with the byte at `at` in a string, which is neither an escape nor valid text. */
static bool fail_in_string(struct reader *reader, size_t at, size_t from)
{
    unsigned char byte = (unsigned char)reader->bytes[at];
    if (byte == '\n' || byte == '\r') {
        return fail(reader, from, "the string is not closed on its line; a double quote is missing, or \\n is wanted for a line break");
    }
    if (byte < 0x20) {
        return fail(reader, at, "control character U+%04X in a string; write it as \\u%04x or take it out", byte, byte);
    }
    reader->at = at;
    return fail_unexpected(reader, "");
}

/* Passes the string that begins at reader->at. */
static bool read_string(struct reader *reader, struct text *text)
{
    size_t from = reader->at, at = from + 1;
    uint32_t code;
    char encoded[4];
    *text = (struct text){.from = at};
    while (at < reader->length && reader->bytes[at] != '"') {
        size_t bytes, decoded;
        if (reader->bytes[at] == '\\') {
            bytes = read_escape(reader, at, &code);
            if (bytes == 0) {
                return false;
            }
            decoded = sw_utf8_encode(code, encoded);
            text->escapes = true;
        } else {
            bytes = decoded = sw_utf8_decode(reader->bytes + at, reader->length - at, &code);
            if (bytes == 0 || code < 0x20) {
                return fail_in_string(reader, at, from);
            }
        }
        at += bytes;
        text->length += decoded;
    }
    if (at >= reader->length) {
        return fail(reader, from, "the string is not closed; a double quote is missing");
    }
    if (text->length > SW_JSON_STRING_MAX) {
        return fail(reader, from, "the string has %zu bytes; at most %zu are allowed", text->length, SW_JSON_STRING_MAX);
    }
    text->to = at;
    reader->at = at + 1;
    return true;
}

/* The bytes a string that was read stands for. */
static const char *decode(struct reader *reader, const struct text *text)
{
    if (!text->escapes) {
        return reader->bytes + text->from;
    }
    char *decoded = sw_arena_alloc(&reader->arena, text->length + 4), *out = decoded;
    for (size_t at = text->from; at < text->to;) {
        uint32_t code = 0;
        size_t bytes = reader->bytes[at] == '\\' ? read_escape(reader, at, &code)
                                                 : sw_utf8_decode(reader->bytes + at, text->to - at, &code);
        out += sw_utf8_encode(code, out);
        at += bytes;
    }
    return decoded;
}

/* ---- numbers and words ---- */

static size_t skip_digits(const struct reader *reader, size_t at)
{
    while (at < reader->length && isdigit((unsigned char)reader->bytes[at])) {
        at++;
    }
    return at;
}

/* The value of a number whose form is right: neither too large nor, without point and exponent, beyond what is exact. */
static bool judge_number(struct reader *reader, size_t from, size_t to, bool whole)
{
    char digits[NUMBER_MAX + 1];
    if (to - from > NUMBER_MAX) {
        return fail(reader, from, "the number has %zu characters; at most %d are allowed", to - from, NUMBER_MAX);
    }
    memcpy(digits, reader->bytes + from, to - from);
    digits[to - from] = '\0';
    if (!whole && !isfinite(strtod(digits, NULL))) {
        return fail(reader, from, "%s is too large for a number; at most about 1.8e308 is allowed", digits);
    }
    const char *first = digits + (digits[0] == '-');
    if (whole && (strlen(first) > 16 || strtoull(first, NULL, 10) > INTEGER_MAX)) {
        return fail(reader, from, "%s is not exact as a number beyond 9007199254740992 (2^53); write it as a string", digits);
    }
    return true;
}

static bool read_number(struct reader *reader)
{
    size_t from = reader->at, at = from + (reader->bytes[from] == '-');
    size_t digits = at;
    bool whole = true;
    at = skip_digits(reader, at);
    if (at == digits) {
        return fail(reader, from, "a digit is wanted after the minus sign");
    }
    if (reader->bytes[digits] == '0' && at > digits + 1) {
        return fail(reader, from, "a number does not begin with 0; leave it out");
    }
    if (at < reader->length && reader->bytes[at] == '.') {
        whole = false;
        digits = ++at;
        at = skip_digits(reader, at);
        if (at == digits) {
            return fail(reader, from, "a digit is wanted after the point");
        }
    }
    if (at < reader->length && (reader->bytes[at] == 'e' || reader->bytes[at] == 'E')) {
        whole = false;
        at++;
        at += at < reader->length && (reader->bytes[at] == '+' || reader->bytes[at] == '-');
        digits = at;
        at = skip_digits(reader, at);
        if (at == digits) {
            return fail(reader, from, "a digit is wanted in the exponent");
        }
    }
    reader->at = at;
    return judge_number(reader, from, at, whole);
}

/* true, false, null; anything else gets the fault that helps most. */
static bool read_word(struct reader *reader)
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
        int shown = (int)(length < QUOTED_MAX ? length : QUOTED_MAX);
        return fail(reader, reader->at, "%.*s is no value; texts stand in double quotes, other words are only true, false and null", shown,
                    from);
    }
    switch (peek(reader)) {
    case '\'':
        return fail(reader, reader->at, "strings stand in double quotes");
    case '+':
        return fail(reader, reader->at, "a number has no plus sign; leave it out");
    case '.':
        return fail(reader, reader->at, "a digit is wanted before the point (0.5)");
    default:
        return fail_unexpected(reader, "a value is wanted (a text in double quotes, a number, true, false, null, [ or {)");
    }
}

/* ---- objects and arrays ---- */

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    int by = memcmp(a->bytes, b->bytes, a->length < b->length ? a->length : b->length);
    by = by != 0 ? by : (a->length > b->length) - (a->length < b->length);
    return by != 0 ? by : (a->at > b->at) - (a->at < b->at);
}

/* The keys of the object that ends here, from the `first` on: sorted, twins lie side by side. (No hash: a stranger could choose keys
 * that fall into one slot.) */
static bool judge_keys(struct reader *reader, size_t first)
{
    size_t count = reader->key_count - first;
    const struct key *twin = NULL;
    if (count < 2) {
        reader->key_count = first;
        return true;
    }
    struct key *keys = reader->keys + first;
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 1; i < count; i++) {
        bool same = keys[i].length == keys[i - 1].length && memcmp(keys[i].bytes, keys[i - 1].bytes, keys[i].length) == 0;
        if (same && (twin == NULL || keys[i].at < twin->at)) {
            twin = &keys[i];
        }
    }
    reader->key_count = first;
    if (twin == NULL) {
        return true;
    }
    size_t shown = twin->length < QUOTED_MAX ? twin->length : QUOTED_MAX;
    shown = sw_utf8_valid(twin->bytes, shown);
    return fail(reader, twin->at, "key \"%.*s\" stands twice in this object (before: line %d); keep one of them", (int)shown, twin->bytes,
                line_of(reader, twin[-1].at));
}

/* A key and its colon; *at becomes the key's offset. */
static bool read_key(struct reader *reader, size_t *at)
{
    struct text text;
    *at = reader->at;
    if (peek(reader) != '"') {
        return fail_unexpected(reader, "a key in double quotes is wanted");
    }
    if (!read_string(reader, &text)) {
        return false;
    }
    reader->keys = sw_grow(reader->keys, &reader->key_capacity, reader->key_count + 1, sizeof *reader->keys);
    reader->keys[reader->key_count++] = (struct key){decode(reader, &text), text.length, *at};
    if (!skip_blank(reader)) {
        return false;
    }
    if (peek(reader) != ':') {
        return fail_unexpected(reader, "a colon is wanted after a key");
    }
    reader->at++;
    return skip_blank(reader);
}

/* At the end of a container: the last comma, if one stands there, must be allowed. */
static bool close_container(struct reader *reader, size_t comma, char closing)
{
    if (comma != SIZE_MAX && reader->flavour == SW_JSON_STRICT) {
        return fail(reader, comma, "a comma before %c is not allowed in this file; leave it out", closing);
    }
    if (comma != SIZE_MAX) {
        reader->scan->text[comma] = ' ';
    }
    reader->at++;
    reader->depth--;
    return true;
}

static bool read_container(struct reader *reader, bool object)
{
    size_t from = reader->at, first_key = reader->key_count, comma = SIZE_MAX;
    char closing = object ? '}' : ']';
    if (++reader->depth > SW_JSON_DEPTH_MAX) {
        return fail(reader, from, "more than %d levels deep", SW_JSON_DEPTH_MAX);
    }
    reader->at++;
    for (;;) {
        size_t key_at = SIZE_MAX;
        if (!skip_blank(reader)) {
            return false;
        }
        if (peek(reader) == closing) {
            return close_container(reader, comma, closing) && (!object || judge_keys(reader, first_key));
        }
        if (peek(reader) != END && ((object && !read_key(reader, &key_at)) || !read_value(reader, key_at) || !skip_blank(reader))) {
            return false;
        }
        int next = peek(reader);
        if (next == END) {
            return fail(reader, reader->at, "the file ends, but %c in line %d is still open; %c is missing", reader->bytes[from],
                        line_of(reader, from), closing);
        }
        comma = SIZE_MAX;
        if (next == ',') {
            comma = reader->at++;
        } else if (next != closing) {
            return fail_unexpected(reader, object ? "a comma or } is wanted before it" : "a comma or ] is wanted before it");
        }
    }
}

/* The value at reader->at; `key_at` is the offset of its key or SIZE_MAX. */
static bool read_value(struct reader *reader, size_t key_at)
{
    struct sw_json_scan *scan = reader->scan;
    struct text text;
    if (scan->count == SW_JSON_NODES_MAX) {
        return fail(reader, reader->at, "more than %d values", SW_JSON_NODES_MAX);
    }
    scan->spots = sw_grow(scan->spots, &scan->capacity, scan->count + 1, sizeof *scan->spots);
    struct sw_json_spot *spot = &scan->spots[scan->count++];
    if (key_at != SIZE_MAX) {
        count_on(reader, key_at, &spot->key_line, &spot->key_column);
    }
    count_on(reader, reader->at, &spot->line, &spot->column);
    if (key_at == SIZE_MAX) {
        spot->key_line = spot->line;
        spot->key_column = spot->column;
    }
    int next = peek(reader);
    if (next == '{' || next == '[') {
        return read_container(reader, next == '{');
    }
    if (next == '"') {
        return read_string(reader, &text);
    }
    return next == '-' || isdigit(next) ? read_number(reader) : read_word(reader);
}

static bool read_document(struct reader *reader)
{
    if (reader->length >= 3 && memcmp(reader->bytes, "\xEF\xBB\xBF", 3) == 0) {
        return fail(reader, 0, "the file begins with a byte order mark; save it as UTF-8 without one");
    }
    if (!skip_blank(reader) || !read_value(reader, SIZE_MAX) || !skip_blank(reader)) {
        return false;
    }
    return peek(reader) == END || fail_unexpected(reader, "nothing may stand behind the document");
}

bool sw_json_scan_run(struct sw_json_scan *scan, const char *bytes, size_t length, enum sw_json_flavour flavour)
{
    if (length > SW_JSON_BYTES_MAX) {
        snprintf(scan->fault, sizeof scan->fault, "the file has %zu bytes; at most %zu are allowed", length, SW_JSON_BYTES_MAX);
        return false;
    }
    scan->text = sw_alloc(length + 1);
    scan->length = length;
    if (length > 0) {
        memcpy(scan->text, bytes, length);
    }
    struct reader reader = {.scan = scan, .bytes = bytes, .length = length, .flavour = flavour, .line = 1, .column = 1};
    bool good = read_document(&reader);
    free(reader.keys);
    sw_arena_finish(&reader.arena);
    return good;
}

void sw_json_scan_finish(struct sw_json_scan *scan)
{
    if (scan != NULL) {
        free(scan->text);
        free(scan->spots);
        *scan = (struct sw_json_scan){0};
    }
}
