/* SPDX-License-Identifier: EUPL-1.2 */
/* The displays of a wall: each takes its part of the wall's pixels, turned and scaled, to its place on a surface (the window over all
 * outputs, or a picture of the wall with its bezels), and a touch goes the same way back. Pure but for the pixels; any thread. */
#ifndef SW_RENDER_PANELS_H
#define SW_RENDER_PANELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/compose.h"
#include "render/damage.h"
#include "render/fit.h"

struct sw_panel_place {
    struct sw_box_px part; /* of the wall */
    struct sw_box_px out;  /* on the surface */
    int turn;              /* quarter turns clockwise that the display hangs turned by, 0..3 */
};

/* Places on a surface of that size as they lie when it is scaled to `picture`; touching ones still touch. Turned ones cannot be scaled
 * unless both sides are by the same factor. `out` may be `places`. */
void sw_panels_scale(const struct sw_panel_place *places, size_t count, int width, int height, struct sw_box_px picture,
                     struct sw_panel_place *out);
/* Brings what is damaged of the wall to every place that shows it and adds what changed of the surface to `changed` (NULL: not wanted).
 * Damage brought bit by bit gives the same pixels as all at once. `picture` and `turn` of the surface are not read. */
void sw_panels_put(const struct sw_fit_target *surface, const struct sw_fit_source *wall, const struct sw_panel_place *places, size_t count,
                   struct sw_damage damage, struct sw_damage_set *changed);
/* Fills `box` of the surface, cut to it. */
void sw_panels_fill(const struct sw_fit_target *surface, struct sw_box_px box, uint32_t colour);
/* From a place on the surface to one on the wall, inside the part of a panel (its far edges belong to it: touch screens say 1 for their
 * last pixel). false beside all panels: then it is the nearest there is; untouched if a number is none. */
bool sw_panels_to_wall(const struct sw_panel_place *places, size_t count, double x, double y, double *wall_x, double *wall_y);
/* From a place on the wall to one on the surface. */
void sw_panels_from_wall(const struct sw_panel_place *place, double wall_x, double wall_y, double *x, double *y);

#endif
