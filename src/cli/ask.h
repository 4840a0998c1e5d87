/* SPDX-License-Identifier: EUPL-1.2 */
/* Asking the wall that plays on this machine (base/control.h). Private to src/cli. */
#ifndef SW_CLI_ASK_H
#define SW_CLI_ASK_H

#include "base/control.h"

#define SW_ASK_NO_ANSWER 3 /* exit status: nobody is there, or says nothing */

/* Asks at `path` (NULL: the usual place) and waits, at most ten seconds, a player's restart included. True: *answer, and its memory mapped
 * to *bytes (answer->size, sw_shared_unmap; NULL: none). False: said on standard error. */
bool sw_ask(const char *path, const struct sw_control_request *request, struct sw_control_answer *answer, const void **bytes) SW_MUST;
/* A duration as it is typed ("90s", "10m", "2h"), in seconds; -1: it is none. */
int sw_ask_seconds(const char *text);

#endif
