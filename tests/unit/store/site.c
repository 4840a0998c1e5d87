/* SPDX-License-Identifier: EUPL-1.2 */
#include "site.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/moment.h"

#define ISSUED (1795000000 * SW_SECOND)

void site_init(struct site *site)
{
    struct sw_keyring keyring = {.version = 1, .epoch = 1, .issued = ISSUED, .expires = SW_NEVER, .root_count = 1, .threshold = 1};
    *site = (struct site){.host = {.wall = "foyer"}};
    sw_key_make(&site->root, &site->root_public);
    sw_key_make(&site->publisher, &site->publisher_public);
    sw_key_make(&site->operating, &site->operating_public);
    site->host.pin = site->root_public;
    keyring.roots[0] = site->root_public;
    keyring.keys[SW_KEY_PUBLISHING][0] = (struct sw_keyring_key){site->publisher_public, "Anna", SW_NEVER};
    keyring.keys[SW_KEY_OPERATING][0] = (struct sw_keyring_key){site->operating_public, "Pult", SW_NEVER};
    keyring.key_counts[SW_KEY_PUBLISHING] = keyring.key_counts[SW_KEY_OPERATING] = 1;
    site->keys = sw_keyring_write(&keyring);
    site->keys_signature = sw_signature_write(&site->root, site->keys, strlen(site->keys), "keys");
}

void site_finish(struct site *site)
{
    free(site->keys);
    free(site->keys_signature);
}

static char *make_bytes(size_t index, int64_t version, size_t *length)
{
    *length = index == SITE_FILES - 1 ? SITE_BIG : index == 2 ? 0 : 100;
    char *bytes = calloc(1, *length + 1);
    assert(bytes != NULL);
    for (size_t i = 0; i < *length; i++)
        bytes[i] = (char)(i == 0 ? 'A' + (int)index : i == 1 && index >= 2 ? 'A' + (int)version : 'a' + (int)(i % 26));
    return bytes;
}

void site_release_init(const struct site *site, struct site_release *release, int64_t version)
{
    static const char *const paths[SITE_FILES] = {"media/a.svg", "media/b.svg", "media/empty", "scenes/c.json", "scenes/d.json", "zz/big"};
    struct sw_diags diags;
    size_t length;
    *release = (struct site_release){.manifest = {.statement = {.wall = "foyer", .epoch = 1, .version = version, .expires = SW_NEVER}}};
    release->manifest.statement.issued = ISSUED + version * SW_SECOND;
    for (size_t i = 0; i < SITE_FILES; i++) {
        release->bytes[i] = make_bytes(i, version, &length);
        release->files[i] = (struct sw_file_entry){paths[i], {sw_digest_of(release->bytes[i], length), length}};
    }
    release->list = sw_contents_write(release->files, SITE_FILES, &length);
    release->manifest.contents = (struct sw_object){sw_digest_of(release->list, length), length};
    sw_diags_init(&diags);
    release->contents = sw_contents_create(release->list, length, "contents", &diags);
    assert(release->contents != NULL);
    sw_diags_finish(&diags);
    release->text = sw_manifest_write(&release->manifest);
    release->manifest.statement.digest = sw_digest_of(release->text, strlen(release->text));
    release->signature = sw_signature_write(&site->publisher, release->text, strlen(release->text), "release");
}

void site_release_finish(struct site_release *release)
{
    for (size_t i = 0; i < SITE_FILES; i++)
        free(release->bytes[i]);
    free(release->list);
    free(release->text);
    free(release->signature);
    sw_contents_destroy(release->contents);
}

/* As a courier does it: in two pieces. */
static enum sw_store_status bring(struct sw_store *store, const struct sw_object *object, const char *bytes)
{
    uint64_t have;
    enum sw_store_status status;
    if (sw_store_has(store, object))
        return SW_STORE_OK;
    struct sw_incoming *incoming = sw_incoming_begin(store, object, &have, &status);
    if (incoming == NULL)
        return status;
    uint64_t half = have + (object->bytes - have) / 2;
    status = sw_incoming_add(incoming, bytes + have, (size_t)(half - have));
    if (status == SW_STORE_OK)
        status = sw_incoming_add(incoming, bytes + half, (size_t)(object->bytes - half));
    if (status == SW_STORE_OK)
        return sw_incoming_end(incoming);
    sw_incoming_leave(incoming);
    return status;
}

enum sw_store_status site_import(const struct site *site, struct sw_store *store, const struct site_release *release, bool blind)
{
    struct sw_signed keys = {"keys", site->keys, strlen(site->keys), (const char *const *)&site->keys_signature, 1};
    struct sw_signed document = {"r", release->text, strlen(release->text), (const char *const *)&release->signature, 1};
    struct sw_wanted wanted = {release->manifest.contents, release->contents};
    struct sw_missing missing;
    int64_t number = 0;
    enum sw_store_status status = sw_document_put(store, SW_DOCUMENT_KEYS, 1, &keys);
    if (status == SW_STORE_OK && !blind)
        status = sw_store_make_room(store, &wanted, (uint64_t)1 << 40, &missing);
    if (status == SW_STORE_OK)
        status = sw_store_object_put(store, &release->manifest.contents, release->list);
    for (size_t i = 0; i < SITE_FILES && status == SW_STORE_OK; i++)
        status = bring(store, &release->files[i].object, release->bytes[i]);
    if (status == SW_STORE_OK)
        status = sw_generation_add(store, &document, 1, &release->manifest, release->contents, &number);
    if (status == SW_STORE_OK)
        status = sw_generation_select(store, number, &release->manifest.statement);
    return status;
}

int64_t site_played(const struct site *site, const char *folder)
{
    struct sw_diags diags;
    struct sw_start start;
    struct site_release expected;
    enum sw_store_status status;
    struct sw_store *store = sw_store_open(folder, SW_STORE_READ, &status);
    if (store == NULL)
        return 0;
    sw_diags_init(&diags);
    status = sw_start_find(store, &site->host, &start, &diags);
    sw_diags_finish(&diags);
    if (status != SW_STORE_OK) {
        sw_store_close(store);
        return 0;
    }
    if (start.missing > 0) {
        sw_start_finish(&start);
        sw_store_close(store);
        return 0;
    }
    int64_t version = start.manifest.statement.version;
    site_release_init(site, &expected, version);
    assert(start.contents->count == SITE_FILES);
    for (size_t i = 0; i < SITE_FILES; i++) {
        char *bytes;
        status = sw_store_object_read(store, &start.contents->files[i].object, SITE_BIG, &bytes);
        assert(status == SW_STORE_OK);
        assert(memcmp(bytes, expected.bytes[i], (size_t)expected.files[i].object.bytes) == 0);
        free(bytes);
    }
    site_release_finish(&expected);
    sw_start_finish(&start);
    sw_store_close(store);
    return version;
}
