/* SPDX-License-Identifier: EUPL-1.2 */
/* The records between courier and jq worker: what is let through, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/shared.h"
#include "worker/jq_request.h"

static const struct sw_jq_request run = {.version = SW_JQ_VERSION, .op = SW_JQ_RUN, .id = 7, .rows = 1, .program_size = 5, .body_size = 2};
static const struct sw_jq_reply done = {.version = SW_JQ_VERSION, .status = SW_JQ_OK, .id = 7, .rows = 3, .output_size = 20};

static void requests(void **state)
{
    struct sw_jq_request request = run;
    (void)state;
    assert_true(sw_jq_request_valid(&request));
#define REFUSED(field, wrong)                                                                                                              \
    request = run;                                                                                                                         \
    request.field = wrong;                                                                                                                 \
    assert_false(sw_jq_request_valid(&request))
    REFUSED(version, 2);
    REFUSED(op, 0);
    REFUSED(op, 3);
    REFUSED(rows, 2);
    REFUSED(program_size, 0);
    REFUSED(program_size, SW_JQ_PROGRAM_BYTES_MAX + 1);
    REFUSED(context_size, SW_JQ_CONTEXT_BYTES_MAX + 1);
    REFUSED(body_size, 0);
    REFUSED(body_size, SW_JQ_BODY_BYTES_MAX + 1);
    REFUSED(body_size, UINT32_MAX);
    REFUSED(op, SW_JQ_COMPILE); /* with a body */
#undef REFUSED
    request = (struct sw_jq_request){.version = SW_JQ_VERSION, .op = SW_JQ_COMPILE, .id = 1, .program_size = 1};
    assert_true(sw_jq_request_valid(&request));
}

static void replies(void **state)
{
    struct sw_jq_request request = run;
    struct sw_jq_reply reply = done;
    (void)state;
    assert_true(sw_jq_reply_valid(&reply, &request));
#define REFUSED(field, wrong)                                                                                                              \
    reply = done;                                                                                                                          \
    reply.field = wrong;                                                                                                                   \
    assert_false(sw_jq_reply_valid(&reply, &request))
    REFUSED(version, 0);
    REFUSED(status, 0);
    REFUSED(status, SW_JQ_STATUS_LAST + 1);
    REFUSED(id, 8);
    REFUSED(rows, SW_JQ_OUTPUT_ROWS_MAX + 1);
    REFUSED(output_size, 0);
    REFUSED(output_size, SW_JQ_OUTPUT_BYTES_MAX + 1);
    REFUSED(text[0], 'x');          /* a fault with an OK */
    REFUSED(status, SW_JQ_TIMEOUT); /* with an output, and no word why */
#undef REFUSED
    reply = (struct sw_jq_reply){.version = SW_JQ_VERSION, .status = SW_JQ_FAILED, .id = 7, .text = "why"};
    assert_true(sw_jq_reply_valid(&reply, &request));
    memcpy(reply.text, "a\nb", 4);
    assert_false(sw_jq_reply_valid(&reply, &request));
    memcpy(reply.text, "a\xff", 3);
    assert_false(sw_jq_reply_valid(&reply, &request));
    memset(reply.text, 'x', sizeof reply.text); /* no end */
    assert_false(sw_jq_reply_valid(&reply, &request));
    reply = done;
    request.rows = 0; /* a list where none was asked for */
    assert_false(sw_jq_reply_valid(&reply, &request));
}

static void the_memory_of_a_request(void **state)
{
    struct sw_jq_ask ask = {
        .op = SW_JQ_RUN, .id = 3, .program = ".body", .program_size = 5, .context = "{}", .context_size = 2, .body = "[1]", .body_size = 3};
    struct sw_jq_request request;
    const void *bytes;
    (void)state;
    int fd = sw_jq_request_seal(&ask, &request);
    assert_true(fd >= 0);
    assert_true(sw_jq_request_valid(&request));
    assert_int_equal(sw_jq_request_size(&request), 10);
    assert_true(sw_shared_map(fd, 10, &bytes));
    assert_memory_equal(bytes, ".body{}[1]", 10);
    sw_shared_unmap(bytes, 10);
    close(fd);
    memset(&request, 0x55, sizeof request);
    ask.program_size = SW_JQ_PROGRAM_BYTES_MAX + 1;
    assert_int_equal(sw_jq_request_seal(&ask, &request), -1);
    ask.program_size = 5;
    ask.body_size = 0;
    assert_int_equal(sw_jq_request_seal(&ask, &request), -1);
    assert_int_equal(request.version, 0x55555555); /* untouched */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests),
        cmocka_unit_test(replies),
        cmocka_unit_test(the_memory_of_a_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
