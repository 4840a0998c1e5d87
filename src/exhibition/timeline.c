/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/timeline.h"

#include <assert.h>

#include "base/hash.h"
#include "exhibition/timeline_walk.h"

static sw_instant earlier(sw_instant a, sw_instant b)
{
    return a < b ? a : b;
}

static sw_instant later(sw_instant a, sw_instant b)
{
    return a > b ? a : b;
}

static void number_turn(struct sw_wanted *wanted, const struct sw_playlist *playlist, const struct sw_timeline_period *period, size_t place)
{
    uint64_t hash = sw_hash_number(SW_HASH_START, (uint64_t)period->from);
    hash = sw_hash_number(hash, wanted->item != NULL ? (uint64_t)(wanted->item - playlist->items) : UINT64_MAX);
    hash = sw_hash_number(hash, place);
    hash = sw_hash_number(hash, (uint64_t)wanted->since);
    wanted->turn = sw_hash_text(hash, wanted->scene);
}

/* The turn of `item` (which began at `began`) that runs at `instant`. Returns its place. */
static size_t turn_in_item(struct sw_wanted *wanted, const struct sw_playlist_item *item, sw_instant began, sw_instant instant)
{
    size_t place = sw_timeline_place(item, &began, instant);
    wanted->item = item;
    wanted->scene = item->turns[place].scene;
    wanted->since = began;
    wanted->until = began + item->turns[place].duration;
    return place;
}

/* Which of the interrupts that show has its turn. Returns its place in the item. */
static size_t turn_of_interrupts(struct sw_wanted *wanted, const struct sw_timeline_period *period, const struct sw_timeline_walk *walk,
                                 sw_instant instant)
{
    sw_instant began = instant - (instant - walk->over_since) % walk->over.length; /* of this round */
    for (size_t i = 0;; i++) {
        assert(i < period->interrupt_count);
        const struct sw_timeline_entry *entry = &period->interrupts[i];
        if (entry->item->priority != walk->over.priority || !sw_timeline_period_holds(period, entry, walk->looked)) {
            continue;
        }
        if (began + entry->length > instant) {
            return turn_in_item(wanted, entry->item, began, instant);
        }
        began += entry->length;
    }
}

/* Whether the boundary at the end of the running item may bring something else than what shows over it or instead of it now. */
static bool boundary_matters(const struct sw_timeline_period *period, const struct sw_timeline_walk *walk, sw_instant instant)
{
    if (!walk->fresh) {
        return false;
    }
    size_t next = sw_timeline_period_choose(period, walk->last, instant);
    if (walk->over.count == 0) {
        return next != SW_TIMELINE_NONE;
    }
    struct sw_timeline_break over = sw_timeline_period_break(period, next, instant);
    return over.count != walk->over.count || over.hash != walk->over.hash;
}

struct sw_wanted sw_timeline(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, const struct sw_timeline_data *data,
                             sw_instant instant)
{
    struct sw_timeline_period period;
    sw_timeline_period_init(&period, playlist, zone, data, instant);
    struct sw_timeline_walk walk = sw_timeline_walk(&period, instant);
    struct sw_wanted wanted = {.scene = playlist->otherwise, .since = walk.otherwise_since, .until = period.to};
    size_t place = 0;
    bool outlasts_boundary = true;
    if (walk.over.count > 0) {
        place = turn_of_interrupts(&wanted, &period, &walk, instant);
    } else if (walk.entry != SW_TIMELINE_NONE) {
        place = turn_in_item(&wanted, period.cycle[walk.entry].item, walk.began, instant);
        outlasts_boundary = false;
    }
    if (outlasts_boundary && boundary_matters(&period, &walk, instant)) {
        wanted.until = earlier(wanted.until, walk.ends);
    }
    wanted.since = later(wanted.since, walk.over_since);
    wanted.until = earlier(wanted.until, period.to);
    number_turn(&wanted, playlist, &period, place);
    sw_timeline_period_finish(&period);
    return wanted;
}

struct sw_wanted sw_timeline_after(const struct sw_playlist *playlist, const struct sw_zone_rules *zone,
                                   const struct sw_timeline_data *data, const struct sw_wanted *wanted)
{
    return sw_timeline(playlist, zone, data, wanted->until);
}
