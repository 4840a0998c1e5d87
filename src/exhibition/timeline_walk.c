/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/timeline_walk.h"

#include <assert.h>

/* How often `otherwise` tries the choice again. */
#define OTHERWISE_STEP SW_SECOND

/* A choice made with the data as they are now, to know the round again when it comes back. */
struct mark {
    size_t entry;
    sw_instant began;
};

static void choose(struct sw_timeline_walk *walk, const struct sw_timeline_period *period, sw_instant at)
{
    size_t entry = sw_timeline_period_choose(period, walk->last, at);
    if (entry != SW_TIMELINE_NONE) {
        walk->last = entry;
        walk->ends = at + period->cycle[entry].length;
    } else {
        walk->ends = at + OTHERWISE_STEP;
        if (walk->entry != SW_TIMELINE_NONE) {
            walk->otherwise_since = at;
        }
    }
    walk->entry = entry;
    walk->began = at;
}

static void look_for_interrupts(struct sw_timeline_walk *walk, const struct sw_timeline_period *period, sw_instant at)
{
    struct sw_timeline_break over = sw_timeline_period_break(period, walk->entry, at);
    if (over.count != walk->over.count || over.hash != walk->over.hash) {
        walk->over_since = at;
    }
    walk->over = over;
    walk->looked = at;
}

/* Passes the changes of data before the entry ends and up to `instant`; returns the first one beyond. */
static sw_instant pass_changes(struct sw_timeline_walk *walk, const struct sw_timeline_period *period, sw_instant change,
                               sw_instant instant)
{
    sw_instant limit = instant < walk->ends ? instant : walk->ends - 1;
    while (change <= limit) {
        walk->fresh = true;
        if (period->interrupt_count == 0) { /* only the last of them counts, at the boundary */
            return sw_timeline_period_change(period, limit);
        }
        look_for_interrupts(walk, period, change);
        change = sw_timeline_period_change(period, change);
    }
    return change;
}

/* With the data unchanged since the mark, the choices from there on repeat: leaps over as many rounds as end by `limit`. */
static void leap(struct sw_timeline_walk *walk, const struct mark *mark, sw_instant limit)
{
    int64_t round = walk->began - mark->began;
    int64_t leapt = (limit - walk->began) / round * round;
    walk->began += leapt;
    walk->ends += leapt;
}

struct sw_timeline_walk sw_timeline_walk(const struct sw_timeline_period *period, sw_instant instant)
{
    struct sw_timeline_walk walk = {
        .entry = SW_TIMELINE_NONE,
        .last = period->cycle_count > 0 ? period->cycle_count - 1 : 0,
        .otherwise_since = period->from,
        .over_since = period->from,
    };
    choose(&walk, period, period->from);
    look_for_interrupts(&walk, period, period->from);
    struct mark mark = {walk.entry, walk.began};
    sw_instant change = sw_timeline_period_change(period, period->from);
    for (;;) {
        change = pass_changes(&walk, period, change, instant);
        if (walk.ends > instant) {
            return walk;
        }
        if (change == walk.ends) {
            walk.fresh = true;
            change = sw_timeline_period_change(period, change);
        }
        choose(&walk, period, walk.ends);
        if (walk.fresh) {
            walk.fresh = false;
            mark = (struct mark){walk.entry, walk.began};
            look_for_interrupts(&walk, period, walk.began);
        } else if (walk.entry == mark.entry) {
            leap(&walk, &mark, instant < change ? instant : change - 1);
        }
    }
}

size_t sw_timeline_place(const struct sw_playlist_item *item, sw_instant *began, sw_instant instant)
{
    size_t place = 0;
    while (*began + item->turns[place].duration <= instant) {
        *began += item->turns[place].duration;
        place++;
        assert(place < item->turn_count);
    }
    return place;
}
