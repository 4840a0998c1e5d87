/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/must.h"
#include "follow/asking.h"

static void test_good(void **state)
{
    (void)state;
    static const struct {
        int64_t poll, max_age;
        bool quiet;
        double chance;
        int64_t expected;
    } rows[] = {
        {10 * SW_SECOND, -1, false, 0, 10 * SW_SECOND},
        {10 * SW_SECOND, -1, false, 1, 11 * SW_SECOND},
        {10 * SW_SECOND, -1, true, 0, 15 * SW_SECOND},
        {10 * SW_SECOND, 0, true, 0, 15 * SW_SECOND},
        {2 * SW_SECOND, -1, true, 0, 2 * SW_SECOND},
        {2 * SW_SECOND, 60, true, 0, 60 * SW_SECOND},
        {10 * SW_SECOND, 31536000, false, 0, 15 * SW_MINUTE},
        {SW_HOUR, 60, true, 0, SW_HOUR},
        {10 * SW_SECOND, INT64_MAX, false, 1, 990 * SW_SECOND},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_asking asking = {.poll = rows[i].poll, .failures = 4};
        assert_int_equal(sw_asking_good(&asking, rows[i].max_age, rows[i].quiet, rows[i].chance), rows[i].expected);
        assert_int_equal(asking.failures, 0);
    }
}

static void test_failed(void **state)
{
    (void)state;
    static const struct {
        int64_t poll, waits[8]; /* seconds */
    } rows[] = {
        {10, {10, 30, 60, 120, 240, 480, 900, 900}},
        {2, {2, 30, 60, 120, 240, 480, 900, 900}},
        {3600, {30, 30, 60, 120, 240, 480, 900, 900}},
        {0, {30, 60, 120, 240, 480, 900, 900, 900}},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_asking asking = {.poll = rows[i].poll * SW_SECOND};
        for (size_t k = 0; k < SW_COUNT(rows[i].waits); k++)
            assert_int_equal(sw_asking_failed(&asking, -1, 0), rows[i].waits[k] * SW_SECOND);
        assert_int_equal(sw_asking_failed(&asking, -1, 1), 1125 * SW_SECOND);
        assert_int_equal(sw_asking_failed(&asking, 3600, 0), SW_HOUR);
        assert_int_equal(sw_asking_failed(&asking, 5, 0), 900 * SW_SECOND);
        assert_int_equal(sw_asking_failed(&asking, INT64_MAX, 0), 6 * SW_HOUR);
    }
}

/* A server that was away for a moment costs one interval, each time; what it says itself counts from the first time on. */
static void test_failed_once(void **state)
{
    (void)state;
    struct sw_asking asking = {.poll = 10 * SW_SECOND};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sw_asking_failed(&asking, -1, 1), 12500 * SW_MS);
        assert_int_equal(sw_asking_good(&asking, -1, false, 0), 10 * SW_SECOND);
    }
    assert_int_equal(sw_asking_failed(&asking, 120, 0), 120 * SW_SECOND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_good), cmocka_unit_test(test_failed), cmocka_unit_test(test_failed_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
