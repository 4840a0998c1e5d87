/* SPDX-License-Identifier: EUPL-1.2 */
/* What becomes of generations once they are in the store: which one is offered to the player, and what the player says about it, kept for
 * good. A generation plays when the player says so and not before; one that it left, refused, or ended at twice is never offered again;
 * one that played well for a while lets what it replaced go. What cannot be written now, as another process has the store, is tried
 * again. One thread. */
#ifndef SW_FOLLOW_KEEPER_H
#define SW_FOLLOW_KEEPER_H

#include "follow/follow.h"

/* What the player should play. number 0: there is nothing yet. */
struct sw_offer {
    int64_t number, version; /* of the generation; of its release */
    sw_instant activate;     /* all walls change then; 0: at once */
    sw_instant trusted;      /* the latest instant that was signed */
    int64_t playlists;       /* the newest that were accepted; 0: none */
};

struct sw_keeper;

/* `follow` must outlive it. */
struct sw_keeper *sw_keeper_create(struct sw_follow *follow) SW_MUST;
void sw_keeper_destroy(struct sw_keeper *keeper); /* accepts NULL */

/* What the player says. */
void sw_keeper_trying(struct sw_keeper *keeper, int64_t number);                    /* it is about to load it */
void sw_keeper_plays(struct sw_keeper *keeper, int64_t number, int64_t instead_of); /* it is on the wall; instead_of: left for it, or 0 */
void sw_keeper_refused(struct sw_keeper *keeper, int64_t number);                   /* it cannot be played */
void sw_keeper_good(struct sw_keeper *keeper, int64_t number);                      /* it has been played well for a while */
void sw_keeper_lost(struct sw_keeper *keeper);                                      /* it says nothing any more: it may have ended */

/* Writes what is to be written, and looks for what is to be offered. False: it could not be written, call again later. */
bool sw_keeper_step(struct sw_keeper *keeper);
/* The newest key list of the store that is trusted; NULL: none is known yet. Valid until the next step. */
const struct sw_keyring *sw_keeper_keyring(const struct sw_keeper *keeper);
const struct sw_offer *sw_keeper_offer(const struct sw_keeper *keeper);

#endif
