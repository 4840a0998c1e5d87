/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>

#include "stage/zone.h"

void sw_zone_reach(struct sw_canvas *canvas, struct sw_area *areas, const struct sw_wall *wall, const struct sw_wall_zone *zone,
                   double mm_per_unit, double offset_mm)
{
    double top = INFINITY, bottom = -INFINITY, lowest = 0;
    for (size_t i = 0; i < wall->panel_count; i++)
        lowest = fmax(lowest, wall->panels[i].place.y + wall->panels[i].place.height);
    for (size_t i = 0; i < canvas->area_count; i++)
        if (areas[i].reach) {
            top = fmin(top, areas[i].y);
            bottom = fmax(bottom, areas[i].y + areas[i].height);
        }
    if (top > bottom || mm_per_unit <= 0)
        return;
    /* heights above the floor */
    double ground = wall->bottom_mm + lowest - zone->place.y - offset_mm;
    double high = ground - top * mm_per_unit, low = ground - bottom * mm_per_unit, move_mm = 0; /* upwards */
    if (high - low > SW_REACH_HIGH_MM - SW_REACH_LOW_MM)
        move_mm = (SW_REACH_HIGH_MM + SW_REACH_LOW_MM) / 2 - (high + low) / 2;
    else if (low < SW_REACH_LOW_MM)
        move_mm = SW_REACH_LOW_MM - low;
    else if (high > SW_REACH_HIGH_MM)
        move_mm = SW_REACH_HIGH_MM - high;
    double shift = -move_mm / mm_per_unit;
    shift = fmin(fmax(shift, -top), canvas->height - bottom);
    for (size_t i = 0; i < canvas->area_count; i++)
        if (areas[i].reach)
            areas[i].y += round(shift);
}
