/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/must.h"
#include "base/utf8.h"
#include "view/linebreak.h"
#include "view/text_character.h"

/* The text with every place marked at which a line may begin: | after spaces, + elsewhere, ~ after a soft hyphen. */
static const char *const cases[] = {
    "",
    "Rhein",
    "Rhein |und |Ruhr",
    "zwei  |Leerzeichen",
    "Smart-+City",
    "Fuß- |und |Radweg",
    "minus |-5",
    "5-6 |und |U-+Bahn",
    "A--+B",
    "10–12 |Uhr",
    "Duisburg–+Essen",
    "Text – |mehr",
    "Text |—mehr",
    "und/+oder",
    "km/h",
    "m³/s",
    "1/2",
    "Straße/+Platz",
    "Donau\u00ad~dampf\u00ad~schiff",
    "\u00adRhein",
    "20\u00a0000 |Schiffe",
    "41\u202fcm",
    "a |\u00a0b",
    "lang\u200b+wort",
    "a-\u2060b",
    "Ja ! |Nein",
    "Ja! |Nein? |Gut.",
    "„Zitat“ |(Klammer) |«Wort»",
    "( auf )",
    "1.234,5 |m",
    "漢+字+漢",
    "漢+字。+漢",
    "「漢」+字",
    "abc+漢",
    "\u304b\u3099+\u304b",
    "e\u0301 |e",
    "\U0001f600+\U0001f600",
    "\U0001f1e9\U0001f1ea+\U0001f1eb\U0001f1f7",
    "\U0001f469\u200d\U0001f52c+\U0001f600",
    "https://duisburg.de",
    "a\t|b",
};

static size_t read_case(const char *marked, uint32_t *codes, uint8_t *expected)
{
    size_t count = 0;
    uint8_t mark = SW_BREAK_NONE;
    for (const char *at = marked; *at != '\0';) {
        uint32_t code;
        at += sw_utf8_decode(at, strlen(at), &code);
        if (code == '|' || code == '+' || code == '~') {
            mark = code == '|' ? SW_BREAK_SPACE : code == '+' ? SW_BREAK_PLAIN : SW_BREAK_HYPHEN;
            continue;
        }
        codes[count] = code;
        expected[count++] = mark;
        mark = SW_BREAK_NONE;
    }
    return count;
}

static void test_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        uint32_t codes[64];
        uint8_t expected[64], breaks[64];
        size_t count = read_case(cases[i], codes, expected);
        sw_linebreak_find(codes, count, breaks);
        for (size_t k = 0; k < count; k++) {
            if (breaks[k] != expected[k])
                fail_msg("\"%s\": before character %zu (U+%04X) %d, expected %d", cases[i], k, (unsigned)codes[k], breaks[k], expected[k]);
        }
    }
}

/* No place is ever found before a mark or within a flag, whatever stands around it. */
static void test_any_order(void **state)
{
    (void)state;
    static const uint32_t pool[] = {'a', ' ', '-', '/', '5', 0x301, 0xad, 0x200b, 0x200d, 0x2013, 0xa0,
                                    0x6f22, 0x1f600, 0x1f1e9, 0xfe0f, '('};
    uint32_t seed = 1, codes[16];
    uint8_t breaks[16];
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < SW_COUNT(codes); i++) {
            seed = seed * 1664525u + 1013904223u;
            codes[i] = pool[seed >> 28];
        }
        sw_linebreak_find(codes, SW_COUNT(codes), breaks);
        assert_int_equal(breaks[0], SW_BREAK_NONE);
        for (size_t i = 1; i < SW_COUNT(codes); i++) {
            if (sw_character_extends(codes[i]) || codes[i] == ' ' || codes[i - 1] == 0xa0 || codes[i - 1] == '(')
                assert_int_equal(breaks[i], SW_BREAK_NONE);
        }
    }
}

static void test_scripts_rise(void **state)
{
    (void)state;
    assert_int_equal(sw_character_script('a'), SW_SCRIPT_LATIN);
    assert_int_equal(sw_character_script('1'), SW_SCRIPT_COMMON);
    assert_int_equal(sw_character_script(0xdf), SW_SCRIPT_LATIN);
    assert_int_equal(sw_character_script(0x3b1), SW_SCRIPT_GREEK);
    assert_int_equal(sw_character_script(0x628), SW_SCRIPT_ARABIC);
    assert_int_equal(sw_character_script(0x5d0), SW_SCRIPT_HEBREW);
    assert_int_equal(sw_character_script(0x6f22), SW_SCRIPT_HAN);
    assert_int_equal(sw_character_script(0x2fa1d), SW_SCRIPT_HAN);
    assert_int_equal(sw_character_script(0x10ffff), SW_SCRIPT_COMMON);
    assert_string_equal(sw_script_name(SW_SCRIPT_ARABIC), "Arab");
    assert_string_equal(sw_script_name(SW_SCRIPT_HAN), "Hani");
    assert_string_equal(sw_script_name(SW_SCRIPT_KHMER), "Khmr");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_scripts_rise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
