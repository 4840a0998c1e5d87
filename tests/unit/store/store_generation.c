/* SPDX-License-Identifier: EUPL-1.2 */
/* Generations and documents: added whole or not at all, selected, kept, removed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "in_store.h"

static struct sw_store_state state_of(struct in_store *in)
{
    struct sw_store_state state;
    assert_int_equal(sw_store_state_read(in->store, &state), SW_STORE_OK);
    return state;
}

static void mark(struct in_store *in, int64_t number, unsigned marks)
{
    struct sw_store_state state = state_of(in);
    sw_store_state_mark(&state, number, marks);
    assert_int_equal(sw_store_state_write(in->store, &state), SW_STORE_OK);
}

static void assert_kept(struct in_store *in, int64_t current, int64_t previous)
{
    struct sw_store_state state = state_of(in);
    assert_int_equal(state.current, current);
    assert_int_equal(state.previous, previous);
}

/* Which one is kept beside the current one: the last that was good, if the one before is not known to be. */
static void test_selected(void **state)
{
    struct in_store *in = *state;
    import(in, 1);
    assert_kept(in, 1, 0);
    assert_int_equal(played(in), 1);
    import(in, 1); /* again */
    assert_kept(in, 1, 0);
    import(in, 2);
    assert_kept(in, 2, 1);
    assert_int_equal(played(in), 2);
    mark(in, 2, SW_MARK_GOOD);
    import(in, 3);
    assert_kept(in, 3, 2);
    import(in, 4); /* 3 was never good: 2 stays */
    assert_kept(in, 4, 2);
    struct sw_store_state now = state_of(in);
    assert_int_equal(now.release.version, 4);
    assert_int_equal(now.trusted, in->releases[3].manifest.statement.issued);
    assert_int_equal(sw_generation_select(in->store, 2, &in->releases[1].manifest.statement), SW_STORE_OK); /* back */
    assert_kept(in, 2, 4);
    assert_int_equal(played(in), 2);
    now = state_of(in);
    assert_int_equal(now.release.version, 4); /* what was accepted stays accepted */
    assert_int_equal(now.trusted, in->releases[3].manifest.statement.issued);
    import(in, 5);
    assert_kept(in, 5, 2);
    assert_int_equal(sw_generation_select(in->store, 99, &in->releases[0].manifest.statement), SW_STORE_MISSING);
    assert_kept(in, 5, 2);
}

static void test_epoch(void **state)
{
    struct in_store *in = *state;
    struct sw_statement next = in->releases[0].manifest.statement;
    import(in, 3);
    next.epoch = 2;
    next.version = 1;
    assert_int_equal(sw_generation_select(in->store, 1, &next), SW_STORE_OK);
    assert_int_equal(state_of(in).release.epoch, 2);
    assert_int_equal(state_of(in).release.version, 1);
    next.epoch = 1;
    next.version = 9;
    assert_int_equal(sw_generation_select(in->store, 1, &next), SW_STORE_OK);
    assert_int_equal(state_of(in).release.epoch, 2);
}

static void test_not_whole(void **state)
{
    struct in_store *in = *state;
    char path[128];
    for (size_t i = 0; i <= SITE_FILES; i++) { /* any one of its objects gone, or its list */
        const struct sw_object *object = i < SITE_FILES ? &in->releases[0].files[i].object : &in->releases[0].manifest.contents;
        struct sw_signed document = {"r", in->releases[0].text, strlen(in->releases[0].text),
                                     (const char *const *)&in->releases[0].signature, 1};
        int64_t number = 7;
        import(in, 1);
        assert_int_equal(unlink(path_of("objects", object, path)), 0);
        assert_int_equal(sw_generation_add(in->store, &document, 1, &in->releases[0].manifest, in->releases[0].contents, &number),
                         SW_STORE_MISSING);
        assert_int_equal(number, 7);
        assert_int_equal(played(in), 0);
    }
    import(in, 1);
    assert_int_equal(played(in), 1);
}

