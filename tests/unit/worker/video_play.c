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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_picture_comes_once),
        cmocka_unit_test(a_loop_has_no_seam),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
