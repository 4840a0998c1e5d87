/* SPDX-License-Identifier: EUPL-1.2 */
/* The files that are to be written, kept until whoever is asked has agreed to them. Bytes are wiped at the end. */
#ifndef SW_SETUP_KEEP_H
#define SW_SETUP_KEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/must.h"

struct sw_kept {
    char *path, *bytes; /* owned */
    size_t length;
    bool secret; /* mode 0600 and of the owner; else 0644 */
};

struct sw_keep {
    struct sw_kept *files; /* owned */
    size_t count, capacity;
    const char *owner; /* of secrets; NULL: whoever writes them */
    uid_t user;
    gid_t group;
};

/* `owner`: NULL for the usual one: root writes for the user schauwand where there is one. False: said, there is no such user. */
bool sw_keep_open(struct sw_keep *keep, const char *owner) SW_MUST;
void sw_keep_finish(struct sw_keep *keep);
/* Copies. */
void sw_keep_add(struct sw_keep *keep, const char *path, const char *bytes, size_t length, bool secret);
/* Whether `path` can be written, in a folder that is there or will be made; said if not. */
bool sw_keep_may(const char *path) SW_MUST;
/* Each whole or not at all, in the order in which they were added, in folders that are made where they are not there; false: said. */
bool sw_keep_write(const struct sw_keep *keep) SW_MUST;

#endif
