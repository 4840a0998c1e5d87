/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether this player follows a published exhibition, and which: by what was typed and what the machine's operator has decided. */
#ifndef SW_PLAYER_FOLLOW_H
#define SW_PLAYER_FOLLOW_H

#include "base/arena.h"
#include "player/options.h"

/* Before the fence is raised: fills in options->follows, followed, plays, told and call, and sets what is logged. Strings of `arena`.
 * False: *fault says what is wrong and what would be right; the faults of the machine's file have been printed. */
bool sw_follow_settle(struct sw_options *options, struct sw_arena *arena, const char **fault) SW_MUST;

#endif
