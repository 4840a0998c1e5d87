/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/expression.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "exhibition/expression_internal.h"
#include "exhibition/language.h"
#include "exhibition/source.h"

#define PATH_BYTES_MAX 256

/* Walks a tree for types; reports where `faults` is not NULL. */
struct checker {
    const struct sw_names *names;
    struct sw_arena *arena; /* with `faults` */
    struct sw_expression_faults *faults;
};

static const struct sw_name_type unknown; /* zeroed */

static struct sw_name_type infer(struct checker *checker, const struct sw_node *node);

static struct sw_name_type of_type(enum sw_value_type type)
{
    return (struct sw_name_type){.type = type};
}

/* "a number, a duration or a list" for bits of types. */
static const char *types_text(struct checker *checker, unsigned types)
{
    const char *text = "";
    int count = 0;
    for (int type = SW_VALUE_OPAQUE; type > SW_VALUE_MISSING; type--) {
        if ((types & SW_TYPE_BIT(type)) != 0) {
            const char *joint = count == 0 ? "" : count == 1 ? " or " : ", ";
            text = sw_arena_printf(checker->arena, "%s%s%s", sw_value_type_text((enum sw_value_type)type), joint, text);
            count++;
        }
    }
    return text;
}

/* "session.contrast" of a name with members; false for anything else or where it does not fit. */
static bool path_of(const struct sw_node *node, char *path, size_t capacity)
{
    if (node->kind == SW_NODE_NAME) {
        return snprintf(path, capacity, "%s", node->name) < (int)capacity;
    }
    if (node->kind != SW_NODE_MEMBER || !path_of(node->children[0], path, capacity)) {
        return false;
    }
    size_t length = strlen(path);
    return snprintf(path + length, capacity - length, ".%s", node->name) < (int)(capacity - length);
}

/* What an operand is called in a fault: its path, "hour(...)" or "this". */
static const char *node_text(struct checker *checker, const struct sw_node *node)
{
    char path[PATH_BYTES_MAX];
    if (path_of(node, path, sizeof path)) {
        return sw_arena_strdup(checker->arena, path);
    }
    if (node->kind == SW_NODE_CALL) {
        return sw_arena_printf(checker->arena, "%s(...)", node->function->name);
    }
    return "this";
}

static bool describe(const struct checker *checker, const char *name, struct sw_name_type *out)
{
    for (const struct sw_names *names = checker->names; names != NULL; names = names->outer) {
        *out = unknown;
        if (names->describe(names, name, out)) {
            return true;
        }
    }
    *out = unknown;
    return false;
}

static void unknown_name(struct checker *checker, const struct sw_node *node)
{
    const char *best = NULL;
    static const char *const built_in[] = {"now"};
    const char *candidates[64] = {sw_nearest(node->name, built_in, 1)};
    size_t count = candidates[0] != NULL;
    for (const struct sw_names *names = checker->names; names != NULL && count < SW_COUNT(candidates); names = names->outer) {
        const char *const *list = names->list == NULL ? NULL : names->list(names, checker->arena);
        size_t known = 0;
        while (list != NULL && list[known] != NULL) {
            known++;
        }
        best = sw_nearest(node->name, list, known);
        if (best != NULL) {
            candidates[count++] = best;
        }
    }
    best = sw_nearest(node->name, candidates, count);
    if (best != NULL) {
        sw_faults_add(checker->faults, checker->arena, node->offset, false, "unknown name \"%s\"; did you mean \"%s\"?", node->name, best);
    } else {
        sw_faults_add(checker->faults, checker->arena, node->offset, false, "unknown name \"%s\"; a text is written in quotes: '%s'",
                      node->name, node->name);
    }
}

static struct sw_name_type infer_name(struct checker *checker, const struct sw_node *node)
{
    struct sw_name_type type = unknown;
    if (strcmp(node->name, "now") == 0) {
        return of_type(SW_VALUE_INSTANT);
    }
    if (!describe(checker, node->name, &type) && checker->faults != NULL) {
        unknown_name(checker, node);
    }
    return type;
}

