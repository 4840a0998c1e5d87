/* SPDX-License-Identifier: EUPL-1.2 */
/* CSV as it comes: quotes, ends of lines, charsets, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/csv.h"

static const struct {
    const char *bytes;
    size_t length;
    struct sw_csv form;
    const char *expected; /* cells in [], rows by blanks; a fault in words at the end */
} cases[] = {
#define CASE(text, form, expected)                                                                                                         \
    {                                                                                                                                      \
        text, sizeof(text) - 1, {form}, expected                                                                                           \
    }
#define SEMICOLON .delimiter = ';'
#define TAB .delimiter = '\t'
#define SKIPS(lines) .delimiter = ';', .skip = lines
#define LATIN .delimiter = ';', .charset = SW_CHARSET_LATIN1
#define WINDOWS .delimiter = ';', .charset = SW_CHARSET_WINDOWS_1252
    CASE("a;b\nc;d\n", SEMICOLON, "[a][b] [c][d]"),
    CASE("a;b\r\nc;d", SEMICOLON, "[a][b] [c][d]"),
    CASE("a;b\rc;d\r", SEMICOLON, "[a][b] [c][d]"),
    CASE("a,b\tc", TAB, "[a,b][c]"),
    CASE("a", SEMICOLON, "[a]"),
    CASE(";", SEMICOLON, "[][]"),
    CASE("a;;b;", SEMICOLON, "[a][][b][]"),
    CASE("\n\na;b\n\n\nc;d\n\n", SEMICOLON, "[a][b] [c][d]"),
    CASE("\"a;b\";c", SEMICOLON, "[a;b][c]"),
    CASE("\"a\"\"b\";\"\"", SEMICOLON, "[a\"b][]"),
    CASE("\"a\nb\r\nc\";d\ne;f", SEMICOLON, "[a\nb\r\nc][d] [e][f]"),
    CASE("5\" Rohr;b \"c\"", SEMICOLON, "[5\" Rohr][b \"c\"]"),
    CASE("\"a\"x;b", SEMICOLON, "[ax][b]"),
    CASE("\"\"\"\"", SEMICOLON, "[\"]"),
    CASE(" \"a\" ; b", SEMICOLON, "[ \"a\" ][ b]"),
    CASE("x\ny\na;b", SKIPS(2), "[a][b]"),
    CASE("x\r\n\r\na", SKIPS(2), "[a]"),
    CASE("x", SKIPS(5), ""),
    CASE("\xEF\xBB\xBF"
         "a;\xC3\xBC",
         SEMICOLON, "[a][\xC3\xBC]"),
    CASE("\xEF\xBB\xBF"
         "a;\xC3\xBC",
         LATIN, "[a][\xC3\xBC]"),
    CASE("Stra\xDF"
         "e;\xFC;\x80",
         LATIN,
         "[Stra\xC3\x9F"
         "e][\xC3\xBC][\xC2\x80]"),
    CASE("\x80;\x84x\x93;\x81", WINDOWS, "[\xE2\x82\xAC][\xE2\x80\x9Ex\xE2\x80\x9C][\xEF\xBF\xBD]"),
    CASE("a;\xA0\n", LATIN, "[a][\xC2\xA0]"),
    CASE("", SEMICOLON, "is empty"),
    CASE("\n\n", SEMICOLON, ""),
    CASE("a;b\nc;\"d\n", SEMICOLON, "[a][b] has in line 2 a quote that is never closed"),
    CASE("a\n\"b\nc\"\n\"d", SEMICOLON, "[a] [b\nc] has in line 4 a quote that is never closed"),
    CASE("a;b\nStra\xDF"
         "e",
         SEMICOLON, "is not UTF-8 in line 2 (byte DF); \"charset\" may be \"latin1\" or \"windows-1252\""),
    CASE("a\0b", SEMICOLON, "holds a byte 00 and is no text"),
    CASE("\xFF\xFE"
         "a\0b\0",
         SEMICOLON, "is UTF-16, which is not read"),
#undef CASE
};

