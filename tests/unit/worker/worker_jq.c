/* SPDX-License-Identifier: EUPL-1.2 */
/* The real jq worker: what comes back for which program and body, and payloads in the shapes of real platforms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "jq_client.h"
#include "json/jq_lint.h"

static struct jq_client client;

static int open_client(void **state)
{
    (void)state;
    jq_client_open(&client);
    return 0;
}

static int close_client(void **state)
{
    (void)state;
    jq_client_close(&client);
    return client.starts != 1; /* nothing here costs a worker */
}

static const struct {
    const char *program, *context, *body;
    bool rows;
    enum sw_jq_status status;
    const char *result; /* OK: the output, else a part of the text */
} cases[] = {
    {".body", NULL, "{\"a\":[1,2.5,\"\\u00fc\",null,true]}", false, SW_JQ_OK, "{\"a\":[1,2.5,\"\xc3\xbc\",null,true]}"},
    {".", "{\"now\":5,\"vars\":{\"stop\":\"Hbf\"},\"prev\":null,\"status\":200}", "1", false, SW_JQ_OK,
     "{\"now\":5,\"vars\":{\"stop\":\"Hbf\"},\"prev\":null,\"status\":200,\"body\":1}"},
    {".body", "{\"body\":\"a false one\"}", "2", false, SW_JQ_OK, "2"}, /* the body is the body */
    {"[.body[] | {n: .}]", NULL, "[1,2]", true, SW_JQ_OK, "[{\"n\":1},{\"n\":2}]"},
    {".body[] | {n: .}", NULL, "[1,2]", true, SW_JQ_OK, "[{\"n\":1},{\"n\":2}]"},
    {".body[] | {n: .}", NULL, "[1]", true, SW_JQ_OK, "[{\"n\":1}]"},
    {".body[] | {n: .}", NULL, "[]", true, SW_JQ_OK, "[]"},
    {".body[]", NULL, "[[1],[2]]", true, SW_JQ_OK, "[[1],[2]]"},
    {"empty", NULL, "1", false, SW_JQ_EMPTY, "gives nothing"},
    {".body[]", NULL, "[1,2]", false, SW_JQ_SEVERAL, "more than one value"},
    {"import \"d\" as $d {search: \"/etc\"}; $d", NULL, "1", false, SW_JQ_REFUSED, "not allowed"},
    {"$ENV | keys", NULL, "1", false, SW_JQ_REFUSED, "no environment"},
    {".body |", NULL, "1", false, SW_JQ_UNCOMPILED, "line 1: syntax error, unexpected $end"},
    {".\n.a}\n", NULL, "1", false, SW_JQ_REFUSED, "this } closes nothing"},
    {"1 | 2\n3", NULL, "1", false, SW_JQ_UNCOMPILED, "line 2: syntax error"},
    {"nothing_of_the_kind(1)", NULL, "1", false, SW_JQ_UNCOMPILED, "line 1: nothing_of_the_kind/1 is not defined"},
    {"$missing", NULL, "1", false, SW_JQ_UNCOMPILED, "$missing is not defined"},
    {".body.a.b", NULL, "{\"a\":[1]}", false, SW_JQ_FAILED, "Cannot index array with"},
    {"error(\"kein Halt\\nhier \xc3\xbc\")", NULL, "1", false, SW_JQ_FAILED, "kein Halt hier \xc3\xbc"},
    {"error({code: 7})", NULL, "1", false, SW_JQ_FAILED, "{\"code\":7}"},
    {"error({})", NULL, "1", false, SW_JQ_FAILED, "{}"},
    {"error(\"\")", NULL, "1", false, SW_JQ_FAILED, "an error without a text"},
    {"label $f | break $f", NULL, "1", false, SW_JQ_EMPTY, "gives nothing"},
    {"(1, error(\"late\"))", NULL, "1", true, SW_JQ_FAILED, "late"}, /* what came before does not count */
    {"[range(10001)]", NULL, "1", true, SW_JQ_TOO_MANY, "10000 rows"},
    {"range(10001)", NULL, "1", true, SW_JQ_TOO_MANY, "10000 rows"},
    {"range(infinite)", NULL, "1", true, SW_JQ_TOO_MANY, "10000 rows"},
    {"[range(10001)]", NULL, "1", false, SW_JQ_OK, "[0,1,2,"},
    {"\"x\" * 1048577", NULL, "1", false, SW_JQ_TOO_LARGE, "1 MiB"},
    {"[range(200000)]", NULL, "1", false, SW_JQ_TOO_LARGE, "1 MiB"},
    {"\"x\" * 300000 | [., ., ., .]", NULL, "1", false, SW_JQ_TOO_LARGE, "1 MiB"},
    {"\"x\" * 3000 | range(1000)", NULL, "1", true, SW_JQ_OK, "[0,"},
    {"reduce range(70) as $i (0; [.])", NULL, "1", false, SW_JQ_TOO_LARGE, "64 levels"},
    {"last(range(1e12))", NULL, "1", false, SW_JQ_TIMEOUT, "250 ms"},
    {"def f: f; f", NULL, "1", false, SW_JQ_TIMEOUT, "250 ms"},
    {"[.body | recurse(.)]", NULL, "1", false, SW_JQ_TIMEOUT, "250 ms"},
    {".body", NULL, "{\"a\":", false, SW_JQ_BAD_INPUT, "the body is no JSON: Unfinished JSON term"},
    {".body", NULL, "<html></html>", false, SW_JQ_BAD_INPUT, "the body is no JSON: Invalid"},
    {".body", NULL, "1 2", false, SW_JQ_BAD_INPUT, "the body is no JSON"},
    {".body", NULL, "1111111111111111111111111111111111111111111111111111111111111111", false, SW_JQ_BAD_INPUT, "63 characters"},
    {".body", "[1]", "1", false, SW_JQ_BAD_INPUT, "the context is no object"},
    {".body", "{", "1", false, SW_JQ_BAD_INPUT, "the context is no JSON"},
    /* no clock but .now, no zone but UTC, nothing of the machine */
    {"1795437900 | todate", NULL, "1", false, SW_JQ_OK, "\"2026-11-23T12:45:00Z\""},
    {"\"2026-11-23T12:45:00Z\" | fromdate", NULL, "1", false, SW_JQ_OK, "1795437900"},
    {"\"23.11.2026 13:45\" | strptime(\"%d.%m.%Y %H:%M\") | mktime", NULL, "1", false, SW_JQ_OK, "1795441500"},
    {"$__loc__.file", NULL, "1", false, SW_JQ_OK, "\"<top-level>\""},
    {".body | test(\"^(a|a|aa)*$\")", NULL, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"", false, SW_JQ_FAILED, "retry-limit"},
};

