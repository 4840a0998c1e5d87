/* SPDX-License-Identifier: EUPL-1.2 */
/* What `follow` and `fetch` are told: which wall, whose key, where releases are kept; by arguments and the host's configuration. */
#ifndef SW_COURIER_SUBSCRIPTION_H
#define SW_COURIER_SUBSCRIPTION_H

#include "follow/follow.h"
#include "host/host.h"

struct sw_subscription {
    struct sw_arena arena; /* owns all strings */
    struct sw_host host;
    struct sw_subscriber subscriber;
    const char *store; /* the folder; absolute */
    const char *from;  /* --from: a published folder; NULL: host.base is asked */
};

/* Of `courier fetch|follow ARGUMENTS`; those of `follow` are `play`'s, and what is not the follower's is passed over. False: what is wrong
 * has been said on standard error, by `fetch` here, and where a wall follows by the player. Finish it in both cases. */
bool sw_subscription_read(struct sw_subscription *subscription, int count, char *const *arguments) SW_MUST;
void sw_subscription_finish(struct sw_subscription *subscription);
/* Makes the store's folder if need be, and gives up all but it, `from`, and what HTTP needs. False: it has been said; do not go on. */
bool sw_subscription_fence(const struct sw_subscription *subscription) SW_MUST;

#endif
