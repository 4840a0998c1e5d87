/* SPDX-License-Identifier: EUPL-1.2 */
/* A zone: what its playlist wants, what its visitor wants, the scene that is on, the one that comes and the one that has just gone. Private
 * to src/stage. Main thread. */
#ifndef SW_STAGE_ZONE_H
#define SW_STAGE_ZONE_H

#include "stage/condition.h"
#include "stage/show.h"
#include "stage/stage.h"
#include "view/change.h"
#include "view/morph.h"

#define SW_REACH_LOW_MM 850.0
#define SW_REACH_HIGH_MM 1050.0
#define SW_ZONE_FAILED_MAX 64
#define SW_OUTGOING_US (400 * SW_MS) /* a touch this soon after an automatic change is meant for what was there before */
#define SW_RETRY_US (10 * SW_MINUTE) /* a scene that lacks a picture is tried again */
#define SW_AWAIT_US (1500 * SW_MS)   /* a scene waits so long for what its sources say first */

/* A scene that is passed over: it lacks a picture or a video, or a source that it needs has nothing to show. */
struct sw_zone_failure {
    const struct sw_scene *scene;
    const struct sw_source *source; /* NULL: a picture or a video */
    sw_tick until;                  /* of a picture; of a source: until that has something to show */
};

/* A scene that an operator wants instead of the playlist's. */
struct sw_zone_override {
    const struct sw_scene *scene; /* NULL: none */
    sw_instant since, until;
    char by[SW_SHOW_BY_MAX]; /* "": not known */
};

struct sw_zone {
    const struct sw_stage_options *options;
    const struct sw_wall_zone *model;
    struct sw_canvas canvas;  /* the theme's, its areas with `reach` moved to where a seated visitor reaches them */
    struct sw_area *areas;    /* of that canvas */
    struct sw_pane *panes;    /* the displays below it; NULL: no gap runs through it */
    struct sw_panes displays; /* the same */
    struct sw_show_place where;
    struct sw_visit visit;
    const char *first_language;
    struct sw_conditions conditions; /* of the playlist */

    struct sw_show *current;  /* on the wall; NULL: nothing yet */
    struct sw_show *incoming; /* being made ready, or coming in; NULL: none */
    struct sw_show *outgoing; /* just gone: still takes touches until `outgoing_until` */
    struct sw_show *overlay;  /* above all; NULL: none */
    bool ready;               /* held: what comes first is there */
    bool changing;            /* `incoming` comes in */
    bool automatic;           /* the change was not a visitor's */
    bool backwards;           /* the next change is on the way back */
    sw_tick change_start, outgoing_until;
    int64_t change_duration;
    enum sw_change_kind change_kind;
    enum sw_way change_way;
    bool morphs;                                 /* what both have under one name glides */
    struct sw_morph morph;
    uint64_t matched_serials[2], matched_trees[2]; /* the shows and trees that `morph` is of */

    /* where the visit is (active), or what the timeline wants (not) */
    const struct sw_scene *scene;
    int page;
    struct sw_place restored; /* state to give to the place that `back` went to; scene NULL: none */
    struct sw_wanted wanted;
    bool wanted_known;
    sw_instant asked, data_until;   /* when the timeline was asked, and until when its data hold */
    struct sw_wanted ahead;         /* what is wanted after it, asked once */
    bool ahead_known;
    sw_instant returned; /* when the last visit ended: the item due is shown from its start */
    uint64_t shown_turn; /* the timeline's turn that is on; 0: none */
    struct sw_zone_override override;

    struct sw_zone_failure failures[SW_ZONE_FAILED_MAX];
    size_t failure_count;
    uint64_t changes;
    uint64_t serials; /* given to shows so far */

    struct sw_draw_list top; /* overlay and contact marks */
    bool top_stale;
};

void sw_zone_init(struct sw_zone *zone, const struct sw_stage_options *options, const struct sw_wall_zone *model, struct sw_box_px place);
/* Moves the areas with `reach` together, as little as needed, so that on this wall they lie between SW_REACH_LOW_MM and SW_REACH_HIGH_MM
 * above the floor (DIN 18040), or about the middle of that band where they are higher than it; they stay on the canvas. */
void sw_zone_reach(struct sw_canvas *canvas, struct sw_area *areas, const struct sw_wall *wall, const struct sw_wall_zone *zone,
                   double mm_per_unit, double offset_mm);
