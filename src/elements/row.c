/* SPDX-License-Identifier: EUPL-1.2 */
/* Elements beside each other. */
#include "elements/elements.h"

#include <math.h>

#include "base/must.h"
#include "view/behaviour.h"
#include "view/layout.h"

static const char *const justifies[] = {"start", "center", "end", "between", NULL};
static const char *const aligns[] = {"start", "center", "end", "stretch", NULL};

enum { ROW_ROW, ROW_GAP, ROW_JUSTIFY, ROW_ITEMS };

static const struct sw_row rows[] = {
    [ROW_ROW] = {.key = "row", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENTS, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The elements, from start to end.",
        .example = "[{\"text\": \"1\"}, {\"text\": \"2\"}]"},
    [ROW_GAP] = {.key = "gap", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_GAP, .flags = SW_ROW_PER_CANVAS, .unit = "design units",
        .otherwise = "0",
        .meaning = "Room between one and the next."},
    [ROW_JUSTIFY] = {.key = "justify", .type = SW_TYPE_ENUM, .words = justifies, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"start\"",
        .meaning = "Where they stand in the room that is left over, if none of them grows."},
    [ROW_ITEMS] = {.key = "items", .type = SW_TYPE_ENUM, .words = aligns, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"stretch\"",
        .meaning = "Where each stands across; `stretch` makes them as high as the row."},
};

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    struct sw_arrangement *arrangement = sw_arena_alloc(expansion->context->arena, sizeof *arrangement);
    *arrangement = (struct sw_arrangement){
        .form = SW_FORM_ROW,
        .gap = sw_value_item_or(box->own[ROW_GAP], 1, 0),
        .justify = (enum sw_justify)fmax(0, sw_value_word(box->own[ROW_JUSTIFY], justifies)),
        .items = (enum sw_align)(sw_value_word(box->own[ROW_ITEMS], aligns) + 1),
    };
    box->arrangement = arrangement;
    sw_view_expand_elements(expansion, box, box->element->own[ROW_ROW].as.elements, box->scope, box->identity);
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = sw_layout_measure,
    .least = sw_layout_least,
    .arrange = sw_layout_arrange,
    .least_width = sw_layout_least_width,
};

const struct sw_kind sw_element_row = {
    .name = "row",
    .meaning = "Elements beside each other.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