static bool is_member(const char *const *members, const char *name)
{
    for (; *members != NULL; members++) {
        if (strcmp(*members, name) == 0) {
            return true;
        }
    }
    return false;
}

static void unknown_member(struct checker *checker, const struct sw_node *node, const char *const *members)
{
    size_t count = 0;
    while (members[count] != NULL) {
        count++;
    }
    const char *nearest = sw_nearest(node->name, members, count), *whole = node_text(checker, node->children[0]);
    if (nearest != NULL) {
        sw_faults_add(checker->faults, checker->arena, node->offset, false, "%s has no member \"%s\"; did you mean \"%s\"?", whole,
                      node->name, nearest);
        return;
    }
    const char *all = count > 0 ? members[0] : "none";
    for (size_t i = 1; i < count; i++) {
        all = sw_arena_printf(checker->arena, "%s, %s", all, members[i]);
    }
    sw_faults_add(checker->faults, checker->arena, node->offset, false, "%s has no member \"%s\"; its members are %s", whole, node->name,
                  all);
}

static struct sw_name_type infer_member(struct checker *checker, const struct sw_node *node)
{
    struct sw_name_type whole = infer(checker, node->children[0]), type = unknown;
    const struct sw_field *field = whole.rows != NULL ? sw_request_field(whole.rows, node->name) : NULL;
    char path[PATH_BYTES_MAX];
    if (whole.type == SW_VALUE_RECORD && field != NULL) {
        return sw_field_type(field);
    }
    if (whole.type == SW_VALUE_RECORD || whole.type == SW_VALUE_MISSING) {
        if (whole.type == SW_VALUE_RECORD && whole.members != NULL && !is_member(whole.members, node->name)) {
            if (checker->faults != NULL) {
                unknown_member(checker, node, whole.members);
            }
            return unknown;
        }
        if (path_of(node, path, sizeof path) && describe(checker, path, &type)) {
            return type;
        }
        return unknown;
    }
    if (checker->faults != NULL) {
        const char *hint = whole.type == SW_VALUE_LIST ? "; first(list) and last(list) give an item, repeat gives all" : "";
        sw_faults_add(checker->faults, checker->arena, node->offset, false, "%s is %s and has no member \"%s\"%s",
                      node_text(checker, node->children[0]), sw_value_type_text(whole.type), node->name, hint);
    }
    return unknown;
}

/* `operand` should be of one of `types`. */
static void want(struct checker *checker, const struct sw_node *operand, struct sw_name_type type, unsigned types, const char *who)
{
    if (checker->faults == NULL || type.type == SW_VALUE_MISSING || (types & SW_TYPE_BIT(type.type)) != 0) {
        return;
    }
    sw_faults_add(checker->faults, checker->arena, operand->offset, false, "%s takes %s; %s is %s", who, types_text(checker, types),
                  node_text(checker, operand), sw_value_type_text(type.type));
}

static const char *written(struct checker *checker, double number)
{
    return sw_language_number(checker->arena, "en", number, -1);
}

static bool compare_numbers(enum sw_token_kind operator, double a, double b)
{
    return operator == SW_TOKEN_EQUAL        ? a == b
           : operator == SW_TOKEN_UNEQUAL    ? a != b
           : operator == SW_TOKEN_LESS       ? a < b
           : operator == SW_TOKEN_LESS_EQUAL ? a <= b
           : operator == SW_TOKEN_MORE       ? a > b
                                             : a >= b;
}

/* A ranged number against a literal: is the comparison the same wherever in the range? */
static void check_range(struct checker *checker, const struct sw_node *node, const struct sw_node *operand, struct sw_name_type type,
                        double literal, bool swapped)
{
    double low = type.minimum, high = type.maximum, inside = literal;
    inside = inside < low ? low : inside > high ? high : inside; /* where the comparison could turn: both ends, the literal, beside it */
    const double probes[] = {low, high, inside, inside > low ? low + (inside - low) / 2 : low,
                             inside < high ? high - (high - inside) / 2 : high};
    bool first = swapped ? compare_numbers(node->operator, literal, low) : compare_numbers(node->operator, low, literal);
    for (size_t i = 0; i < SW_COUNT(probes); i++) {
        if ((swapped ? compare_numbers(node->operator, literal, probes[i]) : compare_numbers(node->operator, probes[i], literal)) !=
            first) {
            return;
        }
    }
    const char *name = node_text(checker, operand);
    if (node->operator == SW_TOKEN_EQUAL) {
        sw_faults_add(checker->faults, checker->arena, node->offset, false, "%s is never %s; it is %s to %s", name,
                      written(checker, literal), written(checker, low), written(checker, high));
        return;
    }
    sw_faults_add(checker->faults, checker->arena, node->offset, first, "this comparison is %s true; %s is %s to %s",
                  first ? "always" : "never", name, written(checker, low), written(checker, high));
}

