/* SPDX-License-Identifier: EUPL-1.2 */
/* Values of every type, as they are written: numbers, what means "no value", ranges, words. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/field.h"
#include "json/json.h"

#define NBSP "\xC2\xA0"
#define THIN "\xE2\x80\x89"
#define NARROW "\xE2\x80\xAF"
#define MINUS "\xE2\x88\x92"

static const struct {
    const char *text;
    char decimal;
    bool good;
    double number; /* NAN: any that is not finite */
} numbers[] = {
    {"512", '.', true, 512},
    {"-3,1", ',', true, -3.1},
    {"-3.1", '.', true, -3.1},
    {MINUS "3,1", ',', true, -3.1},
    {"+0.5", '.', true, 0.5},
    {".5", '.', true, 0.5},
    {",5", ',', true, 0.5},
    {"1.2e-3", '.', true, 0.0012},
    {"1,2E3", ',', true, 1200},
    {"  512 " NBSP, '.', true, 512},
    {THIN "512\t\n", '.', true, 512},
    {"1.234", ',', true, 1234},
    {"1.234.567,89", ',', true, 1234567.89},
    {"1 234", '.', true, 1234},
    {"1" NBSP "234,5", ',', true, 1234.5},
    {"1" NARROW "234" NARROW "567", '.', true, 1234567},
    {"1'234.5", '.', true, 1234.5},
    {"1023,1", ',', true, 1023.1},
    {"007", '.', true, 7},
    {"NaN", '.', true, NAN},
    {"+Inf", '.', true, NAN},
    {"-Infinity", '.', true, NAN},
    {"1e999", '.', true, NAN},
    {"9007199254740993", '.', true, 9007199254740992.0},
    {"1,234", '.', false, 0}, /* who forgot the decimal comma would have a thousand times as much */
    {"1.23", ',', false, 0},
    {"12.34.567", ',', false, 0},
    {"1.2345", ',', false, 0},
    {"1234.567", ',', false, 0},
    {"3,", ',', false, 0},
    {"3.", '.', false, 0},
    {"", '.', false, 0},
    {"-", '.', false, 0},
    {"--5", '.', false, 0},
    {"- 5", '.', false, 0},
    {"---", '.', false, 0},
    {"512 cm", '.', false, 0},
    {"12%", '.', false, 0},
    {"5 "
     "5",
     '.', false, 0},
    {"1e", '.', false, 0},
    {"0x1F", '.', false, 0},
    {"1_000", '.', false, 0},
    {"infin", '.', false, 0},
    {"12345678901234567890123456789012345678901234567890123456789012345678901234567890", '.', false, 0},
};

static void numbers_as_people_write_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(numbers); i++) {
        double number = -77;
        bool good = sw_field_number(numbers[i].text, numbers[i].decimal, &number);
        bool right = !good || (isnan(numbers[i].number) ? !isfinite(number) : number == numbers[i].number);
        if (good != numbers[i].good || !right) {
            fail_msg("\"%s\": %s, %.17g", numbers[i].text, good ? "read" : "refused", number);
        }
    }
}

static const char *const one[] = {"/a", NULL};
static const char *const two[] = {"/a", "/b", NULL};
static const struct sw_missing marks[] = {{.number = -999}, {.text = "---"}, {.number = -888}, {.text = "nodata"}};
static const struct sw_word words[] = {{"normal", "normal"}, {"1", "high"}, {"true", "high"}, {"2.5", "odd"}};
static const char *const values[] = {"normal", "high", "odd", "unknown", NULL};

enum field { LEVEL, COMMA, LOOSE, AT, NAME, FIRST, STATE, STRICT, SPLIT };
static const struct sw_field fields[] = {
    [LEVEL] = {.name = "level",
               .type = SW_FIELD_NUMBER,
               .from = one,
               .decimal = '.',
               .ranged = true,
               .minimum = -100,
               .maximum = 1500,
               .missing = marks,
               .missing_count = SW_COUNT(marks)},
    [COMMA] = {.name = "comma", .type = SW_FIELD_NUMBER, .from = two, .decimal = ',', .missing = marks, .missing_count = SW_COUNT(marks)},
    [LOOSE] = {.name = "loose", .type = SW_FIELD_NUMBER, .from = one, .decimal = '.'},
    [AT] =
        {.name = "at", .type = SW_FIELD_TIME, .from = two, .encoding = SW_TIME_RFC3339, .missing = marks, .missing_count = SW_COUNT(marks)},
    [NAME] = {.name = "name", .type = SW_FIELD_TEXT, .from = one, .missing = marks, .missing_count = SW_COUNT(marks)},
    [FIRST] = {.name = "first", .type = SW_FIELD_TEXT, .from = two},
    [STATE] = {.name = "state",
               .type = SW_FIELD_ENUM,
               .from = one,
               .words = words,
               .word_count = SW_COUNT(words),
               .otherwise = "unknown",
               .values = values},
    [STRICT] = {.name = "strict", .type = SW_FIELD_ENUM, .from = one, .words = words, .word_count = SW_COUNT(words), .values = values},
    [SPLIT] = {.name = "split",
               .type = SW_FIELD_TIME,
               .from = two,
               .encoding = SW_TIME_DATE_TIME_UTC,
               .missing = marks,
               .missing_count = SW_COUNT(marks)},
};

