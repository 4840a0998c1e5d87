/* SPDX-License-Identifier: EUPL-1.2 */
/* Brings pixels into a surface: copied, scaled, turned, a box at a time. The wall fits into a window of another size centred, in
 * proportion, black beside it. Any thread. */
#ifndef SW_RENDER_FIT_H
#define SW_RENDER_FIT_H

#include <stdint.h>

#include "render/crew.h"
#include "view/geometry.h"

struct sw_fit_source {
    const uint32_t *pixels; /* opaque XRGB */
    int width, height, stride;
};
struct sw_fit_target {
    void *pixels; /* XRGB */
    int width, height, stride;
    struct sw_box_px picture; /* where in it the source goes */
    int turn;                 /* quarter turns clockwise that the display hangs turned by, 0..3: the source goes in turned back by them */
    struct sw_crew *crew;     /* shares large pieces of work; NULL: the caller does all */
};

/* A box of an upright picture of that size as it lies in the turned one, whose sides are changed over for an odd turn. */
struct sw_box_px sw_fit_turn(struct sw_box_px box, int width, int height, int turn);

/* The largest box of the wall's proportions in the middle of the window; at least a pixel on each side. */
struct sw_box_px sw_fit_picture(int wall_width, int wall_height, int window_width, int window_height);
/* Blackens all around the picture. */
void sw_fit_margins(const struct sw_fit_target *target);
/* Brings a box of the source into the picture and returns what of the target changed: copied where both have the same size, else by the
 * nearest pixel where the picture is a whole multiple, bilinear, or as averages where it is less than half the size. Boxes brought one by
 * one give the same pixels as all at once. */
struct sw_box_px sw_fit_put(const struct sw_fit_target *target, const struct sw_fit_source *source, struct sw_box_px box);

#endif
