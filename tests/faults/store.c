/* SPDX-License-Identifier: EUPL-1.2 */
/* A wall with release 1 gets release 2, while every single call of the system fails, once and from then on, or is the last one before a
 * kill -9: whatever happens, what plays is one of the two, whole, and the next try without faults brings the second. Each try is a process.
 */
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
#include "site.h"
#include "store/round.h"
#include "wrapped.h"

struct scene {
    struct site site;
    struct site_release releases[2];
    char folder[64];
    bool stateless;         /* the file `state` is gone when it starts */
    long old, new, crashed; /* how often which was played, and how often the process ended early */
};

/* All that a courier does with a store; true if all of it was done. */
static bool bring_second(void *context)
{
    const struct scene *scene = context;
    struct sw_collected collected;
    struct sw_round_step step = {.done = false};
    enum sw_store_status status;
    struct sw_store *store = sw_store_open(scene->folder, SW_STORE_WRITE, &status);
    if (store == NULL)
        return false;
    struct sw_start start;
    struct sw_diags diags;
    sw_diags_init(&diags);
    if (sw_start_find(store, &scene->site.host, &start, &diags) == SW_STORE_OK)
        sw_start_finish(&start);
    sw_diags_finish(&diags);
    status = sw_store_heal(store, &scene->site.host);
    if (status == SW_STORE_OK)
        status = site_import(&scene->site, store, &scene->releases[1], false);
    if (status == SW_STORE_OK)
        status = sw_store_collect(store, NULL, &collected);
    struct sw_round *round = sw_round_create(store);
    while (status == SW_STORE_OK && !step.done) {
        status = sw_round_step(round, UINT64_MAX, &step);
        status = step.rotten ? SW_STORE_WRONG : status; /* what cannot be read is dropped, to be fetched again */
    }
    sw_round_destroy(round);
    sw_store_close(store);
    return status == SW_STORE_OK;
}

static void prepare(struct scene *scene)
{
    enum sw_store_status status;
    folder_make(scene->folder, sizeof scene->folder);
    struct sw_store *store = sw_store_open(scene->folder, SW_STORE_WRITE, &status);
    assert_non_null(store);
    assert_int_equal(site_import(&scene->site, store, &scene->releases[0], false), SW_STORE_OK);
    uint64_t have; /* a file that is half here already */
    struct sw_incoming *incoming = sw_incoming_begin(store, &scene->releases[1].files[5].object, &have, &status);
    assert_non_null(incoming);
    assert_int_equal(sw_incoming_add(incoming, scene->releases[1].bytes[5], 1000), SW_STORE_OK);
    sw_incoming_leave(incoming);
    struct sw_object longer = {scene->releases[1].files[4].object.digest, 200}; /* one that is longer than it may be */
    incoming = sw_incoming_begin(store, &longer, &have, &status);
    assert_non_null(incoming);
    assert_int_equal(sw_incoming_add(incoming, scene->releases[1].bytes[5], 200), SW_STORE_OK);
    sw_incoming_leave(incoming);
    struct sw_object nobodys = {sw_digest_of("x", 1), 1}; /* and one that nobody needs */
    assert_int_equal(sw_store_object_put(store, &nobodys, "x"), SW_STORE_OK);
    sw_store_close(store);
    if (scene->stateless) {
        char path[128];
        snprintf(path, sizeof path, "%s/state", scene->folder);
        assert_int_equal(unlink(path), 0);
    }
}

/* One try with a fault at call `n`, and what is left of it. True while there is a call `n`. */
static bool try(struct scene *scene, enum wrapped_calls calls, enum wrapped_fault fault, long n, int error)
{
    prepare(scene);
    enum wrapped_end end = wrapped_try(calls, fault, n, error, bring_second, scene);
    scene->crashed += end == WRAPPED_ENDED;
    int64_t version = site_played(&scene->site, scene->folder);
    assert_true(version == 1 || version == 2);
    assert_true(end != WRAPPED_DONE || version == 2); /* what is said to be done is done */
    scene->old += version == 1;
    scene->new += version == 2;
    assert_true(bring_second(scene));
    assert_int_equal(site_played(&scene->site, scene->folder), 2);
    folder_remove(scene->folder);
    return end != WRAPPED_UNREACHED;
}

static void try_all(struct scene *scene, const char *name, enum wrapped_calls calls, enum wrapped_fault fault, int error)
{
    long n = 1;
    scene->old = scene->new = scene->crashed = 0;
    while (try(scene, calls, fault, n, error))
        n++;
    print_message("%s: %ld places, %ld ended early; %ld played the old release, %ld the new one\n", name, n - 1, scene->crashed, scene->old,
                  scene->new);
    assert_true(n > 100);
    assert_true(scene->old > 10 && scene->new > 5);
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

static void test_stateless(void **state)
{
    struct scene *scene = *state;
    scene->stateless = true;
    try_all(scene, "without a state, killed before each call", WRAPPED_FILES, WRAPPED_KILL_BEFORE, 0);
    try_all(scene, "without a state, each call fails once (EIO)", WRAPPED_FILES, WRAPPED_FAIL_ONCE, EIO);
    scene->stateless = false;
}

static void test_memory(void **state) { try_all(*state, "out of memory at each allocation", WRAPPED_MEMORY, WRAPPED_FAIL_ONCE, ENOMEM); }

int main(int count, char **arguments)
{
    static struct scene scene;
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(test_killed, &scene), cmocka_unit_test_prestate(test_failing, &scene),
                                       cmocka_unit_test_prestate(test_memory, &scene)};
    const struct CMUnitTest nightly[] = {cmocka_unit_test_prestate(test_failing_otherwise, &scene),
                                         cmocka_unit_test_prestate(test_stateless, &scene)};
    if (!sw_crypto_start())
        return 1;
    site_init(&scene.site);
    for (int i = 0; i < 2; i++)
        site_release_init(&scene.site, &scene.releases[i], i + 1);
    bool night = count > 1 && strcmp(arguments[1], "--nightly") == 0;
    int failed = night ? cmocka_run_group_tests(nightly, NULL, NULL) : cmocka_run_group_tests(tests, NULL, NULL);
    for (int i = 0; i < 2; i++)
        site_release_finish(&scene.releases[i]);
    site_finish(&scene.site);
    return failed;
}
