/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/layout.h"

#include <math.h>

#define GROWTH_PASSES_MAX 64

/* -- any box -- */

static double horizontal_padding(const struct sw_box *box)
{
    return box->padding[1] + box->padding[3];
}

static double vertical_padding(const struct sw_box *box)
{
    return box->padding[0] + box->padding[2];
}

static struct sw_size measure_anew(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    double inner_width = fmax(0, (isnan(box->given_width) ? width : box->given_width) - horizontal_padding(box));
    double inner_height = fmax(0, (isnan(box->given_height) ? height : box->given_height) - vertical_padding(box));
    struct sw_size size = {0, 0};
    if (box->behaviour->measure != NULL && (isnan(box->given_width) || isnan(box->given_height))) {
        size = box->behaviour->measure(context, box, inner_width, inner_height);
    }
    size.width = isnan(box->given_width) ? fmax(0, size.width) + horizontal_padding(box) : box->given_width;
    size.height = isnan(box->given_height) ? fmax(0, size.height) + vertical_padding(box) : box->given_height;
    return size;
}

struct sw_size sw_view_measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    width = fmax(0, width);
    height = fmax(0, height);
    for (int i = 0; i < SW_BOX_MEASUREMENTS; i++) {
        if (box->measured[i].valid && box->measured[i].width_limit == width && box->measured[i].height_limit == height) {
            return (struct sw_size){box->measured[i].width, box->measured[i].height};
        }
    }
    struct sw_size size = measure_anew(context, box, width, height);
    int place = box->measured_next;
    box->measured_next = (place + 1) % SW_BOX_MEASUREMENTS;
    box->measured[place].width_limit = width;
    box->measured[place].height_limit = height;
    box->measured[place].width = size.width;
    box->measured[place].height = size.height;
    box->measured[place].valid = true;
    return size;
}

double sw_view_least(const struct sw_view_context *context, struct sw_box *box, double width)
{
    if (!isnan(box->given_height)) {
        return box->given_height;
    }
    if (box->behaviour->least == NULL) {
        return sw_view_measure(context, box, width, INFINITY).height;
    }
    double inner = fmax(0, (isnan(box->given_width) ? width : box->given_width) - horizontal_padding(box));
    return fmax(0, box->behaviour->least(context, box, inner)) + vertical_padding(box);
}

double sw_view_least_width(const struct sw_view_context *context, struct sw_box *box)
{
    if (!isnan(box->given_width)) {
        return box->given_width;
    }
    if (box->behaviour->least_width == NULL) {
        return sw_view_measure(context, box, 0, INFINITY).width;
    }
    return fmax(0, box->behaviour->least_width(context, box)) + horizontal_padding(box);
}

static enum sw_bezels bezels_of(const struct sw_box *box)
{
    static const char *const words[] = {"behind", "skip", NULL};
    return (enum sw_bezels)(sw_value_word(box->common[SW_COMMON_BEZELS], words) + 1);
}

static uint32_t ground_of(const struct sw_view_context *context, const struct sw_box *box)
{
    const struct sw_painter nobody = {.context = context};
    uint32_t fill = box->fill, stroke = 0;
    double radius = 0, width = 0;
    if (box->behaviour->ground != NULL) {
        box->behaviour->ground(&nobody, box, &fill, &radius, &stroke, &width);
    }
    return fill;
}

void sw_view_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect rect)
{
    rect.width = fmax(0, rect.width);
    rect.height = fmax(0, rect.height);
    if (context->panes != NULL) {
        box->panes = box->parent != NULL && box->parent->panes != NULL ? box->parent->panes : context->panes;
        box->slices = sw_bezels_cut(box->panes, bezels_of(box), &rect, context->arena);
        box->panes = box->slices != NULL ? &box->slices->panes : box->panes;
    }
    box->rect = rect;
    if (box->behaviour->arrange != NULL) {
        box->behaviour->arrange(context, box, sw_view_content(box));
    }
    if (context->judged) {
        box->ground = ground_of(context, box);
    }
}

struct sw_rect sw_view_content(const struct sw_box *box)
{
    double left = box->right_to_left ? box->padding[1] : box->padding[3], right = box->right_to_left ? box->padding[3] : box->padding[1];
    return sw_rect_inset(box->rect, box->padding[0], right, box->padding[2], left);
}

struct sw_rect sw_view_on_canvas(const struct sw_box *box, struct sw_rect rect, bool inside)
{
    for (const struct sw_box *around = inside ? box : box->parent; around != NULL; around = around->parent) {
        if (around->slices != NULL) {
            rect = sw_slices_shown(around->slices, rect);
        }
    }
    return rect;
}

