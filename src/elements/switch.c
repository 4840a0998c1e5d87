/* SPDX-License-Identifier: EUPL-1.2 */
/* One of several, by the value of an expression. */
#include "elements/elements.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/must.h"
#include "view/behaviour.h"
#include "view/layout.h"

enum { ROW_SWITCH, ROW_CASES, ROW_ELSE };

static const struct sw_row rows[] = {
    [ROW_SWITCH] = {.key = "switch", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_EXPRESSION, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The expression whose value picks the case.",
        .example = "\"span\""},
    [ROW_CASES] = {.key = "cases", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_CASES, .flags = SW_ROW_REQUIRED,
        .meaning = "{value: element or list of elements}: numbers and true, false are compared as they are written.",
        .example = "{\"day\": {\"text\": \"Tag\"}, \"week\": {\"text\": \"Woche\"}}"},
    [ROW_ELSE] = {.key = "else", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENTS,
        .meaning = "What is shown when no case fits, also while the value is missing."},
};

/* A value as it would be written for a key; "" for what has no such form. */
static const char *written(struct sw_value value, char *out, size_t capacity)
{
    switch (value.type) {
    case SW_VALUE_STRING: return value.as.string;
    case SW_VALUE_BOOL: return value.as.truth ? "true" : "false";
    case SW_VALUE_NUMBER: snprintf(out, capacity, "%.15g", value.as.number); return out;
    case SW_VALUE_DURATION: return sw_duration_text(value.as.duration, out, capacity);
    case SW_VALUE_MISSING:
    case SW_VALUE_INSTANT:
    case SW_VALUE_LIST:
    case SW_VALUE_RECORD:
    case SW_VALUE_OPAQUE: return "";
    }
    return "";
}

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    char number[40];
    struct sw_value value = sw_view_own(expansion->context, box, ROW_SWITCH);
    const char *wanted = written(value, number, sizeof number);
    const struct sw_property *cases = &box->element->own[ROW_CASES];
    for (size_t i = 0; value.type != SW_VALUE_MISSING && cases->form == SW_PROPERTY_CASES && i < cases->as.by.count; i++) {
        if (strcmp(cases->as.by.keys[i], wanted) == 0) {
            uint64_t identity = sw_hash_text(box->identity, wanted); /* another case is another thing: it enters anew */
            sw_view_expand_elements(expansion, box, cases->as.by.values[i].as.elements, box->scope, identity);
            return;
        }
    }
    sw_view_expand_elements(expansion, box, box->element->own[ROW_ELSE].as.elements, box->scope, box->identity);
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = sw_layout_measure,
    .least = sw_layout_least,
    .arrange = sw_layout_arrange,
    .least_width = sw_layout_least_width,
    .vanishes = true,
    .hoists = true,
    .decides = true,
};

const struct sw_kind sw_element_switch = {
    .name = "switch",
    .meaning = "One of several cases, by the value of an expression.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
