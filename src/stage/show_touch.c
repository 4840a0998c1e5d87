/* SPDX-License-Identifier: EUPL-1.2 */
/* Fingers on a show: what is below them, and what they do to what reads, plays and is pressed. */
#include <math.h>
#include <string.h>

#include "stage/show.h"

const struct sw_box *sw_show_hit(const struct sw_show *show, double x, double y, double slack_px, bool *modal)
{
    *modal = false;
    if (show->root == NULL)
        return NULL;
    double scale = show->where->scale;
    double slack = slack_px / scale;
    return sw_view_hit(show->root, (x - show->where->offset_x) / scale, (y - show->where->offset_y) / scale, slack * 0.4, slack, modal);
}

const struct sw_box *sw_show_felt(const struct sw_show *show, double x, double y)
{
    const struct sw_show_place *where = show->where;
    return show->root != NULL ? sw_view_felt(show->root, (x - where->offset_x) / where->scale, (y - where->offset_y) / where->scale) : NULL;
}

void sw_show_finger_down(struct sw_show *show, uint64_t contact, uint64_t identity, double x, double y, double px_per_mm)
{
    sw_fingers_down(&show->fingers, contact, identity, x, y, px_per_mm);
    show->redraw = true;
}

void sw_show_finger_move(struct sw_show *show, uint64_t contact, double x, double y)
{
    if (sw_fingers_move(&show->fingers, contact, x, y))
        show->redraw = true;
}

void sw_show_finger_up(struct sw_show *show, uint64_t contact, sw_tick now) { sw_fingers_up(&show->fingers, contact, now); }

void sw_show_press(struct sw_show *show, uint64_t identity)
{
    if (show->pressed != identity)
        show->redraw = true;
    show->pressed = identity;
}

/* -- videos -- */

bool sw_show_wake(struct sw_show *show, double x, double y, sw_tick now)
{
    const struct sw_show_place *where = show->where;
    const struct sw_box *video =
        show->root != NULL ? sw_view_played(show->root, (x - where->offset_x) / where->scale, (y - where->offset_y) / where->scale) : NULL;
    if (video == NULL || video->reel->controls == NULL)
        return false;
    sw_playheads_touch(&show->playheads, video->identity, now);
    show->redraw = true;
    return true;
}

static const struct sw_box *find_box(const struct sw_box *box, uint64_t identity)
{
    const struct sw_box *found = box->identity == identity ? box : NULL;
    for (const struct sw_box *child = box->first; child != NULL && found == NULL; child = child->next)
        found = find_box(child, identity);
    return found;
}

void sw_show_scrub(struct sw_show *show, uint64_t video, double x, double y, bool begins, sw_tick now)
{
    const struct sw_show_place *where = show->where;
    const struct sw_box *box = show->root != NULL ? find_box(show->root, video) : NULL;
    if (box == NULL || box->reel == NULL || box->reel->track == NULL)
        return;
    const struct sw_reel *reel = box->reel;
    x = (x - where->offset_x) / where->scale;
    y = (y - where->offset_y) / where->scale;
    sw_view_inside(reel->track, &x, &y);
    double length = reel->track_end - reel->track_start;
    sw_playheads_scrub(&show->playheads, video, length != 0 ? (x - reel->track_start) / length : 0, begins, now);
    show->redraw = true;
}

void sw_show_let_go(struct sw_show *show, uint64_t video, sw_tick now)
{
    sw_playheads_let_go(&show->playheads, video, now);
    show->redraw = true;
}

/* -- actions -- */

struct doing {
    struct sw_show *show;
    const struct sw_action *action;
    sw_tick now;
};

/* What an action's "to" means, microseconds. */
static int64_t instant_of(struct sw_value value)
{
    if (value.type == SW_VALUE_DURATION)
        return value.as.duration;
    double seconds = sw_value_number_or(value, 0);
    return (int64_t)(fmin(fmax(seconds, 0), 1e9) * SW_SECOND);
}

static void act_on(const struct doing *doing, uint64_t identity)
{
    struct sw_playheads *heads = &doing->show->playheads;
    enum sw_action_kind kind = doing->action->kind;
    if (kind == SW_ACTION_SEEK)
        sw_playheads_seek(heads, identity, instant_of(doing->action->value), doing->now);
    else
        sw_playheads_play(heads, identity,
                          kind == SW_ACTION_PLAY    ? SW_PLAYING_PLAY
                          : kind == SW_ACTION_PAUSE ? SW_PLAYING_PAUSE
                                                    : SW_PLAYING_TOGGLE,
                          doing->now);
    doing->show->redraw = true;
}

/* Does it to every video of the name in and below `box`, which is seen. True: there was one. */
static bool act_below(const struct doing *doing, const struct sw_box *box)
{
    bool any = false;
    if (box->hidden)
        return false;
    struct sw_value name = box->common[SW_COMMON_NAME];
    if (box->reel != NULL && name.type == SW_VALUE_STRING && strcmp(name.as.string, doing->action->name) == 0) {
        act_on(doing, box->identity);
        any = true;
    }
    for (const struct sw_box *child = box->first; child != NULL; child = child->next)
        any = act_below(doing, child) || any;
    return any;
}

bool sw_show_play(struct sw_show *show, const struct sw_action *action, sw_tick now)
{
    struct doing doing = {show, action, now};
    if (show->root == NULL)
        return false;
    if (action->kind == SW_ACTION_TOGGLE) {
        act_on(&doing, action->identity);
        return true;
    }
    /* Names are private to each use of a part and to each row of a list: what is nearest to whoever does it is meant. */
    const struct sw_box *from = find_box(show->root, action->identity);
    bool found = false;
    for (const struct sw_box *box = from != NULL ? from : show->root; box != NULL && !found; box = box->parent)
        found = act_below(&doing, box);
    return found;
}
