/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/must.h"
#include "courier/poll.h"
#include "host/address.h"

#define MIDDLE 0.5 /* no jitter */

static int64_t once(enum sw_poll_outcome outcome, int64_t every, int64_t max_age, int64_t retry_after)
{
    struct sw_poll poll = {0};
    return sw_poll_wait(&poll, outcome, every, SW_LEAST_USUAL, max_age, retry_after, MIDDLE);
}

static void test_waits(void **state)
{
    (void)state;
    static const struct {
        enum sw_poll_outcome outcome;
        int64_t every_s, max_age, retry_after, wait_s;
    } cases[] = {
        {SW_POLL_GOOD, 300, -1, -1, 300},
        {SW_POLL_GOOD, 1, -1, -1, 5},           /* the floor */
        {SW_POLL_GOOD, 300, 900, -1, 900},      /* the server's own pace */
        {SW_POLL_GOOD, 300, 60, -1, 300},
        {SW_POLL_GOOD, 300, 99999999, -1, 21600},
        {SW_POLL_BUSY, 300, -1, 120, 120},
        {SW_POLL_BUSY, 300, -1, 0, 15},
        {SW_POLL_BUSY, 300, -1, -1000, 15},     /* a past date */
        {SW_POLL_BUSY, 300, -1, 9999999, 21600},
        {SW_POLL_UNREACHED, 300, -1, -1, 15},
        {SW_POLL_DENIED, 300, -1, -1, 1800},
        {SW_POLL_DENIED, 7200, -1, -1, 7200},
        {SW_POLL_REFUSED, 300, -1, -1, 900},
        {SW_POLL_FORBIDDEN, 300, -1, -1, 900},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        int64_t wait = once(cases[i].outcome, cases[i].every_s * SW_SECOND, cases[i].max_age, cases[i].retry_after);
        if (wait != cases[i].wait_s * SW_SECOND)
            fail_msg("case %zu: %lld s", i, (long long)(wait / SW_SECOND));
    }
}

static void test_the_floor_is_the_hosts(void **state)
{
    (void)state;
    struct sw_poll poll = {0};
    assert_int_equal(sw_poll_wait(&poll, SW_POLL_GOOD, SW_SECOND, SW_LEAST_ALLOWED, -1, -1, MIDDLE), SW_SECOND);
    assert_int_equal(sw_poll_wait(&poll, SW_POLL_GOOD, SW_SECOND, 2 * SW_SECOND, -1, -1, 0), 2 * SW_SECOND);
    assert_int_equal(sw_poll_wait(&poll, SW_POLL_GOOD, SW_SECOND, SW_SECOND, 60, -1, MIDDLE), 60 * SW_SECOND);
    assert_int_equal(sw_poll_wait(&poll, SW_POLL_UNREACHED, SW_SECOND, SW_SECOND, -1, -1, MIDDLE), 15 * SW_SECOND);
}

static void test_a_storm_backs_off_and_ends(void **state)
{
    (void)state;
    static const int64_t expected[] = {15, 30, 60, 120, 240, 300, 300};
    struct sw_poll poll = {0};
    for (size_t i = 0; i < SW_COUNT(expected); i++)
        assert_int_equal(sw_poll_wait(&poll, SW_POLL_UNREACHED, 300 * SW_SECOND, SW_LEAST_USUAL, -1, -1, MIDDLE), expected[i] * SW_SECOND);
    assert_int_equal(sw_poll_wait(&poll, SW_POLL_GOOD, 300 * SW_SECOND, SW_LEAST_USUAL, -1, -1, MIDDLE), 300 * SW_SECOND);
    assert_int_equal(sw_poll_wait(&poll, SW_POLL_UNREACHED, 300 * SW_SECOND, SW_LEAST_USUAL, -1, -1, MIDDLE), 15 * SW_SECOND);
    for (int i = 0; i < 5000; i++)
        assert_true(sw_poll_wait(&poll, SW_POLL_UNREACHED, 10 * SW_SECOND, SW_LEAST_USUAL, -1, -1, 1) <= 66 * SW_SECOND);
}

static void test_jitter_spreads_but_never_hurries(void **state)
{
    (void)state;
    struct sw_poll poll = {0};
    assert_int_equal(sw_poll_wait(&poll, SW_POLL_GOOD, 100 * SW_SECOND, SW_LEAST_USUAL, -1, -1, 0), 90 * SW_SECOND);
    assert_int_equal(sw_poll_wait(&poll, SW_POLL_GOOD, 100 * SW_SECOND, SW_LEAST_USUAL, -1, -1, 1), 110 * SW_SECOND);
    for (double chance = 0; chance <= 1; chance += 0.125) {
        assert_true(sw_poll_wait(&poll, SW_POLL_GOOD, 10 * SW_SECOND, SW_LEAST_USUAL, 100, -1, chance) >= 100 * SW_SECOND);
        assert_true(sw_poll_wait(&poll, SW_POLL_BUSY, 10 * SW_SECOND, SW_LEAST_USUAL, -1, 3600, chance) >= 3600 * SW_SECOND);
    }
}

static void test_statuses(void **state)
{
    (void)state;
    assert_int_equal(sw_poll_outcome_of(204), SW_POLL_UNREACHED);
    assert_int_equal(sw_poll_outcome_of(301), SW_POLL_UNREACHED);
    assert_int_equal(sw_poll_outcome_of(401), SW_POLL_DENIED);
    assert_int_equal(sw_poll_outcome_of(404), SW_POLL_REFUSED);
    assert_int_equal(sw_poll_outcome_of(429), SW_POLL_BUSY);
    assert_int_equal(sw_poll_outcome_of(500), SW_POLL_UNREACHED);
    assert_int_equal(sw_poll_outcome_of(503), SW_POLL_BUSY);
    assert_int_equal(sw_poll_outcome_of(0), SW_POLL_UNREACHED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_waits),
        cmocka_unit_test(test_the_floor_is_the_hosts),
        cmocka_unit_test(test_a_storm_backs_off_and_ends),
        cmocka_unit_test(test_jitter_spreads_but_never_hurries),
        cmocka_unit_test(test_statuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
