/* SPDX-License-Identifier: EUPL-1.2 */
/* Paths of published files: what passes, what leads out, what two machines would read differently. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <string.h>

#include "base/must.h"
#include "store/path.h"

#define FIFTY "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const char *const fine[] = {
    "a",
    "scenes/rhein.json",
    "media/Größe.svg",
    "media/\xc3\xa9t\xc3\xa9.png",
    "fonts/Inter Display.ttf",
    "media/日本.webp",
    "a..b/c...d",
    "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p",
    "media/100%.svg",
    "media/a:b",
    "con",
    "media/~",
    "media/-rf",
    FIFTY FIFTY FIFTY FIFTY,
    "\xe0\xb8\xab\xe0\xb8\xb8\xe0\xb9\x88" /* two Thai marks in their order */,
    "media/\xf0\x9f\x9a\xa2.svg",
};

static const char control[] = "has a control character in it", quoted[] = "has a backslash or a quotation mark in it";
static const char hidden[] = "has a name in it that begins with \".\"", utf8[] = "is no valid UTF-8";
static const char empty[] = "has an empty name in it; it neither begins nor ends with \"/\", and no two of them follow each other";
static const char unseen[] = "has a character in it that cannot be seen or is written in pieces; write each letter as one character (NFC)";

static const struct {
    const char *path, *fault;
} wrong[] = {
    {"", empty},
    {"/", empty},
    {"/etc/passwd", empty},
    {"//x", empty},
    {"a//b", empty},
    {"a/", empty},
    {"..", hidden},
    {".", hidden},
    {"../x", hidden},
    {"a/../b", hidden},
    {"a/..", hidden},
    {"a/./b", hidden},
    {".ssh/id", hidden},
    {"a/.b", hidden},
    {"...", hidden},
    {"a\\b", quoted},
    {"..\\x", quoted},
    {"a\"b", quoted},
    {"a\nb", control},
    {"a\tb", control},
    {"\x01", control},
    {"a\x7f", control},
    {"\xc2\x9bm", unseen}, /* CSI of C1 */
    {"\xff", utf8},
    {"\xc0\xae\xc0\xae/x", utf8}, /* ".." written too long */
    {"\xe0\x80\xaf", utf8},
    {"a\xc3", utf8},
    {"\xed\xa0\x80", utf8}, /* half a surrogate pair */
    {"\xf4\x90\x80\x80", utf8},
    {"a\xcc\x88", unseen},                            /* a and its dots apart, as macOS writes it */
    {"\xe2\x84\xab", unseen},                         /* the Angstrom sign, which is A with ring */
    {"\xef\xa4\x80", unseen},                         /* a compatibility ideograph */
    {"x\xe2\x80\xaegnp.exe", unseen},                 /* right-to-left override */
    {"a\xe2\x80\x8b", unseen},                        /* zero width space */
    {"\xef\xbb\xbf", unseen},                         /* BOM */
    {"a\xc2\xad", unseen},                            /* soft hyphen */
    {"\xe2\x80\xa8", unseen},                         /* line separator */
    {"\xee\x80\x80", unseen},                         /* private use */
    {"\xef\xbf\xbf", unseen},                         /* no character */
    {"\xe0\xb8\xab\xe0\xb9\x88\xe0\xb8\xb8", unseen}, /* two Thai marks in the other order */
    {"a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q", "lies more than 16 folders deep"},
    {FIFTY FIFTY FIFTY FIFTY "a", "has a name in it of more than 200 bytes"},
    {FIFTY FIFTY FIFTY FIFTY "a/b", "has a name in it of more than 200 bytes"},
    {FIFTY FIFTY FIFTY FIFTY "/" FIFTY FIFTY FIFTY FIFTY "/" FIFTY FIFTY "aaaaaaaaaaa", "is longer than 512 bytes"},
};

static void test_paths(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(fine); i++) {
        const char *fault = sw_path_fault(fine[i], strlen(fine[i]));
        if (fault != NULL)
            print_error("%s: %s\n", fine[i], fault);
        assert_null(fault);
    }
    for (size_t i = 0; i < SW_COUNT(wrong); i++) {
        const char *fault = sw_path_fault(wrong[i].path, strlen(wrong[i].path));
        print_message("%zu\n", i);
        assert_non_null(fault);
        assert_string_equal(fault, wrong[i].fault);
    }
    assert_string_equal(sw_path_fault("a\0b", 3), control);
}

static bool same(const char *left, const char *right) { return sw_path_fold(left, strlen(left)) == sw_path_fold(right, strlen(right)); }

static void test_fold(void **state)
{
    (void)state;
    assert_true(same("scenes/a.json", "Scenes/A.JSON"));
    assert_true(same("media/größe", "media/GRÖßE"));
    assert_true(same("ДОМ", "дом"));
    assert_false(same("ab", "a"));
    assert_false(same("", "a"));
    assert_false(same("straße", "strasse"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_paths), cmocka_unit_test(test_fold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
