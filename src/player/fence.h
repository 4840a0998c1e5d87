/* SPDX-License-Identifier: EUPL-1.2 */
/* The player's fence (base/fence.h): what its command line and its display let it reach. */
#ifndef SW_PLAYER_FENCE_H
#define SW_PLAYER_FENCE_H

#include "base/must.h"
#include "player/options.h"

/* Before the first thread and the first file of a curator. It reads the exhibition, and writes to the folders of its own shots, status and
 * pictures, and to that of its ledger, which is made. False (logged): do not go on. */
bool sw_player_fence(const struct sw_options *options) SW_MUST;
/* False for a folder that is there but was not, or was another one, when the fence was raised. */
bool sw_player_fence_reaches(const char *folder) SW_MUST;

#endif
