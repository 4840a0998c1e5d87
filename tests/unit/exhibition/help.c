/* SPDX-License-Identifier: EUPL-1.2 */
/* Every function, filter and built-in name says how it is written and what it means. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/must.h"
#include "exhibition/filter.h"
#include "exhibition/help.h"

static void each_says_what_it_means(void **state)
{
    (void)state;
    static const struct {
        bool (*help)(size_t, struct sw_help *);
        const char *first, *last;
    } lists[] = {
        {sw_function_help, "count", "seconds"},
        {sw_filter_help, "value", "default"},
        {sw_builtin_help, "language", "sources"},
    };
    for (size_t i = 0; i < SW_COUNT(lists); i++) {
        struct sw_help help = {.name = NULL};
        assert_true(lists[i].help(0, &help));
        assert_string_equal(help.name, lists[i].first);
        for (size_t at = 0; lists[i].help(at, &help); at++) {
            assert_non_null(strstr(help.form, help.name));
            assert_true(help.meaning[0] >= 'A' && help.meaning[0] <= 'Z');
            assert_int_equal(help.meaning[strlen(help.meaning) - 1], '.');
        }
        assert_string_equal(help.name, lists[i].last);
    }
}

static void every_filter_is_there(void **state)
{
    (void)state;
    const char *const *names = sw_filter_names();
    struct sw_help help;
    size_t at = 0;
    for (; names[at] != NULL; at++) {
        assert_true(sw_filter_help(at, &help));
        assert_string_equal(help.name, names[at]);
    }
    assert_false(sw_filter_help(at, &help));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_says_what_it_means), cmocka_unit_test(every_filter_is_there)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
