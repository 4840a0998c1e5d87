/* SPDX-License-Identifier: EUPL-1.2 */
/* Where children go: rows, columns, grids and stacks in design units. What is here suits struct sw_behaviour and goes by the box's
 * arrangement. Sizes are asked for from the leaves up (measure) and given out from the root down (arrange); nothing is allocated but for
 * boxes that gaps between displays cut. Main thread. */
#ifndef SW_VIEW_LAYOUT_H
#define SW_VIEW_LAYOUT_H

#include "view/behaviour.h"

enum sw_form { SW_FORM_STACK, SW_FORM_ROW, SW_FORM_COLUMN, SW_FORM_GRID };
enum sw_justify { SW_JUSTIFY_START, SW_JUSTIFY_CENTER, SW_JUSTIFY_END, SW_JUSTIFY_BETWEEN };

struct sw_arrangement {
    enum sw_form form;
    double gap;          /* on the main axis; in a grid between rows */
    double gap_across;   /* in a grid between columns */
    enum sw_justify justify;
    enum sw_align items; /* of children that do not say; NONE: stretch */
    int columns;         /* of a grid, at least 1 */
    double row_height;   /* of a grid; NAN: as its tallest */
};

/* The content's wants, for every form. */
struct sw_size sw_layout_measure(const struct sw_view_context *context, struct sw_box *box, double width, double height);
double sw_layout_least(const struct sw_view_context *context, struct sw_box *box, double width);
double sw_layout_least_width(const struct sw_view_context *context, struct sw_box *box);
void sw_layout_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content);

/* -- the forms, one file each -- */
struct sw_size sw_line_measure(const struct sw_view_context *context, struct sw_box *box, double width, double height);
double sw_line_least(const struct sw_view_context *context, struct sw_box *box, double width);
double sw_line_least_width(const struct sw_view_context *context, struct sw_box *box);
void sw_line_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content);

struct sw_size sw_grid_measure(const struct sw_view_context *context, struct sw_box *box, double width, double height);
double sw_grid_least(const struct sw_view_context *context, struct sw_box *box, double width);
double sw_grid_least_width(const struct sw_view_context *context, struct sw_box *box);
void sw_grid_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content);

struct sw_size sw_stack_measure(const struct sw_view_context *context, struct sw_box *box, double width, double height);
double sw_stack_least(const struct sw_view_context *context, struct sw_box *box, double width);
double sw_stack_least_width(const struct sw_view_context *context, struct sw_box *box);
void sw_stack_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content);

/* -- shared by the forms -- */
/* Gives `room` out to the children `from` up to, not including, `end`, whose flex_size is what they must have and flex_least what they can
 * do with if they have to (read only where there is too little room). What those that do not grow leave over is shared by those that do in
 * the ratio of their `grow`, but none gets less than it must have; what is short is taken from those that grow first, then from the others,
 * each in proportion to what it can give. Returns what is still left over; negative: what is still short. */
double sw_layout_share(struct sw_box *from, const struct sw_box *end, double room);
/* Turned about the middle of `within` where the box lays out from right to left. */
struct sw_rect sw_layout_mirror(const struct sw_box *box, struct sw_rect within, struct sw_rect rect);
/* How an aligned thing of `wanted` stands in `room`: its offset. */
double sw_layout_offset(enum sw_align align, double room, double wanted);
/* Not more than `room`, unless `least` is more. */
double sw_layout_limit(double wanted, double room, double least);

#endif
