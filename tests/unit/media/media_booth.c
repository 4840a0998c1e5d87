/* SPDX-License-Identifier: EUPL-1.2 */
/* Video workers that lie, flood, fall silent or die, at every moment: each is replaced, its clip goes on where it would be, nobody else is
 * touched, and what takes workers down is given up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "media/clip_list.h"
#include "media/projector.h"
#include "theatre.h"

static uint64_t lost(const struct theatre *theatre) { return sw_booth_replaced(theatre->booth); }

/* One clip that has been on for a second, from a worker that is handed back. */
static struct fake *begin(struct theatre *theatre, sw_tick *since)
{
    struct sw_frame frame;
    theatre_open(theatre, NULL);
    struct fake *fake = theatre_play(theatre, 7, theatre->now, true);
    *since = theatre->now;
    fake_frame(fake, 0, 0);
    theatre_pass(theatre, 50 * SW_MS);
    assert_int_equal(theatre_ask(theatre, 7, *since, true, &frame), SW_ASSET_READY);
    return fake;
}

static int number_of(const struct theatre *theatre, const struct fake *fake) { return (int)(fake - theatre->workers); }

/* The spare goes on where the clip is by now. */
static void goes_on(struct theatre *theatre, sw_tick since)
{
    struct sw_frame frame;
    struct fake *fake = theatre_worker(theatre);
    fake_await(fake, SW_VIDEO_OPEN);
    if (theatre->now - since > SW_JUMP_US) {
        struct sw_video_order order = fake_await(fake, SW_VIDEO_STEER);
        assert_true(order.running == 1 && order.jump == 1 && order.position == order.tick - since);
    }
    while (fake_has_order(fake))
        (void)fake_hear(fake);
    fake_info(fake, 64, 48, 10 * SW_SECOND);
    fake_format(fake, 64, 48);
    theatre_step(theatre);
    fake_await(fake, SW_VIDEO_SLOTS);
    fake_frame(fake, 0, theatre->now - since);
    theatre_step(theatre);
    assert_int_equal(theatre_ask(theatre, 7, since, true, &frame), SW_ASSET_READY);
    assert_int_equal(frame.bitmap->pixels[0], (uint8_t)((theatre->now - since) / PERIOD));
}

static void one_that_dies_at_every_moment(void **state)
{
    (void)state;
    for (int moment = 0; moment < 7; moment++) {
        struct theatre theatre;
        struct sw_frame frame;
        theatre_open(&theatre, NULL);
        sw_tick since = theatre.now;
        theatre_ask(&theatre, 7, since, true, &frame);
        theatre_step(&theatre);
        struct fake *fake = theatre_worker(&theatre);
        int number = number_of(&theatre, fake), needs = theatre.needs[number];
        if (moment > 0)
            fake_await(fake, SW_VIDEO_OPEN);
        if (moment > 1)
            fake_info(fake, 64, 48, SW_MINUTE);
        if (moment > 2)
            fake_format(fake, 64, 48);
        theatre_step(&theatre);
        if (moment > 3)
            fake_await(fake, SW_VIDEO_SLOTS);
        for (int i = 0; i < moment - 3; i++)
            fake_frame(fake, i, i * PERIOD);
        if (moment < 6)
            theatre_step(&theatre);
        fake_leave(fake);
        theatre_step(&theatre);
        assert_int_equal(lost(&theatre), 1);
        assert_int_equal(theatre.needs[number], needs + 1);
        assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), moment > 3 ? SW_ASSET_READY : SW_ASSET_PENDING);
        goes_on(&theatre, since);
        theatre_close(&theatre);
    }
}

