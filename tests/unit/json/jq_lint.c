/* SPDX-License-Identifier: EUPL-1.2 */
/* jq programs that are let through, and those that are not: at which place, and why. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "json/jq_lint.h"

static void sound_programs(void **state)
{
    (void)state;
    static const char *const programs[] = {
        ".body",
        "[.body.departures[] | {line: .servingLine.number, in: (.countdown | tonumber)}]",
        ".body.data | to_entries | map(.value | to_entries[0].value) | .[0]",
        "if .a then .b elif .c then .d else .e end",
        "[.[] | if .x == null then empty else .x end]",
        "{env: 1, input: .input, now: .now, \"halt\": 2, if: 3, end: 4}", /* keys and fields are only names */
        ". as {env: $env} | $env, .env.input?, .[\"now\"], $input",
        "\"import env halt \\\" input\" // \"a\"",
        "# env, input: a comment\n.body # halt",
        "\"\\(.a | \"inner \\(.b + \")\") end\") \\u00fc\"",
        "def trim: sub(\"^ +\"; \"\"); .body | trim",
        "[1700000000000, .x[1000000], .[2:1000000]] | .[0] / 1000000000",
        "reduce .[] as [$a, $b] ({}; . + {($a): $b}) | .. | numbers",
        "label $out | foreach .[] as $x (0; . + $x; if . > 3 then ., break $out else empty end)",
        ".a[0].b[\"c\"]?.d[], .[-1:], .a.\"b c\", (.a).b, ..[0]?",
        "@base64 \"x\\(.y)\", @json, @text",
        "try error(\"x\") catch ., (1, 2) as $x | $x * 3.5e-3 % 2",
    };
    struct sw_jq_fault faults[SW_JQ_FAULTS_MAX];
    for (size_t i = 0; i < SW_COUNT(programs); i++) {
        if (sw_jq_lint(programs[i], strlen(programs[i]), faults) > 0)
            fail_msg("%s\nat %zu: %s", programs[i], faults[0].offset, faults[0].text);
    }
}

/* Each has exactly one fault: its offset, and a part of its text. */
static const struct {
    const char *program;
    size_t offset;
    const char *text;
} cases[] = {
    {"import \"d\" as $d {search: \"/etc\"}; $d", 0, "import"},
    {"include \"d\"; .", 0, "include"},
    {".a | env.HOME", 5, "environment"},
    {"$ENV.HOME", 0, "environment"},
    {"$ # a comment\n ENV", 0, "environment"},
    {"\"x \\(\"y \\(env)\")\"", 10, "environment"},
    {"[.[env:2]]", 3, "environment"}, /* a slice is no key */
    {"{env}", 1, "written {env: .env}"},
    {"{a: 1, b: .[input:]}", 12, "all there is"},
    {"# a comment\nenv", 12, "environment"},
    {"def f: input; f", 7, "all there is"},
    {"[inputs]", 1, "all there is"},
    {"input_filename", 0, "all there is"},
    {"\"a\" | halt_error", 6, "empty"},
    {"halt", 0, "empty"},
    {". | stderr", 4, "nobody reads"},
    {"debug", 0, "nobody reads"},
    {"\"m\" | modulemeta", 6, "other files"},
    {"get_search_list", 0, "other files"},
    {"a::b", 0, "modules"},
    {"now - .x", 0, ".now"},
    {".t | localtime", 5, "stay as they are"},
    {".a | if . then 1 end", 5, "else"},
    {"[if . then (if . then 1 end) else 2 end]", 12, "else"},
    {".a.[0]", 2, "leave the dot out"},
    {".a | .b[].[\"c\"]", 9, "leave the dot out"},
    {".a | abs", 5, "no \"abs\""},
    {"pick(.a)", 0, "no \"pick\""},
    {".a | @base32d", 5, "no \"@base32d\""},
    {".[2147483647] = 1", 2, "1000000"},
    {".a[1000001]", 3, "1000000"},
    {".a[1e9:]", 3, "1000000"},
    {"[(1, 2]", 6, "something else"},
    {"(.a", 0, "never closed"},
    {".a)", 2, "closes nothing"},
    {"\"abc", 0, "never closed"},
    {"\"abc\\", 0, "never closed"},
    {"\"a\\(1", 2, "never closed"},
    {"if . then 1 else 2", 0, "end is missing"},
    {"(if . then 1 else 2) end", 19, "something else"},
    {"1 end", 2, "closes nothing"},
    {".a # to be continued \\\n| .b", 21, "comment"},
    {".a \r| .b", 3, "control character"},
    {".\xff", 1, "UTF-8"},
    {".a | \xc3\xa4", 5, "no jq"},
    {".a & 1", 3, "no jq"},
    {" \n\t# x", 0, "empty"},
    {"", 0, "empty"},
    {"1111111111111111111111111111111111111111111111111111111111111111", 0, "63 characters"},
};

static void faults_with_their_place(void **state)
{
    (void)state;
    struct sw_jq_fault faults[SW_JQ_FAULTS_MAX];
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        size_t count = sw_jq_lint(cases[i].program, strlen(cases[i].program), faults);
        if (count != 1 || faults[0].offset != cases[i].offset || strstr(faults[0].text, cases[i].text) == NULL)
            fail_msg("%s\n%zu faults; at %zu: %s", cases[i].program, count, count > 0 ? faults[0].offset : 0,
                     count > 0 ? faults[0].text : "none");
    }
}

static void limits(void **state)
{
    static char program[SW_JQ_PROGRAM_MAX + 1];
    struct sw_jq_fault faults[SW_JQ_FAULTS_MAX];
    (void)state;
    memset(program, ' ', sizeof program);
    program[0] = '.';
    assert_int_equal(sw_jq_lint(program, SW_JQ_PROGRAM_MAX, faults), 0);
    assert_int_equal(sw_jq_lint(program, SW_JQ_PROGRAM_MAX + 1, faults), 1);
    memset(program, '[', SW_JQ_DEPTH_MAX);
    memset(program + SW_JQ_DEPTH_MAX, ']', SW_JQ_DEPTH_MAX);
    assert_int_equal(sw_jq_lint(program, (size_t)2 * SW_JQ_DEPTH_MAX, faults), 0);
    memset(program, '(', SW_JQ_PROGRAM_MAX);
    assert_int_equal(sw_jq_lint(program, SW_JQ_PROGRAM_MAX, faults), 1);
    assert_int_equal(faults[0].offset, SW_JQ_DEPTH_MAX);
    for (size_t i = 0; i + 4 <= SW_JQ_PROGRAM_MAX; i += 4)
        memcpy(program + i, "env ", 4);
    assert_int_equal(sw_jq_lint(program, SW_JQ_PROGRAM_MAX, faults), SW_JQ_FAULTS_MAX);
    assert_int_equal(faults[SW_JQ_FAULTS_MAX - 1].offset, 4 * (SW_JQ_FAULTS_MAX - 1));
}

static void nothing_is_read_beyond_the_end(void **state)
{
    static const char program[] = "\"a\\(.b | @base64 \"c\")\" | .d[12] | if . then 1.5e+3 else $x end # comment \\\n";
    struct sw_jq_fault faults[SW_JQ_FAULTS_MAX];
    (void)state;
    for (size_t length = 0; length < sizeof program; length++) {
        char *exact = test_malloc(length > 0 ? length : 1);
        memcpy(exact, program, length);
        (void)!sw_jq_lint(exact, length, faults);
        test_free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_programs),
        cmocka_unit_test(faults_with_their_place),
        cmocka_unit_test(limits),
        cmocka_unit_test(nothing_is_read_beyond_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
