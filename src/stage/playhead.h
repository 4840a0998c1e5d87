/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the videos of a show are. A playhead belongs to a box by its identity and outlives trees: it begins when the show is on the wall
 * and the video's first picture is there, goes by the tick, and is forgotten with its box. Where it is told to go it goes, but not before
 * the picture of where it went before has come. Private to src/stage. Main thread. */
#ifndef SW_STAGE_PLAYHEAD_H
#define SW_STAGE_PLAYHEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tick.h"
#include "view/behaviour.h"

#define SW_PLAYHEADS_MAX 32                 /* in one show; further videos stand still */
#define SW_CONTROLS_STAY_US (3 * SW_SECOND) /* controls of what plays stay so long after the last touch */
#define SW_CONTROLS_FADE_US (300 * SW_MS)
#define SW_SEEK_APART_US (100 * SW_MS)      /* a finger that scrubs moves the pictures no more often than this */
#define SW_SEEK_AWAIT_US (800 * SW_MS)      /* and waits so long for the picture of where it was before */
#define SW_WATCH_US (15 * SW_MINUTE)        /* what plays holds a visit no longer than this after the last touch */

struct sw_playhead {
    uint64_t identity;
    uint64_t tree;        /* number of the last tree that had it */
    struct sw_reel *reel; /* of the present tree, and what it says: */
    uint64_t clip;
    int64_t length;
    bool loop;
    int64_t position;     /* at `since`; where it loops it counts on through all rounds */
    sw_tick since;
    bool running;         /* it goes on from there */
    bool plays;           /* it is to run */
    bool there;           /* there is something to see of it */
    bool ended, told;     /* told: that it has ended */
    int fingers;          /* that scrub it */
    int64_t wanted;       /* where it is to go; -1: nowhere */
    sw_tick sought;       /* when it last went somewhere */
    uint64_t picture;     /* which one was drawn last; 0: none */
    uint64_t left;        /* which one was there when it last went somewhere */
    sw_tick touched;      /* when its controls were last wanted */
    double presence;      /* of its controls, as last drawn */
};

struct sw_playheads {
    struct sw_playhead items[SW_PLAYHEADS_MAX];
    size_t count;
    uint64_t tree;
    bool entered; /* the show is on the wall */
    bool rests;   /* nobody sees it: all of them stand */
    bool steady;  /* controls never go: reduced motion, high contrast, large text */
    bool still;   /* reduced motion: what nobody could stop stands until it is told to play */
};

/* A new tree: what is seen of it keeps its playhead or gets one, what is not seen any more is forgotten. */
void sw_playheads_note(struct sw_playheads *heads, struct sw_box *root, sw_tick now);
/* The show comes onto the wall. */
void sw_playheads_enter(struct sw_playheads *heads, sw_tick now);
/* Whether anybody sees it. True: that has changed. */
bool sw_playheads_rest(struct sw_playheads *heads, bool rests, sw_tick now);
/* Brings them up to now. True: something other than the picture has changed. */
bool sw_playheads_step(struct sw_playheads *heads, sw_tick now);
/* When they want a step; SW_NEVER: only the pictures change. */
sw_tick sw_playheads_next(const struct sw_playheads *heads, sw_tick now);
/* For a drawing; shows and hides their controls. Keys are made from `key`, of the show. Returns how many there are. */
size_t sw_playheads_drawn(struct sw_playheads *heads, uint64_t key, double volume, sw_tick now, struct sw_playback out[SW_PLAYHEADS_MAX]);
/* What the drawing told. True: some begin only now, so that another drawing is due. */
bool sw_playheads_seen(struct sw_playheads *heads, const struct sw_playback *playbacks, size_t count, sw_tick now);

/* What is done to the one with this identity, if there is one. */
enum sw_playing { SW_PLAYING_PLAY, SW_PLAYING_PAUSE, SW_PLAYING_TOGGLE };
void sw_playheads_play(struct sw_playheads *heads, uint64_t identity, enum sw_playing what, sw_tick now);
/* `to`: microseconds of one round, held to its length. */
void sw_playheads_seek(struct sw_playheads *heads, uint64_t identity, int64_t to, sw_tick now);
/* Its controls are wanted. */
void sw_playheads_touch(struct sw_playheads *heads, uint64_t identity, sw_tick now);
/* A finger comes down on its track, moves along it, lifts; `share` of the length. It stands meanwhile, and then goes on. */
void sw_playheads_scrub(struct sw_playheads *heads, uint64_t identity, double share, bool begins, sw_tick now);
void sw_playheads_let_go(struct sw_playheads *heads, uint64_t identity, sw_tick now);

/* One that has ended since it was last asked for, whose actions are due; NULL: none. */
const struct sw_playhead *sw_playheads_ended(struct sw_playheads *heads);
/* Until when what plays counts as something that a visitor does who last touched at `touched`: to its end; where it loops, to the end of
 * the round that played then. `touched` where nothing plays. */
sw_tick sw_playheads_watched(const struct sw_playheads *heads, sw_tick touched);

#endif