static void one_that_lies(void **state)
{
    (void)state;
    static const struct sw_video_word lies[] = {
        {.said = SW_VIDEO_FRAME, .format = 1, .slot = 1, .number = 1, .position = PERIOD}, /* counts back */
        {.said = SW_VIDEO_FRAME, .format = 1, .slot = 0, .number = 2, .position = PERIOD}, /* that is on the wall */
        {.said = SW_VIDEO_FRAME, .format = 1, .slot = 6, .number = 2, .position = PERIOD}, /* there are six */
        {.said = SW_VIDEO_FRAME, .format = 1, .slot = 8, .number = 2, .position = PERIOD},
        {.said = SW_VIDEO_FRAME, .format = 2, .slot = 1, .number = 2, .position = PERIOD}, /* never asked for */
        {.said = SW_VIDEO_FRAME, .format = 1, .slot = 1, .number = 2, .position = PERIOD, .jump = 1}, /* nobody has jumped */
        {.said = SW_VIDEO_FRAME, .format = 1, .slot = 1, .number = 2, .position = -1},
        {.said = SW_VIDEO_FRAME, .format = 1, .slot = 1, .number = 2, .position = PERIOD, .colours = 4},
        {.said = SW_VIDEO_FORMAT, .format = 1, .width = 64, .height = 48}, /* again */
        {.said = SW_VIDEO_FORMAT, .format = 3, .width = 64, .height = 48},
        {.said = SW_VIDEO_FORMAT, .format = 2, .width = 16384, .height = 48},
        {.said = SW_VIDEO_FORMAT, .format = 2, .width = 0, .height = 48},
        {.said = SW_VIDEO_INFO, .width = 64, .height = 48, .codec = "avc1"}, /* twice */
        {.said = SW_VIDEO_ENDED, .jump = 1},
        {.said = SW_VIDEO_FAILED, .reason = 99},
        {.said = 42},
        {.said = SW_VIDEO_ALIVE, .slot = 1},
    };
    for (size_t i = 0; i < SW_COUNT(lies); i++) {
        struct theatre theatre;
        sw_tick since;
        struct fake *fake = begin(&theatre, &since);
        struct sw_video_word lie = lies[i];
        lie.clip = lie.said == SW_VIDEO_ALIVE ? 0 : fake->clip;
        fake_say(fake, lie);
        theatre_step(&theatre);
        if (lost(&theatre) != 1)
            fail_msg("lie %zu was taken", i);
        goes_on(&theatre, since);
        theatre_close(&theatre);
    }
}

static void other_nonsense(void **state)
{
    (void)state;
    for (int kind = 0; kind < 5; kind++) {
        struct theatre theatre;
        sw_tick since;
        struct fake *fake = begin(&theatre, &since);
        struct sw_video_word word = {.version = SW_VIDEO_VERSION, .said = SW_VIDEO_ALIVE};
        struct sw_video_sound sound = {.version = SW_VIDEO_VERSION, .said = SW_VIDEO_SOUND, .clip = fake->clip, .jump = 1, .frames = 9};
        char bytes[SW_MESSAGE_MAX] = {0};
        enum sw_message_status status = SW_MESSAGE_OK;
        if (kind == 0)
            status = sw_message_send(fake->end, &word, sizeof word - 1, -1);
        else if (kind == 1)
            status = sw_message_send(fake->end, bytes, sizeof bytes, -1);
        else if (kind == 2)
            status = sw_message_send(fake->end, &word, sizeof word, fake->end); /* with a descriptor */
        else if (kind == 3)
            status = sw_message_send(fake->end, &sound, sw_video_sound_size(9), -1); /* of a jump to come */
        else
            fake_say(fake, (struct sw_video_word){.said = SW_VIDEO_ENDED, .clip = fake->clip + 1});
        assert_int_equal(status, SW_MESSAGE_OK);
        theatre_step(&theatre);
        assert_int_equal(lost(&theatre), 1);
        goes_on(&theatre, since);
        theatre_close(&theatre);
    }
}

static void one_that_floods(void **state)
{
    (void)state;
    struct theatre theatre;
    sw_tick since;
    struct fake *fake = begin(&theatre, &since);
    for (int i = 0; i < SW_PROJECTOR_WORDS_MAX * 2 && lost(&theatre) == 0; i++) {
        fake_alive(fake);
        if (i % 50 == 0)
            theatre_step(&theatre);
    }
    assert_int_equal(lost(&theatre), 1);
    goes_on(&theatre, since);
    theatre_close(&theatre);
}

