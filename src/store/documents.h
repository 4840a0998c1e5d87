/* SPDX-License-Identifier: EUPL-1.2 */
/* Signed documents that are no releases: key lists and playlists, by their versions. A document is there once its signatures are. */
#ifndef SW_STORE_DOCUMENTS_H
#define SW_STORE_DOCUMENTS_H

#include "store/keyring.h"
#include "store/store.h"

enum sw_document_kind { SW_DOCUMENT_KEYS, SW_DOCUMENT_PLAYLISTS };

/* One as it was kept. Finish it. */
struct sw_document {
    struct sw_signed as_signed; /* points into what follows */
    char *name, *bytes;         /* owned */
    char *signatures[SW_KEYRING_SIGNATURES_MAX];
};

/* Keeps one; one of the same version is replaced. Nothing of it is verified here. */
enum sw_store_status sw_document_put(struct sw_store *store, enum sw_document_kind kind, int64_t version, const struct sw_signed *document)
    SW_MUST;
enum sw_store_status sw_document_get(const struct sw_store *store, enum sw_document_kind kind, int64_t version, struct sw_document *out)
    SW_MUST;
void sw_document_finish(struct sw_document *document);
/* The versions that are there, the newest first; free() them. */
enum sw_store_status sw_document_list(const struct sw_store *store, enum sw_document_kind kind, int64_t **versions, size_t *count) SW_MUST;
/* Removes one that no longer counts. */
enum sw_store_status sw_document_remove(struct sw_store *store, enum sw_document_kind kind, int64_t version) SW_MUST;

#endif
