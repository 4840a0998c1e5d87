/* SPDX-License-Identifier: EUPL-1.2 */
/* Clips as the main thread sees them, played by workers that do what they ought to: which picture is on when, and for how long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "theatre.h"

static int shown(const struct sw_frame *frame) { return frame->bitmap->pixels[0]; }

static void a_clip_is_made_ready_and_plays(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    struct sw_clip clip;
    theatre_open(&theatre, NULL);
    assert_int_equal(theatre_ask(&theatre, 7, 0, false, &frame), SW_ASSET_PENDING);
    assert_int_equal(sw_programme_pending(theatre.programme), 1);
    struct fake *fake = theatre_play(&theatre, 7, 0, false);
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip.mp4", &clip), SW_ASSET_READY);
    assert_true(clip.width == 64 && clip.height == 48 && clip.length == 10 * SW_SECOND && clip.sounds);
    for (int i = 0; i < fake->count; i++)
        fake_frame(fake, i, i * PERIOD);
    theatre.woken = false;
    theatre_step(&theatre);
    assert_true(theatre.woken);
    assert_int_equal(theatre_ask(&theatre, 7, 0, false, &frame), SW_ASSET_READY);
    assert_int_equal(sw_programme_pending(theatre.programme), 0);
    assert_true(shown(&frame) == 0 && frame.next == SW_NEVER && frame.bitmap->width == 64 && frame.bitmap->format == SW_PIXELS_I420);
    theatre_pass(&theatre, SW_SECOND); /* it stands, however long that takes */
    assert_int_equal(theatre_ask(&theatre, 7, 0, false, &frame), SW_ASSET_READY);
    assert_int_equal(shown(&frame), 0);
    sw_tick since = theatre.now;
    for (int i = 0; i < 30; i++) {
        theatre.now = since + i * PERIOD;
        assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_READY);
        assert_int_equal(shown(&frame), i);
        assert_true(frame.next == theatre.now + PERIOD);
        theatre_step(&theatre);
        while (fake_has_order(fake)) {
            struct sw_video_order order = fake_hear(fake);
            if (order.op == SW_VIDEO_FREE)
                fake_frame(fake, (int)order.slot, (fake->number) * PERIOD);
        }
        fake_alive(fake);
        theatre_step(&theatre);
    }
    struct sw_cinema_report report;
    sw_programme_describe(theatre.programme, &report);
    assert_int_equal(report.count, 1);
    assert_string_equal(report.clips[0].state, "playing");
    assert_int_equal(report.clips[0].tally.shown, 29); /* the first was on before */
    assert_true(report.clips[0].tally.dropped == 0 && report.clips[0].tally.late == 0 && report.clips[0].tally.repeated == 0);
    assert_true(sw_tally_deviation(&report.clips[0].tally) < 0.001);
    assert_int_equal(report.clips[0].tally.intervals[9], 28); /* 38 to 42 ms */
    theatre_close(&theatre);
}

static void late_and_early_pictures(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    struct sw_cinema_report report;
    theatre_open(&theatre, NULL);
    struct fake *fake = theatre_play(&theatre, 7, theatre.now, true);
    sw_tick since = theatre.now;
    fake_frame(fake, 0, 0);
    theatre_step(&theatre);
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_READY);
    assert_true(frame.next == since + PERIOD); /* none waits, but one is expected */
    theatre.now = since + PERIOD;
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_READY);
    assert_true(shown(&frame) == 0 && frame.next == SW_NEVER); /* it has not come: whatever does wakes */
    theatre.now = since + 2 * PERIOD + SW_MS;
    theatre_ask(&theatre, 7, since, true, &frame);
    theatre.woken = false;
    fake_frame(fake, 1, PERIOD);
    fake_frame(fake, 2, 2 * PERIOD);
    fake_frame(fake, 3, 3 * PERIOD);
    theatre_step(&theatre);
    assert_true(theatre.woken);
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_READY);
    assert_true(shown(&frame) == 2 && frame.next == since + 3 * PERIOD); /* the newest that is due */
    fake_frame(fake, 4, 7 * PERIOD); /* three were left out */
    fake->number += 2;
    fake_frame(fake, 5, 8 * PERIOD);
    theatre_step(&theatre);
    theatre.now = since + 8 * PERIOD;
    theatre_ask(&theatre, 7, since, true, &frame);
    assert_int_equal(shown(&frame), 8);
    sw_programme_describe(theatre.programme, &report);
    const struct sw_tally *tally = &report.clips[0].tally;
    assert_int_equal(tally->shown, 3);
    assert_int_equal(tally->late, 2);
    assert_int_equal(tally->dropped, 1 + 2 + 2); /* skipped: 1; 3 and 7; left out by the worker: two */
    theatre_close(&theatre);
}

