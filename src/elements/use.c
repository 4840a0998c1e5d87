/* SPDX-License-Identifier: EUPL-1.2 */
/* A part, with its parameters. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

enum { ROW_USE };

static const struct sw_row rows[] = {
    [ROW_USE] = {.key = "use", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_PART, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The id of the part; its parameters stand as further keys beside it."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_use = {
    .name = "use",
    .meaning = "A part: a group of elements that is written once and used in many places.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .takes_parameters = true,
    .behaviour = &behaviour,
};
