/* SPDX-License-Identifier: EUPL-1.2 */
/* How much a source's values are worth now: a pure function of what came, what was declared, and the instant. Counted from the
 * observation's own time, never from when it was fetched. */
#ifndef SW_DATA_FRESHNESS_H
#define SW_DATA_FRESHNESS_H

#include "data/reading.h"

enum sw_freshness {
    SW_FRESHNESS_LOADING,
    SW_FRESHNESS_FRESH,
    SW_FRESHNESS_STALE,
    SW_FRESHNESS_EXPIRED,
    SW_FRESHNESS_ERROR,
    SW_FRESHNESS_OFF,
};

struct sw_freshness_at {
    enum sw_freshness state;
    sw_instant until; /* when that changes by the passing of time alone; SW_NEVER */
};

/* `facts`: NULL if nothing has come yet; `failed`: the last attempt failed (with a reading at hand it is stale or expired by its age, never
 * an error). What is observed ahead of `now` is observed now. Recorded and sample readings are as old as they were at the instant that they
 * stand for, for ever, and never expire. A source with faults is in error. */
struct sw_freshness_at sw_freshness_at(const struct sw_source *source, const struct sw_reading_facts *facts, bool failed, sw_instant now);
/* One of sw_source_states. */
const char *sw_freshness_text(enum sw_freshness state);

#endif
