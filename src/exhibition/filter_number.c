/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <string.h>

#include "exhibition/filter_internal.h"
#include "exhibition/language.h"
#include "exhibition/source.h"

static int digits_of(const struct sw_value *arguments, int count, int otherwise)
{
    return count > 0 ? (int)arguments[0].as.number : otherwise;
}

static const char *digits_fault(struct sw_arena *arena, const struct sw_value *arguments, int count)
{
    (void)arena;
    if (count == 0) {
        return NULL;
    }
    double digits = arguments[0].type == SW_VALUE_NUMBER ? arguments[0].as.number : -1;
    return digits >= 0 && digits <= 6 && digits == floor(digits) ? NULL : "the digits behind the point are a whole number from 0 to 6";
}

static struct sw_value apply_number(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments,
                                    int count)
{
    return sw_value_string(
        sw_language_number(evaluation->arena, evaluation->language, value.as.number, digits_of(arguments, count, -1)));
}

const struct sw_filter sw_filter_number = {
    .name = "number",
    .arguments_max = 1,
    .takes = SW_TAKES(SW_VALUE_NUMBER),
    .form = "number or number:1",
    .meaning = "The number as the language writes it: as many digits behind the mark as it has, at most 3; number:1: one.",
    .apply = apply_number,
    .fault = digits_fault,
};

static struct sw_value apply_value(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments,
                                   int count)
{
    (void)arguments;
    struct sw_resolution resolution = {.evaluation = evaluation};
    struct sw_value unit = {.type = SW_VALUE_MISSING};
    if (value.field != NULL && count == 0) {
        unit = sw_property_value(&value.field->unit, &resolution);
    }
    return sw_value_string(sw_language_amount(evaluation->arena, evaluation->language, value.as.number,
                                              value.field != NULL ? value.field->digits : -1,
                                              unit.type == SW_VALUE_STRING ? unit.as.string : ""));
}

static const char *value_fault(struct sw_arena *arena, const struct sw_value *arguments, int count)
{
    (void)arena;
    bool plain = count == 0 || (arguments[0].type == SW_VALUE_STRING && strcmp(arguments[0].as.string, "plain") == 0);
    return plain ? NULL : "a value is written with the digits and the unit of its field; value:plain leaves the unit out";
}

const struct sw_filter sw_filter_value = {
    .name = "value",
    .arguments_max = 1,
    .takes = SW_TAKES(SW_VALUE_NUMBER),
    .form = "value or value:plain",
    .meaning = "The number of a source with the digits and the unit of its field: 512 cm; plain: without the unit.",
    .apply = apply_value,
    .fault = value_fault,
};

static struct sw_value apply_percent(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments,
                                     int count)
{
    return sw_value_string(
        sw_language_percent(evaluation->arena, evaluation->language, value.as.number, digits_of(arguments, count, 0)));
}

const struct sw_filter sw_filter_percent = {
    .name = "percent",
    .arguments_max = 1,
    .takes = SW_TAKES(SW_VALUE_NUMBER),
    .form = "percent or percent:1",
    .meaning = "A share as percent: 0.5 gives 50 %; percent:1: with one digit behind the mark, else none.",
    .apply = apply_percent,
    .fault = digits_fault,
};

static struct sw_value apply_plural(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments,
                                    int count)
{
    return arguments[sw_language_plural(evaluation->language, value.as.number, count)];
}

static const char *plural_fault(struct sw_arena *arena, const struct sw_value *arguments, int count)
{
    (void)arena;
    for (int i = 0; i < count; i++) {
        if (arguments[i].type != SW_VALUE_STRING) {
            return "the forms of a plural are texts: plural:'Seite','Seiten'";
        }
    }
    return NULL;
}

const struct sw_filter sw_filter_plural = {
    .name = "plural",
    .arguments_min = 1,
    .arguments_max = 6,
    .takes = SW_TAKES(SW_VALUE_NUMBER),
    .form = "plural:'Seite','Seiten'",
    .meaning = "The form that goes with the number, without it: {n} {n | plural:'Seite','Seiten'}. In the order one, few, "
               "many, other.",
    .apply = apply_plural,
    .fault = plural_fault,
};
