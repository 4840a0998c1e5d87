/* SPDX-License-Identifier: EUPL-1.2 */
/* The log of a condition's truth: what it answers of any instant, against a list that holds every instant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "stage/truth_log.h"

static void before_it_is_known_it_is_false(void **state)
{
    (void)state;
    struct sw_truth_log log = {.count = 0};
    assert_false(sw_truth_log_at(&log, 0));
    assert_false(sw_truth_log_note(&log, 5, false));
    assert_int_equal(log.count, 0);
    assert_true(sw_truth_log_note(&log, 7, true));
    assert_false(sw_truth_log_note(&log, 8, true));
    assert_int_equal(log.count, 1);
    assert_false(sw_truth_log_at(&log, 6));
    assert_true(sw_truth_log_at(&log, 7));
    assert_true(sw_truth_log_at(&log, INT64_MAX));
    assert_int_equal(sw_truth_log_next(&log, 6), 7);
    assert_int_equal(sw_truth_log_next(&log, 7), SW_NEVER);
    sw_truth_log_finish(&log);
}

static void no_instant_has_two_truths(void **state)
{
    (void)state;
    struct sw_truth_log log = {.count = 0};
    assert_true(sw_truth_log_note(&log, 7, true));
    assert_true(sw_truth_log_note(&log, 7, false));
    assert_int_equal(log.count, 0);
    assert_false(sw_truth_log_at(&log, 7));
    sw_truth_log_finish(&log);
}

static void a_clock_set_back_begins_again_from_there(void **state)
{
    (void)state;
    struct sw_truth_log log = {.count = 0};
    assert_true(sw_truth_log_note(&log, 10, true));
    assert_true(sw_truth_log_note(&log, 20, false));
    assert_true(sw_truth_log_note(&log, 30, true));
    assert_false(sw_truth_log_note(&log, 25, false));
    assert_int_equal(log.count, 2);
    assert_false(sw_truth_log_at(&log, 30));
    assert_true(sw_truth_log_at(&log, 19));
    sw_truth_log_finish(&log);
}

static void what_is_forgotten_held_ever_before(void **state)
{
    (void)state;
    struct sw_truth_log log = {.count = 0};
    for (int i = 1; i <= 5; i++)
        assert_true(sw_truth_log_note(&log, i * 10, i % 2 == 1));
    sw_truth_log_forget(&log, 35);
    assert_int_equal(log.count, 2);
    assert_true(sw_truth_log_at(&log, 0));
    assert_true(sw_truth_log_at(&log, 39));
    assert_false(sw_truth_log_at(&log, 40));
    assert_true(sw_truth_log_at(&log, 50));
    sw_truth_log_forget(&log, 35);
    assert_int_equal(log.count, 2);
    sw_truth_log_finish(&log);
}

static void it_is_bounded(void **state)
{
    (void)state;
    struct sw_truth_log log = {.count = 0};
    for (int i = 1; i <= SW_TRUTH_LOG_MAX + 1001; i++)
        assert_true(sw_truth_log_note(&log, i, i % 2 == 1));
    assert_int_equal(log.count, SW_TRUTH_LOG_MAX);
    for (int i = 1001; i <= SW_TRUTH_LOG_MAX + 1001; i++)
        assert_int_equal(sw_truth_log_at(&log, i), i % 2 == 1);
    sw_truth_log_finish(&log);
}

#define INSTANTS 300

static void as_a_plain_list(void **state)
{
    (void)state;
    srand(4);
    for (int round = 0; round < 200; round++) {
        struct sw_truth_log log = {.count = 0};
        bool truths[INSTANTS] = {false};
        int forgotten = 0;
        for (int now = rand() % 20; now < INSTANTS; now += rand() % 9) {
            bool holds = rand() % 2 == 0;
            bool changed = holds != truths[now];
            for (int i = now; i < INSTANTS; i++)
                truths[i] = holds;
            assert_int_equal(sw_truth_log_note(&log, now, holds), changed);
            if (rand() % 10 == 0) {
                forgotten = now;
                sw_truth_log_forget(&log, now);
            }
        }
        for (int i = forgotten; i < INSTANTS; i++) {
            int next = i + 1;
            while (next < INSTANTS && truths[next] == truths[i])
                next++;
            assert_int_equal(sw_truth_log_at(&log, i), truths[i]);
            assert_true(sw_truth_log_next(&log, i) == (next < INSTANTS ? next : SW_NEVER));
        }
        sw_truth_log_finish(&log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_it_is_known_it_is_false),
        cmocka_unit_test(no_instant_has_two_truths),
        cmocka_unit_test(a_clock_set_back_begins_again_from_there),
        cmocka_unit_test(what_is_forgotten_held_ever_before),
        cmocka_unit_test(it_is_bounded),
        cmocka_unit_test(as_a_plain_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
