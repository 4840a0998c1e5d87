/* SPDX-License-Identifier: EUPL-1.2 */
/* Between the files that turn elements into boxes. Private to src/view. */
#ifndef SW_VIEW_EXPAND_H
#define SW_VIEW_EXPAND_H

#include "view/behaviour.h"

/* The context's evaluation with another innermost scope; NULL: the outermost. */
struct sw_evaluation sw_view_evaluation(const struct sw_view_context *context, const struct sw_scope *scope);
/* What the box does when it is touched: its `tap` as it is now; actions without a target are left out. */
void sw_view_tap(const struct sw_view_context *context, struct sw_box *box);
/* What a layer's box keeps in its `data`. */
struct sw_layer_notes {
    bool modal;
    bool has_area; /* it shows on all of its rectangle, else where its boxes draw something */
};
/* A box without an element, as root or layer. */
struct sw_box *sw_view_box(const struct sw_view_context *context, struct sw_box *parent, uint64_t identity);

#endif
