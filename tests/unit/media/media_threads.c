/* SPDX-License-Identifier: EUPL-1.2 */
/* The cinema with its thread: asked by several at once, pictures let go of by another thread, and an end in the midst of it all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/log.h"
#include "base/thread.h"
#include "theatre.h"

#define PATIENCE (60 * SW_SECOND)

static void rest(void) { nanosleep(&(struct timespec){.tv_nsec = 300 * 1000}, NULL); }

/* A cinema, and a thread that is supervisor and all workers at once. */
struct place {
    char folder[32];
    struct sw_root *root;
    struct sw_cinema *cinema;
    struct sw_hall *hall;
    int link, bell;
    struct sw_thread crew;
    atomic_bool stop, deaf;
    atomic_int probes;
    sw_tick lived; /* the crew has said so last; its thread's alone */
    struct fake fakes[SW_LINK_VIDEOS];
};

static void answer(struct place *place, struct fake *fake)
{
    struct sw_video_order order = fake_hear(fake);
    switch ((enum sw_video_op)order.op) {
    case SW_VIDEO_PROBE: atomic_fetch_add(&place->probes, 1); /* fall through */
    case SW_VIDEO_OPEN:
        fake_info(fake, 64, 48, SW_SECOND);
        if (order.op == SW_VIDEO_OPEN)
            fake_format(fake, 64, 48);
        return;
    case SW_VIDEO_SLOTS:
        for (int i = 0; i < fake->count; i++)
            fake_frame(fake, i, i * PERIOD);
        return;
    case SW_VIDEO_FREE: fake_frame(fake, (int)order.slot, fake->number * PERIOD); return;
    case SW_VIDEO_STEER:
    case SW_VIDEO_STOP: return;
    }
}

static void serve(struct place *place)
{
    struct sw_link_message message;
    int fd, ends[2];
    bool lives = sw_tick_now() - place->lived > 50 * SW_MS;
    place->lived = lives ? sw_tick_now() : place->lived;
    while (sw_link_receive(place->link, &message, &fd) == SW_MESSAGE_OK) {
        fake_leave(&place->fakes[message.number]);
        if (!sw_message_pair(ends))
            abort();
        place->fakes[message.number].end = ends[0];
        sw_cinema_attach(place->cinema, message.number, ends[1]);
    }
    for (int i = 0; i < SW_LINK_VIDEOS; i++) {
        struct fake *fake = &place->fakes[i];
        if (fake->end >= 0 && lives)
            fake_alive(fake);
        while (!atomic_load(&place->deaf) && fake_has_order(fake))
            answer(place, fake);
    }
}

static void run_crew(void *context)
{
    struct place *place = context;
    while (!atomic_load(&place->stop)) {
        serve(place);
        rest();
    }
}

static void open_place(struct place *place)
{
    int ends[2];
    enum sw_file_status status;
    char path[64];
    sw_log_init("test", SW_LOG_ERROR);
    *place = (struct place){.folder = "/tmp/sw-cinema-XXXXXX"};
    for (int i = 0; i < SW_LINK_VIDEOS; i++)
        place->fakes[i].end = -1;
    assert_non_null(mkdtemp(place->folder));
    snprintf(path, sizeof path, "%s/clip.mp4", place->folder);
    assert_true(sw_file_write_atomic(path, "x", 1));
    place->root = sw_root_create(place->folder, &status);
    assert_non_null(place->root);
    assert_true(sw_message_pair(ends));
    place->link = ends[0];
    place->bell = ends[1];
    place->cinema = sw_cinema_create(&(struct sw_cinema_config){.link = ends[1], .now = sw_tick_now});
    assert_non_null(place->cinema);
    place->hall = sw_cinema_open(place->cinema, place->root, true);
    assert_true(sw_thread_start(&place->crew, "crew", run_crew, place));
}

