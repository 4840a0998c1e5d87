/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/documents.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/place.h"

#define NAME_ROOM 96
#define END ".json"

static const char *const leads[] = {"keys-", "playlists-"};

static const char *document_name(char name[NAME_ROOM], enum sw_document_kind kind, int64_t version)
{
    (void)snprintf(name, NAME_ROOM, "%s%" PRId64 END, leads[kind], version);
    return name;
}

static const char *signature_name(char name[NAME_ROOM], enum sw_document_kind kind, int64_t version, size_t index)
{
    (void)snprintf(name, NAME_ROOM, "%s%" PRId64 ".%zu.minisig", leads[kind], version, index + 1);
    return name;
}

enum sw_store_status sw_document_put(struct sw_store *store, enum sw_document_kind kind, int64_t version, const struct sw_signed *document)
{
    char name[NAME_ROOM];
    int folder = store->folders[SW_PLACE_DOCUMENTS];
    enum sw_store_status status = SW_STORE_OK;
    size_t count = document->signature_count < SW_KEYRING_SIGNATURES_MAX ? document->signature_count : SW_KEYRING_SIGNATURES_MAX;
    for (size_t i = 0; i < count && status == SW_STORE_OK; i++)
        status = sw_place_write(folder, signature_name(name, kind, version, i), document->signatures[i], strlen(document->signatures[i]));
    for (size_t i = count; i < SW_KEYRING_SIGNATURES_MAX && status == SW_STORE_OK; i++) /* of one that was replaced */
        (void)unlinkat(folder, signature_name(name, kind, version, i), 0);
    if (status == SW_STORE_OK)
        status = sw_place_write(folder, document_name(name, kind, version), document->bytes, document->length);
    return status;
}

enum sw_store_status sw_document_get(const struct sw_store *store, enum sw_document_kind kind, int64_t version, struct sw_document *out)
{
    char name[NAME_ROOM];
    size_t length;
    struct sw_document read = {.name = NULL};
    int folder = store->folders[SW_PLACE_DOCUMENTS];
    if (folder < 0)
        return SW_STORE_MISSING;
    enum sw_store_status status =
        sw_place_read(folder, document_name(name, kind, version), SW_STATEMENT_MAX, &read.bytes, &read.as_signed.length);
    if (status != SW_STORE_OK)
        return status;
    read.name = sw_strdup(name);
    for (size_t i = 0; i < SW_KEYRING_SIGNATURES_MAX && status == SW_STORE_OK; i++) {
        status = sw_place_read(folder, signature_name(name, kind, version, i), SW_SIGNATURE_FILE_MAX, &read.signatures[i], &length);
        read.as_signed.signature_count += status == SW_STORE_OK;
    }
    if (status != SW_STORE_OK && status != SW_STORE_MISSING) {
        sw_document_finish(&read);
        return status;
    }
    read.as_signed.name = read.name;
    read.as_signed.bytes = read.bytes;
    *out = read;
    out->as_signed.signatures = (const char *const *)out->signatures;
    return SW_STORE_OK;
}

void sw_document_finish(struct sw_document *document)
{
    if (document == NULL)
        return;
    for (size_t i = 0; i < SW_KEYRING_SIGNATURES_MAX; i++)
        free(document->signatures[i]);
    free(document->name);
    free(document->bytes);
    *document = (struct sw_document){.name = NULL};
}

enum sw_store_status sw_document_list(const struct sw_store *store, enum sw_document_kind kind, int64_t **versions, size_t *count)
{
    return sw_place_numbers(store->folders[SW_PLACE_DOCUMENTS], leads[kind], END, versions, count);
}

enum sw_store_status sw_document_remove(struct sw_store *store, enum sw_document_kind kind, int64_t version)
{
    char name[NAME_ROOM];
    int folder = store->folders[SW_PLACE_DOCUMENTS];
    if (unlinkat(folder, document_name(name, kind, version), 0) != 0)
        return sw_store_status_of(errno);
    for (size_t i = 0; i < SW_KEYRING_SIGNATURES_MAX; i++)
        (void)unlinkat(folder, signature_name(name, kind, version, i), 0);
    return SW_STORE_OK;
}
