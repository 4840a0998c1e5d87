/* SPDX-License-Identifier: EUPL-1.2 */
/* The flat form of a reading: a head, then 8 bytes a value row after row, then the texts, each with its NUL. Both ends are of one build on
 * one machine. What is unpacked was written by a process that reads what strangers send: nothing of it is believed. */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "data/reading_internal.h"

#define MARK 0x5357723031303153ull
#define NO_INSTANT INT64_MIN

struct head {
    uint64_t mark, shape;
    uint64_t rows, text_bytes, left_out;
    int64_t observed, published, fetched, as_of;
    uint32_t kind, observed_known;
};

/* Of what the fields are: another one is another source, or another state of its file. */
static uint64_t shape_of(const struct sw_request *request)
{
    uint64_t hash = sw_hash_number(SW_HASH_START, request->field_count);
    for (size_t i = 0; i < request->field_count; i++) {
        const struct sw_field *field = &request->fields[i];
        hash = sw_hash_number(sw_hash_text(hash, field->name), field->type);
        for (size_t word = 0; field->type == SW_FIELD_ENUM && field->values[word] != NULL; word++) {
            hash = sw_hash_text(hash, field->values[word]);
        }
    }
    return hash;
}

size_t sw_reading_packed_size(const struct sw_reading *reading)
{
    return sizeof(struct head) + reading->rows.count * reading->request->field_count * sizeof(uint64_t) + reading->text_bytes;
}

/* -- packing -- */

