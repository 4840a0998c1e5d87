/* SPDX-License-Identifier: EUPL-1.2 */
#include "json/scan_internal.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

static bool read_value(struct sw_json_reader *reader, size_t key_at);

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
static void count_on(struct sw_json_reader *reader, size_t at, int *line, int *column)
{
    count_to(reader->bytes, reader->counted, at, &reader->line, &reader->column);
    reader->counted = at;
    *line = reader->line;
    *column = reader->column;
}

static int line_of(const struct sw_json_reader *reader, size_t at)
{
    int line = 1, column = 1;
    count_to(reader->bytes, 0, at, &line, &column);
    return line;
}

bool sw_json_fail(struct sw_json_reader *reader, size_t at, const char *format, ...)
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

int sw_json_peek(const struct sw_json_reader *reader)
{
    return reader->at < reader->length ? (unsigned char)reader->bytes[reader->at] : SW_JSON_END;
}

/* Something that may not stand at reader->at; `wanted` says what may. */
bool sw_json_fail_unexpected(struct sw_json_reader *reader, const char *wanted)
{
    uint32_t code;
    int next = sw_json_peek(reader);
    if (next == SW_JSON_END) {
        return sw_json_fail(reader, reader->at, "the file ends here; %s", wanted);
    }
    if (sw_utf8_decode(reader->bytes + reader->at, reader->length - reader->at, &code) == 0) {
        return sw_json_fail(reader, reader->at, "this is not UTF-8 (byte %02X); save the file as UTF-8", (unsigned)next);
    }
    bool comment = next == '/' && reader->at + 1 < reader->length && strchr("/*", reader->bytes[reader->at + 1]) != NULL;
    if (comment && reader->flavour != SW_JSON_CURATOR) {
        return sw_json_fail(reader, reader->at, "comments are not allowed in this file; %s", wanted);
    }
    if (code == '#' && reader->flavour == SW_JSON_CURATOR) {
        return sw_json_fail(reader, reader->at, "unexpected '#'; comments begin with //");
    }
    if (code > 0x20 && code < 0x7F) {
        return sw_json_fail(reader, reader->at, "unexpected '%c'; %s", (int)code, wanted);
    }
    if ((code >= 0x2018 && code <= 0x201F) || code == 0xAB || code == 0xBB) {
        return sw_json_fail(reader, reader->at, "unexpected typographic quote (U+%04X); strings stand in straight ones: \"",
                            (unsigned)code);
    }
    return sw_json_fail(reader, reader->at, "unexpected U+%04X; %s", (unsigned)code, wanted);
}

/* ---- blanks and comments ---- */

