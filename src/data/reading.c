/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/reading.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "data/reading_internal.h"

struct sw_reading *sw_reading_alloc(const struct sw_request *request, size_t count)
{
    struct sw_reading *reading = sw_alloc(sizeof *reading);
    size_t fields = request->field_count;
    atomic_init(&reading->holders, 1);
    reading->request = request;
    reading->values = sw_alloc_array(count * fields, sizeof *reading->values);
    reading->records = sw_alloc_array(count, sizeof *reading->records);
    reading->row_values = sw_alloc_array(count, sizeof *reading->row_values);
    for (size_t row = 0; row < count; row++) {
        reading->records[row] = (struct sw_record){.count = fields, .names = request->names, .values = reading->values + row * fields};
        reading->row_values[row] = (struct sw_value){.type = SW_VALUE_RECORD, .as.record = &reading->records[row]};
    }
    reading->rows = (struct sw_list){.count = count, .items = reading->row_values};
    return reading;
}

void sw_reading_put(struct sw_reading *reading, size_t row, size_t field, struct sw_value value)
{
    const struct sw_request *request = reading->request;
    value.field = &request->fields[field];
    reading->values[row * request->field_count + field] = value;
}

struct sw_reading *sw_reading_hold(struct sw_reading *reading)
{
    atomic_fetch_add_explicit(&reading->holders, 1, memory_order_relaxed);
    return reading;
}

void sw_reading_release(struct sw_reading *reading)
{
    if (reading == NULL) {
        return;
    }
    int before = atomic_fetch_sub_explicit(&reading->holders, 1, memory_order_acq_rel);
    assert(before > 0);
    if (before > 1) {
        return;
    }
    free(reading->values);
    free(reading->records);
    free(reading->row_values);
    free(reading->texts);
    free(reading);
}

const struct sw_request *sw_reading_request(const struct sw_reading *reading) { return reading->request; }

const struct sw_reading_facts *sw_reading_facts(const struct sw_reading *reading) { return &reading->facts; }

struct sw_reading_facts sw_reading_confirmed(const struct sw_reading_facts *facts, sw_instant fetched)
{
    struct sw_reading_facts confirmed = *facts;
    confirmed.fetched = fetched;
    if (!facts->observed_known && facts->published == SW_NEVER) {
        confirmed.observed = fetched;
    }
    return confirmed;
}

const struct sw_list *sw_reading_rows(const struct sw_reading *reading) { return &reading->rows; }

struct sw_value sw_reading_value(const struct sw_reading *reading, size_t row, size_t field)
{
    return reading->values[row * reading->request->field_count + field];
}
