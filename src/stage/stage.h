/* SPDX-License-Identifier: EUPL-1.2 */
/* What is on the wall now: its zones, each with a playlist, a visit, contacts and the scenes that come and go. Time and touches come in,
 * zone frames for the composer go out; no clock is read here and nothing waits. Main thread. */
#ifndef SW_STAGE_STAGE_H
#define SW_STAGE_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"
#include "data/data.h"
#include "exhibition/exhibition.h"
#include "view/behaviour.h"
#include "view/change.h"

struct sw_stage;
struct sw_zone;

/* What the stage works with; all outlive it. */
struct sw_stage_tools {
    struct sw_typesetter *typesetter;
    struct sw_bakery *bakery;
    const struct sw_pictures *pictures;
    const struct sw_videos *videos; /* NULL: there are none, posters take their places */
    struct sw_masks *masks;
    const struct sw_data *data; /* of the sources; NULL: there are none */
    /* The source with this index is about to be shown: it may be asked for now. NULL: nobody listens. */
    void (*soon)(void *context, size_t source);
    void *soon_context;
};

struct sw_stage_options {
    const struct sw_exhibition *exhibition;
    const struct sw_wall *wall;
    struct sw_stage_tools tools;
    bool reduced_motion;
    bool awaits_data;     /* a scene waits a moment for the first word of its sources; not where the clock stands still */
    bool held;            /* nothing comes onto the wall until sw_stage_release */
    const char *language; /* NULL: each zone's own */
};

/* The two clocks of a step: animation and contacts go by `tick`, schedules by `instant`. */
struct sw_time {
    sw_tick tick;
    sw_instant instant;
};

enum sw_contact_phase { SW_CONTACT_DOWN, SW_CONTACT_MOVE, SW_CONTACT_UP, SW_CONTACT_CANCEL };

struct sw_stage *sw_stage_create(const struct sw_stage_options *options, struct sw_time now) SW_MUST;
void sw_stage_destroy(struct sw_stage *stage);
/* Brings everything up to `now`. `assets`: something came in (pictures, bakes, what is known of a clip); the pictures of videos are asked
 * for when they are due, or with every step where nobody knows when that is. Returns the tick by which it wants to be called again
 * (now: with the next frame; SW_NEVER: only when something happens). */
sw_tick sw_stage_step(struct sw_stage *stage, struct sw_time now, bool assets);
/* Whether all that comes first is there: as of the last step, while it is held. */
bool sw_stage_ready(const struct sw_stage *stage);
/* With the next step it comes. */
void sw_stage_release(struct sw_stage *stage);
/* Goes on with what an operator has told `before`, as far as this stage knows those zones and scenes. */
void sw_stage_inherit(struct sw_stage *stage, const struct sw_stage *before);
/* Goes on as `before` is, another stage of a wall of the same size, whose exhibition was loaded anew: what it shows is shown by this one
 * with its state, as far as it is still there (stage/carry.h). This one is held; whatever it has done so far is forgotten, so that it may
 * be asked again until it is ready and `before` has gone. */
void sw_stage_carry(struct sw_stage *stage, const struct sw_stage *before, struct sw_time now);
/* After the step that follows: fingers go along with the elements on which they began; where those are gone they are cancelled. `before`
 * has none any more. */
void sw_stage_carry_contacts(struct sw_stage *stage, struct sw_stage *before, struct sw_time now);
/* Files of pictures have changed, and some are perhaps there now: all is laid out anew with the next step. */
void sw_stage_look_again(struct sw_stage *stage);
/* A finger (or the mouse) at wall pixels. `id` is any number that is the same from down to up. Moves and ups of unknown ids do nothing. */
void sw_stage_contact(struct sw_stage *stage, uint64_t id, enum sw_contact_phase phase, double x, double y, struct sw_time now);
/* Who may touch, and stay. */
enum sw_welcome {
    SW_WELCOME_ALL,
    SW_WELCOME_STAYING, /* who is there goes on; nobody new */
    SW_WELCOME_LAST,    /* the countdown of their visits runs, and no touch stops it */
    SW_WELCOME_NOBODY,  /* visits end, touches do nothing */
};
/* At first everybody is. True: a visit has ended or gone on for it, so that a step is due. */
bool sw_stage_welcome(struct sw_stage *stage, enum sw_welcome welcome, struct sw_time now);
/* Nobody sees anything of it: what plays stands meanwhile. True: that has changed, so that a step is due. */
bool sw_stage_rest(struct sw_stage *stage, bool rests);
/* How loud the zone's videos are that are not muted, 0..1; at first they are silent. */
void sw_stage_set_volume(struct sw_stage *stage, size_t zone, double volume);
/* All fingers gone (focus or device lost). */
void sw_stage_cancel_contacts(struct sw_stage *stage, struct sw_time now);

/* For the composer: what each zone shows since the last step; valid until the next. */
struct sw_stage_zone {
    struct sw_box_px place;
    const struct sw_draw_list *list, *next, *top;
    enum sw_change_kind kind;
    enum sw_way way;
    double mix;
    bool soon; /* there may be a `next` before long */
};
size_t sw_stage_zones(const struct sw_stage *stage, const struct sw_stage_zone **zones);

/* For status and tests: which scene and page a zone shows, how many scenes it has changed, how many contacts it holds. */
struct sw_zone_status {
    const char *zone, *scene, *page, *language; /* scene NULL: nothing yet */
    /* Why that is on (what comes next may come for another reason): "visit", "override", "playlist", "otherwise": nothing in the playlist
     * is due; "": not known yet. */
    const char *why;
    const char *by;   /* who wanted the override; "": not known, or it is none */
    sw_instant until; /* when the playlist's turn or the override ends; SW_NEVER: not known */
    bool visit, countdown, changing;
    uint64_t changes;
    size_t contacts;
};
size_t sw_stage_zone_count(const struct sw_stage *stage);
struct sw_show;
/* What lies in a zone, the lowest first: the scene that is on (or most of it, while it changes), and what is above it while somebody is
 * there. Returns how many; until the next step. */
#define SW_STAGE_SHOWS_MAX 2
size_t sw_stage_shows(const struct sw_stage *stage, size_t zone, const struct sw_show *shows[SW_STAGE_SHOWS_MAX]);
struct sw_zone_status sw_stage_status(const struct sw_stage *stage, size_t zone);

#endif
