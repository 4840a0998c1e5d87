/* SPDX-License-Identifier: EUPL-1.2 */
#include "json/jq_lint.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define DEFINED_MAX 256
#define NUMBER_MAX 63 /* characters: jq's own reader of long ones has had faults (CVE-2026-43894) */

enum kind { END, WORD, FIELD, VARIABLE, FORMAT, NUMBER, TEXT, DOT, DOTS, OPEN, CLOSE, OTHER };

struct token {
    enum kind kind;
    size_t at, length;
};

/* What is open at a place of the program. */
enum nest { ROUND, SQUARE, INDEX, CURLY, INSERTED, IF, IF_ELSE };

struct lint {
    const char *text;
    size_t length, at;
    struct sw_jq_fault *faults;
    size_t count;
    bool lost; /* the structure is not understood any more */
    struct {
        enum nest nest;
        size_t at;
    } open[SW_JQ_DEPTH_MAX];
    size_t depth;
    struct token defined[DEFINED_MAX]; /* names of the program's own functions */
    size_t defined_count;
    struct token before, last; /* the two tokens before the current one */
};

SW_PRINTF(3, 4) static void fault(struct lint *lint, size_t offset, const char *format, ...)
{
    if (lint->count == SW_JQ_FAULTS_MAX)
        return;
    struct sw_jq_fault *one = &lint->faults[lint->count++];
    va_list arguments;
    va_start(arguments, format);
    one->offset = offset;
    (void)vsnprintf(one->text, sizeof one->text, format, arguments);
    va_end(arguments);
}

static void lose(struct lint *lint, size_t offset, const char *text)
{
    fault(lint, offset, "%s", text);
    lint->lost = true;
}

/* -- tokens, as jq 1.6 cuts them -- */

static bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_'; }
static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static char byte_at(const struct lint *lint, size_t at) { return at < lint->length ? lint->text[at] : '\0'; }

static size_t word_end(const struct lint *lint, size_t at)
{
    while (is_letter(byte_at(lint, at)) || is_digit(byte_at(lint, at)))
        at++;
    return at;
}

/* Modules are not for us, but `a::b` is one word to jq. */
static size_t name_end(const struct lint *lint, size_t at)
{
    at = word_end(lint, at);
    while (byte_at(lint, at) == ':' && byte_at(lint, at + 1) == ':' && is_letter(byte_at(lint, at + 2)))
        at = word_end(lint, at + 2);
    return at;
}

static size_t number_end(const struct lint *lint, size_t at)
{
    while (is_digit(byte_at(lint, at)) || byte_at(lint, at) == '.')
        at++;
    if (byte_at(lint, at) == 'e' || byte_at(lint, at) == 'E') {
        size_t exponent = at + 1 + (byte_at(lint, at + 1) == '+' || byte_at(lint, at + 1) == '-');
        if (is_digit(byte_at(lint, exponent)))
            for (at = exponent; is_digit(byte_at(lint, at)); at++) {
            }
    }
    return at;
}

static void skip_blanks(struct lint *lint)
{
    for (;; lint->at++) {
        char byte = byte_at(lint, lint->at);
        if (byte == '#') {
            size_t begin = lint->at;
            while (lint->at < lint->length && lint->text[lint->at] != '\n')
                lint->at++;
            if (lint->at > begin && lint->text[lint->at - 1] == '\\')
                fault(lint, lint->at - 1, "newer jq reads on in the next line: let no comment end with \\");
            byte = byte_at(lint, lint->at);
        }
        if (byte != ' ' && byte != '\t' && byte != '\n')
            return;
    }
}

static void open_nest(struct lint *lint, enum nest nest, size_t at)
{
    if (lint->depth == SW_JQ_DEPTH_MAX) {
        fault(lint, at, "more than %d brackets are open; use def to part the program", SW_JQ_DEPTH_MAX);
        lint->lost = true;
        return;
    }
    lint->open[lint->depth].nest = nest;
    lint->open[lint->depth++].at = at;
}

static bool inside(const struct lint *lint, enum nest nest) { return lint->depth > 0 && lint->open[lint->depth - 1].nest == nest; }