static void check_words(struct checker *checker, const struct sw_node *operand, const char *const *words, const struct sw_node *literal)
{
    if (is_member(words, literal->literal.as.string)) {
        return;
    }
    const char *all = "";
    for (size_t i = 0; words[i] != NULL; i++) {
        all = sw_arena_printf(checker->arena, "%s%s'%s'", all, i == 0 ? "" : ", ", words[i]);
    }
    sw_faults_add(checker->faults, checker->arena, literal->offset, false, "%s is never '%s'; it is one of %s", node_text(checker, operand),
                  literal->literal.as.string, all);
}

/* One side against a literal on the other. */
static void check_against(struct checker *checker, const struct sw_node *node, int side, struct sw_name_type type)
{
    const struct sw_node *operand = node->children[side], *literal = node->children[1 - side];
    bool equality = node->operator == SW_TOKEN_EQUAL || node->operator == SW_TOKEN_UNEQUAL;
    if (literal->kind != SW_NODE_LITERAL) {
        return;
    }
    if (type.type == SW_VALUE_STRING && type.words != NULL && literal->literal.type == SW_VALUE_STRING && equality) {
        check_words(checker, operand, type.words, literal);
    } else if (type.type == SW_VALUE_NUMBER && type.ranged && literal->literal.type == SW_VALUE_NUMBER) {
        check_range(checker, node, operand, type, literal->literal.as.number, side == 1);
    }
}

static struct sw_name_type infer_comparison(struct checker *checker, const struct sw_node *node, struct sw_name_type left,
                                            struct sw_name_type right)
{
    bool equality = node->operator == SW_TOKEN_EQUAL || node->operator == SW_TOKEN_UNEQUAL;
    unsigned sizes =
        SW_TYPE_BIT(SW_VALUE_NUMBER) | SW_TYPE_BIT(SW_VALUE_DURATION) | SW_TYPE_BIT(SW_VALUE_INSTANT) | SW_TYPE_BIT(SW_VALUE_STRING);
    if (checker->faults == NULL) {
        return of_type(SW_VALUE_BOOL);
    }
    if (left.type != SW_VALUE_MISSING && right.type != SW_VALUE_MISSING && left.type != right.type) {
        sw_faults_add(checker->faults, checker->arena, node->offset, false, "compares %s with %s; this is %s",
                      sw_value_type_text(left.type), sw_value_type_text(right.type),
                      node->operator == SW_TOKEN_UNEQUAL ? "always true" : "never true");
    } else if (!equality) {
        const char *sign = sw_arena_printf(checker->arena, "\"%s\"", sw_operator_text(node->operator));
        want(checker, node->children[0], left, sizes, sign);
        want(checker, node->children[1], right, sizes, sign);
    }
    check_against(checker, node, 0, left);
    check_against(checker, node, 1, right);
    return of_type(SW_VALUE_BOOL);
}

