/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "courier/said.h"

static void a_fault_that_lasts_is_said_once(void **state)
{
    struct sw_said said = {.now = 0};
    (void)state;
    assert_false(sw_said_end(&said));
    assert_true(sw_said_fault(&said, 1, "it answers 500", 0));
    for (int day = 1; day < 100; day++)
        assert_false(sw_said_fault(&said, 1, "it answers 502", day * 24 * SW_HOUR)); /* alike */
    assert_true(sw_said_end(&said));
    assert_false(sw_said_end(&said));
}

static void figures_and_quotations_make_no_difference(void **state)
{
    struct sw_said said = {.now = 0};
    (void)state;
    assert_true(sw_said_fault(&said, 1, "is no JSON, line 3, column 17", 0));
    assert_false(sw_said_fault(&said, 1, "is no JSON, line 12, column 4", 1));
    assert_true(sw_said_fault(&said, 1, "v: \"seven\" is no number", 2));
    assert_false(sw_said_fault(&said, 1, "v: \"eight\" is no number", 3));
    assert_true(sw_said_fault(&said, 2, "v: \"eight\" is no number", 4)); /* of another kind */
}

/* A server that is there and gone again, all day: its fault and its end in turn, but not at every attempt. */
static void one_that_comes_and_goes_is_said_seldom(void **state)
{
    struct sw_said said = {.now = 0};
    int begins = 0, ends = 0;
    (void)state;
    for (sw_tick now = 0; now < 6 * SW_HOUR; now += SW_MINUTE) {
        if (now / SW_MINUTE % 2 == 0)
            begins += sw_said_fault(&said, 1, "it cannot be reached", now);
        else
            ends += sw_said_end(&said);
    }
    assert_int_equal(begins, 36);
    assert_int_equal(ends, 36);
}

/* One that stays is said at last, though its like has been said a moment ago. */
static void one_that_is_back_for_good_is_said(void **state)
{
    struct sw_said said = {.now = 0};
    (void)state;
    assert_true(sw_said_fault(&said, 1, "it takes too long", 0));
    assert_true(sw_said_end(&said));
    assert_false(sw_said_fault(&said, 1, "it takes too long", SW_MINUTE));
    assert_false(sw_said_end(&said));
    assert_false(sw_said_fault(&said, 1, "it takes too long", 9 * SW_MINUTE));
    assert_true(sw_said_fault(&said, 1, "it takes too long", 11 * SW_MINUTE));
    assert_false(sw_said_fault(&said, 1, "it takes too long", 12 * SW_MINUTE));
}

static void more_faults_than_are_remembered(void **state)
{
    struct sw_said said = {.now = 0};
    char text[32];
    (void)state;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 2 * SW_SAID_KINDS; i++) {
            snprintf(text, sizeof text, "fault %c", 'a' + i);
            assert_true(sw_said_fault(&said, 1, text, round));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_that_lasts_is_said_once),        cmocka_unit_test(figures_and_quotations_make_no_difference),
        cmocka_unit_test(one_that_comes_and_goes_is_said_seldom), cmocka_unit_test(one_that_is_back_for_good_is_said),
        cmocka_unit_test(more_faults_than_are_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
