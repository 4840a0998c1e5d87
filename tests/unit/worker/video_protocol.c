/* SPDX-License-Identifier: EUPL-1.2 */
/* The records between player and video worker: what is let through, and what is not; and how pictures lie in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "worker/video_protocol.h"

#define ORDER(op_, ...) {.version = SW_VIDEO_VERSION, .op = op_, .clip = 7, __VA_ARGS__}
#define WORD(said_, ...) {.version = SW_VIDEO_VERSION, .said = said_, .clip = 7, __VA_ARGS__}

static const struct sw_video_order open_order = ORDER(SW_VIDEO_OPEN, .from = 5, .until = 6, .loop = 1, .sound = 1);
static const struct sw_video_order slots = ORDER(SW_VIDEO_SLOTS, .format = 1, .count = SW_VIDEO_SLOTS_MAX);
static const struct sw_video_order steer = ORDER(SW_VIDEO_STEER, .tick = 1, .position = 2, .running = 1, .jump = UINT32_MAX);
static const struct sw_video_order free_order = ORDER(SW_VIDEO_FREE, .format = 3, .slot = SW_VIDEO_SLOTS_MAX - 1);
static const struct sw_video_order stop = {.version = SW_VIDEO_VERSION, .op = SW_VIDEO_STOP, .clip = UINT64_MAX};

static const struct sw_video_word info = WORD(SW_VIDEO_INFO, .width = 1, .height = SW_VIDEO_SIDE_MAX, .length = SW_VIDEO_LENGTH_MAX,
                                              .rate = 30000, .rate_scale = 1001, .sounds = 1, .colours = 3, .codec = "avc1");
static const struct sw_video_word format = WORD(SW_VIDEO_FORMAT, .width = 1920, .height = 1080, .format = 1);
static const struct sw_video_word frame =
    WORD(SW_VIDEO_FRAME, .format = 1, .jump = 2, .slot = 3, .colours = 2, .number = 4, .position = SW_VIDEO_POSITION_MAX);
static const struct sw_video_word ended = WORD(SW_VIDEO_ENDED, .jump = 2, .position = 0);
static const struct sw_video_word failed = WORD(SW_VIDEO_FAILED, .reason = SW_VIDEO_REASON_LAST);
static const struct sw_video_word alive = {.version = SW_VIDEO_VERSION, .said = SW_VIDEO_ALIVE};

#define REFUSED(sound_one, field, wrong)                                                                                                   \
    do {                                                                                                                                   \
        struct sw_video_order order = sound_one;                                                                                           \
        assert_true(sw_video_order_valid(&order));                                                                                         \
        order.field = wrong;                                                                                                               \
        assert_false(sw_video_order_valid(&order));                                                                                        \
    } while (0)

static void orders(void **state)
{
    (void)state;
    REFUSED(open_order, version, 0);
    REFUSED(open_order, version, SW_VIDEO_VERSION + 1);
    REFUSED(open_order, op, 0);
    REFUSED(open_order, op, SW_VIDEO_STOP + 1);
    REFUSED(open_order, clip, 0);
    REFUSED(open_order, from, -1);
    REFUSED(open_order, from, 6); /* nothing is left */
    REFUSED(open_order, from, SW_VIDEO_LENGTH_MAX + 1);
    REFUSED(open_order, until, SW_VIDEO_LENGTH_MAX + 1);
    REFUSED(open_order, until, INT64_MIN);
    REFUSED(open_order, loop, 2);
    REFUSED(open_order, sound, 2);
    REFUSED(open_order, slot, 1); /* what it does not name */
    REFUSED(open_order, reserved, 1);
    REFUSED(open_order, op, SW_VIDEO_PROBE);
    REFUSED(slots, count, SW_VIDEO_SLOTS_MIN - 1);
    REFUSED(slots, count, SW_VIDEO_SLOTS_MAX + 1);
    REFUSED(slots, format, 0);
    REFUSED(steer, tick, -1);
    REFUSED(steer, tick, INT64_MAX);
    REFUSED(steer, position, -1);
    REFUSED(steer, position, SW_VIDEO_POSITION_MAX + 1);
    REFUSED(steer, running, 2);
    REFUSED(steer, count, 4);
    REFUSED(free_order, slot, SW_VIDEO_SLOTS_MAX);
    REFUSED(free_order, slot, UINT32_MAX);
    REFUSED(free_order, format, 0);
    REFUSED(stop, jump, 1);
}
#undef REFUSED

#define REFUSED(sound_one, field, wrong)                                                                                                   \
    do {                                                                                                                                   \
        union sw_video_message message = {.word = sound_one};                                                                              \
        assert_true(sw_video_message_valid(&message, sizeof message.word));                                                                \
        message.word.field = wrong;                                                                                                        \
        assert_false(sw_video_message_valid(&message, sizeof message.word));                                                               \
    } while (0)

