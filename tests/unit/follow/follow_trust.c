/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom a wall believes, as seen from its store: what is not signed for it, by whom may, and newer, never gets there. (What each document
 * must be like is tested in tests/unit/store/store_trust.c.) */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "wall.h"

/* Publishes `manifest` as version `version` of the wall, signed with `key`. */
static void put_release(struct wall *wall, const struct sw_manifest *manifest, int64_t version, const struct sw_secret_key *key)
{
    char path[96];
    char *text = sw_manifest_write(manifest), *signature = sw_signature_write(key, text, strlen(text), "release");
    snprintf(path, sizeof path, "walls/foyer/releases/%" PRId64 ".json", version);
    web_put(&wall->web, path, text, strlen(text));
    snprintf(path, sizeof path, "walls/foyer/releases/%" PRId64 ".json.minisig", version);
    web_put(&wall->web, path, signature, strlen(signature));
    free(text);
    free(signature);
}

static struct sw_manifest second(const struct wall *wall)
{
    struct sw_manifest manifest = wall->releases[1].manifest;
    return manifest;
}

/* Release 1 plays; the objects of release 2 are there, its manifest is what the test says. */
static void begin(struct wall *wall)
{
    wall_begin(wall);
    wall_settle(wall);
    wall_select_newest(wall);
    wall_publish(wall, 2);
}

/* Nothing of it is taken, and one line says why. */
static void assert_refused(struct wall *wall, const char *line)
{
    size_t objects = web_asked(&wall->web, "objects/");
    for (int i = 0; i < 5; i++)
        (void)wall_next(wall);
    assert_int_equal(web_asked(&wall->web, "objects/"), objects);
    assert_int_equal(wall_faults(wall), 1);
    if (wall_said(wall, line) != 1)
        fail_msg("\"%s\" is not said, but: %s", line, wall_fault(wall));
    assert_int_equal(wall_plays(wall), 1);
    assert_int_equal(sw_follow_view(wall->follow)->brought, 1);
}

static void test_other_wall(void **state)
{
    struct wall *wall = *state;
    begin(wall);
    struct sw_manifest manifest = second(wall);
    strcpy(manifest.statement.wall, "lobby");
    put_release(wall, &manifest, 2, &wall->site.publisher);
    assert_refused(wall, "is for the wall \"lobby\"");
}

static void test_other_key(void **state)
{
    struct wall *wall = *state;
    struct sw_secret_key other;
    struct sw_public_key public;
    begin(wall);
    struct sw_manifest manifest = second(wall);
    sw_key_make(&other, &public);
    put_release(wall, &manifest, 2, &other);
    assert_refused(wall, "which is none of the publishing keys");
}

static void test_operators_key(void **state)
{
    struct wall *wall = *state;
    begin(wall);
    struct sw_manifest manifest = second(wall);
    put_release(wall, &manifest, 2, &wall->site.operating);
    assert_refused(wall, "which is none of the publishing keys");
}

static void test_newer_player(void **state)
{
    struct wall *wall = *state;
    begin(wall);
    struct sw_manifest manifest = second(wall);
    manifest.needs[0] = 9;
    put_release(wall, &manifest, 2, &wall->site.publisher);
    assert_refused(wall, "needs Schauwand 9.0.0; this is 0.0.0");
}

static void test_later_epoch(void **state)
{
    struct wall *wall = *state;
    begin(wall);
    struct sw_manifest manifest = second(wall);
    manifest.statement.epoch = 2;
    put_release(wall, &manifest, 2, &wall->site.publisher);
    assert_refused(wall, "does not know yet");
}

/* The same version with other content. */
static void test_same_version(void **state)
{
    struct wall *wall = *state;
    wall_begin(wall);
    wall_settle(wall);
    wall_select_newest(wall);
    sw_follow_destroy(wall->follow);
    struct sw_manifest manifest = second(wall);
    manifest.statement.version = 1;
    web_put_release(&wall->web, &wall->releases[1]);
    put_release(wall, &manifest, 1, &wall->site.publisher);
    wall_begin(wall);
    wall_settle(wall);
    assert_int_equal(wall_faults(wall), 0); /* what is accepted is not even asked for */
    web_put_current(&wall->web, "foyer", 7, 0, 1);
    put_release(wall, &manifest, 7, &wall->site.publisher);
    for (int i = 0; i < 5; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_faults(wall), 1);
    assert_int_equal(wall_said(wall, "is version 1 again with other content"), 1);
    assert_int_equal(wall_plays(wall), 1);
}

/* Back to an older version. Also one that was brought and never played is newer. */
static void test_older(void **state)
{
    struct wall *wall = *state;
    web_put_release(&wall->web, &wall->releases[1]);
    wall_publish(wall, 3);
    wall_begin(wall);
    wall_settle(wall);
    web_put_current(&wall->web, "foyer", 2, 0, 1);
    for (int i = 0; i < 5; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_faults(wall), 1);
    assert_int_equal(wall_said(wall, "is version 2; version 3 was here already"), 1);
    assert_int_equal(wall_plays(wall), 3);
}

