/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/value.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/must.h"
#include "base/utf8.h"

struct sw_value sw_value_bool(bool truth)
{
    return (struct sw_value){.type = SW_VALUE_BOOL, .as.truth = truth};
}

struct sw_value sw_value_number(double number)
{
    if (!isfinite(number)) {
        return (struct sw_value){.type = SW_VALUE_MISSING};
    }
    return (struct sw_value){.type = SW_VALUE_NUMBER, .as.number = number + 0.0}; /* -0 becomes 0 */
}

struct sw_value sw_value_string(const char *string)
{
    if (string == NULL) {
        return (struct sw_value){.type = SW_VALUE_MISSING};
    }
    return (struct sw_value){.type = SW_VALUE_STRING, .as.string = string};
}

bool sw_value_true(struct sw_value value)
{
    return value.type == SW_VALUE_BOOL && value.as.truth;
}

static bool lists_equal(const struct sw_list *a, const struct sw_list *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!sw_value_equal(a->items[i], b->items[i])) {
            return false;
        }
    }
    return true;
}

static bool records_equal(const struct sw_record *a, const struct sw_record *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->names[i], b->names[i]) != 0 || !sw_value_equal(a->values[i], b->values[i])) {
            return false;
        }
    }
    return true;
}

bool sw_value_equal(struct sw_value a, struct sw_value b)
{
    if (a.type != b.type) {
        return false;
    }
    switch (a.type) {
    case SW_VALUE_MISSING: return true;
    case SW_VALUE_BOOL: return a.as.truth == b.as.truth;
    case SW_VALUE_NUMBER: return a.as.number == b.as.number;
    case SW_VALUE_DURATION: return a.as.duration == b.as.duration;
    case SW_VALUE_INSTANT: return a.as.instant == b.as.instant;
    case SW_VALUE_STRING: return strcmp(a.as.string, b.as.string) == 0;
    case SW_VALUE_LIST: return lists_equal(a.as.list, b.as.list);
    case SW_VALUE_RECORD: return records_equal(a.as.record, b.as.record);
    case SW_VALUE_OPAQUE: return a.as.opaque == b.as.opaque;
    }
    return false;
}

/* The base letters of U+00E0..U+00FF and U+0100..U+017F. */
static const char latin_1[] = "aaaaaaaceeeeiiiidnooooo\xf7ouuuuypy";
static const char latin_extended[] = "aaaaaa" "cccccccc" "dddd" "eeeeeeeeee" "gggggggg" "hhhh" "iiiiiiiiii" "ii" "jj" "kkk" "llllllllll"
                                     "nnnnnnn" "nn" "oooooo" "oo" "rrrrrr" "ssssssss" "tttttt" "uuuuuuuuuuuu" "ww" "yyy" "zzzzzz" "s";

static uint32_t sorting_letter(uint32_t code)
{
    uint32_t lower = sw_utf8_lower(code, false);
    if (lower == 0xdf) {
        return 's';
    }
    if (lower >= 0xe0 && lower <= 0xff && lower != 0xf7) {
        return (unsigned char)latin_1[lower - 0xe0];
    }
    if (lower >= 0x100 && lower <= 0x17f) {
        return (unsigned char)latin_extended[lower - 0x100];
    }
    return lower;
}

/* Letters and signs that most texts are made of, without a look at any table. */
static uint32_t ascii_letter(unsigned char byte) { return byte >= 'A' && byte <= 'Z' ? byte + 0x20u : byte; }

/* The next letter that counts for the order: marks and soft hyphens do not. 0 at the end. */
static uint32_t next_sorting_letter(const char **at)
{
    while (**at != '\0') {
        uint32_t code = (unsigned char)**at;
        if (code >= 0x20 && code < 0x80) {
            ++*at;
            return ascii_letter((unsigned char)code);
        }
        size_t bytes = sw_utf8_decode(*at, strnlen(*at, 4), &code);
        if (bytes == 0) {
            bytes = 1;
            code = 0xfffd;
        }
        *at += bytes;
        if (code >= 0x20 && code != 0xad) {
            return sorting_letter(code);
        }
    }
    return 0;
}

size_t sw_value_sort_key(const char *string, char *out)
{
    size_t length = 0;
    for (uint32_t letter = next_sorting_letter(&string); letter != 0; letter = next_sorting_letter(&string)) {
        length += sw_utf8_encode(letter, out + length); /* its bytes are in the order of the letters */
    }
    out[length] = '\0';
    return length;
}

static int compare_strings(const char *a, const char *b)
{
    const char *left = a, *right = b;
    for (;;) {
        uint32_t x = next_sorting_letter(&left), y = next_sorting_letter(&right);
        if (x != y) {
            return x < y ? -1 : 1;
        }
        if (x == 0) {
            break;
        }
    }
    int order = strcmp(a, b);
    return (order > 0) - (order < 0);
}