static void test_list(void **state)
{
    struct in_store *in = *state;
    int64_t *numbers;
    size_t count;
    for (int i = 1; i <= 3; i++)
        import(in, i);
    assert_int_equal(mkdir("s/generations/x", 0755), 0); /* not ours */
    put_file("s/generations/9", "no folder", 9);         /* takes a number, and is no generation */
    assert_int_equal(sw_generation_list(in->store, &numbers, &count), SW_STORE_OK);
    assert_int_equal(count, 4);
    assert_true(numbers[0] == 9 && numbers[1] == 3 && numbers[2] == 2 && numbers[3] == 1);
    free(numbers);
    import(in, 4);
    assert_true(is_there("s/generations/10/release.json"));
    assert_int_equal(sw_generation_remove(in->store, 1), SW_STORE_OK);
    assert_int_equal(sw_generation_remove(in->store, 1), SW_STORE_MISSING);
    assert_false(is_there("s/generations/1"));
    put_file("s/generations/2/theirs", "", 0);
    assert_int_not_equal(sw_generation_remove(in->store, 2), SW_STORE_OK);
    assert_true(is_there("s/generations/2/theirs"));
    assert_false(is_there("s/generations/2/release.json"));
    assert_int_equal(mkdir("s/generations/.new", 0755), 0); /* what a crash leaves */
    put_file("s/generations/.new/keys", "1\n", 2);
    import(in, 5);
    assert_int_equal(played(in), 5);
    assert_false(is_there("s/generations/.new"));
    assert_int_equal(mkdir("s/generations/.new", 0755), 0); /* with something in it that is not ours, nothing can be added */
    put_file("s/generations/.new/theirs", "", 0);
    assert_int_equal(site_import(&in->site, in->store, &in->releases[0], false), SW_STORE_FAILED);
    assert_int_equal(played(in), 5);
}

/* The same manifest with another signature is another generation, as is a longer one. */
static void test_known(void **state)
{
    struct in_store *in = *state;
    struct site_release *release = &in->releases[0], longer;
    int64_t number;
    import(in, 1);
    char *signature = sw_signature_write(&in->site.publisher, release->text, strlen(release->text), "again");
    struct sw_signed again = {"r", release->text, strlen(release->text), (const char *const *)&signature, 1};
    assert_int_equal(sw_generation_add(in->store, &again, 1, &release->manifest, release->contents, &number), SW_STORE_OK);
    assert_int_equal(number, 2);
    again.signatures = (const char *const *)&release->signature;
    assert_int_equal(sw_generation_add(in->store, &again, 1, &release->manifest, release->contents, &number), SW_STORE_OK);
    assert_int_equal(number, 1);
    site_release_init(&in->site, &longer, 10);
    assert_int_equal(site_import(&in->site, in->store, &longer, false), SW_STORE_OK);
    assert_int_equal(played(in), 10);
    site_release_finish(&longer);
    free(signature);
}

static void test_load(void **state)
{
    struct in_store *in = *state;
    struct sw_generation generation;
    static const struct {
        const char *path, *text;
        enum sw_store_status status;
    } rows[] = {{"s/generations/1/keys", "", SW_STORE_WRONG},
                {"s/generations/1/keys", "x\n", SW_STORE_WRONG},
                {"s/generations/1/keys", "0\n", SW_STORE_WRONG},
                {"s/generations/1/keys", "12", SW_STORE_OK},
                {"s/generations/1/keys", "12\n", SW_STORE_OK},
                {"s/generations/1/keys", NULL, SW_STORE_MISSING},
                {"s/generations/1/release.minisig", NULL, SW_STORE_MISSING}};
    import(in, 1);
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        if (rows[i].text != NULL)
            put_file(rows[i].path, rows[i].text, strlen(rows[i].text));
        else
            assert_int_equal(unlink(rows[i].path), 0);
        assert_int_equal(sw_generation_load(in->store, 1, &generation), rows[i].status);
        if (rows[i].status == SW_STORE_OK) {
            assert_int_equal(generation.keys, 12);
            assert_string_equal(generation.manifest, in->releases[0].text);
            sw_generation_finish(&generation);
            sw_generation_finish(&generation);
        }
    }
    sw_generation_finish(NULL);
    assert_int_equal(sw_generation_load(in->store, 2, &generation), SW_STORE_MISSING);
}

