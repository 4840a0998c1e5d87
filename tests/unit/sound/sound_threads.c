/* SPDX-License-Identifier: EUPL-1.2 */
/* Two threads open, feed, pause and close clips while a third mixes: nothing is torn, nothing is left over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "sound/mixer.h"

#define FILLS 1500
#define BLOCK 500

struct feeder {
    struct sw_thread thread;
    struct sw_mixer *mixer;
    _Atomic(int64_t) *tick;
    _Atomic(bool) *stop;
    uint64_t key;
    int16_t value;
};

static void feed(void *context)
{
    struct feeder *feeder = context;
    int16_t samples[BLOCK * 2];
    for (size_t i = 0; i < BLOCK * 2; i++)
        samples[i] = feeder->value;
    for (int round = 0; !atomic_load(feeder->stop); round++) {
        uint64_t key = feeder->key + (uint64_t)round % 3;
        if (!sw_mixer_open(feeder->mixer, key))
            continue;
        sw_mixer_volume(feeder->mixer, key, 1);
        for (int i = 0; i < 40; i++) {
            int64_t position = (int64_t)i * BLOCK * SW_SECOND / SW_SOUND_RATE;
            (void)sw_mixer_put(feeder->mixer, key, position, atomic_load(feeder->tick) + position / 4, samples, BLOCK);
            if (i % 16 == 15)
                sw_mixer_flush(feeder->mixer, key);
        }
        sw_mixer_hush(feeder->mixer, round % 50 == 49);
        if (round % 2 == 0)
            sw_mixer_flush(feeder->mixer, key);
        sw_mixer_close(feeder->mixer, key);
    }
}

static void threads_do_not_meet(void **state)
{
    static int16_t out[960 * 2];
    struct feeder feeders[2];
    struct sw_mixer *mixer = sw_mixer_create();
    _Atomic(int64_t) tick;
    _Atomic(bool) stop;
    int64_t loud = 0;
    (void)state;
    atomic_init(&tick, SW_SECOND);
    atomic_init(&stop, false);
    for (size_t i = 0; i < 2; i++) {
        feeders[i] = (struct feeder){.mixer = mixer, .tick = &tick, .stop = &stop, .key = 10 * (i + 1), .value = i == 0 ? 900 : 300};
        assert_true(sw_thread_start(&feeders[i].thread, "feeder", feed, &feeders[i]));
    }
    for (int fills = 0; fills < FILLS || loud == 0; fills++) {
        (void)sw_mixer_fill(mixer, out, 960, atomic_load(&tick));
        for (size_t i = 0; i < 960 * 2; i++) {
            assert_in_range(out[i], 0, 900 * SW_MIXER_CLIPS);
            loud += out[i] > 0;
        }
        (void)sw_mixer_wanted(mixer);
        (void)sw_mixer_counts(mixer);
        atomic_fetch_add(&tick, 20 * SW_MS);
    }
    atomic_store(&stop, true);
    for (size_t i = 0; i < 2; i++)
        sw_thread_join(&feeders[i].thread);
    for (int i = 0; i < 1000 && sw_mixer_busy(mixer); i++) {
        (void)sw_mixer_fill(mixer, out, 960, atomic_load(&tick));
        atomic_fetch_add(&tick, 20 * SW_MS);
    }
    assert_false(sw_mixer_busy(mixer));
    sw_mixer_destroy(mixer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_do_not_meet)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
