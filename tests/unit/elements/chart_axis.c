/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a chart's axes have their ticks. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/must.h"
#include "elements/chart_axis.h"

static struct sw_zone_rules *berlin;

/* -- numbers -- */

static void test_nice_axes(void **state)
{
    (void)state;
    static const struct {
        double low, high;
        int most;
        double from, to, step;
        int count, digits;
    } cases[] = {
        {492, 571, 6, 480, 580, 20, 6, 0}, {0, 100, 6, 0, 100, 20, 6, 0},        {0, 100, 11, 0, 100, 10, 11, 0},
        {0, 1, 6, 0, 1, 0.2, 6, 1},        {-3.2, 4.1, 5, -4, 6, 2, 6, 0},        {0.001, 0.0043, 5, 0.001, 0.005, 0.001, 5, 3},
        {1e6, 9e6, 5, 0, 1e7, 2e6, 6, 0},  {-1500, -100, 4, -1500, 0, 500, 4, 0}, {7, 7, 3, 6.5, 7.5, 0.5, 3, 1},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_number_axis axis = sw_number_axis(cases[i].low, cases[i].high, false, false, cases[i].most);
        if (cases[i].count > cases[i].most) { /* no such axis: the next step */
            assert_true(axis.step > cases[i].step);
            continue;
        }
        assert_float_equal(axis.from, cases[i].from, cases[i].step * 1e-9);
        assert_float_equal(axis.to, cases[i].to, cases[i].step * 1e-9);
        assert_float_equal(axis.step, cases[i].step, cases[i].step * 1e-9);
        assert_int_equal(axis.count, cases[i].count);
        assert_int_equal(axis.digits, cases[i].digits);
    }
}

static void check_axis(const struct sw_number_axis *axis, double low, double high, int most)
{
    double power = pow(10, floor(log10(axis->step) + 1e-9)), factor = axis->step / power;
    assert_true(fabs(factor - 1) < 1e-6 || fabs(factor - 2) < 1e-6 || fabs(factor - 5) < 1e-6);
    assert_true(axis->from <= low + axis->step * 1e-6 && axis->to >= high - axis->step * 1e-6);
    assert_true(axis->count >= 0 && axis->count <= most);
    for (int i = 0; i < axis->count; i++) {
        double tick = sw_number_axis_tick(axis, i);
        assert_true(tick >= axis->from - axis->step * 1e-6 && tick <= axis->to + axis->step * 1e-6);
        assert_float_equal(tick, nearbyint(tick / axis->step) * axis->step, fabs(tick) * 1e-12 + axis->step * 1e-9);
    }
}

/* Of any numbers, whichever end is given. */
static void test_any_numbers(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        double two[2];
        for (int k = 0; k < 2; k++) {
            seed = seed * 1664525 + 1013904223;
            double magnitude = pow(10, (double)(seed >> 24) / 256 * 16 - 6);
            seed = seed * 1664525 + 1013904223;
            two[k] = ((double)(seed >> 8) / (1 << 23) - 1) * magnitude;
        }
        int most = 2 + (int)(seed >> 16) % 12;
        struct sw_number_axis axis = sw_number_axis(two[0], two[1], (i & 1) != 0, (i & 2) != 0, most);
        check_axis(&axis, fmin(two[0], two[1]), fmax(two[0], two[1]), most);
    }
}

static void test_no_numbers(void **state)
{
    (void)state;
    struct sw_number_axis axis = sw_number_axis(NAN, INFINITY, true, true, 4);
    assert_true(axis.from < axis.to);
    check_axis(&axis, 0, 1, 4);
    axis = sw_number_axis(0, 0, true, true, 4);
    assert_true(axis.from < axis.to);
    axis = sw_number_axis(-2, 2, false, false, 5);
    assert_true(sw_number_axis_tick(&axis, 2) == 0 && !signbit(sw_number_axis_tick(&axis, 2)));
}

/* -- time -- */

static sw_instant at(int year, int month, int day, int hour)
{
    return sw_civil_instant(berlin, (struct sw_date){year, month, day}, hour * SW_HOUR);
}

