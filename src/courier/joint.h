/* SPDX-License-Identifier: EUPL-1.2 */
/* The follower's end to the player (store/notice.h): the newest notice of each kind is kept, and said when it has changed and at each new
 * joint. Main thread. */
#ifndef SW_COURIER_JOINT_H
#define SW_COURIER_JOINT_H

#include "base/tick.h"
#include "store/notice.h"

struct sw_joint {
    int end; /* -1: none */
    struct {
        struct sw_notice notice;
        bool known, unsaid;
        sw_tick said_at;
    } slots[SW_NOTICE_KEYS + 1]; /* by type */
};

void sw_joint_init(struct sw_joint *joint);
void sw_joint_finish(struct sw_joint *joint);
/* A fresh end, taken over; an older one is dead. */
void sw_joint_attach(struct sw_joint *joint, int end);
/* The newest of its kind. */
void sw_joint_keep(struct sw_joint *joint, const struct sw_notice *notice);
/* Says what has not been said; of each kind at most five times a second. When it wants to be called again; SW_NEVER: all is said. */
sw_tick sw_joint_say(struct sw_joint *joint, sw_tick now);
/* The next that the player says; false: nothing, or it is gone (*lost). */
bool sw_joint_hear(struct sw_joint *joint, struct sw_notice *out, bool *lost) SW_MUST;

#endif