/* From behind the opening quote, or behind an insertion, to its end or to the next insertion. */
static struct token scan_text(struct lint *lint, size_t begin)
{
    while (lint->at < lint->length) {
        char byte = lint->text[lint->at++];
        if (byte == '"')
            return (struct token){TEXT, begin, lint->at - begin};
        if (byte != '\\')
            continue;
        byte = byte_at(lint, lint->at++);
        if (byte == '(') {
            open_nest(lint, INSERTED, lint->at - 2);
            return (struct token){OPEN, begin, lint->at - begin};
        }
    }
    lint->at = lint->length;
    lose(lint, begin, "this string is never closed");
    return (struct token){END, lint->length, 0};
}

static struct token cut(struct lint *lint, enum kind kind, size_t end)
{
    struct token token = {kind, lint->at, end - lint->at};
    lint->at = end;
    return token;
}

static struct token next_token(struct lint *lint)
{
    skip_blanks(lint);
    char byte = byte_at(lint, lint->at), next = byte_at(lint, lint->at + 1);
    if (lint->at >= lint->length)
        return (struct token){END, lint->length, 0};
    if (is_letter(byte))
        return cut(lint, lint->last.kind == OTHER && lint->text[lint->last.at] == '$' ? VARIABLE : WORD, name_end(lint, lint->at));
    if (is_digit(byte) || (byte == '.' && is_digit(next)))
        return cut(lint, NUMBER, number_end(lint, lint->at));
    if (byte == '.' && is_letter(next))
        return cut(lint, FIELD, word_end(lint, lint->at + 1));
    if (byte == '.')
        return next == '.' ? cut(lint, DOTS, lint->at + 2) : cut(lint, DOT, lint->at + 1);
    if (byte == '@' && (is_letter(next) || is_digit(next)))
        return cut(lint, FORMAT, word_end(lint, lint->at + 1));
    if (byte == '"') {
        lint->at++;
        return scan_text(lint, lint->at - 1);
    }
    if (strchr("([{", byte) != NULL)
        return cut(lint, OPEN, lint->at + 1);
    if (strchr(")]}", byte) != NULL)
        return cut(lint, CLOSE, lint->at + 1);
    if (strchr("?=;,:|+-*/%$<>!", byte) == NULL)
        lose(lint, lint->at, "a character that is no jq");
    return cut(lint, OTHER, lint->at + 1);
}

/* -- what is said about them -- */

static bool is(const struct lint *lint, struct token token, const char *word)
{
    return strlen(word) == token.length && memcmp(lint->text + token.at, word, token.length) == 0;
}

static bool one_of(const struct lint *lint, struct token token, const char *const *words)
{
    while (*words != NULL && !is(lint, token, *words))
        words++;
    return *words != NULL;
}

static bool is_defined(const struct lint *lint, struct token token)
{
    for (size_t i = 0; i < lint->defined_count; i++) {
        if (lint->defined[i].length == token.length && memcmp(lint->text + lint->defined[i].at, lint->text + token.at, token.length) == 0)
            return true;
    }
    return false;
}

/* Words that reach out of the program. That one of them is defined anew by the program does not help: the rule stays simple. */
static const struct {
    const char *words[8], *instead;
} refused[] = {
    {{"import", "include", "module", "modulemeta", "get_search_list"}, "programs take nothing from other files"},
    {{"env", "ENV"}, "programs see no environment; hand in .vars"},
    {{"input", "inputs", "input_filename", "input_line_number"}, "the body is all there is: .body"},
    {{"halt", "halt_error"}, "for nothing write empty, for a reason error(\"...\")"},
    {{"stderr", "debug"}, "nobody reads it"},
    {{"now"}, "the instant is handed in, so that recordings give what was: .now"},
    {{"localtime", "strflocaltime"}, "times stay as they are written; a field of the type \"time\" reads them"},
};

/* Of later versions than 1.6, with what does the same. */
static const struct {
    const char *word, *instead;
} newer[] = {
    {"abs", "; there it is if . < 0 then -. else . end"},
    {"have_decnum", ""},
    {"have_literal_numbers", ""},
    {"ltrim", "; there it is sub(\"^\\\\s+\"; \"\")"},
    {"pick", "; there it is {a, b}"},
    {"rtrim", "; there it is sub(\"\\\\s+$\"; \"\")"},
    {"skip", "; there it is .[n:]"},
    {"toarray", "; there it is if type == \"array\" then . else [.] end"},
    {"trim", "; there it is sub(\"^\\\\s+\"; \"\") | sub(\"\\\\s+$\"; \"\")"},
    {"trimstr", "; there it is ltrimstr and rtrimstr"},
    {"@base32d", ""},
    {"@urid", ""},
};

