/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "exhibition/expression_internal.h"

static const struct sw_outcome missing; /* zeroed */

static struct sw_outcome still(struct sw_value value)
{
    return (struct sw_outcome){.value = value};
}

/* Within what instants and durations stay: 285 000 years, less than civil time knows (base/civil.h). */
#define TIME_MAX ((int64_t)9000000000000000000)

static bool add_times(int64_t a, int64_t b, int64_t *out)
{
    if (b > 0 ? a > TIME_MAX - b : a < -TIME_MAX - b) {
        return false;
    }
    *out = a + b;
    return true;
}

static bool subtract_times(int64_t a, int64_t b, int64_t *out)
{
    if (b > 0 ? a < b - TIME_MAX : a > b + TIME_MAX) {
        return false;
    }
    *out = a - b;
    return true;
}

static struct sw_value duration_of(double microseconds)
{
    if (!(fabs(microseconds) < (double)TIME_MAX)) {
        return missing.value;
    }
    return (struct sw_value){.type = SW_VALUE_DURATION, .as.duration = (int64_t)llround(microseconds)};
}

/* The microseconds of an instant or a duration. */
static int64_t time_of(struct sw_value value)
{
    return value.type == SW_VALUE_INSTANT ? value.as.instant : value.as.duration;
}

static struct sw_value time_value(enum sw_value_type type, int64_t time)
{
    if (type == SW_VALUE_INSTANT) {
        return (struct sw_value){.type = type, .as.instant = time};
    }
    return (struct sw_value){.type = type, .as.duration = time};
}

/* A time that moves as fast as `slope` says; faster than the clock: settled by its parts. */
static struct sw_outcome moving(struct sw_run *run, struct sw_outcome left, struct sw_outcome right, struct sw_value value, int slope)
{
    if (slope < -1 || slope > 1) {
        (void)sw_outcome_settle(run, left);
        (void)sw_outcome_settle(run, right);
        slope = 0;
    }
    return (struct sw_outcome){.value = value, .slope = slope};
}

static bool is_time(struct sw_value value)
{
    return value.type == SW_VALUE_INSTANT || value.type == SW_VALUE_DURATION;
}

static struct sw_value join_texts(struct sw_run *run, const char *left, const char *right)
{
    size_t a = strlen(left), b = strlen(right);
    if (a + b > SW_EXPRESSION_TEXT_MAX || !sw_run_spend(run, (a + b) / 64)) {
        return missing.value;
    }
    char *text = sw_arena_alloc(run->evaluation->arena, a + b + 1);
    memcpy(text, left, a);
    memcpy(text + a, right, b);
    return sw_value_string(text);
}

/* Number + number, text + text, duration + duration, instant + duration either way round. */
static struct sw_outcome add(struct sw_run *run, struct sw_outcome left, struct sw_outcome right)
{
    enum sw_value_type a = left.value.type, b = right.value.type;
    int64_t sum = 0;
    if (is_time(left.value) && is_time(right.value) && !(a == SW_VALUE_INSTANT && b == SW_VALUE_INSTANT)) {
        enum sw_value_type type = a == SW_VALUE_INSTANT || b == SW_VALUE_INSTANT ? SW_VALUE_INSTANT : SW_VALUE_DURATION;
        if (add_times(time_of(left.value), time_of(right.value), &sum)) {
            return moving(run, left, right, time_value(type, sum), left.slope + right.slope);
        }
    } else if (a == SW_VALUE_NUMBER && b == SW_VALUE_NUMBER) {
        return still(sw_value_number(left.value.as.number + right.value.as.number));
    } else if (a == SW_VALUE_STRING && b == SW_VALUE_STRING) {
        return still(join_texts(run, left.value.as.string, right.value.as.string));
    }
    return missing;
}

/* Number - number, duration - duration, instant - duration, instant - instant (a duration). */
static struct sw_outcome subtract(struct sw_run *run, struct sw_outcome left, struct sw_outcome right)
{
    enum sw_value_type a = left.value.type, b = right.value.type;
    int64_t difference = 0;
    if (is_time(left.value) && is_time(right.value) && (a == b || b == SW_VALUE_DURATION)) {
        enum sw_value_type type = a == b ? SW_VALUE_DURATION : SW_VALUE_INSTANT;
        if (subtract_times(time_of(left.value), time_of(right.value), &difference)) {
            return moving(run, left, right, time_value(type, difference), left.slope - right.slope);
        }
    } else if (a == SW_VALUE_NUMBER && b == SW_VALUE_NUMBER) {
        return still(sw_value_number(left.value.as.number - right.value.as.number));
    }
    return missing;
}

static struct sw_value multiply(struct sw_value left, struct sw_value right)
{
    if (left.type == SW_VALUE_NUMBER && right.type == SW_VALUE_NUMBER) {
        return sw_value_number(left.as.number * right.as.number);
    }
    if (left.type == SW_VALUE_DURATION && right.type == SW_VALUE_NUMBER) {
        return duration_of((double)left.as.duration * right.as.number);
    }
    if (left.type == SW_VALUE_NUMBER && right.type == SW_VALUE_DURATION) {
        return duration_of(left.as.number * (double)right.as.duration);
    }
    return missing.value;
}

