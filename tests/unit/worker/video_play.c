/* SPDX-License-Identifier: EUPL-1.2 */
/* The real video worker: what comes for which clip. The clips are made by video_clips.py; each picture of "marked" carries its number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "video_client.h"

static struct video_client client;

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

/* Takes `count` pictures, each the next after `first`, with the marks of a clip of `length` pictures round and round. */
static void take_marked(unsigned first, unsigned count, unsigned length, int rate)
{
    for (unsigned i = first; i < first + count; i++) {
        assert_true(video_client_next(&client));
        const struct sw_video_word *word = &client.message.word;
        if (word->said == SW_VIDEO_INFO || word->said == SW_VIDEO_FORMAT) {
            i--;
            continue;
        }
        assert_int_equal(word->said, SW_VIDEO_FRAME);
        unsigned mark = video_client_mark(&client, word->slot);
        if (mark != i % length || word->number != i + 1 || word->position != (int64_t)i * SW_SECOND / rate)
            fail_msg("picture %u: mark %u, number %d, position %lld", i, mark, (int)word->number, (long long)word->position);
        video_client_free(&client, word->slot);
    }
}

static void every_picture_comes_once(void **state)
{
    static const char *const names[] = {"marked.mp4", "marked.mkv", "marked.webm"};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        video_client_open(&client, video_client_file(names[i]), &(struct sw_video_order){.op = SW_VIDEO_OPEN});
        take_marked(0, 60, 60, 30);
        assert_true(video_client_await(&client, SW_VIDEO_ENDED));
        assert_int_equal(client.message.word.position, 2000000);
        assert_int_equal(client.info.width, 640);
        assert_int_equal(client.info.height, 360);
    }
}

static void a_loop_has_no_seam(void **state)
{
    static const char *const names[] = {"marked.mp4", "marked.mkv", "marked.webm"};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        video_client_open(&client, video_client_file(names[i]), &(struct sw_video_order){.op = SW_VIDEO_OPEN, .loop = 1});
        take_marked(0, 400, 60, 30);
        video_client_order(&client, (struct sw_video_order){.op = SW_VIDEO_STOP}, -1);
    }
}

/* The next picture of `jump` has this mark and position. */
static void next_is(uint32_t jump, unsigned mark, int64_t position)
{
    for (;;) {
        assert_true(video_client_await(&client, SW_VIDEO_FRAME));
        const struct sw_video_word *word = &client.message.word;
        unsigned slot = word->slot, seen = video_client_mark(&client, slot);
        if (word->jump == jump) {
            if (seen != mark || word->position != position)
                fail_msg("mark %u instead of %u, position %lld instead of %lld", seen, mark, (long long)word->position,
                         (long long)position);
            video_client_free(&client, slot);
            return;
        }
        video_client_free(&client, slot);
    }
}

static void a_part_round_and_round(void **state)
{
    static const char *const names[] = {"marked.mp4", "marked.mkv", "marked.webm"};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        struct sw_video_order order = {.op = SW_VIDEO_OPEN, .from = 1500000, .until = 1700000, .loop = 1};
        video_client_open(&client, video_client_file(names[i]), &order);
        for (int round = 0; round < 4; round++)
            for (unsigned picture = 0; picture < 6; picture++)
                next_is(0, 45 + picture, round * 200000 + picture * SW_SECOND / 30);
        video_client_order(&client, (struct sw_video_order){.op = SW_VIDEO_STOP}, -1);
        order.loop = 0;
        video_client_open(&client, video_client_file(names[i]), &order);
        assert_true(video_client_await(&client, SW_VIDEO_ENDED));
        assert_int_equal(client.message.word.position, 200000);
    }
}

static void steer_to(uint32_t jump, int64_t position)
{
    struct sw_video_order order = {.op = SW_VIDEO_STEER, .tick = sw_tick_now(), .position = position, .jump = jump};
    video_client_order(&client, order, -1);
}

