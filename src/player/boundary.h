/* SPDX-License-Identifier: EUPL-1.2 */
/* When another edition takes the place of the one on the wall: at the end of a turn while nobody is there, with patience for visitors, or
 * at the instant that a release asks for. Pure; any thread. */
#ifndef SW_PLAYER_BOUNDARY_H
#define SW_PLAYER_BOUNDARY_H

#include <stdbool.h>

#include "stage/stage.h"

#define SW_BOUNDARY_PATIENCE (10 * SW_MINUTE) /* with visitors, or with a turn that does not end; then it comes all the same */
#define SW_BOUNDARY_AHEAD (5 * SW_SECOND)     /* so long before its time the next edition is made ready for it */

/* What it hangs on. */
struct sw_boundary_view {
    struct sw_time now;
    sw_tick offered;      /* since when it waits */
    sw_instant activate;  /* when all walls change together; 0: at the next boundary */
    sw_instant turn_ends; /* the earliest of all zones; SW_NEVER: not known */
    bool nothing;         /* plays at present */
    bool visit;           /* somebody is there, in any zone */
    bool visit_ended;     /* since the last look */
    bool ready;           /* the next edition's first scenes are */
};

struct sw_boundary {
    bool change;      /* now */
    bool near;        /* so soon that all is to be made ready for it */
    sw_instant as_of; /* what the next edition is made ready for */
    sw_tick again;    /* when this wants to be asked again, if nothing happens before; SW_NEVER: not */
};

struct sw_boundary sw_boundary_judge(const struct sw_boundary_view *view);

#endif
