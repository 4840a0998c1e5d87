/* SPDX-License-Identifier: EUPL-1.2 */
/* Proof of play: what the stage shows goes to the ledger. Main thread. */
#ifndef SW_PLAYER_PLAYED_H
#define SW_PLAYER_PLAYED_H

#include "ledger/ledger.h"
#include "ledger/watch.h"
#include "stage/stage.h"

struct sw_played {
    struct sw_ledger *ledger; /* NULL: nothing is written down */
    struct sw_watch *zones;
    size_t count;
};

/* `folder` NULL: nothing is written down. */
void sw_played_init(struct sw_played *played, const char *folder);
/* Ends what is on, and brings it to the disk. Accepts a zeroed one. */
void sw_played_finish(struct sw_played *played, struct sw_time now);
/* Looks at what is on, once a frame. `stage` NULL: nobody sees anything of it. `release`: its version; 0: a folder is played. */
void sw_played_step(struct sw_played *played, const struct sw_stage *stage, int64_t release, struct sw_time now);

#endif
