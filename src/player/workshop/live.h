/* SPDX-License-Identifier: EUPL-1.2 */
/* A curator's window shows what is saved: what has changed is loaded again on the thread "edition", and takes the place of what is on at
 * once, with its state (stage/carry.h) and all that did not change (player/edition.h, borrowed). A save with new faults is not shown: what
 * was on stays, and the faults are said above it until they are mended. Only `play --window` of a folder; part of the changeover. Main
 * thread. */
#ifndef SW_PLAYER_WORKSHOP_LIVE_H
#define SW_PLAYER_WORKSHOP_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"

struct sw_loop;
struct sw_kept;
struct sw_opened;
struct sw_opening_order;
struct sw_saves;

struct sw_live {
    struct sw_kept *kept;    /* from load to load; NULL: this is no curator's window */
    struct sw_saves *saves;  /* NULL: nothing is watched */
    unsigned kinds;          /* of what has changed and is not loaded yet */
    unsigned loading;        /* of what has changed since what is on was loaded, and is being loaded */
    bool told;               /* somebody has told to load everything */
    sw_tick refreshed;       /* when pictures may have changed, last */
    sw_tick again;           /* when a load is tried again of which a file may have been read by halves; SW_NEVER: not */
    sw_tick doubted;         /* since when; SW_NEVER: not */
    sw_tick waits;           /* since when the next edition has; SW_NEVER: there is none */
    sw_tick tried;           /* when it was last made as what is on is */
    uint64_t *faulty;        /* hashes of the files in which what is on has faults */
    size_t faulty_count, faulty_capacity;
};

/* Before what plays first is opened. */
void sw_live_begin(struct sw_loop *loop);
void sw_live_end(struct sw_loop *loop);
/* For a load that is asked for. */
void sw_live_order(struct sw_loop *loop, struct sw_opening_order *order);
/* Once a frame: pictures that were saved are fetched anew. True: the folder is to be loaded. */
bool sw_live_look(struct sw_loop *loop) SW_MUST;
/* Whether what a load has brought is to be shown: not where nothing can be played, files have faults that had none in what is on, or
 * nothing has changed. What is wrong is told. */
bool sw_live_wants(struct sw_loop *loop, struct sw_opened *opened);
/* While one waits and something is on: makes it as what is on is, and changes to it when it is ready. Returns when it wants to be asked
 * again. */
sw_tick sw_live_pursue(struct sw_loop *loop);

#endif
