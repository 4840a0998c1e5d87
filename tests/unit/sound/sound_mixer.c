/* SPDX-License-Identifier: EUPL-1.2 */
/* What is put in, and what is heard of it: when, how loud, and that nothing clicks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "listening.h"

#define CLIP 7u
#define FLAT 9600
#define SLOPE (FLAT / SW_STREAM_RAMP + 1) /* the steepest that a ramp of FLAT may be */

static void open_clip(struct listening *listening, uint64_t key, double volume)
{
    assert_true(sw_mixer_open(listening->mixer, key));
    sw_mixer_volume(listening->mixer, key, volume);
}

static void nothing_is_silence(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    assert_false(sw_mixer_wanted(listening.mixer));
    assert_false(listening_hear(&listening, 5000));
    for (size_t i = 0; i < listening.count; i++)
        assert_int_equal(listening.heard[i], 0);
    listening_end(&listening);
}

static void a_sample_is_heard_when_it_is_due(void **state)
{
    static const int64_t aheads[] = {0, 1, 239, 240, 241, 959, 960, 4800, 30000};
    (void)state;
    for (size_t k = 0; k < sizeof aheads / sizeof aheads[0]; k++) {
        struct listening listening;
        const size_t begin = (size_t)aheads[k];
        listening_begin(&listening);
        open_clip(&listening, CLIP, 1);
        /* half a frame later than the tick of the frame before, so that no rounding decides */
        assert_true(listening_put_wave(&listening, CLIP, 1000, 20000, LISTENING_START + listening_length(aheads[k]) + 1));
        assert_true(sw_mixer_wanted(listening.mixer));
        assert_true(listening_hear(&listening, begin + 18000));
        for (size_t i = 0; i < begin; i++)
            assert_int_equal(listening.heard[i], 0);
        for (size_t i = begin + SW_STREAM_RAMP; i < listening.count; i++)
            assert_int_equal(listening.heard[i], listening_wave(1000 + (int64_t)(i - begin)));
        assert_false(listening.differs);
        assert_int_equal(sw_mixer_counts(listening.mixer).jumps, 0);
        listening_end(&listening);
    }
}

static void nothing_clicks(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    assert_true(listening_put_flat(&listening, CLIP, 0, 40000, LISTENING_START + listening_length(500), FLAT));
    (void)listening_hear(&listening, 5000); /* begins */
    assert_int_equal(listening.heard[4999], FLAT);
    sw_mixer_volume(listening.mixer, CLIP, 0.25);
    (void)listening_hear(&listening, 5000);
    assert_int_equal(listening.heard[9999], FLAT / 4);
    sw_mixer_volume(listening.mixer, CLIP, 1);
    (void)listening_hear(&listening, 5000);
    sw_mixer_flush(listening.mixer, CLIP); /* stands still */
    (void)listening_hear(&listening, 5000);
    assert_int_equal(listening.heard[15000 + SW_STREAM_RAMP + 1], 0);
    assert_true(listening_put_flat(&listening, CLIP, 90000, 10000, listening.tick, -FLAT)); /* goes on elsewhere */
    (void)listening_hear(&listening, 3000);
    assert_int_equal(listening.heard[22900], -FLAT);
    (void)listening_hear(&listening, 20000); /* runs dry */
    assert_int_equal(listening.heard[listening.count - 1], 0);
    assert_true(listening_step(&listening, 0, listening.count) <= SLOPE);
    listening_end(&listening);
}

static void a_flush_in_the_middle_of_a_ramp_does_not_click(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    for (int64_t i = 0; i < 60; i++) { /* again and again, before the ramp before is over */
        assert_true(listening_put_flat(&listening, CLIP, i * 100000, 4000, listening.tick, i % 2 == 0 ? FLAT : -FLAT));
        (void)listening_hear(&listening, 100 + (size_t)i * 17);
        sw_mixer_flush(listening.mixer, CLIP);
    }
    assert_true(listening_step(&listening, 0, listening.count) <= 3 * SLOPE); /* one that falls, one that begins, and its volume */
    listening_end(&listening);
}

static void what_is_late_is_dropped(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    assert_true(listening_put_wave(&listening, CLIP, 0, 10000, LISTENING_START - 10 * SW_SECOND));
    assert_true(listening_put_wave(&listening, CLIP, 10000, 20000, LISTENING_START - SW_SECOND / 4)); /* 12000 of it are late */
    (void)listening_hear(&listening, 5000);
    for (size_t i = SW_STREAM_RAMP; i < 5000; i++)
        assert_int_equal(listening.heard[i], listening_wave(22000 + (int64_t)i));
    assert_int_equal(sw_mixer_counts(listening.mixer).late, 22000);
    listening_end(&listening);
}

