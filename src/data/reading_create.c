/* SPDX-License-Identifier: EUPL-1.2 */
/* From a body to a reading, field by field. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/field.h"
#include "data/reading_internal.h"

#define AHEAD_MAX SW_MINUTE /* by which an observation may be ahead of its fetch: clocks differ */
#define SHOWN_MAX 40        /* bytes of a value that a report shows */

/* While a reading is made. */
struct maker {
    const struct sw_request *request;
    const struct sw_body *body;
    const struct sw_zone_rules *zone;
    struct sw_reading_report *report;
    struct sw_reading *reading;
    struct sw_arena arena;      /* texts, before they are one block */
    struct sw_timestamp *times; /* one a row: of the time field that is read */
    bool *there;                /* as many: whether the row has that time */
    size_t text_bytes, found;   /* found: values that are there, also those that stand for none */
};

SW_PRINTF(2, 3) static void note(struct sw_reading_report *report, const char *format, ...)
{
    size_t used = strlen(report->text), room = sizeof report->text - used;
    char phrase[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(phrase, sizeof phrase, format, arguments);
    va_end(arguments);
    if (length > 0 && (size_t)length < sizeof phrase && (size_t)length + 3 < room) { /* whole phrases only */
        (void)snprintf(report->text + used, room, "%s%s", used > 0 ? "; " : "", phrase);
    }
}

/* Bytes of `text` that are shown: whole characters. */
static int shown(const char *text)
{
    size_t length = strlen(text);
    if (length > SHOWN_MAX) {
        for (length = SHOWN_MAX; length > 0 && ((unsigned char)text[length] & 0xC0u) == 0x80u;) {
            length--;
        }
    }
    return (int)length;
}

static void refuse(struct maker *maker, const struct sw_field *field, size_t row, const char *text)
{
    struct sw_field_tally *tally = &maker->report->fields[field - maker->request->fields];
    if (tally->refused == 1) {
        (void)snprintf(tally->shown, sizeof tally->shown, "%.*s", shown(text), text);
    }
    static const char *const kinds[] = {"number", "time", "text", "word of its map"}; /* as enum sw_field_type */
    const char *what = field->type == SW_FIELD_NUMBER && field->ranged ? "number within its range" : kinds[field->type];
    maker->report->refused++;
    if (maker->request->rows) {
        note(maker->report, "%s: \"%.*s\" is no %s (row %zu)", field->name, shown(text), text, what, row + 1);
    } else {
        note(maker->report, "%s: \"%.*s\" is no %s", field->name, shown(text), text, what);
    }
}

static struct sw_value value_of(const struct sw_field *field, const struct sw_field_value *read)
{
    switch (field->type) {
    case SW_FIELD_NUMBER: return sw_value_number(read->number);
    case SW_FIELD_TIME: return (struct sw_value){.type = SW_VALUE_INSTANT, .as.instant = read->time.first};
    case SW_FIELD_TEXT: return sw_value_string(read->text);
    case SW_FIELD_ENUM: return sw_value_string(field->values[read->word]);
    }
    return (struct sw_value){.type = SW_VALUE_MISSING};
}

static void read_value(struct maker *maker, size_t row, size_t index)
{
    const struct sw_field *field = &maker->request->fields[index];
    struct sw_cell cells[SW_FIELD_FROM_MAX] = {{.text = NULL}};
    struct sw_field_value read;
    for (size_t from = 0; from < SW_FIELD_FROM_MAX && field->from[from] != NULL; from++) {
        cells[from] = sw_body_cell(maker->body, row, index, from);
    }
    enum sw_field_status status = sw_field_read(field, cells, maker->zone, &maker->arena, &read);
    struct sw_field_tally *tally = &maker->report->fields[index];
    maker->found += status != SW_FIELD_ABSENT;
    tally->read += status == SW_FIELD_READ;
    tally->absent += status == SW_FIELD_ABSENT;
    tally->missing += status == SW_FIELD_MISSING;
    tally->refused += status == SW_FIELD_REFUSED;
    maker->there[row] = status == SW_FIELD_READ;
    if (status == SW_FIELD_READ) {
        maker->times[row] = read.time;
        maker->text_bytes += field->type == SW_FIELD_TEXT ? strlen(read.text) + 1 : 0;
        sw_reading_put(maker->reading, row, index, value_of(field, &read));
    } else if (status == SW_FIELD_REFUSED) {
        refuse(maker, field, row, read.text);
    } else {
        maker->report->missing++;
    }
}

static void read_field(struct maker *maker, size_t index)
{
    size_t rows = maker->reading->rows.count;
    for (size_t row = 0; row < rows; row++) {
        read_value(maker, row, index);
    }
    if (maker->request->fields[index].type != SW_FIELD_TIME) {
        return;
    }
    sw_timestamp_order(maker->times, maker->there, rows);
    for (size_t row = 0; row < rows; row++) {
        if (maker->there[row]) {
            sw_reading_put(maker->reading, row, index, (struct sw_value){.type = SW_VALUE_INSTANT, .as.instant = maker->times[row].first});
        }
    }
}

/* Texts lie in the arena so far; then they are one block. */
static void gather_texts(struct maker *maker)
{
    struct sw_reading *reading = maker->reading;
    const struct sw_request *request = maker->request;
    reading->texts = sw_alloc(maker->text_bytes);
    for (size_t i = 0; i < reading->rows.count * request->field_count; i++) {
        struct sw_value *value = &reading->values[i];
        if (request->fields[i % request->field_count].type == SW_FIELD_TEXT && value->type == SW_VALUE_STRING) {
            size_t length = strlen(value->as.string) + 1;
            memcpy(reading->texts + reading->text_bytes, value->as.string, length);
            value->as.string = reading->texts + reading->text_bytes;
            reading->text_bytes += length;
        }
    }
}

static bool find_observed(struct maker *maker, struct sw_reading_facts *facts)
{
    const struct sw_request *request = maker->request;
    const struct sw_reading *reading = maker->reading;
    sw_instant newest = INT64_MIN, latest = facts->as_of != SW_NEVER ? facts->as_of : facts->fetched;
    facts->observed = facts->published != SW_NEVER ? facts->published : facts->fetched;
    facts->observed_known = false;
    if (request->observed < 0 || reading->rows.count == 0) {
        return true;
    }
    for (size_t row = 0; row < reading->rows.count; row++) {
        struct sw_value value = sw_reading_value(reading, row, (size_t)request->observed);
        newest = value.type == SW_VALUE_INSTANT && value.as.instant > newest ? value.as.instant : newest;
    }
    if (newest == INT64_MIN) {
        note(maker->report, "nothing says when it was observed (%s)", request->fields[request->observed].name);
        return false;
    }
    if (newest > latest + AHEAD_MAX) {
        note(maker->report, "%s is %lld min ahead of the clock", request->fields[request->observed].name,
             (long long)((newest - latest) / SW_MINUTE));
    }
    facts->observed = newest < latest ? newest : latest;
    facts->observed_known = true;
    return true;
}

static bool make(struct maker *maker, const struct sw_reading_facts *given)
{
    const struct sw_request *request = maker->request;
    size_t rows = maker->reading->rows.count;
    struct sw_reading_facts facts = *given;
    for (size_t i = 0; i < request->field_count; i++) {
        read_field(maker, i);
    }
    if (rows > 0 && maker->found == 0) {
        note(maker->report, "none of its fields is there");
        return false;
    }
    if (!find_observed(maker, &facts)) {
        return false;
    }
    facts.left_out = sw_body_left_out(maker->body);
    if (facts.left_out > 0) {
        note(maker->report, "%zu rows beyond the limit of %d are left out", facts.left_out, request->limit);
    }
    gather_texts(maker);
    maker->reading->facts = facts;
    if (sw_reading_packed_size(maker->reading) > SW_READING_BYTES_MAX) {
        note(maker->report, "its values are more than 16 MiB");
        return false;
    }
    return true;
}

struct sw_reading *sw_reading_create(const struct sw_request *request, const struct sw_body *body, const struct sw_zone_rules *zone,
                                     const struct sw_reading_facts *facts, struct sw_reading_report *report)
{
    size_t rows = sw_body_rows(body);
    *report = (struct sw_reading_report){.missing = 0};
    if (!request->rows && rows != 1) {
        note(report, "it has no body");
        return NULL;
    }
    struct maker maker = {.request = request, .body = body, .zone = zone, .report = report};
    maker.reading = sw_reading_alloc(request, rows);
    maker.times = sw_alloc_array(rows, sizeof *maker.times);
    maker.there = sw_alloc_array(rows, sizeof *maker.there);
    if (!make(&maker, facts)) {
        sw_reading_release(maker.reading);
        maker.reading = NULL;
    }
    free(maker.times);
    free(maker.there);
    sw_arena_finish(&maker.arena);
    return maker.reading;
}
