/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/boundary.h"

/* When it is due, as things are; SW_NEVER: while somebody is there it is not. */
static sw_instant due_at(const struct sw_boundary_view *view)
{
    sw_instant now = view->now.instant;
    int64_t patience = view->offered + SW_BOUNDARY_PATIENCE - view->now.tick;
    if (view->nothing)
        return now;
    if (view->activate != 0)
        return view->activate;
    if (patience <= 0)
        return now;
    if (view->visit)
        return SW_NEVER;
    if (view->visit_ended || view->turn_ends == SW_NEVER || view->turn_ends - now > patience)
        return now; /* no boundary is ahead that would be a better one */
    return view->turn_ends;
}

struct sw_boundary sw_boundary_judge(const struct sw_boundary_view *view)
{
    sw_instant now = view->now.instant, due = due_at(view);
    struct sw_boundary boundary = {.as_of = now, .again = SW_NEVER};
    if (due == SW_NEVER) {
        boundary.again = view->offered + SW_BOUNDARY_PATIENCE;
        return boundary;
    }
    int64_t left = due > now ? due - now : 0;
    boundary.near = left <= SW_BOUNDARY_AHEAD;
    boundary.change = left == 0 && view->ready;
    if (boundary.near)
        boundary.as_of = now + left;
    if (left > 0)
        boundary.again = view->now.tick + (boundary.near ? left : left - SW_BOUNDARY_AHEAD);
    return boundary;
}
