/* SPDX-License-Identifier: EUPL-1.2 */
/* Paints pictures of videos: what paint.h is for everything else. Any thread. */
#ifndef SW_RENDER_VIDEO_H
#define SW_RENDER_VIDEO_H

#include "render/paint.h"

/* Paints what of a draw whose bitmap is I420 lies in `box` (list pixels, within the draw's bounds and the target). */
void sw_video_paint(const struct sw_target *target, const struct sw_draw *draw, struct sw_box_px box);

#endif
