/* SPDX-License-Identifier: EUPL-1.2 */
/* A round: every object of a store is read once and its hash compared with its name, slowly, a few bytes at a time. What has rotted is
 * removed (in a store that may be written) and named, so that it is fetched again. What cannot be read is named and left: it may be the
 * moment's fault; fetched again it takes the old one's place. */
#ifndef SW_STORE_ROUND_H
#define SW_STORE_ROUND_H

#include "store/objects.h"

struct sw_round_step {
    bool done;   /* the round is over; the next step begins another */
    bool rotten; /* `digest` is not what it must be, or cannot be read */
    struct sw_digest digest;
    uint64_t read; /* bytes that this step read */
};

struct sw_round;

struct sw_round *sw_round_create(struct sw_store *store) SW_MUST;
void sw_round_destroy(struct sw_round *round);
/* Reads at most `budget` bytes (at least one), or up to the first object that has rotted. What came or went since the round began may be
 * left out. */
enum sw_store_status sw_round_step(struct sw_round *round, uint64_t budget, struct sw_round_step *out) SW_MUST;

#endif