static void words(void **state)
{
    (void)state;
    REFUSED(info, version, 0);
    REFUSED(info, said, 0);
    REFUSED(info, said, SW_VIDEO_ALIVE + 1);
    REFUSED(info, clip, 0);
    REFUSED(info, width, 0);
    REFUSED(info, height, SW_VIDEO_SIDE_MAX + 1);
    REFUSED(info, height, INT32_MIN);
    REFUSED(info, length, -1);
    REFUSED(info, length, SW_VIDEO_LENGTH_MAX + 1);
    REFUSED(info, rate, 0);
    REFUSED(info, rate, INT32_MAX);
    REFUSED(info, rate_scale, -1);
    REFUSED(info, sounds, 2);
    REFUSED(info, colours, SW_COLOURS_COUNT);
    REFUSED(info, codec[0], '\n');
    REFUSED(info, codec[1], '\0'); /* something behind the end */
    REFUSED(info, codec[2], (char)0xe4);
    REFUSED(info, slot, 1);
    REFUSED(format, width, 16384);
    REFUSED(format, format, 0);
    REFUSED(format, length, 1);
    REFUSED(frame, slot, SW_VIDEO_SLOTS_MAX);
    REFUSED(frame, slot, UINT32_MAX);
    REFUSED(frame, format, 0);
    REFUSED(frame, colours, UINT32_MAX);
    REFUSED(frame, number, 0);
    REFUSED(frame, position, -1);
    REFUSED(frame, position, SW_VIDEO_POSITION_MAX + 1);
    REFUSED(ended, position, -1);
    REFUSED(ended, number, 1);
    REFUSED(failed, reason, 0);
    REFUSED(failed, reason, SW_VIDEO_REASON_LAST + 1);
    REFUSED(alive, clip, 1);
    REFUSED(alive, jump, 1);
}

static void a_codec_without_an_end(void **state)
{
    union sw_video_message message = {.word = info};
    (void)state;
    memset(message.word.codec, 'x', sizeof message.word.codec);
    assert_false(sw_video_message_valid(&message, sizeof message.word));
}

static void lengths(void **state)
{
    union sw_video_message message = {.word = ended};
    (void)state;
    for (size_t length = 0; length <= sizeof message; length++)
        assert_int_equal(sw_video_message_valid(&message, length), length == sizeof message.word);
    message.sound = (struct sw_video_sound)WORD(SW_VIDEO_SOUND, .frames = 3);
    for (size_t length = 0; length <= sizeof message; length++)
        assert_int_equal(sw_video_message_valid(&message, length), length == sw_video_sound_size(3));
    message.sound.frames = SW_VIDEO_SOUND_FRAMES_MAX;
    assert_true(sw_video_message_valid(&message, sizeof message.sound));
    message.sound.frames = SW_VIDEO_SOUND_FRAMES_MAX + 1;
    assert_false(sw_video_message_valid(&message, sw_video_sound_size(SW_VIDEO_SOUND_FRAMES_MAX + 1)));
    message.sound.frames = 0;
    assert_false(sw_video_message_valid(&message, sw_video_sound_size(0)));
    message.sound = (struct sw_video_sound)WORD(SW_VIDEO_SOUND, .frames = 1, .position = -1);
    assert_false(sw_video_message_valid(&message, sw_video_sound_size(1)));
}

/* No plane reaches into the next, whatever the size, and the last one ends in the slot. */
static void layouts(void **state)
{
    static const int32_t sides[] = {1, 2, 3, 63, 64, 65, 853, 1080, 1920, SW_VIDEO_SIDE_MAX};
    struct sw_video_layout layout = {.slot = 4711};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(sides); i++) {
        for (size_t k = 0; k < SW_COUNT(sides); k++) {
            assert_true(sw_video_layout_of(sides[i], sides[k], &layout));
            for (int plane = 0; plane < 3; plane++) {
                size_t shrink = plane == 0 ? 1 : 2, end = layout.offsets[plane] + layout.strides[plane] * layout.lines[plane];
                assert_true(layout.strides[plane] * shrink >= (size_t)sides[i] && layout.lines[plane] * shrink >= (size_t)sides[k]);
                assert_true(layout.strides[plane] % 64 == 0 && layout.offsets[plane] % 64 == 0);
                assert_true(end <= (plane < 2 ? layout.offsets[plane + 1] : layout.slot));
            }
            assert_true(layout.slot % 4096 == 0 && layout.strides[1] == layout.strides[2]);
        }
    }
    layout.slot = 4711;
    assert_false(sw_video_layout_of(0, 1, &layout));
    assert_false(sw_video_layout_of(1, SW_VIDEO_SIDE_MAX + 1, &layout));
    assert_false(sw_video_layout_of(-1, 1, &layout));
    assert_int_equal(layout.slot, 4711);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders),  cmocka_unit_test(words),   cmocka_unit_test(a_codec_without_an_end),
        cmocka_unit_test(lengths), cmocka_unit_test(layouts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
