/* SPDX-License-Identifier: EUPL-1.2 */
/* The real video worker: what is to be heard of a clip, and where. The clips have a tone from second 1 to 1.5 of every two. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/must.h"
#include "video_client.h"

#define LOUD 1500
#define NEAR (40 * SW_MS)      /* codecs begin up to 25 ms beside */
#define SILENCE (100 * SW_MS)  /* that ends a tone */
#define PICTURES 120           /* of the clips */
#define ROUNDS 4

static struct video_client client;
static int64_t rounds[ROUNDS + 4]; /* the positions of their first pictures */
static const char *const names[] = {"h264-sound.mp4", "vp9-sound.webm", "h264-sound.mkv"};

static int start(void **state)
{
    (void)state;
    video_client_start(&client);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    return video_client_stop(&client);
}

/* The next sound of the open clip. False: it has ended. */
static bool next_sound(const struct sw_video_sound **sound)
{
    while (video_client_next(&client)) {
        const struct sw_video_word *word = &client.message.word;
        assert_true(word->said != SW_VIDEO_FAILED);
        if (word->said == SW_VIDEO_FRAME) {
            if ((word->number - 1) % PICTURES == 0 && word->number / PICTURES < (int64_t)SW_COUNT(rounds))
                rounds[word->number / PICTURES] = word->position;
            video_client_free(&client, word->slot);
        }
        if (word->said == SW_VIDEO_SOUND || word->said == SW_VIDEO_ENDED) {
            *sound = &client.message.sound;
            return word->said == SW_VIDEO_SOUND;
        }
    }
    fail_msg("the worker has gone");
    return false;
}

/* The next whole tone behind `after`. */
static void next_tone(int64_t after, int64_t *begin, int64_t *end)
{
    const struct sw_video_sound *sound;
    *begin = *end = -1;
    while (next_sound(&sound)) {
        for (uint32_t i = 0; i < sound->frames; i++) {
            int64_t at = sound->position + (int64_t)i * SW_SECOND / SW_VIDEO_SOUND_RATE;
            if (at > after && abs(sound->samples[2 * i]) > LOUD) {
                *begin = *begin < 0 ? at : *begin;
                *end = at;
            } else if (*begin >= 0 && at - *end > SILENCE) {
                return;
            }
        }
    }
    fail_msg("the clip has ended without a tone");
}

static void tone_is_at(int64_t after, int64_t wanted)
{
    int64_t begin, end;
    next_tone(after, &begin, &end);
    print_message("from %.1f to %.1f ms, wanted from %.1f on\n", (double)begin / 1000, (double)end / 1000, (double)wanted / 1000);
    assert_true(llabs(begin - wanted) < NEAR);
    assert_true(llabs(end - begin - SW_SECOND / 2) < NEAR);
}

static void it_is_heard_where_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        video_client_open(&client, video_client_file(names[i]), &(struct sw_video_order){.op = SW_VIDEO_OPEN, .sound = 1});
        tone_is_at(0, SW_SECOND);
        assert_int_equal(client.info.sounds, 1);
    }
}

static void through_the_rounds_of_a_loop(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        video_client_open(&client, video_client_file(names[i]),
                          &(struct sw_video_order){.op = SW_VIDEO_OPEN, .sound = 1, .loop = 1});
        for (int round = 0; round < ROUNDS; round++) {
            int64_t begin, end;
            next_tone(round == 0 ? 0 : rounds[round - 1] + 37 * SW_SECOND / 10, &begin, &end);
            print_message("%.1f ms after the %d. round has begun\n", (double)(begin - rounds[round]) / 1000, round + 1);
            assert_true(llabs(begin - rounds[round] - SW_SECOND) < NEAR);
        }
        video_client_order(&client, (struct sw_video_order){.op = SW_VIDEO_STOP}, -1);
    }
}

static void of_a_part(void **state)
{
    const struct sw_video_sound *sound;
    (void)state;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        video_client_open(
            &client, video_client_file(names[i]),
            &(struct sw_video_order){.op = SW_VIDEO_OPEN, .sound = 1, .from = SW_SECOND / 2, .until = 5 * SW_SECOND / 2});
        tone_is_at(0, SW_SECOND / 2);
        while (next_sound(&sound))
            assert_true(sound->position < 2 * SW_SECOND);
    }
}

static void where_nobody_listens_there_is_none(void **state)
{
    const struct sw_video_sound *sound;
    (void)state;
    video_client_open(&client, video_client_file(names[0]), &(struct sw_video_order){.op = SW_VIDEO_OPEN});
    assert_false(next_sound(&sound));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_heard_where_it_is, start, stop),
        cmocka_unit_test_setup_teardown(through_the_rounds_of_a_loop, start, stop),
        cmocka_unit_test_setup_teardown(of_a_part, start, stop),
        cmocka_unit_test_setup_teardown(where_nobody_listens_there_is_none, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
