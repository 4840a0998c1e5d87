/* SPDX-License-Identifier: EUPL-1.2 */
/* What operators have told outlives the player: what holds of it (player/told.h) is written down whenever it changes, and the next player
 * of the same wall goes on with it as far as it knows those zones and scenes. What is as if a visitor had done it is not kept, as no visit
 * is. Main thread. */
#ifndef SW_PLAYER_RECALL_H
#define SW_PLAYER_RECALL_H

#include "player/scribe.h"
#include "player/told.h"

#define SW_RECALL_FILE "words" /* in the folder */

struct sw_loop;

struct sw_recall {
    struct sw_scribe *scribe;           /* NULL: nothing is kept */
    struct sw_told kept;                /* as it was read, in the words' clock */
    bool pending;                       /* it is still to be told, to what plays first */
    struct sw_told_hours hours, making; /* of the days to come: as they are kept, and in the making */
    const struct sw_wall *wall;         /* whose they are; NULL: nobody's yet */
    sw_instant begun;                   /* from when on they are */
    bool made;
    struct sw_told_clock clock;
    sw_tick look_at; /* when it is looked at next what holds; 0: something was told */
    struct sw_buffer text, written; /* what the file is to say; said last */
};

/* Reads what was kept in `folder`; what is damaged is forgotten (logged). NULL: nothing is kept. */
void sw_recall_init(struct sw_recall *recall, const char *folder);
/* Brings what has been told to the disk. Accepts a zeroed one. */
void sw_recall_finish(struct sw_recall *recall);
/* A step of each frame, after the changeover's and before the stage's. */
void sw_loop_recall(struct sw_loop *loop);

#endif