static void judge_age(struct lint *lint, struct token token)
{
    for (size_t i = 0; i < SW_COUNT(newer); i++) {
        if (is(lint, token, newer[i].word) && !is_defined(lint, token))
            fault(lint, token.at, "jq 1.6 has no \"%s\"%s", newer[i].word, newer[i].instead);
    }
}

/* `{input}` stands for {input: .input}; to 1.6 that is a name, but a rule that lets it pass has to know all of jq. */
static bool is_short_key(const struct lint *lint)
{
    char before = lint->text[lint->last.at], behind = byte_at(lint, lint->at);
    return inside(lint, CURLY) && lint->last.length == 1 && (before == '{' || before == ',') && (behind == '}' || behind == ',');
}

static void judge_word(struct lint *lint, struct token token)
{
    for (size_t i = 0; i < SW_COUNT(refused); i++) {
        for (size_t k = 0; k < SW_COUNT(refused[i].words) && refused[i].words[k] != NULL; k++) {
            const char *word = refused[i].words[k];
            if (!is(lint, token, word))
                continue;
            if (is_short_key(lint))
                fault(lint, token.at, "\"%s\" is not allowed; as a key it is written {%s: .%s}", word, word, word);
            else
                fault(lint, token.at, "\"%s\" is not allowed; %s", word, refused[i].instead);
            return;
        }
    }
    if (memchr(lint->text + token.at, ':', token.length) != NULL)
        fault(lint, token.at, "programs have no modules");
    else
        judge_age(lint, token);
}

/* In `{name: ...}` and in `.name` a word is only a name. */
static bool is_key(struct lint *lint)
{
    skip_blanks(lint);
    return inside(lint, CURLY) && byte_at(lint, lint->at) == ':' && byte_at(lint, lint->at + 1) != ':';
}

static void judge_end(struct lint *lint, struct token token)
{
    if (!inside(lint, IF) && !inside(lint, IF_ELSE)) {
        fault(lint, token.at, "this end closes nothing");
        lint->lost = true;
        return;
    }
    lint->depth--;
    if (lint->open[lint->depth].nest == IF)
        fault(lint, lint->open[lint->depth].at, "jq 1.6 wants an else for every if; write \"else . end\"");
}

static void take_word(struct lint *lint, struct token token)
{
    if (is_key(lint))
        return;
    if (is(lint, token, "if"))
        open_nest(lint, IF, token.at);
    else if (is(lint, token, "else") && inside(lint, IF))
        lint->open[lint->depth - 1].nest = IF_ELSE;
    else if (is(lint, token, "end"))
        judge_end(lint, token);
    else
        judge_word(lint, token);
}

static bool ends_term(const struct lint *lint, struct token token)
{
    static const char *const keywords[] = {"if",     "then",    "elif", "else",  "and", "or", "as",
                                           "reduce", "foreach", "try",  "catch", "def", NULL};
    switch (token.kind) {
    case WORD: return !one_of(lint, token, keywords);
    case FIELD:
    case VARIABLE:
    case NUMBER:
    case TEXT:
    case DOTS:
    case CLOSE: return true;
    case OTHER: return lint->text[token.at] == '?';
    case END:
    case FORMAT:
    case DOT:
    case OPEN: break;
    }
    return false;
}

static void take_open(struct lint *lint, struct token token)
{
    char byte = lint->text[token.at + token.length - 1];
    if (token.length > 1)
        return; /* an insertion into a text has opened itself */
    if (byte == '[' && lint->last.kind == DOT && ends_term(lint, lint->before))
        fault(lint, lint->last.at, "jq 1.6 does not read \".[\" here; leave the dot out: .a[0]");
    bool index = byte == '[' && (lint->last.kind == DOT || ends_term(lint, lint->last));
    open_nest(lint, byte == '(' ? ROUND : byte == '{' ? CURLY : index ? INDEX : SQUARE, token.at);
}

