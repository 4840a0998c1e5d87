/* SPDX-License-Identifier: EUPL-1.2 */
/* The workshop in a curator's window (`play --window` of a folder, and nowhere else): keys (base/window_keys.h) that stop time, go from
 * scene to scene and show how what is seen is made, and what is drawn above the wall for that. It costs nothing while nothing of it is on.
 * Main thread. */
#ifndef SW_PLAYER_WORKSHOP_WORKSHOP_H
#define SW_PLAYER_WORKSHOP_WORKSHOP_H

#include <stdbool.h>

#include "base/must.h"
#include "player/options.h"
#include "player/wallshot.h"
#include "player/workshop/faults.h"
#include "player/workshop/overlay.h"

#define SW_WORKSHOP_ENTRY_MAX 40
#define SW_WORKSHOP_NOTE_MAX 160

struct sw_loop;

struct sw_workshop {
    bool open;              /* there is a curator's window */
    struct sw_faults faults; /* of the folder as it is saved; none: it is whole */
    bool boxes, grid, zones, help;
    /* time */
    bool paused;
    sw_tick until; /* paused, but what the curator has begun is still seen to its end, until then at least; 0: it stands */
    bool begun;    /* it has led to no change of scenes yet */
    bool jumped;   /* it is another time of day than now */
    bool without_replay; /* what --replay says does not count */
    /* the line for an instant */
    bool entering;
    char entry[SW_WORKSHOP_ENTRY_MAX];
    bool refused; /* what was entered is none */
    /* what has just been done, until `note_until`; SW_NEVER: nothing */
    char note[SW_WORKSHOP_NOTE_MAX];
    sw_tick note_until;
    /* where the last key has sent a zone, until it is there */
    char told[65];
    size_t told_zone;
    sw_tick told_at;
    /* the element that was clicked */
    uint64_t picked;      /* its identity; 0: none */
    size_t picked_zone;
    struct sw_overlay overlay;
    struct sw_draw_list tops[SW_ZONES_MAX]; /* what a zone has above it, with what of the overlay lies there */
};

void sw_workshop_init(struct sw_workshop *workshop, const struct sw_options *options);
void sw_workshop_finish(struct sw_workshop *workshop);
/* What is wrong with what was saved last, copied; none: it is whole, and nothing is said any more. */
void sw_workshop_tell_faults(struct sw_workshop *workshop, const struct sw_faults *faults);
/* When it wants a frame of its own. */
sw_tick sw_workshop_next(const struct sw_workshop *workshop);
/* Between the stage's frames and the screen. */
void sw_workshop_cover(struct sw_loop *loop, struct sw_zone_frame *frames, size_t count);

/* -- workshop_time.c -- */
/* A step of each frame, after the stage's: whether time flows. */
void sw_workshop_keep_time(struct sw_loop *loop);

/* -- workshop_keys.c -- */
union SDL_Event; /* SDL.h */
/* True: the event was meant for the workshop, and nobody else is to see it. */
bool sw_workshop_take(struct sw_loop *loop, const union SDL_Event *event) SW_MUST;
/* A finger or the mouse at a place of the wall (its pixels). True: as above. */
bool sw_workshop_touch(struct sw_loop *loop, enum sw_contact_phase phase, double x, double y) SW_MUST;

#endif