static uint64_t bits_of(double number)
{
    uint64_t bits = 0;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* 0 is missing for texts and words: they count from 1. */
static uint64_t pack_value(const struct sw_reading *reading, const struct sw_field *field, struct sw_value value)
{
    bool there = value.type != SW_VALUE_MISSING;
    switch (field->type) {
    case SW_FIELD_NUMBER: return bits_of(there ? value.as.number : (double)NAN);
    case SW_FIELD_TIME: return (uint64_t)(there ? value.as.instant : NO_INSTANT);
    case SW_FIELD_TEXT: return there ? (uint64_t)(value.as.string - reading->texts) + 1 : 0;
    case SW_FIELD_ENUM:
        for (size_t word = 0; there && field->values[word] != NULL; word++) {
            if (field->values[word] == value.as.string) {
                return word + 1;
            }
        }
        return 0;
    }
    return 0;
}

void sw_reading_pack(const struct sw_reading *reading, void *bytes)
{
    const struct sw_request *request = reading->request;
    const struct sw_reading_facts *facts = &reading->facts;
    struct head head = {.mark = MARK,
                        .shape = shape_of(request),
                        .rows = reading->rows.count,
                        .text_bytes = reading->text_bytes,
                        .left_out = facts->left_out,
                        .observed = facts->observed,
                        .published = facts->published,
                        .fetched = facts->fetched,
                        .as_of = facts->as_of,
                        .kind = (uint32_t)facts->kind,
                        .observed_known = facts->observed_known};
    char *at = bytes;
    memcpy(at, &head, sizeof head);
    at += sizeof head;
    for (size_t i = 0; i < reading->rows.count * request->field_count; i++, at += sizeof(uint64_t)) {
        uint64_t value = pack_value(reading, &request->fields[i % request->field_count], reading->values[i]);
        memcpy(at, &value, sizeof value);
    }
    if (reading->text_bytes > 0) {
        memcpy(at, reading->texts, reading->text_bytes);
    }
}

/* -- unpacking -- */

static bool instant_valid(int64_t instant, bool may_lack)
{
    return (instant >= SW_READING_INSTANT_MIN && instant < SW_READING_INSTANT_MAX) || (may_lack && instant == SW_NEVER);
}

static bool head_valid(const struct head *head, const struct sw_request *request, size_t size)
{
    if (head->mark != MARK || head->shape != shape_of(request) || head->rows > (request->rows ? (uint64_t)request->limit : 1) ||
        head->text_bytes > size) {
        return false;
    }
    if (!request->rows && head->rows != 1) {
        return false;
    }
    uint64_t values = head->rows * request->field_count * sizeof(uint64_t);
    bool stands_for = head->kind == SW_READING_RECORDED || head->kind == SW_READING_SAMPLE;
    return size == sizeof *head + values + head->text_bytes && head->kind <= SW_READING_SAMPLE && head->observed_known <= 1 &&
           instant_valid(head->observed, false) && instant_valid(head->published, true) && instant_valid(head->fetched, false) &&
           instant_valid(head->as_of, true) && (head->as_of != SW_NEVER) == stands_for;
}

/* Whole texts, each UTF-8 without control characters, the last one with its NUL. */
static bool texts_valid(const char *texts, size_t bytes)
{
    if (bytes > 0 && texts[bytes - 1] != '\0') {
        return false;
    }
    for (size_t at = 0; at < bytes;) {
        uint32_t code = 0;
        size_t length = sw_utf8_decode(texts + at, bytes - at, &code);
        bool allowed = code == '\0' || code == '\n' || code == '\t' || (code >= 0x20 && (code < 0x7F || code > 0x9F));
        if (length == 0 || !allowed) {
            return false;
        }
        at += length;
    }
    return true;
}

static bool unpack_word(const struct sw_field *field, uint64_t packed, struct sw_value *value)
{
    size_t words = 0;
    while (field->values[words] != NULL) {
        words++;
    }
    if (packed > words) {
        return false;
    }
    *value = packed > 0 ? sw_value_string(field->values[packed - 1]) : (struct sw_value){.type = SW_VALUE_MISSING};
    return true;
}

static bool unpack_value(const struct sw_reading *reading, const struct sw_field *field, uint64_t packed, struct sw_value *value)
{
    double number = 0;
    memcpy(&number, &packed, sizeof number);
    *value = (struct sw_value){.type = SW_VALUE_MISSING};
    switch (field->type) {
    case SW_FIELD_NUMBER:
        *value = sw_value_number(number);
        return value->type == SW_VALUE_MISSING || !field->ranged || (number >= field->minimum && number <= field->maximum);
    case SW_FIELD_TIME:
        if ((int64_t)packed != NO_INSTANT) {
            *value = (struct sw_value){.type = SW_VALUE_INSTANT, .as.instant = (int64_t)packed};
        }
        return value->type == SW_VALUE_MISSING || instant_valid((int64_t)packed, false);
    case SW_FIELD_TEXT:
        if (packed > reading->text_bytes || (packed > 1 && reading->texts[packed - 2] != '\0')) {
            return false;
        }
        *value = packed > 0 ? sw_value_string(reading->texts + packed - 1) : *value;
        return true;
    case SW_FIELD_ENUM: return unpack_word(field, packed, value);
    }
    return false;
}

static bool unpack_values(struct sw_reading *reading, const char *bytes)
{
    size_t fields = reading->request->field_count;
    for (size_t i = 0; i < reading->rows.count * fields; i++, bytes += sizeof(uint64_t)) {
        uint64_t packed = 0;
        struct sw_value value;
        memcpy(&packed, bytes, sizeof packed);
        if (!unpack_value(reading, &reading->request->fields[i % fields], packed, &value)) {
            return false;
        }
        sw_reading_put(reading, i / fields, i % fields, value);
    }
    return true;
}

struct sw_reading *sw_reading_unpack(const struct sw_request *request, const void *bytes, size_t size)
{
    struct head head;
    if (size < sizeof head || size > SW_READING_BYTES_MAX) {
        return NULL;
    }
    memcpy(&head, bytes, sizeof head);
    if (!head_valid(&head, request, size)) {
        return NULL;
    }
    struct sw_reading *reading = sw_reading_alloc(request, (size_t)head.rows);
    const char *values = (const char *)bytes + sizeof head;
    reading->text_bytes = (size_t)head.text_bytes;
    reading->texts = sw_alloc(reading->text_bytes);
    memcpy(reading->texts, (const char *)bytes + size - reading->text_bytes, reading->text_bytes);
    reading->facts = (struct sw_reading_facts){.kind = (enum sw_reading_kind)head.kind,
                                               .observed = head.observed,
                                               .published = head.published,
                                               .fetched = head.fetched,
                                               .as_of = head.as_of,
                                               .observed_known = head.observed_known != 0,
                                               .left_out = (size_t)head.left_out};
    if (!texts_valid(reading->texts, reading->text_bytes) || !unpack_values(reading, values)) {
        sw_reading_release(reading);
        return NULL;
    }
    return reading;
}
