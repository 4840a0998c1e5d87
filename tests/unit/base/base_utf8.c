/* SPDX-License-Identifier: EUPL-1.2 */
/* UTF-8 (RFC 3629) and case. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/must.h"
#include "base/utf8.h"

static void every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        char bytes[4];
        uint32_t back = 1;
        if (code >= 0xD800 && code <= 0xDFFF) {
            continue;
        }
        size_t length = sw_utf8_encode(code, bytes);
        size_t expected = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        if (length != expected || sw_utf8_decode(bytes, length, &back) != length || back != code ||
            (length > 1 && sw_utf8_decode(bytes, length - 1, &back) != 0)) {
            fail_msg("U+%04X", (unsigned)code);
        }
    }
}

static void what_is_no_utf8_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE2\x82", "\xE2\x28\xA1",
        "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98", "\xF0\x28\x8C\xBC", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFC\x84\x80\x80\x80\x80", "\xFE", "\xFF", "\xE2\x82\xC0", "\xF0\x9F\x98\x41",
    };
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        uint32_t code = 77;
        if (sw_utf8_decode(bad[i], strlen(bad[i]), &code) != 0 || code != 77 || sw_utf8_valid(bad[i], strlen(bad[i])) != 0) {
            fail_msg("case %zu is taken", i);
        }
    }
    uint32_t code;
    assert_int_equal(sw_utf8_decode("a", 0, &code), 0);
}

static void no_code_point_becomes_the_replacement(void **state)
{
    (void)state;
    static const uint32_t none[] = {0xD800, 0xDFFF, 0x110000, UINT32_MAX};
    for (size_t i = 0; i < SW_COUNT(none); i++) {
        char bytes[4];
        assert_int_equal(sw_utf8_encode(none[i], bytes), 3);
        assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    }
}

static void prefixes_and_counts(void **state)
{
    (void)state;
    static const char text[] = "Grüße, 世界 😀";
    assert_int_equal(sw_utf8_valid(text, strlen(text)), strlen(text));
    assert_int_equal(sw_utf8_count(text, strlen(text)), 11);
    assert_int_equal(sw_utf8_valid("gut\xFFschlecht", 12), 3);
    assert_int_equal(sw_utf8_valid("gut\xC3", 4), 3);
    assert_int_equal(sw_utf8_valid("", 0), 0);
    assert_int_equal(sw_utf8_valid("a\0b", 3), 3);
}

static void case_maps(void **state)
{
    (void)state;
    static const struct {
        uint32_t small, capital;
    } pairs[] = {
        {'a', 'A'},       {'z', 'Z'},       {0xE4, 0xC4},     {0xF6, 0xD6},     {0xFC, 0xDC},     {0xFF, 0x178},    {0x101, 0x100},
        {0x142, 0x141},   {0x15F, 0x15E},   {0x161, 0x160},   {0x17E, 0x17D},   {0x1A1, 0x1A0},   {0x259, 0x18F},   {0x219, 0x218},
        {0x3B1, 0x391},   {0x3C9, 0x3A9},   {0x3AC, 0x386},   {0x3CE, 0x38F},   {0x430, 0x410},   {0x44F, 0x42F},   {0x451, 0x401},
        {0x456, 0x406},   {0x491, 0x490},   {0x4CF, 0x4C0},   {0x1E0D, 0x1E0C}, {0x1EF9, 0x1EF8}, {0x1F00, 0x1F08}, {0x1F51, 0x1F59},
        {0x1F80, 0x1F88}, {0x1FF3, 0x1FFC},
    };
    for (size_t i = 0; i < SW_COUNT(pairs); i++) {
        if (sw_utf8_upper(pairs[i].small, false) != pairs[i].capital || sw_utf8_lower(pairs[i].capital, false) != pairs[i].small ||
            sw_utf8_upper(pairs[i].capital, false) != pairs[i].capital || sw_utf8_lower(pairs[i].small, false) != pairs[i].small) {
            fail_msg("U+%04X and U+%04X", (unsigned)pairs[i].small, (unsigned)pairs[i].capital);
        }
    }
}

static void case_of_letters_apart(void **state)
{
    (void)state;
    assert_int_equal(sw_utf8_upper(0xDF, false), 0xDF); /* sharp s stays */
    assert_int_equal(sw_utf8_lower(0x1E9E, false), 0xDF);
    assert_int_equal(sw_utf8_upper(0x3C2, false), 0x3A3); /* final sigma */
    assert_int_equal(sw_utf8_upper(0xB5, false), 0x39C);  /* micro sign */
    assert_int_equal(sw_utf8_upper(0x17F, false), 'S');   /* long s */
    assert_int_equal(sw_utf8_upper('i', true), 0x130);
    assert_int_equal(sw_utf8_lower('I', true), 0x131);
    assert_int_equal(sw_utf8_upper(0x131, true), 'I');
    assert_int_equal(sw_utf8_lower(0x130, true), 'i');
    assert_int_equal(sw_utf8_lower(0x130, false), 'i');
    assert_int_equal(sw_utf8_upper('i', false), 'I');
    static const uint32_t same[] = {0, '1', '[', '@', '`', '{', 0xD7, 0xF7, 0x138, 0x4E16, 0x5D0, 0x627, 0x1F600, 0xD800, UINT32_MAX};
    for (size_t i = 0; i < SW_COUNT(same); i++) {
        assert_true(sw_utf8_upper(same[i], false) == same[i]);
        assert_true(sw_utf8_lower(same[i], false) == same[i]);
    }
}

static void lines(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t capacity;
        const char *line;
    } cases[] = {
        {"", 1, ""},
        {"Grüße", 8, "Grüße"},
        {"Grüße", 7, "Grüß"},
        {"Grüße", 4, "Gr"},
        {"a\x1b[31m\n\xFF"
         "b\x7F\xC2\x85|\xC3",
         32, "a?[31m??b??|?"},
        {"\xC2\x85\xC2\x85", 3, "??"},
        {"a\xC3\xBC", 3, "a"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        char line[32];
        sw_utf8_put_line(line, cases[i].capacity, cases[i].text);
        assert_string_equal(line, cases[i].line);
        assert_true(sw_utf8_is_line(line, cases[i].capacity));
    }
    static const char *const others[] = {"\n", "a\tb", "\x7F", "a\xC2\x9F", "\xFF", "\xC3", "\xED\xA0\x80"};
    for (size_t i = 0; i < SW_COUNT(others); i++)
        assert_false(sw_utf8_is_line(others[i], 32));
    assert_false(sw_utf8_is_line("abc", 3)); /* no end */
    assert_true(sw_utf8_is_line("abc", 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_comes_back), cmocka_unit_test(what_is_no_utf8_is_refused),
        cmocka_unit_test(no_code_point_becomes_the_replacement), cmocka_unit_test(prefixes_and_counts),
        cmocka_unit_test(case_maps), cmocka_unit_test(case_of_letters_apart), cmocka_unit_test(lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
