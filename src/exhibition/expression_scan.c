/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/must.h"
#include "base/utf8.h"
#include "exhibition/expression_internal.h"

#define DIGITS_MAX 15 /* a double holds them all */

void sw_faults_vadd(struct sw_expression_faults *faults, struct sw_arena *arena, size_t offset, bool warning, const char *format,
                    va_list arguments)
{
    if (faults == NULL || faults->count >= SW_COUNT(faults->items)) {
        return;
    }
    faults->items[faults->count++] =
        (struct sw_expression_fault){.offset = offset, .warning = warning, .text = sw_arena_vprintf(arena, format, arguments)};
}

void sw_faults_add(struct sw_expression_faults *faults, struct sw_arena *arena, size_t offset, bool warning, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    sw_faults_vadd(faults, arena, offset, warning, format, arguments);
    va_end(arguments);
}

void sw_scanner_fault(struct sw_scanner *scanner, size_t offset, const char *format, ...)
{
    if (scanner->failed) {
        return;
    }
    scanner->failed = true;
    va_list arguments;
    va_start(arguments, format);
    sw_faults_vadd(scanner->faults, scanner->arena, offset, false, format, arguments);
    va_end(arguments);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The byte `ahead` of the current one, NUL behind the end. */
static char peek(const struct sw_scanner *scanner, size_t ahead)
{
    return ahead < scanner->length - scanner->at ? scanner->text[scanner->at + ahead] : '\0';
}

static struct sw_token token(const struct sw_scanner *scanner, enum sw_token_kind kind, size_t offset)
{
    return (struct sw_token){.kind = kind, .offset = offset, .length = scanner->at - offset};
}

static struct sw_token literal(const struct sw_scanner *scanner, size_t offset, struct sw_value value)
{
    struct sw_token result = token(scanner, SW_TOKEN_LITERAL, offset);
    result.literal = value;
    return result;
}

/* Digits with a point, read without the C library, whose point depends on the locale. */
static struct sw_token scan_decimal(struct sw_scanner *scanner, size_t offset)
{
    double number = 0, scale = 1;
    int digits = 0;
    bool fraction = false;
    for (; is_digit(peek(scanner, 0)) || (!fraction && peek(scanner, 0) == '.' && is_digit(peek(scanner, 1))); scanner->at++) {
        if (peek(scanner, 0) == '.') {
            fraction = true;
            continue;
        }
        number = number * 10 + (peek(scanner, 0) - '0');
        scale = fraction ? scale * 10 : scale;
        digits += digits > 0 || number > 0 || fraction;
    }
    if (digits > DIGITS_MAX) {
        sw_scanner_fault(scanner, offset, "a number has at most %d digits", DIGITS_MAX);
        return token(scanner, SW_TOKEN_WRONG, offset);
    }
    return literal(scanner, offset, sw_value_number(number / scale));
}

/* A number, or digits and letters: a duration. */
static struct sw_token scan_number(struct sw_scanner *scanner, size_t offset)
{
    size_t end = 0;
    bool letters = false;
    for (char c = peek(scanner, 0); is_digit(c) || is_letter(c) || (c == '.' && is_digit(peek(scanner, end + 1))); c = peek(scanner, end)) {
        letters = letters || is_letter(c);
        end++;
    }
    if (!letters) {
        return scan_decimal(scanner, offset);
    }
    const char *text = sw_arena_strndup(scanner->arena, scanner->text + offset, end);
    int64_t duration = 0;
    if (!sw_duration_parse(text, &duration)) {
        sw_scanner_fault(scanner, offset, "\"%s\" is neither a number nor a duration; write e.g. 20s, 1m30s, 500ms or 2h (at most 366d)",
                         text);
        return token(scanner, SW_TOKEN_WRONG, offset);
    }
    scanner->at += end;
    return literal(scanner, offset, (struct sw_value){.type = SW_VALUE_DURATION, .as.duration = duration});
}

static struct sw_token scan_string(struct sw_scanner *scanner, size_t offset)
{
    char quote = peek(scanner, 0);
    char *text = sw_arena_alloc(scanner->arena, scanner->length - offset);
    size_t length = 0;
    for (scanner->at++; scanner->at < scanner->length; scanner->at++) {
        char c = peek(scanner, 0);
        if (c == quote) {
            scanner->at++;
            return literal(scanner, offset, sw_value_string(text));
        }
        if (c == '\\') {
            scanner->at++;
            c = peek(scanner, 0);
            if (c != '\\' && c != '\'' && c != '"' && c != 'n') {
                sw_scanner_fault(scanner, scanner->at - 1,
                                 "a backslash in a text stands before \\, ', \" or n only; for itself write \\\\");
                return token(scanner, SW_TOKEN_WRONG, offset);
            }
            c = c == 'n' ? '\n' : c;
        }
        if (((unsigned char)c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t') {
            text[length++] = c; /* other control characters are marks (exhibition/markup.h) and never written by hand */
        }
    }
    sw_scanner_fault(scanner, offset, "the text that begins here is never closed; a %c is missing", quote);
    return token(scanner, SW_TOKEN_WRONG, offset);
}

static struct sw_token scan_word(struct sw_scanner *scanner, size_t offset)
{
    static const struct {
        const char *word;
        enum sw_token_kind kind;
        struct sw_value literal;
    } words[] = {
        {"and", SW_TOKEN_AND, {0}},
        {"or", SW_TOKEN_OR, {0}},
        {"not", SW_TOKEN_NOT, {0}},
        {"in", SW_TOKEN_IN, {0}},
        {"true", SW_TOKEN_LITERAL, {.type = SW_VALUE_BOOL, .as.truth = true}},
        {"false", SW_TOKEN_LITERAL, {.type = SW_VALUE_BOOL, .as.truth = false}},
        {"missing", SW_TOKEN_LITERAL, {.type = SW_VALUE_MISSING}},
    };
    while (is_letter(peek(scanner, 0)) || is_digit(peek(scanner, 0))) {
        scanner->at++;
    }
    struct sw_token result = token(scanner, SW_TOKEN_NAME, offset);
    result.name = sw_arena_strndup(scanner->arena, scanner->text + offset, result.length);
    for (size_t i = 0; i < SW_COUNT(words); i++) {
        if (strcmp(result.name, words[i].word) == 0) {
            result.kind = words[i].kind;
            result.literal = words[i].literal;
        }
    }
    return result;
}

/* Signs of which one may begin another: longer ones first. `hint`: a fault instead. */
static const struct {
    const char *sign;
    enum sw_token_kind kind;
    const char *hint;
} signs[] = {
    {"===", SW_TOKEN_WRONG, "\"===\" is not known here; write \"==\""},
    {"==", SW_TOKEN_EQUAL, NULL},
    {"=<", SW_TOKEN_WRONG, "\"=<\" is not known here; write \"<=\""},
    {"=>", SW_TOKEN_WRONG, "\"=>\" is not known here; write \">=\""},
    {"=", SW_TOKEN_WRONG, "\"=\" compares nothing; write \"==\""},
    {"!=", SW_TOKEN_UNEQUAL, NULL},
    {"!", SW_TOKEN_WRONG, "\"!\" is not known here; write \"not\""},
    {"<=", SW_TOKEN_LESS_EQUAL, NULL},
    {"<>", SW_TOKEN_WRONG, "\"<>\" is not known here; write \"!=\""},
    {"<", SW_TOKEN_LESS, NULL},
    {">=", SW_TOKEN_MORE_EQUAL, NULL},
    {">", SW_TOKEN_MORE, NULL},
    {"&", SW_TOKEN_WRONG, "\"&\" is not known here; write \"and\""},
    {"||", SW_TOKEN_WRONG, "\"||\" is not known here; write \"or\""},
    {"|", SW_TOKEN_BAR, NULL},
    {"??", SW_TOKEN_COALESCE, NULL},
    {"?", SW_TOKEN_QUESTION, NULL},
    {":", SW_TOKEN_COLON, NULL},
    {"(", SW_TOKEN_OPEN, NULL},
    {")", SW_TOKEN_CLOSE, NULL},
    {",", SW_TOKEN_COMMA, NULL},
    {".", SW_TOKEN_DOT, NULL},
    {"+", SW_TOKEN_ADD, NULL},
    {"-", SW_TOKEN_SUBTRACT, NULL},
    {"*", SW_TOKEN_MULTIPLY, NULL},
    {"/", SW_TOKEN_DIVIDE, NULL},
    {"%", SW_TOKEN_REMAINDER, NULL},
    {"[", SW_TOKEN_WRONG, "\"[\" is not known here; first(list) and last(list) give an item, repeat gives all"},
    {"\xe2\x80\x9e", SW_TOKEN_WRONG, "\xe2\x80\x9e does not open a text here; write it as 'text'"},
    {"\xe2\x80\x9c", SW_TOKEN_WRONG, "\xe2\x80\x9c does not open a text here; write it as 'text'"},
    {"\xe2\x80\x9d", SW_TOKEN_WRONG, "\xe2\x80\x9d does not open a text here; write it as 'text'"},
    {"\xe2\x80\x98", SW_TOKEN_WRONG, "\xe2\x80\x98 does not open a text here; write it as 'text'"},
    {"\xe2\x80\x99", SW_TOKEN_WRONG, "\xe2\x80\x99 does not open a text here; write it as 'text'"},
    {"\xe2\x80\x9a", SW_TOKEN_WRONG, "\xe2\x80\x9a does not open a text here; write it as 'text'"},
};

const char *sw_operator_text(enum sw_token_kind operator)
{
    for (size_t i = 0; i < SW_COUNT(signs); i++) {
        if (signs[i].kind == operator) {
            return signs[i].sign;
        }
    }
    return operator == SW_TOKEN_IN ? "in" : operator == SW_TOKEN_AND ? "and" : "or";
}

static struct sw_token scan_sign(struct sw_scanner *scanner, size_t offset)
{
    for (size_t i = 0; i < SW_COUNT(signs); i++) {
        size_t length = strlen(signs[i].sign);
        if (length <= scanner->length - offset && memcmp(scanner->text + offset, signs[i].sign, length) == 0) {
            scanner->at += length;
            if (signs[i].hint != NULL) {
                sw_scanner_fault(scanner, offset, "%s", signs[i].hint);
            }
            return token(scanner, signs[i].kind, offset);
        }
    }
    uint32_t code = 0;
    size_t bytes = sw_utf8_decode(scanner->text + offset, scanner->length - offset, &code);
    if (bytes == 0 || code < 0x20 || code == 0x7f) {
        sw_scanner_fault(scanner, offset, "a character that does not belong into an expression (byte 0x%02x)",
                         (unsigned char)peek(scanner, 0));
    } else {
        sw_scanner_fault(scanner, offset, "\"%.*s\" does not belong here; names are made of a-z, 0-9 and _, texts stand in '...'",
                         (int)bytes, scanner->text + offset);
    }
    return token(scanner, SW_TOKEN_WRONG, offset);
}

struct sw_token sw_scanner_next(struct sw_scanner *scanner)
{
    while (peek(scanner, 0) == ' ' || peek(scanner, 0) == '\t' || peek(scanner, 0) == '\n' || peek(scanner, 0) == '\r') {
        scanner->at++;
    }
    size_t offset = scanner->at;
    if (offset == scanner->length || scanner->failed) {
        return token(scanner, scanner->failed ? SW_TOKEN_WRONG : SW_TOKEN_END, offset);
    }
    char c = peek(scanner, 0);
    if (is_digit(c)) {
        return scan_number(scanner, offset);
    }
    if (is_letter(c)) {
        return scan_word(scanner, offset);
    }
    if (c == '\'' || c == '"') {
        return scan_string(scanner, offset);
    }
    return scan_sign(scanner, offset);
}
