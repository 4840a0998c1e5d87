/* SPDX-License-Identifier: EUPL-1.2 */
/* Rectangles: of doubles in design units or pixels (x right, y down), and of whole pixels (half open). */
#ifndef SW_VIEW_GEOMETRY_H
#define SW_VIEW_GEOMETRY_H

#include <stdbool.h>

struct sw_rect {
    double x, y, width, height;
};
struct sw_box_px {
    int x, y, width, height;
};

bool sw_rect_contains(struct sw_rect rect, double x, double y); /* left and top edge in, right and bottom out */
bool sw_rect_empty(struct sw_rect rect);
struct sw_rect sw_rect_intersect(struct sw_rect a, struct sw_rect b);
struct sw_rect sw_rect_inset(struct sw_rect rect, double top, double end, double bottom, double start);
bool sw_box_px_empty(struct sw_box_px box);
struct sw_box_px sw_box_px_intersect(struct sw_box_px a, struct sw_box_px b);
struct sw_box_px sw_box_px_union(struct sw_box_px a, struct sw_box_px b); /* an empty one does not count */
struct sw_box_px sw_box_px_round_out(struct sw_rect rect);

#endif
