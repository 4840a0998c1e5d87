/* SPDX-License-Identifier: EUPL-1.2 */
/* Subtitles over a clip: at its foot, in the middle, white on a dark ground of their own, whatever is behind them. Main thread. */
#ifndef SW_ELEMENTS_SUBTITLE_H
#define SW_ELEMENTS_SUBTITLE_H

#include "view/behaviour.h"

/* The theme's text style that they are set in; where it has none of this name, in its default one. */
#define SW_SUBTITLE_STYLE "caption"
#define SW_SUBTITLE_PARTS 2 /* parts of the box that one takes */

/* Draws what is said at `position` (microseconds in the clip's file) into the picture at `rect`, `foot` design units of whose lower edge
 * are taken by something else. Letters are smaller where there is no room. `part` is the first of SW_SUBTITLE_PARTS. Returns the position
 * at which something else is said; INT64_MAX: never. */
int64_t sw_subtitle_draw(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, double foot,
                         const struct sw_subtitles *subtitles, int64_t position);

#endif
