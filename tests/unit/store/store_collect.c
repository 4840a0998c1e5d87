/* SPDX-License-Identifier: EUPL-1.2 */
/* What is kept and what goes, whether a release fits, and the slow round that finds rot. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "in_store.h"
#include "store/round.h"

static char path[128];

static bool has_all(struct in_store *in, int version)
{
    const struct site_release *release = &in->releases[version - 1];
    bool all = sw_store_has(in->store, &release->manifest.contents);
    for (size_t i = 0; i < SITE_FILES; i++)
        all = all && sw_store_has(in->store, &release->files[i].object);
    return all;
}

static struct sw_collected collect(struct in_store *in, const struct sw_wanted *wanted)
{
    struct sw_collected collected;
    assert_int_equal(sw_store_collect(in->store, wanted, &collected), SW_STORE_OK);
    return collected;
}

static void set_state(struct in_store *in, int64_t number, unsigned marks)
{
    struct sw_store_state now;
    assert_int_equal(sw_store_state_read(in->store, &now), SW_STORE_OK);
    sw_store_state_mark(&now, number, marks);
    assert_int_equal(sw_store_state_write(in->store, &now), SW_STORE_OK);
}

static void test_collected(void **state)
{
    struct in_store *in = *state;
    for (int i = 1; i <= 4; i++)
        import(in, i);
    set_state(in, 1, SW_MARK_PINNED);
    put_file("s/objects/README", "theirs", 6);
    put_file("s/objects/0123", "theirs", 6);
    assert_int_equal(mkdir("s/objects/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8aa", 0755), 0); /* no file of ours */
    put_file(path_of("partial", &in->releases[4].files[3].object, path), "begun", 5);
    struct sw_collected collected = collect(in, NULL);
    assert_int_equal(collected.generations, 1); /* 2: neither current, previous nor pinned */
    assert_int_equal(collected.objects, 4 + 1); /* what 2 alone had (the empty file is everybody's), and what was begun */
    assert_true(collected.bytes > SITE_BIG);
    assert_true(has_all(in, 1) && !has_all(in, 2) && has_all(in, 3) && has_all(in, 4));
    assert_true(is_there("s/objects/README") && is_there("s/objects/0123"));
    assert_false(is_there(path_of("partial", &in->releases[4].files[3].object, path)));
    collected = collect(in, NULL);
    assert_true(collected.generations == 0 && collected.objects == 0);
    assert_int_equal(played(in), 4);
    set_state(in, 1, 0);
    assert_int_equal(collect(in, NULL).generations, 1);
    assert_false(has_all(in, 1));
    assert_int_equal(played(in), 4);
}

/* What is being fetched is not collected, neither whole objects nor begun ones. */
static void test_wanted(void **state)
{
    struct in_store *in = *state;
    struct sw_wanted wanted = {in->releases[1].manifest.contents, in->releases[1].contents},
                     list = {in->releases[1].manifest.contents, NULL};
    import(in, 1);
    assert_int_equal(sw_store_object_put(in->store, &in->releases[1].files[3].object, in->releases[1].bytes[3]), SW_STORE_OK);
    put_file(path_of("partial", &in->releases[1].files[4].object, path), in->releases[1].bytes[4], 50);
    struct sw_object *order;
    struct sw_missing missing = sw_store_missing(in->store, &wanted, &order);
    assert_int_equal(missing.objects, 3); /* the list, d.json, big */
    assert_int_equal(missing.bytes, in->releases[1].manifest.contents.bytes + 50 + SITE_BIG);
    assert_true(memcmp(&order[0], &order[1], SW_DIGEST_BYTES) < 0 && memcmp(&order[1], &order[2], SW_DIGEST_BYTES) < 0);
    free(order);
    put_file(path_of("partial", &in->releases[1].files[4].object, path), in->releases[1].bytes[5], 101); /* too long: of no use */
    missing = sw_store_missing(in->store, &wanted, NULL);
    assert_int_equal(missing.bytes, in->releases[1].manifest.contents.bytes + 100 + SITE_BIG);
    assert_int_equal(sw_store_missing(in->store, &list, NULL).objects, 1);
    assert_int_equal(collect(in, &wanted).objects, 0);
    assert_int_equal(collect(in, &list).objects, 2);
    assert_int_equal(played(in), 1);
}

static void test_damaged(void **state)
{
    struct in_store *in = *state;
    struct sw_collected collected;
    for (int i = 1; i <= 3; i++)
        import(in, i);
    put_file("s/generations/2/release.json", "rot", 3); /* the previous one: of no use any more */
    collected = collect(in, NULL);
    assert_int_equal(collected.generations, 2);
    assert_int_equal(played(in), 3);
    put_file(path_of("objects", &in->releases[2].manifest.contents, path), "rot", 3);
    assert_int_equal(sw_store_collect(in->store, NULL, &collected), SW_STORE_WRONG); /* nobody can say what the current one needs */
    assert_true(sw_store_has(in->store, &in->releases[2].files[5].object));
    put_file("s/state", "rot", 3);
    assert_int_equal(sw_store_collect(in->store, NULL, &collected), SW_STORE_WRONG);
    struct sw_object bad_list = {sw_digest_of("no list", 7), 7}; /* sound as an object, but no content list */
    struct sw_manifest manifest = in->releases[4].manifest;
    manifest.contents = bad_list;
    assert_int_equal(sw_store_object_put(in->store, &bad_list, "no list"), SW_STORE_OK);
    char *text = sw_manifest_write(&manifest);
    put_file("s/generations/3/release.json", text, strlen(text));
    struct sw_store_state now = {.current = 3};
    assert_int_equal(sw_store_state_write(in->store, &now), SW_STORE_OK);
    assert_int_equal(sw_store_collect(in->store, NULL, &collected), SW_STORE_WRONG);
    free(text);
}

