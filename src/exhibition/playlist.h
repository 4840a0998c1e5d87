/* SPDX-License-Identifier: EUPL-1.2 */
/* A playlist as it is once loaded: what a zone plays when nobody touches it. Immutable, any thread. */
#ifndef SW_EXHIBITION_PLAYLIST_H
#define SW_EXHIBITION_PLAYLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exhibition/expression.h"
#include "exhibition/schedule.h"
#include "exhibition/transition.h"

/* One scene of a resolved item: `scene` items have one, `scenes` items have those that fit, sorted. */
struct sw_playlist_turn {
    const char *scene;   /* id */
    int64_t duration;    /* microseconds: the item's `for`; without one: the sum of the scene's pages; without: the default */
};

struct sw_playlist_item {
    const struct sw_playlist_turn *turns;
    size_t turn_count;                       /* 0: nothing fits; the item is passed over */
    bool clips;                              /* the length of some clip is in their durations, or in an outline the default in its place */
    const struct sw_expression *when;        /* NULL: always */
    bool has_schedule;
    struct sw_schedule schedule;             /* `on` */
    bool has_from, has_until;
    sw_instant from, until;                  /* its time in all: `from` included, `until` not */
    bool interrupt;                          /* breaks in as soon as all of these hold, back as soon as they do not */
    const char *by;                          /* who wants an override; NULL: it is none */
    int priority;                            /* only the items of the highest priority that are on are in the cycle */
    bool has_transition;
    struct sw_transition transition;         /* into this item */
};

struct sw_playlist {
    const char *id;
    const struct sw_playlist_item *items;
    size_t count;
    const char *otherwise; /* scene id; shown when no item is on; NULL: the exhibition's first scene */
};

/* Whether it is on by the clock: its `from`, `until` and `on`; whatever its `when`. */
bool sw_playlist_item_on(const struct sw_playlist_item *item, const struct sw_zone_rules *zone, sw_instant instant);
/* The next instant after `instant` at which that changes, at most `horizon` (0 to SW_SCHEDULE_HORIZON_MAX) later, that included; SW_NEVER
 * if it does not. */
sw_instant sw_playlist_item_edge(const struct sw_playlist_item *item, const struct sw_zone_rules *zone, sw_instant instant,
                                 int64_t horizon);

#endif
