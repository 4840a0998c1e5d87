/* SPDX-License-Identifier: EUPL-1.2 */
/* `doctor`: asks the server whose exhibition this machine follows, once, and says in one line what came of it. */
#ifndef SW_COURIER_REACH_H
#define SW_COURIER_REACH_H

#include "base/must.h"

/* `courier doctor ARGUMENTS`, of which --config counts. Prints a level ("ok", "problem"), what was found, and what to do about it (or
 * nothing), between tabs; prints nothing where nothing is followed, or it is not known yet what. The exit status: 0, 2 cannot run. */
int sw_reach_run(int count, char *const *arguments) SW_MUST;

#endif
