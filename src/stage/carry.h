/* SPDX-License-Identifier: EUPL-1.2 */
/* A stage goes on as another one of the same wall was, whose exhibition has been loaded anew: where each zone is, its visit, the state of
 * scene and session, popups, what moves, what plays, fingers. What is kept is found again by what it is called: zones, scenes, pages,
 * popups and states by their names, elements by their identity; what is not there any more begins as if it were new. Private to src/stage.
 * Main thread. */
#ifndef SW_STAGE_CARRY_H
#define SW_STAGE_CARRY_H

#include "stage/zone.h"

/* `zone` has just been made. What `before` shows it shows at once, without a change; but nothing where that scene is gone. */
void sw_zone_carry(struct sw_zone *zone, const struct sw_zone *before, struct sw_time now);

#endif
