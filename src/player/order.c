/* SPDX-License-Identifier: EUPL-1.2 */
/* What an operator wants of the wall as a whole. */
#include <stdio.h>
#include <string.h>

#include "player/answer.h"

#define DAY_LENGTH 10 /* "2026-11-23" */

/* "22:00", the next time it is, or an instant as --at has it. False: neither. */
static bool read_until(const struct sw_zone_rules *zone, const char *text, sw_instant now, sw_instant *until)
{
    char full[DAY_LENGTH + sizeof "T22:00"];
    if (strlen(text) != sizeof "22:00" - 1)
        return sw_civil_parse(zone, text, until);
    int64_t today = sw_date_to_days(sw_civil_at(zone, now).date);
    for (int64_t day = today; day <= today + 1; day++) {
        struct sw_date date = sw_date_from_days(day);
        int length = snprintf(full, sizeof full, "%04d-%02d-%02dT%s", date.year, date.month, date.day, text);
        if (length < 0 || (size_t)length >= sizeof full || !sw_civil_parse(zone, full, until))
            return false;
        if (*until > now)
            return true;
    }
    return false;
}

/* When what is told ends; 0: nothing is said of that. */
static bool find_end(const struct sw_loop *loop, const struct sw_control_request *request, sw_instant now, sw_instant *end,
                     const char **fault)
{
    *end = request->seconds > 0 ? now + request->seconds * SW_SECOND : 0;
    if (request->until[0] == '\0')
        return true;
    if (loop->edition.stage == NULL) {
        *fault = "the built-in card is on, which has no time of day: --for is wanted";
        return false;
    }
    if (!read_until(loop->edition.exhibition->zone, request->until, now, end)) {
        *fault = "a time is wanted, e.g. 22:00 or 2026-11-23T22:00";
        return false;
    }
    *fault = "this time is over";
    return *end > now;
}

static bool order_hours(struct sw_loop *loop, const struct sw_control_request *request, const char **fault)
{
    sw_instant now = sw_loop_now(loop).instant, until;
    if (!find_end(loop, request, now, &until, fault))
        return false;
    sw_wall_hours_tell(&loop->hours, request->verb == SW_CONTROL_OPEN ? SW_HOURS_TOLD_OPEN : SW_HOURS_TOLD_CLOSED, until, now);
    return true;
}

static bool order_blank(struct sw_loop *loop, const struct sw_control_request *request, const char **fault)
{
    bool on = strcmp(request->text, "on") == 0;
    if (!on && strcmp(request->text, "off") != 0) {
        *fault = "on or off is wanted";
        return false;
    }
    sw_instant until = request->seconds > 0 ? sw_loop_now(loop).instant + request->seconds * SW_SECOND : SW_NEVER;
    sw_wall_hours_blank(&loop->hours, on ? until : 0);
    return true;
}

static bool order_volume(struct sw_loop *loop, const struct sw_control_request *request, const char **fault)
{
    const char *zone = request->zone[0] != '\0' ? request->zone : NULL;
    sw_instant now = sw_loop_now(loop).instant, until;
    int percent = 0;
    if (!find_end(loop, request, now, &until, fault))
        return false;
    until = until == 0 ? SW_NEVER : until;
    *fault = "a volume is wanted, 0 to 100, or written";
    if (request->verb == SW_CONTROL_VOLUME && !sw_volume_read(request->text, &percent))
        return false;
    *fault = "there is no such zone";
    return request->verb == SW_CONTROL_VOLUME ? sw_volumes_tell(&loop->volumes, loop->edition.wall, zone, percent, until)
                                              : sw_volumes_mute(&loop->volumes, loop->edition.wall, zone,
                                                                request->verb == SW_CONTROL_MUTE ? until : 0);
}

bool sw_loop_order(struct sw_loop *loop, const struct sw_control_request *request, const char **fault)
{
    if (request->verb == SW_CONTROL_RELOAD)
        return sw_changeover_reload(loop, fault);
    if (loop->edition.stage == NULL && loop->hours.foreseen_count == 0)
        return false;
    if (request->verb == SW_CONTROL_BLANK)
        return order_blank(loop, request, fault);
    if (request->verb == SW_CONTROL_OPEN || request->verb == SW_CONTROL_CLOSE)
        return order_hours(loop, request, fault);
    return loop->edition.stage != NULL && order_volume(loop, request, fault);
}
