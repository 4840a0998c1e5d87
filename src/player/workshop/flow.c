/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/workshop/flow.h"

struct sw_time sw_flow_time(const struct sw_flow *flow, struct sw_time real)
{
    if (flow->stands)
        return flow->at;
    return (struct sw_time){.tick = real.tick - flow->lost, .instant = real.instant + flow->moved};
}

sw_tick sw_flow_real(const struct sw_flow *flow, sw_tick tick)
{
    return flow->stands || tick == SW_NEVER ? SW_NEVER : tick + flow->lost;
}

void sw_flow_stand(struct sw_flow *flow, struct sw_time real)
{
    flow->at = sw_flow_time(flow, real);
    flow->stands = true;
}

void sw_flow_go_on(struct sw_flow *flow, struct sw_time real)
{
    if (!flow->stands)
        return;
    flow->lost = real.tick - flow->at.tick;
    flow->moved = flow->at.instant - real.instant;
    flow->stands = false;
}

void sw_flow_step(struct sw_flow *flow, int64_t duration)
{
    flow->at.tick += duration;
    flow->at.instant += duration;
}

void sw_flow_jump(struct sw_flow *flow, sw_instant instant, struct sw_time real)
{
    flow->at.instant = instant;
    flow->moved = instant - real.instant;
}

int64_t sw_flow_ahead(const struct sw_flow *flow, struct sw_time real) { return sw_flow_time(flow, real).instant - real.instant; }
