/* SPDX-License-Identifier: EUPL-1.2 */
/* What servers do to each kind of file, while release 1 plays and release 2 is fetched: nothing of it is taken, one line says why, once,
 * what plays goes on whole, and as soon as the server does right the release comes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/round.h"
#include "wall.h"

struct row {
    const char *harmed; /* files whose paths begin like this */
    enum web_harm harm;
    const char *line; /* a part of the one line that is said */
};

#define CURRENT "walls/foyer/current.json"
#define RELEASE "walls/foyer/releases/2.json"
#define SIGNATURE "walls/foyer/releases/2.json.minisig"
#define PLAYLISTS "walls/foyer/playlists/1.json"

static const struct row rows[] = {
    {CURRENT, WEB_GONE, CURRENT ": is not there"},
    {CURRENT, WEB_UNREACHED, CURRENT ": it cannot be reached"},
    {CURRENT, WEB_BREAKS, CURRENT ": the connection breaks off"},
    {CURRENT, WEB_BUSY, CURRENT ": asks to wait"},
    {CURRENT, WEB_SHORT, NULL}, /* the line's end */
    {CURRENT, WEB_LONG, CURRENT ": "},
    {CURRENT, WEB_OTHER, CURRENT ": line 1, column 1"},
    {CURRENT, WEB_PORTAL, CURRENT ": is a web page"},
    {CURRENT, WEB_REFUSED, CURRENT ": has another size"},
    {RELEASE, WEB_GONE, RELEASE ": is not there"},
    {RELEASE, WEB_UNREACHED, RELEASE ": it cannot be reached"},
    {RELEASE, WEB_BREAKS, RELEASE ": the connection breaks off"},
    {RELEASE, WEB_BUSY, RELEASE ": asks to wait"},
    {RELEASE, WEB_SHORT, RELEASE ": "},
    {RELEASE, WEB_LONG, RELEASE ": "},
    {RELEASE, WEB_OTHER, RELEASE ": "},
    {RELEASE, WEB_PORTAL, RELEASE ": is a web page"},
    {RELEASE, WEB_REFUSED, RELEASE ": has another size"},
    {RELEASE, WEB_SAME, RELEASE ": says that nothing changed"},
    {SIGNATURE, WEB_GONE, SIGNATURE ": is not there"},
    {SIGNATURE, WEB_PORTAL, SIGNATURE ": is a web page"},
    {SIGNATURE, WEB_OTHER, RELEASE ": "},
    {PLAYLISTS, WEB_GONE, PLAYLISTS ": is not there"},
    {PLAYLISTS, WEB_OTHER, PLAYLISTS ": the signature"},
    {PLAYLISTS, WEB_PORTAL, PLAYLISTS ": "},
    {PLAYLISTS, WEB_BUSY, PLAYLISTS ": asks to wait"},
    {"objects/", WEB_GONE, ": is not there"},
    {"objects/", WEB_UNREACHED, ": it cannot be reached"},
    {"objects/", WEB_BREAKS, ": the connection breaks off"},
    {"objects/", WEB_BUSY, ": asks to wait"},
    {"objects/", WEB_SHORT, ": ends too early"},
    {"objects/", WEB_LONG, ": is longer than it may be"},
    {"objects/", WEB_OTHER, ": is not what its name says"},
    {"objects/", WEB_PORTAL, "objects/"},
    {"objects/", WEB_ELSEWHERE, ": is longer than it may be"},
    {"objects/", WEB_REFUSED, ": has another size"},
    {"objects/", WEB_SAME, ": says that nothing changed"},
};

/* What is in its `partial` folder or under an object's name is right, or is not there. */
static void assert_sound(struct wall *wall)
{
    enum sw_store_status status;
    struct sw_round_step step = {.done = false};
    struct sw_store *store = sw_store_open(wall->folder, SW_STORE_READ, &status);
    assert_non_null(store);
    struct sw_round *round = sw_round_create(store);
    while (!step.done) {
        assert_int_equal(sw_round_step(round, UINT64_MAX, &step), SW_STORE_OK);
        assert_false(step.rotten);
    }
    sw_round_destroy(round);
    sw_store_close(store);
}