static void one_that_is_due_in_a_moment_is_on(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    theatre_open(&theatre, NULL);
    struct fake *fake = theatre_play(&theatre, 7, theatre.now, true);
    sw_tick since = theatre.now;
    fake_frame(fake, 0, 0);
    fake_frame(fake, 1, PERIOD + 500);
    fake_frame(fake, 2, 2 * PERIOD + 1500);
    theatre_step(&theatre);
    theatre_ask(&theatre, 7, since, true, &frame);
    theatre.now = since + PERIOD;
    theatre_ask(&theatre, 7, since, true, &frame);
    assert_int_equal(shown(&frame), 1);
    theatre.now = since + 2 * PERIOD;
    theatre_ask(&theatre, 7, since, true, &frame);
    assert_true(shown(&frame) == 1 && frame.next == since + 2 * PERIOD + 1500);
    theatre_close(&theatre);
}

static void slots_come_back_when_nobody_holds_them(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    theatre_open(&theatre, NULL);
    struct fake *fake = theatre_play(&theatre, 7, theatre.now, true);
    sw_tick since = theatre.now;
    for (int i = 0; i < fake->count; i++)
        fake_frame(fake, i, i * PERIOD);
    theatre_step(&theatre);
    theatre_ask(&theatre, 7, since, true, &frame);
    struct sw_bitmap *list = sw_bitmap_hold(frame.bitmap);
    theatre.now += 3 * PERIOD;
    theatre_ask(&theatre, 7, since, true, &frame);
    theatre_step(&theatre);
    assert_int_equal(shown(&frame), 3);
    assert_int_equal(fake_hear(fake).slot, 1);
    assert_int_equal(fake_hear(fake).slot, 2);
    assert_false(fake_has_order(fake)); /* 0 is on the wall */
    sw_bitmap_release(list);
    theatre_step(&theatre);
    struct sw_video_order order = fake_hear(fake);
    assert_true(order.op == SW_VIDEO_FREE && order.slot == 0 && order.format == 1);
    /* and outlive all of it */
    list = sw_bitmap_hold(frame.bitmap);
    theatre_close(&theatre);
    assert_int_equal(list->pixels[0], 3);
    sw_bitmap_release(list);
}

static void a_clip_changes_its_size(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    theatre_open(&theatre, NULL);
    struct fake *fake = theatre_play(&theatre, 7, theatre.now, true);
    sw_tick since = theatre.now;
    fake_frame(fake, 0, 0);
    fake_frame(fake, 1, PERIOD);
    fake_format(fake, 320, 240);
    theatre_step(&theatre);
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_READY);
    fake_await(fake, SW_VIDEO_SLOTS);
    fake_frame(fake, 0, 2 * PERIOD);
    fake_frame(fake, 1, 3 * PERIOD);
    theatre.now += PERIOD;
    theatre_step(&theatre);
    theatre_ask(&theatre, 7, since, true, &frame);
    assert_true(shown(&frame) == 1 && frame.bitmap->width == 64);
    theatre.now += PERIOD;
    theatre_ask(&theatre, 7, since, true, &frame);
    assert_true(shown(&frame) == 2 && frame.bitmap->width == 320 && frame.bitmap->height == 240);
    theatre_step(&theatre);
    assert_false(fake_has_order(fake)); /* slots of before need no FREE */
    theatre_close(&theatre);
}