static void test_older_playlists(void **state)
{
    struct wall *wall = *state;
    web_put_playlists(&wall->web, &wall->site, 1, "one");
    web_put_playlists(&wall->web, &wall->site, 2, "two");
    web_put_current(&wall->web, "foyer", 1, 2, 1);
    wall_begin(wall);
    wall_settle(wall);
    web_put_current(&wall->web, "foyer", 1, 1, 1);
    for (int i = 0; i < 5; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_faults(wall), 1);
    assert_int_equal(wall_said(wall, "playlists/1.json: is version 1; version 2 was here already"), 1);
}

/* Expiry warns, once, and plays. */
static void test_expired(void **state)
{
    struct wall *wall = *state;
    begin(wall);
    struct sw_manifest manifest = second(wall);
    manifest.statement.expires = WALL_NOW - SW_HOUR;
    put_release(wall, &manifest, 2, &wall->site.publisher);
    for (int i = 0; i < 3; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_faults(wall), 0);
    assert_int_equal(wall_said(wall, "has expired on"), 1);
    assert_int_equal(sw_follow_view(wall->follow)->brought, 2);
    sw_follow_destroy(wall->follow);
    wall->line_count = 0;
    wall_begin(wall);
    wall_settle(wall);
    assert_int_equal(wall_said(wall, "has expired on"), 1); /* said again by who is started again */
}

/* The clock is fifty years off: what is signed with a key that has no end is taken all the same. */
static void test_clock(void **state)
{
    struct wall *wall = *state;
    for (int side = -1; side <= 1; side += 2) {
        wall->now = WALL_NOW + side * 50 * 365 * 24 * SW_HOUR;
        wall_publish(wall, side < 0 ? 1 : 2);
        wall_begin(wall);
        wall_settle(wall);
        wall_select_newest(wall);
        assert_int_equal(wall_plays(wall), side < 0 ? 1 : 2);
        sw_follow_destroy(wall->follow);
    }
    wall_begin(wall);
    assert_int_equal(wall_faults(wall), 0);
}

static void test_hints(void **state)
{
    struct wall *wall = *state;
    begin(wall);
    web_put_current(&wall->web, "lobby", 2, 0, 1);
    struct web_file *lobby = web_find(&wall->web, "walls/lobby/current.json");
    web_put(&wall->web, "walls/foyer/current.json", lobby->bytes, lobby->length);
    assert_refused(wall, "is for the wall \"lobby\"; this is \"foyer\"");
}

/* A hint that nobody signed makes nobody ask without end. */
static void test_far_hints(void **state)
{
    struct wall *wall = *state;
    begin(wall);
    web_put_current(&wall->web, "foyer", INT64_C(9007199254740991), INT64_C(9007199254740991), INT64_C(9007199254740991));
    wall->web.asked = 0;
    (void)wall_next(wall);
    assert_true(wall->web.asked <= 1 + 3 * 2);
    assert_int_equal(wall_said(wall, "is not there"), 3);
    assert_int_equal(wall_plays(wall), 1);
}

/* ---- keys ---- */

struct roots {
    struct sw_secret_key secrets[4];
    struct sw_public_key publics[4];
};

/* Key list `version`: root `root`, the site's keys; signed by roots `root` and `by` (-1: the site's own, which is the pin). */
static void put_list(struct wall *wall, const struct roots *roots, int64_t version, int root, int by)
{
    struct sw_keyring keyring = {.version = version, .epoch = 1, .expires = SW_NEVER, .root_count = 1, .threshold = 1};
    keyring.roots[0] = root < 0 ? wall->site.root_public : roots->publics[root];
    keyring.keys[SW_KEY_PUBLISHING][0] = (struct sw_keyring_key){wall->site.publisher_public, "Anna", SW_NEVER};
    keyring.keys[SW_KEY_OPERATING][0] = (struct sw_keyring_key){wall->site.operating_public, "Bert", SW_NEVER};
    keyring.key_counts[SW_KEY_PUBLISHING] = keyring.key_counts[SW_KEY_OPERATING] = 1;
    char *list = sw_keyring_write(&keyring), both[4096];
    char *own = sw_signature_write(root < 0 ? &wall->site.root : &roots->secrets[root], list, strlen(list), "own");
    char *others = sw_signature_write(by < 0 ? &wall->site.root : &roots->secrets[by], list, strlen(list), "others");
    snprintf(both, sizeof both, "%s%s", own, root == by ? "" : others);
    web_put_keys(&wall->web, version, list, both);
    free(list);
    free(own);
    free(others);
}

