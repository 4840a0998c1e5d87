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
    const struct sw_expression *when;        /* NULL: always */
    bool has_schedule;
    struct sw_schedule schedule;             /* `on` */
    bool interrupt;                          /* breaks in as soon as `when` and `on` hold, back as soon as they do not */
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

#endif
