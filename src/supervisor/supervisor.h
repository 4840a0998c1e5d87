/* SPDX-License-Identifier: EUPL-1.2 */
/* Starts player, courier, follower and their workers as siblings, joins them, starts again whatever ends, and ends them all. It parses
 * nothing but the fixed records of base/link.h. Main thread of a process without others. */
#ifndef SW_SUPERVISOR_SUPERVISOR_H
#define SW_SUPERVISOR_SUPERVISOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"

struct sw_supervise {
    const char *command;          /* of player and courier: "play" ... */
    const char *const *arguments; /* what follows it */
    size_t argument_count;
    bool endless;    /* until a signal or the player's own clean end; else once, with the player's exit status */
    bool heartbeats; /* the player sends them: it is ended where they stay out */
    bool player, courier; /* which of them there is; without a player the courier's end is the end */
    bool follow;          /* a player that follows: there is a follower, and a courier once the player has said for which generation */
    const char *door;     /* of this machine (base/control.h), opened here; NULL: none */
};

/* Runs until the end of it all; nothing is left behind. Returns the exit status: the player's (without one the courier's); 2 where it
 * crashed or could not be started; after a signal 0 where endless, else 128 + its number. */
int sw_supervise(const struct sw_supervise *what) SW_MUST;

#endif
