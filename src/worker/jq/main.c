/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-worker-jq: payloads through jq programs into rows (worker/jq_request.h). One evaluation after the other, on the main thread. */
#include <assert.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/shared.h"
#include "worker/end.h"
#include "worker/jq/evaluate.h"

#define READ_MS 2000 /* of processor time, to read a body and compile a program; more than any within the limits takes */

static_assert(SW_FENCE_JQ_BYTES >= (int64_t)SW_JQ_OUTPUT_BYTES_MAX, "the fence lets the longest result be made");

extern char **environ;

/* A program could print it; HOME would have jq read a file, and a time zone the system's. */
static bool forget_environment(void)
{
    static char *none[] = {NULL};
    environ = none;
    if (setenv("TZ", "UTC0", 1) != 0 || chdir("/") != 0)
        return false;
    tzset();
    return true;
}

/* The memory with the result, to be closed by the caller, or -1: `reply` says then that there is none. */
static int seal_output(const struct sw_result *result, struct sw_jq_reply *reply)
{
    size_t size = (size_t)jv_string_length_bytes(jv_copy(result->output));
    int fd = sw_shared_copy("jq-result", jv_string_value(result->output), size);
    if (fd >= 0) {
        reply->output_size = (uint32_t)size;
        reply->rows = result->rows;
    } else {
        reply->status = SW_JQ_FAILED;
        memcpy(reply->text, "no memory", sizeof "no memory");
    }
    return fd;
}

static bool answer(int end, struct sw_evaluator *evaluator, const struct sw_jq_request *request, const char *bytes)
{
    struct sw_result result;
    int fd = -1;
    sw_guard_begin(evaluator->guard, READ_MS);
    sw_evaluate(evaluator, request, bytes, &result);
    sw_guard_end(evaluator->guard);
    struct sw_jq_reply reply = {.version = SW_JQ_VERSION, .status = result.status, .id = request->id};
    memcpy(reply.text, result.text, sizeof result.text);
    if (jv_is_valid(result.output))
        fd = seal_output(&result, &reply);
    jv_free(result.output);
    bool sent = sw_worker_send(end, &reply, sizeof reply, fd);
    if (fd >= 0)
        (void)close(fd);
    return sent;
}

/* Until the courier goes (0) or says what no courier says (1). */
static int serve(int end, struct sw_evaluator *evaluator)
{
    for (;;) {
        struct sw_jq_request request;
        size_t length;
        int fd;
        const void *bytes;
        if (!sw_worker_comes_within(end, SW_WORKER_REST_MS))
            sw_memory_trim();
        if (sw_worker_receive(end, &request, sizeof request, &length, &fd) != SW_MESSAGE_OK)
            return 0;
        bool good =
            length == sizeof request && fd >= 0 && sw_jq_request_valid(&request) && sw_shared_map(fd, sw_jq_request_size(&request), &bytes);
        if (fd >= 0)
            (void)close(fd);
        if (!good) {
            sw_log(SW_LOG_ERROR, "jq", "a request that is none");
            return 1;
        }
        bool sent = answer(end, evaluator, &request, bytes);
        sw_shared_unmap(bytes, sw_jq_request_size(&request));
        if (!sent)
            return 0;
    }
}

int main(void)
{
    struct sw_guard guard;
    struct sw_evaluator evaluator = {.guard = &guard};
    (void)setlocale(LC_ALL, "C");
    if (!forget_environment())
        return 1;
    int status = sw_worker_begin("schauwand-worker-jq", SW_FENCE_JQ);
    if (status != 0)
        return status;
    if (!sw_guard_init(&guard) || !sw_deadline_init(&evaluator.deadline))
        return 1;
    status = serve(SW_WORKER_FD, &evaluator);
    sw_deadline_finish(&evaluator.deadline);
    sw_programs_finish(&evaluator.programs);
    sw_guard_finish(&guard);
    return status;
}
