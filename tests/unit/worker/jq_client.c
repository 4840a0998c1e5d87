/* SPDX-License-Identifier: EUPL-1.2 */
#include "jq_client.h"

#include <setjmp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/child.h"
#include "base/log.h"
#include "base/message.h"
#include "base/shared.h"

static void start(struct jq_client *client)
{
    const char *const arguments[] = {SW_BINARY_DIR "/schauwand-worker-jq", NULL};
    int ends[2];
    assert_true(sw_message_pair(ends));
    client->pid = sw_child_start(arguments, &ends[1], 1);
    assert_true(client->pid > 0);
    close(ends[1]);
    client->end = ends[0];
    client->starts++;
}

void jq_client_open(struct jq_client *client)
{
    *client = (struct jq_client){.end = -1, .patience = SW_MINUTE, .output = strdup("")};
    sw_log_init("test", SW_LOG_ERROR);
    /* for the worker: nobody may look into it, so a leak checker cannot do its work there */
    assert_int_equal(setenv("ASAN_OPTIONS", "detect_leaks=0", 1), 0);
    start(client);
}

void jq_client_close(struct jq_client *client)
{
    int status;
    close(client->end);
    assert_int_equal(waitpid(client->pid, &status, 0), client->pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    free(client->output);
}

static void replace(struct jq_client *client)
{
    sw_tick begun = sw_tick_now();
    close(client->end);
    kill(client->pid, SIGKILL);
    assert_int_equal(waitpid(client->pid, &client->wait_status, 0), client->pid);
    start(client);
    client->replaced = sw_tick_now() - begun;
}

static enum sw_message_status await_reply(struct jq_client *client, int *fd)
{
    sw_tick until = sw_tick_now() + client->patience;
    for (;;) {
        size_t length;
        enum sw_message_status status = sw_message_receive(client->end, &client->reply, sizeof client->reply, &length, fd);
        if (status == SW_MESSAGE_OK)
            assert_int_equal(length, sizeof client->reply);
        struct pollfd poller = {.fd = client->end, .events = POLLIN};
        sw_tick left = until - sw_tick_now();
        if (status != SW_MESSAGE_AGAIN || left <= 0)
            return status;
        (void)poll(&poller, 1, (int)(left / SW_MS) + 1);
    }
}

static void take_output(struct jq_client *client, int fd)
{
    const void *bytes;
    size_t size = client->reply.output_size;
    free(client->output);
    client->output = calloc(size + 1, 1);
    assert_int_equal(fd >= 0, size > 0);
    if (fd < 0)
        return;
    assert_true(sw_shared_map(fd, size, &bytes));
    memcpy(client->output, bytes, size);
    sw_shared_unmap(bytes, size);
    close(fd);
}

bool jq_client_ask(struct jq_client *client, const struct sw_jq_ask *ask)
{
    struct sw_jq_request request;
    struct sw_jq_ask asked = *ask;
    int fd = -1;
    asked.id = ++client->id;
    int memory = sw_jq_request_seal(&asked, &request);
    assert_true(memory >= 0);
    assert_int_equal(sw_message_send(client->end, &request, sizeof request, memory), SW_MESSAGE_OK);
    close(memory);
    if (await_reply(client, &fd) != SW_MESSAGE_OK) {
        replace(client);
        return false;
    }
    assert_true(sw_jq_reply_valid(&client->reply, &request));
    take_output(client, fd);
    return true;
}

bool jq_client_run(struct jq_client *client, const char *program, const char *context, const char *body, bool rows)
{
    struct sw_jq_ask ask = {.op = SW_JQ_RUN,
                            .rows = rows,
                            .program = program,
                            .program_size = strlen(program),
                            .context = context,
                            .context_size = context != NULL ? strlen(context) : 0,
                            .body = body,
                            .body_size = strlen(body)};
    return jq_client_ask(client, &ask);
}