static void a_clip_is_sought(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    theatre_open(&theatre, NULL);
    struct fake *fake = theatre_play(&theatre, 7, theatre.now, true);
    sw_tick since = theatre.now;
    fake_frame(fake, 0, 0);
    fake_frame(fake, 1, PERIOD);
    theatre_step(&theatre);
    theatre_ask(&theatre, 7, since, true, &frame);
    theatre_ask(&theatre, 7, since - 5 * SW_SECOND, true, &frame); /* five seconds on */
    assert_int_equal(shown(&frame), 0);
    theatre_step(&theatre);
    fake_frame(fake, 2, 2 * PERIOD); /* it has not heard of that yet */
    struct sw_video_order order = fake_await(fake, SW_VIDEO_STEER);
    assert_true(order.jump == 1 && order.position == 5 * SW_SECOND && order.running == 1);
    theatre_step(&theatre);
    theatre_ask(&theatre, 7, since - 5 * SW_SECOND, true, &frame);
    assert_int_equal(shown(&frame), 0);
    fake_frame(fake, 3, 5 * SW_SECOND - PERIOD);
    theatre_step(&theatre);
    theatre_ask(&theatre, 7, since - 5 * SW_SECOND, true, &frame);
    assert_int_equal(shown(&frame), 124);
    /* a little off is made up for on the way */
    theatre_ask(&theatre, 7, since - 5 * SW_SECOND - 100 * SW_MS, true, &frame);
    theatre_step(&theatre);
    order = fake_await(fake, SW_VIDEO_STEER);
    assert_true(order.jump == 1 && order.position == 5 * SW_SECOND + 100 * SW_MS);
    /* and a pause stands where it was told to */
    theatre_ask(&theatre, 7, 5 * SW_SECOND + 100 * SW_MS, false, &frame);
    theatre_step(&theatre);
    order = fake_await(fake, SW_VIDEO_STEER);
    assert_true(order.jump == 1 && order.running == 0 && order.position == 5 * SW_SECOND + 100 * SW_MS);
    theatre_close(&theatre);
}

static void one_that_has_ended_stays_and_frees_its_worker(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    struct sw_cue cue = {.key = 7, .running = true};
    theatre_open(&theatre, NULL);
    theatre_ask_cue(&theatre, cue, &frame);
    theatre_step(&theatre);
    struct fake *fake = theatre_worker(&theatre);
    fake_await(fake, SW_VIDEO_OPEN);
    fake_info(fake, 64, 48, 2 * PERIOD);
    fake_format(fake, 64, 48);
    theatre_step(&theatre);
    fake_await(fake, SW_VIDEO_SLOTS);
    fake_frame(fake, 0, 0);
    fake_frame(fake, 1, PERIOD);
    fake_say(fake, (struct sw_video_word){.said = SW_VIDEO_ENDED, .clip = fake->clip, .position = 2 * PERIOD});
    theatre_step(&theatre);
    theatre_ask_cue(&theatre, cue, &frame);
    assert_int_equal(shown(&frame), 0);
    while (fake_has_order(fake)) /* there may be sound to come */
        assert_int_not_equal(fake_hear(fake).op, SW_VIDEO_STOP);
    theatre.now += PERIOD;
    cue.position = PERIOD;
    theatre_ask_cue(&theatre, cue, &frame);
    assert_true(shown(&frame) == 1 && frame.next == SW_NEVER);
    theatre.now += PERIOD;
    theatre_step(&theatre);
    fake_await(fake, SW_VIDEO_STOP);
    theatre_pass(&theatre, SW_MINUTE);
    cue = (struct sw_cue){.key = 7, .position = 2 * PERIOD};
    assert_int_equal(theatre_ask_cue(&theatre, cue, &frame), SW_ASSET_READY);
    theatre_pass(&theatre, SW_SECOND);
    assert_int_equal(theatre_ask_cue(&theatre, cue, &frame), SW_ASSET_READY);
    assert_int_equal(shown(&frame), 1);
    /* back to the beginning: somebody plays it again */
    cue.position = 0;
    cue.tick = theatre.now;
    theatre_ask_cue(&theatre, (struct sw_cue){.key = 7, .position = 0, .running = true}, &frame);
    theatre_step(&theatre);
    fake_await(theatre_worker(&theatre), SW_VIDEO_OPEN);
    theatre_close(&theatre);
}

