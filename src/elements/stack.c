/* SPDX-License-Identifier: EUPL-1.2 */
/* Elements on top of each other, each placed by its own words. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"
#include "view/layout.h"

enum { ROW_STACK };

static const struct sw_row rows[] = {
    [ROW_STACK] = {.key = "stack", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENTS, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The elements, the last one on top; one without `at`, `size`, `anchor` and `in` fills the stack.",
        .example = "[{\"image\": \"media/map.svg\", \"alt\": \"\"}, {\"text\": \"1\", \"at\": [40, 40]}]"},
};

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    sw_view_expand_elements(expansion, box, box->element->own[ROW_STACK].as.elements, box->scope, box->identity);
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = sw_layout_measure,
    .least = sw_layout_least,
    .arrange = sw_layout_arrange,
    .least_width = sw_layout_least_width,
};

const struct sw_kind sw_element_stack = {
    .name = "stack",
    .meaning = "Elements on top of each other.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