static void take_close(struct lint *lint, struct token *token)
{
    char byte = lint->text[token->at];
    bool fits = byte == ')'   ? inside(lint, ROUND) || inside(lint, INSERTED)
                : byte == ']' ? inside(lint, SQUARE) || inside(lint, INDEX)
                              : inside(lint, CURLY);
    if (!fits) {
        fault(lint, token->at, lint->depth == 0 ? "this %c closes nothing" : "before this %c something else is to be closed", byte);
        lint->lost = true;
        return;
    }
    bool inserted = inside(lint, INSERTED);
    lint->depth--;
    if (inserted)
        *token = scan_text(lint, token->at);
}

static void take_number(struct lint *lint, struct token token)
{
    char copy[NUMBER_MAX + 1];
    if (token.length > NUMBER_MAX) {
        fault(lint, token.at, "a number of more than %d characters", NUMBER_MAX);
        return;
    }
    memcpy(copy, lint->text + token.at, token.length);
    copy[token.length] = '\0';
    if (inside(lint, INDEX) && strtod(copy, NULL) > SW_JQ_INDEX_MAX)
        fault(lint, token.at, "an index is at most %d", SW_JQ_INDEX_MAX);
}

static void take(struct lint *lint, struct token token)
{
    switch (token.kind) {
    case WORD: take_word(lint, token); break;
    case VARIABLE:
        if (is(lint, token, "ENV"))
            fault(lint, lint->last.at, "\"$ENV\" is not allowed; %s", refused[1].instead);
        break;
    case FORMAT: judge_age(lint, token); break;
    case NUMBER: take_number(lint, token); break;
    case OPEN: take_open(lint, token); break;
    case CLOSE: take_close(lint, &token); break;
    case END:
    case FIELD:
    case TEXT:
    case DOT:
    case DOTS:
    case OTHER: break;
    }
    lint->before = lint->last;
    lint->last = token;
}

/* Every `def NAME`, wherever it stands: a name that the program knows how to do itself is no fault, even before its definition. */
static void collect_definitions(struct lint *lint)
{
    for (size_t at = 0; at + 4 < lint->length; at++) {
        if (memcmp(lint->text + at, "def", 3) != 0 || (at > 0 && (is_letter(lint->text[at - 1]) || is_digit(lint->text[at - 1]))))
            continue;
        size_t name = at + 3;
        while (byte_at(lint, name) == ' ' || byte_at(lint, name) == '\n' || byte_at(lint, name) == '\t')
            name++;
        if (name > at + 3 && lint->defined_count < DEFINED_MAX)
            lint->defined[lint->defined_count++] = (struct token){WORD, name, word_end(lint, name) - name};
    }
}

/* What jq itself would stumble over before it has cut a single token. */
static bool readable(struct lint *lint)
{
    size_t valid = sw_utf8_valid(lint->text, lint->length);
    if (lint->length > SW_JQ_PROGRAM_MAX)
        fault(lint, 0, "has more than %d KiB; part it, or let the platform do more", (int)(SW_JQ_PROGRAM_MAX >> 10));
    else if (valid < lint->length)
        fault(lint, valid, "not UTF-8");
    for (size_t i = 0; i < lint->length && lint->count == 0; i++) {
        unsigned char byte = (unsigned char)lint->text[i];
        if (byte < 0x20 && byte != '\n' && byte != '\t')
            fault(lint, i, "a control character; jq takes blanks, tabs and line ends");
    }
    return lint->count == 0;
}

static const char *const closing[] = {
    [ROUND] = ")", [SQUARE] = "]", [INDEX] = "]", [CURLY] = "}", [INSERTED] = ")", [IF] = "end", [IF_ELSE] = "end"};

size_t sw_jq_lint(const char *program, size_t length, struct sw_jq_fault faults[SW_JQ_FAULTS_MAX])
{
    struct lint lint = {.text = program, .length = length, .faults = faults};
    if (!readable(&lint))
        return lint.count;
    collect_definitions(&lint);
    struct token token = next_token(&lint);
    if (token.kind == END && !lint.lost)
        fault(&lint, 0, "is empty; \".\" gives all there is");
    for (; token.kind != END && !lint.lost; token = lint.lost ? token : next_token(&lint))
        take(&lint, token);
    for (size_t i = 0; i < lint.depth && !lint.lost; i++)
        fault(&lint, lint.open[i].at, "this is never closed; %s is missing", closing[lint.open[i].nest]);
    return lint.count;
}