static void who_is_not_asked_for_goes(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    theatre_open(&theatre, NULL);
    struct fake *fake = theatre_play(&theatre, 7, 0, false);
    fake_frame(fake, 0, 0);
    theatre_step(&theatre);
    theatre_ask(&theatre, 7, 0, false, &frame);
    theatre_pass(&theatre, SW_SECOND);
    assert_false(fake_has_order(fake)); /* no frame has been drawn since */
    struct sw_bitmap *list = sw_bitmap_hold(frame.bitmap);
    for (int i = 0; i < 3; i++)
        (void)sw_programme_collect(theatre.programme);
    theatre_pass(&theatre, SW_SECOND);
    assert_false(fake_has_order(fake)); /* it is on the wall */
    sw_bitmap_release(list);
    theatre_step(&theatre);
    assert_false(fake_has_order(fake)); /* a moment */
    theatre_pass(&theatre, 300 * SW_MS);
    fake_await(fake, SW_VIDEO_STOP);
    assert_int_equal(theatre_ask(&theatre, 7, 0, false, &frame), SW_ASSET_PENDING);
    theatre_step(&theatre);
    fake_await(theatre_worker(&theatre), SW_VIDEO_OPEN);
    sw_programme_shut(theatre.programme, 1);
    theatre_step(&theatre);
    assert_false(sw_programme_is_used(theatre.programme));
    theatre_close(&theatre);
}

static void facts_without_a_cue(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_clip clip;
    theatre_open(&theatre, NULL);
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip.mp4", &clip), SW_ASSET_PENDING);
    theatre_step(&theatre);
    struct fake *fake = theatre_worker(&theatre);
    fake_await(fake, SW_VIDEO_PROBE);
    fake_info(fake, 1920, 1080, SW_MINUTE);
    theatre_step(&theatre);
    assert_true(sw_programme_collect(theatre.programme));
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip.mp4", &clip), SW_ASSET_READY);
    assert_true(clip.width == 1920 && clip.length == SW_MINUTE);
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip-2.mp4", &clip), SW_ASSET_PENDING);
    theatre_step(&theatre);
    fake_await(fake, SW_VIDEO_PROBE);
    fake_say(fake, (struct sw_video_word){.said = SW_VIDEO_FAILED, .clip = fake->clip, .reason = SW_VIDEO_NOT_A_VIDEO});
    theatre_step(&theatre);
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip-2.mp4", &clip), SW_ASSET_FAILED);
    theatre.missing = true;
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip-3.mp4", &clip), SW_ASSET_PENDING);
    theatre_step(&theatre);
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip-3.mp4", &clip), SW_ASSET_FAILED);
    assert_int_equal(sw_booth_replaced(theatre.booth), 0);
    theatre_close(&theatre);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clip_is_made_ready_and_plays),
        cmocka_unit_test(late_and_early_pictures),
        cmocka_unit_test(one_that_is_due_in_a_moment_is_on),
        cmocka_unit_test(slots_come_back_when_nobody_holds_them),
        cmocka_unit_test(a_clip_changes_its_size),
        cmocka_unit_test(a_clip_is_sought),
        cmocka_unit_test(one_that_has_ended_stays_and_frees_its_worker),
        cmocka_unit_test(who_is_not_asked_for_goes),
        cmocka_unit_test(facts_without_a_cue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
