/* SPDX-License-Identifier: EUPL-1.2 */
#include "hard_texts.h"

#include <stdint.h>
#include <string.h>

#include "base/must.h"
#include "base/utf8.h"

#define KIB ((size_t)1024)
#define MIB (1024 * KIB)

static void put(struct sw_buffer *out, uint32_t code)
{
    char bytes[8];
    sw_buffer_add(out, bytes, sw_utf8_encode(code, bytes));
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void repeat(struct sw_buffer *out, size_t bytes, const char *unit)
{
    while (out->length + strlen(unit) <= bytes)
        sw_buffer_add_text(out, unit);
}

/* Words of two to nine letters between the two that `unit` holds, no two alike; `end` now and then instead of a space. */
static void fill(struct sw_buffer *out, size_t bytes, const char *unit, char end)
{
    uint32_t seed = 1, first = 0, last = 0;
    size_t length = sw_utf8_decode(unit, strlen(unit), &first);
    sw_utf8_decode(unit + length, strlen(unit) - length, &last);
    while (out->length + 32 < bytes) {
        for (uint32_t letters = 2 + next(&seed) % 8; letters > 0; letters--)
            put(out, first + next(&seed) % (last - first + 1));
        put(out, next(&seed) % 12 == 0 ? (uint32_t)end : ' ');
    }
}

static void words(struct sw_buffer *out, size_t bytes, const char *unit)
{
    fill(out, bytes, unit, '\n');
}

static void one_line(struct sw_buffer *out, size_t bytes, const char *unit)
{
    fill(out, bytes, unit, ' ');
}

/* A thousand that differ. */
static void emoji(struct sw_buffer *out, size_t bytes, const char *unit)
{
    static const uint32_t ranges[][2] = {{0x1f300, 0x1f320}, {0x1f330, 0x1f335}, {0x1f337, 0x1f37c}, {0x1f380, 0x1f393},
                                         {0x1f3a0, 0x1f3c4}, {0x1f3e0, 0x1f3f0}, {0x1f400, 0x1f43e}, {0x1f442, 0x1f4f7},
                                         {0x1f500, 0x1f53d}, {0x1f5fb, 0x1f640}, {0x1f645, 0x1f64f}, {0x1f680, 0x1f6c5},
                                         {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945}, {0x1f947, 0x1f9ff}};
    (void)bytes;
    int count = 0;
    for (size_t i = 0; i < SW_COUNT(ranges); i++) {
        for (uint32_t code = ranges[i][0]; code <= ranges[i][1] && count < 1000; code++, count++) {
            put(out, code);
            sw_buffer_add_text(out, unit);
        }
    }
    for (uint32_t code = 0x1f44a; count < 1000; code++, count++) { /* with a tone of skin they differ again */
        put(out, code);
        put(out, 0x1f3fe);
    }
}

static void flags(struct sw_buffer *out, size_t bytes, const char *unit)
{
    for (uint32_t i = 0; i < 26 * 26 && out->length + 16 < bytes; i++) {
        put(out, 0x1f1e6 + i / 26);
        put(out, 0x1f1e6 + i % 26);
        sw_buffer_add_text(out, unit);
    }
}

/* Families: four people of every tone of skin, joined. */
static void families(struct sw_buffer *out, size_t bytes, const char *unit)
{
    uint32_t seed = 3;
    while (out->length + 64 < bytes) {
        for (int i = 0; i < 4; i++) {
            put(out, next(&seed) % 2 ? 0x1f468 : 0x1f469);
            put(out, 0x1f3fb + next(&seed) % 5);
            sw_buffer_add_text(out, i < 3 ? "\u200d" : unit);
        }
    }
}

/* Every letter with as many marks as `unit` has characters. */
static void marked(struct sw_buffer *out, size_t bytes, const char *unit)
{
    uint32_t seed = 5;
    while (out->length + 64 < bytes) {
        put(out, 'a' + next(&seed) % 26);
        for (const char *at = unit; *at != '\0'; at++)
            put(out, 0x300 + next(&seed) % 0x70);
        if (next(&seed) % 6 == 0)
            put(out, ' ');
    }
}

static void one_letter_and_marks(struct sw_buffer *out, size_t bytes, const char *unit)
{
    sw_buffer_add_text(out, "Z");
    repeat(out, bytes, unit);
}

/* A letter of another script after each letter. */
static void scripts(struct sw_buffer *out, size_t bytes, const char *unit)
{
    static const uint32_t starts[] = {'a', 0x3b1, 0x430, 0x5d0, 0x628, 0x905, 0xe01, 0x4e00, 0x1f600, '0'};
    uint32_t seed = 7;
    for (size_t i = 0; out->length + 8 < bytes; i++) {
        put(out, starts[i % SW_COUNT(starts)] + next(&seed) % 20);
        if (i % 8 == 7)
            sw_buffer_add_text(out, unit);
    }
}

/* Another style for each letter: marks as Markdown leaves them. */
static void styles(struct sw_buffer *out, size_t bytes, const char *unit)
{
    uint32_t seed = 9;
    while (out->length + 8 < bytes) {
        put(out, unit[next(&seed) % strlen(unit)]);
        put(out, next(&seed) % 6 == 0 ? ' ' : 'a' + next(&seed) % 26);
    }
}

static void numbers(struct sw_buffer *out, size_t bytes, const char *unit)
{
    uint32_t seed = 11;
    while (out->length + 32 < bytes) {
        for (uint32_t digits = 3 + next(&seed) % 8; digits > 0; digits--)
            put(out, '0' + next(&seed) % 10);
        sw_buffer_add_text(out, unit);
    }
}

/* Any code point, assigned or not. */
static void anything(struct sw_buffer *out, size_t bytes, const char *unit)
{
    uint32_t seed = 13;
    while (out->length + 16 < bytes) {
        uint32_t code = 0x20 + next(&seed) % 0x1fbe0;
        put(out, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
        if (next(&seed) % 6 == 0)
            sw_buffer_add_text(out, unit);
    }
}

const struct hard_text hard_texts[] = {
    {"nothing", 0, repeat, "x"},
    {"prose", 64 * KIB, repeat, "Der Rhein steht heute 41 cm höher als gestern, und das Wasser reicht bis an den Kai. "},
    {"11 000 words", 64 * KIB, words, "az"},
    {"11 000 words, one line", 64 * KIB, one_line, "az"},
    {"1 MiB of words", MIB, words, "az"},
    {"1 MiB of words, one line", MIB, one_line, "az"},
    {"1 MiB of one letter", MIB, repeat, "a"},
    {"1 MiB of spaces", MIB, repeat, " "},
    {"1 MiB of newlines", MIB, repeat, "\n"},
    {"100 000 lines", 300 * KIB, repeat, "ab\n"},
    {"separators of lines", 64 * KIB, repeat, "a\u2028"},
    {"one word of 64 KiB", 64 * KIB, repeat, "Donaudampfschifffahrt"},
    {"no-break spaces", 64 * KIB, repeat, "ab\u00a0"},
    {"soft hyphens", 64 * KIB, repeat, "a\u00ad"},
    {"soft hyphens alone", 64 * KIB, repeat, "\u00ad"},
    {"zero width spaces", 64 * KIB, repeat, "a\u200b"},
    {"zero width joiners", 64 * KIB, repeat, "a\u200d"},
    {"zero width, alone", 64 * KIB, repeat, "\u200b\u2060\ufeff"},
    {"tabs", 64 * KIB, repeat, "a\t"},
    {"hyphens", 64 * KIB, repeat, "a-"},
    {"slashes", 64 * KIB, repeat, "abc/"},
    {"brackets", 64 * KIB, repeat, "([{"},
    {"open, then spaces", 64 * KIB, repeat, "(               "},
    {"styles", 64 * KIB, styles, "\x01\x02\x03\x04\x05\x06"},
    {"bullets", 64 * KIB, repeat, "\x0e" "ab\n"},
    {"numbers", 64 * KIB, numbers, " "},
    {"values in lines", 64 * KIB, numbers, " m³\n"},
    {"1 000 marks on one letter", 2 * KIB, one_letter_and_marks, "\u0301"},
    {"64 KiB of marks", 64 * KIB, one_letter_and_marks, "\u0301"},
    {"8 marks a letter", 64 * KIB, marked, "mmmmmmmm"},
    {"1 mark a letter", 64 * KIB, marked, "m"},
    {"1 000 emoji", 0, emoji, ""},
    {"1 000 emoji apart", 0, emoji, " "},
    {"the same emoji", 64 * KIB, repeat, "\U0001f600"},
    {"flags", 8 * KIB, flags, " "},
    {"flag letters", 64 * KIB, repeat, "\U0001f1e9"},
    {"families", 32 * KIB, families, ""},
    {"a chain of joined emoji", 64 * KIB, repeat, "\U0001f469\u200d"},
    {"tones of skin", 64 * KIB, repeat, "\U0001f44d\U0001f3fe\U0001f3fb"},
    {"keycaps", 64 * KIB, repeat, "1\ufe0f\u20e3"},
    {"Arabic words", 64 * KIB, words, "\u0628\u064a"},
    {"Arabic words, one line", 64 * KIB, one_line, "\u0628\u064a"},
    {"Arabic and numbers", 64 * KIB, repeat, "عام 1831 في Duisburg، 12:30 "},
    {"Hebrew words", 64 * KIB, words, "\u05d0\u05ea"},
    {"Greek words", 64 * KIB, words, "\u03b1\u03c9"},
    {"Cyrillic words", 64 * KIB, words, "\u0430\u044f"},
    {"Devanagari words, no font", 64 * KIB, words, "\u0905\u0939"},
    {"ideographs, no font", 64 * KIB, words, "\u4e00\u9fa5"},
    {"another script each letter", 64 * KIB, scripts, ""},
    {"another script each letter, words", 64 * KIB, scripts, " "},
    {"overrides", 64 * KIB, repeat, "\u202ea\u202db"},
    {"embeddings", 64 * KIB, repeat, "\u202bא\u202ab"},
    {"isolates", 64 * KIB, repeat, "\u2067א\u2066b"},
    {"isolates open and close", 64 * KIB, repeat, "\u2067א\u2069"},
    {"brackets in Hebrew", 64 * KIB, repeat, "(א["},
    {"anything", 64 * KIB, anything, " "},
    {"anything, one word", 64 * KIB, anything, ""},
    {"bytes that are no UTF-8", 64 * KIB, repeat, "a\xff\xc3"},
    {"ligatures", 64 * KIB, repeat, "ffi fl ffl fi "},
};

const size_t hard_text_count = SW_COUNT(hard_texts);
