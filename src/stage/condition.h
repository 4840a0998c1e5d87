/* SPDX-License-Identifier: EUPL-1.2 */
/* The conditions of a playlist (`when`) as functions of time: what struct sw_timeline_data asks. They see the civil clock, the zone and
 * how a visit begins; live data join them on the same road. Private to src/stage. Main thread. */
#ifndef SW_STAGE_CONDITION_H
#define SW_STAGE_CONDITION_H

#include "exhibition/exhibition.h"
#include "exhibition/timeline.h"

struct sw_conditions {
    const struct sw_exhibition *exhibition;
    const struct sw_wall_zone *zone;
    const char *canvas, *language;
    struct sw_scope scope;
    struct sw_timeline_data data; /* to be handed to sw_timeline; its context is this struct, which must not move */
};

void sw_conditions_init(struct sw_conditions *conditions, const struct sw_exhibition *exhibition, const struct sw_wall_zone *zone,
                        const char *canvas, const char *language);

#endif
