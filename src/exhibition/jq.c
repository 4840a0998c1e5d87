/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/jq.h"

#include <ctype.h>
#include <string.h>

#include "exhibition/expression_internal.h"

#define DEPTH_MAX 256 /* of "\(...)", brackets and ifs that are open */
#define DEFINED_MAX 64

/* One word or sign of a program. */
enum token_kind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_FIELD,    /* .a */
    TOKEN_VARIABLE, /* $a */
    TOKEN_FORMAT,   /* @text */
    TOKEN_STRING,
    TOKEN_OPEN, /* the beginning of a string, up to "\(" */
    TOKEN_NUMBER,
    TOKEN_SIGN,
};

struct token {
    enum token_kind kind;
    const char *at;
    size_t length;
};

/* What is open: a bracket, "\(" of a string, or an if. */
struct open {
    char closing; /* ')', ']', '}', '"' for the ")" of an interpolation, 'e' for an if */
    bool has_else;
    const char *at;
};

struct reader {
    const char *program, *at;
    struct sw_arena *arena;
    struct sw_expression_faults *faults;
    struct open open[DEPTH_MAX];
    size_t depth;
    struct token before; /* the one before the current one */
    const char *defined[DEFINED_MAX];
    size_t defined_length[DEFINED_MAX], defined_count;
    bool stopped;
};

SW_PRINTF(3, 4) static void fault(struct reader *reader, const char *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    sw_faults_vadd(reader->faults, reader->arena, (size_t)(at - reader->program), false, format, arguments);
    va_end(arguments);
}

static bool is(const struct token *token, const char *text)
{
    return strlen(text) == token->length && memcmp(token->at, text, token->length) == 0;
}

static void push(struct reader *reader, char closing, const char *at)
{
    if (reader->depth == DEPTH_MAX) {
        fault(reader, at, "more than %d brackets are open; use def to part the program", DEPTH_MAX);
        reader->stopped = true;
        return;
    }
    reader->open[reader->depth++] = (struct open){.closing = closing, .at = at};
}

/* -- words and signs -- */

/* Passes text up to the closing quote or the next "\(", which is left open. */
static enum token_kind read_string(struct reader *reader)
{
    const char *from = reader->at;
    while (*reader->at != '\0' && *reader->at != '"') {
        if (reader->at[0] == '\\' && reader->at[1] == '(') {
            push(reader, '"', reader->at);
            reader->at += 2;
            return TOKEN_OPEN;
        }
        reader->at += reader->at[0] == '\\' && reader->at[1] != '\0' ? 2 : 1;
    }
    if (*reader->at == '\0') {
        fault(reader, from, "this string is never closed");
        reader->stopped = true;
        return TOKEN_STRING;
    }
    reader->at++;
    return TOKEN_STRING;
}

static size_t word_length(const char *at)
{
    size_t length = 0;
    while (isalnum((unsigned char)at[length]) || at[length] == '_' || (at[length] == ':' && at[length + 1] == ':')) {
        length += at[length] == ':' ? 2 : 1;
    }
    return length;
}

static bool begins_word(char c) { return isalpha((unsigned char)c) || c == '_'; }

static void skip_blank(struct reader *reader)
{
    for (;;) {
        reader->at += strspn(reader->at, " \t\r\n");
        if (*reader->at != '#') {
            return;
        }
        reader->at += strcspn(reader->at, "\n");
    }
}

static struct token next_token(struct reader *reader)
{
    skip_blank(reader);
    struct token token = {.kind = TOKEN_SIGN, .at = reader->at, .length = 1};
    char c = *reader->at;
    if (c == '\0') {
        return (struct token){.kind = TOKEN_END, .at = reader->at};
    }
    if (begins_word(c)) {
        token.kind = TOKEN_WORD;
        token.length = word_length(reader->at);
    } else if (c == '.' && begins_word(reader->at[1])) {
        token.kind = TOKEN_FIELD;
        token.length = 1 + word_length(reader->at + 1);
    } else if (c == '@' && begins_word(reader->at[1])) {
        token.kind = TOKEN_FORMAT;
        token.length = 1 + word_length(reader->at + 1);
    } else if (isdigit((unsigned char)c)) {
        token.kind = TOKEN_NUMBER;
        token.length = strspn(reader->at, "0123456789.eE");
    } else if (c == '$') {
        size_t blank = strspn(reader->at + 1, " \t\r\n");
        token.kind = TOKEN_VARIABLE;
        token.length = 1 + blank + word_length(reader->at + 1 + blank);
    } else if (c == '.' && reader->at[1] == '.') {
        token.length = 2;
    }
    reader->at += token.length;
    if (c == '"') {
        token.kind = read_string(reader);
    }
    return token;
}

