/* SPDX-License-Identifier: EUPL-1.2 */
/* The ledger of a wall that plays: takes records and brings them to the disk on a thread of its own ("ledger"), some seconds' worth at a
 * time. Who adds never waits: a disk that is slow, full or read-only is said once and tried again, and what there is no room for until then
 * is lost and counted. */
#ifndef SW_LEDGER_LEDGER_H
#define SW_LEDGER_LEDGER_H

#include "base/must.h"
#include "base/tick.h"
#include "ledger/book.h"
#include "ledger/play.h"

struct sw_ledger;

struct sw_ledger_options {
    const char *folder; /* borrowed until sw_ledger_create returns; opened by the thread */
    struct sw_book_limits limits;
    int64_t gather; /* microseconds from a record to the disk, at most; 0: 5 s */
    int64_t retry;  /* between tries where it cannot be written; 0: 30 s */
};

/* NULL (logged) if the thread cannot start. */
struct sw_ledger *sw_ledger_create(const struct sw_ledger_options *options) SW_MUST;
/* Brings what was added to the disk, tried once. Accepts NULL. */
void sw_ledger_destroy(struct sw_ledger *ledger);
/* Copies the record. `now`: the present tick. Any one thread. */
void sw_ledger_add(struct sw_ledger *ledger, const struct sw_play *play, sw_tick now);

#endif
