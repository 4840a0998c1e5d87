/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/markup.h"

#include <stdint.h>
#include <string.h>

#include <md4c.h>

#include "base/must.h"
#include "base/utf8.h"

/* Blocks are ours, spans are md4c's. Each line goes to the parser behind a mark of our own and a space, so that no line ever begins like a
 * heading, a list, a quote or a fence: all it sees is paragraphs. The marks say what the line was; they and the space go again. */
#define LINE '\x10'          /* goes on, or begins a paragraph */
#define BULLET_NEXT '\x11'   /* a bullet right below the line before */
#define BULLET_APART '\x12'  /* a bullet behind an empty line */

struct text {
    char *bytes;
    size_t length, capacity; /* what is written never exceeds `capacity`: the writers count on it */
};

static void put(struct text *text, const char *bytes, size_t length)
{
    if (length <= text->capacity - text->length) {
        memcpy(text->bytes + text->length, bytes, length);
        text->length += length;
    }
}

static void put_char(struct text *text, char c)
{
    put(text, &c, 1);
}

/* A text that takes `capacity` bytes and the NUL. */
static struct text make_text(struct sw_arena *arena, size_t capacity)
{
    return (struct text){.bytes = sw_arena_alloc(arena, capacity + 1), .capacity = capacity};
}

