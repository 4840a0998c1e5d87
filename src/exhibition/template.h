/* SPDX-License-Identifier: EUPL-1.2 */
/* A string with expressions in braces. Markdown is read first (where `markdown`), values are put in afterwards. A template that is exactly
 * one {expression} keeps the expression's type; others give a string in which missing shows as "–". Immutable, any thread. */
#ifndef SW_EXHIBITION_TEMPLATE_H
#define SW_EXHIBITION_TEMPLATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/must.h"
#include "exhibition/expression.h"

struct sw_template;

/* Compiles `text`; {{ and }} are literal braces. NULL with faults (offsets in `text`) where it is malformed. */
const struct sw_template *sw_template_create(struct sw_arena *arena, const char *text, bool markdown,
                                             struct sw_expression_faults *faults) SW_MUST;
struct sw_value sw_template_evaluate(const struct sw_template *template, const struct sw_evaluation *evaluation);
/* Whether it holds no expression; then *text is its content. */
bool sw_template_constant(const struct sw_template *template, const char **text);
void sw_template_check(const struct sw_template *template, const struct sw_names *names, struct sw_arena *arena,
                       struct sw_expression_faults *faults);
/* The type it will give: of the expression where it is exactly one, else STRING. */
struct sw_name_type sw_template_type(const struct sw_template *template, const struct sw_names *names);

#endif
