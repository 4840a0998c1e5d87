/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/expression.h"

#include <string.h>

#include "base/diag.h"
#include "exhibition/expression_internal.h"

/* How tightly operators bind; a prefix "not" is looser than a comparison, a minus tighter than "*". */
enum power {
    POWER_CONDITION = 1, POWER_OR, POWER_AND, POWER_NOT, POWER_COMPARISON, POWER_COALESCE, POWER_SUM, POWER_PRODUCT, POWER_NEGATE,
};

struct parser {
    struct sw_scanner scanner;
    struct sw_token token; /* the one to be looked at */
    int depth;
};

static const struct sw_node *parse(struct parser *parser, int least);

static void advance(struct parser *parser)
{
    parser->token = sw_scanner_next(&parser->scanner);
}

static bool take(struct parser *parser, enum sw_token_kind kind)
{
    if (parser->token.kind != kind) {
        return false;
    }
    advance(parser);
    return true;
}

/* The text of the token for a fault. */
static const char *token_text(const struct parser *parser)
{
    return sw_arena_strndup(parser->scanner.arena, parser->scanner.text + parser->token.offset, parser->token.length);
}

static struct sw_node *make_node(struct parser *parser, enum sw_node_kind kind, size_t offset, int count,
                                 const struct sw_node *const *children)
{
    struct sw_arena *arena = parser->scanner.arena;
    struct sw_node *node = sw_arena_alloc(arena, sizeof *node);
    node->kind = kind;
    node->offset = offset;
    node->count = count;
    node->height = 1;
    node->children = sw_arena_array(arena, (size_t)count, sizeof *node->children);
    for (int i = 0; i < count; i++) {
        node->children[i] = children[i];
        node->height = children[i]->height >= node->height ? children[i]->height + 1 : node->height;
    }
    if (node->height > SW_EXPRESSION_HEIGHT_MAX) {
        sw_scanner_fault(&parser->scanner, offset, "more than %d operators in a row; part the expression", SW_EXPRESSION_HEIGHT_MAX);
        return NULL;
    }
    return node;
}

/* "did you mean" for a word that is none of `known`. */
static void unknown_word(struct parser *parser, const char *what, size_t offset, const char *word, const char *const *known, size_t count)
{
    const char *nearest = sw_nearest(word, known, count);
    if (nearest != NULL) {
        sw_scanner_fault(&parser->scanner, offset, "unknown %s \"%s\"; did you mean \"%s\"?", what, word, nearest);
        return;
    }
    char *all = sw_arena_strdup(parser->scanner.arena, known[0]);
    for (size_t i = 1; i < count; i++) {
        all = sw_arena_printf(parser->scanner.arena, "%s, %s", all, known[i]);
    }
    sw_scanner_fault(&parser->scanner, offset, "unknown %s \"%s\"; it is one of %s", what, word, all);
}

static void wrong_count(struct parser *parser, const char *what, const char *name, size_t offset, int count, int least, int most)
{
    if (least == most) {
        sw_scanner_fault(&parser->scanner, offset, "%s %s takes %d argument%s, not %d", what, name, least, least == 1 ? "" : "s", count);
    } else {
        sw_scanner_fault(&parser->scanner, offset, "%s %s takes %d to %d arguments, not %d", what, name, least, most, count);
    }
}

/* Behind `name(`. */
static const struct sw_node *parse_call(struct parser *parser, const struct sw_token *name)
{
    const struct sw_node *arguments[SW_EXPRESSION_ARGUMENTS_MAX];
    int count = 0;
    const struct sw_function *function = sw_function_find(name->name);
    if (function == NULL) {
        size_t known = 0;
        const char *const *names = sw_function_names(parser->scanner.arena, &known);
        unknown_word(parser, "function", name->offset, name->name, names, known);
        return NULL;
    }
    for (bool more = parser->token.kind != SW_TOKEN_CLOSE; more; more = take(parser, SW_TOKEN_COMMA)) {
        if (count == SW_EXPRESSION_ARGUMENTS_MAX) {
            sw_scanner_fault(&parser->scanner, parser->token.offset, "a function takes at most %d arguments", SW_EXPRESSION_ARGUMENTS_MAX);
            return NULL;
        }
        arguments[count] = parse(parser, POWER_CONDITION);
        if (arguments[count] == NULL) {
            return NULL;
        }
        count++;
    }
    if (!take(parser, SW_TOKEN_CLOSE)) {
        sw_scanner_fault(&parser->scanner, parser->token.offset, "a , or ) is missing in the arguments of %s", name->name);
        return NULL;
    }
    if (count < function->arguments_min || count > function->arguments_max) {
        wrong_count(parser, "function", function->name, name->offset, count, function->arguments_min, function->arguments_max);
        return NULL;
    }
    struct sw_node *node = make_node(parser, SW_NODE_CALL, name->offset, count, arguments);
    if (node != NULL) {
        node->function = function;
    }
    return node;
}