/* -- shared by the forms -- */

struct sw_rect sw_layout_mirror(const struct sw_box *box, struct sw_rect within, struct sw_rect rect)
{
    if (box->right_to_left) {
        rect.x = within.x + within.width - (rect.x - within.x) - rect.width;
    }
    return rect;
}

double sw_layout_offset(enum sw_align align, double room, double wanted)
{
    switch (align) {
    case SW_ALIGN_CENTER: return (room - wanted) / 2;
    case SW_ALIGN_END: return room - wanted;
    case SW_ALIGN_NONE:
    case SW_ALIGN_START:
    case SW_ALIGN_STRETCH: return 0;
    }
    return 0;
}

double sw_layout_limit(double wanted, double room, double least)
{
    return fmax(fmin(wanted, room), fmin(wanted, least));
}

/* What one unit of `grow` gets of `room`, so that those whose share would be less than their flex_size keep that. */
static double unit_of_growth(const struct sw_box *from, const struct sw_box *end, double room)
{
    double unit = INFINITY;
    for (int pass = 0; pass < GROWTH_PASSES_MAX; pass++) {
        double left = room, grow = 0;
        for (const struct sw_box *box = from; box != end; box = box->next) {
            if (box->grow > 0 && box->grow * unit >= box->flex_size) {
                grow += box->grow;
            } else {
                left -= box->flex_size;
            }
        }
        double next = grow > 0 ? fmax(0, left) / grow : 0;
        if (next == unit) {
            break;
        }
        unit = fmin(unit, next);
    }
    return unit;
}

/* Takes up to `wanted` from those that grow, or from those that do not. Returns what it took. */
static double take(struct sw_box *from, const struct sw_box *end, double wanted, bool growers)
{
    double can = 0;
    for (struct sw_box *box = from; box != end; box = box->next) {
        can += (box->grow > 0) == growers ? fmax(0, box->flex_size - box->flex_least) : 0;
    }
    double part = can > wanted ? wanted / can : 1;
    for (struct sw_box *box = from; can > 0 && box != end; box = box->next) {
        if ((box->grow > 0) == growers) {
            box->flex_size -= fmax(0, box->flex_size - box->flex_least) * part;
        }
    }
    return fmin(can, wanted);
}

double sw_layout_share(struct sw_box *from, const struct sw_box *end, double room)
{
    double wanted = 0, grow = 0;
    for (struct sw_box *box = from; box != end; box = box->next) {
        wanted += box->flex_size;
        grow += box->grow;
    }
    double left = room - wanted;
    if (left >= 0 && grow > 0) {
        double unit = unit_of_growth(from, end, room);
        for (struct sw_box *box = from; box != end; box = box->next) {
            box->flex_size = fmax(box->flex_size, box->grow * unit);
        }
        return 0;
    }
    if (left < 0) {
        left += take(from, end, -left, true);
        left += take(from, end, fmax(0, -left), false);
    }
    return left;
}

/* -- by form -- */

static enum sw_form form_of(const struct sw_box *box)
{
    return box->arrangement != NULL ? box->arrangement->form : SW_FORM_STACK;
}

struct sw_size sw_layout_measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    switch (form_of(box)) {
    case SW_FORM_STACK: return sw_stack_measure(context, box, width, height);
    case SW_FORM_ROW:
    case SW_FORM_COLUMN: return sw_line_measure(context, box, width, height);
    case SW_FORM_GRID: return sw_grid_measure(context, box, width, height);
    }
    return (struct sw_size){0, 0};
}

double sw_layout_least(const struct sw_view_context *context, struct sw_box *box, double width)
{
    switch (form_of(box)) {
    case SW_FORM_STACK: return sw_stack_least(context, box, width);
    case SW_FORM_ROW:
    case SW_FORM_COLUMN: return sw_line_least(context, box, width);
    case SW_FORM_GRID: return sw_grid_least(context, box, width);
    }
    return 0;
}

double sw_layout_least_width(const struct sw_view_context *context, struct sw_box *box)
{
    switch (form_of(box)) {
    case SW_FORM_STACK: return sw_stack_least_width(context, box);
    case SW_FORM_ROW:
    case SW_FORM_COLUMN: return sw_line_least_width(context, box);
    case SW_FORM_GRID: return sw_grid_least_width(context, box);
    }
    return 0;
}

void sw_layout_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    switch (form_of(box)) {
    case SW_FORM_STACK: sw_stack_arrange(context, box, content); break;
    case SW_FORM_ROW:
    case SW_FORM_COLUMN: sw_line_arrange(context, box, content); break;
    case SW_FORM_GRID: sw_grid_arrange(context, box, content); break;
    }
}
