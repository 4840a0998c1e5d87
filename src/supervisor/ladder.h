/* SPDX-License-Identifier: EUPL-1.2 */
/* The recovery ladder: which of what could be shown the next player is started with. Its memory is a small file that is written before each
 * start, so that it also sees what ended the supervisor itself, or the machine. Pure but for load and save. */
#ifndef SW_SUPERVISOR_LADDER_H
#define SW_SUPERVISOR_LADDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"

#define SW_LADDER_STARTS 3               /* so many starts that came to nothing ... */
#define SW_LADDER_WINDOW SW_MINUTE       /* ... in so short a time: the next rung */
#define SW_LADDER_RETRY (10 * SW_MINUTE) /* after which the content is tried again */

enum sw_ladder_rung {
    SW_LADDER_CONTENT,
    SW_LADDER_FALLBACK, /* what was played before; only where something is followed */
    SW_LADDER_SAFE,     /* the built-in scene */
};

struct sw_ladder {
    uint64_t wall;                       /* what is played: another one's starts do not count */
    enum sw_ladder_rung rung;            /* of the last start */
    sw_instant since;                    /* when it was first come to; CONTENT: 0 */
    sw_instant starts[SW_LADDER_STARTS]; /* of players on this rung, oldest first; none of them known to be good. SAFE: none */
    int count;
    int64_t tried; /* the newest generation that a player was about to load; 0: none */
};

/* To be asked before each start of a player: with what. Takes note of the start. `fallback`: that rung is there. */
enum sw_ladder_rung sw_ladder_start(struct sw_ladder *ladder, bool fallback, sw_instant now);
/* The last start came to nothing through no fault of what it played: it is not counted. */
void sw_ladder_take_back(struct sw_ladder *ladder);
/* The player was ended on purpose: earlier starts are forgotten. */
void sw_ladder_forget(struct sw_ladder *ladder);
/* The player says that all is well. What was a fallback is the content from now on: whoever keeps releases knows of it. */
void sw_ladder_good(struct sw_ladder *ladder);
/* A player is about to load generation `number`, or, on the rung SAFE, it is offered. True: nobody has tried it yet, and the content is due
 * at once. */
bool sw_ladder_try(struct sw_ladder *ladder, int64_t number);
/* When the content is due again; SW_NEVER while it is played. */
sw_instant sw_ladder_retry_at(const struct sw_ladder *ladder);

/* Reads `path`; what is not there, not whole or another wall's gives an empty ladder of `wall`. */
void sw_ladder_load(struct sw_ladder *ladder, const char *path, uint64_t wall);
bool sw_ladder_save(const struct sw_ladder *ladder, const char *path) SW_MUST;
/* "starts" where this machine keeps what outlives programs (base/state.h), the folder made where it is missing; false if there is no place
 * for it. */
bool sw_ladder_path(char *path, size_t capacity) SW_MUST;

#endif
