/* SPDX-License-Identifier: EUPL-1.2 */
/* Civil time: dates, and the clock of a time zone read from the system's zone files (TZif, RFC 8536, footer rule included), so that
 * a wall and its tests agree for years ahead. A sw_zone_rules is immutable once loaded and may be used from any thread. */
#ifndef SW_BASE_CIVIL_H
#define SW_BASE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"

struct sw_date {
    int year, month, day; /* proleptic Gregorian; month 1..12, day 1..31 */
};

struct sw_civil {
    struct sw_date date;
    int hour, minute, second, microsecond;
    int weekday;    /* 1 Monday .. 7 Sunday (ISO 8601) */
    int offset_s;   /* of local time from UTC */
};

struct sw_zone_rules;

/* Days since 1970-01-01, and back. */
int64_t sw_date_to_days(struct sw_date date);
struct sw_date sw_date_from_days(int64_t days);
/* Whether there is such a day, in the years -290000..290000 (whose instants fit). */
bool sw_date_valid(struct sw_date date);
int sw_date_weekday(struct sw_date date); /* 1 Monday .. 7 Sunday */
/* "2026-11-23"; false if it is no date. */
bool sw_date_parse(const char *text, struct sw_date *out) SW_MUST;

/* Loads e.g. "Europe/Berlin" from $TZDIR or else the system's zoneinfo folder; "UTC" always works. NULL if there is none of that name (only
 * [A-Za-z0-9_+-/]) or its file is damaged. Where a function takes rules, NULL means UTC. Reads a file: not on the player's frame path. */
struct sw_zone_rules *sw_zone_rules_create(const char *name) SW_MUST;
void sw_zone_rules_destroy(struct sw_zone_rules *rules);
struct sw_civil sw_civil_at(const struct sw_zone_rules *rules, sw_instant instant);
/* The instant of a local date and time of day (microseconds 0..24 h since local midnight as the clock shows it). A time that the
 * clock skips gives the instant right after the gap; one that comes twice gives the first. */
sw_instant sw_civil_instant(const struct sw_zone_rules *rules, struct sw_date date, int64_t time_of_day);
/* "2026-11-23T14:05[:30[.5]][Z|+01:00]": local time of `rules` where no offset is given. */
bool sw_civil_parse(const struct sw_zone_rules *rules, const char *text, sw_instant *out) SW_MUST;

#endif
