/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/text_run.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "view/text_character.h"

#define CODE_BYTES 4

/* Whether chars[at] goes on with the run; its kind and script are settled on the way. */
static bool goes_on(const struct sw_text_char *chars, int at, struct sw_text_run *run)
{
    const struct sw_text_char *c = &chars[at];
    if (c->level != run->level)
        return false;
    if (c->kind == SW_TEXT_SILENT || !c->starts)
        return true;
    if (run->kind == SW_TEXT_SILENT) {
        run->kind = c->kind;
        run->face = c->face;
        run->script = c->script;
        return true;
    }
    if (c->kind != run->kind || c->face != run->face || c->kind == SW_TEXT_COLOUR || c->alone || chars[at - 1].alone)
        return false;
    if (run->script == SW_SCRIPT_COMMON)
        run->script = c->script;
    return c->script == SW_SCRIPT_COMMON || c->script == run->script;
}

static bool number(const struct sw_text_char *chars, int from, int to)
{
    bool digits = false;
    for (int i = from; i < to; i++) {
        bool digit = sw_character_digits(chars[i].code) != 0;
        digits |= digit;
        if (!digit && !sw_character_separates(chars[i].code) && !sw_character_silent(chars[i].code))
            return false;
    }
    return digits;
}

int sw_text_run_take(const struct sw_text_paragraph *paragraph, int from, int to, bool spread, struct sw_text_run *run)
{
    const struct sw_text_char *chars = paragraph->chars;
    *run = (struct sw_text_run){.offset = chars[from].offset, .face = chars[from].face, .level = chars[from].level, .kind = SW_TEXT_SILENT};
    int at = from, letters = 0;
    while (at < to && letters <= SW_TEXT_RUN_MAX && goes_on(chars, at, run)) {
        letters += chars[at].starts;
        if (letters <= SW_TEXT_RUN_MAX)
            at++;
    }
    if (at == from)
        at++; /* cannot be: the first character always goes on; but never stand still */
    run->length = (at < paragraph->count ? chars[at].offset : paragraph->end) - run->offset;
    bool straight = run->level % 2 == 0;
    if (run->kind == SW_TEXT_WORD && straight && paragraph->figures && number(chars, from, at))
        run->kind = SW_TEXT_DIGITS;
    else if (run->kind == SW_TEXT_WORD && straight && spread && sw_script_spreads(run->script))
        run->kind = SW_TEXT_SPREAD;
    return at;
}

struct sw_font_text sw_text_run_font(const struct sw_text_run *run, const char *bytes, int length)
{
    return (struct sw_font_text){
        .face = run->face, .script = run->script, .rtl = run->level % 2 == 1, .text = bytes, .length = (size_t)length};
}

static void put(struct sw_text_spelled *spelled, uint32_t code)
{
    if (spelled->length + CODE_BYTES < (int)sizeof spelled->bytes)
        spelled->length += (int)sw_utf8_encode(code, spelled->bytes + spelled->length);
}

/* The bytes without what is not seen, and with no more marks on one letter than can be read. */
static void spell(const struct sw_text_run *run, const char *text, struct sw_text_spelled *spelled)
{
    spelled->length = spelled->letter_count = 0;
    if (run->literal != 0)
        put(spelled, run->literal);
    const char *at = text + run->offset, *end = run->literal != 0 ? at : at + run->length;
    for (int marks = 0; at < end;) {
        uint32_t code;
        size_t bytes = sw_utf8_decode(at, (size_t)(end - at), &code);
        at += bytes > 0 ? bytes : 1;
        code = bytes > 0 ? code : 0xfffd;
        marks = sw_character_extends(code) ? marks + 1 : 0;
        if (!sw_character_silent(code) && marks <= SW_TEXT_MARKS_MAX)
            put(spelled, code);
    }
    if (run->hyphen)
        put(spelled, '-');
    spelled->bytes[spelled->length] = '\0';
}

static uint32_t code_at(const struct sw_text_spelled *spelled, int at, int *bytes)
{
    uint32_t code;
    size_t length = sw_utf8_decode(spelled->bytes + at, (size_t)(spelled->length - at), &code);
    *bytes = length > 0 ? (int)length : 1;
    return length > 0 ? code : 0xfffd;
}

static void part_letters(struct sw_text_spelled *spelled)
{
    const int most = (int)(sizeof spelled->letters / sizeof spelled->letters[0]);
    for (int at = 0, bytes; at < spelled->length; at += bytes) {
        uint32_t code = code_at(spelled, at, &bytes);
        if (spelled->letter_count > 0 && (sw_character_extends(code) || spelled->letter_count == most))
            spelled->letters[spelled->letter_count - 1].length += bytes;
        else
            spelled->letters[spelled->letter_count++] = (struct sw_text_letter){.first = at, .length = bytes};
    }
}