static int compare_doubles(double a, double b)
{
    if (isnan(a) || isnan(b)) {
        return (isnan(a) != 0) - (isnan(b) != 0);
    }
    return (a > b) - (a < b);
}

static int compare_counts(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_lists(const struct sw_list *a, const struct sw_list *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        int order = sw_value_compare(a->items[i], b->items[i]);
        if (order != 0) {
            return order;
        }
    }
    return compare_counts(a->count, b->count);
}

static int compare_records(const struct sw_record *a, const struct sw_record *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        int order = strcmp(a->names[i], b->names[i]);
        if (order == 0) {
            order = sw_value_compare(a->values[i], b->values[i]);
        }
        if (order != 0) {
            return order < 0 ? -1 : 1;
        }
    }
    return compare_counts(a->count, b->count);
}

int sw_value_compare(struct sw_value a, struct sw_value b)
{
    if (a.type != b.type) {
        if (a.type == SW_VALUE_MISSING || b.type == SW_VALUE_MISSING) {
            return a.type == SW_VALUE_MISSING ? 1 : -1;
        }
        return a.type < b.type ? -1 : 1;
    }
    switch (a.type) {
    case SW_VALUE_MISSING: return 0;
    case SW_VALUE_BOOL: return (int)a.as.truth - (int)b.as.truth;
    case SW_VALUE_NUMBER: return compare_doubles(a.as.number, b.as.number);
    case SW_VALUE_DURATION: return (a.as.duration > b.as.duration) - (a.as.duration < b.as.duration);
    case SW_VALUE_INSTANT: return (a.as.instant > b.as.instant) - (a.as.instant < b.as.instant);
    case SW_VALUE_STRING: return compare_strings(a.as.string, b.as.string);
    case SW_VALUE_LIST: return compare_lists(a.as.list, b.as.list);
    case SW_VALUE_RECORD: return compare_records(a.as.record, b.as.record);
    case SW_VALUE_OPAQUE: return ((uintptr_t)a.as.opaque > (uintptr_t)b.as.opaque) - ((uintptr_t)a.as.opaque < (uintptr_t)b.as.opaque);
    }
    return 0;
}

struct sw_value sw_value_member(struct sw_value record, const char *name)
{
    if (record.type == SW_VALUE_RECORD) {
        for (size_t i = 0; i < record.as.record->count; i++) {
            if (strcmp(record.as.record->names[i], name) == 0) {
                return record.as.record->values[i];
            }
        }
    }
    return (struct sw_value){.type = SW_VALUE_MISSING};
}

static uint64_t hash_list(uint64_t hash, const struct sw_list *list)
{
    hash = sw_hash_number(hash, list->count);
    for (size_t i = 0; i < list->count; i++) {
        hash = sw_value_hash(hash, list->items[i]);
    }
    return hash;
}

static uint64_t hash_record(uint64_t hash, const struct sw_record *record)
{
    hash = sw_hash_number(hash, record->count);
    for (size_t i = 0; i < record->count; i++) {
        hash = sw_value_hash(sw_hash_text(hash, record->names[i]), record->values[i]);
    }
    return hash;
}

static uint64_t hash_double(uint64_t hash, double number)
{
    uint64_t bits = 0;
    number = number == 0 ? 0 : number; /* equal numbers, equal hashes: -0 is 0 */
    memcpy(&bits, &number, sizeof bits);
    return sw_hash_number(hash, bits);
}

uint64_t sw_value_hash(uint64_t hash, struct sw_value value)
{
    hash = sw_hash_number(hash, value.type);
    switch (value.type) {
    case SW_VALUE_MISSING: return hash;
    case SW_VALUE_BOOL: return sw_hash_number(hash, value.as.truth);
    case SW_VALUE_NUMBER: return hash_double(hash, value.as.number);
    case SW_VALUE_DURATION: return sw_hash_number(hash, (uint64_t)value.as.duration);
    case SW_VALUE_INSTANT: return sw_hash_number(hash, (uint64_t)value.as.instant);
    case SW_VALUE_STRING: return sw_hash_text(hash, value.as.string);
    case SW_VALUE_LIST: return hash_list(hash, value.as.list);
    case SW_VALUE_RECORD: return hash_record(hash, value.as.record);
    case SW_VALUE_OPAQUE: return sw_hash_number(hash, (uintptr_t)value.as.opaque);
    }
    return hash;
}

const char *sw_value_type_text(enum sw_value_type type)
{
    switch (type) {
    case SW_VALUE_MISSING: return "nothing";
    case SW_VALUE_BOOL: return "true or false";
    case SW_VALUE_NUMBER: return "a number";
    case SW_VALUE_DURATION: return "a duration";
    case SW_VALUE_INSTANT: return "a time";
    case SW_VALUE_STRING: return "a text";
    case SW_VALUE_LIST: return "a list";
    case SW_VALUE_RECORD: return "a record";
    case SW_VALUE_OPAQUE: return "a group of elements";
    }
    return "nothing";
}