/* `a` and `b` as JSON; NULL: not there. `expected`: the value, or "absent", "missing", "refused: what stood there". */
static const struct {
    enum field field;
    const char *a, *b, *expected;
} cases[] = {
    {LEVEL, "512", NULL, "512"},
    {LEVEL, "\"512\"", NULL, "512"},
    {LEVEL, "-0.0", NULL, "0"},
    {LEVEL, "{\"@type\": \"xsd:decimal\", \"@value\": \"12.5\"}", NULL, "12.5"},
    {LEVEL, NULL, NULL, "absent"},
    {LEVEL, "null", NULL, "missing"},
    {LEVEL, "\"\"", NULL, "missing"},
    {LEVEL, "\" " NBSP THIN "\"", NULL, "missing"},
    {LEVEL, "\"---\"", NULL, "missing"},
    {LEVEL, "\" --- \"", NULL, "missing"},
    {LEVEL, "-999", NULL, "missing"},
    {LEVEL, "\"-999\"", NULL, "missing"},
    {LEVEL, "\"-999.0\"", NULL, "missing"},
    {LEVEL, "-888", NULL, "missing"},
    {LEVEL, "-101", NULL, "refused: -101"},
    {LEVEL, "1500", NULL, "1500"},
    {LEVEL, "1500.5", NULL, "refused: 1500.5"},
    {LEVEL, "\"512 cm\"", NULL, "refused: 512 cm"},
    {LEVEL, "\"n/a\"", NULL, "refused: n/a"},
    {LEVEL, "true", NULL, "refused: true"},
    {LEVEL, "[1]", NULL, "refused: [...]"},
    {LEVEL, "\"a\\u001b[31mb\"", NULL, "refused: a[31mb"},
    {LOOSE, "\"NaN\"", NULL, "missing"},
    {LOOSE, "\"+Inf\"", NULL, "missing"},
    {LOOSE, "1e999", NULL, "missing"},
    {LOOSE, "\"---\"", NULL, "refused: ---"},
    {LOOSE, "12345678901234567890", NULL, "12345678901234567168"},
    {COMMA, "\"-3,1\"", NULL, "-3.1"},
    {COMMA, "-3.1", NULL, "-3.1"},
    {COMMA, NULL, "5", "5"},
    {COMMA, "null", "5", "5"},
    {COMMA, "-999", "5", "5"},
    {COMMA, "-999", NULL, "missing"},
    {COMMA, "\"x\"", "5", "refused: x"},
    {AT, "\"2026-11-23T14:05:00Z\"", NULL, "1795442700"},
    {AT, "{\"@type\": \"DateTime\", \"@value\": \"2026-11-23T14:05:00Z\"}", NULL, "1795442700"},
    {AT, "\"\"", "\"2026-11-23T14:05:00Z\"", "1795442700"},
    {AT, "\"nodata\"", NULL, "missing"},
    {AT, "\"heute\"", NULL, "refused: heute"},
    {NAME, "\"  Duisburg Hbf \"", NULL, "Duisburg Hbf"},
    {NAME, "\"a\\u0001b\\u0085c\\nd\"", NULL, "abc\nd"},
    {NAME, "\"\\u0001\"", NULL, "missing"},
    {NAME, "\"a\\u202eb\\u2067c\\u2069\\u200fd\"", NULL, "abc\u200fd"},
    {NAME, "\"\\u202e\"", NULL, "missing"},
    {NAME, "\"nodata\"", NULL, "missing"},
    {NAME, "145", NULL, "145"},
    {NAME, "-0.5", NULL, "-0.5"},
    {NAME, "9007199254740992", NULL, "9007199254740992"},
    {NAME, "9007199254740993", NULL, "9007199254740993"},
    {NAME, "-999", NULL, "missing"},
    {NAME, "false", NULL, "false"},
    {NAME, "{}", NULL, "refused: [...]"},
    {FIRST, "null", "\"b\"", "b"},
    {FIRST, "\"a\"", "\"b\"", "a"},
    {FIRST, NULL, NULL, "absent"},
    {STATE, "\"normal\"", NULL, "normal"},
    {STATE, "1", NULL, "high"},
    {STATE, "1.0", NULL, "high"},
    {STATE, "\"1\"", NULL, "high"},
    {STATE, "2.5", NULL, "odd"},
    {STATE, "true", NULL, "high"},
    {STATE, "\"high\"", NULL, "unknown"},
    {STATE, "\"Normal\"", NULL, "unknown"},
    {STATE, "null", NULL, "missing"},
    {STATE, "{}", NULL, "refused: [...]"},
    {STRICT, "\"high\"", NULL, "refused: high"},
    {SPLIT, "\"06.04.20\"", "\"08:00\"", "1586160000"},
    {SPLIT, "\"06.04.20\"", NULL, "missing"},
    {SPLIT, "\"06.04.20\"", "\"---\"", "missing"},
    {SPLIT, NULL, NULL, "absent"},
    {SPLIT, "\"06.04.20\"", "\"x\"", "refused: 06.04.20"},
};

