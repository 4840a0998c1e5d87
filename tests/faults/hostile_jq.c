/* SPDX-License-Identifier: EUPL-1.2 */
/* jq programs that mean harm, given to a real worker (city-data.md section 6). Each costs at most its own answer, or its worker;
 * the next program is answered as if nothing had been. And what a worker that was taken over can do: nothing. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "jq_client.h"

/* What may become of a program. */
#define ON(status) (1u << (status))
#define DIED 1u
#define GOOD ON(SW_JQ_OK)
#define STOPPED ON(SW_JQ_TIMEOUT)
#define RAISED ON(SW_JQ_FAILED)
#define LARGE (ON(SW_JQ_TOO_LARGE) | ON(SW_JQ_TOO_MANY))
#define REFUSED ON(SW_JQ_REFUSED)

static const struct {
    const char *program;
    unsigned fates;
} programs[] = {
    /* without an end */
    {"last(range(1e15))", STOPPED},
    {"def f: f; f", STOPPED},
    {"until(false; .)", STOPPED},
    {"reduce range(1e12) as $i (0; . + 1)", STOPPED},
    {"[recurse(.)] | length", STOPPED | DIED},
    {"limit(-1; repeat(1))", ON(SW_JQ_SEVERAL) | RAISED},
    {"[limit(5; def r: r; r)]", STOPPED},
    {"\"abc\" | gsub(\"\"; \"x\")", STOPPED | GOOD},
    {"[range(100000)] | map([range(1000)]) | length", STOPPED | DIED},
    /* memory */
    {"[range(1e9)]", STOPPED | DIED},
    {"\"x\" * 1e9 | length", STOPPED | DIED | GOOD | RAISED},
    {"\"x\" * 1e308 | length", STOPPED | DIED | GOOD | RAISED},
    {"reduce range(40) as $i (\"x\"; . + .) | length", STOPPED | DIED | RAISED},
    {"reduce range(40) as $i ([1]; . + .) | length", STOPPED | DIED | RAISED},
    {"def f: 1 + f; f", STOPPED | DIED},
    {"def f: [.[], f]; [1] | f", STOPPED | DIED},
    {"[limit(1e9; repeat(\"x\"))] | length", STOPPED | DIED},
    {"[1000000 * 2000 - 1] as $i | [1] | .[$i[0]] = 1", DIED | RAISED | STOPPED},
    {"[1] | .[2147483647 - 0] = 1", REFUSED},
    {"[1] | setpath([2147483646 + 1]; 1)", DIED | RAISED | STOPPED | LARGE},
    {"[1] | .[-2147483648 + 0]", REFUSED | GOOD | RAISED},
    {"0 | strftime(\"%1000000000d\")", GOOD | RAISED | DIED | LARGE},
    {"error(reduce range(20) as $i (\"x\"; . + .))", RAISED},
    {"error([range(100000)])", RAISED},
    /* the stack: values that are freed, compared, written, read by recursion */
    {"reduce range(1000000) as $i (0; [.]) | 0", STOPPED | DIED | GOOD},
    {"def f: [.] | f; f", STOPPED | DIED},
    {"reduce range(100000) as $i (1; [.]) | tojson | length", STOPPED | DIED | GOOD | RAISED},
    {"reduce range(50000) as $i (1; {a: .})", STOPPED | DIED | LARGE},
    {"(reduce range(50000) as $i (1; [.])) as $d | $d == $d", STOPPED | DIED | GOOD},
    {"(reduce range(50000) as $i (1; [.])) as $d | [$d] | sort", STOPPED | DIED | LARGE},
    {"(reduce range(50000) as $i (1; [.])) as $d | $d | contains($d)", STOPPED | DIED | GOOD},
    {"[range(100000) | 0] as $p | null | setpath($p; 1) | 0", STOPPED | DIED | GOOD | RAISED},
    {"[range(100000) | 0] as $p | null | getpath($p)", STOPPED | DIED | GOOD | RAISED},
    {"\"[\" * 100000 | fromjson", RAISED},
    {"[range(1000)] | combinations", STOPPED | RAISED | DIED},
    /* builtins that take more than they should */
    {"[1114112, -1, 55296] | implode", DIED | GOOD | RAISED},
    {"\"a\" * 40 + \"b\" | test(\"^(a|a|aa)*$\")", RAISED | GOOD},
    {"\"a\" * 30000 | [match(\"a*?\"; \"g\")] | length", STOPPED | DIED | GOOD},
    {"infinite | gmtime", RAISED | GOOD | DIED},
    {"nan | todate", RAISED | GOOD | DIED},
    {"[1e300, -1e300, nan] | map(gmtime?) | length", RAISED | GOOD | DIED},
    {"[9e99, 1, 1, 1, 1, 1, 1, 1] | mktime", RAISED | GOOD | DIED},
    {"\"x\" | strptime(\"%c%c%c\")", RAISED},
    {"1e300 as $i | [.body[nan], .body[$i], .body[-$i]]", GOOD | RAISED | DIED},
    {"[splits(\"a\"; \"no flags\")]", RAISED},
    {"@base64d", RAISED},
    {"ltrimstr(1, 2) | ascii", RAISED | GOOD | ON(SW_JQ_SEVERAL) | ON(SW_JQ_UNCOMPILED)},
    {"[.. | tojson, tostring, type, length?] | length", GOOD},
    {"[$__prog_args] | length", GOOD | ON(SW_JQ_UNCOMPILED)},
    {"path(1)", RAISED},
    {"del(..)", GOOD | RAISED | ON(SW_JQ_EMPTY)},
    /* out of the program */
    {"import \"d\" as $d {search: \"/etc\"}; $d", REFUSED},
    {"include \"shadow\" {search: \"/etc\"}; .", REFUSED},
    {"\"m\" | modulemeta", REFUSED},
    {"env", REFUSED},
    {"$ENV", REFUSED},
    {"$ # \n ENV", REFUSED},
    {"\"\\(env)\"", REFUSED},
    {"input", REFUSED},
    {"[inputs]", REFUSED},
    {"input_filename", REFUSED},
    {"halt", REFUSED},
    {"halt_error(1)", REFUSED},
    {"stderr", REFUSED},
    {"debug", REFUSED},
    {"get_search_list", REFUSED},
    {"now", REFUSED},
};

