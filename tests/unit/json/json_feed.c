/* SPDX-License-Identifier: EUPL-1.2 */
/* The flavour for feeds: what it takes beyond the strict one and what becomes of it, and what it refuses all the same. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "json/json.h"
#include "json/write.h"

static struct sw_json *read_feed(const char *bytes, size_t length)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(bytes, length, SW_JSON_FEED, "feed", &diags);
    assert_int_equal(diags.count, json == NULL ? 1 : 0);
    sw_diags_finish(&diags);
    return json;
}

static const char long_number[] = "[0.00000000000000000000000000000000000000000000000000000000000000000000000000000000125]";

static const struct {
    const char *bytes;
    size_t length;
    const char *becomes; /* NULL: refused */
} cases[] = {
#define CASE(text, becomes)                                                                                                                \
    {                                                                                                                                      \
        text, sizeof(text) - 1, becomes                                                                                                    \
    }
    CASE("{\"a\": [1, 2.5, \"x\", null, true, {}]}", "{\"a\":[1,2.5,\"x\",null,true,{}]}"),
    CASE("\xEF\xBB\xBF{}", "{}"),
    CASE("\xEF\xBB\xBF", NULL),
    CASE(" \xEF\xBB\xBF{}", NULL),
    CASE("[9007199254740992, -9007199254740992]", "[9007199254740992,-9007199254740992]"),
    CASE("[9007199254740993, -9007199254740993]", "[\"9007199254740993\",\"-9007199254740993\"]"),
    CASE("{\"id\":  123456789012345678901234567890 , \"n\": 1}", "{\"id\":\"123456789012345678901234567890\",\"n\":1}"),
    CASE("18446744073709551616", "\"18446744073709551616\""),
    CASE("[1e999, -1E400, 1e308]", "[\"1e999\",\"-1E400\",1e+308]"),
    {long_number, sizeof long_number - 1, "[1.25e-81]"},
    CASE("{\"a\": 1, \"a\": 2}", "{\"a\":2}"),
    CASE("{\"a\": 1, \"b\": 2, \"\\u0061\": 3}", "{\"b\":2,\"a\":3}"),
    CASE("{\"a\": {\"b\": 1, \"b\": 2}, \"c\": 3, \"a\": [4], \"a\": 5}", "{\"c\":3,\"a\":5}"),
    CASE("[{\"a\": 99999999999999999999, \"a\": 88888888888888888888}, 77777777777777777777]",
         "[{\"a\":\"88888888888888888888\"},\"77777777777777777777\"]"),
    CASE("[\"a\\u0000b\"]", "[\"a\xEF\xBF\xBD"
                            "b\"]"),
    CASE("[\"\\ud83d\"]", "[\"\xEF\xBF\xBD\"]"),
    CASE("[\"\\ude00\\ud83d\\ude00\"]", "[\"\xEF\xBF\xBD\xF0\x9F\x98\x80\"]"),
    CASE("[\"\\ud83dx\"]", "[\"\xEF\xBF\xBDx\"]"),
    CASE("{\"\\u0000\": 1, \"\\ud800\": 2}", "{\"\xEF\xBF\xBD\":2}"),
    /* neither JSON nor taken for it */
    CASE("", NULL),
    CASE("<html><body>404</body></html>", NULL),
    CASE("{\"a\": NaN}", NULL),
    CASE("{\"a\": 1,}", NULL),
    CASE("[1] // x", NULL),
    CASE("{\"a\": \"\xFCml\"}", NULL),
    CASE("[\"a\tb\"]", NULL),
    CASE("{\"a\": 1}{\"a\": 2}", NULL),
    CASE("[01]", NULL),
    CASE("[\"\\ud8\"]", NULL),
    CASE("[1", NULL),
#undef CASE
};

static void what_becomes_of_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *copy = malloc(cases[i].length + 1); /* a document need not end in NUL: the sanitizer watches the byte behind it */
        assert_non_null(copy);
        memcpy(copy, cases[i].bytes, cases[i].length);
        struct sw_json *json = read_feed(copy, cases[i].length);
        if ((json == NULL) != (cases[i].becomes == NULL)) {
            fail_msg("%s: %s", cases[i].bytes, json == NULL ? "refused" : "taken");
        }
        free(copy);
        if (json != NULL) {
            struct sw_buffer written;
            sw_buffer_init(&written, 1000);
            sw_json_write(&written, json->root);
            assert_string_equal(sw_buffer_text(&written), cases[i].becomes);
            sw_buffer_finish(&written);
            sw_json_destroy(json);
        }
    }
}

static void is_written_as_it_was_read(void **state)
{
    (void)state;
    static const char text[] = "{\"a\":[0.1,-0.25,1e-300,123456789012345.67,1.7976931348623157e+308,2.5e-10,0],\"\\u0001\\\"\\\\\\n\\t\":"
                               "\"\xC3\xA4\\u001f\",\"t\":[true,false,null,[],{}]}";
    struct sw_json *json = read_feed(text, sizeof text - 1);
    struct sw_buffer written;
    assert_non_null(json);
    sw_buffer_init(&written, 1000);
    sw_json_write(&written, json->root);
    assert_string_equal(sw_buffer_text(&written), text);
    sw_buffer_finish(&written);
    sw_json_destroy(json);
}

static void nodes_have_no_place(void **state)
{
    (void)state;
    struct sw_json *json = read_feed("{\"a\": 1}", 8);
    int line = 7, column = 7;
    assert_non_null(json);
    sw_json_place(json, json->root, &line, &column);
    assert_int_equal(line + column, 0);
    sw_json_destroy(json);
}

/* A key that stands very often: dropped without a quadratic search. */
static void many_twins(void **state)
{
    (void)state;
    size_t count = 100000;
    char *text = malloc(count * 6 + 3), *at = text;
    assert_non_null(text);
    *at++ = '{';
    for (size_t i = 0; i < count; i++, at += 6) {
        memcpy(at, "\"a\":1,", 6);
    }
    at[-1] = '}';
    struct sw_json *json = read_feed(text, (size_t)(at - text));
    assert_non_null(json);
    assert_int_equal(cJSON_GetArraySize(json->root), 1);
    sw_json_destroy(json);
    free(text);
}

static void digits_have_an_end(void **state)
{
    (void)state;
    char digits[1024];
    memset(digits, '7', sizeof digits);
    for (size_t length = 1023; length <= 1024; length++) {
        struct sw_json *json = read_feed(digits, length);
        assert_int_equal(json != NULL, length == 1023);
        sw_json_destroy(json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_becomes_of_it),
        cmocka_unit_test(is_written_as_it_was_read),
        cmocka_unit_test(nodes_have_no_place),
        cmocka_unit_test(many_twins),
        cmocka_unit_test(digits_have_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
