/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/text_source.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/must.h"
#include "base/utf8.h"
#include "exhibition/markup.h"
#include "view/linebreak.h"
#include "view/text_character.h"

#define FIGURE_WORDS 3 /* words of letters in a line that is still taken for a value with its name and unit */
#define CLUSTER_MAX 9 /* code points of one character that choose its font */
#define ISOLATES_MAX 512 /* that open or close, in one line */
#define JOINED_MAX 16 /* code points of joined emoji before another character begins; a kiss with tones of skin has 10 */
#define ZERO_WIDTH_JOINER 0x200d
#define PLAIN_SELECTOR 0xfe0e
#define COLOUR_SELECTOR 0xfe0f
#define REPLACEMENT 0xfffd

static bool language_rtl(const char *language)
{
    static const char *const known[] = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"};
    size_t length = language != NULL ? strcspn(language, "-_") : 0;
    for (size_t i = 0; i < SW_COUNT(known); i++) {
        if (strlen(known[i]) == length && strncmp(known[i], language, length) == 0)
            return true;
    }
    return false;
}

void sw_text_source_init(struct sw_text_source *source, struct sw_fonts *fonts, struct sw_arena *arena, const char *text, const char *role,
                         const char *language)
{
    *source = (struct sw_text_source){.fonts = fonts, .arena = arena, .text = text, .rtl = language_rtl(language)};
    source->length = strnlen(text, SW_TEXT_BYTES_MAX);
    for (int style = 0; style < SW_FONT_STYLES; style++)
        sw_fonts_chain(fonts, role, style, &source->chains[style]);
}

void sw_text_source_finish(struct sw_text_source *source)
{
    free(source->paragraphs);
    source->paragraphs = NULL;
    source->count = source->capacity = 0;
}

bool sw_text_source_more(const struct sw_text_source *source, const struct sw_text_paragraph *paragraph)
{
    for (size_t i = (size_t)paragraph->next; i < source->length; i++) {
        if ((unsigned char)source->text[i] > ' ')
            return true;
    }
    return false;
}

/* True if `byte` is a mark; takes in what it says. */
static bool take_mark(struct sw_text_source *source, struct sw_text_paragraph *paragraph, char byte)
{
    switch (byte) {
    case SW_MARK_STRONG:
        source->style |= SW_FONT_STRONG;
        return true;
    case SW_MARK_STRONG_END:
        source->style &= ~SW_FONT_STRONG;
        return true;
    case SW_MARK_EMPHASIS:
        source->style |= SW_FONT_EMPHASIS;
        return true;
    case SW_MARK_EMPHASIS_END:
        source->style &= ~SW_FONT_EMPHASIS;
        return true;
    case SW_MARK_CODE:
        source->style |= SW_FONT_CODE;
        return true;
    case SW_MARK_CODE_END:
        source->style &= ~SW_FONT_CODE;
        return true;
    case SW_MARK_BULLET:
        paragraph->bullet |= paragraph->count == 0;
        return true;
    default:
        return false;
    }
}

static bool ends_line(uint32_t code)
{
    return code == '\n' || code == 0x2028 || code == 0x2029;
}

/* Bytes up to the next end of a line; `most` if it is further. */
static size_t line_length(const char *text, size_t most)
{
    size_t length = 0;
    while (length < most) {
        length += strcspn(text + length, "\n\xe2");
        uint32_t code = 0;
        if (text[length] != '\xe2' || (sw_utf8_decode(text + length, strnlen(text + length, 3), &code) > 0 && ends_line(code)))
            break;
        length++;
    }
    return length < most ? length : most;
}

/* Reads up to the line's end, which stays. */
static void read_chars(struct sw_text_source *source, struct sw_text_paragraph *paragraph)
{
    size_t room = line_length(source->text + source->at, SW_TEXT_LINE_MAX);
    paragraph->chars = sw_arena_array(source->arena, room + 1, sizeof *paragraph->chars);
    size_t limit = source->at + room;
    while (source->at < limit && source->at < source->length) {
        uint32_t code;
        size_t bytes = sw_utf8_decode(source->text + source->at, source->length - source->at, &code);
        if (bytes == 0) { /* not valid, or the text was cut within a character */
            code = REPLACEMENT;
            bytes = 1;
        }
        if (ends_line(code))
            break;
        if (!take_mark(source, paragraph, source->text[source->at]) && code != '\r')
            paragraph->chars[paragraph->count++] =
                (struct sw_text_char){.code = code, .offset = (int)source->at, .style = (uint8_t)source->style};
        source->at += bytes;
    }
    paragraph->end = (int)source->at;
    if (source->at < source->length && source->at >= limit && line_length(source->text + source->at, 1) > 0) {
        paragraph->cut = true;
        source->at += line_length(source->text + source->at, source->length - source->at);
    }
    source->at = source->at < source->length ? source->at : source->length;
}

