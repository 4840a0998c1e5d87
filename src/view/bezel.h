/* SPDX-License-Identifier: EUPL-1.2 */
/* What gaps between displays do to an element. A zone over several displays is one canvas: it goes on behind the gaps or leaves them out,
 * as the wall says. An element that wants it the other way is laid out in a rectangle of another size (in what is seen of its own, or in
 * that and the gaps), cut along the edges of the displays into slices, and each slice is moved to its display. What is inside is told of
 * the displays anew, so all of this holds there too. Lengths are design units; x and y are done alike, one after the other. Main thread. */
#ifndef SW_VIEW_BEZEL_H
#define SW_VIEW_BEZEL_H

#include <stddef.h>

#include "base/arena.h"
#include "exhibition/exhibition.h"
#include "view/geometry.h"

struct sw_pane {
    struct sw_rect part; /* what it shows of the canvas, or of what was cut */
    struct sw_rect seen; /* where it hangs, in units of the same length: apart from its neighbours by the gaps */
};
struct sw_panes {
    const struct sw_pane *items;
    size_t count; /* SW_PANELS_MAX at most on a canvas; what was cut may have more */
};

/* A stretch of one axis, free of gaps. */
struct sw_span {
    double from, to, seen; /* seen: where `from` hangs */
};

/* A stretch of what was cut, along one axis: what lies from..to is shown `shift` further on. The first begins, and the last ends, far
 * outside, so that what reaches beyond the element is not cut there. */
struct sw_strip {
    double from, to, shift;
};
struct sw_slices {
    struct sw_strip *strips[2]; /* across, down; in order */
    size_t counts[2];
    struct sw_panes panes; /* for what is inside */
};

enum sw_bezels { SW_BEZELS_AS_WALL, SW_BEZELS_BEHIND, SW_BEZELS_SKIP };

/* The displays that a zone lies on, on a canvas that is drawn at `scale` pixels a unit from an offset in the zone's pixels. 0: no gap runs
 * through it. */
size_t sw_panes_under(const struct sw_wall *wall, const struct sw_wall_zone *zone, double scale, double offset_x, double offset_y,
                      struct sw_pane items[SW_PANELS_MAX]);
/* The stretches of an axis (0 across, 1 down) that displays below `rect` cover, in order, cut to it; one at most for each. */
size_t sw_panes_spans(const struct sw_panes *panes, struct sw_rect rect, int axis, struct sw_span *spans);
/* Cuts an element that is given *rect, which becomes the rectangle that it is laid out in. NULL: it need not be cut. Lives in the arena. */
const struct sw_slices *sw_bezels_cut(const struct sw_panes *panes, enum sw_bezels how, struct sw_rect *rect, struct sw_arena *arena);
/* The rectangle that is shown of a slice, and how far from where it was laid out. */
struct sw_rect sw_slices_window(const struct sw_slices *slices, size_t across, size_t down, double *shift_x, double *shift_y);
/* Where a rectangle of what was cut is shown, from its first slice to its last. */
struct sw_rect sw_slices_shown(const struct sw_slices *slices, struct sw_rect rect);

#endif
