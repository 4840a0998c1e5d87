/* SPDX-License-Identifier: EUPL-1.2 */
/* In a part: the place of the elements that its user hands in. */
#include "elements/elements.h"

#include <string.h>

#include "base/must.h"
#include "view/behaviour.h"
#include "view/layout.h"

enum { ROW_SLOT };

static const struct sw_row rows[] = {
    [ROW_SLOT] = {.key = "slot", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_SLOT, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The part's parameter of type `elements` that is shown here; `page` in a frame.",
        .example = "\"page\""},
};

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    if (box->own[ROW_SLOT].type != SW_VALUE_STRING) {
        return;
    }
    struct sw_evaluation evaluation = *expansion->context->evaluation;
    evaluation.scope = box->scope;
    const char *name = box->own[ROW_SLOT].as.string;
    struct sw_value value = sw_scope_lookup(&evaluation, strcmp(name, "page") == 0 ? SW_FRAME_SLOT : name);
    if (value.type == SW_VALUE_OPAQUE) {
        const struct sw_handed *handed = value.as.opaque;
        sw_view_expand_elements(expansion, box, handed->elements, handed->scope, box->identity);
    }
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = sw_layout_measure,
    .least = sw_layout_least,
    .arrange = sw_layout_arrange,
    .least_width = sw_layout_least_width,
    .vanishes = true,
    .hoists = true,
};

const struct sw_kind sw_element_slot = {
    .name = "slot",
    .meaning = "In a part: the place of elements that its user hands in.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
