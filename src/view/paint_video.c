/* SPDX-License-Identifier: EUPL-1.2 */
/* Pictures of videos. They come thirty times a second, so nothing is made of them: what is cut off lies beside the draw's clip, and round
 * corners are a shape that all pictures are seen through. */
#include <math.h>

#include "view/mask.h"
#include "view/paint.h"

/* Where all of the picture goes when a part of it fills `to`. */
static struct sw_rect whole_of(struct sw_rect to, struct sw_rect seen)
{
    double width = to.width / seen.width, height = to.height / seen.height;
    return (struct sw_rect){to.x - seen.x * width, to.y - seen.y * height, width, height};
}

/* Without the rows that have a corner. */
static struct sw_box_px solid_of(struct sw_box_px frame, double reach)
{
    int rows = (int)ceil(reach);
    return (struct sw_box_px){frame.x, frame.y + rows, frame.width, frame.height - 2 * rows};
}

void sw_painter_video(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, struct sw_bitmap *bitmap,
                      struct sw_rect seen, const struct sw_mask *mask)
{
    struct sw_placed placed = sw_painter_place(painter, rect);
    if (sw_rect_empty(seen) || sw_rect_empty(placed.to)) {
        return;
    }
    struct sw_draw draw = {.kind = SW_DRAW_BITMAP, .to = whole_of(placed.to, seen), .bitmap = bitmap};
    struct sw_box_px frame = sw_draw_place(&(struct sw_draw){.kind = SW_DRAW_FILL, .to = placed.to});
    if (mask != NULL && painter->context->masks != NULL) {
        draw.shape = sw_masks_shape(painter->context->masks, placed.width, placed.height, mask);
    }
    if (draw.shape != NULL) {
        draw.frame = placed.to;
        frame = sw_draw_frame(&draw);
        bool scales = sw_draw_shape_scales(&draw); /* between its pixels one is read that lies further on */
        draw.solid = solid_of(frame, scales ? (mask->radius + 1) * painter->zoom + 1 : mask->radius);
    }
    struct sw_box_px clip = painter->clip;
    painter->clip = sw_box_px_intersect(clip, frame);
    sw_painter_add(painter, box, part, 0, &draw);
    painter->clip = clip;
}
