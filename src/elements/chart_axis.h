/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a chart's axes have their ticks. Private to src/elements. Pure, any thread. */
#ifndef SW_ELEMENTS_CHART_AXIS_H
#define SW_ELEMENTS_CHART_AXIS_H

#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"

/* Numbers from..to in steps of 1, 2 or 5 times a power of ten. */
struct sw_number_axis {
    double from, to, step;
    int count;  /* of ticks: from, from + step .. */
    int digits; /* behind the decimal mark that all of its ticks need, 0..6 */
};
/* The smallest such axis with at most `most` ticks (2 or more) that holds low..high. An end that is `fixed` stays as it is: then ticks
 * stand on the steps inside. low > high is taken the other way round; of one number alone, or what is not finite, an axis around it. */
struct sw_number_axis sw_number_axis(double low, double high, bool low_fixed, bool high_fixed, int most);
/* The `index`th tick. */
double sw_number_axis_tick(const struct sw_number_axis *axis, int index);

/* How far apart ticks of time are: one of these is not 0. */
struct sw_time_step {
    int64_t micros; /* below a day, by the clock: parts of an hour, or hours that part a day */
    int days;       /* midnights: 1, 2, or 7 (Mondays) */
    int months;     /* firsts of a month, counted from January */
};
/* The steps that people think in, the shortest first, SW_TIME_STEPS of them, and how long one is (a month: on average). */
#define SW_TIME_STEPS 18
struct sw_time_step sw_time_step_at(size_t index);
int64_t sw_time_step_length(struct sw_time_step step);

struct sw_time_tick {
    sw_instant at;
    struct sw_civil civil;
    bool midnight;
};
/* The ticks of from..to in their order, at most `most`: on the clock of `zone`, so that an hour that it skips has no tick, and one that
 * it has twice has one. Returns how many. */
size_t sw_time_ticks(const struct sw_zone_rules *zone, sw_instant from, sw_instant to, struct sw_time_step step, struct sw_time_tick *out,
                     size_t most);

#endif
