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
#include <string.h>
#include <unistd.h>

#include "store/round.h"
#include "tries.h"

struct scene {
    struct site site;
    struct site_release releases[2];
    bool stateless; /* the file `state` is gone when it starts */
};

/* All that a courier does with a store; true if all of it was done. */
static bool bring_second(void *context)
{
    const struct tries *tries = context;
    const struct scene *scene = tries->context;
    struct sw_collected collected;
    struct sw_round_step step = {.done = false};
    enum sw_store_status status;
    struct sw_store *store = sw_store_open(tries->folder, SW_STORE_WRITE, &status);
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

static void prepare(struct tries *tries)
{
    const struct scene *scene = tries->context;
    enum sw_store_status status;
    struct sw_store *store = sw_store_open(tries->folder, SW_STORE_WRITE, &status);
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
        snprintf(path, sizeof path, "%s/state", tries->folder);
        assert_int_equal(unlink(path), 0);
    }
}

static void test_stateless(void **state)
{
    struct tries *tries = *state;
    struct scene *scene = tries->context;
    scene->stateless = true;
    tries_all(tries, "without a state, killed before each call", WRAPPED_FILES, WRAPPED_KILL_BEFORE, 0);
    tries_all(tries, "without a state, each call fails once (EIO)", WRAPPED_FILES, WRAPPED_FAIL_ONCE, EIO);
    scene->stateless = false;
}

int main(int count, char **arguments)
{
    static struct scene scene;
    static struct tries tries = {
        .name = "next release", .site = &scene.site, .old = 1, .prepare = prepare, .bring = bring_second, .context = &scene};
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(tries_killed, &tries), cmocka_unit_test_prestate(tries_failing, &tries),
                                       cmocka_unit_test_prestate(tries_memory, &tries)};
    const struct CMUnitTest nightly[] = {cmocka_unit_test_prestate(tries_failing_otherwise, &tries),
                                         cmocka_unit_test_prestate(test_stateless, &tries)};
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
