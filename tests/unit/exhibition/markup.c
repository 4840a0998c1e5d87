/* SPDX-License-Identifier: EUPL-1.2 */
/* Markdown as curators write it: what becomes marks, what stays as written, and that nothing hostile is slow. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/must.h"
#include "exhibition/markup.h"

static struct sw_arena arena;

/* Marks in letters: <b></b><i></i><c></c> and • for a bullet. */
static const char *visible(const char *text)
{
    static const char *const signs[] = {"", "<b>", "</b>", "<i>", "</i>", "<c>", "</c>"};
    char *out = sw_arena_alloc(&arena, strlen(text) * 4 + 1);
    for (; *text != '\0'; text++) {
        if (*text >= 1 && *text <= 6) {
            strcat(out, signs[(int)*text]);
        } else if (*text == SW_MARK_BULLET) {
            strcat(out, "•");
        } else if (*text == SW_MARK_VALUE) {
            strcat(out, "$");
        } else {
            strncat(out, text, 1);
        }
    }
    return out;
}

struct row {
    const char *markdown, *expected;
};

static void expect_all(const struct row *cases, size_t count, const char *(*read)(struct sw_arena *, const char *, size_t))
{
    for (size_t i = 0; i < count; i++) {
        const char *got = visible(read(&arena, cases[i].markdown, strlen(cases[i].markdown)));
        if (strcmp(got, cases[i].expected) != 0) {
            fail_msg("%s\n gives\n%s\n not\n%s", cases[i].markdown, got, cases[i].expected);
        }
    }
}

static void what_means_something(void **state)
{
    (void)state;
    static const struct row cases[] = {
        {"", ""},
        {"Der Rhein", "Der Rhein"},
        {"**stark** und *betont* und `code`", "<b>stark</b> und <i>betont</i> und <c>code</c>"},
        {"__stark__ und _betont_", "<b>stark</b> und <i>betont</i>"},
        {"***beides***", "<i><b>beides</b></i>"},
        {"**a *b* c**", "<b>a <i>b</i> c</b>"},
        {"*a *b* c*", "<i>a b c</i>"}, /* no span within one of its kind */
        {"„**Zitat**“", "„<b>Zitat</b>“"},
        {"**„Zitat“**", "<b>„Zitat“</b>"},
        {"**\"a\"** b", "<b>\"a\"</b> b"},
        {"- **\"a\"** b", "•<b>\"a\"</b> b"},
        {"Zeile\nZeile", "Zeile\nZeile"},
        {"Zeile  \nZeile", "Zeile\nZeile"},
        {"Zeile\\\nZeile", "Zeile\nZeile"},
        {"**über\nzwei**", "<b>über\nzwei</b>"},
        {"`über\nzwei`", "<c>über zwei</c>"},
        {"Absatz\n\nAbsatz", "Absatz\n\nAbsatz"},
        {"**Absatz**\n \t\n\n\nAbsatz", "<b>Absatz</b>\n\nAbsatz"},
        {"Absatz\r\n\r\nAbsatz\r\n", "Absatz\n\nAbsatz"},
        {"\n\n  am Rand  \n\n", "am Rand"},
        {"*\n\n*", "*\n\n*"},
        {"**offen\n\nzu**", "**offen\n\nzu**"},
        {"- eins\n- zwei", "•eins\n•zwei"},
        {"- *eins*\n- zwei", "•<i>eins</i>\n•zwei"},
        {"- eins\n\n- zwei", "•eins\n\n•zwei"},
        {"- *eins*\n\n- zwei", "•<i>eins</i>\n\n•zwei"},
        {"Dort:\n- eins\n  weiter\n- zwei\n\nEnde", "Dort:\n•eins\nweiter\n•zwei\n\nEnde"},
        {"*Dort*:\n- eins\n  weiter\n- zwei\n\nEnde", "<i>Dort</i>:\n•eins\nweiter\n•zwei\n\nEnde"},
        {"- *a\n- b*", "•*a\n•b*"}, /* nothing reaches from one bullet into the next */
        {"  -\teins", "•eins"},
        {"- - a", "•- a"},
        {"- # *a*", "•# <i>a</i>"},
        {"[Text](https://x.de \"t\") *a*", "Text <i>a</i>"},
        {"![Bild](x.png)", "Bild"},
        {"[**a**](b)", "<b>a</b>"},
        {"<https://x.de>", "https://x.de"},
        {"\\*nicht\\* \\\\ \\`", "*nicht* \\ `"},
        {"\\a", "\\a"},
        {"a &amp; b &lt;c&gt; &quot;d&quot; &apos;", "a & b <c> \"d\" '"},
        {"10&nbsp;km &shy; &ndash; &#65; &#x42; &#x1F600;", "10\xc2\xa0km \xc2\xad – A B 😀"},
        {"&copy; & &; &#; &unbekannt;", "&copy; & &; &#; &unbekannt;"},
        {"&#1;&#x0f;00&#10;&#127;a&#0;", "  00  a "}, /* no mark by the back door */
        {"&#xD800;&#1114112;", "\xef\xbf\xbd\xef\xbf\xbd"},
        {"a\xc2\xad" "b\xc2\xa0" "c", "a\xc2\xad" "b\xc2\xa0" "c"},
        {"a\xff*b*", "a\xff<i>b</i>"},
    };
    expect_all(cases, SW_COUNT(cases), sw_markup_read);
}