/* What + - * / % give for two known types; MISSING: nothing. */
static enum sw_value_type arithmetic_type(enum sw_token_kind operator, enum sw_value_type left, enum sw_value_type right)
{
    static const struct {
        enum sw_token_kind operator;
        enum sw_value_type left, right, gives;
    } rows[] = {
        {SW_TOKEN_ADD, SW_VALUE_STRING, SW_VALUE_STRING, SW_VALUE_STRING},
        {SW_TOKEN_ADD, SW_VALUE_DURATION, SW_VALUE_DURATION, SW_VALUE_DURATION},
        {SW_TOKEN_ADD, SW_VALUE_INSTANT, SW_VALUE_DURATION, SW_VALUE_INSTANT},
        {SW_TOKEN_ADD, SW_VALUE_DURATION, SW_VALUE_INSTANT, SW_VALUE_INSTANT},
        {SW_TOKEN_SUBTRACT, SW_VALUE_DURATION, SW_VALUE_DURATION, SW_VALUE_DURATION},
        {SW_TOKEN_SUBTRACT, SW_VALUE_INSTANT, SW_VALUE_INSTANT, SW_VALUE_DURATION},
        {SW_TOKEN_SUBTRACT, SW_VALUE_INSTANT, SW_VALUE_DURATION, SW_VALUE_INSTANT},
        {SW_TOKEN_MULTIPLY, SW_VALUE_DURATION, SW_VALUE_NUMBER, SW_VALUE_DURATION},
        {SW_TOKEN_MULTIPLY, SW_VALUE_NUMBER, SW_VALUE_DURATION, SW_VALUE_DURATION},
        {SW_TOKEN_DIVIDE, SW_VALUE_DURATION, SW_VALUE_NUMBER, SW_VALUE_DURATION},
        {SW_TOKEN_DIVIDE, SW_VALUE_DURATION, SW_VALUE_DURATION, SW_VALUE_NUMBER},
        {SW_TOKEN_REMAINDER, SW_VALUE_DURATION, SW_VALUE_DURATION, SW_VALUE_DURATION},
    };
    if (left == SW_VALUE_NUMBER && right == SW_VALUE_NUMBER) {
        return SW_VALUE_NUMBER;
    }
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        if (rows[i].operator == operator && rows[i].left == left && rows[i].right == right) {
            return rows[i].gives;
        }
    }
    return SW_VALUE_MISSING;
}

static struct sw_name_type infer_arithmetic(struct checker *checker, const struct sw_node *node, struct sw_name_type left,
                                            struct sw_name_type right)
{
    if (left.type == SW_VALUE_MISSING || right.type == SW_VALUE_MISSING) {
        return unknown;
    }
    enum sw_value_type gives = arithmetic_type(node->operator, left.type, right.type);
    if (gives == SW_VALUE_MISSING && checker->faults != NULL) {
        bool text = left.type == SW_VALUE_STRING || right.type == SW_VALUE_STRING;
        sw_faults_add(checker->faults, checker->arena, node->offset, false, "\"%s\" between %s and %s gives nothing%s",
                      sw_operator_text(node->operator), sw_value_type_text(left.type), sw_value_type_text(right.type),
                      text && node->operator == SW_TOKEN_ADD ? "; put both into a text: \"{a} {b}\"" : "");
    }
    return of_type(gives);
}

/* The type of a choice between two. */
static struct sw_name_type either(struct sw_name_type left, struct sw_name_type right)
{
    if (left.type != right.type) {
        return unknown;
    }
    return (struct sw_name_type){.type = left.type,
                                 .members = left.members == right.members ? left.members : NULL,
                                 .rows = left.rows == right.rows ? left.rows : NULL};
}

static struct sw_name_type infer_binary(struct checker *checker, const struct sw_node *node)
{
    struct sw_name_type left = infer(checker, node->children[0]), right = infer(checker, node->children[1]);
    unsigned truths = SW_TYPE_BIT(SW_VALUE_BOOL);
    if (node->operator == SW_TOKEN_AND || node->operator == SW_TOKEN_OR) {
        const char *sign = node->operator == SW_TOKEN_AND ? "\"and\"" : "\"or\"";
        want(checker, node->children[0], left, truths, sign);
        want(checker, node->children[1], right, truths, sign);
        return of_type(SW_VALUE_BOOL);
    }
    if (node->operator == SW_TOKEN_COALESCE) {
        return either(left, right);
    }
    if (node->operator == SW_TOKEN_IN) {
        want(checker, node->children[1], right, SW_TYPE_BIT(SW_VALUE_LIST),
             right.type == SW_VALUE_STRING ? "contains(text, part) looks into a text; \"in\"" : "\"in\"");
        return of_type(SW_VALUE_BOOL);
    }
    if (node->operator == SW_TOKEN_ADD || node->operator == SW_TOKEN_SUBTRACT || node->operator == SW_TOKEN_MULTIPLY ||
        node->operator == SW_TOKEN_DIVIDE || node->operator == SW_TOKEN_REMAINDER) {
        return infer_arithmetic(checker, node, left, right);
    }
    return infer_comparison(checker, node, left, right);
}

