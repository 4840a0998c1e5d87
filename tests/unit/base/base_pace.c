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

/* A display of `period` nanoseconds that takes a frame at each of its own beats; drawing takes `work` microseconds. Returns how many beats
 * of the last thousand frames had none of their own; *latest: how long after a beat the next frame begins at most, then. */
static int play_on(int64_t period, int display_hz, sw_tick work, sw_tick *latest)
{
    struct sw_pace pace = {.origin = 0};
    sw_tick now = 3210, shown = 0, before = -1;
    int64_t beat_before = -1;
    int missed = 0;
    *latest = 0;
    for (int i = 0; i < 20000; i++) {
        sw_tick slot = sw_pace_next(&pace);
        now = now < slot ? slot : now; /* as the loop sleeps */
        sw_pace_begin(&pace, now, true);
        assert_true(sw_pace_frame(&pace) > before); /* what moves never stands or runs back */
        before = sw_pace_frame(&pace);
        int64_t beat = (now + work) * 1000 / period + 1;
        sw_tick late = now - shown;
        shown = beat * period / 1000;
        sw_pace_follow(&pace, display_hz, now, shown);
        now = shown;
        if (i >= 19000) {
            missed += (int)(beat - beat_before) - 1;
            *latest = late > *latest ? late : *latest;
        }
        beat_before = beat;
    }
    return missed;
}

static void the_grid_follows_the_display(void **state)
{
    (void)state;
    static const struct {
        int64_t period; /* ns; none is what it says to the last */
        int hz;         /* as the display says it */
        sw_tick work;
        int missed; /* of 1000 frames' beats: a display of 120 Hz has two a frame */
    } rows[] = {
        {16683350, 60, 3000, 0}, /* 59.94 */
        {16667000, 60, 3000, 0}, {16650000, 60, 3000, 0}, {16600000, 60, 10000, 0}, {19998000, 50, 3000, 0}, {33331000, 30, 9000, 0},
        {33366700, 30, 9000, 0}, {13334000, 75, 3000, 0}, {8333333, 120, 2000, 1000}, {6944444, 144, 2000, 1000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sw_tick latest = 0;
        int missed = play_on(rows[i].period, rows[i].hz, rows[i].work, &latest);
        if (missed < rows[i].missed - 1 || missed > rows[i].missed + 1)
            fail_msg("period %d ns: %d beats without a frame", (int)rows[i].period, missed);
        if (rows[i].missed == 0 && latest > 1000)
            fail_msg("period %d ns: a frame begins %d us after the beat", (int)rows[i].period, (int)latest);
    }
}

static void what_has_not_waited_is_not_followed(void **state)
{
    (void)state;
    struct sw_pace pace = {.origin = 0, .slot = 3}, before = pace;
    sw_pace_follow(&pace, 60, 50000, 51900); /* drawn and gone: there is no vertical sync */
    sw_pace_follow(&pace, 0, 50000, 66000);
    assert_true(pace.origin == before.origin && pace.slot == before.slot && pace.hz == before.hz);
    sw_pace_follow(&pace, 50, 50000, 66000);
    assert_int_equal(pace.hz, 50);
    assert_true(sw_pace_frame(&pace) >= sw_pace_frame(&before) - 2500 && sw_pace_frame(&pace) <= sw_pace_frame(&before) + 2500);
    sw_pace_begin(&pace, SW_SECOND, false);
    assert_int_equal(pace.hz, 50); /* after a rest too */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_do_not_drift),
        cmocka_unit_test(a_late_frame_leaves_slots_out),
        cmocka_unit_test(after_a_rest_the_grid_begins_anew),
        cmocka_unit_test(the_grid_follows_the_display),
        cmocka_unit_test(what_has_not_waited_is_not_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
