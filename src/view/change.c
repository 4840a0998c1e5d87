/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/change.h"

#include <math.h>

#define FADE_STEPS 255

static bool along_x(enum sw_way way) { return way == SW_WAY_LEFT || way == SW_WAY_RIGHT; }

double sw_smooth(double t)
{
    t = fmin(1, fmax(0, t));
    return t * t * (3 - 2 * t);
}

struct sw_change sw_change_at(enum sw_change_kind kind, enum sw_way way, double progress, int width, int height)
{
    bool fades = kind == SW_CHANGE_FADE;
    struct sw_change change = {.kind = kind, .way = fades ? SW_WAY_LEFT : way};
    change.steps = fades ? FADE_STEPS : along_x(way) ? width : height;
    change.step = !(progress > 0) ? 0 : progress >= 1 ? change.steps : (int)floor(progress * change.steps + 0.5);
    return change;
}

bool sw_change_between(const struct sw_change *change) { return change->step > 0 && change->step < change->steps; }

/* The part of the zone that the second list has taken. */
static struct sw_box_px taken(const struct sw_change *change, int width, int height)
{
    int step = change->step;
    switch (change->way) {
    case SW_WAY_LEFT: return (struct sw_box_px){width - step, 0, step, height};
    case SW_WAY_RIGHT: return (struct sw_box_px){0, 0, step, height};
    case SW_WAY_UP: return (struct sw_box_px){0, height - step, width, step};
    case SW_WAY_DOWN: return (struct sw_box_px){0, 0, width, step};
    }
    return (struct sw_box_px){0, 0, width, height};
}

static struct sw_box_px left(const struct sw_change *change, int width, int height)
{
    int step = change->step;
    switch (change->way) {
    case SW_WAY_LEFT: return (struct sw_box_px){0, 0, width - step, height};
    case SW_WAY_RIGHT: return (struct sw_box_px){step, 0, width - step, height};
    case SW_WAY_UP: return (struct sw_box_px){0, 0, width, height - step};
    case SW_WAY_DOWN: return (struct sw_box_px){0, step, width, height - step};
    }
    return (struct sw_box_px){0, 0, width, height};
}

struct sw_change_view sw_change_view(const struct sw_change *change, bool second, int width, int height)
{
    if (change->kind == SW_CHANGE_FADE)
        return (struct sw_change_view){.seen = {0, 0, width, height}};
    struct sw_change_view view = {.seen = second ? taken(change, width, height) : left(change, width, height)};
    if (change->kind == SW_CHANGE_WIPE)
        return view;
    int moved = second ? change->steps - change->step : change->step; /* from where it begins, or to where it ends */
    bool backwards = (change->way == SW_WAY_LEFT || change->way == SW_WAY_UP) != second;
    *(along_x(change->way) ? &view.x : &view.y) = backwards ? -moved : moved;
    return view;
}

struct sw_box_px sw_change_damage(const struct sw_change *before, const struct sw_change *now, int width, int height)
{
    struct sw_box_px all = {0, 0, width, height}, none = {0, 0, 0, 0};
    if (before->kind != now->kind || before->way != now->way || before->steps != now->steps)
        return all;
    if (before->step == now->step)
        return none;
    if (now->kind != SW_CHANGE_WIPE)
        return all;
    /* where the edge was and where it is: what the one has taken and the other has left */
    const struct sw_change *less = before->step < now->step ? before : now, *more = less == before ? now : before;
    return sw_box_px_intersect(taken(more, width, height), left(less, width, height));
}

enum sw_way sw_way_back(enum sw_way way)
{
    switch (way) {
    case SW_WAY_LEFT: return SW_WAY_RIGHT;
    case SW_WAY_RIGHT: return SW_WAY_LEFT;
    case SW_WAY_UP: return SW_WAY_DOWN;
    case SW_WAY_DOWN: return SW_WAY_UP;
    }
    return way;
}
