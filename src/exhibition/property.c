/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/property.h"

#include <string.h>

/* The value written for `key`; where there is none, the one that was written first. */
static const struct sw_property *choose(const struct sw_property *property, const char *key)
{
    for (size_t i = 0; key != NULL && i < property->as.by.count; i++) {
        if (strcmp(property->as.by.keys[i], key) == 0) {
            return &property->as.by.values[i];
        }
    }
    return property->as.by.count > 0 ? &property->as.by.values[0] : NULL;
}

struct sw_value sw_property_value(const struct sw_property *property, const struct sw_resolution *resolution)
{
    while (property != NULL) {
        switch (property->form) {
        case SW_PROPERTY_CONSTANT: return property->as.constant;
        case SW_PROPERTY_TEMPLATE: return sw_template_evaluate(property->as.template, resolution->evaluation);
        case SW_PROPERTY_EXPRESSION: return sw_expression_evaluate(property->as.expression, resolution->evaluation);
        case SW_PROPERTY_BY_CANVAS: property = choose(property, resolution->canvas); break;
        case SW_PROPERTY_BY_LANGUAGE: property = choose(property, resolution->evaluation->language); break;
        case SW_PROPERTY_NONE:
        case SW_PROPERTY_LIST:
        case SW_PROPERTY_ELEMENTS:
        case SW_PROPERTY_CASES:
        case SW_PROPERTY_ACTIONS: property = NULL; break;
        }
    }
    return (struct sw_value){.type = SW_VALUE_MISSING};
}