static void find_breaks(struct sw_arena *scratch, struct sw_text_paragraph *paragraph)
{
    size_t count = (size_t)paragraph->count;
    uint32_t *codes = sw_arena_array(scratch, count, sizeof *codes);
    uint8_t *breaks = sw_arena_array(scratch, count, sizeof *breaks);
    for (size_t i = 0; i < count; i++)
        codes[i] = paragraph->chars[i].code;
    sw_linebreak_find(codes, count, breaks);
    for (size_t i = 0; i < count; i++)
        paragraph->chars[i].breaks = breaks[i];
}

static bool flag_letter(uint32_t code)
{
    return code >= 0x1f1e6 && code <= 0x1f1ff;
}

/* A line reads as its language does, but one without a letter of the language's direction reads as its own letters do: German, a telephone
 * number and "14:05 – 16:30" stay whole in an Arabic visit, and Arabic in a German one. */
static int base_level(bool rtl, const struct sw_text_char *chars, const FriBidiCharType *types, int count)
{
    bool leftward = false, rightward = false;
    for (int i = 0; i < count; i++) {
        leftward |= types[i] == FRIBIDI_TYPE_RTL || types[i] == FRIBIDI_TYPE_AL;
        rightward |= types[i] == FRIBIDI_TYPE_LTR && !flag_letter(chars[i].code);
    }
    return leftward && (rtl || !rightward);
}

/* fribidi is quadratic in isolates: further ones do nothing. */
static void limit_isolates(FriBidiCharType *types, int count)
{
    for (int i = 0, found = 0; i < count; i++) {
        bool isolate = types[i] == FRIBIDI_TYPE_LRI || types[i] == FRIBIDI_TYPE_RLI || types[i] == FRIBIDI_TYPE_FSI;
        if ((isolate || types[i] == FRIBIDI_TYPE_PDI) && ++found > ISOLATES_MAX)
            types[i] = FRIBIDI_TYPE_BN;
    }
}

/* Levels stay at 0 where nothing turns, which is nearly always. */
static void find_levels(const struct sw_text_source *source, struct sw_arena *scratch, struct sw_text_paragraph *paragraph)
{
    bool turns = false;
    for (int i = 0; !turns && i < paragraph->count; i++)
        turns = sw_character_turns(paragraph->chars[i].code);
    if (!turns)
        return;
    size_t count = (size_t)paragraph->count;
    FriBidiChar *codes = sw_arena_array(scratch, count, sizeof *codes);
    FriBidiCharType *types = sw_arena_array(scratch, count, sizeof *types);
    FriBidiBracketType *brackets = sw_arena_array(scratch, count, sizeof *brackets);
    FriBidiLevel *levels = sw_arena_array(scratch, count, sizeof *levels);
    for (size_t i = 0; i < count; i++)
        codes[i] = paragraph->chars[i].code;
    fribidi_get_bidi_types(codes, paragraph->count, types);
    limit_isolates(types, paragraph->count);
    fribidi_get_bracket_types(codes, paragraph->count, types, brackets);
    paragraph->base_level = base_level(source->rtl, paragraph->chars, types, paragraph->count);
    FriBidiParType base = paragraph->base_level == 1 ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    if (fribidi_get_par_embedding_levels_ex(types, brackets, paragraph->count, &base, levels) == 0)
        return;
    for (size_t i = 0; i < count; i++)
        paragraph->chars[i].level = (uint8_t)levels[i];
}

static void find_starts(struct sw_text_paragraph *paragraph)
{
    bool half_flag = false; /* the character before is the first letter of a flag */
    int begun = 0;          /* where the character at hand began */
    for (int i = 0; i < paragraph->count; i++) {
        uint32_t code = paragraph->chars[i].code, before = i > 0 ? paragraph->chars[i - 1].code : 0;
        bool sign = sw_character_emoji(code) || (code >= 0x2190 && code < 0x2e80);
        bool joined = before == ZERO_WIDTH_JOINER && i - begun < JOINED_MAX && sign;
        bool second = half_flag && flag_letter(code);
        paragraph->chars[i].starts = i == 0 || !(joined || second || sw_character_extends(code) || sw_character_silent(code));
        begun = paragraph->chars[i].starts ? i : begun;
        half_flag = flag_letter(code) && !second;
    }
}

