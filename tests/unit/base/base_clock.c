/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"

#define DAY (24 * SW_HOUR)
#define YEAR (365 * DAY)
#define START (3 * SW_HOUR) /* ticks begin when the machine does */

static void the_build_is_past(void **state)
{
    (void)state;
    assert_true(sw_built() > 1795000000 * SW_SECOND - YEAR);
    assert_true(sw_built() % DAY == 0);
}

/* What the machine's clock says `after` the start, what it is then, and what is thought of it. `stated`: by something signed, half way. */
static void clocks(void **state)
{
    (void)state;
    const sw_instant built = sw_built();
    const struct {
        const char *what;
        int64_t after;
        sw_instant machine, stated, is;
        enum sw_clock_doubt doubt;
    } cases[] = {
        {"right", SW_HOUR, built + DAY, 0, built + DAY, SW_CLOCK_FINE},
        {"not set", SW_HOUR, 0, 0, built + SW_HOUR, SW_CLOCK_BEHIND},
        {"50 years behind", 10 * DAY, built - 50 * YEAR, 0, built + 10 * DAY, SW_CLOCK_BEHIND},
        {"50 years ahead", SW_HOUR, built + 50 * YEAR, 0, built + 50 * YEAR, SW_CLOCK_FAR_AHEAD},
        {"set right while it runs", 5 * DAY, built + 5 * DAY, 0, built + 5 * DAY, SW_CLOCK_FINE},
        {"just behind", SW_HOUR, built + SW_HOUR - 1, 0, built + SW_HOUR, SW_CLOCK_BEHIND},
        {"nine years on a shelf", SW_HOUR, built + 9 * YEAR, 0, built + 9 * YEAR, SW_CLOCK_FINE},
        {"right, and something stated", 2 * SW_HOUR, built + 40 * DAY, built + 39 * DAY, built + 40 * DAY, SW_CLOCK_FINE},
        {"behind what was stated", 2 * SW_HOUR, built + 3 * DAY, built + 40 * DAY, built + 40 * DAY + SW_HOUR, SW_CLOCK_BEHIND},
        {"behind all", 2 * SW_HOUR, 0, built + 40 * DAY, built + 40 * DAY + SW_HOUR, SW_CLOCK_BEHIND},
        {"something old stated", 2 * SW_HOUR, 0, built - YEAR, built + 2 * SW_HOUR, SW_CLOCK_BEHIND},
        {"ahead of what was stated", 2 * SW_HOUR, built + 15 * YEAR, built + 14 * YEAR, built + 15 * YEAR, SW_CLOCK_FINE},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_clock clock;
        sw_clock_init(&clock, START);
        sw_clock_trust(&clock, cases[i].stated, START + cases[i].after / 2);
        sw_tick tick = START + cases[i].after;
        if (sw_clock_at(&clock, tick, cases[i].machine) != cases[i].is || sw_clock_doubt(&clock, tick, cases[i].machine) != cases[i].doubt)
            fail_msg("%s: %.1f days off, doubt %d", cases[i].what,
                     (double)(sw_clock_at(&clock, tick, cases[i].machine) - cases[i].is) / (double)DAY,
                     (int)sw_clock_doubt(&clock, tick, cases[i].machine));
    }
}

/* A clock that is set this way and that never brings anything back before what was known. */
static void it_never_goes_back_behind_what_is_known(void **state)
{
    (void)state;
    const sw_instant built = sw_built(), machines[] = {0, built + 50 * YEAR, built + DAY, built - 50 * YEAR, built + 2 * DAY};
    struct sw_clock clock;
    sw_clock_init(&clock, START);
    sw_clock_trust(&clock, built + DAY, START);
    for (int i = 0; i < 500; i++) {
        sw_tick tick = START + i * SW_MINUTE;
        sw_instant machine = machines[i % SW_COUNT(machines)], now = sw_clock_at(&clock, tick, machine);
        assert_true(now >= built + DAY + i * SW_MINUTE && now >= machine);
    }
}

static void one_that_is_fixed_has_no_doubts(void **state)
{
    (void)state;
    const sw_instant built = sw_built();
    struct sw_clock clock;
    sw_clock_init(&clock, START);
    sw_clock_fix(&clock, built - 50 * YEAR, START);
    sw_clock_trust(&clock, built + YEAR, START + SW_HOUR);
    assert_true(sw_clock_at(&clock, START + DAY, built) == built - 50 * YEAR + DAY);
    assert_int_equal(sw_clock_doubt(&clock, START + DAY, 0), SW_CLOCK_FINE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_build_is_past),
        cmocka_unit_test(clocks),
        cmocka_unit_test(it_never_goes_back_behind_what_is_known),
        cmocka_unit_test(one_that_is_fixed_has_no_doubts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