static const struct sw_node *parse_unary(struct parser *parser, enum sw_node_kind kind, int power)
{
    size_t offset = parser->token.offset;
    advance(parser);
    const struct sw_node *operand = parse(parser, power);
    if (operand == NULL) {
        return NULL;
    }
    struct sw_node *node = make_node(parser, kind, offset, 1, &operand);
    if (node == NULL || kind != SW_NODE_NEGATE || operand->kind != SW_NODE_LITERAL) {
        return node;
    }
    if (operand->literal.type == SW_VALUE_NUMBER) {
        node->kind = SW_NODE_LITERAL;
        node->literal = sw_value_number(-operand->literal.as.number);
    } else if (operand->literal.type == SW_VALUE_DURATION) {
        node->kind = SW_NODE_LITERAL;
        node->literal = (struct sw_value){.type = SW_VALUE_DURATION, .as.duration = -operand->literal.as.duration};
    }
    return node;
}

/* A token that begins no value. */
static const struct sw_node *no_value(struct parser *parser)
{
    const struct sw_token *token = &parser->token;
    if (token->kind == SW_TOKEN_END) {
        sw_scanner_fault(&parser->scanner, token->offset,
                         token->offset == 0
                             ? "an expression is missing here; write a name, a number or a 'text'"
                             : "the expression ends where a value is missing");
    } else {
        sw_scanner_fault(&parser->scanner, token->offset, "a value is missing before \"%s\"", token_text(parser));
    }
    return NULL;
}

static const struct sw_node *parse_value(struct parser *parser)
{
    struct sw_token token = parser->token;
    struct sw_node *node = NULL;
    const struct sw_node *inner = NULL;
    if (token.kind == SW_TOKEN_NOT) {
        return parse_unary(parser, SW_NODE_NOT, POWER_NOT);
    }
    if (token.kind == SW_TOKEN_SUBTRACT) {
        return parse_unary(parser, SW_NODE_NEGATE, POWER_NEGATE);
    }
    if (token.kind == SW_TOKEN_OPEN) {
        advance(parser);
        inner = parse(parser, POWER_CONDITION);
        if (inner != NULL && !take(parser, SW_TOKEN_CLOSE)) {
            sw_scanner_fault(&parser->scanner, parser->token.offset, "a ) is missing here");
            return NULL;
        }
        return inner;
    }
    if (token.kind == SW_TOKEN_LITERAL) {
        advance(parser);
        node = make_node(parser, SW_NODE_LITERAL, token.offset, 0, NULL);
        node->literal = token.literal;
        return node;
    }
    if (token.kind != SW_TOKEN_NAME) {
        return no_value(parser);
    }
    advance(parser);
    if (take(parser, SW_TOKEN_OPEN)) {
        return parse_call(parser, &token);
    }
    node = make_node(parser, SW_NODE_NAME, token.offset, 0, NULL);
    node->name = token.name;
    return node;
}

/* A value and the members behind it. Words are names here: `x.in` would be a member. */
static const struct sw_node *parse_operand(struct parser *parser)
{
    const struct sw_node *left = parse_value(parser);
    while (left != NULL && parser->token.kind == SW_TOKEN_DOT) {
        advance(parser);
        if (parser->token.name == NULL) {
            sw_scanner_fault(&parser->scanner, parser->token.offset, "the name of a member is missing after the dot");
            return NULL;
        }
        struct sw_node *node = make_node(parser, SW_NODE_MEMBER, parser->token.offset, 1, &left);
        if (node != NULL) {
            node->name = parser->token.name;
        }
        advance(parser);
        left = node;
    }
    return left;
}

