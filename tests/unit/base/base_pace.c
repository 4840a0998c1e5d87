/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Each frame is woken a little late and takes its time; after an hour they are where they would be without. */
static void frames_do_not_drift(void **state)
{
    (void)state;
    struct sw_pace pace = {.origin = 1000};
    sw_tick now = 1000;
    for (int i = 0; i < 216000; i++) {
        sw_tick next = sw_pace_next(&pace);
        assert_true(next - sw_pace_frame(&pace) == 16666 || next - sw_pace_frame(&pace) == 16667);
        now = next + 40 + i % 900;
        sw_pace_begin(&pace, now, true);
        assert_true(sw_pace_frame(&pace) == next);
    }
    assert_true(sw_pace_frame(&pace) == 1000 + SW_HOUR);
}

/* At the very tick of a slot, at the last before the next, and any number of slots too late. */
static void a_late_frame_leaves_slots_out(void **state)
{
    (void)state;
    for (sw_tick late = 0; late < 200000; late += 1) {
        struct sw_pace pace = {.origin = 12345, .slot = 7};
        sw_tick now = sw_pace_next(&pace) + late;
        sw_pace_begin(&pace, now, true);
        assert_true(sw_pace_frame(&pace) <= now && sw_pace_next(&pace) > now);
        assert_true(pace.origin == 12345);
    }
}

static void after_a_rest_the_grid_begins_anew(void **state)
{
    (void)state;
    struct sw_pace pace = {.origin = 0};
    sw_pace_begin(&pace, 5 * SW_SECOND + 777, false);
    assert_true(sw_pace_frame(&pace) == 5 * SW_SECOND + 777);
    assert_true(sw_pace_next(&pace) == 5 * SW_SECOND + 777 + 16666);
    sw_pace_begin(&pace, 5 * SW_SECOND + 5000, false); /* an event soon afterwards */
    assert_true(sw_pace_frame(&pace) == 5 * SW_SECOND + 5000);
    sw_pace_begin(&pace, 5 * SW_SECOND + 4000, false); /* time never runs back */
    assert_true(sw_pace_frame(&pace) == 5 * SW_SECOND + 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_do_not_drift),
        cmocka_unit_test(a_late_frame_leaves_slots_out),
        cmocka_unit_test(after_a_rest_the_grid_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
