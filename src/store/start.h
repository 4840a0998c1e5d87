/* SPDX-License-Identifier: EUPL-1.2 */
/* What a wall plays when it starts, without network and whatever happened before: the current generation if it is whole, else the one
 * before, else the newest that is. Signatures are verified anew, from the wall's own root key on; no clock has a say. */
#ifndef SW_STORE_START_H
#define SW_STORE_START_H

#include "store/documents.h"
#include "store/generation.h"

/* The newest key list of the store, verified from the pin on through all that came before it; `version` 0, or that very version. MISSING:
 * there is none that can be trusted. Faults name lists that were passed over. */
enum sw_store_status sw_store_keyring(const struct sw_store *store, const struct sw_public_key *pin, int64_t version,
                                      struct sw_keyring *out, struct sw_diags *diags) SW_MUST;

/* For whom. */
struct sw_subscriber {
    struct sw_public_key pin; /* the wall's root key */
    const char *wall;
    int program[3]; /* this one's version */
};

/* This program, for the wall of that id. False: `root_key` is no key. */
bool sw_subscriber_init(struct sw_subscriber *subscriber, const char *wall, const char *root_key) SW_MUST;

/* A generation to be played. Finish it. */
struct sw_start {
    int64_t number;
    struct sw_manifest manifest;
    struct sw_contents *contents; /* owned */
    size_t missing;               /* files of it whose objects are not there: only where nothing is whole */
};

/* Whether a generation's manifest is signed by a key of the list under which it was accepted, and for this wall; else a fault under
 * `name`. */
bool sw_start_verify(const struct sw_store *store, const struct sw_subscriber *host, const struct sw_generation *generation,
                     const char *name, struct sw_manifest *manifest, struct sw_diags *diags) SW_MUST;
/* Verifies one generation: signature, wall, content list, and that all objects are there. WRONG, MISSING after one fault. */
enum sw_store_status sw_start_try(const struct sw_store *store, const struct sw_subscriber *host, int64_t number, struct sw_start *out,
                                  struct sw_diags *diags) SW_MUST;
/* Finds what to play. Where nothing is whole, the first that is signed and has its content list is better than a dark wall: `missing` says
 * how many files it lacks. MISSING: there is not even that. Faults name the generations that are not whole. */
enum sw_store_status sw_start_find(const struct sw_store *store, const struct sw_subscriber *host, struct sw_start *out,
                                   struct sw_diags *diags) SW_MUST;
void sw_start_finish(struct sw_start *start);

/* Where the state is damaged or gone: writes it anew from what generations and playlists say, so that nothing older is ever accepted. Else
 * does nothing. */
enum sw_store_status sw_store_heal(struct sw_store *store, const struct sw_subscriber *host) SW_MUST;

#endif
