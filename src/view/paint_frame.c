/* SPDX-License-Identifier: EUPL-1.2 */
/* Grounds and borders. Straight ones are plain fills. Of round ones only the four corners are baked, which look alike for every box of one
 * look; what is between them is filled. So a card as large as a wall costs a few hundred pixels of bitmap, and most of it is opaque. */
#include <math.h>

#include "view/paint.h"

#define SLICE_LEAST_PX 4096 /* smaller ones are baked whole: one draw, not a dozen */

struct frame {
    struct sw_painter *painter;
    const struct sw_box *box;
    int part, slice;
    struct sw_placed placed;
    uint32_t fill, stroke; /* 0: not in this half */
    double radius, border; /* pixels */
    bool opaque_border;    /* the fill ends below it, and is not seen at its outer edge */
};

/* The rounded rectangle of a frame whose upper left corner is at x, y of a bitmap of width x height. */
static void bake(struct frame *frame, struct sw_rect to, double x, double y, int width, int height)
{
    double half = frame->opaque_border ? frame->border / 2 : 0;
    double wide = frame->placed.width, high = frame->placed.height, middle = frame->border / 2;
    struct sw_vector_step body = {SW_VECTOR_RECTANGLE,
                                  {x + half, y + half, wide - 2 * half, high - 2 * half, fmax(0, frame->radius - half)}};
    struct sw_vector_step line = {SW_VECTOR_RECTANGLE,
                                  {x + middle, y + middle, wide - 2 * middle, high - 2 * middle, fmax(0, frame->radius - middle)}};
    struct sw_vector_path paths[] = {
        {.steps = &body, .count = 1, .fill = {.from = frame->fill, .to = frame->fill}},
        {.steps = &line, .count = 1, .stroke = frame->stroke, .width = frame->border},
    };
    size_t first = frame->fill == 0 ? 1 : 0, count = (frame->fill != 0) + (frame->stroke != 0);
    struct sw_vector vector = {.width = width, .height = height, .paths = paths + first, .count = count};
    sw_painter_bake(frame->painter, frame->box, frame->part, frame->slice++, to, &vector);
}

/* A part of the frame, from pixel to pixel. */
static struct sw_rect piece(const struct frame *frame, double left, double top, double right, double bottom)
{
    double zoom = frame->painter->zoom;
    double x = frame->placed.to.x + left * zoom, y = frame->placed.to.y + top * zoom;
    return (struct sw_rect){x, y, (right - left) * zoom, (bottom - top) * zoom};
}

static void fill(struct frame *frame, struct sw_rect to, uint32_t colour)
{
    struct sw_draw draw = {.kind = SW_DRAW_FILL, .to = to, .colour = colour};
    sw_painter_add(frame->painter, frame->box, frame->part, frame->slice++, &draw);
}

static void draw_border(struct frame *frame, double corner)
{
    double wide = frame->placed.width, high = frame->placed.height, border = frame->border;
    double ends = fmax(corner, border);
    fill(frame, piece(frame, corner, 0, wide - corner, border), frame->stroke);
    fill(frame, piece(frame, corner, high - border, wide - corner, high), frame->stroke);
    fill(frame, piece(frame, 0, ends, border, high - ends), frame->stroke);
    fill(frame, piece(frame, wide - border, ends, wide, high - ends), frame->stroke);
}

static void draw_straight(struct frame *frame)
{
    double border = frame->border, wide = frame->placed.width, high = frame->placed.height;
    if (frame->fill != 0) {
        double inset = frame->opaque_border ? border : 0;
        fill(frame, piece(frame, inset, inset, wide - inset, high - inset), frame->fill);
    }
    if (frame->stroke != 0) {
        draw_border(frame, 0);
    }
}

static void draw_sliced(struct frame *frame, int corner)
{
    int wide = frame->placed.width, high = frame->placed.height;
    double border = frame->border;
    if (frame->fill != 0) {
        fill(frame, piece(frame, corner, border, wide - corner, corner), frame->fill);
        fill(frame, piece(frame, border, corner, wide - border, high - corner), frame->fill);
        fill(frame, piece(frame, corner, high - corner, wide - corner, high - border), frame->fill);
    }
    if (frame->stroke != 0) {
        draw_border(frame, corner);
    }
    /* the size of the frame is no part of a corner: from both far sides it is as if it began there */
    int far = -3 * corner;
    frame->placed.width = frame->placed.height = 4 * corner;
    bake(frame, piece(frame, 0, 0, corner, corner), 0, 0, corner, corner);
    bake(frame, piece(frame, wide - corner, 0, wide, corner), far, 0, corner, corner);
    bake(frame, piece(frame, 0, high - corner, corner, high), 0, far, corner, corner);
    bake(frame, piece(frame, wide - corner, high - corner, wide, high), far, far, corner, corner);
}

void sw_painter_half_frame(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect,
                           const struct sw_frame_look *wanted, enum sw_frame_half half)
{
    bool fills = half != SW_FRAME_BORDER && wanted->fill >> 24 != 0;
    bool strokes = half != SW_FRAME_FILL && wanted->stroke >> 24 != 0 && wanted->stroke_width > 0;
    if (!fills && !strokes) {
        return;
    }
    struct frame frame = {.painter = painter, .box = box, .part = part, .placed = sw_painter_place(painter, rect)};
    int wide = frame.placed.width, high = frame.placed.height;
    if (wide == 0 || high == 0) {
        return;
    }
    if (wanted->stroke >> 24 != 0 && wanted->stroke_width > 0) {
        frame.border = fmin(fmax(1, floor(wanted->stroke_width * painter->scale + 0.5)), fmin(wide, high) / 2.0);
        frame.opaque_border = wanted->stroke >> 24 == 0xff;
    }
    frame.fill = fills ? wanted->fill : 0;
    frame.stroke = strokes ? wanted->stroke : 0;
    frame.radius = fmin(fmax(0, wanted->radius) * painter->scale, fmin(wide, high) / 2.0);
    int corner = (int)ceil(fmax(frame.radius, frame.border));
    bool translucent_border = frame.border > 0 && !frame.opaque_border;
    if (frame.radius < 0.5) {
        draw_straight(&frame);
    } else if (translucent_border || 2 * corner + 1 >= fmin(wide, high) || wide * (double)high < SLICE_LEAST_PX) {
        bake(&frame, frame.placed.to, 0, 0, wide, high);
    } else {
        draw_sliced(&frame, corner);
    }
}

void sw_painter_frame(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, uint32_t colour, double radius,
                      uint32_t stroke, double stroke_width)
{
    struct sw_frame_look frame = {.fill = colour, .stroke = stroke, .radius = radius, .stroke_width = stroke_width};
    sw_painter_half_frame(painter, box, part, rect, &frame, SW_FRAME_WHOLE);
}
