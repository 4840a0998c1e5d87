/* SPDX-License-Identifier: EUPL-1.2 */
/* In a part: the place of the elements that its user hands in. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

enum { ROW_SLOT };

static const struct sw_row rows[] = {
    [ROW_SLOT] = {.key = "slot", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_SLOT, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The part's parameter of type `elements` that is shown here; `page` in a frame."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_slot = {
    .name = "slot",
    .meaning = "In a part: the place of elements that its user hands in.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
