/* SPDX-License-Identifier: EUPL-1.2 */
/* What the player says about generations, and what the store then says for good. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "follow/keeper.h"
#include "wall.h"

static struct sw_keeper *keeper;

static struct sw_store_state state_of(const struct wall *wall)
{
    enum sw_store_status status;
    struct sw_store_state state;
    struct sw_store *store = sw_store_open(wall->folder, SW_STORE_READ, &status);
    assert_non_null(store);
    assert_int_equal(sw_store_state_read(store, &state), SW_STORE_OK);
    sw_store_close(store);
    return state;
}

static int64_t offered(void)
{
    assert_true(sw_keeper_step(keeper));
    return sw_keeper_offer(keeper)->number;
}

/* Publishes and brings a version; it becomes the generation of this number. */
static void bring(struct wall *wall, int64_t version)
{
    wall_publish(wall, version);
    if (wall->follow == NULL) {
        wall_begin(wall);
        wall_settle(wall);
        keeper = sw_keeper_create(wall->follow);
    } else {
        (void)wall_next(wall);
    }
    assert_int_equal(offered(), version);
}

static int enter(void **state) { return wall_enter(state); }

static int leave(void **state)
{
    sw_keeper_destroy(keeper);
    keeper = NULL;
    return wall_leave(state);
}

static void test_plays(void **state)
{
    struct wall *wall = *state;
    bring(wall, 1);
    const struct sw_offer *offer = sw_keeper_offer(keeper);
    assert_int_equal(offer->version, 1);
    assert_int_equal(offer->activate, 0);
    assert_int_equal(offer->playlists, 0);
    assert_int_equal(offer->trusted, wall->releases[0].manifest.statement.issued);
    assert_int_equal(state_of(wall).current, 0); /* only when it plays */
    sw_keeper_trying(keeper, 1);
    assert_int_equal(offered(), 1);
    assert_int_equal(state_of(wall).current, 0);
    sw_keeper_plays(keeper, 1, 0);
    assert_int_equal(offered(), 1);
    assert_int_equal(state_of(wall).current, 1);
    bring(wall, 2);
    assert_int_equal(state_of(wall).current, 1);
    sw_keeper_plays(keeper, 2, 0);
    assert_int_equal(offered(), 2);
    assert_int_equal(state_of(wall).current, 2);
    assert_int_equal(state_of(wall).previous, 1);
}

/* Of the store, also where nothing was heard from anybody yet. */
static void test_keys(void **state)
{
    struct wall *wall = *state;
    bring(wall, 1);
    assert_int_equal(sw_keeper_keyring(keeper)->version, 1);
    sw_keeper_destroy(keeper);
    sw_follow_destroy(wall->follow);
    wall->web.harm = WEB_UNREACHED;
    wall->web.harmed = "";
    wall_begin(wall);
    keeper = sw_keeper_create(wall->follow);
    assert_null(sw_keeper_keyring(keeper));
    assert_int_equal(offered(), 1);
    assert_int_equal(sw_keeper_keyring(keeper)->version, 1);
}

/* What was good lets go what it replaced; but not while something is being fetched. */
static void test_good(void **state)
{
    struct wall *wall = *state;
    for (int version = 1; version <= 3; version++) {
        bring(wall, version);
        sw_keeper_plays(keeper, version, 0);
        if (version < 3)
            sw_keeper_good(keeper, version);
        assert_int_equal(offered(), version);
    }
    assert_true(wall_said(wall, "that nobody needs any more are removed") == 0); /* 1 and 2 are what plays and what was before */
    wall->web.harm = WEB_SILENT;
    wall->web.harmed = "keys/";
    web_put_current(&wall->web, "foyer", 3, 0, 2);
    (void)wall_next(wall);
    assert_false(sw_follow_rests(wall->follow));
    sw_keeper_good(keeper, 3);
    assert_int_equal(offered(), 3);
    assert_int_equal(wall_said(wall, "that nobody needs any more are removed"), 0);
    wall->web.harm = WEB_FINE;
    web_put_current(&wall->web, "foyer", 3, 0, 1);
    for (int i = 0; i < 3; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_said(wall, "that nobody needs any more are removed"), 1);
    struct sw_store_state after = state_of(wall);
    assert_int_equal(sw_store_marks(&after, 3), SW_MARK_GOOD);
    assert_int_equal(wall_plays(wall), 3);
}

