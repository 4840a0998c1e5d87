/* SPDX-License-Identifier: EUPL-1.2 */
/* What malformed expressions are told, and the bounds of good ones. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "exhibition/expression.h"

static struct sw_arena arena;

static void faults_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t offset;
        const char *fault;
    } cases[] = {
        {"", 0, "an expression is missing here; write a name, a number or a 'text'"},
        {"   ", 3, "the expression ends where a value is missing"},
        {"1 +", 3, "the expression ends where a value is missing"},
        {"1 + * 2", 4, "a value is missing before \"*\""},
        {"a = 3", 2, "\"=\" compares nothing; write \"==\""},
        {"a === 3", 2, "\"===\" is not known here; write \"==\""},
        {"a => 3", 2, "\"=>\" is not known here; write \">=\""},
        {"a =< 3", 2, "\"=<\" is not known here; write \"<=\""},
        {"a <> 3", 2, "\"<>\" is not known here; write \"!=\""},
        {"a && b", 2, "\"&\" is not known here; write \"and\""},
        {"a || b", 2, "\"||\" is not known here; write \"or\""},
        {"!a", 0, "\"!\" is not known here; write \"not\""},
        {"a[0]", 1, "\"[\" is not known here; first(list) and last(list) give an item, repeat gives all"},
        {"a == \xe2\x80\x9eTag\xe2\x80\x9c", 5, "\xe2\x80\x9e does not open a text here; write it as 'text'"},
        {"a == 'Tag", 5, "the text that begins here is never closed; a ' is missing"},
        {"'a\\x'", 2, "a backslash in a text stands before \\, ', \" or n only; for itself write \\\\"},
        {"größe", 2, "\"ö\" does not belong here; names are made of a-z, 0-9 and _, texts stand in '...'"},
        {"\xff", 0, "a character that does not belong into an expression (byte 0xff)"},
        {"a \x01", 2, "a character that does not belong into an expression (byte 0x01)"},
        {"a b", 2, "an operator is missing before \"b\""},
        {"a 'b'", 2, "an operator is missing before \"'b'\""},
        {"a not in b", 2, "\"not\" stands in front: write \"not (a in b)\""},
        {"(a", 2, "a ) is missing here"},
        {"a)", 1, "this ) was never opened"},
        {"()", 1, "a value is missing before \")\""},
        {"1 < 2 < 3", 6, "comparisons do not chain; write e.g. a < b and b < c"},
        {"a ? b", 5, "the \":\" of \"condition ? value : other\" is missing here"},
        {"a ? b :", 7, "the expression ends where a value is missing"},
        {"a.", 2, "the name of a member is missing after the dot"},
        {"a.'b'", 2, "the name of a member is missing after the dot"},
        {"cuont(a)", 0, "unknown function \"cuont\"; did you mean \"count\"?"},
        {"zzzzzzzz(a)", 0, "unknown function \"zzzzzzzz\"; it is one of count, first, last, min, max, sum, round, floor, ceil, abs,"
                           " length, "
                           "contains, starts, date, year, month, day, hour, minute, weekday, days, hours, minutes, seconds"},
        {"a | zzzzzzzz", 4, "unknown filter \"zzzzzzzz\"; it is one of value, number, percent, time, date, ago, upper, lower, map, plural,"
                            " default"},
        {"count()", 0, "function count takes 1 argument, not 0"},
        {"1 + count(a, b)", 4, "function count takes 1 argument, not 2"},
        {"contains(a)", 0, "function contains takes 2 arguments, not 1"},
        {"min()", 0, "function min takes 1 to 16 arguments, not 0"},
        {"min(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17)", 43, "a function takes at most 16 arguments"},
        {"abs(1, 2)", 0, "function abs takes 1 argument, not 2"},
        {"hour(1, 2)", 0, "function hour takes 1 argument, not 2"},
        {"date(1, 2)", 0, "function date takes 3 arguments, not 2"},
        {"min(1, 2", 8, "a , or ) is missing in the arguments of min"},
        {"min(1,)", 6, "a value is missing before \")\""},
        {"3x", 0, "\"3x\" is neither a number nor a duration; write e.g. 20s, 1m30s, 500ms or 2h (at most 366d)"},
        {"1.5h", 0, "\"1.5h\" is neither a number nor a duration; write e.g. 20s, 1m30s, 500ms or 2h (at most 366d)"},
        {"1000d", 0, "\"1000d\" is neither a number nor a duration; write e.g. 20s, 1m30s, 500ms or 2h (at most 366d)"},
        {"1234567890123456", 0, "a number has at most 15 digits"},
        {"a | nubmer", 4, "unknown filter \"nubmer\"; did you mean \"number\"?"},
        {"a | 3", 4, "the name of a filter is missing after \"|\""},
        {"a |", 3, "the name of a filter is missing after \"|\""},
        {"a | number:", 11, "an argument of a filter is a number, a word or a 'text'"},
        {"a | number:1,2", 4, "filter number takes 0 to 1 arguments, not 2"},
        {"a | number:7", 4, "the digits behind the point are a whole number from 0 to 6"},
        {"a | number:-1", 4, "the digits behind the point are a whole number from 0 to 6"},
        {"a | number:1.5", 4, "the digits behind the point are a whole number from 0 to 6"},
        {"a | number:'1'", 4, "the digits behind the point are a whole number from 0 to 6"},
        {"a | date:lnog", 4, "a date is never \"lnog\"; did you mean \"long\"?"},
        {"a | date:quarter", 4, "a date is short, long or weekday: date:long"},
        {"a | date:3", 4, "a date is short, long or weekday: date:long"},
        {"a | default", 4, "filter default takes 1 argument, not 0"},
        {"a | plural:1,2", 4, "the forms of a plural are texts: plural:'Seite','Seiten'"},
        {"a | map:'a=b,c'", 4, "a map is written map:'key=text,other=text'"},
        {"a | map:3", 4, "a map is written map:'key=text,other=text'"},
        {"a | number + 1", 11, "\"+\" behind a filter; only \"| filter\" may follow, or \":\" and its arguments"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_expression_faults faults = {0};
        if (sw_expression_create(&arena, cases[i].text, strlen(cases[i].text), true, &faults) != NULL || faults.count != 1) {
            fail_msg("%s: %zu faults", cases[i].text, faults.count);
        }
        assert_false(faults.items[0].warning);
        if (faults.items[0].offset != cases[i].offset || strcmp(faults.items[0].text, cases[i].fault) != 0) {
            fail_msg("%s: %zu: %s", cases[i].text, faults.items[0].offset, faults.items[0].text);
        }
        assert_null(sw_expression_create(&arena, cases[i].text, strlen(cases[i].text), true, NULL));
    }
}

static void filters_only_where_allowed(void **state)
{
    (void)state;
    struct sw_expression_faults faults = {0};
    assert_null(sw_expression_create(&arena, "a | time", 8, false, &faults));
    assert_string_equal(faults.items[0].text, "filters stand in texts only; for a choice write \"or\"");
    assert_int_equal(faults.items[0].offset, 2);
    assert_non_null(sw_expression_create(&arena, "a | time", 8, true, NULL));
    assert_non_null(sw_expression_create(&arena, "a | time", 1, false, NULL)); /* no more than `length` is read */
}

