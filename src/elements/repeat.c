/* SPDX-License-Identifier: EUPL-1.2 */
/* One element for each row of a list. */
#include "elements/elements.h"

#include <math.h>

#include "base/hash.h"
#include "base/must.h"
#include "elements/rows.h"
#include "view/behaviour.h"
#include "view/layout.h"

static const char *const directions[] = {"column", "row", NULL};

enum { ROW_REPEAT, ROW_AS, ROW_WHERE, ROW_SORT, ROW_LIMIT, ROW_KEY, ROW_EACH, ROW_EMPTY, ROW_COLUMNS, ROW_GAP, ROW_DIRECTION };

static const struct sw_row rows[] = {
    [ROW_REPEAT] = {.key = "repeat", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ROWS, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The list: rows of a source, `scenes`, `pages`, `languages` ...",
        .example = "\"scenes\""},
    [ROW_AS] = {.key = "as", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_NAME, .otherwise = "\"it\"",
        .meaning = "The name of the row inside `each`; its place, from 1, is `index`.",
        .example = "\"s\""},
    [ROW_WHERE] = {.key = "where", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_CONDITION,
        .meaning = "Only rows for which this is true.",
        .example = "\"'project' in s.tags\""},
    [ROW_SORT] = {.key = "sort", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_SORT,
        .meaning = "The order: expressions of the row, the first one that differs decides; `-` in front: descending; "
                   "missing comes last.",
      .example = "[\"s.order\", \"-s.title\"]"},
    [ROW_LIMIT] = {.key = "limit", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1, .maximum = 10000,
        .meaning = "At most so many, after sorting."},
    [ROW_KEY] = {.key = "key", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_EXPRESSION,
        .meaning = "What makes a row the same row when the list changes: its state then moves with it; without it, its place counts.",
        .example = "\"s.id\""},
    [ROW_EACH] = {.key = "each", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENT, .flags = SW_ROW_REQUIRED,
        .meaning = "The element that is made for every row.",
        .example = "{\"use\": \"tile\", \"title\": \"{s.title}\"}"},
    [ROW_EMPTY] = {.key = "empty", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENT,
        .meaning = "What is shown when no row is left.",
        .example = "{\"text\": {\"de\": \"Bald mehr\"}}"},
    [ROW_COLUMNS] = {.key = "columns", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1,
        .maximum = 100,
        .meaning = "Lays them out as a grid of so many columns.",
        .example = "{\"wide\": 4, \"tall\": 2}"},
    [ROW_GAP] = {.key = "gap", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_GAP, .flags = SW_ROW_PER_CANVAS, .unit = "design units",
        .otherwise = "0",
        .meaning = "Room between two of them: n, or in a grid [between rows, between columns]."},
    [ROW_DIRECTION] = {.key = "direction", .type = SW_TYPE_ENUM, .words = directions, .flags = SW_ROW_PER_CANVAS,
        .otherwise = "\"column\"",
        .meaning = "Whether they go down or along, where there are no `columns`."},
};

static void arrange_as_told(const struct sw_view_context *context, struct sw_box *box)
{
    struct sw_arrangement *arrangement = sw_arena_alloc(context->arena, sizeof *arrangement);
    double between_rows = sw_value_item_or(box->own[ROW_GAP], 0, 0), between_columns = sw_value_item_or(box->own[ROW_GAP], 1, 0);
    double columns = sw_value_number_or(box->own[ROW_COLUMNS], 0);
    bool along = sw_value_word(box->own[ROW_DIRECTION], directions) == 1;
    *arrangement = (struct sw_arrangement){
        .form = along ? SW_FORM_ROW : SW_FORM_COLUMN,
        .gap = along ? between_columns : between_rows,
        .row_height = NAN,
    };
    if (columns >= 1) {
        arrangement->form = SW_FORM_GRID;
        arrangement->gap = between_rows;
        arrangement->gap_across = between_columns;
        arrangement->columns = (int)columns;
    }
    box->arrangement = arrangement;
}

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    const struct sw_view_context *context = expansion->context;
    const struct sw_element *element = box->element;
    const struct sw_property *key = &element->own[ROW_KEY];
    struct sw_value value = sw_view_own(context, box, ROW_REPEAT);
    struct sw_list nothing = {0};
    const struct sw_list *list = value.type == SW_VALUE_LIST ? value.as.list : &nothing;
    struct sw_rows wanted = {.outer = box->scope, .as = box->own[ROW_AS], .list = list, .where = &element->own[ROW_WHERE]};
    wanted.orders[0].by = &element->own[ROW_SORT];
    struct sw_value *chosen = sw_arena_array(context->arena, list->count, sizeof *chosen);
    double limit = fmax(0, sw_value_number_or(box->own[ROW_LIMIT], INFINITY));
    size_t count = (size_t)fmin((double)sw_rows_choose(context, &wanted, chosen), limit);
    if (count == 0) {
        sw_view_expand_elements(expansion, box, element->own[ROW_EMPTY].as.elements, box->scope, box->identity);
        return;
    }
    arrange_as_told(context, box);
    for (size_t i = 0; i < count && expansion->budget > 0; i++) {
        struct sw_row_scope *row = sw_arena_alloc(context->arena, sizeof *row);
        sw_row_scope_init(row, box->scope, box->own[ROW_AS], chosen[i], i);
        struct sw_value name = key->form != SW_PROPERTY_NONE ? sw_view_value(context, &row->scope, key) : sw_value_number(row->index);
        sw_view_expand_elements(expansion, box, element->own[ROW_EACH].as.elements, &row->scope, sw_value_hash(box->identity, name));
    }
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = sw_layout_measure,
    .least = sw_layout_least,
    .arrange = sw_layout_arrange,
    .least_width = sw_layout_least_width,
    .vanishes = true,
};

const struct sw_kind sw_element_repeat = {
    .name = "repeat",
    .meaning = "One element for each row of a list.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
