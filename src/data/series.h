/* SPDX-License-Identifier: EUPL-1.2 */
/* The history of one number: points sorted by their instant, one an instant, with its gaps left as gaps. Immutable, with a reference count:
 * a point more makes a new series, so a chart may keep the one it draws. What they have in common they share, so that a point more costs
 * the same whatever the length. Any thread may hold; one thread at a time may make new ones of the same origin. */
#ifndef SW_DATA_SERIES_H
#define SW_DATA_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"

struct sw_point {
    sw_instant at;
    double value; /* finite */
};

struct sw_series;

/* Copies; sorts and keeps the last of those with one instant; drops what is not finite. `step`: how far apart points are meant to be,
 * microseconds: more than 2.5 of it is a gap. */
struct sw_series *sw_series_create(const struct sw_point *points, size_t count, int64_t step) SW_MUST;
struct sw_series *sw_series_hold(struct sw_series *series);
void sw_series_release(struct sw_series *series); /* accepts NULL */
/* A new series with a point more (in its place; the newer one of an instant wins) and those before `since` gone. */
struct sw_series *sw_series_add(const struct sw_series *series, struct sw_point point, sw_instant since) SW_MUST;

const struct sw_point *sw_series_points(const struct sw_series *series, size_t *count);
/* The place of the first of these points, which are in order, at or behind `instant`; `count`: there is none. */
size_t sw_points_place(const struct sw_point *points, size_t count, sw_instant instant);
int64_t sw_series_step(const struct sw_series *series);
/* Whether it has this very point. */
bool sw_series_has(const struct sw_series *series, struct sw_point point);
bool sw_series_gap(const struct sw_series *series, size_t index); /* between point index - 1 and index */
/* The points of from..to, thinned to at most `most` (8 or more) without losing a peak, a trough, an end or a gap: of each stretch the
 * smallest and the largest. A point whose value is NaN stands in each gap. Returns how many were written to `out`. */
size_t sw_series_thin(const struct sw_series *series, sw_instant from, sw_instant to, struct sw_point *out, size_t most);

#endif
