/* SPDX-License-Identifier: EUPL-1.2 */
/* The walker: each kind of row, and the words and places of its faults. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "json/schema.h"

/* A value that may be a string or a list of strings, as an author of a judge would write it. */
static void judge_lines(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    if (cJSON_IsObject(node)) {
        sw_verify_fault(verify, node, "is judged to be an object");
    } else if (cJSON_IsNumber(node)) {
        sw_verify_warning(verify, node, "a number is unusual");
    }
}

static const char *const words[] = {"start", "middle", "end", NULL};
static const struct sw_row inner_rows[] = {
    {.key = "id", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED},
    {.key = "every", .type = SW_TYPE_DURATION, .minimum = 1, .maximum = 3600},
    {.key = "at", .type = SW_TYPE_PAIR, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = -10, .maximum = 10000, .unit = "mm"},
};
static const struct sw_table inner = {"element", "", inner_rows, SW_COUNT(inner_rows)};
static const struct sw_row object_item = {.key = "", .type = SW_TYPE_OBJECT, .table = &inner};
static const struct sw_row number_item = {.key = "", .type = SW_TYPE_NUMBER, .minimum = 0, .maximum = 1};
static const struct sw_row rows[] = {
    {.key = "title", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_PER_LANGUAGE, .judge = judge_lines},
    {.key = "area", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_PER_CANVAS, .judge = judge_lines},
    {.key = "loop", .type = SW_TYPE_BOOL},
    {.key = "level", .type = SW_TYPE_NUMBER, .minimum = -5, .maximum = 5.5, .unit = "m"},
    {.key = "free", .type = SW_TYPE_NUMBER},
    {.key = "positive", .type = SW_TYPE_NUMBER, .minimum = 0, .maximum = INFINITY},
    {.key = "columns", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1, .maximum = 12},
    {.key = "path", .type = SW_TYPE_STRING, .flags = SW_ROW_PER_CANVAS | SW_ROW_PER_LANGUAGE},
    {.key = "field", .type = SW_TYPE_NAME},
    {.key = "align", .type = SW_TYPE_ENUM, .words = words},
    {.key = "elements", .type = SW_TYPE_LIST, .item = &object_item, .minimum = 0, .maximum = 3},
    {.key = "one", .type = SW_TYPE_LIST, .flags = SW_ROW_OR_ONE | SW_ROW_PER_CANVAS, .item = &object_item},
    {.key = "shares", .type = SW_TYPE_MAP, .key_type = SW_TYPE_ID, .item = &number_item},
    {.key = "notes", .type = SW_TYPE_MAP, .key_type = SW_TYPE_STRING, .item = &number_item},
    {.key = "hole", .type = SW_TYPE_PAIR, .flags = SW_ROW_HOLES},
};
static const struct sw_table table = {"thing", "", rows, SW_COUNT(rows)};
static const struct sw_row way_rows[] = {
    {.key = "walk", .type = SW_TYPE_BOOL, .flags = SW_ROW_ONE_OF},
    {.key = "ride", .type = SW_TYPE_BOOL, .flags = SW_ROW_ONE_OF},
    {.key = "swim", .type = SW_TYPE_BOOL, .flags = SW_ROW_ONE_OF},
    {.key = "speed", .type = SW_TYPE_NUMBER, .needs = "ride"},
};
static const struct sw_table way = {"way", "", way_rows, SW_COUNT(way_rows)};

static const char *const canvases[] = {"wide", "tall", NULL};
static const char *const languages[] = {"de", "en", "de-leicht", NULL};

static void note_dynamic(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    int *seen = verify->context;
    ++*seen;
    if (strstr(node->valuestring, "bad") != NULL) {
        sw_verify_fault(verify, node, "bad expression");
    }
}

/* A text, and what must be said of it: one line a fault, "line:column path: text". */
struct walk {
    const char *text, *expected;
};

static void assert_walks_of(const struct sw_table *whole, const struct walk *walks, size_t count, bool declared)
{
    for (size_t i = 0; i < count; i++) {
        struct sw_diags diags;
        struct sw_verify verify;
        struct sw_arena arena = {0};
        int dynamic = 0;
        sw_diags_init(&diags);
        struct sw_json *json = sw_json_create(walks[i].text, strlen(walks[i].text), SW_JSON_CURATOR, "f", &diags);
        assert_non_null(json);
        sw_verify_init(&verify, json, &diags);
        verify.canvases = declared ? canvases : NULL;
        verify.languages = declared ? languages : NULL;
        verify.dynamic = note_dynamic;
        verify.context = &dynamic;
        bool good = sw_verify_object(&verify, whole, json->root);
        const char *said = "";
        for (size_t d = 0; d < diags.count; d++) {
            said = sw_arena_printf(&arena, "%s%s", said, sw_diag_format(&diags.items[d], &arena));
        }
        if (strcmp(said, walks[i].expected) != 0 || good != (diags.errors == 0) || verify.path[0] != '\0') {
            fail_msg("%s\nsaid:\n%swanted:\n%s", walks[i].text, said, walks[i].expected);
        }
        sw_arena_finish(&arena);
        sw_json_destroy(json);
        sw_diags_finish(&diags);
    }
}

