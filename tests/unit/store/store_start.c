/* SPDX-License-Identifier: EUPL-1.2 */
/* What is played when a wall starts: the right one, whatever has rotted, is missing, or was put there by somebody else. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdlib.h>

#include "faults.h"
#include "in_store.h"
#include "store/round.h"

static void assert_found_part(struct in_store *in, int64_t version, size_t missing, const char *expected)
{
    char faults[2048];
    struct sw_diags diags;
    struct sw_start start;
    sw_diags_init(&diags);
    enum sw_store_status status = sw_start_find(in->store, &in->site.host, &start, &diags);
    assert_string_equal(take_faults(&diags, faults, sizeof faults), expected);
    sw_diags_finish(&diags);
    assert_int_equal(status, version > 0 ? SW_STORE_OK : SW_STORE_MISSING);
    if (version > 0) {
        assert_int_equal(start.manifest.statement.version, version);
        assert_int_equal(start.missing, missing);
        sw_start_finish(&start);
        sw_start_finish(&start);
    }
    sw_start_finish(NULL);
}

static void assert_found(struct in_store *in, int64_t version, const char *expected) { assert_found_part(in, version, 0, expected); }

static void test_for_whom(void **state)
{
    struct in_store *in = *state;
    struct sw_subscriber subscriber;
    char key[SW_KEY_TEXT + 1];
    int program[3];
    assert_false(sw_subscriber_init(&subscriber, "foyer", "RWQ"));
    assert_true(sw_subscriber_init(&subscriber, "foyer", sw_public_key_text(&in->site.host.pin, key)));
    assert_memory_equal(&subscriber.pin, &in->site.host.pin, sizeof subscriber.pin);
    assert_string_equal(subscriber.wall, "foyer");
    assert_true(sw_program_version_parse(SW_VERSION, program));
    assert_memory_equal(subscriber.program, program, sizeof program);
}

static void test_falls_back(void **state)
{
    struct in_store *in = *state;
    char path[128];
    assert_found(in, 0, "");
    for (int i = 1; i <= 3; i++)
        import(in, i);
    assert_found(in, 3, "");
    assert_int_equal(unlink(path_of("objects", &in->releases[2].files[3].object, path)), 0);
    assert_found(in, 2, "generations/3: error: \"scenes/c.json\" is not there");
    assert_int_equal(unlink(path_of("objects", &in->releases[1].manifest.contents, path)), 0);
    assert_found(in, 1, "generations/3: error: \"scenes/c.json\" is not there\ngenerations/2: error: its content list is not there");
    struct sw_store_state now;
    assert_int_equal(sw_store_state_read(in->store, &now), SW_STORE_OK);
    sw_store_state_mark(&now, 1, SW_MARK_BAD); /* one that was left is not chosen by itself */
    assert_int_equal(sw_store_state_write(in->store, &now), SW_STORE_OK);
    struct sw_diags diags;
    struct sw_start start;
    sw_diags_init(&diags);
    assert_int_equal(sw_start_try(in->store, &in->site.host, 3, &start, &diags), SW_STORE_MISSING);
    sw_diags_finish(&diags);
    assert_found_part(in, 3, 1,
                      "generations/3: error: \"scenes/c.json\" is not there\ngenerations/2: error: its content list is not there");
    assert_int_equal(unlink(path_of("objects", &in->releases[0].files[0].object, path)), 0); /* which all of them have */
    assert_found_part(in, 3, 2, "generations/3: error: \"media/a.svg\" is not there\ngenerations/2: error: its content list is not there");
}

/* What was left stays left, also where it is the one before. */
static void test_left(void **state)
{
    struct in_store *in = *state;
    char path[128];
    struct sw_store_state now;
    for (int i = 1; i <= 3; i++)
        import(in, i);
    assert_int_equal(unlink(path_of("objects", &in->releases[2].files[3].object, path)), 0);
    assert_int_equal(sw_store_state_read(in->store, &now), SW_STORE_OK);
    assert_int_equal(now.previous, 2);
    sw_store_state_mark(&now, 2, SW_MARK_BAD);
    assert_int_equal(sw_store_state_write(in->store, &now), SW_STORE_OK);
    assert_found(in, 1, "generations/3: error: \"scenes/c.json\" is not there");
}

