/* SPDX-License-Identifier: EUPL-1.2 */
/* Sound that comes ahead reaches the sink shortly before it is to be heard, once, and again where a pause has cut it off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "media/soundtrack.h"
#include "theatre.h"

#define BLOCK (20 * SW_MS)
#define FRAMES 960

/* What a sink has been told, a letter a call: o v f c, and p with what was put last. */
struct heard {
    char calls[4096];
    size_t count;
    uint64_t key;
    double volume;
    int64_t position;
    sw_tick due;
    size_t frames;
    int16_t first;
};

static void note(struct heard *heard, uint64_t key, char call)
{
    assert_true(heard->count + 1 < sizeof heard->calls);
    heard->calls[heard->count++] = call;
    heard->calls[heard->count] = '\0';
    heard->key = key;
}

static void on_open(void *context, uint64_t key) { note(context, key, 'o'); }
static void on_flush(void *context, uint64_t key) { note(context, key, 'f'); }
static void on_close(void *context, uint64_t key) { note(context, key, 'c'); }

static void on_volume(void *context, uint64_t key, double volume)
{
    struct heard *heard = context;
    note(heard, key, 'v');
    heard->volume = volume;
}

static void on_put(void *context, uint64_t key, int64_t position, sw_tick due, const int16_t *samples, size_t frames)
{
    struct heard *heard = context;
    note(heard, key, 'p');
    heard->position = position;
    heard->due = due;
    heard->frames = frames;
    heard->first = samples[0];
}

static struct sw_sound_sink sink_of(struct heard *heard)
{
    *heard = (struct heard){.calls = ""};
    return (struct sw_sound_sink){
        .open = on_open, .put = on_put, .flush = on_flush, .volume = on_volume, .close = on_close, .context = heard};
}

static void put_blocks(struct sw_soundtrack *track, int from, int until)
{
    int16_t samples[2 * FRAMES] = {0};
    for (int i = from; i < until; i++) {
        samples[0] = (int16_t)i;
        sw_soundtrack_put(track, i * BLOCK, samples, FRAMES);
    }
}

static void it_comes_shortly_before_it_is_heard(void **state)
{
    (void)state;
    struct heard heard;
    struct sw_sound_sink sink = sink_of(&heard);
    struct sw_soundtrack *track = sw_soundtrack_create(&sink, 7, 0.5);
    sw_tick now = SW_HOUR;
    assert_string_equal(heard.calls, "ov");
    assert_true(heard.key == 7 && heard.volume == 0.5);
    put_blocks(track, 0, 100);
    assert_true(sw_soundtrack_feed(track, now) == SW_NEVER); /* it stands */
    assert_int_equal(heard.count, 2);
    sw_soundtrack_steer(track, now, 0, true);
    sw_tick next = sw_soundtrack_feed(track, now);
    assert_int_equal(heard.count, 2 + SW_SOUNDTRACK_AHEAD_US / BLOCK + 1);
    assert_true(heard.position == SW_SOUNDTRACK_AHEAD_US && heard.due == now + SW_SOUNDTRACK_AHEAD_US && heard.frames == FRAMES);
    for (int i = 0; i < 100 && next != SW_NEVER; i++) {
        assert_true(next > now);
        now = next;
        next = sw_soundtrack_feed(track, now);
        assert_true(heard.due >= now);
    }
    assert_int_equal(heard.count, 2 + 100); /* each once */
    assert_int_equal(heard.first, 99);
    sw_soundtrack_volume(track, 0.5);
    sw_soundtrack_volume(track, 0);
    sw_soundtrack_destroy(track, true);
    assert_string_equal(heard.calls + 2 + 100, "vc");
}