static void assert_walks(const struct walk *walks, size_t count, bool declared) { assert_walks_of(&table, walks, count, declared); }

static void good_values_pass(void **state)
{
    (void)state;
    static const struct walk walks[] = {
        {"{}", ""},
        {"{\"title\": \"x\", \"area\": \"main\", \"loop\": true, \"level\": -5, \"free\": 1e300}", ""},
        {"{\"positive\": 1e200, \"columns\": 12}", ""},
        {"{\"path\": \"m/a.jpg\", \"field\": \"water_level2\", \"align\": \"middle\"}", ""},
        {"{\"elements\": [{\"id\": \"a-1\", \"every\": \"1s\", \"at\": [0, -10]}, {\"id\": \"2\", \"every\": \"1h\"}]}", ""},
        {"{\"one\": {\"id\": \"a\"}, \"shares\": {\"a-b\": 0.5}, \"notes\": {\"Any Key!\": 1}, \"hole\": [null, 3]}", ""},
        {"{\"one\": [{\"id\": \"a\"}], \"hole\": [3, null], \"level\": 5.5, \"elements\": []}", ""},
        {"{\"columns\": {\"wide\": 4, \"tall\": 2}, \"title\": {\"de\": \"x\", \"de-leicht\": [\"y\"]}}", ""},
        {"{\"columns\": \"{n}\", \"elements\": [{\"id\": \"a\", \"at\": \"{pos}\"}, {\"id\": \"b\", \"at\": {\"wide\": [1, 2]}}]}", ""},
        {"{\"path\": {\"wide\": \"a\", \"tall\": {\"de\": \"b\", \"en\": \"c\"}}}", ""},
        {"{\"path\": {\"de\": {\"wide\": \"a\"}, \"en\": \"c\"}}", ""},
        {"{\"one\": {\"wide\": {\"id\": \"a\"}, \"tall\": [{\"id\": \"b\"}]}}", ""},
    };
    assert_walks(walks, SW_COUNT(walks), true);
}

static void types_and_ranges(void **state)
{
    (void)state;
    static const struct walk walks[] = {
        {"[]", "f:1:1: error: is a list; an object is wanted (thing)\n"},
        {"{\"loop\": \"yes\"}", "f:1:10: error: loop: is a string; true or false is wanted\n"},
        {"{\"loop\": 1}", "f:1:10: error: loop: is a number; true or false is wanted\n"},
        {"{\"level\": \"5\"}", "f:1:11: error: level: is a string; a number is wanted\n"},
        {"{\"level\": null}", "f:1:11: error: level: is null; a number is wanted\n"},
        {"{\"level\": true}", "f:1:11: error: level: is true; a number is wanted\n"},
        {"{\"level\": 5.6}", "f:1:11: error: level: 5.6 is outside -5..5.5 m\n"},
        {"{\"level\": -5.01}", "f:1:11: error: level: -5.01 is outside -5..5.5 m\n"},
        {"{\"positive\": -1}", "f:1:14: error: positive: -1 is outside 0..\n"},
        {"{\"columns\": 1.5}", "f:1:13: error: columns: 1.5 is no whole number; write it without a fraction\n"},
        {"{\"columns\": 13}", "f:1:13: error: columns: 13 is outside 1..12\n"},
        {"{\"columns\": \"4\"}", "f:1:13: error: columns: is a string; a whole number is wanted (or a string with {...})\n"},
        {"{\"columns\": \"{{4}}\"}", "f:1:13: error: columns: is a string; a whole number is wanted (or a string with {...})\n"},
        {"{\"columns\": \"{bad}\"}", "f:1:13: error: columns: bad expression\n"},
        {"{\"path\": 5}", "f:1:10: error: path: is a number; a string is wanted\n"},
        {"{\"field\": \"Level\"}", "f:1:11: error: field: \"Level\" is no name; small letters a-z, digits and _ are allowed, "
                                  "1 to 64 of them, a letter first\n"},
        {"{\"align\": \"left\"}", "f:1:11: error: align: \"left\" is not one of \"start\", \"middle\" or \"end\"\n"},
        {"{\"align\": \"midle\"}",
         "f:1:11: error: align: \"midle\" is not one of \"start\", \"middle\" or \"end\"; did you mean \"middle\"?\n"},
        {"{\"align\": false}", "f:1:11: error: align: is false; a word in double quotes is wanted\n"},
        {"{\"hole\": [null, null]}", "f:1:10: error: hole: is null twice; a number is wanted in one place at least\n"},
        {"{\"hole\": [1, \"2\"]}", "f:1:14: error: hole[1]: is a string; a number or null is wanted\n"},
        {"{\"hole\": [1]}", "f:1:10: error: hole: has 1 item; two numbers like [10, 20] are wanted\n"},
        {"{\"hole\": 7}", "f:1:10: error: hole: is a number; a pair of numbers like [10, 20] is wanted\n"},
        {"{\"title\": 5}", "f:1:11: warning: title: a number is unusual\n"},
    };
    assert_walks(walks, SW_COUNT(walks), true);
}

