/* SPDX-License-Identifier: EUPL-1.2 */
/* One page of a scene as seen: from elements to a tree of boxes, from boxes to a draw list, and which box a finger is on. Main thread. */
#ifndef SW_VIEW_VIEW_H
#define SW_VIEW_VIEW_H

#include "view/behaviour.h"

/* What to make a tree of: elements put on the whole canvas (`in` names areas), behind them perhaps open popups. */
struct sw_view_layer {
    struct sw_elements elements;
    const struct sw_part *frame;               /* NULL: none; else the elements go into its slot "page" */
    const struct sw_property *frame_arguments;
    const struct sw_property *area;            /* a popup's `in`; NULL: the whole canvas */
    bool modal;                                /* the canvas behind it is dimmed, and touches there go to the layer */
    uint64_t identity;                         /* of popup or page: start of its boxes' identities */
    const struct sw_scope *scope;              /* in which the elements are read (the scene's state ...); NULL: the context's outermost */
};

/* Expands, measures and arranges all layers in the context's arena; returns the root (a stack, one child a layer). `reads` takes in what
 * was read. */
struct sw_box *sw_view_create(const struct sw_view_context *context, const struct sw_view_layer *layers, size_t count);
/* Draws the tree into the painter's list. */
void sw_view_paint(struct sw_painter *painter, const struct sw_box *root);
/* The topmost touchable box at a point of the canvas (design units), each box grown by `slack` on its sides and `slack_below` downwards
 * where nothing touchable is nearer; *modal: a modal layer took the point, which is beside what it shows (a tap there closes it). NULL:
 * nothing. */
const struct sw_box *sw_view_hit(const struct sw_box *root, double x, double y, double slack, double slack_below, bool *modal);
/* The topmost box at a point of the canvas that feels fingers, where no layer above shows anything; NULL: none. */
const struct sw_box *sw_view_felt(const struct sw_box *root, double x, double y);
/* The same for one that plays something. */
const struct sw_box *sw_view_played(const struct sw_box *root, double x, double y);
/* Calls for every box, parents first. */
void sw_view_each(const struct sw_box *root, void (*each)(void *context, const struct sw_box *box), void *context);
/* Where the canvas goes in a zone of width x height pixels: scale (pixels a design unit) and whole-pixel offset, fitted and centred. */
void sw_view_fit(const struct sw_canvas *canvas, int width, int height, double *scale, double *offset_x, double *offset_y);

#endif