static void a_lively_one_is_no_flood(void **state)
{
    (void)state;
    struct theatre theatre;
    sw_tick since;
    struct fake *fake = begin(&theatre, &since);
    for (int i = 0; i < SW_PROJECTOR_WORDS_MAX * 4; i++) {
        theatre.now += 2 * SW_MS;
        for (int k = 0; k < SW_LINK_VIDEOS; k++)
            if (theatre.workers[k].end >= 0 && (k == number_of(&theatre, fake) || i % 50 == 0))
                fake_alive(&theatre.workers[k]);
        theatre_step(&theatre);
    }
    assert_int_equal(lost(&theatre), 1); /* it has stood still, at last */
    theatre_close(&theatre);
}

static void one_that_is_silent(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    sw_tick since;
    struct fake *fake = begin(&theatre, &since);
    int number = number_of(&theatre, fake), silent = fake->end;
    fake->end = -1; /* says nothing, and does not end */
    theatre_pass(&theatre, 950 * SW_MS);
    assert_int_equal(lost(&theatre), 0);
    assert_int_equal(theatre.needs[number], 1);
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_READY);
    theatre_pass(&theatre, 50 * SW_MS);
    assert_int_equal(lost(&theatre), 1);
    assert_int_equal(theatre.needs[number], 2);
    goes_on(&theatre, since);
    close(silent);
    theatre_close(&theatre);
}

static void the_last_picture_stands_for_a_second(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    sw_tick since;
    struct fake *fake = begin(&theatre, &since);
    theatre.absent = true;
    for (int i = 0; i < SW_LINK_VIDEOS; i++)
        fake_leave(&theatre.workers[i]);
    (void)fake;
    theatre_step(&theatre);
    sw_tick then = theatre.now;
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_READY);
    assert_true(frame.next <= then + SW_LINGER_US);
    theatre.now = then + SW_LINGER_US - 1;
    theatre_step(&theatre);
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_READY);
    theatre.now = then + SW_LINGER_US;
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_FAILED);
    theatre.absent = false;
    theatre.now = then + 3 * SW_SECOND; /* nobody asks meanwhile: it comes back all the same */
    theatre_step(&theatre);
    theatre.now = then + SW_BOOTH_AWAIT_US - SW_SECOND;
    theatre_step(&theatre);
    theatre.now = then + SW_BOOTH_AWAIT_US;
    theatre.woken = false;
    theatre_step(&theatre);
    goes_on(&theatre, since);
    assert_true(theatre.woken);
    theatre_close(&theatre);
}

static void one_that_stands_still(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    sw_tick since;
    (void)begin(&theatre, &since);
    for (int i = 0; i < 60; i++) {
        theatre_pass(&theatre, 50 * SW_MS);
        theatre_ask(&theatre, 7, since, true, &frame);
    }
    assert_int_equal(lost(&theatre), 0);
    theatre_pass(&theatre, 200 * SW_MS);
    assert_int_equal(lost(&theatre), 1);
    goes_on(&theatre, since);
    theatre_close(&theatre);
}

/* It goes on as if it had not been told to jump. */
static void one_that_does_not_follow(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    sw_tick since;
    struct fake *fake = begin(&theatre, &since);
    since -= 5 * SW_SECOND;
    int steps = 0;
    for (; lost(&theatre) == 0 && steps < 500; steps++) {
        theatre_ask(&theatre, 7, since, true, &frame);
        assert_int_equal(frame.bitmap->pixels[0], 0);
        fake_frame(fake, 1 + steps % 2, steps * PERIOD);
        theatre_pass(&theatre, 50 * SW_MS);
    }
    assert_true(lost(&theatre) == 1 && steps > 100);
    theatre_close(&theatre);
}

