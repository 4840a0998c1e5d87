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

/* What must not begin a line, even after a space (rules LB13, LB16, LB22). */
static bool closes(uint32_t code)
{
    switch (code) {
    case ')': case ']': case '}': case '!': case '?': case ',': case '.':
    case ';': case ':': case '/': case 0xbb: case 0x2019: case 0x201d: case 0x203a: case 0x2026:
    case 0x3001: case 0x3002: case 0x3005: case 0x3009: case 0x300b: case 0x300d: case 0x300f: case 0x3011:
    case 0x3015: case 0x3017: case 0x301c: case 0x30fb: case 0x30fc: case 0x3041: case 0x3043: case 0x3045:
    case 0x3047: case 0x3049: case 0x3063: case 0x3083: case 0x3085: case 0x3087: case 0x308e: case 0x30a1:
    case 0x30a3: case 0x30a5: case 0x30a7: case 0x30a9: case 0x30c3: case 0x30e3: case 0x30e5: case 0x30e7:
    case 0x30ee: case 0xff01: case 0xff09: case 0xff0c: case 0xff0e: case 0xff1a: case 0xff1b: case 0xff1f:
    case 0xff3d: case 0xff5d: case 0xff61: case 0xff63: case 0x60c: case 0x61b: case 0x61f:
    case 0x66a: case 0x6d4:
        return true;
    default:
        return false;
    }
}

/* What must not end a line (LB14). U+201C opens in English and closes in German: it is left to the spaces around it. */
static bool opens(uint32_t code)
{
    switch (code) {
    case '(': case '[': case '{': case 0xa1: case 0xab: case 0xbf: case 0x201e: case 0x201a:
    case 0x2039: case 0x3008: case 0x300a: case 0x300c: case 0x300e: case 0x3010: case 0x3014: case 0x3016:
    case 0xff08: case 0xff3b: case 0xff5b:
        return true;
    default:
        return false;
    }
}

static bool digit(uint32_t code)
{
    return sw_character_digits(code) != 0;
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

/* Between two emoji; the two letters of a flag stay together. `flags`: how many of them stand directly before. */
static bool parts_emoji(const uint32_t *codes, size_t at, size_t flags)
{
    if (!sw_character_emoji(codes[at]) || !(sw_character_emoji(codes[at - 1]) || sw_character_extends(codes[at - 1])))
        return false;
    return !flag_letter(codes[at]) || flags % 2 == 0;
}

/* Letters and digits that no rule looks at: nearly all of a text. */
static bool plain(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9') || (code >= 0xc0 && code < 0x300) ||
           (code >= 0x370 && code < 0x483) || (code >= 0x620 && code < 0x64b);
}

static enum sw_break judge(const uint32_t *codes, size_t count, size_t at, size_t flags)
{
    uint32_t before = codes[at - 1], next = codes[at];
    if (plain(before) && plain(next))
        return SW_BREAK_NONE;
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
    return parts_emoji(codes, at, flags) ? SW_BREAK_PLAIN : SW_BREAK_NONE;
}

void sw_linebreak_find(const uint32_t *codes, size_t count, uint8_t *breaks)
{
    size_t flags = 0;
    if (count > 0)
        breaks[0] = SW_BREAK_NONE;
    for (size_t i = 1; i < count; i++) {
        flags = flag_letter(codes[i - 1]) ? flags + 1 : 0;
        breaks[i] = (uint8_t)judge(codes, count, i, flags);
    }
}
