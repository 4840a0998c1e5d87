/* SPDX-License-Identifier: EUPL-1.2 */
/* Grids: columns of one width; each row as high as its tallest child, or `row_height`. What is left over of a given height goes to rows in
 * which a child grows; where there is too little, rows are squeezed like the children of a column. A row's height is noted in its first
 * child. */
#include <math.h>

#include "view/layout.h"

static int columns_of(const struct sw_box *box) { return box->arrangement->columns > 0 ? box->arrangement->columns : 1; }

static double cell_width(const struct sw_box *box, double width)
{
    int columns = columns_of(box);
    return fmax(0, (width - (columns - 1) * box->arrangement->gap_across) / columns);
}

/* The first child of the row below. */
static struct sw_box *row_below(const struct sw_box *box, struct sw_box *first)
{
    struct sw_box *child = first;
    for (int i = 0; i < columns_of(box) && child != NULL; i++) {
        child = child->next;
    }
    return child;
}

static double row_gaps(const struct sw_box *box)
{
    size_t count = 0;
    for (const struct sw_box *child = box->first; child != NULL; child = child->next) {
        count++;
    }
    size_t columns = (size_t)columns_of(box), rows = (count + columns - 1) / columns;
    return rows > 1 ? (double)(rows - 1) * box->arrangement->gap : 0;
}

static double row_least(const struct sw_view_context *context, const struct sw_box *box, struct sw_box *first, double cell)
{
    if (!isnan(box->arrangement->row_height)) {
        return box->arrangement->row_height;
    }
    double most = 0;
    for (struct sw_box *child = first, *end = row_below(box, first); child != end; child = child->next) {
        most = fmax(most, sw_view_least(context, child, cell));
    }
    return most;
}

static double row_wanted(const struct sw_view_context *context, const struct sw_box *box, struct sw_box *first, double cell)
{
    if (!isnan(box->arrangement->row_height)) {
        return box->arrangement->row_height;
    }
    double most = 0;
    for (struct sw_box *child = first, *end = row_below(box, first); child != end; child = child->next) {
        most = fmax(most, sw_view_measure(context, child, cell, INFINITY).height);
    }
    return most;
}

static double row_grow(const struct sw_box *box, struct sw_box *first)
{
    double most = 0;
    for (const struct sw_box *child = first, *end = row_below(box, first); child != end; child = child->next) {
        most = fmax(most, child->grow);
    }
    return most;
}

/* Notes the heights that the rows want; returns their sum. */
static double want_rows(const struct sw_view_context *context, struct sw_box *box, double cell)
{
    double sum = 0;
    for (struct sw_box *first = box->first; first != NULL; first = row_below(box, first)) {
        first->flex_size = row_wanted(context, box, first, cell);
        sum += first->flex_size;
    }
    return sum;
}

static void stretch_rows(struct sw_box *box, double surplus)
{
    double grow = 0;
    for (struct sw_box *first = box->first; first != NULL; first = row_below(box, first)) {
        grow += row_grow(box, first);
    }
    for (struct sw_box *first = box->first; grow > 0 && first != NULL; first = row_below(box, first)) {
        first->flex_size += surplus * row_grow(box, first) / grow;
    }
}

static void squeeze_rows(const struct sw_view_context *context, struct sw_box *box, double cell, double deficit)
{
    double can = 0;
    for (struct sw_box *first = box->first; first != NULL; first = row_below(box, first)) {
        first->flex_least = fmin(first->flex_size, row_least(context, box, first, cell));
        can += first->flex_size - first->flex_least;
    }
    double part = can > deficit ? deficit / can : 1;
    for (struct sw_box *first = box->first; first != NULL; first = row_below(box, first)) {
        first->flex_size -= (first->flex_size - first->flex_least) * part;
    }
}

struct sw_size sw_grid_measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    (void)height;
    double widest = 0;
    int columns = columns_of(box);
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        widest = fmax(widest, sw_view_measure(context, child, cell_width(box, width), INFINITY).width);
    }
    struct sw_size size = {columns * widest + (columns - 1) * box->arrangement->gap_across, 0};
    size.height = want_rows(context, box, cell_width(box, width)) + row_gaps(box);
    return size;
}

double sw_grid_least(const struct sw_view_context *context, struct sw_box *box, double width)
{
    double sum = row_gaps(box);
    for (struct sw_box *first = box->first; first != NULL; first = row_below(box, first)) {
        sum += row_least(context, box, first, cell_width(box, width));
    }
    return sum;
}

double sw_grid_least_width(const struct sw_view_context *context, struct sw_box *box)
{
    double widest = 0;
    int columns = columns_of(box);
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        widest = fmax(widest, sw_view_least_width(context, child));
    }
    return columns * widest + (columns - 1) * box->arrangement->gap_across;
}

static void arrange_cell(const struct sw_view_context *context, struct sw_box *box, struct sw_box *child, struct sw_rect content,
                         struct sw_rect cell)
{
    double width = isnan(child->given_width) ? cell.width : child->given_width;
    double height = isnan(child->given_height) ? cell.height : child->given_height;
    if (isnan(child->given_width) && child->align != SW_ALIGN_NONE && child->align != SW_ALIGN_STRETCH) {
        width = fmin(width, sw_view_measure(context, child, cell.width, INFINITY).width);
    }
    struct sw_rect rect = {cell.x + sw_layout_offset(child->align, cell.width, width), cell.y, width, height};
    sw_view_arrange(context, child, sw_layout_mirror(box, content, rect));
}

void sw_grid_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    double cell = cell_width(box, content.width);
    double left = content.height - row_gaps(box) - want_rows(context, box, cell);
    if (left > 0) {
        stretch_rows(box, left);
    } else if (left < 0) {
        squeeze_rows(context, box, cell, -left);
    }
    double y = content.y;
    for (struct sw_box *first = box->first, *below = NULL; first != NULL; first = below) {
        double height = first->flex_size, x = content.x;
        below = row_below(box, first);
        for (struct sw_box *child = first; child != below; child = child->next) {
            arrange_cell(context, box, child, content, (struct sw_rect){x, y, cell, height});
            x += cell + box->arrangement->gap_across;
        }
        y += height + box->arrangement->gap;
    }
}
