/* SPDX-License-Identifier: EUPL-1.2 */
/* What the player says of an exhibition's texts (player/texts.c), read again. One thread. */
#ifndef SW_LANG_INVENTORY_H
#define SW_LANG_INVENTORY_H

#include "base/must.h"
#include "exhibition/texts.h"

struct sw_inventory {
    struct sw_texts texts;
    size_t faults;                  /* of the exhibition as a whole */
    const struct sw_text **by_path; /* its items, by file and path */
};

/* Reads from `fd`, which stays open. False (said on standard error): it is not what the player writes. */
bool sw_inventory_read(struct sw_inventory *inventory, int fd) SW_MUST;
void sw_inventory_finish(struct sw_inventory *inventory); /* accepts a zeroed one */
/* NULL: there is none. */
const struct sw_text *sw_inventory_find(const struct sw_inventory *inventory, const char *file, const char *path);
/* The nearest file that has texts, or path of a text in `file`; NULL: none is near. */
const char *sw_inventory_nearest_file(const struct sw_inventory *inventory, const char *file);
const char *sw_inventory_nearest_path(const struct sw_inventory *inventory, const char *file, const char *path);
/* The place of a language among the exhibition's; -1: it is none of them. */
int sw_inventory_language(const struct sw_inventory *inventory, const char *language);
/* The same as translators' tools write it: with a region ("tr-TR") where the exhibition has none. */
int sw_inventory_language_like(const struct sw_inventory *inventory, const char *language);

#endif
