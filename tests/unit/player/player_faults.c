/* SPDX-License-Identifier: EUPL-1.2 */
/* Faults with their lines: indentation, lines that are too long, what is no text, and which of the code points is meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "folder.h"
#include "player/workshop/faults.h"

static char folder[256];
static struct sw_diags diags;
static struct sw_faults faults;

static int set_up(void **state)
{
    (void)state;
    folder_make(folder, sizeof folder);
    sw_diags_init(&diags);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sw_diags_finish(&diags);
    sw_faults_finish(&faults);
    folder_remove(folder);
    return 0;
}

static void quote(const char *text, int line, int column)
{
    char path[300];
    (void)snprintf(path, sizeof path, "%s/a.json", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
    sw_diags_add(&diags, SW_ERROR, "a.json", line, column, "x", "is wrong");
    sw_diags_sort(&diags);
    sw_faults_quote(&faults, &diags, folder);
    assert_int_equal(faults.count, 1);
}

static void the_line_without_its_indentation(void **state)
{
    (void)state;
    quote("{\n\t  \"a\": 1,\r\n}", 2, 9);
    assert_string_equal(faults.items[0].source, "\"a\": 1,");
    assert_int_equal(faults.items[0].caret, 5);
}

static void columns_are_code_points(void **state)
{
    (void)state;
    quote("  \"Fähre\": x", 1, 12);
    assert_string_equal(faults.items[0].source, "\"Fähre\": x");
    assert_int_equal(faults.items[0].caret, 9);
}

static void behind_the_end_and_beyond_the_file(void **state)
{
    (void)state;
    quote("{\"a\":", 1, 6);
    assert_string_equal(faults.items[0].source, "{\"a\":");
    assert_int_equal(faults.items[0].caret, 5);
    sw_faults_finish(&faults);
    sw_diags_finish(&diags);
    sw_diags_init(&diags);
    quote("{", 7, 1);
    assert_null(faults.items[0].source);
}

/* The place that is meant stays in sight, also at the end. */
static void a_long_line_is_cut_at_both_ends(void **state)
{
    (void)state;
    char line[1001];
    for (int i = 0; i < 1000; i++)
        line[i] = (char)('a' + i % 26);
    line[1000] = '\0';
    for (int column = 1; column <= 1001; column += 25) {
        quote(line, 1, column);
        const struct sw_fault *fault = &faults.items[0];
        size_t length = strlen(fault->source), count = sw_utf8_count(fault->source, length);
        assert_int_equal(sw_utf8_valid(fault->source, length), length);
        assert_in_range(count, SW_FAULT_SOURCE_MAX, SW_FAULT_SOURCE_MAX + 2);
        const char *at = fault->source;
        for (int i = 0; i < fault->caret; i++)
            at += (*at & 0xe0) == 0xe0 ? 3 : 1;
        assert_int_equal(*at, line[column - 1]);
        sw_faults_finish(&faults);
        sw_diags_finish(&diags);
        sw_diags_init(&diags);
    }
}

static void what_is_no_text_is_written_as_such(void **state)
{
    (void)state;
    quote("{\"a\": \"\xff\x01\"}", 1, 8);
    assert_string_equal(faults.items[0].source, "{\"a\": \"??\"}");
}

static void warnings_are_not_told_and_many_are_counted(void **state)
{
    (void)state;
    sw_diags_add(&diags, SW_WARNING, "a.json", 1, 1, NULL, "is odd");
    for (int i = 0; i < 12; i++)
        sw_diags_add(&diags, SW_ERROR, "gone.json", i + 1, 1, NULL, "is wrong");
    sw_diags_sort(&diags);
    sw_faults_quote(&faults, &diags, folder);
    assert_int_equal(faults.count, SW_FAULTS_MAX);
    assert_int_equal(faults.errors, 12);
    assert_string_equal(faults.items[0].file, "gone.json");
    struct sw_faults copy = {.count = 0};
    sw_faults_copy(&copy, &faults);
    sw_faults_finish(&faults);
    assert_string_equal(copy.items[5].text, "is wrong");
    assert_int_equal(copy.errors, 12);
    sw_faults_finish(&copy);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(the_line_without_its_indentation), CASE(columns_are_code_points),
        CASE(behind_the_end_and_beyond_the_file), CASE(a_long_line_is_cut_at_both_ends),
        CASE(what_is_no_text_is_written_as_such), CASE(warnings_are_not_told_and_many_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
