/* SPDX-License-Identifier: EUPL-1.2 */
/* Filters format values for people: `{level | number:1}`. One row a filter in the catalogue (filter.c lists them; each group in its own file).
 * A filter gets missing only if it says so (`default`); otherwise missing stays missing. */
#ifndef SW_EXHIBITION_FILTER_H
#define SW_EXHIBITION_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "exhibition/scope.h"
#include "exhibition/value.h"

#define SW_FILTER_ARGUMENTS_MAX 8

struct sw_filter {
    const char *name;
    int arguments_min, arguments_max;
    bool takes_missing;
    const char *meaning; /* one sentence for the reference */
    struct sw_value (*apply)(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments, int count);
};

const struct sw_filter *sw_filter_find(const char *name); /* NULL: none */
/* All of them, NULL-terminated names: for "did you mean" and the reference. */
const char *const *sw_filter_names(void);

#endif