static void one_without_room_may_stand(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    theatre_open(&theatre, NULL);
    struct fake *fake = theatre_play(&theatre, 7, 0, false);
    for (int i = 0; i < fake->count; i++)
        fake_frame(fake, i, i * PERIOD);
    for (int i = 0; i < 200; i++) {
        theatre_pass(&theatre, 100 * SW_MS);
        theatre_ask(&theatre, 7, 0, false, &frame);
    }
    sw_tick since = theatre.now;
    theatre_pass(&theatre, 2 * PERIOD + 20 * SW_MS);
    theatre_ask(&theatre, 7, since, true, &frame); /* goes on: from now on it has room */
    theatre_pass(&theatre, SW_SECOND);
    assert_int_equal(lost(&theatre), 0);
    theatre_close(&theatre);
}

/* Loses the worker of cue 7; `played` of the clip have come before. */
static void take_one_down(struct theatre *theatre, sw_tick since, int64_t played)
{
    struct sw_frame frame;
    struct fake *fake = NULL;
    for (int i = 0; i < SW_LINK_VIDEOS; i++)
        if (theatre->workers[i].end >= 0 && theatre->workers[i].count > 0)
            fake = &theatre->workers[i];
    assert_non_null(fake);
    for (int64_t at = 0; at < played; at += SW_SECOND) {
        theatre_pass(theatre, SW_SECOND);
        theatre_ask(theatre, 7, since, true, &frame);
        theatre_step(theatre);
        fake_frame(fake, (int)(fake->number % 3), theatre->now - since);
        theatre_step(theatre);
    }
    fake_leave(fake);
    theatre_step(theatre);
}

static void three_failures_and_no_more(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    struct sw_cinema_report report;
    sw_tick since;
    (void)begin(&theatre, &since);
    for (int i = 1; i <= SW_FAILURES_MAX; i++) {
        take_one_down(&theatre, since, 0);
        if (i < SW_FAILURES_MAX)
            goes_on(&theatre, since);
    }
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_FAILED);
    theatre_pass(&theatre, 20 * SW_SECOND);
    assert_int_equal(theatre_ask(&theatre, 8, since, true, &frame), SW_ASSET_FAILED); /* whoever asks */
    sw_programme_describe(theatre.programme, &report);
    assert_int_equal(report.given_up, 1);
    assert_string_equal(report.last, "clip.mp4");
    assert_int_equal(lost(&theatre), SW_FAILURES_MAX);
    /* another clip is not to blame */
    assert_int_equal(theatre_ask_cue(&theatre, (struct sw_cue){.key = 9, .path = "clip-2.mp4"}, &frame), SW_ASSET_PENDING);
    theatre_close(&theatre);
}

static void who_plays_through_is_forgiven(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    sw_tick since;
    (void)begin(&theatre, &since);
    for (int i = 0; i < 7; i++) {
        take_one_down(&theatre, since, i % 2 == 0 ? 12 * SW_SECOND : 0); /* it is ten seconds long */
        goes_on(&theatre, since);
    }
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_READY);
    for (int i = 0; i < 2; i++) { /* not so one that never comes round: 8 s, again and again */
        take_one_down(&theatre, since, 8 * SW_SECOND);
        if (i == 0)
            goes_on(&theatre, since);
    }
    assert_int_equal(theatre_ask(&theatre, 7, since, true, &frame), SW_ASSET_FAILED);
    theatre_close(&theatre);
}

static void others_play_on_unharmed(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    sw_tick since;
    struct fake *victim = begin(&theatre, &since);
    struct fake *other = theatre_play(&theatre, 8, since, true);
    assert_ptr_not_equal(victim, other);
    fake_frame(other, 0, 0);
    theatre_step(&theatre);
    fake_leave(victim);
    theatre_step(&theatre);
    goes_on(&theatre, since);
    assert_int_equal(theatre_ask(&theatre, 8, since, true, &frame), SW_ASSET_READY);
    fake_frame(other, 1, PERIOD);
    theatre_step(&theatre);
    assert_int_equal(lost(&theatre), 1);
    theatre_close(&theatre);
}