static void test_room(void **state)
{
    struct in_store *in = *state;
    struct sw_missing missing;
    struct sw_wanted wanted = {in->releases[2].manifest.contents, in->releases[2].contents};
    uint64_t one = in->releases[0].contents->sum + in->releases[0].manifest.contents.bytes;
    assert_int_equal(sw_store_make_room(in->store, &wanted, one, &missing), SW_STORE_OK);
    assert_int_equal(missing.bytes, one);
    assert_int_equal(sw_store_make_room(in->store, &wanted, one - 1, &missing), SW_STORE_FULL);
    put_file("s/objects/README", "theirs", 6);
    for (int i = 1; i <= 2; i++)
        import(in, i);
    assert_int_equal(sw_store_make_room(in->store, &wanted, 3 * one, &missing), SW_STORE_OK);
    assert_true(missing.bytes < one && missing.bytes > SITE_BIG);
    assert_int_equal(sw_store_make_room(in->store, &wanted, 2 * one, &missing), SW_STORE_FULL);
    assert_true(has_all(in, 1) && has_all(in, 2)); /* both are kept */
    import(in, 3);
    import(in, 4);
    wanted = (struct sw_wanted){in->releases[4].manifest.contents, in->releases[4].contents};
    assert_int_equal(sw_store_make_room(in->store, &wanted, 3 * one, &missing), SW_STORE_OK); /* 1 and 2 went for it */
    assert_true(!has_all(in, 1) && !has_all(in, 2) && has_all(in, 3) && has_all(in, 4));
    struct sw_object huge = {wanted.list.digest, (uint64_t)1 << 60};
    struct sw_wanted too_much = {huge, NULL};
    assert_int_equal(sw_store_make_room(in->store, &too_much, 0, &missing), SW_STORE_FULL); /* of the disk */
    put_file("s/state", "rot", 3);
    assert_int_equal(sw_store_make_room(in->store, &too_much, 0, &missing), SW_STORE_WRONG);
}

/* ---- the round ---- */

static void test_round(void **state)
{
    struct in_store *in = *state;
    static const uint64_t budgets[] = {1, 1000, 70000, UINT64_MAX};
    import(in, 1);
    put_file("s/objects/README", "theirs", 6);
    uint64_t all = in->releases[0].contents->sum + in->releases[0].manifest.contents.bytes;
    for (size_t b = 0; b < SW_COUNT(budgets); b++) {
        struct sw_round *round = sw_round_create(in->store);
        for (int twice = 0; twice < 2; twice++) {
            uint64_t read = 0;
            struct sw_round_step step = {.done = false};
            while (!step.done) {
                assert_int_equal(sw_round_step(round, budgets[b], &step), SW_STORE_OK);
                assert_true(step.read <= budgets[b] && !step.rotten);
                read += step.read;
            }
            assert_int_equal(read, all);
        }
        sw_round_destroy(round);
    }
    sw_round_destroy(NULL);
}

static void test_round_finds(void **state)
{
    struct in_store *in = *state;
    import(in, 1);
    for (int write = 0; write <= 1; write++) {
        (void)reopen(in, write ? SW_STORE_WRITE : SW_STORE_READ);
        put_file(path_of("objects", &in->releases[0].files[1].object, path), "rot", 3);
        struct sw_round *round = sw_round_create(in->store);
        struct sw_round_step step;
        int found = 0;
        do {
            assert_int_equal(sw_round_step(round, UINT64_MAX, &step), SW_STORE_OK);
            if (step.rotten) {
                found++;
                assert_true(sw_digest_equal(&step.digest, &in->releases[0].files[1].object.digest));
            }
        } while (!step.done);
        assert_int_equal(found, 1);
        assert_int_equal(is_there(path), !write);
        sw_round_destroy(round);
    }
    import(in, 1); /* fetched again */
    assert_int_equal(played(in), 1);
    assert_int_equal(mkdir(path_of("objects", &in->releases[3].files[5].object, path), 0755), 0); /* nobody can read that */
    struct sw_round *round = sw_round_create(in->store);
    struct sw_round_step step;
    bool named = false;
    do {
        assert_int_equal(sw_round_step(round, UINT64_MAX, &step), SW_STORE_OK);
        named = named || step.rotten;
    } while (!step.done);
    assert_true(named);
    do {
        assert_int_equal(sw_round_step(round, 1, &step), SW_STORE_OK);
    } while (step.read == 0);
    sw_round_destroy(round); /* in the middle of an object */
    assert_int_equal(mkdir("empty", 0755), 0);
    enum sw_store_status status;
    struct sw_store *empty = sw_store_open("empty", SW_STORE_READ, &status);
    round = sw_round_create(empty);
    assert_int_equal(sw_round_step(round, 1, &step), SW_STORE_MISSING);
    sw_round_destroy(round);
    sw_store_close(empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {IN_STORE(test_collected), IN_STORE(test_wanted), IN_STORE(test_damaged),
                                       IN_STORE(test_room),      IN_STORE(test_round),  IN_STORE(test_round_finds)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
