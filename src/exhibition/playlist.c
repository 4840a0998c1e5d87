/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/playlist.h"

static sw_instant earlier(sw_instant a, sw_instant b) { return a < b ? a : b; }

bool sw_playlist_item_on(const struct sw_playlist_item *item, const struct sw_zone_rules *zone, sw_instant instant)
{
    if ((item->has_from && instant < item->from) || (item->has_until && instant >= item->until))
        return false;
    return !item->has_schedule || sw_schedule_on(&item->schedule, zone, instant);
}

sw_instant sw_playlist_item_edge(const struct sw_playlist_item *item, const struct sw_zone_rules *zone, sw_instant instant,
                                 int64_t horizon)
{
    bool on = sw_playlist_item_on(item, zone, instant);
    for (sw_instant limit = instant + horizon;;) {
        sw_instant edge = item->has_schedule ? sw_schedule_edge(&item->schedule, zone, instant, limit - instant) : SW_NEVER;
        if (item->has_from && item->from > instant)
            edge = earlier(edge, item->from);
        if (item->has_until && item->until > instant)
            edge = earlier(edge, item->until);
        if (edge > limit)
            return SW_NEVER;
        if (sw_playlist_item_on(item, zone, edge) != on)
            return edge;
        instant = edge; /* of the schedule, outside of the item's time */
    }
}
