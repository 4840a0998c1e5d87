/* SPDX-License-Identifier: EUPL-1.2 */
/* The wall's opening hours, and what an operator says of them: the picture fades to black and the screens go off when it closes, and are
 * back when it opens (stage/curtain.h). In a curator's window hours do not count. What is told may outlive the player (player/recall.h).
 * Main thread. */
#ifndef SW_PLAYER_HOURS_H
#define SW_PLAYER_HOURS_H

#include <stdbool.h>

#include "base/must.h"
#include "exhibition/exhibition.h"
#include "exhibition/hours.h"
#include "player/wallshot.h"
#include "render/screen.h"
#include "stage/curtain.h"

enum sw_hours_order { SW_HOURS_AS_WRITTEN, SW_HOURS_TOLD_OPEN, SW_HOURS_TOLD_CLOSED };

struct sw_wall_hours {
    bool always;                           /* hours do not count */
    bool stands;                           /* time does, in a curator's window: what plays rests */
    const struct sw_wall *wall;            /* whose they are; NULL: nobody's */
    const struct sw_zone_rules *zone;
    const struct sw_hours *foreseen;       /* what they were to be, one after the other: where the wall's file is not to be had */
    size_t foreseen_count;                 /* 0: nothing is known */
    struct sw_hours hours;                 /* by order, else by the wall's file, as of `asked` */
    sw_instant asked;                      /* SW_NEVER: to be asked anew */
    enum sw_hours_order order;
    sw_instant ordered_until, blank_until; /* not after now: over; SW_NEVER: until it is taken back */
    struct sw_curtain curtain;
    struct sw_curtain_state state;
    bool switched, lit, able; /* the screens: have been told at least once, on or off, and did so */
    bool said;                /* that they do not */
    sw_tick look; /* while they are off: when it is seen to that they still are */
    sw_tick next; /* when it wants to be stepped */
    struct sw_draw_list covers[SW_ZONES_MAX]; /* what lies above a zone, and black */
    struct sw_draw_list black[SW_ZONES_MAX];
};

void sw_wall_hours_init(struct sw_wall_hours *opening, bool always);
/* The screens on, if they were switched off (`screen` NULL: there are none). */
void sw_wall_hours_finish(struct sw_wall_hours *opening, struct sw_screen *screen);
/* How it is at the last step: "open", "closing", "closed", "opening", "blank". */
const char *sw_wall_hours_word(const struct sw_wall_hours *opening);
/* Whether the screens are off. */
bool sw_wall_hours_dark(const struct sw_wall_hours *opening);

/* `stage` NULL: the card is on, for which counts what is foreseen; nothing: it is open. `next`: when the stage wants its next step, which
 * may have time while nobody sees it. */
void sw_wall_hours_step(struct sw_wall_hours *opening, struct sw_screen *screen, struct sw_stage *stage, const struct sw_wall *wall,
                     const struct sw_exhibition *exhibition, struct sw_time now, sw_tick *next);
/* Between the stage's frames and the screen. */
void sw_wall_hours_cover(struct sw_wall_hours *opening, struct sw_zone_frame *frames, size_t count);
/* TOLD_OPEN or TOLD_CLOSED until `until`; 0: until the hours, the next time, close it, or open it. */
void sw_wall_hours_tell(struct sw_wall_hours *opening, enum sw_hours_order order, sw_instant until, sw_instant now);
/* Black until `until`; 0: no more. */
void sw_wall_hours_blank(struct sw_wall_hours *opening, sw_instant until);

#endif