static void a_hole_is_silent_and_moves_nothing(void **state)
{
    struct listening listening;
    const size_t end = 10000, again = 12400; /* 50 ms */
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    assert_true(listening_put_wave(&listening, CLIP, 0, end, LISTENING_START));
    assert_true(listening_put_wave(&listening, CLIP, (int64_t)again, 10000, LISTENING_START + listening_length((int64_t)again) + 1));
    (void)listening_hear(&listening, 20000);
    for (size_t i = SW_STREAM_RAMP; i < end; i++)
        assert_int_equal(listening.heard[i], listening_wave((int64_t)i));
    for (size_t i = end + SW_STREAM_RAMP; i < again; i++)
        assert_int_equal(listening.heard[i], 0);
    for (size_t i = again + SW_STREAM_RAMP; i < listening.count; i++)
        assert_int_equal(listening.heard[i], listening_wave((int64_t)i));
    listening_end(&listening);
}

static void blocks_join_without_a_seam(void **state)
{
    struct listening listening;
    int64_t done = 0;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    for (size_t size = 1; done < 40000; size = size * 5 % 1024 + 1) {
        assert_true(listening_put_wave(&listening, CLIP, done, size, LISTENING_START + listening_length(done)));
        done += (int64_t)size;
    }
    (void)listening_hear(&listening, 40000);
    for (size_t i = SW_STREAM_RAMP; i < 40000; i++)
        assert_int_equal(listening.heard[i], listening_wave((int64_t)i));
    listening_end(&listening);
}

static void too_loud_is_made_softer(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, 1, 1);
    open_clip(&listening, 2, 1);
    assert_true(listening_put_flat(&listening, 1, 0, 60000, LISTENING_START, 30000));
    assert_true(listening_put_flat(&listening, 2, 0, 20000, LISTENING_START, 30000));
    (void)listening_hear(&listening, 60000);
    for (size_t i = SW_STREAM_RAMP; i < 20000; i++)
        assert_in_range(listening.heard[i], 32766, 32767);
    assert_int_equal(listening.heard[50000], 30000);
    assert_true(listening_step(&listening, 0, listening.count) <= 2 * (30000 / SW_STREAM_RAMP + 1));
    listening_end(&listening);
}

static void a_flood_is_bounded(void **state)
{
    struct listening listening;
    int64_t done = 0;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    for (int i = 0; i < 4000; i++, done += 1024)
        (void)listening_put_wave(&listening, CLIP, done, 1024, LISTENING_START + listening_length(done));
    assert_int_equal(sw_mixer_counts(listening.mixer).dropped, 4000 * 1024 - SW_RING_FRAMES);
    (void)listening_hear(&listening, SW_RING_FRAMES + 5000);
    for (size_t i = SW_STREAM_RAMP; i < SW_RING_FRAMES; i++)
        assert_int_equal(listening.heard[i], listening_wave((int64_t)i));
    assert_int_equal(listening.heard[SW_RING_FRAMES + 4000], 0);
    for (int i = 0; i < 2000; i++) /* of single frames */
        (void)listening_put_wave(&listening, CLIP, i, 1, listening.tick + listening_length(i));
    assert_true(listening_hear(&listening, 5000));
    listening_end(&listening);
}

static void nonsense_is_dropped(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    assert_false(listening_put_flat(&listening, CLIP, 0, 100, INT64_MAX, FLAT));
    assert_false(listening_put_flat(&listening, CLIP, 0, 100, -1, FLAT));
    assert_false(listening_put_flat(&listening, 99, 0, 100, LISTENING_START, FLAT));
    const int16_t frame[2] = {1, 1};
    assert_false(sw_mixer_put(listening.mixer, CLIP, INT64_MIN, LISTENING_START, frame, 1));
    assert_false(sw_mixer_put(listening.mixer, CLIP, INT64_MAX, LISTENING_START, frame, 1));
    assert_false(sw_mixer_put(listening.mixer, CLIP, 0, LISTENING_START, frame, (size_t)1 << 40));
    assert_true(listening_put_flat(&listening, CLIP, 0, 100, LISTENING_START + SW_HOUR, FLAT)); /* an hour ahead: nobody waits for that */
    assert_true(listening_put_flat(&listening, CLIP, 100, 5000, LISTENING_START, FLAT));
    assert_true(listening_hear(&listening, 2000));
    assert_int_equal(listening.heard[1500], FLAT);
    sw_mixer_volume(listening.mixer, CLIP, 1e300);
    sw_mixer_volume(listening.mixer, CLIP, -1);
    (void)listening_hear(&listening, 2000);
    assert_int_equal(listening.heard[3500], 0);
    listening_end(&listening);
}

