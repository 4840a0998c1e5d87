/* SPDX-License-Identifier: EUPL-1.2 */
/* The follower: keeps a wall's store in step with a published folder, and tells the player what there is to be played. The only process
 * that writes the store, but for `fetch`. It starts anew whenever it ends; what plays does not depend on it. */
#ifndef SW_COURIER_FOLLOWER_H
#define SW_COURIER_FOLLOWER_H

#include "base/must.h"

/* `courier follow ARGUMENTS`, until it is told to stop. The exit status: 0 ended on purpose, 2 cannot run. */
int sw_follower_run(int count, char *const *arguments) SW_MUST;

#endif
