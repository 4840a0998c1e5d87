/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows and columns. The main axis: who does not grow gets what it wants, those that grow share the rest in the ratio of their `grow` (but
 * not below their content); where there is too little, children are squeezed down to their least. The cross axis: by `align`, else
 * `items`; stretched where neither says. A row's texts want to be unwrapped; when squeezed they wrap, down to their widest word. */
#include <math.h>

#include "view/layout.h"

static bool is_row(const struct sw_box *box) { return box->arrangement->form == SW_FORM_ROW; }

static double gaps(const struct sw_box *box)
{
    double sum = 0;
    for (const struct sw_box *child = box->first; child != NULL && child->next != NULL; child = child->next) {
        sum += box->arrangement->gap;
    }
    return sum;
}

static enum sw_align alignment(const struct sw_box *box, const struct sw_box *child)
{
    if (child->align != SW_ALIGN_NONE) {
        return child->align;
    }
    return box->arrangement->items != SW_ALIGN_NONE ? box->arrangement->items : SW_ALIGN_STRETCH;
}

/* Notes in every child of a row how wide it must be: who grows, as narrow as it can be. Returns the width that the row wants, without gaps:
 * at it nobody who grows gets less than it wants. */
static double want_widths(const struct sw_view_context *context, struct sw_box *box, double height)
{
    double sum = 0, grow = 0, unit = 0;
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        double wanted = sw_view_measure(context, child, INFINITY, height).width;
        if (child->grow > 0) {
            child->flex_size = child->flex_least = fmin(wanted, sw_view_least_width(context, child));
            grow += child->grow;
            unit = fmax(unit, wanted / child->grow);
        } else {
            child->flex_size = wanted;
            sum += wanted;
        }
    }
    return sum + grow * unit;
}

/* Returns what is left over of `room`. */
static double share_width(const struct sw_view_context *context, struct sw_box *box, double room)
{
    double must = 0;
    for (const struct sw_box *child = box->first; child != NULL; child = child->next) {
        must += child->flex_size;
    }
    for (struct sw_box *child = box->first; must > room && child != NULL; child = child->next) {
        child->flex_least = child->grow > 0 ? child->flex_size : sw_view_least_width(context, child);
    }
    return sw_layout_share(box->first, NULL, room);
}

/* Widths of the children of a row that is as wide as it wants, at most `width`. Returns their sum with gaps. */
static double settle_row(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    double between = gaps(box), wanted = want_widths(context, box, height);
    share_width(context, box, fmin(wanted, fmax(0, width - between)));
    double sum = between;
    for (const struct sw_box *child = box->first; child != NULL; child = child->next) {
        sum += child->flex_size;
    }
    return sum;
}

/* Gives a column's height out; returns what is left over. */
static double settle_column(const struct sw_view_context *context, struct sw_box *box, double width, double room)
{
    double must = 0;
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        child->flex_size = sw_view_measure(context, child, width, INFINITY).height;
        must += child->flex_size;
    }
    for (struct sw_box *child = box->first; must > room && child != NULL; child = child->next) {
        child->flex_least = sw_view_least(context, child, width);
    }
    return sw_layout_share(box->first, NULL, room);
}

static struct sw_size measure_row(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    struct sw_size size = {settle_row(context, box, width, height), 0};
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        struct sw_size natural = sw_view_measure(context, child, INFINITY, height);
        if (child->flex_size < natural.width) {
            natural = sw_view_measure(context, child, child->flex_size, height);
        }
        size.height = fmax(size.height, natural.height);
    }
    return size;
}

static struct sw_size measure_column(const struct sw_view_context *context, struct sw_box *box, double width)
{
    struct sw_size size = {0, gaps(box)};
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        struct sw_size wanted = sw_view_measure(context, child, width, INFINITY);
        size.width = fmax(size.width, wanted.width);
        size.height += wanted.height;
    }
    return size;
}

struct sw_size sw_line_measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    return is_row(box) ? measure_row(context, box, width, height) : measure_column(context, box, width);
}

double sw_line_least(const struct sw_view_context *context, struct sw_box *box, double width)
{
    double least = is_row(box) ? 0 : gaps(box);
    if (is_row(box)) {
        settle_row(context, box, width, INFINITY);
    }
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        least = is_row(box) ? fmax(least, sw_view_least(context, child, child->flex_size)) : least + sw_view_least(context, child, width);
    }
    return least;
}

double sw_line_least_width(const struct sw_view_context *context, struct sw_box *box)
{
    double least = is_row(box) ? gaps(box) : 0;
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        double own = sw_view_least_width(context, child);
        least = is_row(box) ? least + own : fmax(least, own);
    }
    return least;
}

/* The child's size across, in `room`. */
static double across(const struct sw_view_context *context, const struct sw_box *box, struct sw_box *child, double room)
{
    double given = is_row(box) ? child->given_height : child->given_width;
    if (!isnan(given)) {
        return given;
    }
    if (alignment(box, child) == SW_ALIGN_STRETCH) {
        return room;
    }
    if (!is_row(box)) {
        return fmin(sw_view_measure(context, child, room, INFINITY).width, room);
    }
    double wanted = sw_view_measure(context, child, child->flex_size, room).height;
    return wanted <= room ? wanted : sw_layout_limit(wanted, room, sw_view_least(context, child, child->flex_size));
}

static void justify(const struct sw_box *box, double left, double *start, double *gap)
{
    *start = 0;
    *gap = box->arrangement->gap;
    if (left <= 0 || box->first == NULL) {
        return;
    }
    switch (box->arrangement->justify) {
    case SW_JUSTIFY_START: break;
    case SW_JUSTIFY_CENTER: *start = left / 2; break;
    case SW_JUSTIFY_END: *start = left; break;
    case SW_JUSTIFY_BETWEEN: {
        size_t between = 0;
        for (const struct sw_box *child = box->first; child->next != NULL; child = child->next) {
            between++;
        }
        *gap += between > 0 ? left / (double)between : 0;
        break;
    }
    }
}

void sw_line_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    bool row = is_row(box);
    double room = fmax(0, (row ? content.width : content.height) - gaps(box)), left = 0;
    if (row) {
        want_widths(context, box, content.height);
        left = share_width(context, box, room);
    } else {
        left = settle_column(context, box, content.width, room);
    }
    double position = 0, gap = 0;
    justify(box, left, &position, &gap);
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        double main = child->flex_size, cross_room = row ? content.height : content.width;
        double cross = across(context, box, child, cross_room);
        double offset = sw_layout_offset(alignment(box, child), cross_room, cross);
        struct sw_rect rect = row ? (struct sw_rect){content.x + position, content.y + offset, main, cross}
                                  : (struct sw_rect){content.x + offset, content.y + position, cross, main};
        sw_view_arrange(context, child, sw_layout_mirror(box, content, rect));
        position += main + gap;
    }
}