/* -- what they may be -- */

static const struct {
    const char *word, *why;
} refused[] = {
    {"import", "programs take nothing from other files"},
    {"include", "programs take nothing from other files"},
    {"modulemeta", "programs take nothing from other files"},
    {"get_search_list", "programs take nothing from other files"},
    {"input", "the body is all there is: .body"},
    {"inputs", "the body is all there is: .body"},
    {"input_filename", "the body is all there is: .body"},
    {"input_line_number", "the body is all there is: .body"},
    {"env", "programs see no environment; hand in .vars"},
    {"halt", "a program gives its rows; for none: empty"},
    {"halt_error", "a program that fails says so by error(\"...\")"},
    {"stderr", "nobody reads it"},
    {"debug", "nobody reads it"},
    {"now", "the instant is handed in, so that recordings give what was: .now"},
    {"localtime", "times stay as they are written; a field of the type \"time\" reads them"},
    {"strflocaltime", "times stay as they are written; a field of the type \"time\" reads them"},
};

/* Of later versions than 1.6, with what does the same; NULL: nothing. */
static const struct {
    const char *word, *instead;
} later[] = {
    {"pick", "{a, b}"},
    {"abs", "if . < 0 then -. else . end"},
    {"toarray", "if type == \"array\" then . else [.] end"},
    {"trim", "sub(\"^\\\\s+\"; \"\") | sub(\"\\\\s+$\"; \"\")"},
    {"ltrim", "sub(\"^\\\\s+\"; \"\")"},
    {"rtrim", "sub(\"\\\\s+$\"; \"\")"},
    {"trimstr", "ltrimstr and rtrimstr"},
    {"skip", ".[n:]"},
    {"have_decnum", NULL},
    {"have_literal_numbers", NULL},
    {"@base32d", NULL},
    {"@urid", NULL},
};

static bool is_defined(const struct reader *reader, const struct token *token)
{
    for (size_t i = 0; i < reader->defined_count; i++) {
        if (reader->defined_length[i] == token->length && memcmp(reader->defined[i], token->at, token->length) == 0) {
            return true;
        }
    }
    return false;
}

static void define(struct reader *reader, const struct token *token)
{
    if (reader->defined_count < DEFINED_MAX) {
        reader->defined[reader->defined_count] = token->at;
        reader->defined_length[reader->defined_count++] = token->length;
    }
}

static bool in_object(const struct reader *reader)
{
    return reader->depth > 0 && reader->open[reader->depth - 1].closing == '}';
}

static void check_word(struct reader *reader, const struct token *token)
{
    for (size_t i = 0; i < SW_COUNT(refused); i++) {
        if (is(token, refused[i].word) && in_object(reader)) {
            fault(reader, token->at, "\"%s\" is not allowed; as a key it stands in quotes: {\"%s\": ...}", refused[i].word,
                  refused[i].word);
        } else if (is(token, refused[i].word)) {
            fault(reader, token->at, "\"%s\" is not allowed; %s", refused[i].word, refused[i].why);
        }
    }
    for (size_t i = 0; i < SW_COUNT(later); i++) {
        if (is(token, later[i].word) && !is_defined(reader, token)) {
            fault(reader, token->at, "jq 1.6 has no \"%s\"%s%s", later[i].word, later[i].instead != NULL ? "; there it is " : "",
                  later[i].instead != NULL ? later[i].instead : "");
        }
    }
}

/* -- if ... then ... else ... end -- */

