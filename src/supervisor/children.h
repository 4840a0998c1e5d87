/* SPDX-License-Identifier: EUPL-1.2 */
/* The processes that the supervisor has started and not yet seen end. Of each role at most one is current; older ones are on their way out.
 * Main thread. */
#ifndef SW_SUPERVISOR_CHILDREN_H
#define SW_SUPERVISOR_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/link.h"
#include "base/must.h"
#include "base/tick.h"

/* Of video workers there are several, each a role of its own from SW_ROLE_VIDEO on. */
enum sw_role { SW_ROLE_PLAYER, SW_ROLE_COURIER, SW_ROLE_FOLLOWER, SW_ROLE_PICTURE, SW_ROLE_SVG, SW_ROLE_JQ, SW_ROLE_VIDEO };
#define SW_ROLES (SW_ROLE_VIDEO + SW_LINK_VIDEOS)
#define SW_CHILDREN_MAX (3 * SW_ROLES)

struct sw_child {
    pid_t pid;
    enum sw_role role;
    bool current;
    sw_tick started;
    sw_tick kill_at; /* SW_NEVER: not on its way out */
};

struct sw_children {
    char folder[4096]; /* of the helpers' executables */
    struct sw_child items[SW_CHILDREN_MAX];
    size_t count;
};

/* "player", "courier", "follower", "picture worker" ... */
const char *sw_role_name(enum sw_role role);

/* Finds the helpers: beside this executable, or in ../libexec/schauwand from there. False: they are in neither. */
bool sw_children_init(struct sw_children *children) SW_MUST;
/* Starts the role's executable with `arguments` (argument_count, without its own name) and descriptor `end` as number 3. It becomes the
 * current one. False: errno says why; also where SW_CHILDREN_MAX still run. */
bool sw_children_start(struct sw_children *children, enum sw_role role, const char *const *arguments, size_t argument_count, int end,
                       sw_tick now) SW_MUST;
/* The current child of a role, or NULL. Valid until the next start or reap. */
struct sw_child *sw_children_current(struct sw_children *children, enum sw_role role);
/* Sends `signal` (0: none) to all children of the role that run, none of them being current from now on, and KILL at `kill_at`. */
void sw_children_dismiss(struct sw_children *children, enum sw_role role, int signal, sw_tick kill_at);
/* Kills whose time has come. Returns when the next one's will: SW_NEVER if none. */
sw_tick sw_children_kill_due(struct sw_children *children, sw_tick now);
/* One child that has ended: true, with a copy of what was known of it and waitpid's status. */
bool sw_children_reap(struct sw_children *children, struct sw_child *ended, int *status) SW_MUST;

#endif
