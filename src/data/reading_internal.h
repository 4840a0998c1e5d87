/* SPDX-License-Identifier: EUPL-1.2 */
/* What reading.c, reading_create.c and reading_pack.c share. */
#ifndef SW_DATA_READING_INTERNAL_H
#define SW_DATA_READING_INTERNAL_H

#include <stdatomic.h>

#include "data/reading.h"

struct sw_reading {
    atomic_int holders;
    const struct sw_request *request;
    struct sw_reading_facts facts;
    struct sw_value *values;     /* owned: row after row, one a field */
    struct sw_record *records;   /* owned: one a row */
    struct sw_value *row_values; /* owned: the records, as values */
    struct sw_list rows;
    char *texts; /* owned: one after the other, each with its NUL; values point into it */
    size_t text_bytes;
};

/* Of `count` rows, all missing; texts NULL. */
struct sw_reading *sw_reading_alloc(const struct sw_request *request, size_t count) SW_MUST;
/* Puts a value of the field's type into its place; missing stays missing. */
void sw_reading_put(struct sw_reading *reading, size_t row, size_t field, struct sw_value value);

#endif
