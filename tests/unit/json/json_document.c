/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents: what they hold, and where it stands. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "json/json.h"
#include "json/scan.h"

static struct sw_json *read_text(const char *text)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(text, strlen(text), SW_JSON_CURATOR, "scenes/a.json", &diags);
    if (json == NULL) {
        fail_msg("%s", diags.items[0].text);
    }
    assert_int_equal(diags.count, 0);
    sw_diags_finish(&diags);
    return json;
}

static void assert_place(const struct sw_json *json, const cJSON *node, int key_line, int key_column, int line, int column)
{
    int at[4];
    sw_json_key_place(json, node, &at[0], &at[1]);
    sw_json_place(json, node, &at[2], &at[3]);
    if (at[0] != key_line || at[1] != key_column || at[2] != line || at[3] != column) {
        fail_msg("%d:%d, %d:%d instead of %d:%d, %d:%d", at[0], at[1], at[2], at[3], key_line, key_column, line, column);
    }
}

static void every_node_has_its_place(void **state)
{
    (void)state;
    struct sw_json *json = read_text("// \xC3\xA4\xC3\xB6\xC3\xBC\n"
                                     "{\n"
                                     "  \"pages\": [ // first\n"
                                     "    {\"id\": \"now\", /* \xC3\xA4 */ \"for\": \"20s\",},\n"
                                     "    {},\n"
                                     "  ],\r\n"
                                     "  \"\xF0\x9F\x98\x80\": {\"x\"\n"
                                     "  :\n"
                                     "  true}, \"last\": [[1, [2]], null]\n"
                                     "}\n");
    const cJSON *pages = sw_json_get(json->root, "pages"), *now = cJSON_GetArrayItem(pages, 0);
    const cJSON *face = sw_json_get(json->root, "\xF0\x9F\x98\x80"), *last = sw_json_get(json->root, "last");
    assert_string_equal(json->file, "scenes/a.json");
    assert_place(json, json->root, 2, 1, 2, 1);
    assert_place(json, pages, 3, 3, 3, 12);
    assert_place(json, now, 4, 5, 4, 5);
    assert_place(json, sw_json_get(now, "id"), 4, 6, 4, 12);
    assert_place(json, sw_json_get(now, "for"), 4, 27, 4, 34);
    assert_place(json, cJSON_GetArrayItem(pages, 1), 5, 5, 5, 5);
    assert_place(json, face, 7, 3, 7, 8);
    assert_place(json, sw_json_get(face, "x"), 7, 9, 9, 3);
    assert_place(json, last, 9, 10, 9, 18);
    assert_place(json, cJSON_GetArrayItem(cJSON_GetArrayItem(cJSON_GetArrayItem(last, 0), 1), 0), 9, 24, 9, 24);
    assert_place(json, cJSON_GetArrayItem(last, 1), 9, 29, 9, 29);
    /* what is not of this document */
    struct sw_json *other = read_text("[]");
    assert_place(json, other->root, 0, 0, 0, 0);
    assert_place(json, NULL, 0, 0, 0, 0);
    assert_place(other, other->root, 1, 1, 1, 1);
    sw_json_destroy(other);
    sw_json_destroy(json);
    sw_json_destroy(NULL);
    sw_json_scan_finish(NULL);
}

static void members_are_found(void **state)
{
    (void)state;
    struct sw_json *json = read_text("{\"text\": \"Rhein\", \"number\": -2.5e3, \"yes\": true,"
                                    " \"no\": false, \"nothing\": null, \"list\": [1]}");
    const cJSON *root = json->root;
    assert_non_null(sw_json_get(root, "text"));
    assert_null(sw_json_get(root, "Text"));
    assert_null(sw_json_get(root, "none"));
    assert_null(sw_json_get(NULL, "text"));
    assert_null(sw_json_get(sw_json_get(root, "list"), "text"));
    assert_null(sw_json_get(sw_json_get(root, "text"), "text"));
    assert_string_equal(sw_json_text(root, "text", "-"), "Rhein");
    assert_string_equal(sw_json_text(root, "number", "-"), "-");
    assert_null(sw_json_text(root, "none", NULL));
    assert_true(sw_json_number(root, "number", 1) == -2500);
    assert_true(sw_json_number(root, "text", 1) == 1);
    assert_true(sw_json_bool(root, "yes", false));
    assert_false(sw_json_bool(root, "no", true));
    assert_true(sw_json_bool(root, "nothing", true));
    assert_true(sw_json_bool(NULL, "nothing", true));
    sw_json_destroy(json);
}

static void values_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double expected;
    } numbers[] = {
        {"9007199254740992", 9007199254740992.0}, {"-9007199254740992", -9007199254740992.0}, {"0.1", 0.1}, {"1e-7", 1e-7},
        {"1.7976931348623157e308", 1.7976931348623157e308}, {"4.9e-324", 4.9e-324}, {"-0", 0}, {"1e-999", 0},
        {"123456789.123456789", 123456789.123456789},
        {"0.1234567890123456789012345678901234567890123456789012345678901", 0.1234567890123456789012345678901234567890123456789},
    };
    for (size_t i = 0; i < SW_COUNT(numbers); i++) {
        struct sw_json *json = read_text(numbers[i].text);
        assert_true(json->root->valuedouble == numbers[i].expected);
        sw_json_destroy(json);
    }
    struct sw_json *json = read_text("[\"\\u00e4\\ud83d\\ude00\\n\\/\", \"// \xC3\xA4 /* */ ,]\", \"a,\",]");
    assert_string_equal(cJSON_GetArrayItem(json->root, 0)->valuestring, "\xC3\xA4\xF0\x9F\x98\x80\n/");
    assert_string_equal(cJSON_GetArrayItem(json->root, 1)->valuestring, "// \xC3\xA4 /* */ ,]"); /* strings are not blanked */
    assert_string_equal(cJSON_GetArrayItem(json->root, 2)->valuestring, "a,");
    assert_int_equal(cJSON_GetArraySize(json->root), 3);
    sw_json_destroy(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_node_has_its_place),
        cmocka_unit_test(members_are_found),
        cmocka_unit_test(values_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
