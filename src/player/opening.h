/* SPDX-License-Identifier: EUPL-1.2 */
/* A thread ("edition") that does what takes long of an edition's coming and going: reading and verifying a release, loading its exhibition,
 * opening its fonts, setting its first texts; and undoing all that. One is opened at a time. */
#ifndef SW_PLAYER_OPENING_H
#define SW_PLAYER_OPENING_H

#include "base/diag.h"
#include "player/edition.h"
#include "player/notices.h"
#include "player/release.h"
#include "player/workshop/faults.h"

struct sw_opening;

/* What is to be opened: `folder`, or else a release. */
struct sw_opening_order {
    const char *folder;                /* NULL: a release */
    const struct sw_followed *followed; /* whose */
    struct sw_release_wanted wanted;
    int64_t proven; /* the playlists that are tried where the wanted ones are faulty, before the release's own; 0: none */
    struct sw_notices *notices; /* who is told that it is tried; NULL: nobody */
    bool rehearse;  /* set the first texts, so that they cost the main thread nothing */
    const struct sw_options *options;
    sw_instant now;
    /* of a folder that is loaded again and again (play --window) */
    struct sw_kept *kept;  /* NULL: nothing is kept, and faults are not quoted */
    uint64_t fonts_there;  /* that are open already (player/edition.h); 0: none */
};

/* What became of it. */
struct sw_opened {
    bool whole;                /* else not even a card can be */
    struct sw_edition edition; /* not joined yet; without an exhibition where there is none that can be played */
    struct sw_diags diags;     /* finish them */
    struct sw_faults faults;   /* the same with the lines that they are in; finish them */
    char playlists_fault[240]; /* why the wanted playlists cannot be played; "": they can, or none were wanted */
    sw_instant trusted;        /* the latest instant that the store vouches for; 0: none */
};

/* At once, on this thread. */
void sw_opening_do(const struct sw_opening_order *order, struct sw_house *house, struct sw_opened *out);

/* Starts the thread; NULL (logged) if it cannot be. The house's waker is posted to when something is open. */
struct sw_opening *sw_opening_create(struct sw_house *house) SW_MUST;
void sw_opening_destroy(struct sw_opening *opening); /* unloads what is left; accepts NULL */
/* Asks for one; false: another one is under way. What the order points to stays until then. Main thread. */
bool sw_opening_ask(struct sw_opening *opening, const struct sw_opening_order *order) SW_MUST;
/* True: what was asked for last is there, and the caller's. Main thread. */
bool sw_opening_take(struct sw_opening *opening, struct sw_opened *out) SW_MUST;
/* Takes over one that has been left (sw_edition_leave) and unloads it. Main thread. */
void sw_opening_unload(struct sw_opening *opening, struct sw_edition *edition);

#endif
