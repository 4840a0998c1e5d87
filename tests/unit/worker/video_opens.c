/* SPDX-License-Identifier: EUPL-1.2 */
/* video_opens COUNT: clip after clip through one worker, some played to their end, some left early, some that are none; whose memory,
 * threads and descriptors are then what they were. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <unistd.h>

#include "base/shared.h"
#include "video_client.h"

#define WARM 20
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define GROWTH_MAX LONG_MAX /* they keep what was given back */
#else
#define GROWTH_MAX ((long)24 << 20) /* bytes: what the heap of many threads may wander */
#endif

static struct video_client client;
static long opens;

struct use {
    long bytes, threads, descriptors;
};

static long count_in(const char *what)
{
    char path[64];
    long count = 0;
    snprintf(path, sizeof path, "/proc/%ld/%s", (long)client.pid, what);
    DIR *folder = opendir(path);
    while (folder != NULL && readdir(folder) != NULL)
        count++;
    if (folder != NULL)
        closedir(folder);
    return count;
}

static struct use use_of_worker(void)
{
    char path[64];
    struct use use = {.threads = count_in("task"), .descriptors = count_in("fd")}; /* 0 for both times, where nobody may look */
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)client.pid);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    long pages = 0;
    assert_int_equal(fscanf(file, "%*d %ld", &pages), 1);
    fclose(file);
    use.bytes = pages * sysconf(_SC_PAGESIZE);
    return use;
}

static void open_one(long number)
{
    static const char *const names[] = {"marked.mp4", "sounds.webm", "709.mkv", "sounds.mp4", "jpeg.mp4"};
    struct sw_video_order order = {.op = SW_VIDEO_OPEN, .loop = number % 3 == 0, .sound = number % 2 == 0};
    if (number % 7 == 6) {
        video_client_open(&client, sw_shared_copy("none", "#EXTM3U\n", 8), &order);
        assert_false(video_client_await(&client, SW_VIDEO_FRAME));
        return;
    }
    video_client_open(&client, video_client_file(names[number % (long)SW_COUNT(names)]), &order);
    for (long picture = 0; picture < 1 + number % 2; picture++) {
        if (!video_client_await(&client, SW_VIDEO_FRAME))
            fail_msg("open %ld: no picture %ld of %s", number, picture, names[number % (long)SW_COUNT(names)]);
        video_client_free(&client, client.message.word.slot);
    }
    if (number % 4 == 3)
        video_client_order(&client, (struct sw_video_order){.op = SW_VIDEO_STOP}, -1);
}

static void all_is_given_back(void **state)
{
    (void)state;
    video_client_start(&client);
    for (long number = 0; number < WARM; number++)
        open_one(number);
    open_one(6);
    struct use before = use_of_worker();
    for (long number = 0; number < opens; number++)
        open_one(number);
    open_one(6);
    struct use after = use_of_worker();
    print_message("%ld opens: %ld -> %ld KiB, %ld -> %ld threads, %ld -> %ld descriptors\n", opens, before.bytes / 1024, after.bytes / 1024,
                  before.threads, after.threads, before.descriptors, after.descriptors);
    assert_true(after.bytes - before.bytes < GROWTH_MAX);
    assert_int_equal(after.threads, before.threads);
    assert_true(after.descriptors <= before.descriptors + 1); /* the last one may still be on its way out */
    assert_int_equal(video_client_stop(&client), 0);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_is_given_back)};
    opens = count > 1 ? strtol(arguments[1], NULL, 10) : 50;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
