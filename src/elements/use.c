/* SPDX-License-Identifier: EUPL-1.2 */
/* A part, with its parameters. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"
#include "view/layout.h"

enum { ROW_USE };

static const struct sw_row rows[] = {
    [ROW_USE] = {.key = "use", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_PART, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The id of the part; its parameters stand as further keys beside it.",
        .example = "\"tile\""},
};

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    if (box->element->part != NULL) {
        sw_view_expand_part(expansion, box, box->element->part, box->element->arguments, box->scope, NULL);
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

const struct sw_kind sw_element_use = {
    .name = "use",
    .meaning = "A part: a group of elements that is written once and used in many places.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .takes_parameters = true,
    .behaviour = &behaviour,
};
