/* SPDX-License-Identifier: EUPL-1.2 */
/* A drawn figure in its box: rectangle, circle, line or polygon. */
#include "elements/elements.h"

#include <math.h>

#include "base/must.h"
#include "view/behaviour.h"

static const char *const figures[] = {"rectangle", "circle", "line", "polygon", NULL};

enum { ROW_SHAPE, ROW_POINTS, ROW_GRADIENT, ROW_DASH, ROW_CLOSED };

static const struct sw_row rows[] = {
    [ROW_SHAPE] = {.key = "shape", .type = SW_TYPE_ENUM, .words = figures, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The figure: it fills its box, in `fill` or `gradient`, with a border of `stroke`."},
    [ROW_POINTS] = {.key = "points", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_POINTS, .flags = SW_ROW_PER_CANVAS,
        .unit = "shares of the box",
        .meaning = "[[x, y], ...] of a line or polygon: 0 is the left or upper edge of its box and 1 the other.",
        .example = "[[0, 0], [1, 0], [0.5, 1]]"},
    [ROW_GRADIENT] = {.key = "gradient", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_GRADIENT,
        .meaning = "{from, to, angle}: two colours instead of `fill`, at 0 degrees from left to right, at 90 from top to bottom.",
        .example = "{\"from\": \"rhine\", \"to\": \"#FFFFFF\", \"angle\": 90}"},
    [ROW_DASH] = {.key = "dash", .type = SW_TYPE_PAIR, .minimum = 0, .maximum = 1000, .unit = "design units",
        .meaning = "Length of the dashes of its line and of the gaps between them.",
        .example = "[8, 4]"},
    [ROW_CLOSED] = {.key = "closed", .type = SW_TYPE_BOOL, .otherwise = "false",
        .meaning = "Whether a line goes back to its first point; a polygon always does."},
};

#define WIDTH 2.0 /* of a line that does not say */

static int figure_of(const struct sw_box *box)
{
    return sw_value_word(box->own[ROW_SHAPE], figures);
}

static double line_width(const struct sw_box *box)
{
    return sw_value_number_or(box->common[SW_COMMON_STROKE_WIDTH], WIDTH);
}

enum { FIGURE_RECTANGLE, FIGURE_CIRCLE, FIGURE_LINE, FIGURE_POLYGON };

/* A line is as high as it is thick, if nobody says more; other figures are as large as they are told. */
static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    (void)context;
    (void)width;
    (void)height;
    double thick = figure_of(box) == FIGURE_LINE ? line_width(box) : 0;
    return (struct sw_size){thick, thick};
}

static bool plain_rectangle(const struct sw_box *box)
{
    bool special = box->own[ROW_GRADIENT].type != SW_VALUE_MISSING || box->own[ROW_DASH].type != SW_VALUE_MISSING;
    return figure_of(box) == FIGURE_RECTANGLE && !special;
}

/* A plain rectangle is a ground as every box has it; the others are drawn below. */
static void ground(const struct sw_painter *painter, const struct sw_box *box, uint32_t *fill, double *radius, uint32_t *stroke,
                   double *stroke_width)
{
    (void)painter;
    (void)radius;
    (void)stroke_width;
    if (!plain_rectangle(box)) {
        *fill = 0;
        *stroke = 0;
    }
}

static struct sw_vector_paint paint_of(const struct sw_view_context *context, const struct sw_box *box)
{
    struct sw_value gradient = box->own[ROW_GRADIENT];
    uint32_t fill = box->fill;
    struct sw_vector_paint paint = {.from = fill, .to = fill};
    if (gradient.type == SW_VALUE_RECORD) {
        paint.from = sw_view_colour(context, sw_value_member(gradient, "from"), fill);
        paint.to = sw_view_colour(context, sw_value_member(gradient, "to"), fill);
        paint.angle = sw_value_number_or(sw_value_member(gradient, "angle"), 90);
        if (box->right_to_left) {
            paint.angle = 180 - paint.angle;
        }
    }
    return paint;
}

/* The corners of a line or polygon in a box of `size`, `margin` from the corner of the bitmap. Returns how many. */
static size_t trace(const struct sw_box *box, struct sw_arena *arena, struct sw_size size, double margin, struct sw_vector_step **out)
{
    struct sw_value points = box->own[ROW_POINTS];
    size_t count = points.type == SW_VALUE_LIST ? points.as.list->count : 2;
    struct sw_vector_step *steps = sw_arena_array(arena, count + 1, sizeof *steps);
    for (size_t i = 0; i < count; i++) {
        double x = size.width < size.height ? 0.5 : (double)i, y = size.width < size.height ? (double)i : 0.5;
        if (points.type == SW_VALUE_LIST) {
            x = sw_value_item_or(points.as.list->items[i], 0, 0);
            y = sw_value_item_or(points.as.list->items[i], 1, 0);
        }
        x = box->right_to_left ? 1 - x : x;
        steps[i] = (struct sw_vector_step){i == 0 ? SW_VECTOR_MOVE : SW_VECTOR_LINE, {margin + x * size.width, margin + y * size.height}};
    }
    if (figure_of(box) == FIGURE_POLYGON || sw_value_true(box->own[ROW_CLOSED])) {
        steps[count++] = (struct sw_vector_step){.op = SW_VECTOR_CLOSE};
    }
    *out = steps;
    return count;
}

static void draw_traced(struct sw_painter *painter, const struct sw_box *box, struct sw_vector_path path)
{
    struct sw_arena scratch = {0};
    struct sw_vector_step *steps = NULL;
    double margin = path.width; /* corners and ends reach beyond the box */
    path.count = trace(box, &scratch, (struct sw_size){box->rect.width, box->rect.height}, margin, &steps);
    path.steps = steps;
    sw_painter_paths(painter, box, 0, sw_rect_inset(box->rect, -margin, -margin, -margin, -margin), &path, 1);
    sw_arena_finish(&scratch);
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    if (plain_rectangle(box)) {
        return;
    }
    const struct sw_view_context *context = painter->context;
    int figure = figure_of(box);
    struct sw_vector_path path = {.fill = paint_of(context, box), .stroke = box->stroke};
    path.dash[0] = sw_value_item_or(box->own[ROW_DASH], 0, 0);
    path.dash[1] = sw_value_item_or(box->own[ROW_DASH], 1, 0);
    if (figure == FIGURE_LINE && path.stroke == 0) {
        path.stroke = box->text.colour;
    }
    path.width = path.stroke != 0 ? line_width(box) : 0;
    double half = path.width / 2, width = box->rect.width, height = box->rect.height;
    if (figure == FIGURE_LINE || figure == FIGURE_POLYGON) {
        draw_traced(painter, box, path);
        return;
    }
    double radius = fmax(0, sw_value_number_or(box->common[SW_COMMON_RADIUS], 0) - half);
    struct sw_vector_step step = {SW_VECTOR_RECTANGLE, {half, half, fmax(0, width - path.width), fmax(0, height - path.width), radius}};
    if (figure == FIGURE_CIRCLE) {
        step = (struct sw_vector_step){SW_VECTOR_CIRCLE, {width / 2, height / 2, fmax(0, fmin(width, height) / 2 - half)}};
    }
    path.steps = &step;
    path.count = 1;
    sw_painter_paths(painter, box, 0, box->rect, &path, 1);
}

static const struct sw_behaviour behaviour = {
    .measure = measure,
    .draw = draw,
    .ground = ground,
};

const struct sw_kind sw_element_shape = {
    .name = "shape",
    .meaning = "A figure that is drawn: rectangle, circle, line or polygon.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
