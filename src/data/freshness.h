/* SPDX-License-Identifier: EUPL-1.2 */
/* How much a source's values are worth now: a pure function of what came, what was declared, and the instant. Counted from the
 * observation's own time, never from when it was fetched. */
#ifndef SW_DATA_FRESHNESS_H
#define SW_DATA_FRESHNESS_H

#include "data/reading.h"

enum sw_freshness { SW_LOADING, SW_FRESH, SW_STALE, SW_EXPIRED, SW_ERROR, SW_OFF };

struct sw_freshness_at {
    enum sw_freshness state;
    sw_instant until; /* when that changes by the passing of time alone; SW_NEVER */
};

/* `facts`: NULL if nothing has come yet; `failed`: the last attempt failed (with a reading at hand it is stale or expired by its age, never
 * an error). An observation more than a minute ahead of `now` counts as observed now. Recorded and sample readings are as old as they were
 * at their own instant, for ever. */
struct sw_freshness_at sw_freshness_at(const struct sw_source *source, const struct sw_reading_facts *facts, bool failed, sw_instant now);
/* "loading", "fresh", "stale", "expired", "error", "off" */
const char *sw_freshness_text(enum sw_freshness state);
extern const char *const sw_freshness_words[]; /* all of them, NULL-terminated */

#endif
