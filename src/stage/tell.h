/* SPDX-License-Identifier: EUPL-1.2 */
/* What an operator tells a stage while it plays. What holds on (an override, cleaning) can be asked for, so that another stage goes on with
 * it; what is as if a visitor had done it ends as a visit does. Main thread. */
#ifndef SW_STAGE_TELL_H
#define SW_STAGE_TELL_H

#include "stage/stage.h"

enum sw_tell_kind {
    SW_TELL_GO,       /* `text`: a scene or scene#page; as if a visitor had gone there */
    SW_TELL_HOME,     /* the visit ends */
    SW_TELL_NEXT,     /* the playlist's next turn, from now to its end */
    SW_TELL_OVERRIDE, /* `text`: a scene, instead of the playlist, until `until`; a visitor still goes where they like */
    SW_TELL_CLEAR,    /* no override any more */
    SW_TELL_LANGUAGE, /* `text`: as if a visitor had chosen it */
    SW_TELL_CLEANING, /* touches do nothing until `until`, and visits end */
};

struct sw_tell {
    enum sw_tell_kind kind;
    const char *zone; /* NULL: all */
    const char *text;
    sw_instant until; /* SW_NEVER: until it is taken back; not after now: at once */
    const char *by;   /* who tells it, copied; NULL or "": not known */
};

/* false: nothing was done; *fault (static) says why. */
bool sw_stage_tell(struct sw_stage *stage, const struct sw_tell *tell, struct sw_time now, const char **fault) SW_MUST;
/* What holds at `now` of what was told, as it could be told again: at most one a zone, and one. Returns how many; texts live until the
 * stage is told or stepped. */
size_t sw_stage_told(const struct sw_stage *stage, sw_instant now, struct sw_tell *told, size_t capacity) SW_MUST;
/* One of these ends at tell->until instead; nothing else changes. `now`: by a clock that may have jumped since. */
void sw_stage_retell(struct sw_stage *stage, const struct sw_tell *tell, struct sw_time now);

#endif
