/* SPDX-License-Identifier: EUPL-1.2 */
/* The courier's end of the jq worker. The test is the supervisor and the worker: it hands out ends, and answers or does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/message.h"
#include "base/shared.h"
#include "courier/reshape.h"
#include "worker/jq_request.h"

static struct {
    struct sw_reshape *reshape;
    int worker; /* the test's end; -1: none */
    int needed;
    char answers[512]; /* "name:fault-or-bytes " each */
    sw_tick now;
} house;

static void need(void *context)
{
    (void)context;
    house.needed++;
}

static void new_worker(void)
{
    int ends[2];
    assert_true(sw_message_pair(ends));
    if (house.worker >= 0)
        close(house.worker);
    house.worker = ends[0];
    sw_reshape_attach(house.reshape, ends[1]);
}

static void lose_worker(void)
{
    close(house.worker);
    house.worker = -1;
}

static void answered(void *context, const struct sw_reshape_answer *answer)
{
    size_t used = strlen(house.answers);
    const char *text = answer->fault != NULL ? answer->fault : answer->bytes;
    int length = answer->fault != NULL ? (int)strlen(text) : (int)answer->length;
    snprintf(house.answers + used, sizeof house.answers - used, "%s:%.*s ", (const char *)context, length, text);
}

static void ask(const char *name, const char *program)
{
    struct sw_reshape_question question = {.program = program, .body = "{}", .length = 2, .status = 200};
    sw_reshape_ask(house.reshape, &question, answered, (void *)(uintptr_t)name);
}

static sw_tick turn(int64_t later)
{
    house.now += later;
    return sw_reshape_turn(house.reshape, house.now);
}

/* The program that the worker has been given, and its request; "" while there is none. */
static const char *given(struct sw_jq_request *request)
{
    static char program[64];
    const void *bytes;
    size_t length;
    int fd;
    program[0] = '\0';
    if (house.worker < 0 || sw_message_receive(house.worker, request, sizeof *request, &length, &fd) != SW_MESSAGE_OK)
        return program;
    assert_true(length == sizeof *request && sw_jq_request_valid(request));
    assert_true(sw_shared_map(fd, sw_jq_request_size(request), &bytes));
    snprintf(program, sizeof program, "%.*s", (int)request->program_size, (const char *)bytes);
    sw_shared_unmap(bytes, sw_jq_request_size(request));
    close(fd);
    return program;
}

static void give(const struct sw_jq_request *request, const char *output)
{
    struct sw_jq_reply reply = {.version = SW_JQ_VERSION, .status = SW_JQ_OK, .id = request->id, .output_size = (uint32_t)strlen(output)};
    int fd = sw_shared_copy("test", output, strlen(output));
    assert_true(fd >= 0);
    assert_int_equal(sw_message_send(house.worker, &reply, sizeof reply, fd), SW_MESSAGE_OK);
    close(fd);
}

