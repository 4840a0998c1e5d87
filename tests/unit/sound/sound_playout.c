/* SPDX-License-Identifier: EUPL-1.2 */
/* A device that asks unevenly plays evenly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "sound/playout.h"

#define BUFFER 960
#define EVERY (20 * SW_MS)
#define START (77 * SW_SECOND)
#define LATENCY (40 * SW_MS)

static void what_trembles_is_smoothed(void **state)
{
    struct sw_playout playout = {.known = false};
    unsigned seed = 3;
    sw_tick before = 0;
    (void)state;
    for (int i = 0; i < 5000; i++) {
        sw_tick now = START + i * EVERY + rand_r(&seed) % (10 * SW_MS);
        sw_tick first = sw_playout_step(&playout, now, LATENCY, BUFFER);
        if (i > 200) {
            assert_in_range(first - (START + i * EVERY + LATENCY), 3 * SW_MS, 7 * SW_MS); /* about the mean */
            assert_in_range(first - before, EVERY - SW_MS, EVERY + SW_MS);
        }
        before = first;
    }
}

static void a_device_with_another_clock_is_followed(void **state)
{
    static const int64_t every[] = {EVERY + 100, EVERY - 100, EVERY + 20, EVERY - 20}; /* 0.5 %, 0.1 % */
    (void)state;
    for (size_t k = 0; k < sizeof every / sizeof every[0]; k++) {
        struct sw_playout playout = {.known = false};
        for (int i = 0; i < 20000; i++) {
            sw_tick now = START + i * every[k], first = sw_playout_step(&playout, now, LATENCY, BUFFER);
            assert_true(llabs(first - now - LATENCY) < 4 * SW_MS);
        }
    }
}

static void after_a_pause_it_begins_anew(void **state)
{
    struct sw_playout playout = {.known = false};
    (void)state;
    for (int i = 0; i < 100; i++)
        (void)sw_playout_step(&playout, START + i * EVERY, LATENCY, BUFFER);
    assert_int_equal(sw_playout_step(&playout, START + 10 * SW_SECOND, LATENCY, BUFFER), START + 10 * SW_SECOND + LATENCY);
    assert_int_equal(sw_playout_step(&playout, START + 10 * SW_SECOND + EVERY, LATENCY, BUFFER), START + 10 * SW_SECOND + EVERY + LATENCY);
}

static void drivers_have_latencies(void **state)
{
    (void)state;
    assert_int_equal(sw_playout_latency("alsa", 960), 40 * SW_MS);
    assert_int_equal(sw_playout_latency("pulseaudio", 960), 20 * SW_MS);
    assert_int_equal(sw_playout_latency("disk", 960), 0);
    assert_int_equal(sw_playout_latency("something new", 480), 20 * SW_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_trembles_is_smoothed),
        cmocka_unit_test(a_device_with_another_clock_is_followed),
        cmocka_unit_test(after_a_pause_it_begins_anew),
        cmocka_unit_test(drivers_have_latencies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