static void test_documents(void **state)
{
    struct in_store *in = *state;
    struct sw_document document;
    const char *signatures[20];
    int64_t *versions;
    size_t count;
    for (size_t i = 0; i < SW_COUNT(signatures); i++)
        signatures[i] = i % 2 ? "odd" : "even";
    struct sw_signed two = {"x", "{}", 2, signatures, 2}, one = {"x", "[]\n", 3, signatures + 1, 1},
                     many = {"x", "many", 4, signatures, 20};
    assert_int_equal(sw_document_get(in->store, SW_DOCUMENT_KEYS, 5, &document), SW_STORE_MISSING);
    assert_int_equal(sw_document_put(in->store, SW_DOCUMENT_KEYS, 5, &two), SW_STORE_OK);
    assert_int_equal(sw_document_put(in->store, SW_DOCUMENT_KEYS, 12, &one), SW_STORE_OK);
    assert_int_equal(sw_document_put(in->store, SW_DOCUMENT_PLAYLISTS, 3, &many), SW_STORE_OK);
    assert_int_equal(sw_document_get(in->store, SW_DOCUMENT_KEYS, 5, &document), SW_STORE_OK);
    assert_int_equal(document.as_signed.signature_count, 2);
    assert_string_equal(document.as_signed.signatures[1], "odd");
    assert_string_equal(document.as_signed.bytes, "{}");
    assert_string_equal(document.as_signed.name, "keys-5.json");
    sw_document_finish(&document);
    sw_document_finish(&document);
    sw_document_finish(NULL);
    assert_int_equal(sw_document_put(in->store, SW_DOCUMENT_KEYS, 5, &one), SW_STORE_OK); /* no signature of the old one is left */
    assert_int_equal(sw_document_get(in->store, SW_DOCUMENT_KEYS, 5, &document), SW_STORE_OK);
    assert_int_equal(document.as_signed.signature_count, 1);
    sw_document_finish(&document);
    assert_int_equal(sw_document_get(in->store, SW_DOCUMENT_PLAYLISTS, 3, &document), SW_STORE_OK);
    assert_int_equal(document.as_signed.signature_count, SW_KEYRING_SIGNATURES_MAX);
    sw_document_finish(&document);
    put_file("s/documents/keys-07.json", "", 0);
    put_file("s/documents/keys-.json", "", 0);
    put_file("s/documents/notes.txt", "", 0);
    assert_int_equal(sw_document_list(in->store, SW_DOCUMENT_KEYS, &versions, &count), SW_STORE_OK);
    assert_true(count == 2 && versions[0] == 12 && versions[1] == 5);
    free(versions);
    assert_int_equal(sw_document_remove(in->store, SW_DOCUMENT_KEYS, 5), SW_STORE_OK);
    assert_int_equal(sw_document_remove(in->store, SW_DOCUMENT_KEYS, 5), SW_STORE_MISSING);
    assert_false(is_there("s/documents/keys-5.1.minisig"));
    assert_int_equal(mkdir("s/documents/keys-12.1.minisig.x", 0755), 0);
    assert_int_equal(unlink("s/documents/keys-12.1.minisig"), 0);
    assert_int_equal(mkdir("s/documents/keys-12.1.minisig", 0755), 0);
    assert_int_equal(sw_document_get(in->store, SW_DOCUMENT_KEYS, 12, &document), SW_STORE_WRONG);
    assert_int_equal(sw_document_put(in->store, SW_DOCUMENT_KEYS, 12, &two), SW_STORE_WRONG);
}

/* An empty folder that may only be read. */
static void test_nothing(void **state)
{
    struct in_store *in = *state;
    enum sw_store_status status;
    struct sw_document document;
    int64_t *numbers;
    size_t count;
    assert_int_equal(mkdir("empty", 0755), 0);
    struct sw_store *store = sw_store_open("empty", SW_STORE_READ, &status);
    assert_non_null(store);
    assert_int_equal(sw_generation_list(store, &numbers, &count), SW_STORE_MISSING);
    assert_int_equal(sw_document_list(store, SW_DOCUMENT_KEYS, &numbers, &count), SW_STORE_MISSING);
    assert_int_equal(sw_document_get(store, SW_DOCUMENT_KEYS, 1, &document), SW_STORE_MISSING);
    assert_false(sw_store_has(store, &in->releases[0].manifest.contents));
    sw_store_close(store);
    assert_int_equal(site_played(&in->site, "empty"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {IN_STORE(test_selected), IN_STORE(test_epoch), IN_STORE(test_not_whole), IN_STORE(test_list),
                                       IN_STORE(test_known),    IN_STORE(test_load),  IN_STORE(test_documents), IN_STORE(test_nothing)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