static struct sw_name_type infer_call(struct checker *checker, const struct sw_node *node)
{
    const struct sw_function *function = node->function;
    struct sw_name_type argument = unknown;
    for (int i = 0; i < node->count; i++) {
        struct sw_name_type type = infer(checker, node->children[i]);
        want(checker, node->children[i], type, function->takes, function->name);
        argument = i == 0 ? type : either(argument, type);
    }
    if (function->gives != SW_VALUE_MISSING) {
        return (struct sw_name_type){.type = function->gives,
                                     .ranged = function->maximum > function->minimum,
                                     .minimum = function->minimum,
                                     .maximum = function->maximum};
    }
    if (argument.type == SW_VALUE_LIST) {
        return argument.members == NULL
                   ? unknown
                   : (struct sw_name_type){.type = SW_VALUE_RECORD, .members = argument.members, .rows = argument.rows};
    }
    return of_type(argument.type);
}

static struct sw_name_type infer_filter(struct checker *checker, const struct sw_node *node)
{
    struct sw_name_type type = infer(checker, node->children[0]);
    const char *who = checker->faults == NULL ? "" : sw_arena_printf(checker->arena, "filter %s", node->filter->name);
    want(checker, node->children[0], type, node->filter->takes, who);
    return node->filter->takes_missing ? either(type, of_type(node->arguments[0].type)) : of_type(SW_VALUE_STRING);
}

static struct sw_name_type infer_condition(struct checker *checker, const struct sw_node *node)
{
    want(checker, node->children[0], infer(checker, node->children[0]), SW_TYPE_BIT(SW_VALUE_BOOL), "\"? :\"");
    struct sw_name_type left = infer(checker, node->children[1]);
    return either(left, infer(checker, node->children[2]));
}

static struct sw_name_type infer_not(struct checker *checker, const struct sw_node *node)
{
    want(checker, node->children[0], infer(checker, node->children[0]), SW_TYPE_BIT(SW_VALUE_BOOL), "\"not\"");
    return of_type(SW_VALUE_BOOL);
}

static struct sw_name_type infer_negate(struct checker *checker, const struct sw_node *node)
{
    struct sw_name_type type = infer(checker, node->children[0]);
    want(checker, node->children[0], type, SW_TYPE_BIT(SW_VALUE_NUMBER) | SW_TYPE_BIT(SW_VALUE_DURATION), "\"-\"");
    return of_type(type.type);
}

static struct sw_name_type infer(struct checker *checker, const struct sw_node *node)
{
    switch (node->kind) {
    case SW_NODE_LITERAL: return of_type(node->literal.type);
    case SW_NODE_NAME: return infer_name(checker, node);
    case SW_NODE_MEMBER: return infer_member(checker, node);
    case SW_NODE_NOT: return infer_not(checker, node);
    case SW_NODE_NEGATE: return infer_negate(checker, node);
    case SW_NODE_BINARY: return infer_binary(checker, node);
    case SW_NODE_CONDITION: return infer_condition(checker, node);
    case SW_NODE_CALL: return infer_call(checker, node);
    case SW_NODE_FILTER: return infer_filter(checker, node);
    }
    return unknown;
}

void sw_expression_check(const struct sw_expression *expression, const struct sw_names *names, struct sw_arena *arena,
                         struct sw_expression_faults *faults)
{
    struct checker checker = {.names = names, .arena = arena, .faults = faults};
    (void)infer(&checker, expression->root);
}

struct sw_name_type sw_expression_type(const struct sw_expression *expression, const struct sw_names *names)
{
    struct checker checker = {.names = names};
    return infer(&checker, expression->root);
}