static struct jq_client client;
static sw_tick slowest;

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
    return 0;
}

/* The outcome as a bit, after the next program has been answered. */
static unsigned fate_of(const char *program, const char *body)
{
    static int number;
    char good[64], expected[16];
    bool answered = jq_client_run(&client, program, "{\"now\":1795437900}", body, false);
    unsigned fate = answered ? ON(client.reply.status) : DIED;
    char *text = strdup(answered ? client.reply.text : "");
    if (!answered && client.replaced > slowest)
        slowest = client.replaced;
    snprintf(good, sizeof good, ".body[0] + %d", ++number);
    snprintf(expected, sizeof expected, "%d", number + 1);
    assert_true(jq_client_run(&client, good, NULL, "[1]", false));
    assert_string_equal(client.output, expected);
    memcpy(client.reply.text, text, strlen(text) + 1);
    free(text);
    return fate;
}

static void hostile_programs(void **state)
{
    size_t faults = 0, died = 0;
    (void)state;
    for (size_t i = 0; i < SW_COUNT(programs); i++) {
        unsigned fate = fate_of(programs[i].program, "[1,2,3]");
        died += fate == DIED;
        if ((fate & programs[i].fates) != 0)
            continue;
        print_error("%s: fate %x of %x: %s\n", programs[i].program, fate, programs[i].fates, client.reply.text);
        faults++;
    }
    assert_int_equal(faults, 0);
    print_message("%zu programs, %zu cost a worker; the slowest was replaced after %.1f ms\n", SW_COUNT(programs), died,
                  (double)slowest / 1000);
}

static void add(struct sw_buffer *text, const char *part, size_t most)
{
    while (text->length + strlen(part) <= most)
        sw_buffer_add_text(text, part);
}

/* Programs as long as they may be, made to be slow to compile. */
static void long_programs(void **state)
{
    static const struct {
        const char *begin, *part, *end;
    } made[] = {
        {".", "|.", ""},        {"1", ",1", ""},         {"", "-", "1"},
        {".", ".a", ""},        {"1", "+1", ""},         {"", "try ", "."},
        {"", ". as $x|", "$x"}, {"", "def f: 1; ", "f"}, {"", "if 1 then 2 elif 1 then 2 else ", "1"},
        {"[1]", "|map(.)", ""}, {"\"", "\\(1)", "\""},   {"[", "1,", "1]"},
        {"{", "a:1,", "a:1}"},  {"", "label $f|", "1"},  {"", "reduce . as $x(0;1)|", "1"},
        {".", "//.", ""},       {".", "?", ""},          {"", ". as [$a,{$b}]?//$a|", "1"},
    };
    struct sw_buffer text;
    (void)state;
    for (size_t i = 0; i < SW_COUNT(made); i++) {
        sw_buffer_init(&text, SW_JQ_PROGRAM_BYTES_MAX + 1);
        sw_buffer_add_text(&text, made[i].begin);
        add(&text, made[i].part, SW_JQ_PROGRAM_BYTES_MAX - 200 - strlen(made[i].end));
        sw_buffer_add_text(&text, made[i].end);
        sw_tick begun = sw_tick_now();
        unsigned fate = fate_of(sw_buffer_text(&text), "{}");
        print_message("%s%s%s...: fate %x after %.0f ms\n", made[i].begin, made[i].part, made[i].part, fate,
                      (double)(sw_tick_now() - begun) / 1000);
        sw_buffer_finish(&text);
    }
}