bool sw_markup_allowed(char c)
{
    return ((unsigned char)c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t';
}

static bool is_place(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* `markdown` without control characters, but with whole value marks if `values`. */
static struct text clean(struct sw_arena *arena, const char *markdown, size_t length, bool values)
{
    struct text text = make_text(arena, length);
    for (size_t i = 0; i < length; i++) {
        bool value = values && markdown[i] == SW_MARK_VALUE && length - i > 2 && is_place(markdown[i + 1]) && is_place(markdown[i + 2]);
        if (sw_markup_allowed(markdown[i]) || value) {
            put_char(&text, markdown[i]);
        }
    }
    return text;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The source line by line: trimmed, what it is in front (a LINE or a BULLET_...), without empty ones. `apart`: behind an empty line. */
struct lines {
    const char *at, *end;
    bool first;
};

struct line {
    const char *start;
    size_t length;
    bool bullet, apart, first;
};

static bool next_line(struct lines *lines, struct line *line)
{
    *line = (struct line){.first = lines->first};
    while (lines->at < lines->end) {
        const char *newline = memchr(lines->at, '\n', (size_t)(lines->end - lines->at)), *stop = newline != NULL ? newline : lines->end;
        line->start = lines->at;
        lines->at = newline != NULL ? newline + 1 : lines->end;
        while (line->start < stop && is_blank(*line->start)) {
            line->start++;
        }
        while (stop > line->start && is_blank(stop[-1])) {
            stop--;
        }
        line->length = (size_t)(stop - line->start);
        if (line->length > 0) {
            lines->first = false;
            line->bullet = line->length > 2 && line->start[0] == '-' && is_blank(line->start[1]);
            for (line->start += line->bullet, line->length -= line->bullet; line->bullet && is_blank(*line->start); line->length--) {
                line->start++;
            }
            return true;
        }
        line->apart = true;
    }
    return false;
}

/* Nothing in it means anything between the signs of a line. */
static bool is_plain(const struct text *text)
{
    static const char signs[] = "*_`\\[<&";
    size_t count = 0;
    for (size_t i = 0; i < text->length; i++) {
        count += strchr(signs, text->bytes[i]) != NULL;
    }
    return count == 0 || count > SW_MARKUP_SIGNS_MAX || text->length > SW_MARKUP_BYTES_MAX;
}

static const char *read_plain(struct sw_arena *arena, const struct text *source)
{
    struct text out = make_text(arena, source->length);
    struct lines lines = {source->bytes, source->bytes + source->length, true};
    struct line line;
    while (next_line(&lines, &line)) {
        put(&out, "\n\n", line.first ? 0 : line.apart ? 2 : 1);
        if (line.bullet) {
            put_char(&out, SW_MARK_BULLET);
        }
        put(&out, line.start, line.length);
    }
    return out.bytes;
}

/* What the parser is given. */
static struct text prepare(struct sw_arena *arena, const struct text *source)
{
    struct text out = make_text(arena, source->length * 4 + 8); /* a line "x" becomes "\n\n", a mark, a space and itself */
    struct lines lines = {source->bytes, source->bytes + source->length, true};
    struct line line;
    while (next_line(&lines, &line)) {
        put(&out, "\n\n", line.first ? 0 : line.apart || line.bullet ? 2 : 1);
        put_char(&out, !line.bullet ? LINE : line.apart || line.first ? BULLET_APART : BULLET_NEXT);
        put_char(&out, ' ');
        put(&out, line.start, line.length);
    }
    return out;
}

enum span { STRONG, EMPHASIS, CODE, SPANS };

static const char span_marks[SPANS][2] = {
    {SW_MARK_STRONG, SW_MARK_STRONG_END}, {SW_MARK_EMPHASIS, SW_MARK_EMPHASIS_END}, {SW_MARK_CODE, SW_MARK_CODE_END}};

/* While the parser calls back. */
struct reader {
    struct text out;
    bool block;      /* a paragraph has begun and nothing of it is written */
    bool space;      /* the space behind a mark is to come */
    int open[SPANS]; /* spans entered and not left */
};

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct reader *reader = context;
    (void)detail;
    reader->block = reader->block || type == MD_BLOCK_P;
    return 0;
}

/* What is still open ends: where emphasis and a link overlap, md4c may enter a span and not leave it, or leave it twice. */
static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct reader *reader = context;
    (void)type, (void)detail;
    for (int i = 0; i < SPANS; i++) {
        if (reader->open[i] > 0) {
            put_char(&reader->out, span_marks[i][1]);
            reader->open[i] = 0;
        }
    }
    return 0;
}

/* SPANS: a span without marks. */
static enum span span_of(MD_SPANTYPE type)
{
    switch (type) {
    case MD_SPAN_STRONG: return STRONG;
    case MD_SPAN_EM: return EMPHASIS;
    case MD_SPAN_CODE: return CODE;
    case MD_SPAN_A:
    case MD_SPAN_IMG:
    case MD_SPAN_DEL:
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
    case MD_SPAN_WIKILINK:
    case MD_SPAN_U: return SPANS;
    }
    return SPANS;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct reader *reader = context;
    enum span span = span_of(type);
    (void)detail;
    if (span != SPANS && reader->open[span]++ == 0) {
        put_char(&reader->out, span_marks[span][0]);
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    struct reader *reader = context;
    enum span span = span_of(type);
    (void)detail;
    if (span != SPANS && reader->open[span] > 0 && --reader->open[span] == 0) {
        put_char(&reader->out, span_marks[span][1]);
    }
    return 0;
}

/* The mark in front of a line becomes what it stands for. */
static void put_line_mark(struct reader *reader, char mark)
{
    if (reader->block && reader->out.length > 0) {
        put(&reader->out, "\n\n", mark == BULLET_NEXT ? 1 : 2);
    }
    if (reader->block && mark != LINE) {
        put_char(&reader->out, SW_MARK_BULLET);
    }
    reader->block = false;
    reader->space = true;
}

static void put_text(struct reader *reader, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == LINE || text[i] == BULLET_NEXT || text[i] == BULLET_APART) {
            put_line_mark(reader, text[i]);
        } else if (reader->space) {
            reader->space = false; /* that of the mark */
        } else {
            put_char(&reader->out, text[i]);
        }
    }
}

static uint32_t digits_code(const char *text, size_t length, uint32_t base)
{
    uint32_t code = 0;
    for (size_t i = 0; i < length && code <= 0x10ffff; i++) {
        char c = text[i];
        uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : (uint32_t)((c | 0x20) - 'a') + 10;
        code = code * base + digit;
    }
    return code;
}