static void check_branch(struct reader *reader, const struct token *token)
{
    struct open *top = reader->depth > 0 ? &reader->open[reader->depth - 1] : NULL;
    bool in_if = top != NULL && top->closing == 'e';
    if (is(token, "if")) {
        push(reader, 'e', token->at);
    } else if (is(token, "else") && in_if) {
        top->has_else = true;
    } else if (is(token, "end") && in_if) {
        if (!top->has_else) {
            fault(reader, top->at, "jq 1.6 wants an else for every if; write \"else . end\"");
        }
        reader->depth--;
    }
}

/* -- brackets -- */

static void close_bracket(struct reader *reader, struct token *token)
{
    char closing = *token->at;
    struct open *top = reader->depth > 0 ? &reader->open[reader->depth - 1] : NULL;
    if (top == NULL || (top->closing != closing && !(top->closing == '"' && closing == ')'))) {
        fault(reader, token->at, top == NULL ? "this %c closes nothing" : "before this %c something else is to be closed", closing);
        reader->stopped = true;
        return;
    }
    bool string = top->closing == '"';
    reader->depth--;
    if (string) {
        token->kind = read_string(reader);
    }
}

static bool ends_a_term(const struct token *token)
{
    return token->kind == TOKEN_FIELD || token->kind == TOKEN_STRING || token->kind == TOKEN_VARIABLE ||
           (token->kind == TOKEN_SIGN && strchr(")]}?", *token->at) != NULL);
}

static void check_sign(struct reader *reader, struct token *token)
{
    char c = *token->at;
    if (c == '.' && token->length == 1 && *reader->at == '[' && ends_a_term(&reader->before)) {
        fault(reader, token->at, "jq 1.6 does not read \".[\" here; leave the dot out: .a[0]");
    } else if (c == '(' || c == '[' || c == '{') {
        push(reader, c == '(' ? ')' : c == '[' ? ']' : '}', token->at);
    } else if (c == ')' || c == ']' || c == '}') {
        close_bracket(reader, token);
    }
}

/* Of an object, {end: 1}: no word of the language. */
static bool is_key(const struct reader *reader)
{
    const char *at = reader->at + strspn(reader->at, " \t\r\n");
    return at[0] == ':' && at[1] != ':' && in_object(reader);
}

static void check_token(struct reader *reader, struct token *token)
{
    if (token->kind == TOKEN_SIGN) {
        check_sign(reader, token);
    } else if (token->kind == TOKEN_VARIABLE && token->length >= 4 && memcmp(token->at + token->length - 3, "ENV", 3) == 0 &&
               !isalnum((unsigned char)token->at[token->length - 4]) && token->at[token->length - 4] != '_') {
        fault(reader, token->at, "\"$ENV\" is not allowed; programs see no environment; hand in .vars");
    } else if (token->kind == TOKEN_WORD && reader->before.kind == TOKEN_WORD && is(&reader->before, "def")) {
        define(reader, token);
        check_word(reader, token);
    } else if (token->kind == TOKEN_WORD || token->kind == TOKEN_FORMAT) {
        check_word(reader, token);
        if (!is_key(reader)) {
            check_branch(reader, token);
        }
    }
}

void sw_jq_check(const char *program, struct sw_arena *arena, struct sw_expression_faults *faults)
{
    struct reader *reader = sw_arena_alloc(arena, sizeof *reader);
    *reader = (struct reader){.program = program, .at = program, .arena = arena, .faults = faults};
    if (strlen(program) > SW_JQ_BYTES_MAX) {
        fault(reader, program, "has more than 16 KiB; part it, or let the platform do more");
        return;
    }
    struct token token = next_token(reader);
    if (token.kind == TOKEN_END) {
        fault(reader, program, "is empty; \".\" gives all there is");
    }
    while (token.kind != TOKEN_END && !reader->stopped) {
        check_token(reader, &token);
        reader->before = token;
        token = next_token(reader);
    }
    for (size_t i = reader->depth; i-- > 0 && !reader->stopped;) {
        const struct open *open = &reader->open[i];
        const char *wanted = open->closing == 'e' ? "end" : open->closing == '"' ? ")" : open->closing == ')' ? ")" : NULL;
        fault(reader, open->at, "this is never closed; %s is missing", wanted != NULL ? wanted : open->closing == ']' ? "]" : "}");
    }
}
