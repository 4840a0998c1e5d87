/* SPDX-License-Identifier: EUPL-1.2 */
/* A string with expressions in braces. Markdown is read first (where `markdown`), values are put in afterwards. A template that is exactly
 * one {expression} keeps the expression's type; others give a string in which missing shows as "–". Immutable, any thread.
 *
 * Put in bare, a number is written as the language does with at most 3 decimals (whole ones below 10 000 without groups, so that a year is
 * 2026), a time as short date and time of day, a duration as 1m30s, truth as true or false, a list with ", " between its items, a
 * record as "–". Texts keep the marks of exhibition/markup.h: those of a part's parameter were made when it was loaded. */
#ifndef SW_EXHIBITION_TEMPLATE_H
#define SW_EXHIBITION_TEMPLATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/must.h"
#include "exhibition/expression.h"

#define SW_TEMPLATE_BYTES_MAX ((size_t)64 << 10)   /* of the source */
#define SW_TEMPLATE_VALUES_MAX 1296                /* expressions in one */
#define SW_TEMPLATE_RESULT_MAX ((size_t)256 << 10) /* beyond, no further part is put in */

struct sw_template;

/* Compiles `text` (not kept); {{ and }} are literal braces. Control characters other than newline and tab are dropped. NULL with faults
 * (offsets in `text`; all that are found) where it is malformed. */
const struct sw_template *sw_template_create(struct sw_arena *arena, const char *text, bool markdown,
                                             struct sw_expression_faults *faults) SW_MUST;
/* A string is of evaluation->arena, or of the template's where it is constant. */
struct sw_value sw_template_evaluate(const struct sw_template *template, const struct sw_evaluation *evaluation);
/* A value as a text writes it, of evaluation->arena: numbers, dates and lists become strings; missing stays missing. */
struct sw_value sw_template_text(struct sw_value value, const struct sw_evaluation *evaluation);
/* Whether it holds no expression; then *text is its content. */
bool sw_template_constant(const struct sw_template *template, const char **text);
/* As sw_expression_check for each expression, with offsets in the template's text. */
void sw_template_check(const struct sw_template *template, const struct sw_names *names, struct sw_arena *arena,
                       struct sw_expression_faults *faults);
/* The type it will give: of the expression where it is exactly one, else STRING. */
struct sw_name_type sw_template_type(const struct sw_template *template, const struct sw_names *names);

#endif
