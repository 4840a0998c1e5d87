/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/played.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

void sw_played_init(struct sw_played *played, const char *folder)
{
    *played = (struct sw_played){.ledger = NULL};
    if (folder != NULL)
        played->ledger = sw_ledger_create(&(struct sw_ledger_options){.folder = folder});
}

void sw_played_step(struct sw_played *played, const struct sw_stage *stage, int64_t release, struct sw_time now)
{
    size_t count = stage != NULL ? sw_stage_zone_count(stage) : 0;
    char version[24] = "";
    struct sw_play ended;
    if (played->ledger == NULL)
        return;
    if (release != 0)
        (void)snprintf(version, sizeof version, "%" PRId64, release);
    if (count > played->count)
        played->zones = sw_grow(played->zones, &played->count, count, sizeof *played->zones);
    for (size_t i = 0; i < played->count; i++) {
        struct sw_zone_status status = {.scene = NULL};
        if (i < count)
            status = sw_stage_status(stage, i);
        const struct sw_watched what = {status.zone, status.scene, status.page, status.why, version, status.by};
        if (sw_watch_look(&played->zones[i], status.scene != NULL ? &what : NULL, now.tick, now.instant, &ended))
            sw_ledger_add(played->ledger, &ended, now.tick);
    }
}

void sw_played_finish(struct sw_played *played, struct sw_time now)
{
    sw_played_step(played, NULL, 0, now);
    sw_ledger_destroy(played->ledger);
    free(played->zones);
    *played = (struct sw_played){.ledger = NULL};
}