static void there_is_one_more_than_play(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    theatre_open(&theatre, NULL);
    theatre_step(&theatre);
    assert_int_equal(sw_booth_workers(theatre.booth), 0); /* nobody has asked for a clip */
    sw_programme_expect(theatre.programme, 1);
    theatre_step(&theatre);
    assert_int_equal(sw_booth_workers(theatre.booth), 1);
    theatre_ask(&theatre, 1, 0, false, &frame);
    theatre_step(&theatre);
    assert_int_equal(sw_booth_workers(theatre.booth), 1);
    theatre_ask(&theatre, 1, theatre.now, true, &frame);
    theatre_step(&theatre);
    assert_int_equal(sw_booth_workers(theatre.booth), 2);
    theatre_ask(&theatre, 2, 0, false, &frame); /* the next one is made ready by it */
    theatre_step(&theatre);
    assert_int_equal(sw_booth_workers(theatre.booth), 2);
    for (uint64_t key = 3; key < 30; key++)
        theatre_ask(&theatre, key, theatre.now, true, &frame);
    theatre_step(&theatre);
    assert_int_equal(sw_booth_workers(theatre.booth), SW_LINK_VIDEOS);
    theatre_close(&theatre);
}

static void what_is_asked_waits_for_nobody_who_stands(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_clip clip;
    struct sw_inquiry inquiry = {.file = STDIN_FILENO};
    theatre_open(&theatre, NULL);
    for (uint64_t key = 1; key < 3; key++)
        (void)theatre_play(&theatre, key, 0, false);
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip-2.mp4", &clip), SW_ASSET_PENDING);
    theatre_step(&theatre);
    struct fake *fake = theatre_worker(&theatre);
    fake_await(fake, SW_VIDEO_PROBE);
    fake_info(fake, 64, 48, SW_SECOND);
    theatre_step(&theatre);
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip-2.mp4", &clip), SW_ASSET_READY);
    fake_leave(fake);
    theatre_step(&theatre);
    sw_booth_inquire(theatre.booth, &inquiry);
    theatre_step(&theatre);
    fake_await(theatre_worker(&theatre), SW_VIDEO_PROBE);
    theatre_close(&theatre);
}

static void who_is_not_needed_goes_in_time(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    theatre_open(&theatre, NULL);
    for (uint64_t key = 1; key < 5; key++) {
        fake_frame(theatre_play(&theatre, key, 0, false), 0, 0);
        theatre_step(&theatre);
        assert_int_equal(theatre_ask(&theatre, key, 0, false, &frame), SW_ASSET_READY);
    }
    assert_int_equal(sw_booth_workers(theatre.booth), 4);
    for (int i = 0; i < 5; i++)
        (void)sw_programme_collect(theatre.programme);
    theatre_pass(&theatre, SW_BOOTH_IDLE_US);
    assert_int_equal(sw_booth_workers(theatre.booth), 4);
    theatre_pass(&theatre, 5 * SW_SECOND);
    assert_int_equal(sw_booth_workers(theatre.booth), 1); /* the spare */
    assert_int_equal(lost(&theatre), 0);
    theatre_close(&theatre);
}

static void workers_are_renewed(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_clip clip;
    theatre_open(&theatre, NULL);
    for (int i = 0; i < SW_BOOTH_CLIPS_MAX; i++) {
        char path[32];
        snprintf(path, sizeof path, "clip-%d.mp4", i);
        (void)sw_programme_clip(theatre.programme, 1, path, &clip);
        theatre_step(&theatre);
        assert_int_equal(theatre.needs[0], 1);
        fake_await(&theatre.workers[0], SW_VIDEO_PROBE);
        fake_info(&theatre.workers[0], 64, 48, SW_SECOND);
        theatre_step(&theatre);
    }
    assert_int_equal(theatre.needs[0], 2); /* after so many */
    for (int hour = 0; hour < 6; hour++) {
        assert_int_equal(theatre.needs[0], 2);
        theatre.now += SW_HOUR - SW_SECOND;
        fake_alive(&theatre.workers[0]);
        theatre_step(&theatre);
        theatre_pass(&theatre, SW_SECOND);
    }
    assert_int_equal(theatre.needs[0], 3); /* or so long */
    assert_int_equal(lost(&theatre), 0);
    theatre_close(&theatre);
}

