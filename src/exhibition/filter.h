/* SPDX-License-Identifier: EUPL-1.2 */
/* Filters format values for people: `{level | number:1}`. One row a filter in the catalogue (filter.c lists them; each group in its own
 * file). A filter gets missing only if it says so (`default`); otherwise missing stays missing. Arguments are literals. Immutable, any
 * thread. */
#ifndef SW_EXHIBITION_FILTER_H
#define SW_EXHIBITION_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exhibition/scope.h"
#include "exhibition/value.h"

#define SW_FILTER_ARGUMENTS_MAX 8

struct sw_filter {
    const char *name;
    int arguments_min, arguments_max;
    bool takes_missing;
    unsigned takes;      /* bits 1u << enum sw_value_type: what it formats besides; anything else gives missing */
    const char *form, *meaning; /* for the reference (exhibition/help.h) */
    /* The result; strings live in evaluation->arena. What depends on the passing of time notes so in evaluation->reads. */
    struct sw_value (*apply)(const struct sw_evaluation *evaluation, struct sw_value value, const struct sw_value *arguments, int count);
    /* What is wrong with the arguments as they are written, of `arena`; NULL: nothing. The member may be NULL: their count is all. */
    const char *(*fault)(struct sw_arena *arena, const struct sw_value *arguments, int count);
    /* How many microseconds the text for an instant that moves with `now` stays right. The member may be NULL: until the next second. */
    int64_t (*holds)(const struct sw_evaluation *evaluation, sw_instant instant, const struct sw_value *arguments, int count);
};

const struct sw_filter *sw_filter_find(const char *name); /* NULL: none */
/* All of them, NULL-terminated names: for "did you mean" and the reference. */
const char *const *sw_filter_names(void);

#endif