static int binary_power(enum sw_token_kind kind)
{
    static const struct {
        enum sw_token_kind kind;
        int power;
    } powers[] = {
        {SW_TOKEN_QUESTION, POWER_CONDITION}, {SW_TOKEN_OR, POWER_OR}, {SW_TOKEN_AND, POWER_AND}, {SW_TOKEN_IN, POWER_COMPARISON},
        {SW_TOKEN_EQUAL, POWER_COMPARISON}, {SW_TOKEN_UNEQUAL, POWER_COMPARISON}, {SW_TOKEN_LESS, POWER_COMPARISON},
        {SW_TOKEN_LESS_EQUAL, POWER_COMPARISON}, {SW_TOKEN_MORE, POWER_COMPARISON}, {SW_TOKEN_MORE_EQUAL, POWER_COMPARISON},
        {SW_TOKEN_COALESCE, POWER_COALESCE}, {SW_TOKEN_ADD, POWER_SUM}, {SW_TOKEN_SUBTRACT, POWER_SUM}, {SW_TOKEN_MULTIPLY, POWER_PRODUCT},
        {SW_TOKEN_DIVIDE, POWER_PRODUCT}, {SW_TOKEN_REMAINDER, POWER_PRODUCT},
    };
    for (size_t i = 0; i < SW_COUNT(powers); i++) {
        if (powers[i].kind == kind) {
            return powers[i].power;
        }
    }
    return 0;
}

static const struct sw_node *parse_condition(struct parser *parser, const struct sw_node *question, size_t offset)
{
    const struct sw_node *parts[3] = {question, NULL, NULL};
    parts[1] = parse(parser, POWER_CONDITION);
    if (parts[1] == NULL) {
        return NULL;
    }
    if (!take(parser, SW_TOKEN_COLON)) {
        sw_scanner_fault(&parser->scanner, parser->token.offset, "the \":\" of \"condition ? value : other\" is missing here");
        return NULL;
    }
    parts[2] = parse(parser, POWER_CONDITION);
    return parts[2] == NULL ? NULL : make_node(parser, SW_NODE_CONDITION, offset, 3, parts);
}

static const struct sw_node *parse_binary(struct parser *parser, const struct sw_node *left, const struct sw_token *sign, int power)
{
    const struct sw_node *sides[2] = {left, parse(parser, power + 1)};
    if (sides[1] == NULL) {
        return NULL;
    }
    if (power == POWER_COMPARISON && binary_power(parser->token.kind) == POWER_COMPARISON) {
        sw_scanner_fault(&parser->scanner, parser->token.offset, "comparisons do not chain; write e.g. a < b and b < c");
        return NULL;
    }
    struct sw_node *node = make_node(parser, SW_NODE_BINARY, sign->offset, 2, sides);
    if (node != NULL) {
        node->operator = sign->kind;
    }
    return node;
}

/* An expression of operators that bind at least as tightly as `least`; NULL with a fault. */
static const struct sw_node *parse(struct parser *parser, int least)
{
    if (parser->depth == SW_EXPRESSION_DEPTH_MAX) {
        sw_scanner_fault(&parser->scanner, parser->token.offset, "nested more than %d deep; part the expression", SW_EXPRESSION_DEPTH_MAX);
        return NULL;
    }
    parser->depth++;
    const struct sw_node *left = parse_operand(parser);
    while (left != NULL) {
        struct sw_token sign = parser->token;
        int power = binary_power(sign.kind);
        if (power == 0 || power < least) {
            break;
        }
        advance(parser);
        left = power == POWER_CONDITION ? parse_condition(parser, left, sign.offset) : parse_binary(parser, left, &sign, power);
    }
    parser->depth--;
    return parser->scanner.failed ? NULL : left;
}

/* One argument of a filter: a number, a duration, a text, a bare word (a text). */
static bool parse_filter_argument(struct parser *parser, struct sw_value *out)
{
    bool negative = take(parser, SW_TOKEN_SUBTRACT);
    if (parser->token.kind == SW_TOKEN_NAME && !negative) {
        *out = sw_value_string(parser->token.name);
    } else if (parser->token.kind == SW_TOKEN_LITERAL && (!negative || parser->token.literal.type == SW_VALUE_NUMBER)) {
        *out = parser->token.literal;
        out->as.number = negative ? -out->as.number : out->as.number;
    } else {
        sw_scanner_fault(&parser->scanner, parser->token.offset, "an argument of a filter is a number, a word or a 'text'");
        return false;
    }
    advance(parser);
    return true;
}

