/* SPDX-License-Identifier: EUPL-1.2 */
/* One exhibition with the tools to lay it out and draw it: what play, check and render share. While another takes its place on the wall
 * there are two of them in one house. Main thread, but where something else is said. */
#ifndef SW_PLAYER_EDITION_H
#define SW_PLAYER_EDITION_H

#include "data/data.h"
#include "exhibition/clip_facts.h"
#include "exhibition/exhibition.h"
#include "player/house.h"
#include "stage/stage.h"

struct sw_edition {
    struct sw_house *house;           /* NULL: not open */
    struct sw_exhibition *exhibition; /* NULL: there is none that can be played: only what a card needs */
    struct sw_typesetter *typesetter;
    struct sw_gallery *gallery; /* NULL: no exhibition */
    struct sw_hall *hall;       /* likewise */
    struct sw_clip_facts clips; /* what a release knows of its clips; none: they are looked into */
    struct sw_data *data;       /* of the sources; NULL: there are none */
    struct sw_feed *feed;       /* where they come from; NULL: no courier can be heard */
    const struct sw_wall *wall; /* play: NULL where there is none to be played on */
    struct sw_stage *stage;     /* play: NULL where nothing can be played */
    /* of the store; all 0 where a folder is played */
    int64_t number, version; /* of the generation; of its release */
    int64_t playlists;       /* version of the operators'; 0: its own */
    sw_instant expires;      /* of the release; SW_NEVER: it does not */
    int64_t instead_of;      /* the generation that is left for this one, as it does not play; 0: none */
    uint64_t fonts_key;      /* which fonts it has, by their files as they were */
    /* not its own yet, but of the one that it is to take the place of */
    struct sw_edition_borrowed {
        bool typesetter, gallery, hall, data;
    } borrowed;
};

/* Loads `folder` (faults go to `diags`) and opens the tools. False (logged) if not even a card can be. */
bool sw_edition_open(struct sw_edition *edition, struct sw_house *house, const char *folder, struct sw_diags *diags) SW_MUST;
/* The same in two steps: what may take long, on any one thread, of an exhibition that goes along (also where this fails; NULL: none), and
 * what is quick; the courier is heard by it where nobody hears it yet. Where its fonts are `fonts_there` (0: none are) it opens none, and
 * is to borrow them before it joins. */
bool sw_edition_load(struct sw_edition *edition, struct sw_house *house, struct sw_exhibition *exhibition, uint64_t fonts_there) SW_MUST;
void sw_edition_join(struct sw_edition *edition);
/* Between the two: borrows of `before`, which is in the same house, what has not changed: fonts, and where it is the same folder pictures,
 * clips (`clips`: they have not changed), and live data where the sources are the same. */
void sw_edition_borrow(struct sw_edition *edition, const struct sw_edition *before, bool clips);
/* It takes the place of `before`, whose stage, if it had one, is gone: what it has borrowed is its own from now on. */
void sw_edition_inherit(struct sw_edition *edition, struct sw_edition *before);
void sw_edition_close(struct sw_edition *edition); /* accepts a zeroed one */
/* The same in two steps: what must be done here, and what may take long, on any one thread. */
void sw_edition_leave(struct sw_edition *edition);
void sw_edition_unload(struct sw_edition *edition);

/* For play: finds its wall and makes the stage, where both can be; `held`: see stage/stage.h. Returns the wall (logged where it has none of
 * that name), or NULL. */
const struct sw_wall *sw_edition_set_up(struct sw_edition *edition, const struct sw_options *options, bool held, struct sw_time now);
/* Whom to call, in the exhibition's first language; NULL: not known. Of `arena` or the exhibition's. */
const char *sw_edition_contact(const struct sw_edition *edition, struct sw_arena *arena);

/* Once a frame, after the house's: takes in what the edition's own threads have made. True if something came. */
bool sw_edition_collect(struct sw_edition *edition);
/* For render and check, which may wait: until a picture, bake or text that was asked for has come, which is taken in. False at
 * `deadline`. */
bool sw_edition_wait(struct sw_edition *edition, sw_tick deadline) SW_MUST;
/* Waits for something to come while sizes of pictures are outstanding; false when none is, or at `deadline`. */
bool sw_edition_wait_sizes(struct sw_edition *edition, sw_tick deadline) SW_MUST;
/* For render: until every source has had its first outcome, or there is nothing to wait for. False at `deadline`. */
bool sw_edition_await_data(struct sw_edition *edition, sw_tick deadline) SW_MUST;
/* A typesetter of its fonts for another thread, to be destroyed before the edition is closed. NULL: it cannot be had. */
struct sw_typesetter *sw_edition_typesetter(const struct sw_edition *edition);
struct sw_stage_tools sw_edition_tools(const struct sw_edition *edition);

#endif
