/* SPDX-License-Identifier: EUPL-1.2 */
/* Children on top of each other: each fills the stack, or stands where its `at` and `anchor` say. */
#include <math.h>

#include "view/layout.h"

/* Where a child is pinned: shares of the stack's and of its own size, and the way from the one to the other. */
struct pin {
    double anchor_x, anchor_y, at_x, at_y;
};

static struct pin pin_of(const struct sw_box *child)
{
    static const char *const anchors[] = {"top-start", "top",          "top-end", "start",      "center",
                                          "end",       "bottom-start", "bottom",  "bottom-end", NULL};
    int word = sw_value_word(child->common[SW_COMMON_ANCHOR], anchors);
    word = word < 0 ? 0 : word;
    struct sw_value at = child->common[SW_COMMON_AT];
    return (struct pin){(word % 3) / 2.0, (word / 3) / 2.0, sw_value_item_or(at, 0, 0), sw_value_item_or(at, 1, 0)};
}

static bool in_area(const struct sw_box *child) { return child->common[SW_COMMON_IN].type == SW_VALUE_STRING; }

/* Whether it keeps its own size where none is given. */
static bool keeps_size(const struct sw_box *child)
{
    return child->common[SW_COMMON_AT].type != SW_VALUE_MISSING || child->common[SW_COMMON_ANCHOR].type != SW_VALUE_MISSING ||
           child->common[SW_COMMON_SIZE].type == SW_VALUE_LIST;
}

/* What is left of `room` for a child that stands `at` away from its anchor. */
static double room_beside(double room, double at, double anchor)
{
    if (anchor == 0.5) {
        return room - 2 * fabs(at);
    }
    return room - (anchor == 0 ? at : -at);
}

/* The other way round: the room that a child of `size` takes. */
static double room_taken(double size, double at, double anchor)
{
    if (anchor == 0.5) {
        return size + 2 * fabs(at);
    }
    return size + (anchor == 0 ? at : -at);
}

static struct sw_size size_of(const struct sw_view_context *context, struct sw_box *child, const struct pin *pin, struct sw_rect room)
{
    if (!keeps_size(child)) {
        return (struct sw_size){isnan(child->given_width) ? room.width : child->given_width,
                                isnan(child->given_height) ? room.height : child->given_height};
    }
    double width = fmax(0, room_beside(room.width, pin->at_x, pin->anchor_x));
    double height = fmax(0, room_beside(room.height, pin->at_y, pin->anchor_y));
    struct sw_size size = sw_view_measure(context, child, width, height);
    if (size.height > height && isnan(child->given_height)) {
        size.height = sw_layout_limit(size.height, height, sw_view_least(context, child, size.width));
    }
    return size;
}

/* The area that its `in` names, else all of the stack. */
static struct sw_rect room_of(const struct sw_view_context *context, const struct sw_box *child, struct sw_rect content)
{
    const struct sw_area *area = in_area(child) ? sw_canvas_area(context->canvas, child->common[SW_COMMON_IN].as.string) : NULL;
    if (area == NULL) {
        return content;
    }
    struct sw_rect canvas = {0, 0, context->canvas->width, context->canvas->height};
    return sw_layout_mirror(child->parent, canvas, (struct sw_rect){area->x, area->y, area->width, area->height});
}

void sw_view_place(const struct sw_view_context *context, struct sw_box *child, struct sw_rect content)
{
    struct sw_rect room = room_of(context, child, content);
    struct pin pin = pin_of(child);
    struct sw_size size = size_of(context, child, &pin, room);
    struct sw_rect rect = {
        room.x + pin.anchor_x * (room.width - size.width) + pin.at_x,
        room.y + pin.anchor_y * (room.height - size.height) + pin.at_y,
        size.width,
        size.height,
    };
    sw_view_arrange(context, child, sw_layout_mirror(child->parent, room, rect));
}

struct sw_size sw_stack_measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    struct sw_size most = {0, 0};
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        if (in_area(child)) {
            continue;
        }
        struct pin pin = pin_of(child);
        struct sw_size size =
            sw_view_measure(context, child, room_beside(width, pin.at_x, pin.anchor_x), room_beside(height, pin.at_y, pin.anchor_y));
        most.width = fmax(most.width, room_taken(size.width, pin.at_x, pin.anchor_x));
        most.height = fmax(most.height, room_taken(size.height, pin.at_y, pin.anchor_y));
    }
    return most;
}

double sw_stack_least(const struct sw_view_context *context, struct sw_box *box, double width)
{
    double most = 0;
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        if (!in_area(child)) {
            struct pin pin = pin_of(child);
            double least = sw_view_least(context, child, room_beside(width, pin.at_x, pin.anchor_x));
            most = fmax(most, room_taken(least, pin.at_y, pin.anchor_y));
        }
    }
    return most;
}

double sw_stack_least_width(const struct sw_view_context *context, struct sw_box *box)
{
    double most = 0;
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        if (!in_area(child)) {
            struct pin pin = pin_of(child);
            most = fmax(most, room_taken(sw_view_least_width(context, child), pin.at_x, pin.anchor_x));
        }
    }
    return most;
}

void sw_stack_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    for (struct sw_box *child = box->first; child != NULL; child = child->next) {
        sw_view_place(context, child, content);
    }
}
