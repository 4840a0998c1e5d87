/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files scan*.c share: a reader that goes once over a document. Functions that return false have set the scan's fault. */
#ifndef SW_JSON_SCAN_INTERNAL_H
#define SW_JSON_SCAN_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/must.h"
#include "json/scan.h"

#define SW_JSON_QUOTED_MAX 60 /* bytes of the document that a fault quotes */
#define SW_JSON_END (-1)

/* A key of an object that is still open. */
struct sw_json_key {
    const char *bytes; /* decoded: in the document itself or, if it holds escapes, in the arena */
    size_t length;
    size_t at;    /* offset in the document */
    size_t value; /* its value is the so manieth of the document */
};

struct sw_json_reader {
    struct sw_json_scan *scan;
    const char *bytes;
    size_t length, at;
    enum sw_json_flavour flavour;
    int depth;
    struct sw_json_key *keys; /* of all open objects, innermost last */
    size_t key_count, key_capacity;
    struct sw_arena arena;
    size_t counted; /* up to here, `line` and `column` are counted */
    int line, column;
};

/* A string of the document: decoded only where the caller wants it. */
struct sw_json_text {
    size_t from, to; /* between the quotes */
    size_t length;   /* decoded */
    bool escapes;
};

/* Always false. */
bool sw_json_fail(struct sw_json_reader *reader, size_t at, const char *format, ...) SW_PRINTF(3, 4);
/* Something that may not stand at reader->at; `wanted` says what may. */
bool sw_json_fail_unexpected(struct sw_json_reader *reader, const char *wanted);
/* The byte at reader->at, or SW_JSON_END. */
int sw_json_peek(const struct sw_json_reader *reader);
/* Passes blanks and, where they are allowed, comments. */
bool sw_json_skip_blank(struct sw_json_reader *reader) SW_MUST;

/* -- scan_string.c -- */
/* Passes the string that begins at reader->at. */
bool sw_json_read_string(struct sw_json_reader *reader, struct sw_json_text *text) SW_MUST;
/* The bytes that a string that was read stands for. */
const char *sw_json_decode(struct sw_json_reader *reader, const struct sw_json_text *text);
/* -- scan_word.c -- */
bool sw_json_read_number(struct sw_json_reader *reader) SW_MUST;
/* true, false, null; anything else gets the fault that helps most. */
bool sw_json_read_word(struct sw_json_reader *reader) SW_MUST;

#endif