static void expect_hours(sw_instant from, sw_instant to, struct sw_time_step step, const int *hours, size_t count)
{
    struct sw_time_tick ticks[64];
    assert_int_equal(sw_time_ticks(berlin, from, to, step, ticks, SW_COUNT(ticks)), count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(ticks[i].civil.hour, hours[i]);
        assert_int_equal(ticks[i].civil.minute, 0);
        assert_int_equal(ticks[i].midnight, hours[i] == 0);
        assert_true(i == 0 || ticks[i].at > ticks[i - 1].at);
    }
}

/* The clock goes on at 2:00 in March and back at 3:00 in October: ticks stay on its hours. */
static void test_clock_changes(void **state)
{
    (void)state;
    static const int six[] = {0, 6, 12, 18, 0}, spring[] = {0, 1, 3, 4}, autumn[] = {0, 1, 2, 3, 4};
    struct sw_time_step hours6 = {.micros = 6 * SW_HOUR}, hours1 = {.micros = SW_HOUR};
    expect_hours(at(2026, 3, 29, 0), at(2026, 3, 30, 0), hours6, six, 5);
    expect_hours(at(2026, 10, 25, 0), at(2026, 10, 26, 0), hours6, six, 5);
    expect_hours(at(2026, 11, 23, 0), at(2026, 11, 24, 0), hours6, six, 5);
    expect_hours(at(2026, 3, 29, 0), at(2026, 3, 29, 4), hours1, spring, 4);
    expect_hours(at(2026, 10, 25, 0), at(2026, 10, 25, 4), hours1, autumn, 5);
    assert_int_equal(at(2026, 3, 30, 0) - at(2026, 3, 29, 0), 23 * SW_HOUR);
}

static void test_days_and_months(void **state)
{
    (void)state;
    struct sw_time_tick ticks[64];
    size_t count = sw_time_ticks(berlin, at(2026, 10, 20, 13), at(2026, 10, 27, 13), (struct sw_time_step){.days = 1}, ticks, 64);
    assert_int_equal(count, 7);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(ticks[i].civil.date.day, 21 + (int)i);
        assert_true(ticks[i].midnight && ticks[i].civil.hour == 0);
    }
    count = sw_time_ticks(berlin, at(2026, 11, 1, 0), at(2026, 11, 30, 0), (struct sw_time_step){.days = 7}, ticks, 64);
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(ticks[i].civil.weekday, 1);
    }
    count = sw_time_ticks(berlin, at(2026, 1, 1, 0), at(2026, 12, 31, 0), (struct sw_time_step){.months = 3}, ticks, 64);
    assert_int_equal(count, 4);
    assert_int_equal(ticks[3].civil.date.month, 10);
    assert_int_equal(sw_time_ticks(berlin, at(2026, 1, 1, 0), at(2026, 12, 31, 0), (struct sw_time_step){.days = 1}, ticks, 3), 3);
    assert_int_equal(sw_time_ticks(berlin, at(2026, 1, 2, 0), at(2026, 1, 1, 0), (struct sw_time_step){.days = 1}, ticks, 3), 0);
}

/* Days before 1970 count from Mondays too; steps grow. */
static void test_steps(void **state)
{
    (void)state;
    struct sw_time_tick ticks[8];
    assert_int_equal(sw_time_ticks(NULL, -20 * 24 * SW_HOUR, 0, (struct sw_time_step){.days = 7}, ticks, 8), 3);
    assert_int_equal(ticks[0].civil.weekday, 1);
    for (size_t i = 0; i < SW_TIME_STEPS; i++) {
        struct sw_time_step step = sw_time_step_at(i);
        assert_true(sw_time_step_length(step) > 0);
        assert_true(i == 0 || sw_time_step_length(step) > sw_time_step_length(sw_time_step_at(i - 1)));
        assert_int_equal((step.micros > 0) + (step.days > 0) + (step.months > 0), 1);
        assert_true(step.micros == 0 || (24 * SW_HOUR) % step.micros == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nice_axes),     cmocka_unit_test(test_any_numbers),     cmocka_unit_test(test_no_numbers),
        cmocka_unit_test(test_clock_changes), cmocka_unit_test(test_days_and_months), cmocka_unit_test(test_steps),
    };
    berlin = sw_zone_rules_create("Europe/Berlin");
    if (berlin == NULL) {
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sw_zone_rules_destroy(berlin);
    return failed;
}