/* The code point of "&name;" or "&#...;"; 0: not known. */
static uint32_t entity_code(const char *text, size_t length)
{
    static const struct {
        const char *name;
        uint32_t code;
    } known[] = {{"&amp;", '&'},      {"&lt;", '<'},        {"&gt;", '>'},        {"&quot;", '"'},
                 {"&apos;", '\''},    {"&nbsp;", 0xa0},     {"&shy;", 0xad},      {"&ndash;", 0x2013},
                 {"&mdash;", 0x2014}, {"&hellip;", 0x2026}, {"&thinsp;", 0x2009}, {"&euro;", 0x20ac},
                 {"&zwnj;", 0x200c},  {"&zwj;", 0x200d},    {"&lrm;", 0x200e},    {"&rlm;", 0x200f}};
    if (length > 3 && text[1] == '#') {
        bool hexadecimal = text[2] == 'x' || text[2] == 'X';
        uint32_t code = hexadecimal ? digits_code(text + 3, length - 4, 16) : digits_code(text + 2, length - 3, 10);
        return code < 0x20 || code == 0x7f ? ' ' : code; /* no control character comes in this way either */
    }
    for (size_t i = 0; i < SW_COUNT(known); i++) {
        if (strlen(known[i].name) == length && memcmp(known[i].name, text, length) == 0) {
            return known[i].code;
        }
    }
    return 0;
}

static void put_entity(struct reader *reader, const char *text, size_t length)
{
    uint32_t code = entity_code(text, length);
    char encoded[4];
    if (code == 0) {
        put(&reader->out, text, length);
    } else {
        put(&reader->out, encoded, sw_utf8_encode(code, encoded));
    }
}

static int put_piece(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE length, void *context)
{
    struct reader *reader = context;
    switch (type) {
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR: put_char(&reader->out, '\n'); return 0;
    case MD_TEXT_ENTITY: put_entity(reader, text, length); return 0;
    case MD_TEXT_NULLCHAR: return 0;
    case MD_TEXT_NORMAL:
    case MD_TEXT_CODE:
    case MD_TEXT_HTML:
    case MD_TEXT_LATEXMATH: put_text(reader, text, length); return 0;
    }
    return 0;
}

static const char *read_spans(struct sw_arena *arena, const struct text *source)
{
    static const MD_PARSER parser = {
        .flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = put_piece,
    };
    struct text prepared = prepare(arena, source);
    /* No span is shorter in the source than its two marks (an overlapping one may need one more), no entity than its character. */
    struct reader reader = {.out = make_text(arena, prepared.length * 2)};
    if (md_parse(prepared.bytes, (MD_SIZE)prepared.length, &parser, &reader) != 0) {
        return read_plain(arena, source);
    }
    return reader.out.bytes;
}

static const char *read_markdown(struct sw_arena *arena, const char *markdown, size_t length, bool values)
{
    struct text source = clean(arena, markdown, length, values);
    return is_plain(&source) ? read_plain(arena, &source) : read_spans(arena, &source);
}

const char *sw_markup_read(struct sw_arena *arena, const char *markdown, size_t length)
{
    return read_markdown(arena, markdown, length, false);
}

const char *sw_markup_read_values(struct sw_arena *arena, const char *markdown, size_t length)
{
    return read_markdown(arena, markdown, length, true);
}

const char *sw_markup_plain(struct sw_arena *arena, const char *text)
{
    struct text plain = make_text(arena, strlen(text));
    for (; *text != '\0'; text++) {
        if (*text == SW_MARK_VALUE && is_place(text[1]) && is_place(text[2])) {
            text += 2;
        } else if (sw_markup_allowed(*text)) {
            put_char(&plain, *text);
        }
    }
    return plain.bytes;
}