/* A stopped worker says nothing; it is replaced like one that died. */
static void a_stopped_worker(void **state)
{
    (void)state;
    int starts = client.starts;
    assert_int_equal(kill(client.pid, SIGSTOP), 0);
    client.patience = SW_SECOND / 4;
    assert_false(jq_client_run(&client, ".body", NULL, "1", false));
    client.patience = SW_MINUTE;
    assert_int_equal(fate_of(".body", "1"), GOOD);
    assert_int_equal(client.starts, starts + 1);
}

static long resident_kb(pid_t pid)
{
    char path[64], line[256];
    long kb = -1;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, "VmRSS:", 6) == 0)
            kb = strtol(line + 6, NULL, 10);
    fclose(file);
    return kb;
}

/* More programs than are kept, and bodies of every size: what the worker holds on to stays within bounds. */
static void memory_stays_bounded(void **state)
{
    struct sw_buffer body;
    char program[128];
    (void)state;
    sw_buffer_init(&body, SW_JQ_BODY_BYTES_MAX);
    sw_buffer_add_text(&body, "[");
    while (body.length < 2000000)
        sw_buffer_add_text(&body, "{\"name\":\"Haltestelle\",\"value\":12.5},");
    sw_buffer_add_text(&body, "1]");
    pid_t pid = client.pid;
    for (int i = 0; i < 1500; i++) {
        snprintf(program, sizeof program, "[.body[] | %d] | length", i);
        if (!jq_client_run(&client, program, NULL, i % 50 == 0 ? sw_buffer_text(&body) : "[1,2]", false))
            fail_msg("%s: died, status %x", program, (unsigned)client.wait_status);
        assert_int_equal(client.reply.status, SW_JQ_OK);
    }
    assert_int_equal(client.pid, pid);
    long kb = resident_kb(pid);
    print_message("1500 programs, 30 bodies of 2 MB: %ld MiB resident\n", kb / 1024);
    assert_true(kb > 0 && kb < 256 * 1024);
    sw_buffer_finish(&body);
}

/* Runs one request in a worker with a planted call (tests/e2e/plant.c): what it wrote to standard error, and how it ended. */
static bool planted(const char *plant, char *said, size_t room)
{
    struct jq_client victim;
    int pipes[2], own = dup(STDERR_FILENO);
    assert_int_equal(pipe(pipes), 0);
    setenv("LD_PRELOAD", SW_PLANT_LIBRARY, 1);
    setenv("SW_PLANT", plant, 1);
    dup2(pipes[1], STDERR_FILENO);
    jq_client_open(&victim);
    unsetenv("LD_PRELOAD");
    unsetenv("SW_PLANT");
    dup2(own, STDERR_FILENO);
    close(pipes[1]);
    close(own);
    bool answered = jq_client_run(&victim, ".body", NULL, "1", false);
    int status = victim.wait_status;
    ssize_t length = read(pipes[0], said, room - 1);
    said[length > 0 ? length : 0] = '\0';
    jq_client_close(&victim);
    close(pipes[0]);
    if (!answered)
        assert_int_equal(WTERMSIG(status), SIGSYS);
    return answered;
}

static void planted_calls(void **state)
{
    static const struct {
        const char *plant, *said; /* NULL: it is ended for it */
    } plants[] = {
        {"schauwand-worker-jq:internet", NULL},
        {"schauwand-worker-jq:internet6", NULL},
        {"schauwand-worker-jq:exec:/bin/true", NULL},
        {"schauwand-worker-jq:trace", NULL},
        {"schauwand-worker-jq:fork", "plant fork: ENOSYS\n"},
        {"schauwand-worker-jq:read:/etc/passwd", "plant read: EACCES\n"},
        {"schauwand-worker-jq:read:/usr/lib/os-release", "plant read: EACCES\n"},
        {"schauwand-worker-jq:write:/tmp/schauwand-planted", "plant write: EACCES\n"},
    };
    char said[512];
    (void)state;
    for (size_t i = 0; i < SW_COUNT(plants); i++) {
        bool answered = planted(plants[i].plant, said, sizeof said);
        if (answered != (plants[i].said != NULL) || strcmp(said, plants[i].said != NULL ? plants[i].said : "") != 0)
            fail_msg("%s: %s, \"%s\"", plants[i].plant, answered ? "answered" : "died", said);
    }
    assert_int_equal(access("/tmp/schauwand-planted", F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_programs),     cmocka_unit_test(long_programs), cmocka_unit_test(a_stopped_worker),
        cmocka_unit_test(memory_stays_bounded), cmocka_unit_test(planted_calls),
    };
    return cmocka_run_group_tests(tests, open_client, close_client);
}
