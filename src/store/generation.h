/* SPDX-License-Identifier: EUPL-1.2 */
/* Generations: the releases that a store has whole, numbered from 1 in the order in which they came. One of them is played: the state's
 * `current`. One is kept beside it: the one played before, or, as long as the current one is not known to be good, the last that was. */
#ifndef SW_STORE_GENERATION_H
#define SW_STORE_GENERATION_H

#include "store/manifest.h"
#include "store/objects.h"

struct sw_generation {
    int64_t number;
    char *manifest, *signature; /* owned: the documents, NUL-terminated */
    size_t manifest_length;
    int64_t keys; /* the version of the key list under which it was accepted */
};

/* Adds a release that was accepted; its content list and every object must be there, or it is MISSING. *number is its own; that of the
 * generation with the same manifest where there is one. Nothing is played yet. */
enum sw_store_status sw_generation_add(struct sw_store *store, const struct sw_signed *document, int64_t keys,
                                       const struct sw_manifest *manifest, const struct sw_contents *contents, int64_t *number) SW_MUST;
/* The next to be played, at once and for good: it becomes `current`, and its manifest `accepted` unless a newer one was. */
enum sw_store_status sw_generation_select(struct sw_store *store, int64_t number, const struct sw_statement *statement) SW_MUST;
/* What is kept of one; nothing of it is verified. Finish it. MISSING, WRONG: it cannot be used. */
enum sw_store_status sw_generation_load(const struct sw_store *store, int64_t number, struct sw_generation *out) SW_MUST;
void sw_generation_finish(struct sw_generation *generation);
/* The numbers of all, the newest first; free() them. What is not one of ours is passed over. */
enum sw_store_status sw_generation_list(const struct sw_store *store, int64_t **numbers, size_t *count) SW_MUST;
/* Removes one. A crash in between leaves one that is MISSING, and is removed the next time. */
enum sw_store_status sw_generation_remove(struct sw_store *store, int64_t number) SW_MUST;

#endif
