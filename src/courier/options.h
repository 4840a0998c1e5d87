/* SPDX-License-Identifier: EUPL-1.2 */
/* What of a command's arguments is the courier's; the player judges the rest. */
#ifndef SW_COURIER_OPTIONS_H
#define SW_COURIER_OPTIONS_H

#include <stdbool.h>

#include "base/must.h"

struct sw_courier_options {
    const char *folder; /* of the exhibition */
    const char *host;   /* --host: the host's configuration; NULL: the usual one */
    const char *at;     /* --at: civil instant; NULL: the clock's */
    bool live;          /* --live: sources may be asked, whatever the host's configuration says */
};

/* Of `courier COMMAND ARGUMENTS`. False: an option is not known, or lacks its value. */
bool sw_courier_options_read(struct sw_courier_options *options, int count, char *const *arguments) SW_MUST;

#endif