/* Back to what was before: what was left is never offered again. */
static void test_instead_of(void **state)
{
    struct wall *wall = *state;
    bring(wall, 1);
    sw_keeper_plays(keeper, 1, 0);
    sw_keeper_good(keeper, 1);
    bring(wall, 2);
    sw_keeper_plays(keeper, 2, 0);
    assert_int_equal(offered(), 2);
    sw_keeper_plays(keeper, 1, 2);
    assert_int_equal(offered(), 1);
    struct sw_store_state after = state_of(wall);
    assert_int_equal(after.current, 1);
    assert_int_equal(sw_store_marks(&after, 2), SW_MARK_BAD);
    assert_int_equal(sw_store_marks(&after, 1), SW_MARK_GOOD);
    bring(wall, 3); /* the next is another matter */
    sw_keeper_plays(keeper, 3, 0);
    assert_int_equal(offered(), 3);
}

static void test_refused(void **state)
{
    struct wall *wall = *state;
    bring(wall, 1);
    sw_keeper_plays(keeper, 1, 0);
    bring(wall, 2);
    sw_keeper_trying(keeper, 2);
    sw_keeper_refused(keeper, 2);
    sw_keeper_lost(keeper); /* not while it loaded */
    assert_int_equal(offered(), 1);
    struct sw_store_state after = state_of(wall);
    assert_int_equal(sw_store_marks(&after, 2), SW_MARK_BAD);
    assert_int_equal(after.current, 1);
}

/* The player ends while it loads: once may be chance. */
static void test_lost(void **state)
{
    struct wall *wall = *state;
    bring(wall, 1);
    sw_keeper_plays(keeper, 1, 0);
    bring(wall, 2);
    sw_keeper_lost(keeper); /* while it plays */
    assert_int_equal(offered(), 2);
    sw_keeper_trying(keeper, 2);
    sw_keeper_lost(keeper);
    assert_int_equal(offered(), 2);
    sw_keeper_lost(keeper); /* the same end */
    assert_int_equal(offered(), 2);
    sw_keeper_trying(keeper, 2);
    sw_keeper_lost(keeper);
    assert_int_equal(offered(), 1);
    assert_int_equal(wall_said(wall, "generation 2: the player ended 2 times"), 1);
}

/* What the player says while something is on its way outlasts the end of that run. */
static void test_said_meanwhile(void **state)
{
    struct wall *wall = *state;
    static const char *const harmed[] = {"objects/", "walls/foyer/playlists/"};
    for (int i = 0; i < 2; i++) {
        int64_t plays = i + 1;
        bring(wall, plays);
        wall->web.harm = WEB_SILENT;
        wall->web.harmed = harmed[i];
        if (i == 1)
            web_put_playlists(&wall->web, &wall->site, 1, "x");
        wall_publish(wall, plays + 1);
        web_put_current(&wall->web, "foyer", plays + 1, i, 1);
        (void)wall_next(wall);
        assert_false(sw_follow_rests(wall->follow));
        sw_keeper_plays(keeper, plays, 77);
        sw_keeper_good(keeper, plays);
        assert_true(sw_keeper_step(keeper));
        assert_int_equal(state_of(wall).current, plays);
        wall->web.harm = WEB_FINE;
        wall_settle(wall);
        assert_true(sw_follow_rests(wall->follow));
        assert_int_equal(offered(), plays + 1);
        struct sw_store_state after = state_of(wall);
        assert_int_equal(after.current, plays);
        assert_int_equal(sw_store_marks(&after, plays), SW_MARK_GOOD);
        assert_int_equal(sw_store_marks(&after, 77), SW_MARK_BAD);
        assert_int_equal(after.release.version, plays + 1);
        assert_int_equal(after.playlists.version, i);
    }
}

