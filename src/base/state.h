/* SPDX-License-Identifier: EUPL-1.2 */
/* Where this machine keeps what outlives its programs, unless its operator has named another folder. */
#ifndef SW_BASE_STATE_H
#define SW_BASE_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"

/* $XDG_STATE_HOME/schauwand/NAME or ~/.local/state/schauwand/NAME (XDG Base Directory Specification); `name` "": the folder itself. It is
 * not made. False: there is no such place, or no room for its path. */
bool sw_state_path(const char *name, char *path, size_t capacity) SW_MUST;

#endif
