/* SPDX-License-Identifier: EUPL-1.2 */
/* The conditions of a playlist (`when`) as functions of time: what struct sw_timeline_data asks. They see the civil clock, the zone, how a
 * visit begins, and live data.
 *
 * Clock and zone are the same whenever one asks. What data said is known only while they are there, so the truth of each condition that
 * reads a source is kept in a log as time goes by: judged when data change and at each instant from which the passing of time may change it
 * (a reading grows stale or expires; `now` is read). Of instants before the last judgement the log answers; of those after it the data as
 * they are. Before the first judgement such a condition is false, as it is while the values that it wants are missing. Data that change
 * without changing a truth leave no trace. Main thread. */
#ifndef SW_STAGE_CONDITION_H
#define SW_STAGE_CONDITION_H

#include "data/data.h"
#include "exhibition/exhibition.h"
#include "exhibition/timeline.h"
#include "stage/truth_log.h"

/* A `when` that reads a source. */
struct sw_judged_when {
    const struct sw_expression *when;
    struct sw_truth_log log;
    sw_instant valid_until; /* what was judged last holds until then if the data stay */
};

struct sw_conditions {
    const struct sw_exhibition *exhibition;
    const struct sw_wall_zone *zone;
    const char *canvas, *language;
    const struct sw_data *live;   /* NULL: there are no sources */
    struct sw_judged_when *judged;  /* owned */
    size_t judged_count;
    sw_instant looked;            /* of the last judgement */
    sw_instant due;               /* the earliest valid_until */
    uint64_t data_number;         /* of the data then */
    bool known;                   /* there was one */
    struct sw_timeline_data data; /* to be handed to sw_timeline; its context is this struct, which must not move */
};

void sw_conditions_init(struct sw_conditions *conditions, const struct sw_exhibition *exhibition, const struct sw_wall_zone *zone,
                        const char *canvas, const char *language, const struct sw_data *live);
void sw_conditions_finish(struct sw_conditions *conditions);
/* Judges what has changed by `now`. True: the timeline must be asked anew. To be called before it is asked; costs nothing where neither
 * data nor time give cause. */
bool sw_conditions_update(struct sw_conditions *conditions, sw_instant now);

#endif
