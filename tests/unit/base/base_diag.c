/* SPDX-License-Identifier: EUPL-1.2 */
/* Faults as values: limits a file, order, text, nearest words. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/must.h"

static void faults_are_formatted(void **state)
{
    (void)state;
    static const struct {
        struct sw_diag diag;
        const char *expected;
    } cases[] = {
        {{SW_ERROR, "scenes/foyer.json", 12, 17, "elements[2].every", "\"70000s\" is outside 1s..1h"},
         "scenes/foyer.json:12:17: error: elements[2].every: \"70000s\" is outside 1s..1h\n"},
        {{SW_WARNING, "a.json", 1, 2, "", "text"}, "a.json:1:2: warning: text\n"},
        {{SW_ERROR, "a.json", 0, 0, "", "is too large"}, "a.json: error: is too large\n"},
        {{SW_ERROR, "", 0, 0, "", "no wall"}, "error: no wall\n"},
        {{SW_ERROR, "", 3, 4, "walls", "none"}, "error: walls: none\n"},
    };
    struct sw_arena arena = {0};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        assert_string_equal(sw_diag_format(&cases[i].diag, &arena), cases[i].expected);
    }
    sw_arena_finish(&arena);
}

static void strings_are_copied_and_tamed(void **state)
{
    (void)state;
    struct sw_diags diags;
    char file[] = "a.json", path[] = "x\x1b[31m", text[] = "key \"\r\n\x7f\xC2\x9B\xC3\xA4\"";
    sw_diags_init(&diags);
    sw_diags_add(&diags, SW_ERROR, file, 1, 1, path, "%s", text);
    sw_diags_add(&diags, SW_WARNING, NULL, 0, 0, NULL, "plain");
    memset(file, 'z', 6);
    memset(path, 'z', 5);
    memset(text, 'z', 5);
    assert_string_equal(diags.items[0].file, "a.json");
    assert_string_equal(diags.items[0].path, "x?[31m");
    assert_string_equal(diags.items[0].text, "key \"?????\xC3\xA4\"");
    assert_string_equal(diags.items[1].file, "");
    assert_string_equal(diags.items[1].path, "");
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.warnings, 1);
    sw_diags_finish(&diags);
    sw_diags_finish(&diags);
    sw_diags_finish(NULL);
}

static void a_file_has_a_limit(void **state)
{
    (void)state;
    struct sw_diags diags;
    sw_diags_init(&diags);
    for (int i = 0; i < 30; i++) {
        sw_diags_add(&diags, SW_WARNING, "a.json", i + 1, 1, NULL, "warning %d", i);
        sw_diags_add(&diags, SW_ERROR, "b.json", i + 1, 1, NULL, "error %d", i);
    }
    sw_diags_add(&diags, SW_ERROR, "c.json", 1, 1, NULL, "one");
    assert_int_equal(diags.count, 2 * SW_DIAG_FILE_MAX + 1);
    assert_int_equal(diags.left_out, 20);
    assert_int_equal(diags.errors, 31);
    assert_int_equal(diags.warnings, 30);
    /* an error pushes a warning out, a warning nothing */
    sw_diags_add(&diags, SW_ERROR, "a.json", 99, 1, NULL, "an error at last");
    sw_diags_add(&diags, SW_WARNING, "b.json", 99, 1, NULL, "a warning");
    assert_int_equal(diags.count, 2 * SW_DIAG_FILE_MAX + 1);
    assert_int_equal(diags.left_out, 22);
    int found = 0;
    for (size_t i = 0; i < diags.count; i++) {
        found += strcmp(diags.items[i].text, "an error at last") == 0;
        assert_string_not_equal(diags.items[i].text, "a warning");
    }
    assert_int_equal(found, 1);
    sw_diags_finish(&diags);
}

static void twenty_errors_push_out_twenty_warnings(void **state)
{
    (void)state;
    struct sw_diags diags;
    sw_diags_init(&diags);
    for (int i = 0; i < 20; i++) {
        sw_diags_add(&diags, SW_WARNING, "a.json", i, 1, NULL, "warning");
    }
    for (int i = 0; i < 21; i++) {
        sw_diags_add(&diags, SW_ERROR, "a.json", i, 1, NULL, "error");
    }
    assert_int_equal(diags.count, 20);
    for (size_t i = 0; i < diags.count; i++) {
        assert_int_equal(diags.items[i].severity, SW_ERROR);
    }
    sw_diags_finish(&diags);
}

