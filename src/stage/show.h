/* SPDX-License-Identifier: EUPL-1.2 */
/* One page of a scene on its way to the wall or on it: its state, open popups, boxes and draw list. Built anew when what it read has
 * changed, drawn anew when something moves. Main thread. */
#ifndef SW_STAGE_SHOW_H
#define SW_STAGE_SHOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stage/finger.h"
#include "stage/playhead.h"
#include "stage/stage.h"
#include "stage/visit.h"
#include "view/fade.h"
#include "view/view.h"

#define SW_POPUPS_MAX 8 /* open at once */
#define SW_SHOW_BY_MAX 65

/* What a show is made for: where it is drawn, and for whom. */
struct sw_show_place {
    const struct sw_exhibition *exhibition;
    struct sw_stage_tools tools;
    const struct sw_canvas *canvas;
    const struct sw_panes *panes;     /* the displays of the zone; NULL: no gap runs through it */
    const char *zone;                 /* id */
    struct sw_box_px place;           /* on the wall */
    double scale, offset_x, offset_y; /* of the canvas in the zone */
    const struct sw_visit *visit;
    bool still; /* reduced motion */
    bool judged; /* somebody wants to know how its words stand (view/behaviour.h) */
    double volume; /* 0..1, of videos that are not muted */
    bool rests;    /* nobody sees it: videos stand */
};

struct sw_age {
    uint64_t identity;
    sw_tick since;       /* SW_NEVER: there from the scene's beginning */
    uint64_t generation; /* of the last tree that had it */
};

struct sw_show {
    uint64_t serial; /* of its zone, never given twice; 0: none */
    const struct sw_show_place *where;
    const struct sw_scene *scene;  /* NULL: an overlay */
    const struct sw_part *overlay; /* NULL: a scene */
    int page;
    struct sw_state_values state;
    const struct sw_popup *popups[SW_POPUPS_MAX];
    size_t popup_count;
    double countdown_s;    /* overlay: seconds left; negative: none */
    struct sw_arena arena; /* of the tree */
    struct sw_box *root;
    uint32_t ground;       /* behind the tree, where it is `judged`: 0xffRRGGBB */
    struct sw_reads reads;
    struct sw_reads needs; /* the sources that its elements say something of */
    struct sw_reads told;  /* those of which an element says itself how old they are */
    struct sw_draw_list list;
    bool stale;  /* the tree must be built anew */
    bool redraw; /* the list must be made anew */
    bool moving, drawn;
    bool announced; /* what it reads was asked for */
    sw_tick made;
    size_t pending, failed; /* of the last drawing */
    size_t frames;          /* of those pending: pictures of videos */
    sw_tick due;            /* when a video has another picture; SW_NEVER: not known, or there is none */
    bool awaits;            /* pictures of videos come at times that nobody knows */
    sw_tick entered;        /* when it came onto the wall; SW_NEVER: not yet */
    const char *why;        /* it is wanted, or was last: as in struct sw_zone_status; NULL: not known yet */
    char by[SW_SHOW_BY_MAX];
    uint64_t pressed;       /* identity under a finger */
    struct sw_fingers fingers; /* that read something */
    struct sw_fades fades;     /* of what data have changed */
    struct sw_playheads playheads;
    uint64_t generation;
    struct sw_age *ages;
    size_t age_count, age_capacity;
    sw_instant built_at;
    const char *credit;   /* the line at the foot of the page (stage/credit.h), of the arena; "": none */
    uint64_t data_number; /* of the data that it has been compared with */
    const struct sw_glide *glides; /* the zone's; NULL: none */
    size_t glide_count;
};

struct sw_show *sw_show_create(const struct sw_show_place *where, const struct sw_scene *scene, int page);
/* The part above a zone's scenes; `overlay` is not NULL. */
struct sw_show *sw_show_create_overlay(const struct sw_show_place *where, const struct sw_part *overlay);
void sw_show_destroy(struct sw_show *show);
/* Brings tree and list up to now. `assets`: pictures or bakes came in. True if the list changed. */
bool sw_show_update(struct sw_show *show, struct sw_time now, bool assets);
/* Makes the tree alone, as it is now, for who measures and draws nothing; whatever it has read is in `reads`. */
void sw_show_lay(struct sw_show *show, struct sw_time now);
/* Everything that it draws is there (or will never be). */
bool sw_show_ready(const struct sw_show *show);
/* It is on the wall from now on: what enters begins to move. */
void sw_show_enter(struct sw_show *show, sw_tick now);
/* Where named boxes are drawn from now on, until told otherwise; the caller's, changed only together with another call. */
void sw_show_glide(struct sw_show *show, const struct sw_glide *glides, size_t count);
/* The box with this identity, and all that it is in, has long been there: none of it enters. */
void sw_show_settle(struct sw_show *show, uint64_t identity, sw_tick now);
void sw_show_open(struct sw_show *show, const char *popup);
/* NULL: the topmost. */
void sw_show_close(struct sw_show *show, const char *popup);
/* The next tick at which it wants an update; `instant` is the civil clock at `tick`. */
sw_tick sw_show_next(const struct sw_show *show, struct sw_time now);

/* -- show_touch.c; points are zone pixels -- */
/* The box at a point of the zone ; a finger's slack is added. */
const struct sw_box *sw_show_hit(const struct sw_show *show, double x, double y, double slack_px, bool *modal);
/* The box at a point of the zone that feels fingers; NULL: none. */
const struct sw_box *sw_show_felt(const struct sw_show *show, double x, double y);
/* A finger reads the box with this identity from now on, goes on, lifts. */
void sw_show_finger_down(struct sw_show *show, uint64_t contact, uint64_t identity, double x, double y, double px_per_mm);
void sw_show_finger_move(struct sw_show *show, uint64_t contact, double x, double y);
void sw_show_finger_up(struct sw_show *show, uint64_t contact, sw_tick now);
void sw_show_press(struct sw_show *show, uint64_t identity);
/* The controls of the video at a point come, if it has any. True: there they are, or come. */
bool sw_show_wake(struct sw_show *show, double x, double y, sw_tick now);
/* A finger is on the track of the video with this identity. */
void sw_show_scrub(struct sw_show *show, uint64_t video, double x, double y, bool begins, sw_tick now);
void sw_show_let_go(struct sw_show *show, uint64_t video, sw_tick now);
/* PLAY, PAUSE, SEEK and TOGGLE. False: it has no such video. */
bool sw_show_play(struct sw_show *show, const struct sw_action *action, sw_tick now);

#endif
