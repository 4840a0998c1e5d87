/* SPDX-License-Identifier: EUPL-1.2 */
/* What a zone wants to show at an instant: a pure function of (playlist, data, instant), the same on every machine and in every replay, so
 * a wall that starts late is where the others are. No clock is read here; nothing is kept from one call to the next. Any thread.
 *
 * Periods. An item is on by schedule if it has turns, its `from` has come, its `until` has not, and its `on` holds (each only if it has
 * one). An edge is any instant at which that changes for any item, whatever its priority, interrupts included. Local midnights and edges
 * cut time into periods; all that follows begins anew with each, and a turn that is running ends there. The begin of its period is the
 * anchor of an instant. Durations are elapsed time: a day in which the clock changes has 23 or 25 hours of turns.
 *
 * The cycle. At the anchor, and whenever an item's last turn has ended (the item's boundary), the next item is chosen: among the items that
 * are on by schedule, are no interrupts and whose `when` is true at that instant, those of the highest priority; of these the first in
 * playlist order after the item shown last, from the end on to the beginning. All turns of the chosen item follow, one after the other; its
 * `when` is not read again before they have ended. So an item of higher priority whose `when` turns true begins when the running item ends,
 * and where none of a priority's `when`s is true the next lower priority has its turn.
 *
 * Otherwise. Where no item can be chosen: `otherwise`, and the choice is tried again each second (counted from when `otherwise` began).
 * However long it lasts, it is one turn.
 *
 * Interrupts. An interrupt item never has a turn in the cycle. It holds while it is on by schedule and its `when` is true at that very
 * instant; while it holds it stands over a running item of lower or equal priority (and over `otherwise`), from the exact instant of the
 * data's change, the edge or the boundary that lets it in. Of those that hold, the ones of the highest priority show, and where these are
 * several their turns follow one another in playlist order, from the instant at which just this set came to show, round and round. Beneath,
 * the cycle runs on unseen: when the interrupt ends, the turn that is due by the cycle alone shows for what is left of it (nothing is put
 * off or made up for). It then counts as a turn of its own with a later `since`, so that its scene starts from its beginning.
 *
 * Cost. As long as the data do not change whole rounds are leapt over, so a call takes steps in the order of two rounds for each change of
 * the data in the period, however short the turns are. Where no item that is on has a `when`, the data are not asked at all. */
#ifndef SW_EXHIBITION_TIMELINE_H
#define SW_EXHIBITION_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "exhibition/playlist.h"

/* The data that conditions see, as a function of time: asked again for the same instant, it must give the same answer. Reaches back to
 * the begin of the period at least (at most 25 hours); for what lies ahead it answers as of its newest snapshot. Both callbacks are
 * needed. Conditions are those of items that are on by schedule and could be chosen. */
struct sw_timeline_data {
    /* Answers a `when` as of the snapshot that was current at `instant` (a snapshot is current from its own instant on). */
    bool (*truth)(const void *context, const struct sw_expression *when, sw_instant instant);
    /* The first instant after `instant` (never equal) at which an answer of `truth` may differ from the ones before: a new snapshot, or the
     * passing of time where a condition reads `now`; SW_NEVER if there is none. Each change costs steps: leave out what alters no
     * condition. */
    sw_instant (*next_change)(const void *context, sw_instant instant);
    const void *context;
};

struct sw_wanted {
    const char *scene;                     /* of the playlist; NULL only where no item is chosen and `otherwise` is NULL */
    const struct sw_playlist_item *item;   /* NULL: `otherwise` */
    sw_instant since;                      /* when this turn began; what is wanted has been the same from then on */
    sw_instant until;                      /* after `instant`, never SW_NEVER; as long as the data do not change, the same is wanted until
                                              then, and at that instant another turn begins (perhaps of the same scene) */
    uint64_t turn;                         /* differs from turn to turn: anchor, item, place in the item, since and scene, hashed */
};

/* `zone` is the exhibition's time zone. `data` may be NULL: every `when` is false. Turns of zero length or less cannot be (the loader sees
 * to at least 1 s). Ask again at `until` and after each change of the data; the result points into the playlist. */
struct sw_wanted sw_timeline(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, const struct sw_timeline_data *data,
                             sw_instant instant);
/* The turn that follows a given one if the data stay as they are: what to make ready while that one shows. Its scene may be the same. */
struct sw_wanted sw_timeline_after(const struct sw_playlist *playlist, const struct sw_zone_rules *zone,
                                   const struct sw_timeline_data *data, const struct sw_wanted *wanted);

/* What is shown, given what is wanted, what is ready and what failed. Pure. The aim is the wanted scene. If that has failed it is passed
 * over: the aim is the first scene that has not failed among the turns that come after it in the present cycle, once round (as chosen with
 * the data of wanted->since; after an interrupt the others that hold, those of lower priority too, then the cycle beneath), and at last
 * `otherwise`. Nothing is passed over to a scene that is not due by schedule or condition. The aim shows once it is ready; until then, or
 * if all have failed, the scene on the wall stays, unless that one has failed itself: then the first of the same row that is ready shows,
 * if there is one. */
struct sw_shown_input {
    const struct sw_wanted *wanted;                         /* of the same playlist */
    const char *current;                                    /* the scene on the wall now; NULL: nothing yet */
    bool (*ready)(const void *context, const char *scene);  /* may be shown at once */
    bool (*failed)(const void *context, const char *scene); /* cannot be loaded or played, or is to be passed over */
    const void *context;
};
struct sw_shown {
    const char *show;    /* scene to have on the wall now; NULL: nothing can be shown (built-in card) */
    const char *prepare; /* the aim, where it is not ready yet; NULL: it shows, or there is none */
};
struct sw_shown sw_shown(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, const struct sw_timeline_data *data,
                         const struct sw_shown_input *input);

#endif
