/* SPDX-License-Identifier: EUPL-1.2 */
/* A language's file is changed where something is new, and stays as it is everywhere else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "lang/entry.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(new_file), cmocka_unit_test(nothing_new), cmocka_unit_test(comments_and_order_stay),
                                       cmocka_unit_test(commas_that_are_there), cmocka_unit_test(what_cannot_be_read_is_left)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