/* The font of one character with its marks, chars[from] to chars[to - 1]. */
static int pick(struct sw_text_source *source, const struct sw_text_char *chars, int from, int to)
{
    const struct sw_font_chain *chain = &source->chains[chars[from].style];
    uint32_t codes[CLUSTER_MAX];
    size_t count = 0;
    bool colour = false, plain = false;
    for (int i = from; i < to && count < CLUSTER_MAX; i++) {
        if (sw_character_space(chars[i].code) && count == 0)
            return chain->count > 0 ? chain->faces[0] : SW_FACE_NONE;
        if (!sw_character_silent(chars[i].code))
            codes[count++] = chars[i].code;
        colour |= sw_character_emoji(chars[i].code) || chars[i].code == COLOUR_SELECTOR;
        plain |= chars[i].code == PLAIN_SELECTOR;
    }
    if (count == 0)
        return chain->count > 0 ? chain->faces[0] : SW_FACE_NONE;
    return sw_fonts_pick(source->fonts, chain, codes, count, colour && !plain);
}

static void judge_figures(struct sw_text_paragraph *paragraph)
{
    int words = 0;
    bool inside = false;
    for (int i = 0; i < paragraph->count; i++) {
        bool letter = paragraph->chars[i].script != SW_SCRIPT_COMMON && sw_character_digits(paragraph->chars[i].code) == 0;
        words += letter && !inside;
        inside = letter || (inside && !sw_character_space(paragraph->chars[i].code));
    }
    paragraph->figures = words <= FIGURE_WORDS;
}

static enum sw_text_kind kind_of(struct sw_fonts *fonts, uint32_t code, int face)
{
    if (sw_character_silent(code))
        return SW_TEXT_SILENT;
    if (sw_character_space(code))
        return SW_TEXT_SPACE;
    if (face == SW_FACE_NONE)
        return SW_TEXT_BOXES;
    return sw_fonts_coloured(fonts, face) ? SW_TEXT_COLOUR : SW_TEXT_WORD;
}

static void find_faces(struct sw_text_source *source, struct sw_text_paragraph *paragraph)
{
    struct sw_text_char *chars = paragraph->chars;
    for (int from = 0, to; from < paragraph->count; from = to) {
        for (to = from + 1; to < paragraph->count && !chars[to].starts; to++)
            ;
        int face = pick(source, chars, from, to);
        for (int i = from; i < to; i++) {
            chars[i].face = (int16_t)face;
            chars[i].script = (uint8_t)sw_character_script(chars[i].code);
            chars[i].kind = (uint8_t)kind_of(source->fonts, chars[i].code, face);
            chars[i].alone = sw_character_ideograph(chars[i].code);
        }
    }
}

/* Behind the ends of lines; returns how many. */
static int skip_line_ends(struct sw_text_source *source)
{
    int newlines = 0;
    while (source->at < source->length) {
        uint32_t code;
        size_t bytes = sw_utf8_decode(source->text + source->at, source->length - source->at, &code);
        if (bytes == 0 || !(ends_line(code) || code == '\r'))
            break;
        newlines += code != '\r';
        source->at += bytes;
    }
    return newlines;
}

static bool read_paragraph(struct sw_text_source *source, struct sw_arena *scratch, struct sw_text_paragraph *paragraph)
{
    bool first = source->at == 0;
    int newlines = 0;
    *paragraph = (struct sw_text_paragraph){0};
    while (paragraph->count == 0) {
        newlines += skip_line_ends(source);
        if (source->at >= source->length)
            return false;
        paragraph->bullet = false;
        paragraph->start = (int)source->at;
        read_chars(source, paragraph);
    }
    paragraph->next = (int)source->at;
    paragraph->gaps = first || newlines < 2 ? 0 : newlines - 1;
    find_breaks(scratch, paragraph);
    find_levels(source, scratch, paragraph);
    find_starts(paragraph);
    find_faces(source, paragraph);
    judge_figures(paragraph);
    return true;
}

bool sw_text_source_paragraph(struct sw_text_source *source, struct sw_arena *scratch, size_t number, struct sw_text_paragraph *paragraph)
{
    while (source->count <= number) {
        if (!read_paragraph(source, scratch, paragraph))
            return false;
        source->paragraphs = sw_grow(source->paragraphs, &source->capacity, source->count + 1, sizeof *source->paragraphs);
        source->paragraphs[source->count++] = *paragraph;
    }
    *paragraph = source->paragraphs[number];
    return true;
}