/* At "//" or the like: passes the comment and blanks it. */
static bool skip_comment(struct sw_json_reader *reader)
{
    size_t from = reader->at;
    bool block = reader->bytes[from + 1] == '*';
    size_t at = from + 2;
    for (;; at++) {
        if (at >= reader->length) {
            if (block) {
                return sw_json_fail(reader, from, "the comment is not closed; \"*/\" is missing");
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
            return sw_json_fail(reader, i, "control character U+%04X in a comment; take it out", byte);
        }
    }
    if (valid < at - from) {
        reader->at = from + valid;
        return sw_json_fail_unexpected(reader, "");
    }
    memset(reader->scan->text + from, ' ', at - from);
    reader->at = at;
    return true;
}

bool sw_json_skip_blank(struct sw_json_reader *reader)
{
    for (;;) {
        int next = sw_json_peek(reader);
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

/* ---- objects and arrays ---- */

static int compare_keys(const void *left, const void *right)
{
    const struct sw_json_key *a = left, *b = right;
    int by = memcmp(a->bytes, b->bytes, a->length < b->length ? a->length : b->length);
    by = by != 0 ? by : (a->length > b->length) - (a->length < b->length);
    return by != 0 ? by : (a->at > b->at) - (a->at < b->at);
}

static bool same_key(const struct sw_json_key *a, const struct sw_json_key *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

static bool fail_twin(struct sw_json_reader *reader, const struct sw_json_key *twin)
{
    size_t shown = twin->length < SW_JSON_QUOTED_MAX ? twin->length : SW_JSON_QUOTED_MAX;
    shown = sw_utf8_valid(twin->bytes, shown);
    return sw_json_fail(reader, twin->at, "key \"%.*s\" stands twice in this object (before: line %d); keep one of them", (int)shown,
                        twin->bytes, line_of(reader, twin[-1].at));
}

static void drop(struct sw_json_scan *scan, size_t value)
{
    scan->dropped = sw_grow(scan->dropped, &scan->dropped_capacity, scan->dropped_count + 1, sizeof *scan->dropped);
    scan->dropped[scan->dropped_count++] = value;
}

/* The keys of the object that ends here, from the `first` on: sorted, twins lie side by side. (No hash: a stranger could choose keys
 * that fall into one slot.) */
static bool judge_keys(struct sw_json_reader *reader, size_t first)
{
    size_t count = reader->key_count - first;
    const struct sw_json_key *twin = NULL;
    reader->key_count = first;
    if (count < 2) {
        return true;
    }
    struct sw_json_key *keys = reader->keys + first;
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 1; i < count; i++) {
        if (!same_key(&keys[i - 1], &keys[i])) {
            continue;
        }
        if (reader->flavour == SW_JSON_FEED) {
            drop(reader->scan, keys[i - 1].value);
        } else if (twin == NULL || keys[i].at < twin->at) {
            twin = &keys[i];
        }
    }
    if (twin != NULL) {
        return fail_twin(reader, twin);
    }
    return true;
}

/* A key and its colon; *at becomes the key's offset. */
static bool read_key(struct sw_json_reader *reader, size_t *at)
{
    struct sw_json_text text;
    *at = reader->at;
    if (sw_json_peek(reader) != '"') {
        return sw_json_fail_unexpected(reader, "a key in double quotes is wanted");
    }
    if (!sw_json_read_string(reader, &text)) {
        return false;
    }
    reader->keys = sw_grow(reader->keys, &reader->key_capacity, reader->key_count + 1, sizeof *reader->keys);
    reader->keys[reader->key_count++] = (struct sw_json_key){sw_json_decode(reader, &text), text.length, *at, reader->scan->count};
    if (!sw_json_skip_blank(reader)) {
        return false;
    }
    if (sw_json_peek(reader) != ':') {
        return sw_json_fail_unexpected(reader, "a colon is wanted after a key");
    }
    reader->at++;
    return sw_json_skip_blank(reader);
}

/* At the end of a container: the last comma, if one stands there, must be allowed. */
static bool close_container(struct sw_json_reader *reader, size_t comma, char closing)
{
    if (comma != SIZE_MAX && reader->flavour != SW_JSON_CURATOR) {
        return sw_json_fail(reader, comma, "a comma before %c is not allowed in this file; leave it out", closing);
    }
    if (comma != SIZE_MAX) {
        reader->scan->text[comma] = ' ';
    }
    reader->at++;
    reader->depth--;
    return true;
}

static bool read_container(struct sw_json_reader *reader, bool object)
{
    size_t from = reader->at, first_key = reader->key_count, comma = SIZE_MAX;
    char closing = object ? '}' : ']';
    if (++reader->depth > SW_JSON_DEPTH_MAX) {
        return sw_json_fail(reader, from, "more than %d levels deep", SW_JSON_DEPTH_MAX);
    }
    reader->at++;
    for (;;) {
        size_t key_at = SIZE_MAX;
        if (!sw_json_skip_blank(reader)) {
            return false;
        }
        if (sw_json_peek(reader) == closing) {
            return close_container(reader, comma, closing) && (!object || judge_keys(reader, first_key));
        }
        bool more = sw_json_peek(reader) != SW_JSON_END;
        if (more && ((object && !read_key(reader, &key_at)) || !read_value(reader, key_at) || !sw_json_skip_blank(reader))) {
            return false;
        }
        int next = sw_json_peek(reader);
        if (next == SW_JSON_END) {
            return sw_json_fail(reader, reader->at, "the file ends, but %c in line %d is still open; %c is missing", reader->bytes[from],
                        line_of(reader, from), closing);
        }
        comma = SIZE_MAX;
        if (next == ',') {
            comma = reader->at++;
        } else if (next != closing) {
            return sw_json_fail_unexpected(reader, object ? "a comma or } is wanted before it" : "a comma or ] is wanted before it");
        }
    }
}

static void note_place(struct sw_json_reader *reader, size_t key_at)
{
    struct sw_json_scan *scan = reader->scan;
    scan->spots = sw_grow(scan->spots, &scan->capacity, scan->count + 1, sizeof *scan->spots);
    struct sw_json_spot *spot = &scan->spots[scan->count];
    if (key_at != SIZE_MAX) {
        count_on(reader, key_at, &spot->key_line, &spot->key_column);
    }
    count_on(reader, reader->at, &spot->line, &spot->column);
    if (key_at == SIZE_MAX) {
        spot->key_line = spot->line;
        spot->key_column = spot->column;
    }
}

/* The value at reader->at; `key_at` is the offset of its key or SIZE_MAX. */
static bool read_value(struct sw_json_reader *reader, size_t key_at)
{
    struct sw_json_text text;
    if (reader->scan->count == SW_JSON_NODES_MAX) {
        return sw_json_fail(reader, reader->at, "more than %d values", SW_JSON_NODES_MAX);
    }
    if (reader->flavour != SW_JSON_FEED) {
        note_place(reader, key_at);
    }
    reader->scan->count++;
    int next = sw_json_peek(reader);
    if (next == '{' || next == '[') {
        return read_container(reader, next == '{');
    }
    if (next == '"') {
        return sw_json_read_string(reader, &text);
    }
    return next == '-' || isdigit(next) ? sw_json_read_number(reader) : sw_json_read_word(reader);
}

static bool read_document(struct sw_json_reader *reader)
{
    bool marked = reader->length >= 3 && memcmp(reader->bytes, "\xEF\xBB\xBF", 3) == 0;
    if (marked && reader->flavour == SW_JSON_FEED) {
        memset(reader->scan->text, ' ', 3);
        reader->at = 3;
    } else if (marked) {
        return sw_json_fail(reader, 0, "the file begins with a byte order mark; save it as UTF-8 without one");
    }
    if (!sw_json_skip_blank(reader) || !read_value(reader, SIZE_MAX) || !sw_json_skip_blank(reader)) {
        return false;
    }
    if (sw_json_peek(reader) != SW_JSON_END) {
        return sw_json_fail_unexpected(reader, "nothing may stand behind the document");
    }
    return true;
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
    struct sw_json_reader reader = {.scan = scan, .bytes = bytes, .length = length, .flavour = flavour, .line = 1, .column = 1};
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
        free(scan->texts);
        free(scan->dropped);
        *scan = (struct sw_json_scan){0};
    }
}
