/* SPDX-License-Identifier: EUPL-1.2 */
/* The log's lines: form, levels, repeats, strange bytes. Each case runs with standard error in a file. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

static char output[300000];

/* What `run` writes to standard error. */
static const char *capture(void (*run)(void))
{
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stderr);
    int before = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    run();
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(file);
    output[fread(output, 1, sizeof output - 1, file)] = '\0';
    fclose(file);
    return output;
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines;
}

static void write_levels(void)
{
    sw_log_init("schauwand-player", SW_LOG_NOTICE);
    sw_log(SW_LOG_ERROR, "foyer", "no %s", "picture");
    sw_log(SW_LOG_WARNING, "foyer", "w");
    sw_log(SW_LOG_NOTICE, "main", "n");
    sw_log(SW_LOG_INFO, "main", "i");
    sw_log(SW_LOG_DEBUG, "main", "d");
}

static void lines_have_level_role_and_module(void **state)
{
    (void)state;
    assert_string_equal(capture(write_levels), "<3>schauwand-player[foyer]: no picture\n<4>schauwand-player[foyer]: w\n"
                                               "<5>schauwand-player[main]: n\n");
}

static void write_within_limits(void)
{
    sw_log_init("role", SW_LOG_NOTICE);
    sw_log_limit(SW_LOG_DEBUG);
    sw_log(SW_LOG_DEBUG, "a", "d");
    sw_log_limit(SW_LOG_ERROR);
    sw_log(SW_LOG_WARNING, "a", "w");
    sw_log(SW_LOG_ERROR, "a", "e");
}

static void the_limit_may_change(void **state)
{
    (void)state;
    assert_string_equal(capture(write_within_limits), "<7>role[a]: d\n<3>role[a]: e\n");
}

static void write_repeats(void)
{
    sw_log_init("role", SW_LOG_DEBUG);
    for (int i = 0; i < 50; i++) {
        sw_log(SW_LOG_ERROR, "a", "number %d", i);
    }
    sw_log(SW_LOG_ERROR, "b", "number %d", 0);
    sw_log(SW_LOG_ERROR, "a", "other");
}

static void repeats_are_limited(void **state)
{
    (void)state;
    const char *text = capture(write_repeats);
    assert_int_equal(count_lines(text), 22);
    assert_non_null(strstr(text, "number 19\n"));
    assert_null(strstr(text, "number 20\n"));
    assert_non_null(strstr(text, "role[b]: number 0\n"));
    assert_non_null(strstr(text, "role[a]: other\n"));
}

static void write_about_many(void)
{
    char name[16];
    sw_log_init("role", SW_LOG_DEBUG);
    for (int i = 0; i < 2500; i++) {
        snprintf(name, sizeof name, "source%d", i % 50);
        sw_log_about(SW_LOG_WARNING, "a", name, "it is %s", "gone");
    }
}

static void each_of_many_is_counted_by_itself(void **state)
{
    (void)state;
    const char *text = capture(write_about_many);
    for (int i = 0; i < 50; i++) {
        char line[64];
        snprintf(line, sizeof line, "<4>role[a]: source%d: it is gone\n", i);
        assert_non_null(strstr(text, line));
    }
    assert_null(strstr(text, "left out"));
}

static void write_strange(void)
{
    static char longest[10000];
    memset(longest, 'x', sizeof longest - 1);
    sw_log_init("role", SW_LOG_DEBUG);
    sw_log(SW_LOG_ERROR, "a", "one\n<0>two\x1b[2J\x7f\r\tr\xC3\xA4umlich");
    sw_log(SW_LOG_ERROR, "a", "%s", longest);
}

static void a_line_stays_one_line(void **state)
{
    (void)state;
    const char *text = capture(write_strange);
    assert_int_equal(count_lines(text), 2);
    assert_non_null(strstr(text, "<3>role[a]: one <0>two [2J   r\xC3\xA4umlich\n"));
    assert_true(strlen(strchr(text, '\n')) <= 2050);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_have_level_role_and_module),
        cmocka_unit_test(the_limit_may_change),
        cmocka_unit_test(repeats_are_limited),
        cmocka_unit_test(each_of_many_is_counted_by_itself),
        cmocka_unit_test(a_line_stays_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
