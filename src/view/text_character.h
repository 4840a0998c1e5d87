/* SPDX-License-Identifier: EUPL-1.2 */
/* What setting text needs to know of single code points (Unicode 15, the parts that a wall shows). Pure functions, any thread. */
#ifndef SW_VIEW_TEXT_CHARACTER_H
#define SW_VIEW_TEXT_CHARACTER_H

#include <stdbool.h>
#include <stdint.h>

enum sw_script {
    SW_SCRIPT_COMMON, /* punctuation, digits, marks: of any script */
    SW_SCRIPT_LATIN,
    SW_SCRIPT_GREEK,
    SW_SCRIPT_CYRILLIC,
    SW_SCRIPT_ARMENIAN,
    SW_SCRIPT_HEBREW,
    SW_SCRIPT_ARABIC,
    SW_SCRIPT_SYRIAC,
    SW_SCRIPT_THAANA,
    SW_SCRIPT_DEVANAGARI,
    SW_SCRIPT_BENGALI,
    SW_SCRIPT_GURMUKHI,
    SW_SCRIPT_GUJARATI,
    SW_SCRIPT_ORIYA,
    SW_SCRIPT_TAMIL,
    SW_SCRIPT_TELUGU,
    SW_SCRIPT_KANNADA,
    SW_SCRIPT_MALAYALAM,
    SW_SCRIPT_SINHALA,
    SW_SCRIPT_THAI,
    SW_SCRIPT_LAO,
    SW_SCRIPT_TIBETAN,
    SW_SCRIPT_MYANMAR,
    SW_SCRIPT_GEORGIAN,
    SW_SCRIPT_HANGUL,
    SW_SCRIPT_ETHIOPIC,
    SW_SCRIPT_KHMER,
    SW_SCRIPT_HIRAGANA,
    SW_SCRIPT_KATAKANA,
    SW_SCRIPT_HAN,
    SW_SCRIPT_COUNT
};

enum sw_script sw_character_script(uint32_t code);
/* ISO 15924 name, as shaping wants it; COMMON is named as Latin. */
const char *sw_script_name(enum sw_script script);
/* Whether letters of the script stand for themselves, so that they may be set apart. */
bool sw_script_spreads(enum sw_script script);

/* Takes room and has no ink: all spaces, the no-break ones too. */
bool sw_character_space(uint32_t code);
/* Of the spaces those at which no line ends. */
bool sw_character_sticky(uint32_t code);
/* Takes no room and has no ink: controls, soft hyphen, zero width space, word joiner, direction controls. */
bool sw_character_silent(uint32_t code);
/* Belongs to the character before it: combining marks, joiners, variation selectors, skin tones. */
bool sw_character_extends(uint32_t code);
/* Han, kana, hangul: lines end between any two of them. */
bool sw_character_ideograph(uint32_t code);
/* Shown in colour unless told otherwise. */
bool sw_character_emoji(uint32_t code);
/* Makes a text need the bidirectional algorithm: a right-to-left letter or number, or a control of direction. */
bool sw_character_turns(uint32_t code);
/* Zero of the decimal digits that the character is one of: European, Arabic-Indic or Persian; else 0. */
uint32_t sw_character_digits(uint32_t code);
/* In numbers, times and dates beside the digits. */
bool sw_character_separates(uint32_t code);

#endif
