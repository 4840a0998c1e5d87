/* SPDX-License-Identifier: EUPL-1.2 */
/* Words: wrapped, shrunk to fit where told, cut with an ellipsis where told. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

static const char *const valigns[] = {"start", "center", "end", NULL};

enum { ROW_TEXT, ROW_LINES, ROW_SHRINK, ROW_VALIGN };

static const struct sw_row rows[] = {
    [ROW_TEXT] = {.key = "text", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT,
        .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "What it says: a string or an array of lines, with inline Markdown, by language."},
    [ROW_LINES] = {.key = "lines", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1, .maximum = 1000,
        .meaning = "At most so many lines; what is left over is cut with an ellipsis."},
    [ROW_SHRINK] = {.key = "shrink", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS, .minimum = 0.2, .maximum = 1,
        .meaning = "The smallest factor by which its size may shrink to fit its box, e.g. 0.7; without it the size stays."},
    [ROW_VALIGN] = {.key = "valign", .type = SW_TYPE_ENUM, .words = valigns, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"start\"",
        .meaning = "Where the lines stand in a box that is higher than they are."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_text = {
    .name = "text",
    .meaning = "Words, in a text style of the theme.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