static void test_others(void **state)
{
    struct in_store *in = *state;
    import(in, 1);
    import(in, 2);
    in->site.host.wall = "lobby";
    assert_found(in, 0,
                 "generations/2: error: is for the wall \"foyer\"; this is \"lobby\"\n"
                 "generations/1: error: is for the wall \"foyer\"; this is \"lobby\"");
    in->site.host.wall = "foyer";
    struct sw_public_key pin = in->site.host.pin;
    in->site.host.pin = in->site.publisher_public;
    assert_found(in, 0,
                 "keys-1.json: error: is not signed by the root key of this wall\n"
                 "generations/2: error: its key list 1 is not there\n"
                 "keys-1.json: error: is not signed by the root key of this wall\n"
                 "generations/1: error: its key list 1 is not there");
    in->site.host.pin = pin;
    put_file("s/generations/2/keys", "9\n", 2);
    assert_found(in, 1, "generations/2: error: its key list 9 is not there");
    put_file("s/generations/2/keys", "?", 1);
    assert_found(in, 1, "generations/2: error: is damaged");
    assert_int_equal(unlink("s/documents/keys-1.json"), 0);
    assert_found(in, 0, "generations/2: error: is damaged\ngenerations/1: error: its key list 1 is not there");
    assert_int_equal(mkdir("s/documents/keys-1.json", 0755), 0);
    assert_found(in, 0,
                 "generations/2: error: is damaged\ndocuments: error: key list 1 is damaged\n"
                 "generations/1: error: its key list 1 is not there");
}

/* Keys follow one on another; a release counts under the list it was accepted by. */
static void test_rotation(void **state)
{
    struct in_store *in = *state;
    struct sw_diags diags;
    struct sw_keyring first, second, read;
    import(in, 1);
    sw_diags_init(&diags);
    assert_int_equal(sw_store_keyring(in->store, &in->site.host.pin, 0, &first, &diags), SW_STORE_OK);
    second = first;
    second.version = 2;
    second.epoch = 2;
    second.key_counts[SW_KEY_PUBLISHING] = 0; /* whoever signed the release is revoked */
    char *text = sw_keyring_write(&second), *signature = sw_signature_write(&in->site.root, text, strlen(text), "keys");
    struct sw_signed document = {"k", text, strlen(text), (const char *const *)&signature, 1};
    assert_int_equal(sw_document_put(in->store, SW_DOCUMENT_KEYS, 2, &document), SW_STORE_OK);
    assert_int_equal(sw_store_keyring(in->store, &in->site.host.pin, 0, &read, &diags), SW_STORE_OK);
    assert_int_equal(read.version, 2);
    assert_int_equal(sw_store_keyring(in->store, &in->site.host.pin, 1, &read, &diags), SW_STORE_OK);
    assert_int_equal(read.version, 1);
    assert_int_equal(sw_store_keyring(in->store, &in->site.host.pin, 7, &read, &diags), SW_STORE_MISSING);
    assert_int_equal(played(in), 1); /* what plays goes on */
    free(text);
    free(signature);
    sw_diags_finish(&diags);
}

/* ---- rot ---- */

static struct in_store *rotting;
static int rotten_count, found_count;

static int rot_file(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    char *bytes;
    size_t length;
    (void)place;
    if (kind != FTW_F || strcmp(path, "s/lock") == 0 || info->st_size == 0)
        return 0;
    assert_int_equal(sw_file_read(path, SITE_BIG, &bytes, &length), SW_FILE_OK);
    for (size_t i = 0; i < 20; i++) {
        size_t at = length * i / 20;
        bytes[at] ^= 0x10;
        put_file(path, bytes, length);
        struct sw_round *round = sw_round_create(rotting->store); /* the slow pass has been here */
        struct sw_round_step step;
        bool named = false;
        do {
            assert_int_equal(sw_round_step(round, 1 << 20, &step), SW_STORE_OK);
            named = named || step.rotten;
        } while (!step.done);
        sw_round_destroy(round);
        int64_t version = played(rotting); /* asserts that every byte is of that version */
        assert_true(version == 2 || version == 1 || strstr(path, "keys-") != NULL || strstr(path, "objects") != NULL);
        assert_int_equal(named, strstr(path, "objects") != NULL); /* rot of an object is always found */
        rotten_count++;
        found_count += named || version != 2;
        bytes[at] ^= 0x10;
        put_file(path, bytes, length);
        assert_int_equal(played(rotting), 2);
    }
    free(bytes);
    return 0;
}

/* Every file of a store with two generations, at twenty places each: what is played is whole and says what it is, or nothing is. */
static void test_every_file(void **state)
{
    rotting = *state;
    import(rotting, 1);
    import(rotting, 2);
    assert_int_equal(nftw("s", rot_file, 16, FTW_PHYS), 0);
    print_message("%d places rotted; %d made a difference to what is played or were named\n", rotten_count, found_count);
    assert_true(rotten_count >= 20 * 15);
}