static double measure(struct sw_fonts *fonts, const struct sw_text_run *run, const char *bytes, int length)
{
    struct sw_font_text part = sw_text_run_font(run, bytes, length);
    return sw_fonts_measure(fonts, &part);
}

/* Letter by letter, kerning kept: an advance is that of the pair without its second. */
static double place_spread(struct sw_fonts *fonts, const struct sw_text_run *run, double tracking, struct sw_text_spelled *spelled)
{
    double x = 0;
    for (int i = 0; i < spelled->letter_count; i++) {
        struct sw_text_letter *letter = &spelled->letters[i];
        const char *bytes = spelled->bytes + letter->first;
        letter->x = x;
        if (i + 1 < spelled->letter_count) {
            int next = spelled->letters[i + 1].length;
            letter->advance = measure(fonts, run, bytes, letter->length + next) - measure(fonts, run, bytes + letter->length, next);
        } else {
            letter->advance = measure(fonts, run, bytes, letter->length);
        }
        letter->advance = fmax(0, letter->advance + tracking);
        x += letter->advance;
    }
    return x;
}

/* The widest of the ten digits that begin with `zero`. */
static double digit_cell(struct sw_fonts *fonts, const struct sw_text_run *run, uint32_t zero)
{
    if (zero == '0')
        return sw_fonts_metrics(fonts, run->face).digit;
    double cell = 0;
    for (uint32_t code = zero; code <= zero + 9; code++) {
        char bytes[CODE_BYTES + 1] = "";
        cell = fmax(cell, measure(fonts, run, bytes, (int)sw_utf8_encode(code, bytes)));
    }
    return cell;
}

static double place_digits(struct sw_fonts *fonts, const struct sw_text_run *run, double tracking, struct sw_text_spelled *spelled)
{
    double x = 0, cell = 0;
    uint32_t zero = 0;
    for (int i = 0, bytes; i < spelled->letter_count; i++) {
        struct sw_text_letter *letter = &spelled->letters[i];
        double width = measure(fonts, run, spelled->bytes + letter->first, letter->length);
        uint32_t figure = sw_character_digits(code_at(spelled, letter->first, &bytes));
        if (figure != 0 && figure != zero) {
            zero = figure;
            cell = digit_cell(fonts, run, zero);
        }
        letter->x = x + (figure != 0 ? (cell - width) / 2 : 0);
        letter->advance = fmax(0, (figure != 0 ? cell : width) + tracking);
        x += letter->advance;
    }
    return x;
}

static double place_boxes(double tracking, struct sw_text_spelled *spelled)
{
    for (int i = 0; i < spelled->letter_count; i++) {
        spelled->letters[i].x = i * (SW_TEXT_BOX_EM + tracking);
        spelled->letters[i].advance = SW_TEXT_BOX_EM + tracking;
    }
    return spelled->letter_count * (SW_TEXT_BOX_EM + tracking);
}

static double space_width(struct sw_fonts *fonts, const struct sw_text_run *run, uint32_t code)
{
    switch (code) {
    case 0x2001:
    case 0x2003:
    case 0x3000:
        return 1;
    case 0x2000:
    case 0x2002:
        return 0.5;
    case 0x2004:
        return 1.0 / 3;
    case 0x2005:
        return 0.25;
    case 0x2006:
        return 1.0 / 6;
    case 0x2007:
        return sw_fonts_metrics(fonts, run->face).digit;
    case 0x2009:
    case 0x202f:
        return 0.18;
    case 0x200a:
        return 0.1;
    default:
        return sw_fonts_metrics(fonts, run->face).space;
    }
}

static double spaces_width(struct sw_fonts *fonts, const struct sw_text_run *run, double tracking, const struct sw_text_spelled *spelled)
{
    double width = 0;
    for (int at = 0, bytes; at < spelled->length; at += bytes)
        width += fmax(0, space_width(fonts, run, code_at(spelled, at, &bytes)) + tracking);
    return width;
}

double sw_text_run_spell(struct sw_fonts *fonts, const struct sw_text_run *run, const char *text, double tracking,
                         struct sw_text_spelled *spelled)
{
    spell(run, text, spelled);
    switch ((enum sw_text_kind)run->kind) {
    case SW_TEXT_SILENT:
        return 0;
    case SW_TEXT_SPACE:
        return spaces_width(fonts, run, tracking, spelled);
    case SW_TEXT_WORD:
    case SW_TEXT_COLOUR:
        return measure(fonts, run, spelled->bytes, spelled->length);
    case SW_TEXT_SPREAD:
        part_letters(spelled);
        return place_spread(fonts, run, tracking, spelled);
    case SW_TEXT_DIGITS:
        part_letters(spelled);
        return place_digits(fonts, run, tracking, spelled);
    case SW_TEXT_BOXES:
        part_letters(spelled);
        return place_boxes(tracking, spelled);
    }
    return 0;
}
