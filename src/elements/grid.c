/* SPDX-License-Identifier: EUPL-1.2 */
/* Elements in columns of the same width. */
#include "elements/elements.h"

#include <math.h>

#include "base/must.h"
#include "view/behaviour.h"
#include "view/layout.h"

enum { ROW_GRID, ROW_COLUMNS, ROW_GAP, ROW_ROW_HEIGHT };

static const struct sw_row rows[] = {
    [ROW_GRID] = {.key = "grid", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENTS, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The elements, row by row, from start to end.",
        .example = "[{\"text\": \"1\"}, {\"text\": \"2\"}]"},
    [ROW_COLUMNS] = {.key = "columns", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1,
        .maximum = 100, .otherwise = "2",
        .meaning = "How many columns; all have the same width.",
        .example = "{\"wide\": 4, \"tall\": 2}"},
    [ROW_GAP] = {.key = "gap", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_GAP, .flags = SW_ROW_PER_CANVAS, .unit = "design units",
        .otherwise = "0",
        .meaning = "Room between two of them: n, or [between rows, between columns]."},
    [ROW_ROW_HEIGHT] = {.key = "row_height", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 0,
        .maximum = 20000, .unit = "design units",
        .meaning = "The height of every row; without it, each is as high as the tallest element in it."},
};

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    struct sw_arrangement *arrangement = sw_arena_alloc(expansion->context->arena, sizeof *arrangement);
    *arrangement = (struct sw_arrangement){
        .form = SW_FORM_GRID,
        .gap = sw_value_item_or(box->own[ROW_GAP], 0, 0),
        .gap_across = sw_value_item_or(box->own[ROW_GAP], 1, 0),
        .columns = (int)fmax(1, sw_value_number_or(box->own[ROW_COLUMNS], 2)),
        .row_height = sw_value_number_or(box->own[ROW_ROW_HEIGHT], NAN),
    };
    box->arrangement = arrangement;
    sw_view_expand_elements(expansion, box, box->element->own[ROW_GRID].as.elements, box->scope, box->identity);
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = sw_layout_measure,
    .least = sw_layout_least,
    .arrange = sw_layout_arrange,
    .least_width = sw_layout_least_width,
};

const struct sw_kind sw_element_grid = {
    .name = "grid",
    .meaning = "Elements in columns of the same width.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
