/* SPDX-License-Identifier: EUPL-1.2 */
/* What the words mean that scenes may say besides the keys of tables: functions and filters of expressions, and built-in names. Each stands
 * beside its word where that is defined; the reference of curators is made from them. Constants, any thread. */
#ifndef SW_EXHIBITION_HELP_H
#define SW_EXHIBITION_HELP_H

#include <stdbool.h>
#include <stddef.h>

struct sw_help {
    const char *name;    /* "round" */
    const char *form;    /* how it is written: "round(number)" */
    const char *meaning; /* one sentence */
};

/* The one at `index`, in the order of the reference; false past the last. Its texts are constants. */
bool sw_function_help(size_t index, struct sw_help *out);
bool sw_filter_help(size_t index, struct sw_help *out);
bool sw_builtin_help(size_t index, struct sw_help *out);

#endif