static void what_stays_as_written(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "1. Schritt",   "2020. Das Jahr",
        "1) Schritt",   "# 3",
        "## Titel",     "> Zitat",
        "+ plus",       "* Stern",
        "***",          "---",
        "___",          "===",
        "Titel\n===",   "Titel\n---",
        "```",          "~~~\ncode\n~~~",
        "[a]: b",       "[a]",
        "[a][b]",       "| a | b |\n|---|---|",
        "<div>",        "<b>x</b>",
        "<!-- x -->",   "-",
        "- ",           "-5 °C",
        "– Strich",     "a_b_c",
        "5 * 3 * 2",    "~~durch~~",
        "https://x.de", "a@b.de",
        "50 %",         "a\tb",
        "$x$",          "!",
        "1. a\n2. b",   "a\n1. b",
        "a\n# b",       "a\n> b",
    };
    for (size_t i = 0; i < SW_COUNT(texts); i++) {
        for (int round = 0; round < 3; round++) { /* alone, behind and in front of something that makes md4c read it */
            const char *text = sw_arena_printf(&arena, "%s%s%s", round == 1 ? "*x*\n\n" : "", texts[i], round == 2 ? "\n\n*x*" : "");
            const char *expected = strcmp(texts[i], "- ") == 0 ? "-" : texts[i];
            expected = sw_arena_printf(&arena, "%s%s%s", round == 1 ? "<i>x</i>\n\n" : "", expected, round == 2 ? "\n\n<i>x</i>" : "");
            const char *got = visible(sw_markup_read(&arena, text, strlen(text)));
            if (strcmp(got, expected) != 0) {
                fail_msg("%s gives %s", text, got);
            }
        }
    }
    assert_string_equal(sw_markup_read(&arena, "    vier *Leerzeichen", 21), "vier *Leerzeichen");
}

static void control_characters_go(void **state)
{
    (void)state;
    static const struct row cases[] = {
        {"\x01" "a\x02\x03\x04\x05\x06\x0e\x0f" "00\x10\x11\x12 b\x7f\x1b", "a00 b"},
        {"*\x01" "a*\x10 b\x12 c", "<i>a</i> b c"},
        {"\x0e" "a", "a"},
    };
    expect_all(cases, SW_COUNT(cases), sw_markup_read);
    assert_string_equal(visible(sw_markup_read(&arena, "a\0*b*", 6)), "a<i>b</i>");
    assert_string_equal(visible(sw_markup_read(&arena, "a\0b", 3)), "ab");
}

static void value_marks_stay(void **state)
{
    (void)state;
    static const struct row cases[] = {
        {"**\x0f" "00**", "<b>$00</b>"},
        {"*\x0f" "0z*-\x0f" "10", "<i>$0z</i>-$10"},
        {"`\x0f" "00`", "<c>$00</c>"},
        {"- \x0f" "00\n- \x0f" "01", "•$00\n•$01"},
        {"\x0f" "00. *x*", "$00. <i>x</i>"},
        {"[a](\x0f" "00) *b*", "[a]($00) <i>b</i>"}, /* no address holds a control character */
        {"a\x0f", "a"},
        {"a\x0f" "0", "a0"},
        {"a\x0f" "_0*b*", "a_0<i>b</i>"},
        {"\x0f\x0f" "00", "$00"},
    };
    expect_all(cases, SW_COUNT(cases), sw_markup_read_values);
}

static void plain_text(void **state)
{
    (void)state;
    static const char text[] = "- **a** *b* `c`\n\nd";
    assert_string_equal(sw_markup_plain(&arena, sw_markup_read(&arena, text, strlen(text))), "a b c\n\nd");
    assert_string_equal(sw_markup_plain(&arena, "a\x0f" "00b\tc"), "ab\tc");
    assert_string_equal(sw_markup_plain(&arena, ""), "");
}

/* Whole, so that whoever counts on pairs of marks may. */
static void assert_marks_are_paired(const char *text)
{
    int open[4] = {0};
    for (; *text != '\0'; text++) {
        if (*text >= 1 && *text <= 6) {
            int kind = (*text - 1) / 2;
            open[kind] += *text % 2 == 1 ? 1 : -1;
            assert_true(open[kind] == 0 || open[kind] == 1);
        }
        assert_true(sw_markup_allowed(*text) || *text <= 6 || *text == SW_MARK_BULLET);
    }
    assert_int_equal(open[0] | open[1] | open[2], 0);
}

