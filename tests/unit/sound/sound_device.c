/* SPDX-License-Identifier: EUPL-1.2 */
/* The device by SDL: what it is given, when it is opened and closed, and that nobody waits for one that is not there or hangs. SDL's own
 * driver "disk" writes what would be heard into a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/memory.h"
#include "sound/sound.h"

#define CLIP 7u
#define LEVEL 8000
#define PATIENCE (60 * SW_SECOND)

struct place {
    char folder[64], file[96];
};

static void make_place(struct place *place)
{
    (void)snprintf(place->folder, sizeof place->folder, "/tmp/sw-sound-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    (void)snprintf(place->file, sizeof place->file, "%s/heard", place->folder);
}

static void remove_place(const struct place *place)
{
    (void)unlink(place->file);
    assert_int_equal(rmdir(place->folder), 0);
}

static void set(const char *name, const char *value) { assert_int_equal(setenv(name, value, 1), 0); }

static void rest(int ms)
{
    struct timespec time = {.tv_nsec = ms * 1000000L};
    (void)nanosleep(&time, NULL);
}

static void wait_for(struct sw_sound *sound, enum sw_sound_state state)
{
    sw_tick until = sw_tick_now() + PATIENCE;
    while (sw_sound_status(sound).state != state) {
        assert_true(sw_tick_now() < until);
        rest(5);
    }
}

/* A clip of one level from `due` on. */
static void put(struct sw_sound *sound, uint64_t key, sw_tick due, size_t frames)
{
    int16_t *samples = sw_alloc_array(frames, 2 * sizeof *samples);
    for (size_t i = 0; i < 2 * frames; i++)
        samples[i] = LEVEL;
    sw_sound_put(sound, key, 0, due, samples, frames);
    free(samples);
}

/* Where in the file the level is reached for the first time after `from`, and left again; in frames. */
static size_t find(const char *file, size_t from, size_t *end)
{
    FILE *stream = fopen(file, "rb");
    int16_t frame[2];
    size_t first = 0, at = 0;
    assert_non_null(stream);
    for (*end = 0; fread(frame, sizeof frame, 1, stream) == 1; at++) {
        if (at < from)
            continue;
        first = first == 0 && frame[0] == LEVEL ? at : first;
        if (first != 0 && frame[0] != LEVEL) {
            *end = at;
            break;
        }
    }
    (void)fclose(stream);
    return first;
}

static void clips_are_heard_one_after_the_other(void **state)
{
    struct place place;
    (void)state;
    make_place(&place);
    set("SDL_AUDIODRIVER", "disk");
    set("SDL_DISKAUDIOFILE", place.file);
    struct sw_sound *sound = sw_sound_create(sw_tick_now, SW_SOUND_PATIENCE);
    assert_non_null(sound);
    rest(100);
    assert_int_equal(sw_sound_status(sound).state, SW_SOUND_CLOSED);
    assert_int_equal(access(place.file, F_OK), -1); /* nothing is to be heard: nothing is opened */
    sw_sound_begin(sound, CLIP);
    sw_sound_begin(sound, CLIP + 1);
    sw_sound_volume(sound, CLIP, 1);
    sw_sound_volume(sound, CLIP + 1, 1);
    wait_for(sound, SW_SOUND_OPEN); /* before the first sample */
    sw_tick now = sw_tick_now();
    put(sound, CLIP, now + SW_SECOND / 5, SW_SOUND_RATE / 2);
    put(sound, CLIP + 1, now + SW_SECOND, SW_SOUND_RATE / 2);
    sw_sound_end(sound, CLIP);
    sw_sound_end(sound, CLIP + 1);
    size_t first = 0, first_end = 0, second = 0, second_end = 0;
    for (sw_tick until = now + PATIENCE; second_end == 0; rest(50)) {
        assert_true(sw_tick_now() < until);
        first = find(place.file, 0, &first_end);
        second = first_end != 0 ? find(place.file, first_end + 1, &second_end) : 0;
    }
    print_message("0.5 s, then 0.3 s of silence, then 0.5 s: %.1f ms, %.1f ms, %.1f ms\n", (double)(first_end - first) / 48,
                  (double)(second - first_end) / 48, (double)(second_end - second) / 48);
    assert_true(second > first_end && first_end > first);
    assert_int_equal(sw_sound_status(sound).opened, 1);
    sw_sound_destroy(sound);
    remove_place(&place);
}

