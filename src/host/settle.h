/* SPDX-License-Identifier: EUPL-1.2 */
/* What counts in the end: what arguments say stands over the file, what neither says has its usual place. */
#ifndef SW_HOST_SETTLE_H
#define SW_HOST_SETTLE_H

#include "host/host.h"

/* NULL: not given. */
struct sw_host_arguments {
    const char *base;     /* EXHIBITION, where it has "://" in it */
    const char *wall;     /* --wall */
    const char *root_key; /* --root-key */
    const char *cache;    /* --cache; relative to the working folder, as arguments are */
};

/* Puts them over what *host says, by the same rules as the file. Strings of `arena`. NULL, or else what is wrong and what would be right;
 * then *host is as it was. */
const char *sw_host_overrule(struct sw_host *host, const struct sw_host_arguments *arguments, struct sw_arena *arena) SW_MUST;
/* What a host must still be told before it can follow a published exhibition; NULL: nothing. */
const char *sw_host_lacks(const struct sw_host *host) SW_MUST;

/* Where all is kept: `state`, else $XDG_STATE_HOME/schauwand, else ~/.local/state/schauwand; NULL: nowhere. Of `arena`; not made here. */
const char *sw_host_state(const struct sw_host *host, struct sw_arena *arena) SW_MUST;
/* Where releases are kept: `cache`, else the folder cache in the state; NULL: nowhere. */
const char *sw_host_cache(const struct sw_host *host, struct sw_arena *arena) SW_MUST;

#endif
