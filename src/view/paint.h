/* SPDX-License-Identifier: EUPL-1.2 */
/* Between the files that draw. Private to src/view. */
#ifndef SW_VIEW_PAINT_H
#define SW_VIEW_PAINT_H

#include "view/behaviour.h"

/* Parts of a box that the view draws itself. */
#define SW_PART_STEP 16 /* a part given by an element is this far from the next one */
#define SW_PART_GROUND 10
#define SW_PART_PRESSED 11
#define SW_PART_DIM 12
#define SW_PART_BORDER 13

/* Where a rectangle in design units goes. */
struct sw_placed {
    struct sw_rect to; /* zone pixels, moved and zoomed */
    int width, height; /* whole pixels at rest */
};
struct sw_placed sw_painter_place(const struct sw_painter *painter, struct sw_rect rect);
/* Appends one draw of `to` in zone pixels; `slice` tells the draws of one part apart. */
void sw_painter_add(struct sw_painter *painter, const struct sw_box *box, int part, int slice, const struct sw_draw *draw);
/* Bakes paths given in pixels of the bitmap and draws it into `to`. */
void sw_painter_bake(struct sw_painter *painter, const struct sw_box *box, int part, int slice, struct sw_rect to,
                     const struct sw_vector *vector);

/* sw_painter_frame in two halves: what comes below the children, and the border over them. Both together give what it gives. */
enum sw_frame_half { SW_FRAME_WHOLE, SW_FRAME_FILL, SW_FRAME_BORDER };
struct sw_frame_look {
    uint32_t fill, stroke;
    double radius, stroke_width; /* design units */
};
void sw_painter_half_frame(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect,
                           const struct sw_frame_look *frame, enum sw_frame_half half);

/* Puts what the box's `animate` does at its age into the painter. */
void sw_view_animate(struct sw_painter *painter, const struct sw_box *box);

#endif