static void after_some_silence_it_is_closed(void **state)
{
    (void)state;
    set("SDL_AUDIODRIVER", "dummy");
    struct sw_sound *sound = sw_sound_create(sw_tick_now, SW_SECOND / 5);
    assert_non_null(sound);
    for (int i = 0; i < 3; i++) {
        sw_sound_begin(sound, CLIP);
        sw_sound_volume(sound, CLIP, 1);
        put(sound, CLIP, sw_tick_now(), SW_SOUND_RATE / 4);
        wait_for(sound, SW_SOUND_OPEN);
        assert_string_equal(sw_sound_status(sound).device, "dummy");
        wait_for(sound, SW_SOUND_CLOSED);
        sw_sound_end(sound, CLIP);
    }
    assert_in_range(sw_sound_status(sound).opened, 3, 6);
    assert_int_equal(sw_sound_status(sound).lost, 0);
    sw_sound_destroy(sound);
}

static void hushed_it_is_not_opened(void **state)
{
    (void)state;
    set("SDL_AUDIODRIVER", "dummy");
    struct sw_sound *sound = sw_sound_create(sw_tick_now, SW_SOUND_PATIENCE);
    assert_non_null(sound);
    sw_sound_hush(sound, true);
    sw_sound_begin(sound, CLIP);
    sw_sound_volume(sound, CLIP, 1);
    for (int i = 0; i < 40; i++) {
        put(sound, CLIP, sw_tick_now() + SW_SECOND / 10, SW_SOUND_RATE / 5);
        rest(10);
    }
    assert_int_equal(sw_sound_status(sound).opened, 0);
    sw_sound_hush(sound, false);
    put(sound, CLIP, sw_tick_now() + SW_SECOND, SW_SOUND_RATE / 4);
    wait_for(sound, SW_SOUND_OPEN);
    sw_sound_destroy(sound);
}

static void one_that_is_not_there_is_tried_again(void **state)
{
    (void)state;
    set("SDL_AUDIODRIVER", "no such driver");
    struct sw_sound *sound = sw_sound_create(sw_tick_now, SW_SOUND_PATIENCE);
    assert_non_null(sound);
    sw_sound_begin(sound, CLIP);
    sw_sound_volume(sound, CLIP, 1);
    wait_for(sound, SW_SOUND_ABSENT);
    assert_true(strlen(sw_sound_status(sound).device) > 0);
    set("SDL_AUDIODRIVER", "dummy");
    for (sw_tick until = sw_tick_now() + PATIENCE; sw_sound_status(sound).state != SW_SOUND_OPEN; rest(20)) {
        assert_true(sw_tick_now() < until);
        put(sound, CLIP, sw_tick_now() + SW_SECOND / 10, 960);
    }
    sw_sound_destroy(sound);
}

/* A sound server that takes who comes and never says a word. */
static int open_mute_server(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_true(server >= 0);
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    assert_int_equal(bind(server, (const struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(server, 4), 0);
    return server;
}

static void one_that_hangs_keeps_nobody(void **state)
{
    struct place place;
    char address[128];
    (void)state;
    make_place(&place);
    int server = open_mute_server(place.file);
    (void)snprintf(address, sizeof address, "unix:%s", place.file);
    set("PULSE_SERVER", address);
    set("SDL_AUDIODRIVER", "pulseaudio");
    struct sw_sound *sound = sw_sound_create(sw_tick_now, SW_SOUND_PATIENCE);
    assert_non_null(sound);
    sw_sound_try(sound);
    wait_for(sound, SW_SOUND_OPENING);
    sw_sound_begin(sound, CLIP);
    sw_sound_volume(sound, CLIP, 1);
    for (int i = 0; i < 1000; i++)
        put(sound, CLIP, sw_tick_now(), 960);
    (void)sw_sound_counts(sound);
    sw_sound_destroy(sound); /* its thread stays */
    (void)close(server);
    remove_place(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clips_are_heard_one_after_the_other), cmocka_unit_test(after_some_silence_it_is_closed),
        cmocka_unit_test(hushed_it_is_not_opened),             cmocka_unit_test(one_that_is_not_there_is_tried_again),
        cmocka_unit_test(one_that_hangs_keeps_nobody),
    };
    sw_log_init("test", SW_LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
