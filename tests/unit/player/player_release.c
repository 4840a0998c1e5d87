/* SPDX-License-Identifier: EUPL-1.2 */
/* Which of the operators' playlists a wall lays over its release. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "in_store.h"
#include "player/release.h"

#define VERSIONS 3

static void put_playlists(struct in_store *in, const struct sw_secret_key *key, int64_t version)
{
    struct sw_statement statement = {.wall = "foyer", .epoch = 1, .version = version, .issued = 1, .expires = SW_NEVER};
    cJSON *playlists = cJSON_CreateObject();
    cJSON_AddStringToObject(cJSON_AddObjectToObject(playlists, "foyer"), "title", "of an operator");
    char *text = sw_playlists_write(&statement, playlists);
    char *signature = sw_signature_write(key, text, strlen(text), "playlists");
    struct sw_signed document = {"playlists", text, strlen(text), (const char *const *)&signature, 1};
    assert_int_equal(sw_document_put(in->store, SW_DOCUMENT_PLAYLISTS, version, &document), SW_STORE_OK);
    cJSON_Delete(playlists);
    free(text);
    free(signature);
}

/* The version that is laid over release 1. */
static int64_t laid_over(struct in_store *in, int64_t wanted, int64_t below)
{
    char key[SW_KEY_TEXT + 1];
    struct sw_release release;
    struct sw_diags diags;
    const struct sw_followed followed = {.cache = "s", .wall = "foyer", .root_key = sw_public_key_text(&in->site.root_public, key)};
    sw_diags_init(&diags);
    assert_true(sw_release_open(&release, &followed, &(struct sw_release_wanted){.playlists = wanted, .below = below}, &diags));
    int64_t version = release.playlists;
    assert_int_equal(release.version, 1);
    assert_int_equal(release.overlaid_count, version > 0);
    sw_root_destroy(release.root);
    sw_release_finish(&release);
    sw_diags_finish(&diags);
    return version;
}

static void test_playlists(void **state)
{
    struct in_store *in = *state;
    import(in, 1);
    assert_int_equal(laid_over(in, SW_PLAYLISTS_NEWEST, 0), 0);
    for (int64_t version = 1; version <= VERSIONS; version++)
        put_playlists(in, &in->site.operating, version);
    assert_int_equal(laid_over(in, SW_PLAYLISTS_NEWEST, 0), 3);
    assert_int_equal(laid_over(in, SW_PLAYLISTS_NEWEST, 3), 2); /* those do not fit the release */
    assert_int_equal(laid_over(in, SW_PLAYLISTS_NEWEST, 1), 0);
    assert_int_equal(laid_over(in, 1, 0), 1);
    assert_int_equal(laid_over(in, 0, 0), 0);
    put_playlists(in, &in->site.publisher, 3); /* who may not say what plays */
    assert_int_equal(laid_over(in, SW_PLAYLISTS_NEWEST, 0), 2);
    assert_int_equal(laid_over(in, 3, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {IN_STORE(test_playlists)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