static void close_place(struct place *place)
{
    char command[64];
    atomic_store(&place->stop, true);
    sw_thread_join(&place->crew);
    sw_cinema_shut(place->hall);
    sw_cinema_destroy(place->cinema);
    for (int i = 0; i < SW_LINK_VIDEOS; i++)
        fake_leave(&place->fakes[i]);
    close(place->link);
    close(place->bell);
    sw_root_destroy(place->root);
    snprintf(command, sizeof command, "rm -r %s", place->folder);
    assert_int_equal(system(command), 0);
}

static void ask_many(void *context)
{
    struct place *place = context;
    struct sw_probed probed;
    for (int i = 0; i < 20; i++)
        if (!sw_cinema_probe(place->cinema, place->root, "clip.mp4", sw_tick_now() + PATIENCE, &probed) || !probed.usable ||
            probed.clip.length != SW_SECOND)
            abort();
}

static void several_ask_at_once(void **state)
{
    (void)state;
    struct place place;
    struct sw_thread askers[4] = {{.started = false}};
    struct sw_probed probed;
    open_place(&place);
    for (size_t i = 0; i < SW_COUNT(askers); i++)
        assert_true(sw_thread_start(&askers[i], "asker", ask_many, &place));
    for (size_t i = 0; i < SW_COUNT(askers); i++)
        sw_thread_join(&askers[i]);
    assert_int_equal(atomic_load(&place.probes), 80);
    assert_true(sw_cinema_probe(place.cinema, place.root, "none.mp4", sw_tick_now() + PATIENCE, &probed));
    assert_false(probed.usable);
    assert_string_equal(probed.fault, "does not exist");
    atomic_store(&place.deaf, true); /* somebody is there, and never answers */
    assert_false(sw_cinema_probe(place.cinema, place.root, "clip.mp4", sw_tick_now() + 50 * SW_MS, &probed));
    assert_string_equal(probed.fault, "could not be decoded in time");
    close_place(&place); /* while it is still looked for */
}

/* Another thread that has pictures for a while. */
struct keeper {
    _Atomic(struct sw_bitmap *) kept[4];
    atomic_bool stop;
};

static void keep_and_let_go(void *context)
{
    struct keeper *keeper = context;
    while (!atomic_load(&keeper->stop))
        for (int i = 0; i < 4; i++) {
            struct sw_bitmap *bitmap = atomic_exchange(&keeper->kept[i], NULL);
            sw_bitmap_release(bitmap);
        }
}

static void pictures_are_let_go_of_elsewhere(void **state)
{
    (void)state;
    struct place place;
    struct keeper keeper = {.stop = false};
    struct sw_thread thread = {.started = false};
    open_place(&place);
    const struct sw_videos *videos = sw_hall_videos(place.hall);
    assert_true(sw_thread_start(&thread, "keeper", keep_and_let_go, &keeper));
    sw_tick begin = sw_tick_now();
    int64_t position = 0, shown = 0;
    uint64_t last = 0;
    while (shown < 500 && sw_tick_now() - begin < PATIENCE) {
        struct sw_frame frame;
        struct sw_cue cue = {.key = 7, .path = "clip.mp4", .loop = true, .running = true, .position = position, .tick = begin + position};
        sw_cinema_shown(place.cinema);
        (void)sw_cinema_collect(place.cinema);
        if (videos->frame(videos->context, &cue, &frame) != SW_ASSET_READY || frame.bitmap->serial == last) {
            rest();
            continue;
        }
        last = frame.bitmap->serial;
        shown++;
        position += PERIOD; /* as fast as they come */
        sw_bitmap_release(atomic_exchange(&keeper.kept[shown % 4], sw_bitmap_hold(frame.bitmap)));
    }
    assert_int_equal(shown, 500);
    close_place(&place);
    atomic_store(&keeper.stop, true);
    sw_thread_join(&thread);
    for (int i = 0; i < 4; i++)
        sw_bitmap_release(atomic_load(&keeper.kept[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(several_ask_at_once), cmocka_unit_test(pictures_are_let_go_of_elsewhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
