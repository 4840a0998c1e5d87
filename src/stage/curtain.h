/* SPDX-License-Identifier: EUPL-1.2 */
/* How a wall closes and opens: it fades to black when the last visit has ended, the screens go off, and go on early enough to be warm when
 * it opens. Says what is to be; whoever calls brings it about. No clock is read here. Main thread. */
#ifndef SW_STAGE_CURTAIN_H
#define SW_STAGE_CURTAIN_H

#include <stdbool.h>

#include "base/tick.h"
#include "stage/stage.h"

#define SW_CURTAIN_FADE (4 * SW_SECOND)
#define SW_CURTAIN_BLANK (400 * SW_MS)      /* the fade when somebody wants it black at once */
#define SW_CURTAIN_PATIENCE (5 * SW_MINUTE) /* with visits that are on when it closes */
#define SW_CURTAIN_LEAD (20 * SW_SECOND)    /* for screens that must warm up */

/* What is wanted of it now. */
struct sw_curtain_wish {
    bool open;
    sw_instant opens;  /* when it will be, where it is not; SW_NEVER: not known */
    bool blank;        /* black, the screens stay on */
    bool visits;       /* somebody is there */
    int64_t countdown; /* with which a visit ends */
};

struct sw_curtain {
    bool begun;
    double black; /* 0: the picture, 1: nothing of it */
    bool up;      /* where it went at the last step */
    bool quick;   /* it falls, or rises again, for `blank` */
    sw_tick stepped;
    sw_tick closed; /* since when it is to be; SW_NEVER: it is not */
};

struct sw_curtain_state {
    double black;
    bool lit; /* the screens */
    enum sw_welcome welcome;
    sw_tick next; /* when to ask again, if nothing is wanted otherwise */
};

/* `curtain`: zeroed at first; then it is at once as it is wanted to be. */
struct sw_curtain_state sw_curtain_step(struct sw_curtain *curtain, const struct sw_curtain_wish *wish, struct sw_time now);

#endif
