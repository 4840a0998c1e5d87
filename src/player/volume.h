/* SPDX-License-Identifier: EUPL-1.2 */
/* How loud each zone of the wall is: by its file, or as an operator has told, and not at all while it is quiet. What is told belongs to a
 * zone by its name, and goes on when another exhibition takes the place of what plays. In a curator's window quiet hours do not count.
 * Main thread. */
#ifndef SW_PLAYER_VOLUME_H
#define SW_PLAYER_VOLUME_H

#include <stdbool.h>

#include "base/must.h"
#include "exhibition/exhibition.h"
#include "exhibition/hours.h"
#include "player/wallshot.h"
#include "stage/stage.h"

#define SW_VOLUME_AS_WRITTEN (-1)
#define SW_VOLUME_NAME_MAX 65

/* What was told of one zone. */
struct sw_volume_told {
    char zone[SW_VOLUME_NAME_MAX];
    int percent;            /* 0..100, or SW_VOLUME_AS_WRITTEN */
    sw_instant until;       /* of that; SW_NEVER: until it is told otherwise */
    sw_instant muted_until; /* not after now: it is not; SW_NEVER: until it is taken back */
};

struct sw_volumes {
    bool always;                /* hours do not count */
    const struct sw_wall *wall; /* of `quiet`; NULL: none */
    struct sw_hours quiet;      /* `open`: it is quiet, as of `asked` */
    sw_instant asked;           /* SW_NEVER: to be asked anew */
    bool hushed;                /* quiet, or nothing is shown: as of the last step */
    sw_tick next;               /* when it wants to be stepped */
    struct sw_volume_told told[SW_ZONES_MAX];
    size_t count;
};

/* "0" to "100", or "written". */
bool sw_volume_read(const char *text, int *percent) SW_MUST;

void sw_volumes_init(struct sw_volumes *volumes, bool always);
/* `wall` NULL: nothing plays; `dark`: what plays is not to be seen, or soon not any more. True: nothing may be heard. */
bool sw_volumes_step(struct sw_volumes *volumes, const struct sw_wall *wall, const struct sw_exhibition *exhibition, bool dark,
                     struct sw_time now);
/* Tells the stage, which plays on `wall`. */
void sw_volumes_set(const struct sw_volumes *volumes, struct sw_stage *stage, const struct sw_wall *wall, sw_instant now);
/* 0..1, whether it is quiet or not. */
double sw_volumes_of(const struct sw_volumes *volumes, const struct sw_wall_zone *zone, sw_instant now);
/* What still holds of what was told of a zone; NULL: nothing. */
const struct sw_volume_told *sw_volumes_told(const struct sw_volumes *volumes, const char *zone, sw_instant now);

/* `zone` NULL: all of the wall's. `percent` as told, until then (SW_NEVER: until it is told otherwise). False: there is no such zone. */
bool sw_volumes_tell(struct sw_volumes *volumes, const struct sw_wall *wall, const char *zone, int percent, sw_instant until) SW_MUST;
/* The same for silence; `until` 0: no more. */
bool sw_volumes_mute(struct sw_volumes *volumes, const struct sw_wall *wall, const char *zone, sw_instant until) SW_MUST;

#endif