static const char *repeated(const char *before, const char *piece, int count, const char *after)
{
    char *text = sw_arena_alloc(&arena, strlen(before) + strlen(piece) * (size_t)count + strlen(after) + 1);
    strcpy(text, before);
    for (int i = 0; i < count; i++) {
        strcat(text, piece);
    }
    return strcat(text, after);
}

static void bounds(void **state)
{
    (void)state;
    const struct {
        const char *text;
        bool good;
    } cases[] = {
        {repeated("", "(", 31, repeated("1", ")", 31, "")), true},
        {repeated("", "(", 32, repeated("1", ")", 32, "")), false},
        {repeated("", "(", 4000, ""), false},
        {repeated("", "not ", 31, "true"), true},
        {repeated("", "not ", 1000, "true"), false},
        {repeated("", "-", 4000, "1"), false},
        {repeated("1", "+1", 190, ""), true},
        {repeated("1", "+1", 2000, ""), false},
        {repeated("a", ".a", 1500, ""), false},
        {repeated("", "a?b:", 1000, "c"), false},
        {repeated("1", " ", SW_EXPRESSION_BYTES_MAX - 1, ""), true},
        {repeated("1", " ", SW_EXPRESSION_BYTES_MAX, ""), false},
        {repeated("'", "x", SW_EXPRESSION_BYTES_MAX - 2, "'"), true},
        {repeated("a", "|default:1", 150, ""), true},
        {repeated("a", "|default:1", 400, ""), false},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_expression_faults faults = {0};
        const struct sw_expression *expression = sw_expression_create(&arena, cases[i].text, strlen(cases[i].text), true, &faults);
        if ((expression != NULL) != cases[i].good || faults.count != (cases[i].good ? 0 : 1)) {
            fail_msg("case %zu: %.60s", i, cases[i].text);
        }
    }
}

static int tear_down(void **state)
{
    (void)state;
    sw_arena_finish(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(faults_are_told), cmocka_unit_test(filters_only_where_allowed),
                                       cmocka_unit_test(bounds)};
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
