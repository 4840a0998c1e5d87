/* SPDX-License-Identifier: EUPL-1.2 */
/* From cells as they are written to values of a field's type. Missing are, besides what the field declares: null, blank texts (no-break and
 * thin spaces are blanks), numbers that are not finite. What is none of the type, or outside of its range, is refused and missing too.
 * Pure, any thread. */
#ifndef SW_DATA_FIELD_H
#define SW_DATA_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/civil.h"
#include "data/body.h"
#include "data/timestamp.h"

#define SW_FIELD_FROM_MAX 8 /* pointers of one field */

enum sw_field_status {
    SW_FIELD_READ,
    SW_FIELD_ABSENT,  /* none of its places is in the row */
    SW_FIELD_MISSING, /* it is there, and stands for no value */
    SW_FIELD_REFUSED,
};

/* The member of the field's type is set where it was read. */
struct sw_field_value {
    double number;            /* NUMBER */
    struct sw_timestamp time; /* TIME */
    const char *text;         /* TEXT: without control characters other than newline and tab; of the arena. REFUSED: what stood there */
    size_t word;              /* ENUM: which of field->values */
};

/* `cells`: one for each of field->from, in their order. */
enum sw_field_status sw_field_read(const struct sw_field *field, const struct sw_cell *cells, const struct sw_zone_rules *zone,
                                   struct sw_arena *arena, struct sw_field_value *out);

/* A number as people write it: with `decimal` as its mark, grouped in threes or not, blanks around it. Nothing may stand behind it, no unit
 * either. "NaN" and "Inf" are numbers. */
bool sw_field_number(const char *text, char decimal, double *out) SW_MUST;
/* What is left of a text without the blanks around it: where it begins in `text`, and its bytes. */
const char *sw_field_trimmed(const char *text, size_t *length);

#endif
