/* SPDX-License-Identifier: EUPL-1.2 */
/* A reading: what one request gave at one time, as typed values. The courier makes it from a body; it crosses to the player as one flat
 * block of sealed memory. Immutable once made; passed on by reference count, which any thread may hold. The request, and with it the
 * exhibition, must outlive it. */
#ifndef SW_DATA_READING_H
#define SW_DATA_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "base/must.h"
#include "data/body.h"
#include "exhibition/source.h"
#include "exhibition/value.h"

#define SW_READING_BYTES_MAX ((size_t)16 << 20)
/* Instants of readings and histories lie in the years 1900 to 2199. */
#define SW_READING_INSTANT_MIN INT64_C(-2208988800000000)
#define SW_READING_INSTANT_MAX INT64_C(7258118400000000) /* outside */

/* Where it is from: a feed's own answer, a recording of one, or the sample that came with the exhibition. */
enum sw_reading_kind { SW_READING_LIVE, SW_READING_RECORDED, SW_READING_SAMPLE };

struct sw_reading; /* opaque: the values lie in it */

struct sw_reading_facts {
    enum sw_reading_kind kind;
    sw_instant observed;  /* newest observation, not after `fetched`; where none is declared: published, else fetched */
    sw_instant published; /* SW_NEVER: not said */
    sw_instant fetched;   /* last time that it was confirmed: an answer 304 moves it */
    sw_instant as_of;     /* RECORDED, SAMPLE: the instant that it stands for; LIVE: SW_NEVER */
    bool observed_known;  /* by a time field of its own */
    size_t left_out;      /* rows beyond the request's limit */
};

/* What came of one field, in all rows. */
struct sw_field_tally {
    size_t read, absent, missing, refused; /* absent: nothing is where it should be; missing: what is there stands for no value */
    char shown[48];                        /* the first that was refused, cut to whole characters */
};

/* What was wrong with values, for the log and `check --live`. */
struct sw_reading_report {
    char text[512];          /* the first few, a phrase each; "" if nothing */
    size_t missing, refused; /* values that were absent or missing, and that were none of their type or range */
    struct sw_field_tally fields[SW_FIELDS_MAX]; /* as the request's */
};

/* From a whole body. `facts`: kind, published, fetched and as_of are taken, the rest is found. NULL where it is not what was declared at
 * all (no field is in it, no time where one is declared, too large): the report says why. Values that are none of their field's type or
 * range are missing. Local times of the hour that comes twice are of the first one, unless rows in strict order prove the second. */
struct sw_reading *sw_reading_create(const struct sw_request *request, const struct sw_body *body, const struct sw_zone_rules *zone,
                                     const struct sw_reading_facts *facts, struct sw_reading_report *report) SW_MUST;
struct sw_reading *sw_reading_hold(struct sw_reading *reading);
void sw_reading_release(struct sw_reading *reading); /* accepts NULL */

const struct sw_request *sw_reading_request(const struct sw_reading *reading);
const struct sw_reading_facts *sw_reading_facts(const struct sw_reading *reading);
/* The facts after an answer that it still holds ("304 Not Modified") at `fetched`: only what is counted from the fetch moves. */
struct sw_reading_facts sw_reading_confirmed(const struct sw_reading_facts *facts, sw_instant fetched);
/* All rows, as records of the fields' values; one row where the request has none. Values bear their field (struct sw_value.field) and live
 * as long as the reading. */
const struct sw_list *sw_reading_rows(const struct sw_reading *reading);
struct sw_value sw_reading_value(const struct sw_reading *reading, size_t row, size_t field); /* by indices; the row is there */

/* The flat form: `size` bytes for sw_reading_pack; unpacked against an equal request, every length and index checked. NULL: damaged. */
size_t sw_reading_packed_size(const struct sw_reading *reading);
void sw_reading_pack(const struct sw_reading *reading, void *bytes);
struct sw_reading *sw_reading_unpack(const struct sw_request *request, const void *bytes, size_t size) SW_MUST;

#endif
