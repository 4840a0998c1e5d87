/* SPDX-License-Identifier: EUPL-1.2 */
/* What was typed behind `schauwand setup`. */
#ifndef SW_SETUP_ORDER_H
#define SW_SETUP_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"

/* The keys that one line of text answers, in the order in which they are asked for and written. */
enum sw_setup_key {
    SW_SETUP_BASE,
    SW_SETUP_WALL,
    SW_SETUP_ROOT_KEY,
    SW_SETUP_CACHE,
    SW_SETUP_QUOTA,
    SW_SETUP_CALL,
    SW_SETUP_LIVE, /* "yes" or "no" */
    SW_SETUP_CONTACT,
    SW_SETUP_PROXY,
    SW_SETUP_CA,
    SW_SETUP_POLL,
    SW_SETUP_STATE,
    SW_SETUP_LOG,
    SW_SETUP_KEYS
};
#define SW_SETUP_ALLOW_MAX 64

struct sw_setup_order {
    const char *config;                      /* --config: the file to write */
    const char *from;                        /* --from: another wall's file, or its folder; NULL: none */
    const char *owner;                       /* --owner: whose secrets are to be; NULL: the usual one */
    const char *values[SW_SETUP_KEYS];       /* --base, --root-key ...; NULL: not given */
    const char *access_user, *access_secret; /* --access-user, --access-secret: a file; NULL: not given */
    const char *allow[SW_SETUP_ALLOW_MAX];   /* --allow, each */
    size_t allow_count;
    bool yes; /* --yes: nothing is asked */
};

/* "root_key" of the file; its option is "--root-key". */
const char *sw_setup_key_name(enum sw_setup_key key);
/* Of `schauwand-setup setup ARGUMENTS`. False: said on standard error. */
bool sw_setup_order_read(struct sw_setup_order *order, int count, char **arguments) SW_MUST;

#endif
