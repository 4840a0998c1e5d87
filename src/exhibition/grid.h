/* SPDX-License-Identifier: EUPL-1.2 */
/* The wall's pixel grid: from millimetres to whole pixels, once, when a wall is loaded. All zones are composed on this one grid, unturned;
 * each panel then takes its part of it. A panel with the grid's pitch has exactly as many pixels of it as its own, so that they are copied
 * one for one; the part of a panel with another pitch is scaled. Pure; any thread. */
#ifndef SW_EXHIBITION_GRID_H
#define SW_EXHIBITION_GRID_H

#include <stdbool.h>

#include "exhibition/exhibition.h"

#define SW_GRID_SIDE_MAX 16384
#define SW_GRID_AREA_MAX (128 << 20)

/* The pitch of the finest panel, mm a pixel. */
double sw_grid_finest(const struct sw_panel *panels, size_t count);
/* Fills in what of the wall is in its pixels: `part` and `seen` of each panel, `px` of each zone, the wall's own fields; reads places,
 * pixels, turns and `skip_bezels`. The arrays are the wall's own. `pitch_mm` 0: the finest panel's. false if at that pitch the grid would
 * be beyond its limits: it was laid with a coarser one, and px_per_mm says which. */
bool sw_grid_lay(struct sw_wall *wall, struct sw_panel *panels, struct sw_wall_zone *zones, double pitch_mm);

#endif