/* Behind `|`. */
static const struct sw_node *parse_filter(struct parser *parser, const struct sw_node *value)
{
    struct sw_token name = parser->token;
    struct sw_value arguments[SW_FILTER_ARGUMENTS_MAX];
    int count = 0;
    if (name.kind != SW_TOKEN_NAME) {
        sw_scanner_fault(&parser->scanner, name.offset, "the name of a filter is missing after \"|\"");
        return NULL;
    }
    const struct sw_filter *filter = sw_filter_find(name.name);
    if (filter == NULL) {
        size_t known = 0;
        while (sw_filter_names()[known] != NULL) {
            known++;
        }
        unknown_word(parser, "filter", name.offset, name.name, sw_filter_names(), known);
        return NULL;
    }
    advance(parser);
    for (bool more = take(parser, SW_TOKEN_COLON); more; more = take(parser, SW_TOKEN_COMMA)) {
        if (count == SW_FILTER_ARGUMENTS_MAX) {
            sw_scanner_fault(&parser->scanner, parser->token.offset, "a filter takes at most %d arguments", SW_FILTER_ARGUMENTS_MAX);
            return NULL;
        }
        if (!parse_filter_argument(parser, &arguments[count++])) {
            return NULL;
        }
    }
    if (count < filter->arguments_min || count > filter->arguments_max) {
        wrong_count(parser, "filter", filter->name, name.offset, count, filter->arguments_min, filter->arguments_max);
        return NULL;
    }
    const char *fault = filter->fault == NULL ? NULL : filter->fault(parser->scanner.arena, arguments, count);
    if (fault != NULL) {
        sw_scanner_fault(&parser->scanner, name.offset, "%s", fault);
        return NULL;
    }
    struct sw_node *node = make_node(parser, SW_NODE_FILTER, name.offset, 1, &value);
    if (node != NULL) {
        struct sw_value *kept = sw_arena_array(parser->scanner.arena, (size_t)count, sizeof *kept);
        for (int i = 0; i < count; i++) {
            kept[i] = arguments[i];
        }
        node->filter = filter;
        node->arguments = kept;
        node->argument_count = count;
    }
    return node;
}

/* Something stands behind a whole expression. */
static void too_much(struct parser *parser, bool filtered)
{
    const struct sw_token *token = &parser->token;
    if (token->kind == SW_TOKEN_CLOSE) {
        sw_scanner_fault(&parser->scanner, token->offset, "this ) was never opened");
    } else if (token->kind == SW_TOKEN_BAR) {
        sw_scanner_fault(&parser->scanner, token->offset, "filters stand in texts only; for a choice write \"or\"");
    } else if (token->kind == SW_TOKEN_NOT) {
        sw_scanner_fault(&parser->scanner, token->offset, "\"not\" stands in front: write \"not (a in b)\"");
    } else if (filtered) {
        sw_scanner_fault(&parser->scanner, token->offset,
                         "\"%s\" behind a filter; only \"| filter\" may follow, or \":\" and its arguments", token_text(parser));
    } else {
        sw_scanner_fault(&parser->scanner, token->offset, "an operator is missing before \"%s\"", token_text(parser));
    }
}

const struct sw_expression *sw_expression_create(struct sw_arena *arena, const char *text, size_t length, bool filters,
                                                 struct sw_expression_faults *faults)
{
    struct parser parser = {.scanner = {.arena = arena, .text = text, .length = length, .faults = faults}};
    if (length > SW_EXPRESSION_BYTES_MAX) {
        sw_scanner_fault(&parser.scanner, 0, "longer than %d bytes; part the expression", SW_EXPRESSION_BYTES_MAX);
        return NULL;
    }
    advance(&parser);
    const struct sw_node *root = parse(&parser, POWER_CONDITION);
    bool filtered = false;
    while (root != NULL && filters && take(&parser, SW_TOKEN_BAR)) {
        root = parse_filter(&parser, root);
        filtered = true;
    }
    if (root != NULL && parser.token.kind != SW_TOKEN_END) {
        too_much(&parser, filtered);
    }
    if (root == NULL || parser.scanner.failed) {
        return NULL;
    }
    struct sw_expression *expression = sw_arena_alloc(arena, sizeof *expression);
    expression->root = root;
    return expression;
}

static void each_name(const struct sw_node *node, void (*each)(void *context, const char *name), void *context)
{
    if (node->kind == SW_NODE_NAME) {
        each(context, node->name);
    }
    for (int i = 0; i < node->count; i++) {
        each_name(node->children[i], each, context);
    }
}

void sw_expression_each_name(const struct sw_expression *expression, void (*each)(void *context, const char *name), void *context)
{
    each_name(expression->root, each, context);
}