/* Another process has the store: what was said is written later, and nothing is forgotten. */
static void test_busy(void **state)
{
    struct wall *wall = *state;
    enum sw_store_status status;
    bring(wall, 1);
    struct sw_store *other = sw_store_open(wall->folder, SW_STORE_WRITE, &status);
    assert_non_null(other);
    sw_keeper_plays(keeper, 1, 0);
    sw_keeper_good(keeper, 1);
    assert_false(sw_keeper_step(keeper));
    assert_int_equal(state_of(wall).current, 0);
    sw_store_close(other);
    assert_true(sw_keeper_step(keeper));
    struct sw_store_state after = state_of(wall);
    assert_int_equal(after.current, 1);
    assert_int_equal(sw_store_marks(&after, 1), SW_MARK_GOOD);
}

/* Another process has brought something. */
static void test_fetched(void **state)
{
    struct wall *wall = *state;
    enum sw_store_status status;
    bring(wall, 1);
    sw_keeper_plays(keeper, 1, 0);
    assert_int_equal(offered(), 1);
    struct sw_store *other = sw_store_open(wall->folder, SW_STORE_WRITE, &status);
    assert_non_null(other);
    assert_int_equal(site_import(&wall->site, other, &wall->releases[1], false), SW_STORE_OK);
    sw_store_close(other);
    assert_int_equal(offered(), 2);
    assert_int_equal(sw_keeper_offer(keeper)->version, 2);
}

/* The state has rotted: it is made anew, and what plays stays. */
static void test_state_rotten(void **state)
{
    struct wall *wall = *state;
    char path[96];
    bring(wall, 1);
    sw_keeper_plays(keeper, 1, 0);
    assert_int_equal(offered(), 1);
    snprintf(path, sizeof path, "%s/state", wall->folder);
    assert_true(sw_file_write_atomic(path, "x", 1));
    assert_true(sw_keeper_step(keeper));
    assert_int_equal(offered(), 1);
    assert_int_equal(state_of(wall).current, 1);
}

/* What plays cannot be read at the moment: that is no reason to go back. */
static void test_unreadable(void **state)
{
    struct wall *wall = *state;
    char path[96], aside[100];
    bring(wall, 1);
    sw_keeper_plays(keeper, 1, 0);
    bring(wall, 2);
    sw_keeper_plays(keeper, 2, 0);
    assert_int_equal(offered(), 2);
    sw_keeper_destroy(keeper);
    keeper = sw_keeper_create(wall->follow);
    snprintf(path, sizeof path, "%s/generations/2/release.json", wall->folder);
    snprintf(aside, sizeof aside, "%s.x", path);
    assert_int_equal(rename(path, aside), 0);
    assert_int_equal(offered(), 0);
    assert_int_equal(rename(aside, path), 0);
    assert_int_equal(offered(), 2);
}

/* Nonsense from the player: numbers that do not exist. */
static void test_nonsense(void **state)
{
    struct wall *wall = *state;
    bring(wall, 1);
    sw_keeper_plays(keeper, 77, 77);
    for (int i = 0; i < 5; i++)
        assert_false(sw_keeper_step(keeper)); /* what cannot be read may be so only now */
    assert_int_equal(offered(), 1);
    assert_int_equal(state_of(wall).current, 0);
    for (int i = 0; i < 20; i++)
        sw_keeper_refused(keeper, 100 + i);
    assert_int_equal(offered(), 1);
    sw_keeper_plays(keeper, 1, 0);
    assert_int_equal(offered(), 1);
    assert_int_equal(state_of(wall).current, 1);
}

#define KEPT(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {KEPT(test_plays),        KEPT(test_keys),       KEPT(test_good),     KEPT(test_instead_of),
                                       KEPT(test_refused),      KEPT(test_lost),       KEPT(test_busy),     KEPT(test_fetched),
                                       KEPT(test_state_rotten), KEPT(test_unreadable), KEPT(test_nonsense), KEPT(test_said_meanwhile)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
