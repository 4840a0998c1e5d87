/* SPDX-License-Identifier: EUPL-1.2 */
/* Who reads a ledger, also while it is written. */
#ifndef SW_LEDGER_READER_H
#define SW_LEDGER_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "ledger/play.h"

struct sw_ledger_found {
    size_t records;
    size_t damaged; /* lines that are none (any more) */
    size_t torn;    /* files that end within a line: it is being written, or power was cut */
    size_t unread;  /* files that cannot be read */
};

/* Calls `take` for every sound record in the folder, in the order in which they were written. False: the folder cannot be read; errno says
 * why. */
bool sw_ledger_read(const char *folder, void (*take)(void *context, const struct sw_play *play), void *context,
                    struct sw_ledger_found *found) SW_MUST;

#endif