static void workers_that_cannot_be_started(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_frame frame;
    struct sw_clip clip;
    struct sw_inquiry inquiry = {.file = STDIN_FILENO};
    theatre_open(&theatre, NULL);
    theatre.stillborn = true;
    sw_booth_inquire(theatre.booth, &inquiry);
    assert_int_equal(theatre_ask(&theatre, 7, 0, false, &frame), SW_ASSET_PENDING);
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip-2.mp4", &clip), SW_ASSET_PENDING);
    for (int i = 0; i < 10; i++)
        theatre_step(&theatre);
    assert_true(sw_programme_collect(theatre.programme));
    assert_int_equal(theatre_ask(&theatre, 7, 0, false, &frame), SW_ASSET_FAILED);
    assert_int_equal(sw_programme_clip(theatre.programme, 1, "clip-2.mp4", &clip), SW_ASSET_FAILED);
    assert_int_equal(sw_programme_pending(theatre.programme), 0);
    assert_true(inquiry.done && !inquiry.judged);
    int needs = theatre.needs[0];
    theatre_pass(&theatre, 9 * SW_SECOND);
    assert_int_equal(theatre.needs[0], needs); /* no storm */
    theatre.stillborn = false;
    theatre_pass(&theatre, 2 * SW_SECOND); /* it is there again */
    assert_int_equal(theatre.needs[0], needs + 1);
    assert_int_equal(theatre_ask(&theatre, 7, 0, false, &frame), SW_ASSET_PENDING);
    fake_frame(theatre_play(&theatre, 7, 0, false), 0, 0);
    theatre_step(&theatre);
    assert_int_equal(theatre_ask(&theatre, 7, 0, false, &frame), SW_ASSET_READY);
    theatre_close(&theatre);
}

static void inquiries(void **state)
{
    (void)state;
    struct theatre theatre;
    struct sw_inquiry good = {.file = STDIN_FILENO}, bad = {.file = STDIN_FILENO}, late = {.file = STDIN_FILENO};
    theatre_open(&theatre, NULL);
    sw_booth_inquire(theatre.booth, &good);
    sw_booth_inquire(theatre.booth, &bad);
    theatre_step(&theatre);
    struct fake *fake = theatre_worker(&theatre);
    fake_await(fake, SW_VIDEO_PROBE);
    fake_info(fake, 64, 48, SW_SECOND);
    theatre_step(&theatre);
    assert_true(good.done && good.judged && good.answer.usable && good.answer.clip.length == SW_SECOND && !bad.done);
    for (int i = 0; i < SW_FAILURES_MAX; i++) {
        fake_await(theatre_worker(&theatre), SW_VIDEO_PROBE);
        fake_leave(&theatre.workers[0]);
        theatre_step(&theatre);
    }
    assert_true(bad.done && bad.judged && !bad.answer.usable && strstr(bad.answer.fault, "given up") != NULL);
    sw_booth_inquire(theatre.booth, &late);
    theatre_step(&theatre);
    theatre_close(&theatre);
    assert_true(late.done && !late.judged && late.answer.fault[0] != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_dies_at_every_moment),
        cmocka_unit_test(one_that_lies),
        cmocka_unit_test(other_nonsense),
        cmocka_unit_test(one_that_floods),
        cmocka_unit_test(a_lively_one_is_no_flood),
        cmocka_unit_test(one_that_is_silent),
        cmocka_unit_test(the_last_picture_stands_for_a_second),
        cmocka_unit_test(one_that_stands_still),
        cmocka_unit_test(one_that_does_not_follow),
        cmocka_unit_test(one_without_room_may_stand),
        cmocka_unit_test(three_failures_and_no_more),
        cmocka_unit_test(who_plays_through_is_forgiven),
        cmocka_unit_test(others_play_on_unharmed),
        cmocka_unit_test(there_is_one_more_than_play),
        cmocka_unit_test(what_is_asked_waits_for_nobody_who_stands),
        cmocka_unit_test(who_is_not_needed_goes_in_time),
        cmocka_unit_test(workers_are_renewed),
        cmocka_unit_test(workers_that_cannot_be_started),
        cmocka_unit_test(inquiries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
