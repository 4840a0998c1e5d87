/* SPDX-License-Identifier: EUPL-1.2 */
/* Elements below each other. The work is done in line.c. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

static const char *const justifies[] = {"start", "center", "end", "between", NULL};
static const char *const aligns[] = {"start", "center", "end", "stretch", NULL};

enum { ROW_COLUMN, ROW_GAP, ROW_JUSTIFY, ROW_ITEMS };

static const struct sw_row rows[] = {
    [ROW_COLUMN] = {.key = "column", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENTS, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The elements, from top to bottom."},
    [ROW_GAP] = {.key = "gap", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_GAP, .flags = SW_ROW_PER_CANVAS, .unit = "design units",
        .otherwise = "0",
        .meaning = "Room between two of them."},
    [ROW_JUSTIFY] = {.key = "justify", .type = SW_TYPE_ENUM, .words = justifies, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"start\"",
        .meaning = "Where they stand in the room that is left over, if none of them grows."},
    [ROW_ITEMS] = {.key = "items", .type = SW_TYPE_ENUM, .words = aligns, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"stretch\"",
        .meaning = "Where each stands across; `stretch` makes them as wide as the column."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_column = {
    .name = "column",
    .meaning = "Elements below each other.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
