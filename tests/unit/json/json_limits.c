/* SPDX-License-Identifier: EUPL-1.2 */
/* The limits of documents, at the limit and one beyond, and documents that want to be slow. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buffer.h"
#include "json/json.h"

static struct sw_buffer made;

static int start(void **state)
{
    (void)state;
    sw_buffer_init(&made, (size_t)16 << 20);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sw_buffer_finish(&made);
    return 0;
}

static void add(const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        sw_buffer_add_text(&made, text);
    }
}

/* Reads what was made: NULL where it is taken, else a part of the fault must be `fault`. */
static void judge(const char *fault)
{
    struct sw_diags diags;
    assert_false(made.full);
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(sw_buffer_text(&made), made.length, SW_JSON_STRICT, "a.json", &diags);
    if ((json == NULL) != (fault != NULL)) {
        fail_msg("%s", diags.count > 0 ? diags.items[0].text : "taken");
    }
    if (fault != NULL && strstr(diags.items[0].text, fault) == NULL) {
        fail_msg("%s instead of %s", diags.items[0].text, fault);
    }
    sw_json_destroy(json);
    sw_diags_finish(&diags);
    sw_buffer_clear(&made);
}

static void depth(void **state)
{
    (void)state;
    add("[", 64);
    add("]", 64);
    judge(NULL);
    add("[", 65);
    add("]", 65);
    judge("more than 64 levels");
    add("{\"a\":[", 32);
    add("1", 1);
    add("]}", 32);
    judge(NULL);
    add("{\"a\":[", 32);
    add("{}", 1);
    add("]}", 32);
    judge("more than 64 levels");
    add("[", 1000000);
    judge("more than 64 levels");
    add("[", 1);
    add("[],", 100000); /* wide, not deep */
    add("[]]", 1);
    judge(NULL);
}

static void values(void **state)
{
    (void)state;
    add("[1", 1);
    add(",1", SW_JSON_NODES_MAX - 2);
    add("]", 1);
    judge(NULL);
    add("[1", 1);
    add(",1", SW_JSON_NODES_MAX - 1);
    add("]", 1);
    judge("more than 200000 values");
}

static void size(void **state)
{
    (void)state;
    add("[]", 1);
    add(" ", SW_JSON_BYTES_MAX - 2);
    judge(NULL);
    add("[]", 1);
    add(" ", SW_JSON_BYTES_MAX - 1);
    judge("at most 4194304");
}

static void strings(void **state)
{
    (void)state;
    add("\"", 1);
    add("x", SW_JSON_STRING_MAX);
    add("\"", 1);
    judge(NULL);
    add("\"", 1);
    add("x", SW_JSON_STRING_MAX + 1);
    add("\"", 1);
    judge("at most 65536");
    add("\"", 1);
    add("\\u0041", SW_JSON_STRING_MAX); /* what counts is what it stands for */
    add("\"", 1);
    judge(NULL);
    add("\"", 1);
    add("\\u20ac", SW_JSON_STRING_MAX / 3 + 1);
    add("\"", 1);
    judge("at most 65536");
    add("{\"", 1);
    add("x", SW_JSON_STRING_MAX + 1);
    add("\":1}", 1);
    judge("at most 65536");
}

static void many_keys(void **state)
{
    (void)state;
    for (int twin = 0; twin < 2; twin++) {
        sw_buffer_add_text(&made, "{\"key-0\":0");
        for (int i = 1; i < 150000; i++) {
            sw_buffer_printf(&made, ",\"key-%d\":0", i);
        }
        sw_buffer_add_text(&made, twin != 0 ? ",\"key-77777\":0}" : "}");
        judge(twin != 0 ? "key \"key-77777\" stands twice" : NULL);
    }
}

static void many_lines(void **state)
{
    (void)state;
    add("[\n\n\n\n\n\n\n\n\n1", 1);
    add(",\n\n\n\n\n\n\n\n\n\n\n\n1", 190000);
    add("]", 1);
    judge(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(depth),   cmocka_unit_test(values),    cmocka_unit_test(size),
        cmocka_unit_test(strings), cmocka_unit_test(many_keys), cmocka_unit_test(many_lines),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
