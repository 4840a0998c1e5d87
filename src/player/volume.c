/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/volume.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

void sw_volumes_init(struct sw_volumes *volumes, bool always)
{
    *volumes = (struct sw_volumes){.always = always, .quiet = {false, SW_NEVER}, .asked = SW_NEVER, .next = SW_NEVER};
}

bool sw_volume_read(const char *text, int *percent)
{
    char *end;
    if (strcmp(text, "written") == 0) {
        *percent = SW_VOLUME_AS_WRITTEN;
        return true;
    }
    if (*text < '0' || *text > '9')
        return false;
    long number = strtol(text, &end, 10);
    if (*end != '\0' || number > 100)
        return false;
    *percent = (int)number;
    return true;
}

/* -- what was told -- */

static bool holds_volume(const struct sw_volume_told *told, sw_instant now)
{
    return told->percent != SW_VOLUME_AS_WRITTEN && now < told->until;
}

const struct sw_volume_told *sw_volumes_told(const struct sw_volumes *volumes, const char *zone, sw_instant now)
{
    for (size_t i = 0; i < volumes->count; i++) {
        const struct sw_volume_told *told = &volumes->told[i];
        if (strcmp(told->zone, zone) == 0)
            return holds_volume(told, now) || now < told->muted_until ? told : NULL;
    }
    return NULL;
}

static bool has_zone(const struct sw_wall *wall, const char *zone)
{
    for (size_t i = 0; i < wall->zone_count; i++)
        if (strcmp(wall->zones[i].id, zone) == 0)
            return true;
    return false;
}

/* The zone's entry, new where it has none: a wall before this one may have had others, of which one is forgotten. */
static struct sw_volume_told *entry(struct sw_volumes *volumes, const struct sw_wall *wall, const char *zone)
{
    size_t i = 0, place;
    while (i < volumes->count && strcmp(volumes->told[i].zone, zone) != 0)
        i++;
    if (i < volumes->count)
        return &volumes->told[i];
    for (place = 0; place < volumes->count && (volumes->count < SW_ZONES_MAX || has_zone(wall, volumes->told[place].zone)); place++)
        continue;
    struct sw_volume_told *told = &volumes->told[place < SW_ZONES_MAX ? place : 0];
    volumes->count += place == volumes->count && place < SW_ZONES_MAX ? 1 : 0;
    *told = (struct sw_volume_told){.percent = SW_VOLUME_AS_WRITTEN};
    (void)snprintf(told->zone, sizeof told->zone, "%s", zone);
    return told;
}

bool sw_volumes_tell(struct sw_volumes *volumes, const struct sw_wall *wall, const char *zone, int percent, sw_instant until)
{
    bool any = false;
    for (size_t i = 0; i < wall->zone_count; i++) {
        if (zone != NULL && strcmp(zone, wall->zones[i].id) != 0)
            continue;
        struct sw_volume_told *told = entry(volumes, wall, wall->zones[i].id);
        told->percent = percent;
        told->until = until;
        any = true;
    }
    return any;
}

bool sw_volumes_mute(struct sw_volumes *volumes, const struct sw_wall *wall, const char *zone, sw_instant until)
{
    bool any = false;
    for (size_t i = 0; i < wall->zone_count; i++) {
        if (zone != NULL && strcmp(zone, wall->zones[i].id) != 0)
            continue;
        entry(volumes, wall, wall->zones[i].id)->muted_until = until;
        any = true;
    }
    return any;
}

double sw_volumes_of(const struct sw_volumes *volumes, const struct sw_wall_zone *zone, sw_instant now)
{
    const struct sw_volume_told *told = sw_volumes_told(volumes, zone->id, now);
    if (told == NULL)
        return zone->volume;
    if (now < told->muted_until)
        return 0;
    return told->percent / 100.0;
}

/* -- a frame -- */

static sw_instant sooner(sw_instant a, sw_instant b) { return a < b ? a : b; }

static struct sw_hours quiet_at(const struct sw_volumes *volumes, const struct sw_zone_rules *zone, sw_instant now)
{
    if (volumes->always || volumes->wall == NULL || volumes->wall->quiet_count == 0)
        return (struct sw_hours){.open = false, .until = SW_NEVER};
    return sw_hours_at(volumes->wall->quiet, volumes->wall->quiet_count, zone, now);
}

static void ask(struct sw_volumes *volumes, const struct sw_zone_rules *zone, sw_instant now)
{
    bool known = volumes->asked != SW_NEVER && now >= volumes->asked && now < volumes->quiet.until;
    if (known)
        return;
    bool before = volumes->quiet.open;
    volumes->quiet = quiet_at(volumes, zone, now);
    volumes->asked = now;
    if (before != volumes->quiet.open)
        sw_log(SW_LOG_INFO, "player", volumes->quiet.open ? "it is quiet from now on" : "it is quiet no more");
}

bool sw_volumes_step(struct sw_volumes *volumes, const struct sw_wall *wall, const struct sw_exhibition *exhibition, bool dark,
                     struct sw_time now)
{
    if (volumes->wall != wall)
        volumes->asked = SW_NEVER;
    volumes->wall = wall;
    if (wall != NULL)
        ask(volumes, exhibition->zone, now.instant);
    sw_instant change = wall != NULL ? volumes->quiet.until : SW_NEVER;
    for (size_t i = 0; i < volumes->count; i++) {
        const struct sw_volume_told *told = &volumes->told[i];
        change = now.instant < told->until ? sooner(change, told->until) : change;
        change = now.instant < told->muted_until ? sooner(change, told->muted_until) : change;
    }
    volumes->next = change == SW_NEVER ? SW_NEVER : now.tick + (change - now.instant);
    volumes->hushed = wall == NULL || dark || volumes->quiet.open;
    return volumes->hushed;
}

void sw_volumes_set(const struct sw_volumes *volumes, struct sw_stage *stage, const struct sw_wall *wall, sw_instant now)
{
    for (size_t i = 0; i < wall->zone_count; i++)
        sw_stage_set_volume(stage, i, sw_volumes_of(volumes, &wall->zones[i], now));
}
