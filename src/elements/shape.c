/* SPDX-License-Identifier: EUPL-1.2 */
/* A drawn figure in its box: rectangle, circle, line or polygon. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

static const char *const figures[] = {"rectangle", "circle", "line", "polygon", NULL};

enum { ROW_SHAPE, ROW_POINTS, ROW_GRADIENT, ROW_DASH, ROW_CLOSED };

static const struct sw_row rows[] = {
    [ROW_SHAPE] = {.key = "shape", .type = SW_TYPE_ENUM, .words = figures, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The figure: it fills its box, in `fill` or `gradient`, with a border of `stroke`."},
    [ROW_POINTS] = {.key = "points", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_POINTS, .flags = SW_ROW_PER_CANVAS,
        .unit = "shares of the box",
        .meaning = "[[x, y], ...] of a line or polygon: 0 is the left or upper edge of its box and 1 the other."},
    [ROW_GRADIENT] = {.key = "gradient", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_GRADIENT,
        .meaning = "{from, to, angle}: two colours instead of `fill`, at 0 degrees from left to right, at 90 from top to bottom."},
    [ROW_DASH] = {.key = "dash", .type = SW_TYPE_PAIR, .minimum = 0, .maximum = 1000, .unit = "design units",
        .meaning = "Length of the dashes of its line and of the gaps between them."},
    [ROW_CLOSED] = {.key = "closed", .type = SW_TYPE_BOOL, .otherwise = "false",
        .meaning = "Whether a line goes back to its first point; a polygon always does."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_shape = {
    .name = "shape",
    .meaning = "A drawn figure.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