static void jumps(void **state)
{
    (void)state;
    video_client_open(&client, video_client_file("marked.mp4"), &(struct sw_video_order){.op = SW_VIDEO_OPEN});
    steer_to(1, 1000000); /* at once, as to a worker that takes over */
    next_is(1, 30, 1000000);
    next_is(1, 31, 1033333);
    steer_to(2, 510000); /* within a picture */
    next_is(2, 15, 510000);
    next_is(2, 16, 533333);
    assert_true(video_client_await(&client, SW_VIDEO_ENDED));
    assert_int_equal(client.message.word.jump, 2);
    steer_to(3, 0);
    next_is(3, 0, 0);
    next_is(3, 1, 33333);
    video_client_open(&client, video_client_file("marked.webm"), &(struct sw_video_order){.op = SW_VIDEO_OPEN, .loop = 1});
    steer_to(1, 7900000); /* in the fourth round */
    next_is(1, 57, 7900000);
    next_is(1, 58, 7933333);
    next_is(1, 59, 7966666);
    next_is(1, 0, 8000000);
    next_is(1, 1, 8033333);
}

/* Wherever in a round it begins, also behind its last picture: something comes, and soon. */
static void jumps_to_the_end(void **state)
{
    static const char *const names[] = {"marked.mp4", "marked.mkv", "marked.webm"};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        for (int64_t position = 1880000; position <= 2020000; position += 14000) {
            video_client_open(&client, video_client_file(names[i]), &(struct sw_video_order){.op = SW_VIDEO_OPEN, .loop = 1});
            steer_to(1, position);
            do {
                assert_true(video_client_await(&client, SW_VIDEO_FRAME));
                video_client_free(&client, client.message.word.slot);
            } while (client.message.word.jump != 1);
            assert_in_range(client.message.word.position, position, position + 130000);
        }
    }
}

/* More than is read ahead, before the first picture and from there on. */
static void a_long_file(void **state)
{
    (void)state;
    video_client_open(&client, video_client_file("long.mp4"), &(struct sw_video_order){.op = SW_VIDEO_OPEN});
    assert_true(video_client_await(&client, SW_VIDEO_ENDED));
    assert_int_equal(client.message.word.position, 2 * SW_SECOND);
}

/* Two seconds of a tone, round and round: it goes on without a hole, and no more of it comes than is wanted soon. */
static void sound_comes_too(void **state)
{
    static const char *const names[] = {"sounds.mp4", "sounds.webm"};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        video_client_open(&client, video_client_file(names[i]), &(struct sw_video_order){.op = SW_VIDEO_OPEN, .sound = 1, .loop = 1});
        int64_t heard = 0, seen = 0, loud = 0;
        while (heard < 5 * SW_SECOND) {
            assert_true(video_client_next(&client));
            const union sw_video_message *message = &client.message;
            if (message->word.said == SW_VIDEO_FRAME) {
                seen = message->word.position;
                video_client_free(&client, message->word.slot);
            }
            if (message->word.said != SW_VIDEO_SOUND)
                continue;
            if (llabs(message->sound.position - heard) > 60000 || heard > seen + SW_VIDEO_AHEAD_US)
                fail_msg("%s: sound of %lld at %lld, with pictures at %lld", names[i], (long long)message->sound.position, (long long)heard,
                         (long long)seen);
            heard = message->sound.position + (int64_t)message->sound.frames * SW_SECOND / SW_VIDEO_SOUND_RATE;
            loud += abs(message->sound.samples[0]) > 1000;
        }
        assert_true(loud > 50);
    }
    video_client_open(&client, video_client_file("sounds.mp4"), &(struct sw_video_order){.op = SW_VIDEO_OPEN});
    for (bool ended = false; !ended;) {
        assert_true(video_client_next(&client));
        assert_int_not_equal(client.message.word.said, SW_VIDEO_SOUND); /* nobody asked */
        if (client.message.word.said == SW_VIDEO_FRAME)
            video_client_free(&client, client.message.word.slot);
        ended = client.message.word.said == SW_VIDEO_ENDED;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_picture_comes_once),
        cmocka_unit_test(a_loop_has_no_seam),
        cmocka_unit_test(a_part_round_and_round),
        cmocka_unit_test(jumps),
        cmocka_unit_test(jumps_to_the_end),
        cmocka_unit_test(a_long_file),
        cmocka_unit_test(sound_comes_too),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