void sw_zone_finish(struct sw_zone *zone);
/* Timeline, idle, readiness, transitions, drawing. Returns when it wants to be called again. */
sw_tick sw_zone_step(struct sw_zone *zone, struct sw_time now, bool assets);

/* Whether the scene cannot be shown at present. */
bool sw_zone_has_failed(const struct sw_zone *zone, const char *scene);

/* Files of pictures have changed: all is laid out anew, and what lacked one is tried again. */
void sw_zone_look_again(struct sw_zone *zone);

/* -- zone_touch.c -- */
/* A finger came down: begins or extends the visit. Which show it acts on (and *hit within it, NULL: nothing there). */
struct sw_show *sw_zone_touch(struct sw_zone *zone, double x, double y, double slack_px, struct sw_time now, const struct sw_box **hit,
                              bool *modal);
/* Does what a box says; `show` is where it was touched. */
void sw_zone_act(struct sw_zone *zone, const struct sw_show *show, const struct sw_action *actions, size_t count, struct sw_time now);
/* Does what the videos of the current show that have come to their end say. That is no touch: it begins no visit and keeps none; and while
 * nobody is there it stays within what is shown, as the playlist says what comes next. */
void sw_zone_end_videos(struct sw_zone *zone, struct sw_time now);
/* Somebody is there, in front of `show`. */
void sw_zone_begin_visit(struct sw_zone *zone, const struct sw_show *show, struct sw_time now);
/* A finger moved or lifted: the visit goes on. */
void sw_zone_extend(struct sw_zone *zone, struct sw_time now);
/* Everything that the visitor did is forgotten; the item due now comes, from its start. */
void sw_zone_end_visit(struct sw_zone *zone, struct sw_time now);
/* The show with this serial, if the zone still has it; else NULL. */
struct sw_show *sw_zone_show(const struct sw_zone *zone, uint64_t serial);

/* -- zone_data.c -- */
/* The source has nothing to show, and is not just about to. */
bool sw_zone_lacks(const struct sw_zone *zone, const struct sw_source *source, struct sw_time now);
/* The source for which the playlist passes the show's scene over: its fallback is "skip", and it lacks. NULL: none. */
const struct sw_source *sw_zone_passed_over_for(const struct sw_zone *zone, const struct sw_show *show, struct sw_time now);
/* Until when the show, which is built, waits for sources of which nothing has been heard yet. SW_NEVER: it does not (any more). */
sw_tick sw_zone_awaits(const struct sw_zone *zone, const struct sw_show *show, struct sw_time now);
/* Once it is built: what it reads is wanted soon. */
void sw_zone_announce(const struct sw_zone *zone, struct sw_show *show);

/* -- zone_change.c -- */
/* How far the change is, eased: 0..1. */
double sw_zone_mix(const struct sw_zone *zone, sw_tick now);
/* `incoming`, which is ready, begins to come in. */
void sw_zone_begin_change(struct sw_zone *zone, struct sw_time now);
void sw_zone_end_change(struct sw_zone *zone, sw_tick now);
/* What was going comes back, from where it is. */
void sw_zone_turn_round(struct sw_zone *zone, sw_tick now);
/* Before a step's drawing: tells both shows of a morph where what they share is now. */
void sw_zone_glide(struct sw_zone *zone, sw_tick now);
/* Where a point of the zone lies in the show that is going: a push moves it along. */
void sw_zone_to_outgoing(const struct sw_zone *zone, sw_tick now, double *x, double *y);

/* -- zone_tell.c -- */
struct sw_tell;
/* Why it cannot do what it is told; NULL: it can. */
const char *sw_zone_refuses(const struct sw_zone *zone, const struct sw_tell *tell);
/* Does what it does not refuse. */
void sw_zone_tell(struct sw_zone *zone, const struct sw_tell *tell, struct sw_time now);
/* Goes on with what was told to `before`, of another stage, where the scene is here too. */
void sw_zone_inherit(struct sw_zone *zone, const struct sw_zone *before);
/* In attract mode: whether an operator's scene is to be shown; one whose time has passed, or that cannot be shown, is forgotten. */
bool sw_zone_follow_override(struct sw_zone *zone, struct sw_time now);

#endif
