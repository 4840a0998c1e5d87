/* SPDX-License-Identifier: EUPL-1.2 */
/* Durations as text, and the two clocks. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/tick.h"

static void durations_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t expected;
    } cases[] = {
        {"20s", 20 * SW_SECOND}, {"1m30s", 90 * SW_SECOND}, {"500ms", 500 * SW_MS}, {"2h", 2 * SW_HOUR}, {"1d", 24 * SW_HOUR},
        {"0s", 0}, {"1d2h3m4s5ms", 93784 * SW_SECOND + 5 * SW_MS}, {"90m", 90 * SW_MINUTE}, {"366d", 366 * 24 * SW_HOUR},
        {"007s", 7 * SW_SECOND}, {"1s1ms", 1001 * SW_MS}, {"1m1ms", SW_MINUTE + SW_MS}, {"31622400s", 366 * 24 * SW_HOUR},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        int64_t duration = -1;
        if (!sw_duration_parse(cases[i].text, &duration) || duration != cases[i].expected) {
            fail_msg("%s: %lld", cases[i].text, (long long)duration);
        }
    }
}

static void what_is_no_duration_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "s", "20", "20 s", " 20s", "20s ", "-1s", "+1s", "1.5s", "1,5s", "20S", "20sec", "1s2s", "1s1m", "1ms1s", "1m1m", "1w", "1us",
        "1mms", "1sm", "367d", "366d1ms", "31622401s", "99999999999999999999s", "9223372036854775807ms", "1h2", "h1", "1d-1s", "0x1s",
    };
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        int64_t duration = 4711;
        if (sw_duration_parse(bad[i], &duration) || duration != 4711) {
            fail_msg("\"%s\" is taken", bad[i]);
        }
    }
    int64_t duration = 4711;
    assert_false(sw_duration_parse(NULL, &duration));
}

static void durations_are_written(void **state)
{
    (void)state;
    static const struct {
        int64_t duration;
        const char *expected;
    } cases[] = {
        {SW_SECOND, "1s"}, {90 * SW_SECOND, "1m30s"}, {SW_HOUR, "1h"}, {500 * SW_MS, "500ms"},
        {93784 * SW_SECOND + 5 * SW_MS, "1d2h3m4s5ms"},
        {0, "0s"}, {999, "0s"}, {-5 * SW_SECOND, "0s"}, {1500 * SW_MS, "1s500ms"},
    };
    char text[32], little[4];
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        assert_string_equal(sw_duration_text(cases[i].duration, text, sizeof text), cases[i].expected);
    }
    assert_string_equal(sw_duration_text(93784 * SW_SECOND, little, sizeof little), "1d2");
    assert_string_equal(sw_duration_text(SW_NEVER, text, 1), "");
}

static void clocks_run(void **state)
{
    (void)state;
    sw_tick first = sw_tick_now();
    assert_true(sw_tick_now() >= first);
    assert_true(sw_instant_now() > 1700000000 * SW_SECOND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_read),
        cmocka_unit_test(what_is_no_duration_is_refused),
        cmocka_unit_test(durations_are_written),
        cmocka_unit_test(clocks_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
