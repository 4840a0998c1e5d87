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

#define SW_LADDER_STARTS 3                 /* so many starts that came to nothing ... */
#define SW_LADDER_WINDOW SW_MINUTE         /* ... in so short a time: the built-in scene */
#define SW_LADDER_RETRY (10 * SW_MINUTE)   /* after which the content is tried again */

struct sw_ladder {
    uint64_t wall;                        /* what is played: another one's starts do not count */
    sw_instant starts[SW_LADDER_STARTS];  /* of players with the content, oldest first; none of them known to be good */
    int count;
    sw_instant safe_since;                /* the built-in scene has been shown since; 0: it is not */
};

/* To be asked before each start of a player: true if it must be started with the built-in scene. Takes note of a start with the content. */
bool sw_ladder_start(struct sw_ladder *ladder, sw_instant now);
/* The last start came to nothing through no fault of the content: it is not counted. */
void sw_ladder_take_back(struct sw_ladder *ladder);
/* The player says that all is well, or was ended on purpose: earlier starts are forgotten. */
void sw_ladder_good(struct sw_ladder *ladder);
/* When the content is due again; SW_NEVER while it is played. */
sw_instant sw_ladder_retry_at(const struct sw_ladder *ladder);

/* Reads `path`; what is not there, not whole or another wall's gives an empty ladder of `wall`. */
void sw_ladder_load(struct sw_ladder *ladder, const char *path, uint64_t wall);
bool sw_ladder_save(const struct sw_ladder *ladder, const char *path) SW_MUST;
/* $XDG_STATE_HOME/schauwand/starts or ~/.local/state/schauwand/starts (XDG Base Directory Specification), its folder made where it is
 * missing; false if there is no place for it. */
bool sw_ladder_path(char *path, size_t capacity) SW_MUST;

#endif