static const char *read_all(struct sw_csv_reader *reader, const struct sw_csv *form, const char *bytes, size_t length, char *out,
                            size_t capacity)
{
    char fault[200] = "";
    size_t used = 0;
    enum sw_csv_status status = SW_CSV_END;
    out[0] = '\0';
    bool good = sw_csv_open(reader, form, bytes, length, fault, sizeof fault);
    while (good && (status = sw_csv_next(reader, fault, sizeof fault)) == SW_CSV_ROW) {
        used += (size_t)snprintf(out + used, capacity - used, "%s", used > 0 ? " " : "");
        for (size_t i = 0; i < reader->count && used < capacity; i++) {
            used += (size_t)snprintf(out + used, capacity - used, "[%s]", reader->cells[i]);
        }
    }
    if (!good || status == SW_CSV_DAMAGED) {
        (void)snprintf(out + used, capacity - used, "%s%s", used > 0 ? " " : "", fault);
    }
    return out;
}

static void rows_and_cells(void **state)
{
    (void)state;
    struct sw_csv_reader *reader = calloc(1, sizeof *reader);
    assert_non_null(reader);
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        char out[1024];
        char *copy = malloc(cases[i].length > 0 ? cases[i].length : 1);
        assert_non_null(copy);
        memcpy(copy, cases[i].bytes, cases[i].length);
        const char *got = read_all(reader, &cases[i].form, copy, cases[i].length, out, sizeof out);
        if (strcmp(got, cases[i].expected) != 0) {
            fail_msg("case %zu: %s\ninstead of %s", i, got, cases[i].expected);
        }
        free(copy);
        sw_csv_close(reader);
    }
    free(reader);
}

static void limits(void **state)
{
    (void)state;
    struct sw_csv_reader *reader = calloc(1, sizeof *reader);
    const struct sw_csv form = {.delimiter = ';'};
    char fault[200], *text = malloc((size_t)128 << 10);
    assert_non_null(reader);
    assert_non_null(text);
    memset(text, ';', SW_CSV_COLUMNS_MAX);
    assert_true(sw_csv_open(reader, &form, text, SW_CSV_COLUMNS_MAX - 1, fault, sizeof fault));
    assert_int_equal(sw_csv_next(reader, fault, sizeof fault), SW_CSV_ROW);
    assert_int_equal(reader->count, SW_CSV_COLUMNS_MAX);
    sw_csv_close(reader);
    assert_true(sw_csv_open(reader, &form, text, SW_CSV_COLUMNS_MAX, fault, sizeof fault));
    assert_int_equal(sw_csv_next(reader, fault, sizeof fault), SW_CSV_DAMAGED);
    assert_string_equal(fault, "has in line 1 more than 1024 columns");
    sw_csv_close(reader);
    memset(text, 'a', (size_t)128 << 10);
    assert_true(sw_csv_open(reader, &form, text, SW_CSV_CELL_MAX, fault, sizeof fault));
    assert_int_equal(sw_csv_next(reader, fault, sizeof fault), SW_CSV_ROW);
    sw_csv_close(reader);
    assert_true(sw_csv_open(reader, &form, text, SW_CSV_CELL_MAX + 1, fault, sizeof fault));
    assert_int_equal(sw_csv_next(reader, fault, sizeof fault), SW_CSV_DAMAGED);
    assert_string_equal(fault, "has in line 1 a cell of more than 64 KiB");
    sw_csv_close(reader);
    free(reader);
    free(text);
}

static void cells_outlive_the_reader_that_gave_its_text(void **state)
{
    (void)state;
    struct sw_csv_reader reader;
    const struct sw_csv form = {.delimiter = ','};
    char fault[200];
    assert_true(sw_csv_open(&reader, &form, "a,\"b\"", 5, fault, sizeof fault));
    assert_int_equal(sw_csv_next(&reader, fault, sizeof fault), SW_CSV_ROW);
    char *text = sw_csv_take(&reader);
    sw_csv_close(&reader);
    assert_string_equal(reader.cells[1], "b");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_cells),
        cmocka_unit_test(limits),
        cmocka_unit_test(cells_outlive_the_reader_that_gave_its_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
