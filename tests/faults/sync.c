/* SPDX-License-Identifier: EUPL-1.2 */
/* A wall follows a published folder (in memory), while every single call of the system fails, once and from then on, or is the last one
 * before a kill -9: its first release, and the next one, which shares files with it. Whatever happens, what plays is the old release or the
 * new one, whole; what was not done has been said; and the next try without faults brings the new one. Each try is a process. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"
#include "follow/keeper.h"
#include "web.h"
#include "wrapped.h"

#define SILENT 99 /* not all was brought, and nobody said why */

struct scene {
    struct site site;
    struct site_release releases[2];
    struct web web;
    char folder[64];
    bool first;                     /* nothing is there before */
    int64_t published;              /* the version */
    bool said;                      /* a fault */
    long old, new, crashed, failed; /* how often which was played; how often the process ended early; said that it failed */
};

static void say(void *context, enum sw_log_level level, const char *line)
{
    (void)line;
    ((struct scene *)context)->said = ((struct scene *)context)->said || level <= SW_LOG_ERROR;
}

static void publish(struct scene *scene, int64_t version)
{
    scene->published = version;
    web_finish(&scene->web);
    web_init(&scene->web);
    web_put_keys(&scene->web, 1, scene->site.keys, scene->site.keys_signature);
    web_put_release(&scene->web, &scene->releases[version - 1]);
    web_put_playlists(&scene->web, &scene->site, version, "x");
    web_put_current(&scene->web, "foyer", version, version, 1);
}

/* One look, all that follows from it, and the player's playing it. True: all of it was done; else it was said, or all ends here. */
static bool follow(void *context)
{
    struct scene *scene = context;
    struct sw_follow_options options = {.store = scene->folder,
                                        .subscriber = scene->site.host,
                                        .origin = web_origin(&scene->web),
                                        .quota = (uint64_t)1 << 40,
                                        .say = say,
                                        .context = scene};
    struct sw_follow *engine = sw_follow_create(&options);
    struct sw_keeper *keeper = sw_keeper_create(engine);
    scene->said = false;
    do {
        (void)sw_follow_step(engine, 1, 1796000000 * SW_SECOND);
        (void)web_turn(&scene->web);
    } while (!sw_follow_rests(engine));
    bool done = sw_follow_view(engine)->fault[0] == '\0', kept = sw_keeper_step(keeper);
    const struct sw_offer offer = *sw_keeper_offer(keeper);
    if (offer.number > 0) {
        sw_keeper_plays(keeper, offer.number, 0);
        sw_keeper_good(keeper, offer.number);
        kept = sw_keeper_step(keeper) && kept;
    }
    bool said = scene->said, plays = offer.number > 0 && offer.version == scene->published;
    sw_keeper_destroy(keeper);
    sw_follow_destroy(engine);
    if (!done && !said)
        exit(SILENT);
    return done && kept && plays;
}

static void prepare(struct scene *scene)
{
    folder_make(scene->folder, sizeof scene->folder);
    if (!scene->first) {
        publish(scene, 1);
        assert_true(follow(scene));
        assert_int_equal(site_played(&scene->site, scene->folder), 1);
    }
    enum sw_store_status status;
    uint64_t have; /* a file that is half here already */
    struct sw_store *store = sw_store_open(scene->folder, SW_STORE_WRITE, &status);
    assert_non_null(store);
    struct sw_incoming *incoming = sw_incoming_begin(store, &scene->releases[1].files[5].object, &have, &status);
    assert_non_null(incoming);
    assert_int_equal(sw_incoming_add(incoming, scene->releases[1].bytes[5], 1000), SW_STORE_OK);
    sw_incoming_leave(incoming);
    sw_store_close(store);
    publish(scene, 2);
}

/* One try with a fault at call `n`, and what is left of it. True while there is a call `n`. */
static bool try(struct scene *scene, enum wrapped_calls calls, enum wrapped_fault fault, long n, int error)
{
    prepare(scene);
    enum wrapped_end end = wrapped_try(calls, fault, n, error, follow, scene);
    scene->crashed += end == WRAPPED_ENDED;
    scene->failed += end == WRAPPED_UNDONE;
    int64_t old = scene->first ? 0 : 1, version = site_played(&scene->site, scene->folder);
    assert_true(version == old || version == 2);
    assert_true(end != WRAPPED_DONE || version == 2); /* what is said to be done is done */
    scene->old += version == old;
    scene->new += version == 2;
    assert_true(follow(scene));
    assert_int_equal(site_played(&scene->site, scene->folder), 2);
    folder_remove(scene->folder);
    return end != WRAPPED_UNREACHED;
}

static void try_all(struct scene *scene, const char *name, enum wrapped_calls calls, enum wrapped_fault fault, int error)
{
    for (int first = 0; first <= 1; first++) {
        long n = 1;
        scene->first = first == 1;
        scene->old = scene->new = scene->crashed = scene->failed = 0;
        while (try(scene, calls, fault, n, error))
            n++;
        print_message("%s, %s: %ld places, %ld ended early, %ld said so; %ld played the old release, %ld the new one\n",
                      scene->first ? "first release" : "next release", name, n - 1, scene->crashed, scene->failed, scene->old, scene->new);
        assert_true(n > 100);
        assert_true(scene->old > 10 && scene->new > 5);
    }
}

static void test_killed(void **state)
{
    try_all(*state, "killed before each call", WRAPPED_FILES, WRAPPED_KILL_BEFORE, 0);
    try_all(*state, "killed after each call", WRAPPED_FILES, WRAPPED_KILL_AFTER, 0);
}

static void test_failing(void **state)
{
    try_all(*state, "each call fails once (EIO)", WRAPPED_FILES, WRAPPED_FAIL_ONCE, EIO);
    try_all(*state, "calls fail from each on (ENOSPC)", WRAPPED_FILES, WRAPPED_FAIL_ON, ENOSPC);
}

static void test_failing_otherwise(void **state)
{
    try_all(*state, "each call fails once (interrupted)", WRAPPED_FILES, WRAPPED_FAIL_ONCE, EINTR);
    try_all(*state, "calls fail from each on (EIO)", WRAPPED_FILES, WRAPPED_FAIL_ON, EIO);
    try_all(*state, "calls fail from each on (EROFS)", WRAPPED_FILES, WRAPPED_FAIL_ON, EROFS);
}

static void test_memory(void **state) { try_all(*state, "out of memory at each allocation", WRAPPED_MEMORY, WRAPPED_FAIL_ONCE, ENOMEM); }

int main(int count, char **arguments)
{
    static struct scene scene;
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(test_killed, &scene), cmocka_unit_test_prestate(test_failing, &scene)};
    const struct CMUnitTest nightly[] = {cmocka_unit_test_prestate(test_failing_otherwise, &scene),
                                         cmocka_unit_test_prestate(test_memory, &scene)};
    if (!sw_crypto_start())
        return 1;
    site_init(&scene.site);
    for (int i = 0; i < 2; i++)
        site_release_init(&scene.site, &scene.releases[i], i + 1);
    bool night = count > 1 && strcmp(arguments[1], "--nightly") == 0;
    int failed = night ? cmocka_run_group_tests(nightly, NULL, NULL) : cmocka_run_group_tests(tests, NULL, NULL);
    for (int i = 0; i < 2; i++)
        site_release_finish(&scene.releases[i]);
    web_finish(&scene.web);
    site_finish(&scene.site);
    return failed;
}