static void faults_are_sorted_and_twins_become_one(void **state)
{
    (void)state;
    static const char *const expected[] = {"a:1:1: error: x\n",      "a:1:2: error: x\n", "a:2:1: error: w\n", "a:2:1: error: x\n",
                                           "a:10:1: warning: p: x\n", "b: error: x\n"};
    struct sw_diags diags;
    struct sw_arena arena = {0};
    sw_diags_init(&diags);
    sw_diags_sort(&diags);
    sw_diags_add(&diags, SW_ERROR, "b", 0, 0, NULL, "x");
    sw_diags_add(&diags, SW_WARNING, "a", 10, 1, "p", "x");
    sw_diags_add(&diags, SW_ERROR, "a", 2, 1, NULL, "x");
    sw_diags_add(&diags, SW_ERROR, "a", 2, 1, NULL, "w");
    sw_diags_add(&diags, SW_ERROR, "a", 1, 2, NULL, "x");
    sw_diags_add(&diags, SW_ERROR, "a", 1, 1, NULL, "x");
    sw_diags_add(&diags, SW_ERROR, "a", 2, 1, NULL, "x");
    sw_diags_add(&diags, SW_WARNING, "a", 10, 1, "p", "x");
    sw_diags_sort(&diags);
    assert_int_equal(diags.count, SW_COUNT(expected));
    for (size_t i = 0; i < SW_COUNT(expected); i++) {
        assert_string_equal(sw_diag_format(&diags.items[i], &arena), expected[i]);
    }
    assert_int_equal(diags.errors, 5);
    assert_int_equal(diags.warnings, 1);
    sw_arena_finish(&arena);
    sw_diags_finish(&diags);
}

static void all_are_printed(void **state)
{
    (void)state;
    struct sw_diags diags;
    char text[4096] = "";
    sw_diags_init(&diags);
    for (int i = 0; i < 22; i++) {
        sw_diags_add(&diags, SW_ERROR, "a", i + 1, 1, NULL, "x");
    }
    FILE *out = tmpfile();
    sw_diags_print(&diags, out);
    rewind(out);
    size_t length = fread(text, 1, sizeof text - 1, out);
    fclose(out);
    size_t lines = 0;
    for (size_t i = 0; i < length; i++) {
        lines += text[i] == '\n';
    }
    assert_int_equal(lines, 21);
    assert_memory_equal(text, "a:1:1: error: x\na:2:1: error: x\n", 32);
    assert_non_null(strstr(text, "and 2 more"));
    sw_diags_finish(&diags);
}

static void many_files_stay_fast(void **state)
{
    (void)state;
    struct sw_diags diags;
    char name[32];
    sw_diags_init(&diags);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 10000; i++) {
            snprintf(name, sizeof name, "scenes/%d.json", i);
            sw_diags_add(&diags, SW_ERROR, name, 1, 1, NULL, "x");
        }
    }
    assert_int_equal(diags.count, 20000);
    assert_int_equal(diags.file_count, 10000);
    sw_diags_finish(&diags);
}

static void the_nearest_word_is_named(void **state)
{
    (void)state;
    static const char *const known[] = {"column", "columns", "row", "title", "id", "padding"};
    static const struct {
        const char *word, *expected;
    } cases[] = {
        {"colum", "column"},   {"colunm", "column"}, {"Column", "column"}, {"columnss", "columns"}, {"colmuns", "columns"},
        {"titel", "title"},
        {"tilte", "title"},    {"rwo", "row"},       {"ro", "row"},        {"padd", NULL},          {"paddign", "padding"}, {"x", NULL},
        {"", NULL},            {"farbe", NULL},      {"di", "id"},         {"column", "column"},    {"tytel", "title"},
        {"tytelx", NULL},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        const char *nearest = sw_nearest(cases[i].word, known, SW_COUNT(known));
        if (nearest != cases[i].expected && (nearest == NULL || cases[i].expected == NULL || strcmp(nearest, cases[i].expected) != 0)) {
            fail_msg("%s: %s instead of %s", cases[i].word, nearest != NULL ? nearest : "none",
                     cases[i].expected != NULL ? cases[i].expected : "none");
        }
    }
    char longest[2000];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    const char *const one[] = {longest};
    assert_null(sw_nearest(longest, known, SW_COUNT(known)));
    assert_null(sw_nearest("aaaa", one, 1));
    assert_null(sw_nearest("a", NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_formatted), cmocka_unit_test(strings_are_copied_and_tamed), cmocka_unit_test(a_file_has_a_limit),
        cmocka_unit_test(twenty_errors_push_out_twenty_warnings), cmocka_unit_test(faults_are_sorted_and_twins_become_one),
        cmocka_unit_test(all_are_printed), cmocka_unit_test(many_files_stay_fast), cmocka_unit_test(the_nearest_word_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
