/* SPDX-License-Identifier: EUPL-1.2 */
/* Expressions: small, pure, total. Numbers, 'strings', durations, names with dots, + - * / %, comparison, in, and or not, a ? b : c,
 * a ?? b, a fixed list of functions, and `| filter:argument` behind a whole expression where it stands in braces. Missing is contagious;
 * division by zero and wrong types give missing. A step budget of 10 000 bounds every evaluation (beyond: missing). Compiled once,
 * immutable, any thread.
 *
 * From loose to tight: ? :, or, and, not, comparison and in (which do not chain), ??, + -, * / %, the minus sign, the dot. So
 * `level ?? 0 > 800` compares (level ?? 0). `false and missing` is false, `true or missing` true, the rest of the two missing. == and !=
 * compare with the word `missing`; things of two types are unequal. Time: instant - instant is a duration, instant + duration an instant,
 * duration / duration a number. % has the sign of its right side. Texts add up with +. contains and starts look past case, marks and soft
 * hyphens. */
#ifndef SW_EXHIBITION_EXPRESSION_H
#define SW_EXHIBITION_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/must.h"
#include "exhibition/scope.h"
#include "exhibition/value.h"

#define SW_EXPRESSION_BYTES_MAX 4096
#define SW_EXPRESSION_DEPTH_MAX 32

struct sw_expression;

/* What is wrong with an expression: `offset` is the byte in the text where it shows. */
struct sw_expression_fault {
    size_t offset;
    bool warning;
    const char *text; /* of the arena; what, and what would be right */
};

struct sw_expression_faults {
    struct sw_expression_fault items[8];
    size_t count;
};

/* Compiles `length` bytes into `arena`; filters allowed only if `filters`. NULL, with one fault set, where it is malformed. */
const struct sw_expression *sw_expression_create(struct sw_arena *arena, const char *text, size_t length, bool filters,
                                                 struct sw_expression_faults *faults) SW_MUST;
struct sw_value sw_expression_evaluate(const struct sw_expression *expression, const struct sw_evaluation *evaluation);
/* Static check against what is known of names: unknown names (nearest named) and members, comparisons that can never be true or never be
 * false ("span == 'dya'": the declared values are said), adding a text to a number. A comparison with a number that is always true is a
 * warning, all else an error. Appends to `faults`. */
void sw_expression_check(const struct sw_expression *expression, const struct sw_names *names, struct sw_arena *arena,
                         struct sw_expression_faults *faults);
/* The type it will give as far as can be known. */
struct sw_name_type sw_expression_type(const struct sw_expression *expression, const struct sw_names *names);
/* For each name read: calls back with the first name of the path (e.g. to find what data a `when` depends on). */
void sw_expression_each_name(const struct sw_expression *expression, void (*each)(void *context, const char *name), void *context);

#endif
