/* SPDX-License-Identifier: EUPL-1.2 */
/* A language's file is changed where something is new, and stays as it is everywhere else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "lang/entry.h"
#include "lang/inline.h"

static const struct sw_entry hub = {.file = "scenes/hub.json", .path = "title", .text = "T\303\274m", .of = "0123abcd"};
static const struct sw_entry lines = {.file = "scenes/hub.json", .path = "a[0].text", .text = "eins\nzw\"ei\n\ndr\302\240ei"};
static const struct sw_entry part = {.file = "scenes/parts/a.json", .path = "x", .text = "\\", .of = "00000000", .by = "B\303\274ro",
                                     .reviewed = "11111111"};
static const struct sw_entry note = {.file = "scenes/hub.json", .path = "b", .of = "22222222", .by = "X", .reviewed = "33333333"};

static void expect(const struct sw_entry *entries, size_t count, const char *old, const char *wanted)
{
    struct sw_buffer out;
    struct sw_diags diags;
    sw_buffer_init(&out, 1 << 20);
    sw_diags_init(&diags);
    assert_true(sw_entries_put(entries, count, "scenes/lang/tr.json", old, old != NULL ? strlen(old) : 0, &out, &diags));
    assert_string_equal(sw_buffer_text(&out), wanted);
    sw_diags_finish(&diags);
    sw_buffer_finish(&out);
}

static void new_file(void **state)
{
    const struct sw_entry all[] = {part, hub, lines, note};
    (void)state;
    expect(all, 4, NULL,
           "{\n"
           "  \"scenes/hub.json\": {\n"
           "    \"title\": {\"text\": \"T\303\274m\", \"of\": \"0123abcd\"},\n"
           "    \"a[0].text\": [\"eins\", \"zw\\\"ei\", \"\", \"dr\\u00a0ei\"],\n"
           "    \"b\": {\"of\": \"22222222\", \"reviewed\": {\"by\": \"X\", \"text\": \"33333333\"}}\n"
           "  },\n"
           "  \"scenes/parts/a.json\": {\n"
           "    \"x\": {\"text\": \"\\\\\", \"of\": \"00000000\", \"reviewed\": {\"by\": \"B\303\274ro\", \"text\": \"11111111\"}}\n"
           "  }\n"
           "}\n");
}

static void nothing_new(void **state)
{
    (void)state;
    expect(NULL, 0, "// a\n{ /* b */ }", "// a\n{ /* b */ }");
}

static void comments_and_order_stay(void **state)
{
    const struct sw_entry all[] = {hub, note, part};
    (void)state;
    expect(all, 3,
           "// T\303\274rk\303\247e \"{\n"
           "{\n"
           "  /* the hub, } */ \"scenes/hub.json\": {\n"
           "    \"c\": [\"x\", // one }\n"
           "          \"y\"],\n"
           "    \"title\" : /* old */ \"Alle \\\"}\" , // all\n"
           "    \"a\": \"z\" // last\n"
           "  } // end\n"
           "}\n",
           "// T\303\274rk\303\247e \"{\n"
           "{\n"
           "  /* the hub, } */ \"scenes/hub.json\": {\n"
           "    \"c\": [\"x\", // one }\n"
           "          \"y\"],\n"
           "    \"title\" : /* old */ {\"text\": \"T\303\274m\", \"of\": \"0123abcd\"} , // all\n"
           "    \"a\": \"z\", // last\n"
           "    \"b\": {\"of\": \"22222222\", \"reviewed\": {\"by\": \"X\", \"text\": \"33333333\"}}\n"
           "  }, // end\n"
           "  \"scenes/parts/a.json\": {\n"
           "    \"x\": {\"text\": \"\\\\\", \"of\": \"00000000\", \"reviewed\": {\"by\": \"B\303\274ro\", \"text\": \"11111111\"}}\n"
           "  }\n"
           "}\n");
}

static void commas_that_are_there(void **state)
{
    (void)state;
    expect(&hub, 1, "{\"scenes/hub.json\": {\"a\": \"b\", /* , */ }, }",
           "{\"scenes/hub.json\": {\"a\": \"b\", /* , */\n    \"title\": {\"text\": \"T\303\274m\", \"of\": \"0123abcd\"}\n  }, }");
    expect(&hub, 1, "{\"scenes/hub.json\": {}}",
           "{\"scenes/hub.json\": {\n    \"title\": {\"text\": \"T\303\274m\", \"of\": \"0123abcd\"}\n  }}");
    expect(&hub, 1, "{\r\n\"scenes/hub.json\": {\r\n\"title\": {\"text\": \"a\", \"of\": \"11111111\"}\r\n}\r\n}\r\n",
           "{\r\n\"scenes/hub.json\": {\r\n\"title\": {\"text\": \"T\303\274m\", \"of\": \"0123abcd\"}\r\n}\r\n}\r\n");
}

static void what_cannot_be_read_is_left(void **state)
{
    static const char *const broken[] = {"", "{", "[]", "{\"a\": 1, \"a\": 2}", "\"x\"", "{\"a\": \"\xff\"}"};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(broken); i++) {
        struct sw_buffer out;
        struct sw_diags diags;
        sw_buffer_init(&out, 1 << 20);
        sw_diags_init(&diags);
        assert_false(sw_entries_put(&hub, 1, "scenes/lang/tr.json", broken[i], strlen(broken[i]), &out, &diags));
        assert_int_equal(out.length, 0);
        assert_int_equal(diags.errors, 1);
        sw_diags_finish(&diags);
        sw_buffer_finish(&out);
    }
}

/* Texts of a scene itself. */
static void changed_where_they_stand(void **state)
{
    static const char scene[] = "{ // a\n  \"t\": {\"de\": \"x\", \"en\": [\"y\", // b\n \"z\"]}, \"u\": {\"en\": \"w\"}\n}\n";
    static const struct sw_root_file there = {.path = "scenes/a.json", .bytes = scene, .length = sizeof scene - 1};
    struct sw_inline changes[] = {{"scenes/a.json", 3, 21, "W\n\302\240"}, {"scenes/a.json", 2, 26, "one"}};
    struct sw_inline gone = {"scenes/a.json", 2, 3, "x"}, none = {"scenes/b.json", 1, 1, "x"};
    enum sw_file_status status;
    struct sw_inline_file *files = NULL;
    struct sw_diags diags;
    size_t count = 0;
    (void)state;
    struct sw_root *root = sw_root_create_list("/tmp", &there, 1, &status);
    assert_non_null(root);
    sw_diags_init(&diags);
    assert_true(sw_inline_make(root, changes, 2, &files, &count, &diags));
    assert_int_equal(count, 1);
    assert_string_equal(files[0].file, "scenes/a.json");
    assert_string_equal(sw_buffer_text(&files[0].made),
                        "{ // a\n  \"t\": {\"de\": \"x\", \"en\": \"one\"}, \"u\": {\"en\": [\"W\", \"\\u00a0\"]}\n}\n");
    sw_inline_free(files, count);
    assert_int_equal(diags.errors, 0);
    assert_false(sw_inline_make(root, &gone, 1, &files, &count, &diags));
    assert_false(sw_inline_make(root, &none, 1, &files, &count, &diags));
    assert_null(files);
    assert_int_equal(diags.errors, 2);
    sw_diags_finish(&diags);
    sw_root_destroy(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(new_file), cmocka_unit_test(nothing_new), cmocka_unit_test(comments_and_order_stay),
                                       cmocka_unit_test(commas_that_are_there), cmocka_unit_test(what_cannot_be_read_is_left),
                                       cmocka_unit_test(changed_where_they_stand)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
