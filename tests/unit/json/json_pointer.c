/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON Pointers: the examples of RFC 6901, section 5, and what is none. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "json/pointer.h"

static const char document[] = "{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"c%d\": 2, \"e^f\": 3, \"g|h\": 4, \"i\\\\j\": 5, "
                               "\"k\\\"l\": 6, \" \": 7, \"m~n\": 8, \"01\": 9, \"two\": 10, \"two\": {\"three\": [[11]]}}";

static const struct {
    const char *pointer, *found; /* as it is written; NULL: nothing there */
} finds[] = {
    {"/foo", "[\"bar\",\"baz\"]"},
    {"/foo/0", "\"bar\""},
    {"/", "0"},
    {"/a~1b", "1"},
    {"/c%d", "2"},
    {"/e^f", "3"},
    {"/g|h", "4"},
    {"/i\\j", "5"},
    {"/k\"l", "6"},
    {"/ ", "7"},
    {"/m~0n", "8"},
    {"/01", "9"},
    {"/two/three/0/0", "11"},
    {"/foo/2", NULL},
    {"/foo/01", NULL},
    {"/foo/-", NULL},
    {"/foo/-1", NULL},
    {"/foo/+1", NULL},
    {"/foo/99999999999999999999", NULL},
    {"/foo/0/0", NULL},
    {"/foo/", NULL},
    {"/Foo", NULL},
    {"//", NULL},
    {"/m~n", NULL},
    {"foo", NULL},
};

static void finds_what_it_names(void **state)
{
    (void)state;
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(document, sizeof document - 1, SW_JSON_FEED, "a", &diags);
    assert_non_null(json);
    assert_ptr_equal(sw_pointer_find(json->root, ""), json->root);
    assert_null(sw_pointer_find(NULL, ""));
    assert_null(sw_pointer_find(NULL, "/a"));
    for (size_t i = 0; i < sizeof finds / sizeof finds[0]; i++) {
        const cJSON *node = sw_pointer_find(json->root, finds[i].pointer);
        if ((node == NULL) != (finds[i].found == NULL)) {
            fail_msg("%s", finds[i].pointer);
        }
        if (node != NULL) {
            char *written = cJSON_PrintUnformatted(node);
            assert_string_equal(written, finds[i].found);
            cJSON_free(written);
        }
    }
    sw_json_destroy(json);
    sw_diags_finish(&diags);
}

static void says_what_is_none(void **state)
{
    (void)state;
    char text[SW_POINTER_BYTES_MAX + 8];
    assert_null(sw_pointer_fault(""));
    assert_null(sw_pointer_fault("/"));
    assert_null(sw_pointer_fault("/a/~0~1/\xc3\xa4/0"));
    assert_string_equal(sw_pointer_fault("a"), "begins with a slash, or is empty");
    assert_string_equal(sw_pointer_fault(" /a"), "begins with a slash, or is empty");
    assert_non_null(strstr(sw_pointer_fault("/a~b"), "\"~\" by itself"));
    assert_non_null(strstr(sw_pointer_fault("/a/~"), "\"~\" by itself"));
    assert_non_null(strstr(sw_pointer_fault("/~2"), "\"~\" by itself"));
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    text[0] = '/';
    assert_string_equal(sw_pointer_fault(text), "has more than 1024 bytes");
    text[257] = '\0';
    assert_string_equal(sw_pointer_fault(text), "has a key of more than 255 bytes");
    text[256] = '\0';
    assert_null(sw_pointer_fault(text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_it_names),
        cmocka_unit_test(says_what_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
