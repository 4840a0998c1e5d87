/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/linebreak.h"

#include <stdbool.h>

#include "view/text_character.h"

#define SOFT_HYPHEN 0xad
#define ZERO_WIDTH_SPACE 0x200b
#define WORD_JOINER 0x2060
#define EN_DASH 0x2013
#define EM_DASH 0x2014
#define SLASH_LETTERS 3 /* on either side: "und/oder" may be parted, "km/h" not */

static bool one_of(uint32_t code, const uint32_t *list)
{
    while (*list != 0 && *list != code)
        list++;
    return *list != 0;
}

/* What must not begin a line, even after a space (rules LB13, LB16, LB22). */
static bool closes(uint32_t code)
{
    static const uint32_t list[] = {
        ')',    ']',    '}',    '!',    '?',    ',',    '.',    ';',    ':',    '/',    0xbb,   0x2019, 0x201d, 0x203a, 0x2026, 0x3001,
        0x3002, 0x3005, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011, 0x3015, 0x3017, 0x301c, 0x30fb, 0x30fc, 0x3041, 0x3043, 0x3045, 0x3047,
        0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308e, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30c3, 0x30e3, 0x30e5, 0x30e7, 0x30ee,
        0xff01, 0xff09, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff1f, 0xff3d, 0xff5d, 0xff61, 0xff63, 0x61f,  0x60c,  0x61b,  0};
    return one_of(code, list);
}

/* What must not end a line (LB14). U+201C opens in English and closes in German: it is left to the spaces around it. */
static bool opens(uint32_t code)
{
    static const uint32_t list[] = {'(',    '[',    '{',    0xa1,   0xab,   0xbf,   0x201e, 0x201a, 0x2039, 0x3008, 0x300a,
                                    0x300c, 0x300e, 0x3010, 0x3014, 0x3016, 0xff08, 0xff3b, 0xff5b, 0};
    return one_of(code, list);
}

static bool digit(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9);
}

/* A space at which a line may end. */
static bool gap(uint32_t code)
{
    return sw_character_space(code) && !sw_character_sticky(code);
}

static bool letter(uint32_t code)
{
    return code >= 'A' && !sw_character_space(code) && !sw_character_silent(code) && !closes(code) && !opens(code) &&
           (code < 0x2000 || code > 0x206f);
}

/* Letters in a row before (step -1) or from (step 1) a place, counted up to SLASH_LETTERS. */
static int letters(const uint32_t *codes, size_t count, size_t at, int step)
{
    int found = 0;
    while (at < count && found < SLASH_LETTERS && letter(codes[at])) {
        found++;
        at += (size_t)step; /* before 0 comes SIZE_MAX, which ends it */
    }
    return found;
}

/* Whether a line may end behind codes[at - 1], which is neither a space nor an ideograph, and begin with codes[at]. */
static bool breaks_after(const uint32_t *codes, size_t count, size_t at)
{
    uint32_t before = codes[at - 1], next = codes[at];
    if (next == '-' || next == 0x2010 || next == EN_DASH || next == EM_DASH)
        return false;
    bool begins = at < 2 || sw_character_space(codes[at - 2]); /* a dash in front of a word belongs to it */
    switch (before) {
    case '-':
    case 0x2010:
        return !begins && !digit(next);
    case EN_DASH:
    case EM_DASH:
        return !begins && !(digit(codes[at - 2]) && digit(next));
    case '/':
        return at >= 2 && letters(codes, count, at - 2, -1) == SLASH_LETTERS && letters(codes, count, at, 1) == SLASH_LETTERS;
    default:
        return false;
    }
}

/* A dash with spaces on both sides stays with the word before it. */
static bool spaced_dash(const uint32_t *codes, size_t count, size_t at)
{
    return (codes[at] == EN_DASH || codes[at] == EM_DASH) && (at + 1 == count || sw_character_space(codes[at + 1]));
}

/* Whether an opening bracket or quote stands before the spaces that end at `at`. */
static bool opened(const uint32_t *codes, size_t at)
{
    while (at > 0 && gap(codes[at - 1]))
        at--;
    return at > 0 && opens(codes[at - 1]);
}

static bool flag_letter(uint32_t code)
{
    return code >= 0x1f1e6 && code <= 0x1f1ff;
}

/* Between two emoji; the two letters of a flag stay together. */
static bool parts_emoji(const uint32_t *codes, size_t at)
{
    if (!sw_character_emoji(codes[at]) || !(sw_character_emoji(codes[at - 1]) || sw_character_extends(codes[at - 1])))
        return false;
    size_t flags = 0;
    while (flags < at && flag_letter(codes[at - 1 - flags]))
        flags++;
    return !flag_letter(codes[at]) || flags % 2 == 0;
}

static enum sw_break judge(const uint32_t *codes, size_t count, size_t at)
{
    uint32_t before = codes[at - 1], next = codes[at];
    if (gap(next) || sw_character_extends(next))
        return SW_BREAK_NONE; /* spaces hang at the line's end; marks stay with their base */
    if (gap(before))
        return closes(next) || spaced_dash(codes, count, at) || opened(codes, at) ? SW_BREAK_NONE : SW_BREAK_SPACE;
    if (before == ZERO_WIDTH_SPACE)
        return SW_BREAK_PLAIN;
    if (sw_character_sticky(before) || sw_character_sticky(next) || before == WORD_JOINER || next == WORD_JOINER || before == 0xfeff ||
        next == 0xfeff || next == ZERO_WIDTH_SPACE || next == SOFT_HYPHEN || before == 0x200d)
        return SW_BREAK_NONE;
    if (before == SOFT_HYPHEN)
        return at >= 2 && !sw_character_space(codes[at - 2]) ? SW_BREAK_HYPHEN : SW_BREAK_NONE;
    if (closes(next) || opens(before))
        return SW_BREAK_NONE;
    if (breaks_after(codes, count, at))
        return SW_BREAK_PLAIN;
    if (sw_character_ideograph(before) || sw_character_ideograph(next))
        return SW_BREAK_PLAIN;
    return parts_emoji(codes, at) ? SW_BREAK_PLAIN : SW_BREAK_NONE;
}

void sw_linebreak_find(const uint32_t *codes, size_t count, uint8_t *breaks)
{
    if (count > 0)
        breaks[0] = SW_BREAK_NONE;
    for (size_t i = 1; i < count; i++)
        breaks[i] = (uint8_t)judge(codes, count, i);
}
