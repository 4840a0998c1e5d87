/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files expression_*.c share: tokens, the tree, the functions. Trees are immutable and of the arena they were compiled into. */
#ifndef SW_EXHIBITION_EXPRESSION_INTERNAL_H
#define SW_EXHIBITION_EXPRESSION_INTERNAL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "exhibition/expression.h"
#include "exhibition/filter.h"

#define SW_EXPRESSION_STEPS_MAX 10000
#define SW_EXPRESSION_ARGUMENTS_MAX 16
#define SW_EXPRESSION_HEIGHT_MAX 200 /* of the tree: bounds the recursion of evaluation, also for a + b + c + ... */
#define SW_EXPRESSION_TEXT_MAX ((size_t)64 << 10) /* bytes of a text that `+` makes */

#define SW_TYPE_BIT(type) (1u << (type))

enum sw_token_kind {
    SW_TOKEN_END,
    SW_TOKEN_LITERAL, /* number, duration, string, true, false, missing */
    SW_TOKEN_NAME,
    SW_TOKEN_AND, SW_TOKEN_OR, SW_TOKEN_NOT, SW_TOKEN_IN,
    SW_TOKEN_OPEN, SW_TOKEN_CLOSE, SW_TOKEN_COMMA, SW_TOKEN_DOT, SW_TOKEN_COLON, SW_TOKEN_BAR, SW_TOKEN_QUESTION, SW_TOKEN_COALESCE,
    SW_TOKEN_ADD, SW_TOKEN_SUBTRACT, SW_TOKEN_MULTIPLY, SW_TOKEN_DIVIDE, SW_TOKEN_REMAINDER,
    SW_TOKEN_EQUAL, SW_TOKEN_UNEQUAL, SW_TOKEN_LESS, SW_TOKEN_LESS_EQUAL, SW_TOKEN_MORE, SW_TOKEN_MORE_EQUAL,
    SW_TOKEN_WRONG, /* the fault is noted */
};

struct sw_token {
    enum sw_token_kind kind;
    size_t offset, length;   /* in the text */
    struct sw_value literal; /* LITERAL */
    const char *name;        /* NAME; of the arena */
};

/* Reads tokens of one expression; notes the first fault and stops. */
struct sw_scanner {
    struct sw_arena *arena;
    const char *text;
    size_t length, at;
    struct sw_expression_faults *faults; /* may be NULL */
    bool failed;
};

struct sw_token sw_scanner_next(struct sw_scanner *scanner);
/* Notes a fault unless there was one. */
void sw_scanner_fault(struct sw_scanner *scanner, size_t offset, const char *format, ...) SW_PRINTF(3, 4);
/* Appends to `faults` (NULL: not wanted) while there is room. */
void sw_faults_add(struct sw_expression_faults *faults, struct sw_arena *arena, size_t offset, bool warning, const char *format, ...)
    SW_PRINTF(5, 6);
void sw_faults_vadd(struct sw_expression_faults *faults, struct sw_arena *arena, size_t offset, bool warning, const char *format,
                    va_list arguments) SW_PRINTF(5, 0);

enum sw_node_kind {
    SW_NODE_LITERAL,
    SW_NODE_NAME,
    SW_NODE_MEMBER,    /* children[0].name */
    SW_NODE_NOT,
    SW_NODE_NEGATE,
    SW_NODE_BINARY,    /* children[0] operator children[1] */
    SW_NODE_CONDITION, /* children[0] ? children[1] : children[2] */
    SW_NODE_CALL,
    SW_NODE_FILTER,    /* children[0] | filter:arguments */
};

struct sw_node {
    enum sw_node_kind kind;
    enum sw_token_kind operator; /* BINARY */
    size_t offset;               /* where a fault of it is shown */
    int height;
    int count;
    const struct sw_node **children;
    const char *name; /* NAME, MEMBER */
    struct sw_value literal;
    const struct sw_function *function;
    const struct sw_filter *filter;
    const struct sw_value *arguments; /* FILTER */
    int argument_count;
};

struct sw_expression {
    const struct sw_node *root;
};

/* A value and how it moves with the civil clock: +1 as `now` does, -1 against it, 0 not at all. Who uses up a moving value says until when
 * the result holds; who does not know says "the next second" (sw_outcome_settle). */
struct sw_outcome {
    struct sw_value value;
    int slope;
};

/* One evaluation. */
struct sw_run {
    const struct sw_evaluation *evaluation;
    int steps; /* left */
};

/* Takes `steps` from the budget; false: it is used up, the whole result is missing. */
bool sw_run_spend(struct sw_run *run, size_t steps) SW_MUST;
/* Notes that the result holds for `ahead` microseconds from now. */
void sw_run_holds(struct sw_run *run, int64_t ahead);
/* The value, with the next second noted if it moves. */
struct sw_value sw_outcome_settle(struct sw_run *run, struct sw_outcome outcome);

struct sw_function {
    const char *name;
    const char *form, *meaning;  /* for the reference (exhibition/help.h) */
    int arguments_min, arguments_max;
    unsigned takes;              /* bits of SW_TYPE_BIT: what each argument may be */
    enum sw_value_type gives;    /* MISSING: as its argument */
    double minimum, maximum;     /* of a NUMBER it gives; equal: any */
    bool moving;                 /* its arguments are not settled: it looks at slopes */
    struct sw_value (*apply)(struct sw_run *run, const struct sw_outcome *arguments, int count);
};

const struct sw_function *sw_function_find(const char *name); /* NULL: none */
const char *const *sw_function_names(struct sw_arena *arena, size_t *count);

/* The result of a binary operator on two present values (not and, or, ??). */
struct sw_outcome sw_operator_apply(struct sw_run *run, enum sw_token_kind operator, struct sw_outcome left, struct sw_outcome right);
/* How an operator is written: "==". */
const char *sw_operator_text(enum sw_token_kind operator);

#endif
