/* SPDX-License-Identifier: EUPL-1.2 */
/* What the log has been told of one source's trouble, so that it is told once: a fault that lasts is said when it begins, one that comes
 * and goes is not said again for a while. Two faults are alike but for their figures and what they quote. Main thread. */
#ifndef SW_COURIER_SAID_H
#define SW_COURIER_SAID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tick.h"

#define SW_SAID_AGAIN (10 * SW_MINUTE) /* before one that has gone and is back is said again */
#define SW_SAID_KINDS 8                /* remembered */

struct sw_said {
    uint64_t now; /* the fault that stands in the log; 0: none, or its end too */
    struct {
        uint64_t fault;
        sw_tick at;
    } kinds[SW_SAID_KINDS];
    size_t next;
};

/* Whether a fault of this kind and these words is to be said now; then it counts as said. */
bool sw_said_fault(struct sw_said *said, int kind, const char *text, sw_tick now);
/* Whether its end is to be said: it has been said itself, and no end since. */
bool sw_said_end(struct sw_said *said);

#endif