static void a_clip_that_ends_is_heard_to_its_end(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    assert_true(listening_put_wave(&listening, CLIP, 0, 10000, LISTENING_START));
    sw_mixer_close(listening.mixer, CLIP);
    assert_false(listening_put_wave(&listening, CLIP, 10000, 100, LISTENING_START + listening_length(10000)));
    (void)listening_hear(&listening, 15000);
    for (size_t i = SW_STREAM_RAMP; i < 10000; i++)
        assert_int_equal(listening.heard[i], listening_wave((int64_t)i));
    assert_int_equal(listening.heard[10000 + SW_STREAM_RAMP], 0);
    assert_false(sw_mixer_busy(listening.mixer));
    listening_end(&listening);
}

static void sixteen_clips_and_no_more(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    for (uint64_t key = 1; key <= SW_MIXER_CLIPS; key++) {
        open_clip(&listening, key, 0.5);
        assert_true(listening_put_flat(&listening, key, 0, 10000, LISTENING_START, (int16_t)(100 * (1 << (key % 4)))));
    }
    assert_false(sw_mixer_open(listening.mixer, 99));
    (void)listening_hear(&listening, 5000);
    assert_int_equal(listening.heard[4000], 4 * (100 + 200 + 400 + 800) / 2);
    sw_mixer_flush(listening.mixer, 3);
    sw_mixer_close(listening.mixer, 3);
    (void)listening_hear(&listening, 2000);
    assert_int_equal(listening.heard[6500], 4 * (100 + 200 + 400 + 800) / 2 - 400);
    assert_true(sw_mixer_open(listening.mixer, 99));
    listening_end(&listening);
}

static void opened_again_it_begins_anew(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    assert_true(listening_put_flat(&listening, CLIP, 0, 40000, LISTENING_START, FLAT));
    (void)listening_hear(&listening, 2000);
    open_clip(&listening, CLIP, 1);
    assert_true(listening_put_flat(&listening, CLIP, 0, 40000, listening.tick, -FLAT));
    (void)listening_hear(&listening, 2000);
    assert_int_equal(listening.heard[3900], -FLAT);
    assert_true(listening_step(&listening, 0, listening.count) <= 2 * SLOPE);
    listening_end(&listening);
}

static void hushed_it_fades_within_a_second(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    assert_true(listening_put_flat(&listening, CLIP, 0, 130000, LISTENING_START, FLAT));
    (void)listening_hear(&listening, 5000);
    assert_false(sw_mixer_hush(listening.mixer, true));
    assert_false(sw_mixer_wanted(listening.mixer));
    (void)listening_hear(&listening, 24000);
    assert_in_range(listening.heard[28999], FLAT * 45 / 100, FLAT * 55 / 100);
    (void)listening_hear(&listening, 24100);
    assert_false(listening_hear(&listening, 960));
    assert_true(sw_mixer_hush(listening.mixer, false));
    assert_false(sw_mixer_hush(listening.mixer, false));
    (void)listening_hear(&listening, 49000);
    assert_int_equal(listening.heard[listening.count - 1], FLAT);
    assert_true(listening_step(&listening, 5000, listening.count) <= 1);
    listening_end(&listening);
}

static void nobody_who_listens_keeps_nothing(void **state)
{
    struct listening listening;
    (void)state;
    listening_begin(&listening);
    open_clip(&listening, CLIP, 1);
    for (int64_t second = 0; second < 20; second++) { /* far more than the ring holds */
        assert_true(listening_put_wave(&listening, CLIP, second * SW_SOUND_RATE, SW_SOUND_RATE, LISTENING_START + second * SW_SECOND));
        sw_mixer_skip(listening.mixer, LISTENING_START + second * SW_SECOND);
    }
    listening_end(&listening);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_silence),
        cmocka_unit_test(a_sample_is_heard_when_it_is_due),
        cmocka_unit_test(nothing_clicks),
        cmocka_unit_test(a_flush_in_the_middle_of_a_ramp_does_not_click),
        cmocka_unit_test(what_is_late_is_dropped),
        cmocka_unit_test(a_hole_is_silent_and_moves_nothing),
        cmocka_unit_test(blocks_join_without_a_seam),
        cmocka_unit_test(too_loud_is_made_softer),
        cmocka_unit_test(a_flood_is_bounded),
        cmocka_unit_test(nonsense_is_dropped),
        cmocka_unit_test(a_clip_that_ends_is_heard_to_its_end),
        cmocka_unit_test(sixteen_clips_and_no_more),
        cmocka_unit_test(opened_again_it_begins_anew),
        cmocka_unit_test(hushed_it_fades_within_a_second),
        cmocka_unit_test(nobody_who_listens_keeps_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
