/* SPDX-License-Identifier: EUPL-1.2 */
/* Elements on top of each other, each placed by its own words. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

enum { ROW_STACK };

static const struct sw_row rows[] = {
    [ROW_STACK] = {.key = "stack", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENTS, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The elements, the last one on top; one without `at`, `size`, `anchor` and `in` fills the stack."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_stack = {
    .name = "stack",
    .meaning = "Elements on top of each other.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
