/* SPDX-License-Identifier: EUPL-1.2 */
/* Times of pictures from timestamps as decoders give them: even ones stay even, rounds follow each other, lies do no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "worker/video/times.h"

#define UNKNOWN SW_TIME_UNKNOWN
#define PICTURES 8

static const struct sw_track even = {.rate = 30, .rate_scale = 1, .length = 200000};
static const struct sw_track uneven = {.length = 1000000};

static const struct {
    const char *name;
    const struct sw_track *track;
    bool loop, from_start;
    int64_t timestamps[PICTURES], times[PICTURES], end;
} cases[] = {
    {"milliseconds are put right", &even, false, true, {0, 33000, 67000, 100000}, {0, 33333, 66666, 100000}, 133333},
    {"a first one that is late", &even, false, true, {66666, 33333, 66666, 100000}, {0, 33333, 66666, 100000}, 133333},
    {"one that is missing", &even, false, true, {0, 33333, 100000, 133333}, {0, 33333, 100000, 133333}, 166666},
    {"a file that begins later", &even, false, true, {1400000, 1433333, 1466667}, {0, 33333, 66666}, 100000},
    {"none at all", &even, false, true, {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}, {0, 33333, 66666, 100000}, 133333},
    {"none, and no rate", &uneven, false, true, {UNKNOWN, UNKNOWN, UNKNOWN}, {0, 40000, 80000}, 120000},
    {"an uneven clip", &uneven, false, true, {0, 100000, 150000, 400000}, {0, 100000, 150000, 400000}, 650000},
    {"two rounds", &even, true, true, {0, 33333, 66667, 166667, 0, 33333}, {0, 33333, 66666, 166666, 200000, 233333}, 266666},
    {"a late one in each", &even, true, true, {66666, 33333, 166667, 66666, 33333}, {0, 33333, 166666, 200000, 233333}, 266666},
    {"from the midst", &even, false, false, {1000000, 1033000, 1067000}, {1000000, 1033333, 1066666}, 1100000},
    {"from the first, sought", &even, false, false, {66666, 66666, 100000}, {66666, 66667, 100000}, 133333},
    {"far forward", &even, false, true, {0, 90000000, 90033333}, {0, 33333, 66666}, 100000},
    {"far back", &even, false, true, {0, 33333, -90000000, -89966666}, {0, 33333, 66666, 100000}, 133333},
};

static void times(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_times one;
        sw_times_init(&one, cases[i].track, cases[i].loop, cases[i].from_start);
        for (size_t k = 0; k < PICTURES && (k == 0 || cases[i].times[k] != 0); k++) {
            int64_t time = sw_times_next(&one, cases[i].timestamps[k]);
            if (time != cases[i].times[k])
                fail_msg("%s: picture %zu at %lld instead of %lld", cases[i].name, k, (long long)time, (long long)cases[i].times[k]);
        }
        if (sw_times_end(&one) != cases[i].end)
            fail_msg("%s: ends at %lld", cases[i].name, (long long)sw_times_end(&one));
    }
}

/* An hour at 29.97 a second, round and round: no microsecond is lost on the way. */
static void no_drift(void **state)
{
    const struct sw_track track = {.rate = 30000, .rate_scale = 1001, .length = 10010000};
    struct sw_times one;
    int64_t last = -1;
    (void)state;
    sw_times_init(&one, &track, true, true);
    for (int64_t picture = 0; picture < 108000; picture++) {
        int64_t time = sw_times_next(&one, picture % 300 * 1001 / 30 * 1000); /* milliseconds */
        assert_true(time > last);
        assert_int_equal(time, picture / 300 * 10010000 + picture % 300 * 1001 * SW_SECOND / 30000);
        last = time;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(times), cmocka_unit_test(no_drift)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