/* Keeps playlists that `key` signed. */
static void put_playlists(struct in_store *in, const struct sw_secret_key *key, int64_t version)
{
    struct sw_statement statement = {.wall = "foyer", .epoch = 1, .version = version, .issued = SW_SECOND, .expires = SW_NEVER};
    cJSON *none = cJSON_CreateObject();
    char *text = sw_playlists_write(&statement, none), *signature = sw_signature_write(key, text, strlen(text), "playlists");
    struct sw_signed document = {"p", text, strlen(text), (const char *const *)&signature, 1};
    assert_int_equal(sw_document_put(in->store, SW_DOCUMENT_PLAYLISTS, version, &document), SW_STORE_OK);
    cJSON_Delete(none);
    free(text);
    free(signature);
}

/* Playlists that were accepted are not forgotten with the state: an older one would be taken again. */
static void test_heal_playlists(void **state)
{
    struct in_store *in = *state;
    struct sw_store_state now;
    import(in, 1);
    put_playlists(in, &in->site.operating, 4);
    put_playlists(in, &in->site.operating, 5);
    put_playlists(in, &in->site.publisher, 6); /* who may not */
    assert_int_equal(mkdir("s/documents/playlists-7.json", 0755), 0);
    put_file("s/state", "rot", 3);
    assert_int_equal(sw_store_heal(in->store, &in->site.host), SW_STORE_OK);
    assert_int_equal(sw_store_state_read(in->store, &now), SW_STORE_OK);
    assert_true(now.current == 1 && now.playlists.epoch == 1 && now.playlists.version == 5);
}

static void test_heal(void **state)
{
    struct in_store *in = *state;
    struct sw_store_state now;
    assert_int_equal(sw_store_heal(in->store, &in->site.host), SW_STORE_OK);
    assert_false(is_there("s/state")); /* nothing to heal */
    for (int i = 1; i <= 3; i++)
        import(in, i);
    assert_int_equal(sw_store_heal(in->store, &in->site.host), SW_STORE_OK);
    for (int gone = 0; gone <= 1; gone++) {
        if (gone)
            assert_int_equal(unlink("s/state"), 0);
        else
            put_file("s/state", "rot", 3);
        assert_int_equal(played(in), 3);
        if (!gone)
            assert_found(in, 3, "state: error: is damaged");
        assert_int_equal(sw_store_heal(in->store, &in->site.host), SW_STORE_OK);
        assert_int_equal(sw_store_state_read(in->store, &now), SW_STORE_OK);
        assert_true(now.current == 3 && now.previous == 2 && now.release.version == 3);
        assert_true(sw_digest_equal(&now.release.digest, &in->releases[2].manifest.statement.digest));
        assert_int_equal(now.trusted, in->releases[2].manifest.statement.issued);
    }
    put_file("s/state", "rot", 3); /* while the newest is not whole, the others count */
    put_file("s/generations/3/keys", "?", 1);
    assert_int_equal(sw_store_heal(in->store, &in->site.host), SW_STORE_OK);
    assert_int_equal(sw_store_state_read(in->store, &now), SW_STORE_OK);
    assert_true(now.current == 2 && now.previous == 1 && now.release.version == 2);
}

/* Its files as a root: each lies in the store under its hash, and is what the release has. */
static void test_files(void **state)
{
    struct in_store *in = *state;
    struct sw_start start;
    struct sw_diags diags;
    struct sw_arena arena;
    struct sw_root_file files[SITE_FILES];
    enum sw_file_status status;
    import(in, 2);
    sw_diags_init(&diags);
    sw_arena_init(&arena);
    assert_int_equal(sw_start_find(in->store, &in->site.host, &start, &diags), SW_STORE_OK);
    assert_int_equal(start.contents->count, SITE_FILES);
    sw_contents_place(start.contents, &arena, files);
    struct sw_root *root = sw_root_create_list("s", files, SITE_FILES, &status);
    assert_non_null(root);
    for (size_t i = 0; i < SITE_FILES; i++) {
        char *bytes;
        size_t length;
        const struct sw_file_entry *file = &in->releases[1].files[i];
        assert_int_equal(sw_root_read(root, file->path, SITE_BIG, &bytes, &length), SW_FILE_OK);
        assert_int_equal(length, file->object.bytes);
        struct sw_digest digest = sw_digest_of(bytes, length);
        assert_true(sw_digest_equal(&digest, &file->object.digest));
        free(bytes);
    }
    sw_root_destroy(root);
    sw_arena_finish(&arena);
    sw_start_finish(&start);
    sw_diags_finish(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {IN_STORE(test_files),      IN_STORE(test_for_whom), IN_STORE(test_falls_back),
                                       IN_STORE(test_left),       IN_STORE(test_others),   IN_STORE(test_rotation),
                                       IN_STORE(test_every_file), IN_STORE(test_heal),     IN_STORE(test_heal_playlists)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