/* 100 000 of each: too many signs, so the text comes out as written; and as many as are read. The test's time limit is the assertion. */
static void hostile_texts_are_quick(void **state)
{
    (void)state;
    static const char *const units[] = {"*",  "_",     "`",   "[",      "![",   "**a",    "*a ",   "`a",    "[a](", "<a",  "<",
                                        "&",  "&amp;", "\\",  "[a][",   "***a", "*_",     "](",    "```a ", "<!--", "*a_", "**a*",
                                        " `", "*\n",   "[\n", "- *a\n", "<a@",  "a**b*c", "`` ` ", "&#1;",  "\n\n*"};
    for (size_t i = 0; i < SW_COUNT(units); i++) {
        size_t length = strlen(units[i]), counts[] = {100000, SW_MARKUP_SIGNS_MAX / (length + 1), SW_MARKUP_BYTES_MAX / length};
        for (size_t j = 0; j < SW_COUNT(counts); j++) {
            struct sw_arena scratch = {0};
            char *text = sw_arena_alloc(&scratch, counts[j] * length + 1);
            for (size_t k = 0; k < counts[j]; k++) {
                memcpy(text + k * length, units[i], length);
            }
            const char *read = sw_markup_read(&scratch, text, counts[j] * length);
            assert_true(strlen(read) <= counts[j] * length + 1);
            assert_marks_are_paired(read);
            sw_arena_finish(&scratch);
        }
    }
}

/* Beyond the bounds a text comes out as it is. */
static void bounds(void **state)
{
    (void)state;
    static const struct {
        int before, pairs; /* letters, then letters between stars */
        bool read;
    } cases[] = {
        {10, SW_MARKUP_SIGNS_MAX / 2, true},
        {10, SW_MARKUP_SIGNS_MAX / 2 + 1, false},
        {(int)SW_MARKUP_BYTES_MAX - 4, 1, true},
        {(int)SW_MARKUP_BYTES_MAX - 3, 1, false},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        size_t length = (size_t)(cases[i].before + 4 * cases[i].pairs);
        char *text = sw_arena_alloc(&arena, length + 1);
        memset(text, 'x', (size_t)cases[i].before);
        for (size_t at = (size_t)cases[i].before; at < length; at += 4) {
            memcpy(text + at, " *a*", 4);
        }
        assert_int_equal(strchr(sw_markup_read(&arena, text, length), '*') == NULL, cases[i].read);
        assert_int_equal(strcmp(sw_markup_read(&arena, text, length), text) == 0, !cases[i].read);
    }
}

/* The same text with and without md4c: the fast path may not differ. */
static void both_ways_agree(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",  "b ", " ",  "\n",  "\n\n", "- ", "-", "# ", "1. ", "> ",
                                         "\t", "=",  "+ ", "~~~", "\r\n", ":",  "]", ")",  "!",   "ä"};
    uint64_t seed = 42;
    for (int round = 0; round < 5000; round++) {
        char text[100] = "";
        for (int i = 0; i < 12; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            strcat(text, pieces[(seed >> 33) % SW_COUNT(pieces)]);
        }
        const char *fast = sw_markup_read(&arena, text, strlen(text));
        const char *marked = sw_arena_printf(&arena, "%s\n\n*x*", text);
        const char *slow = sw_markup_read(&arena, marked, strlen(marked));
        const char *expected = sw_arena_printf(&arena, "%s%s\x03x\x04", fast, *fast == '\0' ? "" : "\n\n");
        assert_string_equal(slow, expected);
    }
}

static void any_bytes(void **state)
{
    (void)state;
    static const char *const pieces[] = {"*",     "**",   "_",    "`",        "``",       "[",    "](", ")", "!", "<", ">",  "&",
                                         "amp;",  "#x",   ";",    "\\",       "\n",       "\n\n", "- ", " ", "a", "ß", "\"", "\01700",
                                         "\x10 ", "\x12", "\xff", "\xe2\x80", "http://x", "@",    ".",  "|", "~", "1."};
    /* md4c 0.4.8 enters more spans here than it leaves. */
    static const char *const overlapping[] = {"<``!\\ )- *![.\n;aß*~](`<*)", "<``!\\ )- **![.\n;aß**~](`<**)"};
    for (size_t i = 0; i < SW_COUNT(overlapping); i++) {
        assert_marks_are_paired(sw_markup_read(&arena, overlapping[i], strlen(overlapping[i])));
    }
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char text[200] = "";
        int count = round % 24;
        for (int i = 0; i < count; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            strcat(text, pieces[(seed >> 33) % SW_COUNT(pieces)]);
        }
        assert_marks_are_paired(sw_markup_read(&arena, text, strlen(text)));
        if (round % 1000 == 0) {
            sw_arena_reset(&arena);
        }
    }
}

static int tear_down(void **state)
{
    (void)state;
    sw_arena_finish(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_means_something), cmocka_unit_test(what_stays_as_written), cmocka_unit_test(control_characters_go),
        cmocka_unit_test(value_marks_stay),     cmocka_unit_test(bounds), cmocka_unit_test(plain_text),
            cmocka_unit_test(hostile_texts_are_quick),
        cmocka_unit_test(both_ways_agree),      cmocka_unit_test(any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
