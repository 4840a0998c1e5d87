/* SPDX-License-Identifier: EUPL-1.2 */
/* What comes when all is well: first and next releases, what they share, playlists, key lists; and how often is asked. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "wall.h"

static void test_first(void **state)
{
    struct wall *wall = *state;
    wall_begin(wall);
    assert_false(sw_follow_view(wall->follow)->contact > 0);
    wall_settle(wall);
    assert_true(sw_follow_rests(wall->follow));
    assert_int_equal(wall_plays(wall), 1);
    assert_int_equal(wall_faults(wall), 0);
    const struct sw_follow_view *view = sw_follow_view(wall->follow);
    assert_int_equal(view->phase, SW_FOLLOW_WAITING);
    assert_string_equal(view->fault, "");
    assert_string_equal(view->doing, "");
    assert_int_equal(view->brought, 1);
    assert_int_equal(view->contact, WALL_NOW);
    assert_int_equal(view->done_objects, view->all_objects);
    assert_int_equal(view->done_bytes, view->all_bytes);
    assert_int_equal(web_asked(&wall->web, ""),
                     1 + 2 + 2 + 1 + SITE_FILES - 1); /* current, keys, release, list, files; none for an empty one */
    assert_true(wall->web.most_at_once <= 4);
    assert_true(wall->web.most_at_once > 1);
}

/* Only what is new is asked for, and nothing while nothing changes. */
static void test_next(void **state)
{
    struct wall *wall = *state;
    wall_begin(wall);
    wall_settle(wall);
    wall_select_newest(wall);
    wall->web.asked = 0;
    (void)wall_next(wall);
    assert_int_equal(wall->web.asked, 1);
    assert_true(wall->web.log[0].conditional);
    wall_publish(wall, 2);
    wall->web.asked = 0;
    (void)wall_next(wall);
    assert_int_equal(wall_plays(wall), 1); /* until somebody selects it */
    wall_select_newest(wall);
    assert_int_equal(wall_plays(wall), 2);
    assert_int_equal(web_asked(&wall->web, "keys/"), 0);
    assert_int_equal(web_asked(&wall->web, "objects/"), 1 + SITE_FILES - 3); /* the list, and files but two shared ones and an empty one */
    assert_int_equal(wall_faults(wall), 0);
}

/* A program that is started anew asks for what the newest is, and for nothing that it has. */
static void test_again(void **state)
{
    struct wall *wall = *state;
    wall_begin(wall);
    wall_settle(wall);
    wall_select_newest(wall);
    sw_follow_destroy(wall->follow);
    wall->web.asked = 0;
    wall_begin(wall);
    wall_settle(wall);
    assert_int_equal(wall->web.asked, 1);
    assert_false(wall->web.log[0].conditional);
    assert_true(sw_follow_rests(wall->follow));
    assert_int_equal(wall_faults(wall), 0);
}

/* Skips what was published in between. */
static void test_skips(void **state)
{
    struct wall *wall = *state;
    wall_begin(wall);
    wall_settle(wall);
    wall_select_newest(wall);
    wall_publish(wall, 3);
    (void)wall_next(wall);
    wall_select_newest(wall);
    assert_int_equal(wall_plays(wall), 3);
    assert_int_equal(web_asked(&wall->web, "walls/foyer/releases/2"), 0);
}

static int64_t playlists_of(struct wall *wall)
{
    enum sw_store_status status;
    struct sw_store_state stored;
    struct sw_store *store = sw_store_open(wall->folder, SW_STORE_READ, &status);
    assert_non_null(store);
    assert_int_equal(sw_store_state_read(store, &stored), SW_STORE_OK);
    struct sw_document document;
    if (stored.playlists.version > 0) {
        assert_int_equal(sw_document_get(store, SW_DOCUMENT_PLAYLISTS, stored.playlists.version, &document), SW_STORE_OK);
        sw_document_finish(&document);
    }
    sw_store_close(store);
    return stored.playlists.version;
}

static void test_playlists(void **state)
{
    struct wall *wall = *state;
    wall_begin(wall);
    wall_settle(wall);
    unsigned brought = sw_follow_view(wall->follow)->brought;
    for (int version = 1; version <= 7; version++) {
        web_put_playlists(&wall->web, &wall->site, version, "a title");
        web_put_current(&wall->web, "foyer", 1, version, 1);
        wall->web.asked = 0;
        (void)wall_next(wall);
        assert_int_equal(playlists_of(wall), version);
        assert_int_equal(wall->web.asked, 3);
        assert_int_equal(sw_follow_view(wall->follow)->brought, brought + (unsigned)version);
    }
    web_put_current(&wall->web, "foyer", 1, 0, 1); /* a hint that nobody signed takes nothing away */
    (void)wall_next(wall);
    assert_int_equal(playlists_of(wall), 7);
    assert_int_equal(wall_faults(wall), 0);
    enum sw_store_status status;
    int64_t *versions;
    size_t count;
    struct sw_store *store = sw_follow_hold(wall->follow, &status);
    assert_non_null(store);
    assert_int_equal(sw_document_list(store, SW_DOCUMENT_PLAYLISTS, &versions, &count), SW_STORE_OK);
    assert_int_equal(count, 4);
    assert_int_equal(versions[3], 4);
    free(versions);
    sw_follow_let_go(wall->follow);
}