static void durations(void **state)
{
    (void)state;
    static const struct walk walks[] = {
        {"{\"elements\": [{\"id\": \"a\"}, {\"id\": \"b\"}, {\n\"id\": \"c\", \"every\": \"70000s\"}]}",
         "f:2:21: error: elements[2].every: \"70000s\" is outside 1s..1h\n"},
        {"{\"elements\": [{\"id\": \"a\", \"every\": \"500ms\"}]}", "f:1:36: error: elements[0].every: \"500ms\" is outside 1s..1h\n"},
        {"{\"elements\": [{\"id\": \"a\", \"every\": \"20 s\"}]}",
         "f:1:36: error: elements[0].every: \"20 s\" is no duration; "
         "write it like \"20s\", \"1m30s\", \"500ms\" or \"2h\", at most 366 days\n"},
        {"{\"elements\": [{\"id\": \"a\", \"every\": 20}]}",
         "f:1:36: error: elements[0].every: is a number; a duration like \"20s\" is wanted\n"},
    };
    assert_walks(walks, SW_COUNT(walks), true);
}

static void keys_together(void **state)
{
    (void)state;
    static const struct walk walks[] = {
        {"{\"walk\": true}", ""},
        {"{\"speed\": 3, \"ride\": true}", ""},
        {"{}", "f:1:1: error: missing key \"walk\" or \"ride\"\n"},
        {"{\"walk\": true, \"swim\": false}", "f:1:16: error: \"walk\" and \"swim\" do not go together; leave one out\n"},
        {"{\"walk\": true, \"speed\": 3}", "f:1:16: error: \"speed\" goes with \"ride\", which is missing\n"},
    };
    assert_walks_of(&way, walks, SW_COUNT(walks), true);
}

static void keys(void **state)
{
    (void)state;
    static const struct walk walks[] = {
        {"{\"colums\": 4}", "f:1:2: error: unknown key \"colums\"; did you mean \"columns\"?\n"},
        {"{\"Columns\": 4}", "f:1:2: error: unknown key \"Columns\"; did you mean \"columns\"?\n"},
        {"{\"zzzzzz\": 4}", "f:1:2: error: unknown key \"zzzzzz\"; thing has no such key, see its reference\n"},
        {"{\"elements\": [{}]}", "f:1:15: error: elements[0]: missing key \"id\"\n"},
        {"{\"elements\": [{\"idd\": \"a\"}]}", "f:1:16: error: elements[0]: unknown key \"idd\"; did you mean \"id\"?\n"
                                            "f:1:15: error: elements[0]: missing key \"id\"\n"},
        {"{\"elements\": [{\"id\": \"a\", \"colour\": 1}]}",
         "f:1:27: error: elements[0]: unknown key \"colour\"; element may hold \"id\", \"every\" or \"at\"\n"},
        {"{\"elements\": [{\"id\": \"A b\"}, 5]}",
         "f:1:22: error: elements[0].id: \"A b\" is no id; small letters a-z, digits and - are allowed, 1 to 64 of them\n"
         "f:1:30: error: elements[1]: is a number; an object is wanted\n"},
        {"{\"shares\": {\"A\": 2}}",
         "f:1:13: error: shares: \"A\" is no id; small letters a-z, digits and - are allowed, 1 to 64 of them\n"
         "f:1:18: error: shares.A: 2 is outside 0..1\n"},
        {"{\"shares\": []}", "f:1:12: error: shares: is a list; an object is wanted\n"},
        {"{\"notes\": {\"Any Key\": \"x\"}}", "f:1:23: error: notes.Any Key: is a string; a number is wanted\n"},
        {"{\"elements\": [{\"id\":\"a\"},{\"id\":\"a\"},{\"id\":\"a\"},{\"id\":\"a\"}]}",
         "f:1:14: error: elements: has 4 items; 0..3 are allowed\n"},
        {"{\"elements\": {\"id\": \"a\"}}", "f:1:14: error: elements: is an object; a list is wanted\n"},
        {"{\"one\": {\"idd\": \"a\"}}", "f:1:10: error: one: unknown key \"idd\"; did you mean \"id\"?\n"
                                     "f:1:9: error: one: missing key \"id\"\n"},
    };
    assert_walks(walks, SW_COUNT(walks), true);
}

