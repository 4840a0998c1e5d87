/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/expression.h"

#include <stdint.h>
#include <string.h>

#include "exhibition/expression_internal.h"
#include "exhibition/source.h"

static const struct sw_outcome missing; /* zeroed */

static struct sw_outcome evaluate(struct sw_run *run, const struct sw_node *node);

bool sw_run_spend(struct sw_run *run, size_t steps)
{
    if (run->steps <= 0 || steps >= (size_t)run->steps) {
        run->steps = 0;
        return false;
    }
    run->steps -= (int)steps;
    return true;
}

void sw_run_holds(struct sw_run *run, int64_t ahead)
{
    const struct sw_evaluation *evaluation = run->evaluation;
    if (evaluation->reads == NULL || ahead <= 0 || evaluation->now > SW_NEVER - ahead) {
        return;
    }
    sw_reads_until(evaluation->reads, evaluation->now + ahead);
}

struct sw_value sw_outcome_settle(struct sw_run *run, struct sw_outcome outcome)
{
    if (outcome.slope != 0) {
        (void)sw_scope_lookup(run->evaluation, "now"); /* notes that it holds until the next second */
    }
    return outcome.value;
}

static struct sw_outcome still(struct sw_value value)
{
    return (struct sw_outcome){.value = value};
}

static struct sw_outcome evaluate_name(struct sw_run *run, const struct sw_node *node)
{
    if (strcmp(node->name, "now") == 0) {
        return (struct sw_outcome){.value = {.type = SW_VALUE_INSTANT, .as.instant = run->evaluation->now}, .slope = 1};
    }
    return still(sw_scope_lookup(run->evaluation, node->name));
}

static struct sw_outcome evaluate_negate(struct sw_run *run, const struct sw_node *node)
{
    struct sw_outcome operand = evaluate(run, node->children[0]);
    if (operand.value.type == SW_VALUE_NUMBER) {
        return still(sw_value_number(-operand.value.as.number));
    }
    if (operand.value.type == SW_VALUE_DURATION && operand.value.as.duration != INT64_MIN) {
        operand.value.as.duration = -operand.value.as.duration;
        operand.slope = -operand.slope;
        return operand;
    }
    (void)sw_outcome_settle(run, operand);
    return missing;
}

static struct sw_outcome evaluate_not(struct sw_run *run, const struct sw_node *node)
{
    struct sw_value operand = sw_outcome_settle(run, evaluate(run, node->children[0]));
    return operand.type == SW_VALUE_BOOL ? still(sw_value_bool(!operand.as.truth)) : missing;
}

/* `and`, `or`: the side that decides (false, true) does so whatever the other is; else missing where one is missing. */
static struct sw_outcome evaluate_logic(struct sw_run *run, const struct sw_node *node)
{
    bool deciding = node->operator == SW_TOKEN_OR;
    bool unknown = false;
    for (int i = 0; i < 2; i++) {
        struct sw_value side = sw_outcome_settle(run, evaluate(run, node->children[i]));
        if (side.type != SW_VALUE_BOOL) {
            unknown = true;
        } else if (side.as.truth == deciding) {
            return still(side);
        }
    }
    return unknown ? missing : still(sw_value_bool(!deciding));
}

static bool is_missing_word(const struct sw_node *node)
{
    return node->kind == SW_NODE_LITERAL && node->literal.type == SW_VALUE_MISSING;
}

static struct sw_outcome evaluate_binary(struct sw_run *run, const struct sw_node *node)
{
    if (node->operator == SW_TOKEN_AND || node->operator == SW_TOKEN_OR) {
        return evaluate_logic(run, node);
    }
    struct sw_outcome left = evaluate(run, node->children[0]);
    if (node->operator == SW_TOKEN_COALESCE) {
        return left.value.type != SW_VALUE_MISSING ? left : evaluate(run, node->children[1]);
    }
    struct sw_outcome right = evaluate(run, node->children[1]);
    bool equality = node->operator == SW_TOKEN_EQUAL || node->operator == SW_TOKEN_UNEQUAL;
    if (equality && (is_missing_word(node->children[0]) || is_missing_word(node->children[1]))) {
        bool equal = left.value.type == right.value.type; /* one of them is missing */
        return still(sw_value_bool(equal == (node->operator == SW_TOKEN_EQUAL)));
    }
    if (left.value.type == SW_VALUE_MISSING || right.value.type == SW_VALUE_MISSING) {
        return missing;
    }
    return sw_operator_apply(run, node->operator, left, right);
}