/* Polling: at most four a minute while nothing changes, faster after a change, never sooner than the server says. */
static void test_pace(void **state)
{
    struct wall *wall = *state;
    wall_begin(wall);
    wall_settle(wall);
    for (int minute = 0; minute < 3; minute++) {
        sw_tick begin = wall->tick;
        wall->web.asked = 0;
        while (wall->tick - begin < SW_MINUTE)
            (void)wall_next(wall);
        assert_true(wall->web.asked <= (minute == 0 ? 6 : 4));
        assert_true(wall->web.asked >= 3);
    }
    wall->web.max_age = 120;
    (void)wall_next(wall);
    assert_true(wall_next(wall) >= 120 * SW_SECOND);
}

/* While much is fetched it is asked for what is newer, and then only that is fetched. */
static void test_newer_meanwhile(void **state)
{
    struct wall *wall = *state;
    wall->web.harm = WEB_SILENT;
    wall->web.harmed = "objects/";
    wall_begin(wall);
    wall_settle(wall);
    assert_false(sw_follow_rests(wall->follow));
    assert_int_equal(sw_follow_view(wall->follow)->phase, SW_FOLLOW_LISTS);
    wall_publish(wall, 2);
    (void)wall_next(wall);
    wall->web.harm = WEB_FINE;
    wall_settle(wall);
    assert_true(sw_follow_rests(wall->follow));
    assert_int_equal(wall_plays(wall), 2);
}

/* What has rotted is fetched again, for what plays; what nobody needs is only removed. */
static void test_rotten(void **state)
{
    struct wall *wall = *state;
    wall_begin(wall);
    wall_settle(wall);
    wall_select_newest(wall);
    for (size_t i = 0; i <= SITE_FILES; i++) {
        const struct sw_object *object = i < SITE_FILES ? &wall->releases[0].files[i].object : &wall->releases[0].manifest.contents;
        wall->web.asked = 0;
        sw_follow_rotten(wall->follow, &object->digest);
        assert_int_not_equal(wall_plays(wall), 1);
        (void)wall_next(wall);
        assert_int_equal(wall_plays(wall), 1);
        assert_int_equal(web_asked(&wall->web, "objects/"), object->bytes > 0);
        assert_int_equal(wall->web.asked, 1 + (object->bytes > 0));
    }
    struct sw_digest nobodys = sw_digest_of("x", 1);
    sw_follow_rotten(wall->follow, &nobodys);
    wall->web.asked = 0;
    (void)wall_next(wall);
    assert_int_equal(wall->web.asked, 1);
    assert_int_equal(wall_faults(wall), 0);
}

static void test_once(void **state)
{
    struct wall *wall = *state;
    wall->options.poll = 0;
    wall_begin(wall);
    wall_settle(wall);
    assert_true(sw_follow_rests(wall->follow));
    assert_int_equal(wall_plays(wall), 1);
    assert_true(sw_follow_step(wall->follow, wall->tick, wall->now) == SW_NEVER);
}

/* Another process has the store for a while. */
static void test_busy(void **state)
{
    struct wall *wall = *state;
    enum sw_store_status status;
    struct sw_store *other = sw_store_open(wall->folder, SW_STORE_WRITE, &status);
    assert_non_null(other);
    wall_begin(wall);
    wall_settle(wall);
    assert_int_equal(wall_said(wall, "is in use by another process"), 1);
    (void)wall_next(wall);
    (void)wall_next(wall);
    assert_int_equal(wall_said(wall, "is in use by another process"), 1);
    sw_store_close(other);
    for (int i = 0; i < 20; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_plays(wall), 1);
    assert_int_equal(wall_said(wall, "what was wrong is over"), 1);
    assert_string_equal(wall_fault(wall), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {AT_WALL(test_first),     AT_WALL(test_next), AT_WALL(test_again),           AT_WALL(test_skips),
                                       AT_WALL(test_playlists), AT_WALL(test_pace), AT_WALL(test_newer_meanwhile), AT_WALL(test_rotten),
                                       AT_WALL(test_once),      AT_WALL(test_busy)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
