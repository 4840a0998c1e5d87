/* SPDX-License-Identifier: EUPL-1.2 */
/* From a request to lines and pieces in design units, with the run behind every piece that the rasteriser needs. */
#ifndef SW_VIEW_TEXT_LAYOUT_H
#define SW_VIEW_TEXT_LAYOUT_H

#include <stddef.h>

#include "base/arena.h"
#include "base/must.h"
#include "view/font.h"
#include "view/text.h"
#include "view/text_run.h"
#include "view/text_source.h"

#define SW_TEXT_LINES_MAX 1000 /* of a layout; what follows is cut */

struct sw_text_set {
    struct sw_text_layout layout; /* first, so that it leads to the set; its lines and pieces are the arrays below */
    void *entry;                  /* of the typesetter's cache */
    struct sw_text_line *lines;
    struct sw_text_piece *pieces;
    struct sw_text_run *runs; /* one a piece */
    size_t line_capacity, piece_capacity, run_capacity;
};

/* Never NULL. `source` reads the request's text; `scratch` holds what is needed on the way. The text must live while the set is
 * rasterised. */
struct sw_text_set *sw_text_set_create(const struct sw_text_request *request, struct sw_text_source *source,
                                       struct sw_arena *scratch) SW_MUST;
void sw_text_set_destroy(struct sw_text_set *set);

#endif
