/* SPDX-License-Identifier: EUPL-1.2 */
/* A zone and live data: scenes are passed over for want of them, wait for them, and have them asked for in time. */
#include "stage/zone.h"

/* Sources are only ever read where there are data. */
static struct sw_data_view look(const struct sw_zone *zone, const struct sw_source *source, struct sw_time now)
{
    return sw_data_look(zone->options->tools.data, source, now.instant);
}

bool sw_zone_lacks(const struct sw_zone *zone, const struct sw_source *source, struct sw_time now)
{
    struct sw_data_view view = look(zone, source, now);
    return !view.usable && view.freshness.state != SW_FRESHNESS_LOADING;
}

const struct sw_source *sw_zone_passed_over_for(const struct sw_zone *zone, const struct sw_show *show, struct sw_time now)
{
    for (int i = 0; i < show->needs.source_count; i++) {
        const struct sw_source *source = show->needs.sources[i];
        if (source->fallback == SW_FALLBACK_SKIP && sw_zone_lacks(zone, source, now))
            return source;
    }
    return NULL;
}

sw_tick sw_zone_awaits(const struct sw_zone *zone, const struct sw_show *show, struct sw_time now)
{
    if (!zone->options->awaits_data)
        return SW_NEVER;
    for (int i = 0; i < show->reads.source_count && now.tick - show->made < SW_AWAIT_US; i++)
        if (look(zone, show->reads.sources[i], now).freshness.state == SW_FRESHNESS_LOADING)
            return show->made + SW_AWAIT_US;
    return SW_NEVER;
}

void sw_zone_announce(const struct sw_zone *zone, struct sw_show *show)
{
    const struct sw_stage_tools *tools = &zone->options->tools;
    if (show->announced || show->generation == 0 || tools->soon == NULL)
        return;
    show->announced = true;
    for (int i = 0; i < show->reads.source_count; i++)
        tools->soon(tools->soon_context, (size_t)(show->reads.sources[i] - zone->options->exhibition->sources));
}
