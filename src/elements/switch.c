/* SPDX-License-Identifier: EUPL-1.2 */
/* One of several, by the value of an expression. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

enum { ROW_SWITCH, ROW_CASES, ROW_ELSE };

static const struct sw_row rows[] = {
    [ROW_SWITCH] = {.key = "switch", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_EXPRESSION, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The expression whose value picks the case."},
    [ROW_CASES] = {.key = "cases", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_CASES, .flags = SW_ROW_REQUIRED,
        .meaning = "{value: element or list of elements}: numbers and true, false are compared as they are written."},
    [ROW_ELSE] = {.key = "else", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENTS,
        .meaning = "What is shown when no case fits."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_switch = {
    .name = "switch",
    .meaning = "One of several cases, by the value of an expression.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