static void try(const struct row *row)
{
    void *state;
    assert_int_equal(wall_enter(&state), 0);
    struct wall *wall = state;
    wall_begin(wall);
    wall_settle(wall);
    wall_select_newest(wall);
    wall->line_count = 0;
    wall_publish(wall, 2);
    web_put_playlists(&wall->web, &wall->site, 1, "x");
    web_put_current(&wall->web, "foyer", 2, 1, 1);
    wall->web.harmed = row->harmed;
    wall->web.harm = row->harm;
    for (int i = 0; i < 12; i++) {
        (void)wall_next(wall);
        assert_int_equal(wall_plays(wall), 1);
        assert_sound(wall);
    }
    if (row->line != NULL) {
        assert_int_equal(wall_faults(wall), 1);
        assert_int_equal(wall_said(wall, row->line), 1);
        assert_string_not_equal(wall_fault(wall), "");
    }
    wall->web.harm = WEB_FINE;
    for (int i = 0; i < 100 && sw_follow_view(wall->follow)->brought < 3; i++)
        (void)wall_next(wall);
    (void)wall_next(wall);
    assert_string_equal(wall_fault(wall), "");
    wall_select_newest(wall);
    assert_int_equal(wall_plays(wall), 2);
    assert_int_equal(wall_leave(&state), 0);
}

static void test_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        print_message("%s %d\n", rows[i].harmed, (int)rows[i].harm);
        try(&rows[i]);
    }
}

/* Back off: 10 s, as always, then 30 s, doubled, to 15 minutes; and not sooner than the server wishes. */
static void test_back_off(void **state)
{
    struct wall *wall = *state;
    wall->web.harmed = "walls/";
    wall->web.harm = WEB_UNREACHED;
    wall_begin(wall);
    wall_settle(wall);
    int64_t least = 10 * SW_SECOND;
    for (int i = 0; i < 8; i++) {
        int64_t waited = wall_next(wall);
        assert_true(waited >= least && waited <= least + least / 4);
        least = i == 0 ? 30 * SW_SECOND : least * 2 < 15 * SW_MINUTE ? least * 2 : 15 * SW_MINUTE;
    }
    assert_int_equal(wall->web.asked, 9);
    wall->web.harm = WEB_FINE;
    (void)wall_next(wall);
    assert_int_equal(wall_plays(wall), 1);
    wall_publish(wall, 2);
    wall->web.harmed = "objects/";
    wall->web.harm = WEB_BUSY;
    (void)wall_next(wall);
    assert_true(wall_next(wall) >= 77 * SW_SECOND);
}

/* Broken off again and again: each try goes on where the one before it ended. */
static void test_resumes(void **state)
{
    struct wall *wall = *state;
    const struct site_release *release = &wall->releases[0];
    char digest[SW_DIGEST_TEXT + 1], path[96];
    snprintf(path, sizeof path, "objects/%s", sw_digest_text(&release->files[SITE_FILES - 1].object.digest, digest));
    web_find(&wall->web, path)->harm = WEB_BREAKS;
    wall_begin(wall);
    wall_settle(wall);
    for (int i = 0; i < 30; i++)
        (void)wall_next(wall);
    web_find(&wall->web, path)->harm = WEB_FINE;
    for (int i = 0; i < 30; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_plays(wall), 1);
    uint64_t from = 0;
    size_t tries = 0;
    for (size_t i = 0; i < wall->web.asked; i++) {
        if (strcmp(wall->web.log[i].path, path) != 0)
            continue;
        assert_true(wall->web.log[i].from >= from);
        from = wall->web.log[i].from;
        tries++;
    }
    assert_true(tries > 5);
    assert_true(from > SITE_BIG - SITE_BIG / 16);
}

/* The server does not know parts: the whole comes, and is taken. */
static void test_whole_for_part(void **state)
{
    struct wall *wall = *state;
    wall->web.harmed = "objects/";
    wall->web.harm = WEB_BREAKS;
    wall_begin(wall);
    wall_settle(wall);
    wall->web.harm = WEB_WHOLE;
    for (int i = 0; i < 10; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_plays(wall), 1);
    assert_int_equal(wall_faults(wall), 1);
}

/* A file that is half here is away for a while, as where a folder is copied anew: its half stays, and nobody asks twice. */
static void test_gone_meanwhile(void **state)
{
    struct wall *wall = *state;
    const struct site_release *release = &wall->releases[0];
    char digest[SW_DIGEST_TEXT + 1], path[96];
    snprintf(path, sizeof path, "objects/%s", sw_digest_text(&release->files[SITE_FILES - 1].object.digest, digest));
    struct web_file *file = web_find(&wall->web, path);
    file->harm = WEB_BREAKS;
    wall_begin(wall);
    wall_settle(wall);
    file->harm = WEB_GONE;
    size_t asked = web_asked(&wall->web, path);
    while (web_asked(&wall->web, path) == asked)
        (void)wall_next(wall);
    assert_int_equal(web_asked(&wall->web, path), asked + 1);
    file->harm = WEB_FINE;
    for (int i = 0; i < 30; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_plays(wall), 1);
    for (size_t i = wall->web.asked; i-- > 0;) {
        if (strcmp(wall->web.log[i].path, path) != 0)
            continue;
        assert_true(wall->web.log[i].from > 0);
        break;
    }
}

