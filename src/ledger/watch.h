/* SPDX-License-Identifier: EUPL-1.2 */
/* From what one zone shows, looked at again and again, to records: one begins when something else is on, and is handed over when it ends,
 * or after a minute, so that a power cut costs no more; then it goes on in another. No clock is read here. */
#ifndef SW_LEDGER_WATCH_H
#define SW_LEDGER_WATCH_H

#include <stdbool.h>

#include "base/tick.h"
#include "ledger/play.h"

#define SW_WATCH_PIECE SW_MINUTE       /* a record is of no more than this, and the time until the next look */
#define SW_WATCH_STEP (1 * SW_SECOND)  /* the civil clock is put on or back by more: the record ends, and another goes on */

/* What is on; NULL counts as "". */
struct sw_watched {
    const char *zone, *scene, *page, *why, *release, *by;
};

struct sw_watch {
    bool on;
    struct sw_play play; /* `until` is not known yet */
    sw_tick since;
};

/* `what` NULL: nothing is on. True: *ended is a record. */
bool sw_watch_look(struct sw_watch *watch, const struct sw_watched *what, sw_tick tick, sw_instant instant, struct sw_play *ended);

#endif
