/* SPDX-License-Identifier: EUPL-1.2 */
/* A release of the store that this wall follows, as a root to load an exhibition from: verified anew from the wall's own root key on,
 * operators' playlists laid over its own. Any one thread; each call opens the store for itself and reads only. */
#ifndef SW_PLAYER_RELEASE_H
#define SW_PLAYER_RELEASE_H

#include <stdint.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/must.h"
#include "base/tick.h"

/* Where releases are, and whose. All strings are the caller's. */
struct sw_followed {
    const char *cache;    /* the store's folder */
    const char *wall;     /* its id */
    const char *root_key; /* as text */
};

#define SW_PLAYLISTS_NEWEST (-1) /* of those that can be trusted */

struct sw_release_wanted {
    int64_t number;    /* of a generation; 0: what plays (store/start.h) */
    int64_t besides;   /* with 0: another one than this, the newest; 0: none is left out */
    int64_t before;    /* with that: a lower number than this; 0: any */
    bool fallback;     /* with 0: the newest whole one that is not current */
    int64_t played;    /* with 0: it was on the wall, and is current where it is newer than what the store says; 0: unknown */
    int64_t playlists; /* version; 0: its own; SW_PLAYLISTS_NEWEST */
    int64_t below;     /* with the newest: of a lower version than this; 0: of any */
};

struct sw_release {
    struct sw_root *root; /* the caller's */
    int64_t number, version;
    int64_t playlists;  /* 0: its own */
    int64_t instead_of; /* the current one, where another was wanted or it is not whole; 0: it is that */
    sw_instant expires; /* SW_NEVER: it does not */
    sw_instant trusted; /* the latest instant that is vouched for; 0: none */
    struct sw_arena arena;
    const char *const *overlaid; /* paths of the operators' playlists, of `arena` */
    size_t overlaid_count;
};

/* False: there is none that can be played; faults say why (none: the store is empty). Playlists that cannot be trusted are faults of
 * "playlists-<version>.json", and it is played without them. */
bool sw_release_open(struct sw_release *release, const struct sw_followed *followed, const struct sw_release_wanted *wanted,
                     struct sw_diags *diags) SW_MUST;
/* Does not destroy the root. */
void sw_release_finish(struct sw_release *release);

#endif
