/* SPDX-License-Identifier: EUPL-1.2 */
/* `playlist`: an operator's edit, from what is published to what is published next. */
#ifndef SW_PUBLISHER_DESK_H
#define SW_PUBLISHER_DESK_H

#include "publisher/order.h"
#include "publisher/outlet.h"

#define SW_EXIT_REFUSED 1 /* faults in what would play, or somebody else was faster */

/* Does one of the tasks from SW_TASK_LIST on; returns the exit status. */
int sw_desk_run(const struct sw_order *order, sw_instant now) SW_MUST;
/* Says where the playlists of a wall do not fit its release, which is new. */
void sw_desk_warn(const struct sw_outlet *outlet, const char *wall);

#endif
