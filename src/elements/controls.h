/* SPDX-License-Identifier: EUPL-1.2 */
/* The controls of a video: a bar at its foot that starts and stops it, says where it is, and moves it along. The boxes are the video's
 * children; the stage hides them while nobody wants them (view/reel.h). Main thread. */
#ifndef SW_ELEMENTS_CONTROLS_H
#define SW_ELEMENTS_CONTROLS_H

#include "view/behaviour.h"

/* Makes them; the box has its reel. */
void sw_controls_create(struct sw_expansion *expansion, struct sw_box *box);
/* Puts them at the foot of `place`, where the picture is or may be. */
void sw_controls_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect place);
/* How far up from the foot of `place` they reach as drawn now, design units; 0: they are not to be seen. */
double sw_controls_height(const struct sw_painter *painter, const struct sw_box *box, struct sw_rect place);

#endif
