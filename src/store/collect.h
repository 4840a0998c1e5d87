/* SPDX-License-Identifier: EUPL-1.2 */
/* Room in a store: how much a release still needs, whether that fits disk and quota, and the removal of what nobody needs any more. Kept
 * are the generations that are current, previous, the newest, pinned, with all their objects; and those of a release that is wanted. */
#ifndef SW_STORE_COLLECT_H
#define SW_STORE_COLLECT_H

#include "store/generation.h"

/* A release that is being fetched. */
struct sw_wanted {
    struct sw_object list;              /* its content list, as an object */
    const struct sw_contents *contents; /* NULL: not known yet */
};

struct sw_missing {
    size_t objects;
    uint64_t bytes; /* that are still to come: of what is resumed, the rest */
};

/* What is still to be fetched; each object counts once. *order (if not NULL): the objects, the caller's to free(), sorted by digest. */
struct sw_missing sw_store_missing(const struct sw_store *store, const struct sw_wanted *wanted, struct sw_object **order);

struct sw_collected {
    size_t generations, objects; /* removed */
    uint64_t bytes;
};

/* Removes what is not kept; `wanted` may be NULL. What is not ours is left alone. WRONG: the current generation cannot be read, and nothing
 * was removed. */
enum sw_store_status sw_store_collect(struct sw_store *store, const struct sw_wanted *wanted, struct sw_collected *out) SW_MUST;

/* Makes sure that `wanted` fits before anything of it is fetched: with 5 % to spare on the disk, and all objects together within `quota`
 * bytes (0: no quota). What is not needed is collected first if it must be. FULL: it does not fit; *missing says what was needed. */
enum sw_store_status sw_store_make_room(struct sw_store *store, const struct sw_wanted *wanted, uint64_t quota, struct sw_missing *missing)
    SW_MUST;

#endif
