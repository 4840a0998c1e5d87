/* SPDX-License-Identifier: EUPL-1.2 */
/* Time in a curator's window. */
#include "player/workshop/workshop_parts.h"

#define FRAME_US (SW_SECOND / 60)
#define SEEN_US (500 * SW_MS) /* of what the curator does while time stands, beyond the change of scenes that comes of it */

static bool changing(const struct sw_loop *loop)
{
    for (size_t i = 0; loop->edition.stage != NULL && i < sw_stage_zone_count(loop->edition.stage); i++)
        if (sw_stage_status(loop->edition.stage, i).changing)
            return true;
    return false;
}

/* What plays stands with it, or goes on. */
static void rest(struct sw_loop *loop, bool rests)
{
    loop->hours.stands = rests;
    if (loop->edition.stage != NULL)
        (void)sw_stage_rest(loop->edition.stage, rests);
    loop->next = sw_flow_time(&loop->flow, sw_loop_real(loop)).tick; /* it is told with this frame */
}

static void stand(struct sw_loop *loop)
{
    loop->workshop.until = 0;
    sw_flow_stand(&loop->flow, sw_loop_real(loop));
    rest(loop, true);
}

static void go_on(struct sw_loop *loop)
{
    sw_flow_go_on(&loop->flow, sw_loop_real(loop));
    sw_cinema_delay(loop->house.cinema, loop->flow.lost);
    rest(loop, false);
}

void sw_workshop_let(struct sw_loop *loop)
{
    if (!loop->workshop.paused)
        return;
    loop->workshop.begun = true;
    loop->workshop.until = loop->frame + SEEN_US;
    go_on(loop);
}

void sw_workshop_keep_time(struct sw_loop *loop)
{
    struct sw_workshop *workshop = &loop->workshop;
    if (!workshop->paused)
        return;
    bool moves = changing(loop);
    if (loop->flow.stands && workshop->begun && moves)
        sw_workshop_let(loop); /* what had to be made ready first */
    workshop->begun = workshop->begun && !moves;
    if (loop->flow.stands)
        return;
    if (moves)
        workshop->until = loop->frame + SEEN_US;
    else if (loop->frame >= workshop->until)
        stand(loop);
}

void sw_workshop_pause(struct sw_loop *loop)
{
    struct sw_workshop *workshop = &loop->workshop;
    workshop->paused = !workshop->paused;
    if (workshop->paused)
        stand(loop);
    else
        go_on(loop);
    workshop->until = 0;
    workshop->begun = false;
}

/* Videos go on by a frame only where they play for it. */
void sw_workshop_step(struct sw_loop *loop)
{
    if (!loop->workshop.paused || !loop->flow.stands) {
        loop->workshop.paused = true;
        stand(loop);
    }
    sw_cinema_delay(loop->house.cinema, loop->frame - loop->flow.at.tick);
    rest(loop, false);
    if (loop->edition.stage != NULL)
        (void)sw_stage_step(loop->edition.stage, loop->flow.at, false);
    sw_flow_step(&loop->flow, FRAME_US);
    rest(loop, true);
}

void sw_workshop_jump(struct sw_loop *loop, sw_instant instant)
{
    sw_flow_jump(&loop->flow, instant, sw_loop_real(loop));
    loop->workshop.jumped = true;
    loop->next = sw_flow_time(&loop->flow, sw_loop_real(loop)).tick;
    sw_workshop_let(loop);
}

void sw_workshop_now(struct sw_loop *loop)
{
    struct sw_time real = sw_loop_real(loop);
    sw_workshop_jump(loop, real.instant);
    loop->workshop.jumped = false;
}

int64_t sw_workshop_behind(const struct sw_loop *loop)
{
    const struct sw_workshop *workshop = &loop->workshop;
    int64_t ahead = workshop->paused || workshop->jumped ? 0 : sw_flow_ahead(&loop->flow, sw_loop_real(loop));
    return ahead < 0 ? -ahead / SW_SECOND : 0;
}
