/* SPDX-License-Identifier: EUPL-1.2 */
/* What an expression gives and a property holds. Values are immutable; strings, lists and records belong to the arena of whoever made
 * them and live as long as that. Passed by value. */
#ifndef SW_EXHIBITION_VALUE_H
#define SW_EXHIBITION_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tick.h"

enum sw_value_type {
    SW_VALUE_MISSING, /* zero: a zeroed value is missing */
    SW_VALUE_BOOL,
    SW_VALUE_NUMBER,
    SW_VALUE_DURATION, /* microseconds */
    SW_VALUE_INSTANT,  /* microseconds since 1970, UTC */
    SW_VALUE_STRING,   /* UTF-8; may hold the marks of exhibition/markup.h */
    SW_VALUE_LIST,
    SW_VALUE_RECORD,
    SW_VALUE_OPAQUE, /* a thing that expressions only pass on: elements handed to a slot */
};

struct sw_value;
struct sw_field;

struct sw_list {
    size_t count;
    const struct sw_value *items;
};

struct sw_record {
    size_t count;
    const char *const *names;
    const struct sw_value *values;
};

struct sw_value {
    enum sw_value_type type;
    union {
        bool truth;
        double number;
        int64_t duration;
        sw_instant instant;
        const char *string;
        const struct sw_list *list;
        const struct sw_record *record;
        const void *opaque;
    } as;
    const struct sw_field *field; /* of a source, as it came from there: unit and digits for the filter `value`; NULL: worked out */
};

struct sw_value sw_value_bool(bool truth);
struct sw_value sw_value_number(double number); /* not finite: missing; -0: 0 */
struct sw_value sw_value_string(const char *string); /* not copied; NULL gives missing */
/* Only `true` is true: numbers, strings and missing are not. */
bool sw_value_true(struct sw_value value);
/* Same type and content; missing equals missing. */
bool sw_value_equal(struct sw_value a, struct sw_value b);
/* A total order for sorting, -1, 0 or 1: missing last, then by type, numbers by size, texts by letter regardless of case and with umlauts
 * as their base letter (marks and soft hyphens do not count), by bytes where that is all the same. */
int sw_value_compare(struct sw_value a, struct sw_value b);
/* A text whose bytes stand in the order of sw_value_compare, but for texts that only differ in case and marks, which have the same: for
 * sorting many. `out` has room for strlen(string) * 3 + 1 bytes; returns their number without the 0 at the end. */
size_t sw_value_sort_key(const char *string, char *out);
/* The member `name` of a record, else missing. */
struct sw_value sw_value_member(struct sw_value record, const char *name);
uint64_t sw_value_hash(uint64_t hash, struct sw_value value);

/* "a number", "true or false" ...: for messages. */
const char *sw_value_type_text(enum sw_value_type type);

#endif
