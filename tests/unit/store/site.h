/* SPDX-License-Identifier: EUPL-1.2 */
/* A small site for tests of the store: keys, a key list, releases with files, and how a courier brings one in. */
#ifndef SW_TESTS_STORE_SITE_H
#define SW_TESTS_STORE_SITE_H

#include "store/collect.h"
#include "store/start.h"

#define SITE_FILES 6
#define SITE_BIG 70000 /* bytes of the last file: more than one piece */

struct site {
    struct sw_secret_key root, publisher, operating;
    struct sw_public_key root_public, publisher_public, operating_public;
    struct sw_subscriber host; /* of the wall "foyer" */
    char *keys, *keys_signature;
};

struct site_release {
    char *bytes[SITE_FILES]; /* of its files; the first two are the same in every release */
    struct sw_file_entry files[SITE_FILES];
    char *list; /* the content list */
    struct sw_manifest manifest;
    char *text, *signature;
    struct sw_contents *contents;
};

void site_init(struct site *site);
void site_finish(struct site *site);
/* Version `version` of epoch 1. */
void site_release_init(const struct site *site, struct site_release *release, int64_t version);
void site_release_finish(struct site_release *release);

/* Brings the key list and a release into the store, up to and including its selection; `blind`: without looking first whether it fits. */
enum sw_store_status site_import(const struct site *site, struct sw_store *store, const struct site_release *release, bool blind);
/* The version that a wall would play from the store in `folder`, every byte of it compared with what version that is; 0: nothing whole. */
int64_t site_played(const struct site *site, const char *folder);

#endif
