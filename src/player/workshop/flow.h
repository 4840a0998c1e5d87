/* SPDX-License-Identifier: EUPL-1.2 */
/* How time flows for an exhibition in a curator's window: it may stand still, go on by a frame, and be another time of day than now. Ticks
 * of the exhibition are those of the machine less all that it has stood; instants are those of the clock, moved. Zeroed, both are the
 * same. Pure. */
#ifndef SW_PLAYER_WORKSHOP_FLOW_H
#define SW_PLAYER_WORKSHOP_FLOW_H

#include <stdbool.h>

#include "base/tick.h"
#include "stage/stage.h"

struct sw_flow {
    bool stands;
    struct sw_time at; /* where it stands */
    int64_t lost;      /* the machine's ticks are ahead by this, as of when it last flowed */
    int64_t moved;     /* what is added to the clock, likewise */
};

/* The exhibition's time where the machine's tick and the clock's instant at it are these. */
struct sw_time sw_flow_time(const struct sw_flow *flow, struct sw_time real);
/* The machine's tick at which the exhibition's comes; SW_NEVER: not while it stands. */
sw_tick sw_flow_real(const struct sw_flow *flow, sw_tick tick);
/* Stands still from `real` on, or flows on from where it stood. */
void sw_flow_stand(struct sw_flow *flow, struct sw_time real);
void sw_flow_go_on(struct sw_flow *flow, struct sw_time real);
/* While it stands: goes on by so much, at once. */
void sw_flow_step(struct sw_flow *flow, int64_t duration);
/* It is `instant` at `real`, and goes on from there if it flows. */
void sw_flow_jump(struct sw_flow *flow, sw_instant instant, struct sw_time real);
/* How far the exhibition's time of day is ahead of the clock; behind it: negative. */
int64_t sw_flow_ahead(const struct sw_flow *flow, struct sw_time real);

#endif