static struct sw_value divide(struct sw_value left, struct sw_value right)
{
    if (left.type == SW_VALUE_NUMBER && right.type == SW_VALUE_NUMBER) {
        return sw_value_number(left.as.number / right.as.number);
    }
    if (left.type == SW_VALUE_DURATION && right.type == SW_VALUE_NUMBER) {
        return duration_of((double)left.as.duration / right.as.number);
    }
    if (left.type == SW_VALUE_DURATION && right.type == SW_VALUE_DURATION) {
        return sw_value_number((double)left.as.duration / (double)right.as.duration);
    }
    return missing.value;
}

/* With the sign of the right side, so that -1 % 3 is 2: the way one counts round. */
static struct sw_value remainder_of(struct sw_value left, struct sw_value right)
{
    if (left.type == SW_VALUE_NUMBER && right.type == SW_VALUE_NUMBER) {
        double rest = fmod(left.as.number, right.as.number);
        return sw_value_number(rest != 0 && (rest < 0) != (right.as.number < 0) ? rest + right.as.number : rest);
    }
    if (left.type == SW_VALUE_DURATION && right.type == SW_VALUE_DURATION && right.as.duration != 0) {
        int64_t rest = right.as.duration == -1 ? 0 : left.as.duration % right.as.duration;
        return time_value(SW_VALUE_DURATION, rest != 0 && (rest < 0) != (right.as.duration < 0) ? rest + right.as.duration : rest);
    }
    return missing.value;
}

/* How long a comparison of two times stays as it is, when left - right = `gap` now and grows (or, not `rising`, falls) with the clock. */
static int64_t comparison_holds(enum sw_token_kind operator, int64_t gap, bool rising)
{
    bool edge_below = operator == SW_TOKEN_LESS || operator == SW_TOKEN_MORE_EQUAL; /* changes between -1 and 0, else between 0 and 1 */
    if (operator == SW_TOKEN_EQUAL || operator == SW_TOKEN_UNEQUAL) {
        if (gap == 0) {
            return 1;
        }
        edge_below = rising;
    }
    if (rising) {
        int64_t edge = edge_below ? 0 : 1;
        return gap < edge && gap > -SW_NEVER ? edge - gap : 0;
    }
    int64_t edge = edge_below ? -1 : 0;
    return gap > edge && gap < SW_NEVER ? gap - edge : 0;
}

static struct sw_outcome compare(struct sw_run *run, enum sw_token_kind operator, struct sw_outcome left, struct sw_outcome right)
{
    struct sw_value a = left.value, b = right.value;
    bool equality = operator == SW_TOKEN_EQUAL || operator == SW_TOKEN_UNEQUAL;
    int slope = left.slope - right.slope;
    int64_t gap = 0;
    if (a.type != b.type) {
        return equality ? still(sw_value_bool(operator == SW_TOKEN_UNEQUAL)) : missing;
    }
    if (is_time(a) && (slope == 1 || slope == -1) && subtract_times(time_of(a), time_of(b), &gap)) {
        sw_run_holds(run, comparison_holds(operator, gap, slope == 1));
    } else if (slope != 0) {
        (void)sw_outcome_settle(run, left);
        (void)sw_outcome_settle(run, right);
    }
    if (equality) {
        return still(sw_value_bool(sw_value_equal(a, b) == (operator == SW_TOKEN_EQUAL)));
    }
    if (a.type != SW_VALUE_NUMBER && a.type != SW_VALUE_STRING && !is_time(a)) {
        return missing;
    }
    int order = sw_value_compare(a, b);
    bool truth = operator == SW_TOKEN_LESS         ? order < 0
                 : operator == SW_TOKEN_LESS_EQUAL ? order <= 0
                 : operator == SW_TOKEN_MORE       ? order > 0
                                                   : order >= 0;
    return still(sw_value_bool(truth));
}

static struct sw_value contained(struct sw_run *run, struct sw_value item, struct sw_value list)
{
    if (list.type != SW_VALUE_LIST || !sw_run_spend(run, list.as.list->count)) {
        return missing.value;
    }
    for (size_t i = 0; i < list.as.list->count; i++) {
        if (sw_value_equal(item, list.as.list->items[i])) {
            return sw_value_bool(true);
        }
    }
    return sw_value_bool(false);
}

struct sw_outcome sw_operator_apply(struct sw_run *run, enum sw_token_kind operator, struct sw_outcome left, struct sw_outcome right)
{
    if (operator == SW_TOKEN_ADD) {
        return add(run, left, right);
    }
    if (operator == SW_TOKEN_SUBTRACT) {
        return subtract(run, left, right);
    }
    if (operator != SW_TOKEN_MULTIPLY && operator != SW_TOKEN_DIVIDE && operator != SW_TOKEN_REMAINDER && operator != SW_TOKEN_IN) {
        return compare(run, operator, left, right);
    }
    struct sw_value a = sw_outcome_settle(run, left), b = sw_outcome_settle(run, right);
    if (operator == SW_TOKEN_IN) {
        return still(contained(run, a, b));
    }
    return still(operator == SW_TOKEN_MULTIPLY ? multiply(a, b) : operator == SW_TOKEN_DIVIDE ? divide(a, b) : remainder_of(a, b));
}
