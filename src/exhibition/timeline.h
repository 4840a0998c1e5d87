/* SPDX-License-Identifier: EUPL-1.2 */
/* What a zone wants to show at an instant: a pure function of (playlist, data, instant), the same on every machine and in every replay.
 * Cycles are anchored at local midnight and at each edge of the schedule (the latest of both before the instant), so a wall that starts late
 * is where the others are. `when` is read once, at an item's boundary, from the data snapshot of that boundary; `interrupt` items are read
 * at every snapshot. No clock is read here. */
#ifndef SW_EXHIBITION_TIMELINE_H
#define SW_EXHIBITION_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "exhibition/playlist.h"

/* The data that conditions see. `truth` answers a `when` as of the snapshot that was current at `instant`; `snapshot_at` gives the number of
 * that snapshot and since when it holds. Without live data there is one snapshot, number 0, for ever. */
struct sw_timeline_data {
    bool (*truth)(const void *context, const struct sw_expression *when, sw_instant instant);
    /* The first change of data after `instant`, or SW_NEVER. */
    sw_instant (*next_change)(const void *context, sw_instant instant);
    const void *context;
};

struct sw_wanted {
    const char *scene;                     /* never NULL when the playlist has an item on or an `otherwise` */
    const struct sw_playlist_item *item;   /* NULL: `otherwise` */
    sw_instant since;                      /* when this turn began */
    sw_instant until;                      /* when the next turn begins or a schedule's edge comes: nothing changes before that unless data do */
    uint64_t turn;                         /* differs from turn to turn: anchor, item, place in the item and round, hashed */
};

/* `zone` is the exhibition's time zone. Turns of zero length cannot be (the loader sees to at least 1 s). Within one cycle items with a
 * false `when` are passed over at their boundary. If all of a cycle is passed over: `otherwise`, and it is asked again each second. */
struct sw_wanted sw_timeline(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, const struct sw_timeline_data *data,
                             sw_instant instant);

/* What is shown, given what is wanted, what is ready and what failed: the wanted scene once it is ready; until then the one that is on;
 * a scene that failed is passed over to the next turn that has not. Pure. */
struct sw_shown_input {
    const struct sw_wanted *wanted;
    const char *current;                                    /* the scene on the wall now; NULL: nothing yet */
    bool (*ready)(const void *context, const char *scene);
    bool (*failed)(const void *context, const char *scene);
    const void *context;
};
struct sw_shown {
    const char *show;    /* scene to have on the wall now; NULL: nothing can be shown (built-in card) */
    const char *prepare; /* scene to make ready; NULL: none */
};
struct sw_shown sw_shown(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, const struct sw_timeline_data *data,
                         const struct sw_shown_input *input);

#endif