static void programs(void **state)
{
    size_t faults = 0;
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        if (!jq_client_run(&client, cases[i].program, cases[i].context, cases[i].body, cases[i].rows))
            fail_msg("%s: the worker died, status %x", cases[i].program, (unsigned)client.wait_status);
        bool same = cases[i].status == SW_JQ_OK ? strncmp(client.output, cases[i].result, strlen(cases[i].result)) == 0
                                                : strstr(client.reply.text, cases[i].result) != NULL;
        if (client.reply.status == cases[i].status && same)
            continue;
        print_error("%s: status %u, text \"%s\", output %.200s\n", cases[i].program, client.reply.status, client.reply.text,
                    client.output);
        faults++;
    }
    assert_int_equal(faults, 0);
}

static void compiling_alone(void **state)
{
    struct sw_jq_ask ask = {.op = SW_JQ_COMPILE, .program = "map(", .program_size = 4};
    (void)state;
    assert_true(jq_client_ask(&client, &ask));
    assert_int_equal(client.reply.status, SW_JQ_REFUSED);
    ask = (struct sw_jq_ask){.op = SW_JQ_COMPILE, .program = "map(+)", .program_size = 6};
    assert_true(jq_client_ask(&client, &ask));
    assert_int_equal(client.reply.status, SW_JQ_UNCOMPILED);
    ask = (struct sw_jq_ask){.op = SW_JQ_COMPILE, .program = "map(.a)", .program_size = 7};
    assert_true(jq_client_ask(&client, &ask));
    assert_int_equal(client.reply.status, SW_JQ_OK);
}

static void rows_are_counted(void **state)
{
    (void)state;
    assert_true(jq_client_run(&client, "[range(10000)]", NULL, "1", true));
    assert_int_equal(client.reply.rows, 10000);
    assert_true(jq_client_run(&client, ".body", NULL, "[1,2,3]", true));
    assert_int_equal(client.reply.rows, 3);
    assert_true(jq_client_run(&client, ".body", NULL, "[1,2,3]", false));
    assert_int_equal(client.reply.rows, 0);
}