/* The root changes twice while the wall is away; each list is signed by the root before it. */
static void test_roots(void **state)
{
    struct wall *wall = *state;
    struct roots roots = {0};
    for (int i = 0; i < 4; i++)
        sw_key_make(&roots.secrets[i], &roots.publics[i]);
    wall_begin(wall);
    wall_settle(wall);
    wall_select_newest(wall);
    put_list(wall, &roots, 2, 0, -1);
    put_list(wall, &roots, 3, 0, 0);
    put_list(wall, &roots, 5, 1, 0); /* 4 was never published */
    web_put_release(&wall->web, &wall->releases[1]);
    web_put_current(&wall->web, "foyer", 2, 0, 5);
    (void)wall_next(wall);
    assert_int_equal(wall_faults(wall), 0);
    assert_int_equal(wall_said(wall, "key list 5 is here"), 1);
    wall_select_newest(wall);
    assert_int_equal(wall_plays(wall), 2);
    put_list(wall, &roots, 6, 2, 0); /* not by the root that holds now */
    web_put_current(&wall->web, "foyer", 2, 0, 6);
    for (int i = 0; i < 3; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_faults(wall), 1);
    assert_int_equal(wall_said(wall, "keys/6.json: is not signed by the root keys so far"), 1);
}

/* A wall that comes new to a site whose first lists are gone. */
static void test_no_first_list(void **state)
{
    struct wall *wall = *state;
    struct roots roots = {0};
    put_list(wall, &roots, 4, -1, -1);
    web_find(&wall->web, "keys/1.json")->harm = WEB_GONE;
    web_put_current(&wall->web, "foyer", 1, 0, 4);
    wall_begin(wall);
    wall_settle(wall);
    assert_int_equal(wall_plays(wall), 1);
    assert_int_equal(wall_faults(wall), 0);
}

/* Not by the pin: nothing else is even asked for. */
static void test_foreign_list(void **state)
{
    struct wall *wall = *state;
    struct roots roots = {0};
    sw_key_make(&roots.secrets[0], &roots.publics[0]);
    put_list(wall, &roots, 1, 0, 0);
    wall_begin(wall);
    wall_settle(wall);
    (void)wall_next(wall);
    assert_int_equal(wall_faults(wall), 1);
    assert_int_equal(wall_said(wall, "keys/1.json: is not signed by the root key of this wall"), 1);
    assert_int_equal(web_asked(&wall->web, "walls/foyer/releases"), 0);
    assert_int_equal(wall_plays(wall), 0);
}

static void test_no_list(void **state)
{
    struct wall *wall = *state;
    web_put_current(&wall->web, "foyer", 1, 0, 0);
    wall_begin(wall);
    wall_settle(wall);
    assert_int_equal(wall_said(wall, "keys: no key list is published"), 1);
}

/* Under another's name. */
static void test_misnamed_list(void **state)
{
    struct wall *wall = *state;
    wall_begin(wall);
    wall_settle(wall);
    web_put_keys(&wall->web, 2, wall->site.keys, wall->site.keys_signature);
    web_put_current(&wall->web, "foyer", 1, 0, 2);
    for (int i = 0; i < 3; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_faults(wall), 1);
    assert_int_equal(wall_said(wall, "keys/2.json: holds another key list than its name says"), 1);
}

/* Key lists of the store have rotted: what is published mends them. */
static void test_rotten_lists(void **state)
{
    struct wall *wall = *state;
    struct roots roots = {0};
    wall_begin(wall);
    wall_settle(wall);
    wall_select_newest(wall);
    put_list(wall, &roots, 2, -1, -1);
    web_put_current(&wall->web, "foyer", 1, 0, 2);
    (void)wall_next(wall);
    for (int list = 1; list <= 2; list++) {
        char path[128];
        sw_follow_destroy(wall->follow);
        snprintf(path, sizeof path, "%s/documents/keys-%d.json", wall->folder, list);
        assert_true(sw_file_write_atomic(path, "{}", 2));
        assert_int_equal(wall_plays(wall), list == 1 ? 0 : 1); /* release 1 was accepted under list 1 */
        wall_begin(wall);
        wall_settle(wall);
        assert_int_equal(wall_plays(wall), 1);
        assert_int_equal(wall_faults(wall), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_WALL(test_other_wall),    AT_WALL(test_other_key),     AT_WALL(test_operators_key), AT_WALL(test_newer_player),
        AT_WALL(test_later_epoch),   AT_WALL(test_same_version),  AT_WALL(test_older),         AT_WALL(test_older_playlists),
        AT_WALL(test_expired),       AT_WALL(test_clock),         AT_WALL(test_hints),         AT_WALL(test_far_hints),
        AT_WALL(test_roots),         AT_WALL(test_no_first_list), AT_WALL(test_foreign_list),  AT_WALL(test_no_list),
        AT_WALL(test_misnamed_list), AT_WALL(test_rotten_lists),
    };
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