static struct sw_json *parse(const char *a, const char *b)
{
    char text[512];
    struct sw_diags diags;
    sw_diags_init(&diags);
    (void)snprintf(text, sizeof text, "{%s%s%s%s%s}", a != NULL ? "\"a\": " : "", a != NULL ? a : "", a != NULL && b != NULL ? ", " : "",
                   b != NULL ? "\"b\": " : "", b != NULL ? b : "");
    struct sw_json *json = sw_json_create(text, strlen(text), SW_JSON_FEED, "a", &diags);
    assert_non_null(json);
    sw_diags_finish(&diags);
    return json;
}

static const char *outcome(enum sw_field_status status, const struct sw_field *field, const struct sw_field_value *value, char out[256])
{
    if (status == SW_FIELD_ABSENT || status == SW_FIELD_MISSING) {
        return status == SW_FIELD_ABSENT ? "absent" : "missing";
    }
    if (status == SW_FIELD_REFUSED) {
        (void)snprintf(out, 256, "refused: %s", value->text);
    } else if (field->type == SW_FIELD_NUMBER) {
        (void)snprintf(out, 256, value->number == floor(value->number) ? "%.0f" : "%.10g", value->number);
    } else if (field->type == SW_FIELD_TIME) {
        (void)snprintf(out, 256, "%lld", (long long)(value->time.first / SW_SECOND));
    } else {
        (void)snprintf(out, 256, "%s", field->type == SW_FIELD_TEXT ? value->text : field->values[value->word]);
    }
    return out;
}

static void what_stands_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_arena arena = {0};
        struct sw_json *json = parse(cases[i].a, cases[i].b);
        const struct sw_field *field = &fields[cases[i].field];
        struct sw_cell cells[SW_FIELD_FROM_MAX] = {{.node = sw_json_get(json->root, "a")}, {.node = sw_json_get(json->root, "b")}};
        struct sw_field_value value;
        char text[256];
        enum sw_field_status status = sw_field_read(field, cells, NULL, &arena, &value);
        const char *got = outcome(status, field, &value, text);
        if (strcmp(got, cases[i].expected) != 0) {
            fail_msg("%s, a %s, b %s: \"%s\" instead of \"%s\"", field->name, cases[i].a != NULL ? cases[i].a : "-",
                     cases[i].b != NULL ? cases[i].b : "-", got, cases[i].expected);
        }
        sw_json_destroy(json);
        sw_arena_finish(&arena);
    }
}

/* Cells of a CSV are texts only. */
static void cells_of_a_csv(void **state)
{
    (void)state;
    static const struct {
        enum field field;
        const char *text, *expected;
    } texts[] = {{COMMA, "-3,1", "-3.1"},
                 {COMMA, "---", "missing"},
                 {COMMA, NBSP, "missing"},
                 {COMMA, "", "missing"},
                 {STATE, "1", "high"},
                 {STATE, " normal", "normal"},
                 {NAME, "Walsum \xC3\xBC", "Walsum \xC3\xBC"},
                 {LOOSE, "12 %", "refused: 12 %"}};
    for (size_t i = 0; i < SW_COUNT(texts); i++) {
        struct sw_arena arena = {0};
        struct sw_cell cells[SW_FIELD_FROM_MAX] = {{.text = texts[i].text}};
        struct sw_field_value value;
        char text[256];
        enum sw_field_status status = sw_field_read(&fields[texts[i].field], cells, NULL, &arena, &value);
        assert_string_equal(outcome(status, &fields[texts[i].field], &value, text), texts[i].expected);
        sw_arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_as_people_write_them),
        cmocka_unit_test(what_stands_there),
        cmocka_unit_test(cells_of_a_csv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
