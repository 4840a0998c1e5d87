/* SPDX-License-Identifier: EUPL-1.2 */
/* The objects of a store: a file named by the SHA-256 of what it holds. One comes in piece by piece, is resumed where it was left, and
 * stands under its name only when its size and hash are right and it is on the disk. */
#ifndef SW_STORE_OBJECTS_H
#define SW_STORE_OBJECTS_H

#include "store/contents.h"
#include "store/store.h"

/* Whether it is there with its size; the hash is not looked at (store/round.h does, slowly). */
bool sw_store_has(const struct sw_store *store, const struct sw_object *object) SW_MUST;
/* Opens it to be read; the descriptor is the caller's. WRONG where its size is another. */
enum sw_store_status sw_store_object_open(const struct sw_store *store, const struct sw_object *object, int *fd) SW_MUST;
/* Reads it whole, its hash looked at, NUL-terminated, the caller's to free(); WRONG where it has rotted. For small ones: at most `maximum`
 * bytes. */
enum sw_store_status sw_store_object_read(const struct sw_store *store, const struct sw_object *object, size_t maximum, char **bytes)
    SW_MUST;
/* Removes what has rotted, so that it is fetched again. */
enum sw_store_status sw_store_object_drop(struct sw_store *store, const struct sw_digest *digest) SW_MUST;

/* One on its way; no two of one digest at a time. */
struct sw_incoming;

/* Begins, or goes on where an earlier try ended: *have bytes are here already (0..object->bytes), the rest comes by sw_incoming_add. NULL
 * with *status set. */
struct sw_incoming *sw_incoming_begin(struct sw_store *store, const struct sw_object *object, uint64_t *have, enum sw_store_status *status)
    SW_MUST;
/* The same in two parts, for what is large: opened, and what is here already read and hashed, at most `budget` bytes in a call, until
 * *done. Only then *have counts, and the rest may come. */
struct sw_incoming *sw_incoming_open(struct sw_store *store, const struct sw_object *object, enum sw_store_status *status) SW_MUST;
enum sw_store_status sw_incoming_catch_up(struct sw_incoming *incoming, uint64_t budget, uint64_t *have, bool *done) SW_MUST;
/* The next bytes. WRONG: more than its size; FULL, FAILED: as they say. After each of these leave it or end it. */
enum sw_store_status sw_incoming_add(struct sw_incoming *incoming, const void *bytes, size_t length) SW_MUST;
/* Whether what came so far is the object, to its last byte. */
bool sw_incoming_is_right(const struct sw_incoming *incoming) SW_MUST;
/* All is here: checks, syncs and renames. WRONG: size or hash are not right, and nothing of it is kept. The object is done with. */
enum sw_store_status sw_incoming_end(struct sw_incoming *incoming) SW_MUST;
/* Stops for now; what came so far is kept and resumed. NULL is fine. */
void sw_incoming_leave(struct sw_incoming *incoming);
/* Stops and keeps nothing: an answer that cannot be trusted was on its way. NULL is fine. */
void sw_incoming_discard(struct sw_incoming *incoming);

/* Brings in an object that is in memory; nothing is done where it is there. */
enum sw_store_status sw_store_object_put(struct sw_store *store, const struct sw_object *object, const void *bytes) SW_MUST;

#endif