/* A network that wants people to log in first answers for everybody: what is here stays, and is gone on with when they have. */
static void test_portal_meanwhile(void **state)
{
    static const enum web_harm harms[] = {WEB_PORTAL, WEB_REFUSED, WEB_SAME, WEB_ELSEWHERE};
    struct wall *wall = *state;
    const struct site_release *release = &wall->releases[0];
    char digest[SW_DIGEST_TEXT + 1], path[96];
    snprintf(path, sizeof path, "objects/%s", sw_digest_text(&release->files[SITE_FILES - 1].object.digest, digest));
    struct web_file *file = web_find(&wall->web, path);
    file->harm = WEB_BREAKS;
    wall_begin(wall);
    wall_settle(wall);
    for (size_t i = 0; i < SW_COUNT(harms); i++) {
        file->harm = harms[i];
        size_t asked = web_asked(&wall->web, path);
        while (web_asked(&wall->web, path) < asked + 4)
            (void)wall_next(wall);
    }
    file->harm = WEB_FINE;
    size_t before = wall->web.asked;
    for (int i = 0; i < 30; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_plays(wall), 1);
    for (size_t i = before; i < wall->web.asked; i++)
        if (strcmp(wall->web.log[i].path, path) == 0)
            assert_true(wall->web.log[i].from > 0);
}

/* What is here is wrong, and the server knows no parts: the whole takes its place at once. */
static void test_left_wrong_without_parts(void **state)
{
    struct wall *wall = *state;
    enum sw_store_status status;
    uint64_t have;
    const struct sw_object *object = &wall->releases[0].files[SITE_FILES - 1].object;
    struct sw_store *store = sw_store_open(wall->folder, SW_STORE_WRITE, &status);
    assert_non_null(store);
    struct sw_incoming *incoming = sw_incoming_begin(store, object, &have, &status);
    assert_non_null(incoming);
    assert_int_equal(sw_incoming_add(incoming, "zeros", 5), SW_STORE_OK);
    sw_incoming_leave(incoming);
    sw_store_close(store);
    wall->web.harmed = "objects/";
    wall->web.harm = WEB_WHOLE;
    wall_begin(wall);
    wall_settle(wall);
    assert_int_equal(wall_plays(wall), 1);
    assert_int_equal(wall_faults(wall), 0);
}

/* What an earlier try left is something else (a power cut): seen at its end, and fetched anew at once. */
static void test_left_wrong(void **state)
{
    struct wall *wall = *state;
    enum sw_store_status status;
    uint64_t have;
    struct sw_store *store = sw_store_open(wall->folder, SW_STORE_WRITE, &status);
    assert_non_null(store);
    for (size_t i = 0; i < SITE_FILES; i++) {
        const struct sw_object *object = &wall->releases[0].files[i].object;
        struct sw_incoming *incoming = sw_incoming_begin(store, object, &have, &status);
        assert_non_null(incoming);
        for (uint64_t at = 0; at < object->bytes / 2; at++)
            assert_int_equal(sw_incoming_add(incoming, "", 1), SW_STORE_OK); /* zeros */
        sw_incoming_leave(incoming);
    }
    sw_store_close(store);
    wall_begin(wall);
    wall_settle(wall);
    assert_int_equal(wall_plays(wall), 1);
    assert_int_equal(wall_faults(wall), 0);
}

/* There is no room, by the quota. */
static void test_quota(void **state)
{
    struct wall *wall = *state;
    wall->options.quota = 75000;
    wall_begin(wall);
    wall_settle(wall);
    assert_int_equal(wall_plays(wall), 1);
    wall_select_newest(wall);
    wall_publish(wall, 2);
    size_t objects = web_asked(&wall->web, "objects/");
    for (int i = 0; i < 5; i++)
        (void)wall_next(wall);
    assert_int_equal(wall_said(wall, "there is no room for them: disk or quota"), 1);
    assert_int_equal(wall_plays(wall), 1);
    assert_int_equal(web_asked(&wall->web, "objects/"), objects + 1); /* the list, once */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all),
                                       AT_WALL(test_back_off),
                                       AT_WALL(test_resumes),
                                       AT_WALL(test_portal_meanwhile),
                                       AT_WALL(test_left_wrong_without_parts),
                                       AT_WALL(test_whole_for_part),
                                       AT_WALL(test_left_wrong),
                                       AT_WALL(test_quota),
                                       AT_WALL(test_gone_meanwhile)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
