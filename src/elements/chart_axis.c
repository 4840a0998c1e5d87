/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/chart_axis.h"

#include <math.h>

#include "base/must.h"

#define DIGITS_MAX 6
#define DAY (24 * SW_HOUR)
#define CLOSE 1e-9 /* of a step: what a tick may miss an end by and still stand on it */

/* -- numbers -- */

/* The smallest 1, 2 or 5 times a power of ten that is not less. */
static double nice_step(double least)
{
    double power = pow(10, floor(log10(least)));
    static const double factors[] = {1, 2, 5};
    for (size_t i = 0; i < SW_COUNT(factors); i++) {
        if (factors[i] * power >= least * (1 - CLOSE)) {
            return factors[i] * power;
        }
    }
    return 10 * power;
}

static double end_of(double number, double step, bool fixed, double (*rounded)(double))
{
    if (fixed) {
        return number;
    }
    double nearest = nearbyint(number / step);
    return (fabs(number / step - nearest) < CLOSE * fmax(1, fabs(nearest)) ? nearest : rounded(number / step)) * step;
}

static double first_tick(const struct sw_number_axis *axis) { return ceil(axis->from / axis->step - CLOSE) * axis->step; }

static struct sw_number_axis axis_of(double low, double high, bool low_fixed, bool high_fixed, double step)
{
    struct sw_number_axis axis = {.from = end_of(low, step, low_fixed, floor), .to = end_of(high, step, high_fixed, ceil), .step = step};
    axis.count = (int)floor((axis.to - first_tick(&axis)) / step + CLOSE) + 1;
    axis.digits = (int)fmin(DIGITS_MAX, fmax(0, -floor(log10(step) + CLOSE)));
    return axis;
}

struct sw_number_axis sw_number_axis(double low, double high, bool low_fixed, bool high_fixed, int most)
{
    if (!isfinite(low) || !isfinite(high) || fabs(low) > 1e300 || fabs(high) > 1e300) {
        low = 0;
        high = 1;
        low_fixed = high_fixed = false;
    }
    if (low > high) {
        double number = low;
        low = high;
        high = number;
    }
    if (high - low <= fmax(fabs(low), fabs(high)) * 1e-12) {
        double around = low != 0 ? fabs(low) * 0.1 : 1;
        low -= around / 2;
        high += around / 2;
        low_fixed = high_fixed = false;
    }
    double step = nice_step((high - low) / fmax(1, most));
    struct sw_number_axis axis = axis_of(low, high, low_fixed, high_fixed, step);
    while (axis.count > most) {
        step = nice_step(step * 1.5);
        axis = axis_of(low, high, low_fixed, high_fixed, step);
    }
    return axis;
}

double sw_number_axis_tick(const struct sw_number_axis *axis, int index)
{
    double steps = ceil(axis->from / axis->step - CLOSE) + index; /* counted, not added up: no error grows */
    return steps == 0 ? 0 : steps * axis->step;
}

/* -- time -- */

static const struct sw_time_step steps[SW_TIME_STEPS] = {
    {.micros = 5 * SW_MINUTE}, {.micros = 10 * SW_MINUTE}, {.micros = 15 * SW_MINUTE}, {.micros = 30 * SW_MINUTE}, {.micros = SW_HOUR},
    {.micros = 2 * SW_HOUR},   {.micros = 3 * SW_HOUR},    {.micros = 6 * SW_HOUR},    {.micros = 12 * SW_HOUR},   {.days = 1},
    {.days = 2},               {.days = 7},                {.months = 1},              {.months = 3},              {.months = 6},
    {.months = 12},            {.months = 60},             {.months = 120},
};

struct sw_time_step sw_time_step_at(size_t index) { return steps[index]; }

int64_t sw_time_step_length(struct sw_time_step step)
{
    return step.micros > 0 ? step.micros : step.days > 0 ? step.days * DAY : step.months * (30 * DAY + 10 * SW_HOUR);
}

static bool day_has_tick(struct sw_date date, struct sw_time_step step)
{
    if (step.months > 0) {
        return date.day == 1 && (date.year * 12 + date.month - 1) % step.months == 0;
    }
    int64_t days = sw_date_to_days(date) + 3; /* the day 0 was a Thursday: this counts from a Monday */
    return step.days <= 1 || (days % step.days + step.days) % step.days == 0;
}

struct ticks {
    const struct sw_zone_rules *zone;
    sw_instant from, to;
    struct sw_time_tick *out;
    size_t count, most;
};

static void add_tick(struct ticks *ticks, struct sw_date date, int64_t time_of_day)
{
    sw_instant at = sw_civil_instant(ticks->zone, date, time_of_day);
    struct sw_civil civil = sw_civil_at(ticks->zone, at);
    bool skipped = civil.hour * SW_HOUR + civil.minute * SW_MINUTE != time_of_day;
    if (at >= ticks->from && at <= ticks->to && !skipped && ticks->count < ticks->most) {
        ticks->out[ticks->count++] = (struct sw_time_tick){at, civil, time_of_day == 0};
    }
}

size_t sw_time_ticks(const struct sw_zone_rules *zone, sw_instant from, sw_instant to, struct sw_time_step step, struct sw_time_tick *out,
                     size_t most)
{
    struct ticks ticks = {.zone = zone, .from = from, .to = to, .out = out, .most = most};
    if (to < from) {
        return 0;
    }
    int64_t first = sw_date_to_days(sw_civil_at(zone, from).date), last = sw_date_to_days(sw_civil_at(zone, to).date);
    for (int64_t day = first; day <= last && ticks.count < most; day++) {
        struct sw_date date = sw_date_from_days(day);
        if (step.micros <= 0 && !day_has_tick(date, step)) {
            continue;
        }
        int64_t apart = step.micros > 0 ? step.micros : DAY;
        for (int64_t time = 0; time < DAY && ticks.count < most; time += apart) {
            add_tick(&ticks, date, time);
        }
    }
    return ticks.count;
}
