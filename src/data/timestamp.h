/* SPDX-License-Identifier: EUPL-1.2 */
/* Instants as platforms write them (enum sw_time_encoding), to microseconds since 1970. Nothing is guessed: what does not fit its encoding,
 * or lies outside of the years 1900 to 2199, is none. Pure, any thread. */
#ifndef SW_DATA_TIMESTAMP_H
#define SW_DATA_TIMESTAMP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/civil.h"
#include "base/must.h"
#include "data/body.h"

struct sw_timestamp {
    sw_instant first, second; /* of a local time that the clock shows twice, both; else the same */
};

/* From one cell, or of DATE_TIME from two. A local time that the clock skips is the instant right after the gap. `zone` NULL: UTC. */
bool sw_timestamp_read(enum sw_time_encoding encoding, const struct sw_cell *cells, size_t count, const struct sw_zone_rules *zone,
                       struct sw_timestamp *out) SW_MUST;
/* Rows in their order, `count` of them: where taking the second of some proves to be right, out[i].first becomes it. That is so where rows
 * are in strict order, rising or falling, three or more of them and not all within the hour that comes twice. `there`: which there are. */
void sw_timestamp_order(struct sw_timestamp *times, const bool *there, size_t count);

#endif