static void a_pause_loses_nothing(void **state)
{
    (void)state;
    struct heard heard;
    struct sw_sound_sink sink = sink_of(&heard);
    struct sw_soundtrack *track = sw_soundtrack_create(&sink, 7, 1);
    sw_tick now = SW_HOUR;
    put_blocks(track, 0, 50);
    sw_soundtrack_steer(track, now, 0, true);
    (void)sw_soundtrack_feed(track, now);
    now += 110 * SW_MS;
    sw_soundtrack_steer(track, now, 110 * SW_MS, false);
    assert_int_equal(heard.calls[heard.count - 1], 'f');
    assert_true(sw_soundtrack_feed(track, now) == SW_NEVER);
    now += SW_MINUTE;
    size_t before = heard.count;
    sw_soundtrack_steer(track, now, 110 * SW_MS, true);
    (void)sw_soundtrack_feed(track, now);
    assert_int_equal(heard.calls[before], 'p');
    assert_int_equal(heard.count - before, 16); /* from the block that the pause fell into */
    assert_true(heard.due == now + 20 * BLOCK - 110 * SW_MS);
    before = heard.count;
    sw_soundtrack_steer(track, now + 20 * SW_MS, 130 * SW_MS, true); /* the same course */
    assert_int_equal(heard.count, before);
    sw_soundtrack_clear(track);
    assert_int_equal(heard.calls[before], 'f');
    assert_true(sw_soundtrack_feed(track, now + SW_SECOND) == SW_NEVER);
    assert_int_equal(heard.count, before + 1);
    sw_soundtrack_destroy(track, false);
}

static void what_is_late_or_too_much_is_left_out(void **state)
{
    (void)state;
    struct heard heard;
    struct sw_sound_sink sink = sink_of(&heard);
    struct sw_soundtrack *track = sw_soundtrack_create(&sink, 7, 1);
    sw_tick now = SW_HOUR;
    sw_soundtrack_steer(track, now, SW_SECOND, true);
    put_blocks(track, 0, 52);
    (void)sw_soundtrack_feed(track, now);
    assert_int_equal(heard.count, 2 + 2);
    assert_int_equal(heard.first, 51);
    put_blocks(track, 52, 2000); /* far more than anybody may be ahead */
    (void)sw_soundtrack_feed(track, now);
    assert_int_equal(heard.count, 2 + 2);
    sw_soundtrack_destroy(track, false);
}

static void a_cue_with_sound(void **state)
{
    (void)state;
    struct heard heard;
    struct sw_sound_sink sink = sink_of(&heard);
    struct theatre theatre;
    struct sw_frame frame;
    struct sw_cue cue = {.key = 7, .loop = true, .volume = 0.25, .running = true};
    struct sw_video_sound sound = {.version = SW_VIDEO_VERSION, .said = SW_VIDEO_SOUND, .frames = FRAMES, .samples = {42}};
    theatre_open(&theatre, &sink);
    theatre_ask_cue(&theatre, cue, &frame);
    theatre_step(&theatre);
    struct fake *fake = theatre_worker(&theatre);
    assert_int_equal(fake_await(fake, SW_VIDEO_OPEN).sound, 1);
    fake_info(fake, 64, 48, SW_SECOND);
    sound.clip = fake->clip;
    assert_int_equal(sw_message_send(fake->end, &sound, sw_video_sound_size(FRAMES), -1), SW_MESSAGE_OK);
    theatre_step(&theatre);
    assert_string_equal(heard.calls, "ovp");
    assert_true(heard.due == theatre.now && heard.first == 42 && heard.volume == 0.25 && heard.key == 7);
    cue.volume = 0; /* it goes on in silence, as it may come back any time */
    theatre_ask_cue(&theatre, cue, &frame);
    theatre_step(&theatre);
    assert_string_equal(heard.calls, "ovpv");
    /* one that was opened without is opened anew */
    cue = (struct sw_cue){.key = 8, .loop = true, .running = true};
    theatre_ask_cue(&theatre, cue, &frame);
    theatre_step(&theatre);
    while (fake_has_order(fake))
        (void)fake_hear(fake);
    fake = theatre_worker(&theatre);
    assert_int_equal(fake_await(fake, SW_VIDEO_OPEN).sound, 0);
    cue.volume = 1;
    theatre_ask_cue(&theatre, cue, &frame);
    theatre_step(&theatre);
    assert_string_equal(heard.calls + 4, "ov");
    assert_int_equal(heard.key, 8);
    fake_leave(fake); /* a worker that is lost with its sound */
    theatre_close(&theatre);
    assert_string_equal(heard.calls + 6, "fcfc"); /* none of them had ended */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_comes_shortly_before_it_is_heard),
        cmocka_unit_test(a_pause_loses_nothing),
        cmocka_unit_test(what_is_late_or_too_much_is_left_out),
        cmocka_unit_test(a_cue_with_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
