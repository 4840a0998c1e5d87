/* SPDX-License-Identifier: EUPL-1.2 */
/* What of a playlist is on by schedule around an instant, and the choices that timeline.h describes, made from it. Between two
 * neighbouring edges (or midnights) nothing of this changes but by data. Private to the timeline; one owner, lives for one call. */
#ifndef SW_EXHIBITION_TIMELINE_PERIOD_H
#define SW_EXHIBITION_TIMELINE_PERIOD_H

#include "exhibition/timeline.h"

#define SW_TIMELINE_NONE SIZE_MAX

/* An item that is on. */
struct sw_timeline_entry {
    const struct sw_playlist_item *item;
    int64_t length; /* of all its turns; longer than any day: some of them */
};

struct sw_timeline_period {
    sw_instant from, to; /* the anchor, and the next edge or midnight */
    const struct sw_timeline_data *data;
    struct sw_timeline_entry *cycle; /* items that could be chosen, in playlist order; of the heap, interrupts included */
    size_t cycle_count;
    struct sw_timeline_entry *interrupts;
    size_t interrupt_count;
    int top;   /* the highest priority in the cycle */
    bool asks; /* some `when` matters */
};

/* The interrupts that show; count 0: none. */
struct sw_timeline_break {
    size_t count;
    int priority;
    int64_t length; /* of all their turns */
    uint64_t hash;  /* which they are */
};

void sw_timeline_period_init(struct sw_timeline_period *period, const struct sw_playlist *playlist, const struct sw_zone_rules *zone,
                             const struct sw_timeline_data *data, sw_instant instant);
void sw_timeline_period_finish(struct sw_timeline_period *period);
/* The first change of data after `instant`; SW_NEVER where none matters. */
sw_instant sw_timeline_period_change(const struct sw_timeline_period *period, sw_instant instant);
/* Whether the entry's `when` is true (or it has none). */
bool sw_timeline_period_holds(const struct sw_timeline_period *period, const struct sw_timeline_entry *entry, sw_instant instant);
/* The entry of the cycle that follows `last` with the data of `instant`; SW_TIMELINE_NONE: `otherwise`. At the anchor `last` is the last
 * entry (the cycle begins with the first). */
size_t sw_timeline_period_choose(const struct sw_timeline_period *period, size_t last, sw_instant instant);
/* The interrupts that show at `instant` over `entry` of the cycle (or SW_TIMELINE_NONE). */
struct sw_timeline_break sw_timeline_period_break(const struct sw_timeline_period *period, size_t entry, sw_instant instant);

#endif
