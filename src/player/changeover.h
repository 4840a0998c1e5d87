/* SPDX-License-Identifier: EUPL-1.2 */
/* How what plays is replaced while it plays: a new edition is opened on a thread (player/opening.h), its stage is stepped beside the one on
 * the wall until its first scenes are ready, and at the boundary (player/boundary.h) all zones change together, by a fade. What the
 * follower offers is tried, and it is told what became of it (player/notices.h). Main thread. */
#ifndef SW_PLAYER_CHANGEOVER_H
#define SW_PLAYER_CHANGEOVER_H

#include "player/notices.h"
#include "player/opening.h"
#include "player/workshop/live.h"
#include "render/zones.h"

#define SW_CHANGEOVER_FADE (900 * SW_MS)

struct sw_loop;

struct sw_changeover {
    struct sw_opening *opening; /* NULL: nothing is ever replaced */
    struct sw_heard heard;      /* from the follower */
    /* what was asked for last: loaded, or refused */
    int64_t asked_number, asked_playlists;
    bool loading;
    bool reload;      /* a folder is to be opened anew */
    int64_t reloaded; /* when it was, last; 0: not */
    sw_tick next_try; /* of a folder that cannot be played; SW_NEVER: not */
    /* the one that waits */
    struct sw_edition next; /* house NULL: none */
    sw_tick offered, sources_asked; /* SW_NEVER: not yet */
    sw_tick next_due;               /* when its stage wants its next step */
    sw_instant made_for;            /* the instant of its last */
    sw_instant activate;            /* when all walls change together; 0: at the next boundary */
    bool visited;                   /* at the last look */
    /* the one that fades away */
    struct sw_edition old; /* house NULL: none */
    struct sw_draw_list old_wall, new_wall; /* where their zones are not the same: both as one */
    sw_tick faded_since;
    /* the one on the wall */
    sw_tick plays_since; /* SW_NEVER: nothing yet */
    bool good;
    char refused[SW_NOTICE_TEXT_MAX]; /* why the last one that was offered does not play; "" */
    struct sw_live live;              /* of a curator's window */
};

/* Opens what plays first, on this thread. False: not even a card can be shown. */
bool sw_changeover_begin(struct sw_loop *loop) SW_MUST;
void sw_changeover_end(struct sw_loop *loop);
/* A step of each frame, before the stage's. Returns when it wants to be called again. */
sw_tick sw_changeover_step(struct sw_loop *loop);
/* Looks for what plays anew: the folder, or (by the follower) what is published. False: *fault (static) says why not. */
bool sw_changeover_reload(struct sw_loop *loop, const char **fault) SW_MUST;
/* After the frame has been put: what is on the wall is told. */
void sw_changeover_shown(struct sw_loop *loop);

/* The supervisor has the courier of the edition's sources started, and its end comes to the edition. */
void sw_changeover_ask_sources(struct sw_loop *loop, struct sw_edition *edition);
/* That it is on the wall: the follower keeps it for good, and the supervisor tells the next player, should this one end while there is no
 * follower. `instead_of`: the generation that was left for it, 0: none. */
void sw_changeover_say_plays(struct sw_loop *loop, const struct sw_edition *edition, int64_t instead_of);

/* -- changeover_turn.c -- */
/* While one waits: makes it ready, and changes to it when it is time. Returns when it wants to be called again. */
sw_tick sw_changeover_pursue(struct sw_loop *loop);
/* Whether that wall goes into the window that is open. */
bool sw_changeover_same_panels(const struct sw_loop *loop, const struct sw_wall *wall);
/* Another wall wants another window: what it is is kept in the store, or lies in the folder, and the next player plays it. */
void sw_changeover_restart(struct sw_loop *loop);

/* -- changeover_frames.c -- */
/* The zones as the screen takes them; returns how many (0: nothing is ready to be shown). */
size_t sw_changeover_frames(struct sw_loop *loop, struct sw_zone_frame *frames, size_t capacity);

#endif