static int set_up(void **state)
{
    (void)state;
    memset(&house, 0, sizeof house);
    house.worker = -1;
    house.now = sw_tick_now();
    house.reshape = sw_reshape_create(need, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sw_reshape_destroy(house.reshape);
    if (house.worker >= 0)
        close(house.worker);
    return 0;
}

static void one_after_the_other(void **state)
{
    struct sw_jq_request request;
    (void)state;
    assert_true(turn(0) == SW_NEVER);
    ask("a", ".a");
    ask("b", ".b");
    turn(0);
    assert_int_equal(house.needed, 1);
    turn(0);
    assert_int_equal(house.needed, 1);
    new_worker();
    turn(0);
    assert_string_equal(given(&request), ".a");
    assert_string_equal(given(&request), "");
    give(&request, "{\"a\":1}");
    assert_true(turn(0) == house.now); /* who asked may have something to do */
    assert_string_equal(given(&request), ".b");
    give(&request, "2");
    turn(0);
    assert_string_equal(house.answers, "a:{\"a\":1} b:2 ");
}

static void one_that_does_not_come_is_asked_for_again(void **state)
{
    (void)state;
    ask("a", ".a");
    sw_tick next = turn(0);
    assert_true(next > house.now && next != SW_NEVER);
    turn(next - house.now);
    assert_int_equal(house.needed, 2);
}

/* The supervisor sees it end and starts the next one by itself: to ask for one then would end that one. */
static void one_that_has_ended_is_not_asked_for(void **state)
{
    struct sw_jq_request request;
    (void)state;
    ask("a", ".a");
    turn(0);
    new_worker();
    turn(0);
    assert_string_equal(given(&request), ".a");
    lose_worker();
    turn(0);
    assert_int_equal(house.needed, 1);
    new_worker();
    turn(0);
    assert_string_equal(given(&request), ".a");
    give(&request, "1");
    turn(0);
    assert_string_equal(house.answers, "a:1 ");
}

static void one_that_does_not_answer_is_replaced(void **state)
{
    struct sw_jq_request request;
    (void)state;
    ask("a", ".a");
    turn(0);
    new_worker();
    turn(0);
    assert_string_equal(given(&request), ".a");
    turn((SW_JQ_ANSWER_MS + 1) * SW_MS);
    assert_int_equal(house.needed, 2);
}

/* What a worker died of waits behind all others. */
static void innocents_go_first(void **state)
{
    struct sw_jq_request request;
    (void)state;
    ask("bad", ".bad");
    turn(0);
    new_worker();
    turn(0);
    ask("a", ".a");
    ask("b", ".b");
    assert_string_equal(given(&request), ".bad");
    lose_worker();
    turn(0);
    new_worker();
    turn(0);
    assert_string_equal(given(&request), ".a");
    ask("c", ".c");
    ask("bad again", ".bad");
    give(&request, "1");
    turn(0);
    for (const char *program = ".b"; program != NULL; program = program[1] == 'b' ? ".c" : NULL) {
        assert_string_equal(given(&request), program);
        give(&request, "1");
        turn(0);
    }
    assert_string_equal(given(&request), ".bad");
    assert_string_equal(house.answers, "a:1 b:1 c:1 ");
}

static void kill_twice(void)
{
    struct sw_jq_request request;
    for (int i = 0; i < 2; i++) {
        new_worker();
        turn(0);
        assert_string_equal(given(&request), ".bad");
        lose_worker();
        turn(0);
    }
    house.now = sw_tick_now();
}

static void quarantine_begins_short_and_grows(void **state)
{
    static const char fault[] = "bad:its select program has brought the worker down, and is left alone ";
    struct sw_jq_request request;
    (void)state;
    ask("bad", ".bad");
    kill_twice();
    assert_string_equal(house.answers, fault);
    int64_t waits[] = {10 * SW_SECOND, 20 * SW_SECOND, 40 * SW_SECOND};
    for (size_t i = 0; i < 3; i++) {
        new_worker();
        house.answers[0] = '\0';
        ask("bad", ".bad");
        turn(waits[i] - SW_SECOND);
        assert_string_equal(house.answers, fault); /* too early */
        ask("bad", ".bad");
        turn(2 * SW_SECOND);
        assert_string_equal(given(&request), ".bad");
        lose_worker();
        turn(0);
        house.now = sw_tick_now(); /* deaths are counted by the real clock */
        house.answers[0] = '\0';
        turn(0);
    }
}

static void one_that_was_answered_is_acquitted(void **state)
{
    struct sw_jq_request request;
    (void)state;
    for (int i = 0; i < 10; i++) { /* each time the worker is killed by somebody else, and then it is well */
        if (house.worker < 0)
            new_worker();
        ask("a", ".a");
        turn(0);
        assert_string_equal(given(&request), ".a");
        lose_worker();
        turn(0);
        new_worker();
        turn(0);
        assert_string_equal(given(&request), ".a");
        house.answers[0] = '\0';
        give(&request, "1");
        turn(0);
        assert_string_equal(house.answers, "a:1 ");
    }
}

/* Replies that fit no question cost the worker, and nothing else. */
static void a_worker_that_was_taken_over(void **state)
{
    struct sw_jq_request request;
    (void)state;
    ask("a", ".a");
    turn(0);
    new_worker();
    turn(0);
    assert_string_equal(given(&request), ".a");
    request.id++;
    give(&request, "{\"evil\":1}");
    turn(0);
    assert_string_equal(house.answers, "");
    assert_int_equal(house.needed, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_after_the_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_does_not_come_is_asked_for_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_has_ended_is_not_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_does_not_answer_is_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(innocents_go_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(quarantine_begins_short_and_grows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_was_answered_is_acquitted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_worker_that_was_taken_over, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
