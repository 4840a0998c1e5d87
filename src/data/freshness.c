/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/freshness.h"

static struct sw_freshness_at for_ever(enum sw_freshness state) { return (struct sw_freshness_at){state, SW_NEVER}; }

static sw_instant after(sw_instant from, int64_t span) { return from > SW_NEVER - span ? SW_NEVER : from + span; }

struct sw_freshness_at sw_freshness_at(const struct sw_source *source, const struct sw_reading_facts *facts, bool failed, sw_instant now)
{
    if (source->faulty) {
        return for_ever(SW_FRESHNESS_ERROR);
    }
    if (source->off) {
        return for_ever(SW_FRESHNESS_OFF);
    }
    if (facts == NULL) {
        return for_ever(failed ? SW_FRESHNESS_ERROR : SW_FRESHNESS_LOADING);
    }
    sw_instant stale = after(facts->observed, source->fresh_for), expired = after(facts->observed, source->expire_after);
    if (facts->kind != SW_READING_LIVE) {
        return for_ever(facts->as_of < stale ? SW_FRESHNESS_FRESH : SW_FRESHNESS_STALE);
    }
    if (now < stale) {
        return (struct sw_freshness_at){SW_FRESHNESS_FRESH, stale};
    }
    return now < expired ? (struct sw_freshness_at){SW_FRESHNESS_STALE, expired} : for_ever(SW_FRESHNESS_EXPIRED);
}

const char *sw_freshness_text(enum sw_freshness state) { return sw_source_states[state]; } /* they stand in the same order */
