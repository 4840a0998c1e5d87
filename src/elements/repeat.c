/* SPDX-License-Identifier: EUPL-1.2 */
/* One element for each row of a list. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

static const char *const directions[] = {"column", "row", NULL};

enum { ROW_REPEAT, ROW_AS, ROW_WHERE, ROW_SORT, ROW_LIMIT, ROW_KEY, ROW_EACH, ROW_EMPTY, ROW_COLUMNS, ROW_GAP, ROW_DIRECTION };

static const struct sw_row rows[] = {
    [ROW_REPEAT] = {.key = "repeat", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_EXPRESSION, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The list: rows of a source, `scenes`, `pages`, `languages` ..."},
    [ROW_AS] = {.key = "as", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_NAME, .otherwise = "\"it\"",
        .meaning = "The name of the row inside `each`; its place, from 1, is `index`."},
    [ROW_WHERE] = {.key = "where", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_EXPRESSION,
        .meaning = "Only rows for which this is true."},
    [ROW_SORT] = {.key = "sort", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_SORT,
        .meaning = "The order: expressions of the row, the first one that differs decides; `-` in front: descending."},
    [ROW_LIMIT] = {.key = "limit", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1, .maximum = 10000,
        .meaning = "At most so many, after sorting."},
    [ROW_KEY] = {.key = "key", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_EXPRESSION,
        .meaning = "What makes a row the same row when the list changes: its state then moves with it; without it, its place counts."},
    [ROW_EACH] = {.key = "each", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENT, .flags = SW_ROW_REQUIRED,
        .meaning = "The element that is made for every row."},
    [ROW_EMPTY] = {.key = "empty", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENT,
        .meaning = "What is shown when no row is left."},
    [ROW_COLUMNS] = {.key = "columns", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1,
        .maximum = 100,
        .meaning = "Lays them out as a grid of so many columns."},
    [ROW_GAP] = {.key = "gap", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_GAP, .flags = SW_ROW_PER_CANVAS, .unit = "design units",
        .otherwise = "0",
        .meaning = "Room between two of them: n, or in a grid [between rows, between columns]."},
    [ROW_DIRECTION] = {.key = "direction", .type = SW_TYPE_ENUM, .words = directions, .flags = SW_ROW_PER_CANVAS,
        .otherwise = "\"column\"",
        .meaning = "Whether they go down or along, where there are no `columns`."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_repeat = {
    .name = "repeat",
    .meaning = "One element for each row of a list.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
