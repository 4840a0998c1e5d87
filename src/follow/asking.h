/* SPDX-License-Identifier: EUPL-1.2 */
/* When a published folder is asked again: a pure function of how its last answers were. What a server says (max-age, Retry-After) lengthens
 * the wait and never shortens it; a thousand walls do not ask at the same moment. */
#ifndef SW_FOLLOW_ASKING_H
#define SW_FOLLOW_ASKING_H

#include "base/tick.h"

#define SW_ASKING_POLL (10 * SW_SECOND) /* the usual interval */

struct sw_asking {
    int64_t poll; /* the interval that the host wishes, microseconds; 0: none, every failure backs off */
    int failures; /* in a row */
};

/* The wait after a good answer. `max_age`: seconds, -1 not said; `quiet`: nothing has changed for a while, then at most four times a minute
 * unless the host wishes for more than is usual. `chance`: 0..1, evenly spread. */
int64_t sw_asking_good(struct sw_asking *asking, int64_t max_age, bool quiet, double chance);
/* The wait after a bad one or none: the interval, but at most 30 s, as a server that is started anew is away for a moment only and is asked
 * no more than usual; from the second in a row on 30 s, doubled each time, to 15 minutes. Up to a quarter more, and not sooner than
 * `retry_after` (seconds, -1 not said). */
int64_t sw_asking_failed(struct sw_asking *asking, int64_t retry_after, double chance);

#endif
