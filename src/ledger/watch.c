/* SPDX-License-Identifier: EUPL-1.2 */
#include "ledger/watch.h"

#include <stdlib.h>
#include <string.h>

static void set_all(struct sw_play *play, const struct sw_watched *what)
{
    sw_play_set(play->zone, sizeof play->zone, what->zone);
    sw_play_set(play->scene, sizeof play->scene, what->scene);
    sw_play_set(play->page, sizeof play->page, what->page);
    sw_play_set(play->why, sizeof play->why, what->why);
    sw_play_set(play->release, sizeof play->release, what->release);
    sw_play_set(play->by, sizeof play->by, what->by);
}

/* The same showing, on whichever page. */
static bool goes_on(const struct sw_play *a, const struct sw_play *b)
{
    return strcmp(a->zone, b->zone) == 0 && strcmp(a->scene, b->scene) == 0 && strcmp(a->why, b->why) == 0 &&
           strcmp(a->release, b->release) == 0 && strcmp(a->by, b->by) == 0;
}

static sw_instant within(sw_instant instant)
{
    return instant < 0 ? 0 : instant > SW_PLAY_INSTANT_MAX / 2 ? SW_PLAY_INSTANT_MAX / 2 : instant;
}

/* Ends what was on. True: it was on long enough to be a record. */
static bool end(struct sw_watch *watch, sw_tick tick, struct sw_play *ended)
{
    *ended = watch->play;
    ended->until = ended->from + (tick - watch->since);
    return ended->until > ended->from;
}

bool sw_watch_look(struct sw_watch *watch, const struct sw_watched *what, sw_tick tick, sw_instant instant, struct sw_play *ended)
{
    struct sw_play next = {.from = within(instant), .begins = true};
    bool recorded = false;
    if (what != NULL)
        set_all(&next, what);
    if (watch->on) {
        bool same = what != NULL && goes_on(&watch->play, &next), turned = strcmp(watch->play.page, next.page) != 0;
        sw_tick length = tick - watch->since;
        bool stepped = llabs(next.from - watch->play.from - length) > SW_WATCH_STEP;
        if (same && !turned && !stepped && length < SW_WATCH_PIECE)
            return false;
        recorded = end(watch, tick, ended);
        next.begins = !same || (!recorded && watch->play.begins);
    }
    watch->on = what != NULL;
    watch->play = next;
    watch->since = tick;
    return recorded;
}