static void canvases_and_languages(void **state)
{
    (void)state;
    static const struct walk walks[] = {
        {"{\"columns\": {\"wide\": 40, \"tall\": \"x\"}}",
         "f:1:22: error: columns.wide: 40 is outside 1..12\n"
         "f:1:34: error: columns.tall: is a string; a whole number is wanted (or a string with {...})\n"},
        {"{\"columns\": {\"wdie\": 4}}", "f:1:14: error: columns: unknown canvas \"wdie\"; did you mean \"wide\"?\n"},
        {"{\"columns\": {\"panorama\": 4}}", "f:1:14: error: columns: unknown canvas \"panorama\"; the theme has \"wide\" or \"tall\"\n"},
        {"{\"columns\": {}}", "f:1:13: error: columns: is empty; a value for each canvas is wanted\n"},
        {"{\"columns\": {\"wide\": {\"tall\": 4}}}",
         "f:1:22: error: columns.wide: is an object; a whole number is wanted (or a string with {...})\n"},
        {"{\"title\": {\"de\": \"x\", \"fr\": \"y\"}}",
         "f:1:23: error: title: unknown language \"fr\"; the exhibition has \"de\", \"en\" or \"de-leicht\"\n"},
        {"{\"title\": {\"dee\": \"x\"}}", "f:1:12: error: title: unknown language \"dee\"; did you mean \"de\"?\n"},
        {"{\"title\": {\"de\": {\"de\": \"x\"}}}", "f:1:18: error: title.de: is judged to be an object\n"},
        {"{\"area\": {\"at\": 1}}", "f:1:10: error: area: is judged to be an object\n"},
        {"{\"area\": {\"wide\": 1, \"other\": {}}}", "f:1:19: warning: area.wide: a number is unusual\n"
                                                  "f:1:22: error: area: unknown canvas \"other\"; the theme has \"wide\" or \"tall\"\n"
                                                  "f:1:31: error: area.other: is judged to be an object\n"},
        {"{\"path\": {\"wide\": 1}}", "f:1:19: error: path.wide: is a number; a string is wanted\n"},
        {"{\"path\": {\"xx\": \"a\"}}",
         "f:1:11: error: path: unknown language \"xx\"; the exhibition has \"de\", \"en\" or \"de-leicht\"\n"},
        {"{\"path\": {\"de\": {\"wide\": 1}}}", "f:1:26: error: path.de.wide: is a number; a string is wanted\n"},
        {"{\"path\": {\"wide\": {\"wide\": \"a\"}}}",
         "f:1:20: error: path.wide: unknown language \"wide\"; did you mean \"de\"?\n"},
    };
    assert_walks(walks, SW_COUNT(walks), true);
}

static void where_nothing_is_declared_any_id_passes(void **state)
{
    (void)state;
    static const struct walk walks[] = {
        {"{\"columns\": {\"panorama\": 4}, \"title\": {\"fr\": \"x\"}, \"path\": {\"fr\": \"x\"}, \"area\": {\"any\": \"x\"}}", ""},
        {"{\"columns\": {\"Wide\": 4}}",
         "f:1:14: error: columns: \"Wide\" is no id of a canvas; small letters a-z, digits and - are allowed\n"},
        {"{\"title\": {\"de_DE\": \"x\"}}",
         "f:1:12: error: title: \"de_DE\" is no id of a language; small letters a-z, digits and - are allowed\n"},
        {"{\"area\": {\"Not an id\": 1}}", "f:1:10: error: area: is judged to be an object\n"},
    };
    assert_walks(walks, SW_COUNT(walks), false);
}

