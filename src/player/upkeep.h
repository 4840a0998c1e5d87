/* SPDX-License-Identifier: EUPL-1.2 */
/* What of a wall somebody should look at before it shows: what runs out soon, and from where nothing has come for too long. The wall plays
 * on all the same. Pure; any thread. */
#ifndef SW_PLAYER_UPKEEP_H
#define SW_PLAYER_UPKEEP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "exhibition/exhibition.h"
#include "player/notices.h"

#define SW_UPKEEP_AHEAD_DAYS 14            /* so soon it runs out */
#define SW_UPKEEP_SILENCE (15 * SW_MINUTE) /* so long there was no good answer */
#define SW_CONCERNS_MAX 16                 /* further ones are not told */

struct sw_upkeep {
    sw_instant now;
    enum sw_clock_doubt doubt; /* of the machine's clock, */
    sw_instant machine;        /* which says this */
    const struct sw_exhibition *exhibition; /* NULL: none */
    /* of a wall that follows; NULL: it does not */
    const struct sw_heard *heard;
    int64_t silence;    /* microseconds since the last good answer, or since the start */
    sw_instant expires; /* of the release that plays; SW_NEVER: it does not */
    const char *sound;  /* why nothing is heard that should be; NULL: it is, or nothing should be */
};

struct sw_concerns {
    char lines[SW_CONCERNS_MAX][360];
    size_t count;
};

void sw_upkeep_judge(const struct sw_upkeep *upkeep, struct sw_concerns *out);

#endif
