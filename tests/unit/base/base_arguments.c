/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arguments.h"
#include "base/must.h"

static void expect(struct sw_arguments *arguments, enum sw_argument_status status, const char *name, const char *value)
{
    struct sw_argument argument = {.name = "?"};
    assert_int_equal(sw_arguments_next(arguments, &argument), status);
    if (status == SW_ARGUMENT_END)
        return;
    if (name == NULL)
        assert_null(argument.name);
    else
        assert_string_equal(argument.name, name);
    if (value == NULL)
        assert_null(argument.value);
    else
        assert_string_equal(argument.value, value);
}

static void test_each_in_its_shape(void **state)
{
    (void)state;
    const char *const items[] = {"--wall", "foyer", "folder", "--window", "--window=3x2", "--live", "--config=/x", "-", "-o", "-o"};
    struct sw_arguments arguments = {.items = items, .count = SW_COUNT(items)};
    expect(&arguments, SW_ARGUMENT_OK, "--wall", "foyer");
    expect(&arguments, SW_ARGUMENT_OK, NULL, "folder");
    expect(&arguments, SW_ARGUMENT_OK, "--window", NULL);
    expect(&arguments, SW_ARGUMENT_OK, "--window", "3x2");
    expect(&arguments, SW_ARGUMENT_OK, "--live", NULL);
    expect(&arguments, SW_ARGUMENT_OK, "--config", "/x");
    expect(&arguments, SW_ARGUMENT_OK, NULL, "-");
    expect(&arguments, SW_ARGUMENT_OK, "-o", "-o");
    expect(&arguments, SW_ARGUMENT_END, NULL, NULL);
}

static void test_what_is_wrong(void **state)
{
    (void)state;
    const char *const items[] = {"--wal", "--live=yes", "--wall"};
    struct sw_arguments arguments = {.items = items, .count = SW_COUNT(items)};
    expect(&arguments, SW_ARGUMENT_UNKNOWN, "--wal", NULL);
    expect(&arguments, SW_ARGUMENT_TAKES_NONE, "--live", "yes");
    expect(&arguments, SW_ARGUMENT_LACKS_VALUE, "--wall", NULL);
}

static void test_what_is_wrong_is_said(void **state)
{
    (void)state;
    char text[64] = "";
    const struct sw_arguments_fault fault = {text, sizeof text};
    const struct sw_argument argument = {.name = "--wall"};
    assert_false(sw_arguments_refuse(&fault, &argument, SW_ARGUMENT_UNKNOWN));
    assert_string_equal(text, "there is no option --wall; see --help");
    assert_false(sw_arguments_refuse(&fault, &argument, SW_ARGUMENT_LACKS_VALUE));
    assert_string_equal(text, "--wall wants a value behind it");
    assert_false(sw_arguments_refuse(&fault, &argument, SW_ARGUMENT_TAKES_NONE));
    assert_string_equal(text, "--wall takes no value");
    assert_false(sw_arguments_fail(&fault, "%070d", 0));
    assert_int_equal(strlen(text), sizeof text - 1);
}

static void test_what_is_followed(void **state)
{
    (void)state;
    char folder[] = "/tmp/sw-arguments-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_true(sw_arguments_follow("https://example.org/wall", NULL));
    assert_true(sw_arguments_follow("http://localhost:8080", NULL));
    assert_false(sw_arguments_follow("folder", "wall.json"));
    assert_false(sw_arguments_follow(".", "wall.json"));
    assert_true(sw_arguments_follow(NULL, "wall.json"));
    assert_int_equal(sw_arguments_follow(NULL, NULL), access(SW_CONFIG_FILE, F_OK) == 0);
    assert_int_equal(mkdir("scenes", 0700), 0);
    assert_false(sw_arguments_follow(NULL, "wall.json")); /* what lies here is played */
    assert_true(sw_arguments_follow("https://example.org/wall", NULL));
    assert_int_equal(rmdir("scenes") + chdir("/") + rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_in_its_shape),
        cmocka_unit_test(test_what_is_wrong),
        cmocka_unit_test(test_what_is_wrong_is_said),
        cmocka_unit_test(test_what_is_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
