/* SPDX-License-Identifier: EUPL-1.2 */
/* Two clocks are never the same: what a clip's blocks say and how they come may tremble and drift, and it stays where it is due. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "listening.h"

#define CLIP 7u
#define BLOCK 1024
#define AHEAD 9600 /* frames that it is put in before it is due */

/* One that comes and trembles in a way of its own: `rate`: microseconds of the clock a microsecond of the clip; `tremble`: of its ticks. */
struct course {
    double rate;
    int64_t tremble;
};

/* Of frame `first` of the clip. */
static sw_tick due_of(const struct course *course, int64_t first, unsigned *seed)
{
    int64_t off = course->tremble > 0 ? (int64_t)(rand_r(seed) % (unsigned)(2 * course->tremble)) - course->tremble : 0;
    return LISTENING_START + SW_SECOND / 2 + (sw_tick)((double)listening_length(first) * course->rate) + off;
}

#define OFF (SW_STREAM_JUMP + SW_SOUND_RATE / 100)

/* What was heard of it. */
struct outcome {
    int64_t worst; /* frames that it was off at most, once it had begun */
    int64_t off;   /* frames heard that were off by more than OFF, or silence */
    int step;      /* the largest between two samples */
    struct sw_mixer_counts counts;
};

/* Hears a minute of it. */
static struct outcome follow(const struct course *course)
{
    struct outcome outcome = {.worst = 0};
    struct listening listening;
    unsigned seed = 1;
    int64_t put = 0;
    listening_begin(&listening);
    assert_true(sw_mixer_open(listening.mixer, CLIP));
    sw_mixer_volume(listening.mixer, CLIP, 1);
    while (listening.count < 60 * SW_SOUND_RATE) {
        sw_tick due = due_of(course, put, &seed);
        while (due < listening.tick + listening_length(AHEAD)) {
            assert_true(listening_put_wave(&listening, CLIP, put, BLOCK, due));
            put += BLOCK;
            due = due_of(course, put, &seed);
        }
        (void)listening_hear(&listening, LISTENING_BUFFER);
    }
    for (size_t i = SW_SOUND_RATE; i < listening.count; i++) {
        double at = (double)(listening_length((int64_t)i) - SW_SECOND / 2) / course->rate * SW_SOUND_RATE / SW_SECOND;
        int64_t off = 2 * llabs((int64_t)listening_wave((int64_t)at) - listening.heard[i]);
        int between = abs(listening.heard[i] - listening.heard[i - 1]);
        outcome.worst = off > outcome.worst ? off : outcome.worst;
        outcome.step = between > outcome.step ? between : outcome.step;
        outcome.off += off > OFF ? 1 : 0;
    }
    outcome.counts = sw_mixer_counts(listening.mixer);
    listening_end(&listening);
    return outcome;
}

static void drift_is_made_up_for(void **state)
{
    static const double rates[] = {1, 1.0001, 0.9999, 1.001, 0.999, 1.004, 0.996};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        const struct course course = {.rate = rates[i]};
        const struct outcome outcome = follow(&course);
        print_message("rate %.4f: off by at most %.2f ms\n", rates[i], (double)outcome.worst / 48);
        assert_int_equal(outcome.counts.jumps, 0);
        assert_int_equal(outcome.counts.late, 0);
        assert_true(outcome.worst <= SW_STREAM_DRIFT + SW_SOUND_RATE / 200);
        assert_true(outcome.step <= 2); /* nothing is left out */
    }
}

static void trembling_changes_nothing(void **state)
{
    const struct course course = {.rate = 1, .tremble = 4 * SW_MS};
    (void)state;
    const struct outcome outcome = follow(&course);
    assert_int_equal(outcome.counts.jumps, 0);
    assert_true(outcome.worst <= 4 * SW_SOUND_RATE / 1000 + SW_STREAM_DRIFT);
    assert_true(outcome.step <= 2);
}

/* What cannot be followed is begun anew, and is never off for longer than that takes. */
static void faster_than_it_can_be_followed(void **state)
{
    static const double rates[] = {1.02, 0.98};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        const struct course course = {.rate = rates[i]};
        const struct outcome outcome = follow(&course);
        print_message("rate %.2f: %d times anew, off or silent for %.1f ms each\n", rates[i], (int)outcome.counts.jumps,
                      (double)outcome.off / (double)outcome.counts.jumps / 48);
        assert_true(outcome.counts.jumps > 10);
        assert_true(outcome.off <= (int64_t)outcome.counts.jumps * 3 * SW_STREAM_RAMP);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drift_is_made_up_for),
        cmocka_unit_test(trembling_changes_nothing),
        cmocka_unit_test(faster_than_it_can_be_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
