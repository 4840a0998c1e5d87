/* SPDX-License-Identifier: EUPL-1.2 */
/* The edition that waits: made ready beside the one on the wall, until it takes its place. */
#include <string.h>

#include "base/log.h"
#include "player/boundary.h"
#include "player/loop.h"

#define DATA_US (3 * SW_SECOND) /* for the courier to begin and tell what it has */

static bool plays(const struct sw_loop *loop) { return loop->edition.stage != NULL; }

bool sw_changeover_same_panels(const struct sw_loop *loop, const struct sw_wall *wall)
{
    struct sw_wallview view = sw_loop_view(loop, wall);
    return loop->width == wall->width_px && loop->height == wall->height_px && loop->view.count == view.count &&
           memcmp(loop->view.places, view.places, sizeof view.places) == 0;
}

static struct sw_boundary_view look(const struct sw_loop *loop)
{
    const struct sw_changeover *changeover = &loop->changeover;
    struct sw_boundary_view view = {.now = {.tick = sw_loop_real(loop).tick, .instant = sw_loop_now(loop).instant},
                                    .offered = changeover->offered,
                                    .activate = changeover->activate,
                                    .turn_ends = SW_NEVER,
                                    .nothing = !plays(loop)};
    for (size_t i = 0; !view.nothing && i < sw_stage_zone_count(loop->edition.stage); i++) {
        struct sw_zone_status zone = sw_stage_status(loop->edition.stage, i);
        view.visit = view.visit || zone.visit || zone.contacts > 0;
        if (!zone.visit && zone.until < view.turn_ends)
            view.turn_ends = zone.until;
    }
    view.visit_ended = changeover->visited && !view.visit;
    return view;
}

/* Steps the stage that waits, for the instant at which it comes; not more often than it wants. */
static void step_next(struct sw_loop *loop, sw_instant as_of, bool hurry)
{
    struct sw_changeover *changeover = &loop->changeover;
    bool assets = sw_edition_collect(&changeover->next) || loop->assets;
    if (!assets && !hurry && loop->frame < changeover->next_due)
        return;
    struct sw_time then = {.tick = sw_loop_frame_time(loop).tick, .instant = as_of};
    changeover->made_for = as_of;
    changeover->next_due = sw_flow_real(&loop->flow, sw_stage_step(changeover->next.stage, then, assets));
}

static bool is_ready(const struct sw_loop *loop)
{
    const struct sw_changeover *changeover = &loop->changeover;
    const struct sw_edition *next = &changeover->next;
    bool told = next->feed == NULL ||
                (changeover->sources_asked != SW_NEVER &&
                 (sw_feed_settled(next->feed) || loop->frame - changeover->sources_asked >= DATA_US));
    return told && sw_stage_ready(next->stage);
}

static void change(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    struct sw_edition *next = &changeover->next;
    if (plays(loop))
        sw_stage_inherit(next->stage, loop->edition.stage);
    sw_stage_release(next->stage);
    changeover->old = loop->edition;
    loop->edition = *next;
    sw_edition_inherit(&loop->edition, &changeover->old);
    *next = (struct sw_edition){.house = NULL};
    changeover->faded_since = loop->frame;
    changeover->plays_since = changeover->offered = SW_NEVER;
    changeover->visited = changeover->good = false;
    loop->next = sw_loop_frame_time(loop).tick;
}

void sw_changeover_restart(struct sw_loop *loop)
{
    const struct sw_edition *next = &loop->changeover.next;
    sw_log(SW_LOG_NOTICE, "player", "the wall has other panels now: the player is started again");
    if (loop->options->follows)
        sw_changeover_say_plays(loop, next, 0);
    loop->quit = loop->again = true;
}

sw_tick sw_changeover_pursue(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    struct sw_boundary_view view = look(loop);
    bool same = sw_changeover_same_panels(loop, changeover->next.wall);
    view.ready = !same || is_ready(loop);
    struct sw_boundary boundary = sw_boundary_judge(&view);
    changeover->visited = view.visit;
    if (boundary.change) {
        if (same)
            change(loop);
        else
            sw_changeover_restart(loop);
        return loop->frame;
    }
    if (boundary.near && changeover->sources_asked == SW_NEVER && same)
        sw_changeover_ask_sources(loop, &changeover->next);
    bool moved = boundary.as_of < changeover->made_for || boundary.as_of - changeover->made_for > SW_SECOND;
    step_next(loop, boundary.as_of, boundary.near && moved);
    bool now_ready = !view.ready && is_ready(loop);
    sw_tick again = now_ready ? loop->frame : boundary.again;
    if (changeover->sources_asked != SW_NEVER && !view.ready && changeover->sources_asked + DATA_US < again)
        again = changeover->sources_asked + DATA_US;
    return changeover->next_due < again ? changeover->next_due : again;
}