static struct sw_outcome evaluate_condition(struct sw_run *run, const struct sw_node *node)
{
    struct sw_value question = sw_outcome_settle(run, evaluate(run, node->children[0]));
    if (question.type != SW_VALUE_BOOL) {
        return missing;
    }
    return evaluate(run, node->children[question.as.truth ? 1 : 2]);
}

static struct sw_outcome evaluate_call(struct sw_run *run, const struct sw_node *node)
{
    struct sw_outcome arguments[SW_EXPRESSION_ARGUMENTS_MAX];
    for (int i = 0; i < node->count; i++) {
        arguments[i] = evaluate(run, node->children[i]);
        if (!node->function->moving) {
            arguments[i] = still(sw_outcome_settle(run, arguments[i]));
        }
        if ((SW_TYPE_BIT(arguments[i].value.type) & node->function->takes) == 0) {
            return missing;
        }
    }
    return still(node->function->apply(run, arguments, node->count));
}

static struct sw_outcome evaluate_filter(struct sw_run *run, const struct sw_node *node)
{
    const struct sw_filter *filter = node->filter;
    struct sw_outcome input = evaluate(run, node->children[0]);
    if (input.value.type == SW_VALUE_MISSING ? !filter->takes_missing : (SW_TYPE_BIT(input.value.type) & filter->takes) == 0) {
        (void)sw_outcome_settle(run, input);
        return missing;
    }
    if (input.slope == 1 && input.value.type == SW_VALUE_INSTANT && filter->holds != NULL) {
        sw_run_holds(run, filter->holds(run->evaluation, input.value.as.instant, node->arguments, node->argument_count));
    } else {
        (void)sw_outcome_settle(run, input);
    }
    if (input.value.type == SW_VALUE_STRING && !sw_run_spend(run, strlen(input.value.as.string) / 64)) {
        return missing;
    }
    return still(filter->apply(run->evaluation, input.value, node->arguments, node->argument_count));
}

static struct sw_outcome evaluate_member(struct sw_run *run, const struct sw_node *node)
{
    struct sw_value value = sw_value_member(sw_outcome_settle(run, evaluate(run, node->children[0])), node->name);
    if (value.field != NULL && run->evaluation->reads != NULL) {
        sw_reads_add_source(run->evaluation->reads, value.field->source); /* of a row, whose name says nothing of it */
    }
    return still(value);
}

static struct sw_outcome evaluate(struct sw_run *run, const struct sw_node *node)
{
    if (!sw_run_spend(run, 1)) {
        return missing;
    }
    switch (node->kind) {
    case SW_NODE_LITERAL: return still(node->literal);
    case SW_NODE_NAME: return evaluate_name(run, node);
    case SW_NODE_MEMBER: return evaluate_member(run, node);
    case SW_NODE_NOT: return evaluate_not(run, node);
    case SW_NODE_NEGATE: return evaluate_negate(run, node);
    case SW_NODE_BINARY: return evaluate_binary(run, node);
    case SW_NODE_CONDITION: return evaluate_condition(run, node);
    case SW_NODE_CALL: return evaluate_call(run, node);
    case SW_NODE_FILTER: return evaluate_filter(run, node);
    }
    return missing;
}

struct sw_value sw_expression_evaluate(const struct sw_expression *expression, const struct sw_evaluation *evaluation)
{
    struct sw_run run = {.evaluation = evaluation, .steps = SW_EXPRESSION_STEPS_MAX};
    struct sw_value value = sw_outcome_settle(&run, evaluate(&run, expression->root));
    return run.steps > 0 ? value : (struct sw_value){.type = SW_VALUE_MISSING};
}