static void long_texts_are_quoted_in_part(void **state)
{
    (void)state;
    struct sw_diags diags;
    struct sw_verify verify;
    char text[3000] = "{\"align\": \"";
    for (int i = 0; i < 700; i++) {
        strcat(text, "\xE4\xB8\x96");
    }
    strcat(text, "\", \"");
    for (int i = 0; i < 700; i++) {
        strcat(text, "k");
    }
    strcat(text, "\": 1}");
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(text, strlen(text), SW_JSON_STRICT, "f", &diags);
    assert_non_null(json);
    sw_verify_init(&verify, json, &diags);
    assert_false(sw_verify_object(&verify, &table, json->root));
    assert_int_equal(diags.count, 2);
    assert_true(strlen(diags.items[0].text) < 200 && strlen(diags.items[1].text) < 200);
    assert_non_null(strstr(diags.items[1].text, "\xE4\xB8\x96\" is not one of"));
    sw_json_destroy(json);
    sw_diags_finish(&diags);
}

static void paths_grow_and_shrink(void **state)
{
    (void)state;
    struct sw_verify verify;
    char longest[1000];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    sw_verify_init(&verify, NULL, NULL);
    size_t a = sw_verify_enter(&verify, "pages"), b = sw_verify_enter_index(&verify, 12), c = sw_verify_enter(&verify, "title");
    assert_string_equal(verify.path, "pages[12].title");
    size_t d = sw_verify_enter(&verify, longest); /* does not fit: is not there */
    assert_string_equal(verify.path, "pages[12].title");
    sw_verify_leave(&verify, d);
    sw_verify_leave(&verify, c);
    assert_string_equal(verify.path, "pages[12]");
    sw_verify_leave(&verify, b);
    assert_string_equal(verify.path, "pages");
    sw_verify_leave(&verify, a);
    assert_string_equal(verify.path, "");
    size_t marks[1000];
    for (int i = 0; i < 1000; i++) {
        marks[i] = sw_verify_enter_index(&verify, i);
    }
    for (int i = 999; i >= 0; i--) {
        sw_verify_leave(&verify, marks[i]);
    }
    assert_string_equal(verify.path, "");
}

static void ids_names_and_braces(void **state)
{
    (void)state;
    static const char *const ids[] = {"a", "0", "-", "foyer-2"}, *const no_ids[] = {"", "A", "a_b", "a b", "\xC3\xA4", "a.b", "a/b"};
    static const char *const names[] = {"a", "a0", "a_b"}, *const no_names[] = {"", "0a", "_a", "A", "a-b", "a b", "\xC3\xA4"};
    static const char *const dynamic[] = {"{x}", "from {a} to {b}", "{{{x}}}", "{", "}", "a}"};
    static const char *const fixed[] = {"", "x", "{{x}}", "{{", "}}", "{{}}"};
    char longest[66];
    memset(longest, 'a', sizeof longest - 1);
    longest[65] = '\0';
    assert_false(sw_id_valid(longest));
    assert_false(sw_name_valid(longest));
    longest[64] = '\0';
    assert_true(sw_id_valid(longest));
    assert_true(sw_name_valid(longest));
    for (size_t i = 0; i < SW_COUNT(ids); i++) {
        assert_true(sw_id_valid(ids[i]));
    }
    for (size_t i = 0; i < SW_COUNT(no_ids); i++) {
        assert_false(sw_id_valid(no_ids[i]));
    }
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        assert_true(sw_name_valid(names[i]));
    }
    for (size_t i = 0; i < SW_COUNT(no_names); i++) {
        assert_false(sw_name_valid(no_names[i]));
    }
    for (size_t i = 0; i < SW_COUNT(dynamic) + SW_COUNT(fixed); i++) {
        bool expected = i < SW_COUNT(dynamic);
        cJSON *node = cJSON_CreateString(expected ? dynamic[i] : fixed[i - SW_COUNT(dynamic)]);
        if (sw_json_is_dynamic(node) != expected) {
            fail_msg("%s", node->valuestring);
        }
        cJSON_Delete(node);
    }
    cJSON *number = cJSON_CreateNumber(1);
    assert_false(sw_json_is_dynamic(number));
    assert_false(sw_json_is_dynamic(NULL));
    cJSON_Delete(number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_values_pass), cmocka_unit_test(types_and_ranges), cmocka_unit_test(durations), cmocka_unit_test(keys),
        cmocka_unit_test(keys_together),
        cmocka_unit_test(canvases_and_languages), cmocka_unit_test(where_nothing_is_declared_any_id_passes),
        cmocka_unit_test(long_texts_are_quoted_in_part), cmocka_unit_test(paths_grow_and_shrink), cmocka_unit_test(ids_names_and_braces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