/* A body at each limit, and one beyond. */
static void bodies(void **state)
{
    static const struct {
        const char *open, *item, *close;
        size_t times;
        enum sw_jq_status status;
        const char *text;
    } made[] = {
        {"[", "1,", "1]", 4000000, SW_JQ_OK, "4000001"},
        {"[", "{},", "1]", 300000, SW_JQ_OK, "300001"},
        {"[", "{},", "1]", 2000000, SW_JQ_BAD_INPUT, "more values"},
        {"[", "[],", "1]", 2000000, SW_JQ_BAD_INPUT, "more values"},
        {"[1", "[", "]", 64, SW_JQ_BAD_INPUT, "64 levels"},
        {"[\"", "\\\"[{", "\"]", 1000, SW_JQ_OK, "1"}, /* brackets in texts are none */
        {"\"", "x", "\"", 8000000, SW_JQ_OK, "8000000"},
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(made); i++) {
        struct sw_buffer body;
        sw_buffer_init(&body, SW_JQ_BODY_BYTES_MAX + 1);
        sw_buffer_add_text(&body, made[i].open);
        for (size_t k = 0; k < made[i].times; k++)
            sw_buffer_add_text(&body, made[i].item);
        sw_buffer_add_text(&body, made[i].close);
        assert_false(body.full);
        assert_true(jq_client_run(&client, ".body | length", NULL, sw_buffer_text(&body), false));
        if (client.reply.status != made[i].status ||
            strstr(made[i].status == SW_JQ_OK ? client.output : client.reply.text, made[i].text) == NULL)
            fail_msg("%s%s...: status %u, text \"%s\", output %.100s", made[i].open, made[i].item, client.reply.status, client.reply.text,
                     client.output);
        sw_buffer_finish(&body);
    }
}

static char *read_fixture(const char *name, const char *ending)
{
    char path[256], *text;
    size_t length;
    snprintf(path, sizeof path, SW_SOURCE_DIR "/tests/unit/worker/reshape/%s.%s", name, ending);
    assert_int_equal(sw_file_read(path, SW_JQ_BODY_BYTES_MAX, &text, &length), SW_FILE_OK);
    return text;
}

/* The lines of what is expected as the rows of one list. */
static void as_list(char *lines)
{
    size_t length = strlen(lines);
    assert_int_equal(lines[length - 1], '\n');
    memmove(lines + 1, lines, length - 1); /* the last line end makes room for the bracket */
    lines[0] = '[';
    for (char *at = lines; (at = strchr(at, '\n')) != NULL;)
        *at = ',';
}

static void real_shapes(void **state)
{
    static const struct {
        const char *name;
        bool rows;
        uint32_t count;
    } shapes[] = {{"efa", true, 3}, {"uba", true, 3}, {"pegelonline", false, 0}, {"sensorthings", true, 3}, {"parking", true, 2}};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(shapes); i++) {
        struct sw_jq_fault faults[SW_JQ_FAULTS_MAX];
        char *body = read_fixture(shapes[i].name, "json"), *program = read_fixture(shapes[i].name, "jq");
        char *expected = read_fixture(shapes[i].name, "expect");
        assert_int_equal(sw_jq_lint(program, strlen(program), faults), 0);
        assert_true(jq_client_run(&client, program, NULL, body, shapes[i].rows));
        if (client.reply.status != SW_JQ_OK)
            fail_msg("%s: %s", shapes[i].name, client.reply.text);
        if (shapes[i].rows)
            as_list(expected);
        expected[strcspn(expected, "\n")] = '\0';
        size_t length = strlen(expected);
        assert_memory_equal(client.output, expected, length);
        assert_string_equal(client.output + length, shapes[i].rows ? "]" : "");
        assert_int_equal(client.reply.rows, shapes[i].count);
        free(body);
        free(program);
        free(expected);
    }
}

/* EFA gives no list where the stop is not unique: the source says why, and shows no empty board. */
static void an_ambiguous_stop(void **state)
{
    static const char body[] = "{\"dm\":{\"points\":[{\"name\":\"A-Stadt, Markt\"},{\"name\":\"B-Dorf, Markt\"}]},\"departureList\":null}";
    (void)state;
    char *program = read_fixture("efa", "jq");
    assert_true(jq_client_run(&client, program, NULL, body, true));
    assert_int_equal(client.reply.status, SW_JQ_FAILED);
    assert_string_equal(client.reply.text, "no such stop, or several: A-Stadt, Markt, B-Dorf, Markt");
    free(program);
}

/* More programs than are kept, each asked for twice: all are right, whichever was forgotten. */
static void many_programs(void **state)
{
    char program[64], expected[16];
    (void)state;
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < 40; i++) {
            snprintf(program, sizeof program, ".body + %d", i);
            snprintf(expected, sizeof expected, "%d", i + turn);
            assert_true(jq_client_run(&client, program, NULL, turn == 0 ? "0" : "1", false));
            assert_string_equal(client.output, expected);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs),    cmocka_unit_test(compiling_alone),   cmocka_unit_test(rows_are_counted), cmocka_unit_test(bodies),
        cmocka_unit_test(real_shapes), cmocka_unit_test(an_ambiguous_stop), cmocka_unit_test(many_programs),
    };
    return cmocka_run_group_tests(tests, open_client, close_client);
}
