/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/upkeep.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

struct judging {
    const struct sw_upkeep *upkeep;
    const struct sw_zone_rules *zone;
    struct sw_concerns *out;
};

static void add(struct judging *judging, const char *format, ...) SW_PRINTF(2, 3);

static void add(struct judging *judging, const char *format, ...)
{
    struct sw_concerns *out = judging->out;
    va_list arguments;
    if (out->count == SW_CONCERNS_MAX)
        return;
    va_start(arguments, format);
    (void)vsnprintf(out->lines[out->count++], sizeof out->lines[0], format, arguments);
    va_end(arguments);
}

/* `last`: the last day on which it holds. */
static void look_at_day(struct judging *judging, const char *what, struct sw_date last)
{
    int64_t today = sw_date_to_days(sw_civil_at(judging->zone, judging->upkeep->now).date), left = sw_date_to_days(last) - today;
    if (left <= SW_UPKEEP_AHEAD_DAYS)
        add(judging, "%s %s on %04d-%02d-%02d", what, left < 0 ? "ended" : "ends", last.year, last.month, last.day);
}

static void look_at_instant(struct judging *judging, const char *what, sw_instant end)
{
    sw_instant now = judging->upkeep->now;
    if (end == 0 || end == SW_NEVER || (end > now && end - now > SW_UPKEEP_AHEAD_DAYS * 24 * SW_HOUR))
        return;
    struct sw_date date = sw_civil_at(judging->zone, end).date;
    add(judging, "%s %s on %04d-%02d-%02d", what, end <= now ? "ended" : "ends", date.year, date.month, date.day);
}

static void look_at_calendars(struct judging *judging)
{
    const struct sw_exhibition *exhibition = judging->upkeep->exhibition;
    for (size_t i = 0; exhibition != NULL && i < exhibition->calendar_count; i++) {
        const struct sw_calendar *calendar = &exhibition->calendars[i];
        char what[128];
        if (calendar->holidays || calendar->until.year == 0)
            continue;
        (void)snprintf(what, sizeof what, "the calendar \"%s\"", calendar->name);
        look_at_day(judging, what, calendar->until);
    }
}

static void look_at_contact(struct judging *judging)
{
    const struct sw_notice *contact = &judging->upkeep->heard->contact;
    int64_t minutes = judging->upkeep->silence / SW_MINUTE;
    if (judging->upkeep->silence < SW_UPKEEP_SILENCE)
        return;
    if (contact->type == 0)
        add(judging, "who follows has said nothing for %" PRId64 " min", minutes);
    else
        add(judging, "no good answer for %" PRId64 " min%s%s", minutes, contact->text[0] != '\0' ? ": " : "", contact->text);
}

static void look_at_clock(struct judging *judging)
{
    struct sw_date says = sw_civil_at(judging->zone, judging->upkeep->machine).date;
    if (judging->upkeep->doubt == SW_CLOCK_BEHIND)
        add(judging, "the machine's clock is behind: it says %04d-%02d-%02d, and is not believed", says.year, says.month, says.day);
    else if (judging->upkeep->doubt == SW_CLOCK_FAR_AHEAD)
        add(judging, "the machine's clock says %04d-%02d-%02d: is it right?", says.year, says.month, says.day);
}

void sw_upkeep_judge(const struct sw_upkeep *upkeep, struct sw_concerns *out)
{
    const struct sw_heard *heard = upkeep->heard;
    struct judging judging = {.upkeep = upkeep, .zone = upkeep->exhibition != NULL ? upkeep->exhibition->zone : NULL, .out = out};
    out->count = 0;
    look_at_clock(&judging);
    if (heard != NULL) {
        look_at_contact(&judging);
        look_at_instant(&judging, "the release", upkeep->expires);
        look_at_instant(&judging, "the key list", heard->keys.list_ends);
        look_at_instant(&judging, "the last publishing key", heard->keys.publishing_end);
        look_at_instant(&judging, "the last operating key", heard->keys.operating_end);
    }
    look_at_calendars(&judging);
    if (upkeep->sound != NULL)
        add(&judging, "no sound is heard: %s", upkeep->sound);
}
