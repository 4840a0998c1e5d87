/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/reshape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/shared.h"
#include "worker/jq_request.h"

#define GUILTY_MAX 64 /* programs that a worker died of */
#define STRIKES 2     /* so often: it may have been killed by somebody else the first time */
#define CONTEXT_MAX ((size_t)2 << 20)

/* A question, as it will be or has been sent. */
struct question {
    struct question *next;
    struct sw_jq_request request;
    int memory; /* -1: it could not be made */
    uint64_t program;
    void (*answered)(void *context, const struct sw_reshape_answer *answer);
    void *context;
};

struct guilty {
    uint64_t program;
    int strikes;
};

struct sw_reshape {
    void (*need)(void *context);
    void *need_context;
    int end;
    bool asked_for_worker;
    struct question *first, *last; /* waiting; the first is sent where `sent` is set */
    bool sent;
    sw_tick sent_at;
    uint64_t id, answers;
    struct guilty guilty[GUILTY_MAX];
    size_t guilty_count;
};

struct sw_reshape *sw_reshape_create(void (*need)(void *context), void *context)
{
    struct sw_reshape *reshape = sw_alloc(sizeof *reshape);
    reshape->need = need;
    reshape->need_context = context;
    reshape->end = -1;
    return reshape;
}

static struct question *take_first(struct sw_reshape *reshape)
{
    struct question *question = reshape->first;
    reshape->first = question->next;
    reshape->last = reshape->first != NULL ? reshape->last : NULL;
    reshape->sent = false;
    return question;
}

static void destroy_question(struct question *question)
{
    if (question->memory >= 0)
        close(question->memory);
    free(question);
}

static void close_end(struct sw_reshape *reshape)
{
    if (reshape->end >= 0)
        close(reshape->end);
    reshape->end = -1;
}

void sw_reshape_destroy(struct sw_reshape *reshape)
{
    if (reshape == NULL)
        return;
    while (reshape->first != NULL)
        destroy_question(take_first(reshape));
    close_end(reshape);
    free(reshape);
}

int sw_reshape_end(const struct sw_reshape *reshape)
{
    return reshape->end;
}

/* -- questions -- */

static void add_context(struct sw_buffer *buffer, const struct sw_reshape_question *question)
{
    sw_buffer_printf(buffer, "{\"status\":%d,\"now\":%.3f,\"vars\":%s,\"prev\":", question->status,
                     (double)question->now / (double)SW_SECOND, question->vars != NULL ? question->vars : "{}");
    sw_buffer_add_text(buffer, question->prev != NULL ? question->prev : "null");
    sw_buffer_add_text(buffer, "}");
}

void sw_reshape_ask(struct sw_reshape *reshape, const struct sw_reshape_question *asked,
                    void (*answered)(void *context, const struct sw_reshape_answer *answer), void *context)
{
    struct question *question = sw_alloc(sizeof *question);
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, CONTEXT_MAX);
    add_context(&buffer, asked);
    struct sw_jq_ask ask = {.op = SW_JQ_RUN,
                            .id = ++reshape->id,
                            .rows = asked->rows,
                            .program = asked->program,
                            .program_size = strlen(asked->program),
                            .context = sw_buffer_text(&buffer),
                            .context_size = buffer.length,
                            .body = asked->body,
                            .body_size = asked->length};
    question->memory = buffer.full ? -1 : sw_jq_request_seal(&ask, &question->request);
    question->program = sw_hash_text(SW_HASH_START, asked->program);
    question->answered = answered;
    question->context = context;
    sw_buffer_finish(&buffer);
    if (reshape->last != NULL)
        reshape->last->next = question;
    else
        reshape->first = question;
    reshape->last = question;
}

static void answer(struct sw_reshape *reshape, const char *fault, const char *bytes, size_t length)
{
    struct question *question = take_first(reshape);
    struct sw_reshape_answer said = {.fault = fault, .bytes = bytes, .length = length};
    reshape->answers++;
    question->answered(question->context, &said);
    destroy_question(question);
}

/* -- the worker -- */

static int strikes_of(const struct sw_reshape *reshape, uint64_t program)
{
    for (size_t i = 0; i < reshape->guilty_count; i++) {
        if (reshape->guilty[i].program == program)
            return reshape->guilty[i].strikes;
    }
    return 0;
}

static void strike(struct sw_reshape *reshape, uint64_t program)
{
    for (size_t i = 0; i < reshape->guilty_count; i++) {
        if (reshape->guilty[i].program == program) {
            reshape->guilty[i].strikes++;
            return;
        }
    }
    if (reshape->guilty_count == GUILTY_MAX)
        memmove(reshape->guilty, reshape->guilty + 1, --reshape->guilty_count * sizeof *reshape->guilty);
    reshape->guilty[reshape->guilty_count++] = (struct guilty){program, 1};
}

/* It has ended, or does not answer: what it was at is what it died of. */
static void lose_worker(struct sw_reshape *reshape)
{
    close_end(reshape);
    if (!reshape->sent)
        return;
    strike(reshape, reshape->first->program);
    reshape->sent = false;
}

void sw_reshape_attach(struct sw_reshape *reshape, int end)
{
    if (reshape->end >= 0)
        lose_worker(reshape);
    reshape->end = end;
    reshape->asked_for_worker = false;
}

static void send_first(struct sw_reshape *reshape, sw_tick now)
{
    const struct question *question = reshape->first;
    enum sw_message_status status = sw_message_send(reshape->end, &question->request, sizeof question->request, question->memory);
    if (status == SW_MESSAGE_CLOSED)
        close_end(reshape);
    if (status != SW_MESSAGE_OK)
        return;
    reshape->sent = true;
    reshape->sent_at = now;
}

static void take_output(struct sw_reshape *reshape, const struct sw_jq_reply *reply, int fd)
{
    const void *bytes;
    if (fd < 0 || !sw_shared_map(fd, reply->output_size, &bytes)) {
        answer(reshape, "its select program gave nothing that can be read", NULL, 0);
        return;
    }
    answer(reshape, NULL, bytes, reply->output_size);
    sw_shared_unmap(bytes, reply->output_size);
}

/* False: nothing has come. */
static bool read_reply(struct sw_reshape *reshape)
{
    struct sw_jq_reply reply;
    size_t length = 0;
    int fd = -1;
    char fault[SW_JQ_TEXT_MAX + 32];
    if (reshape->end < 0)
        return false;
    enum sw_message_status status = sw_message_receive(reshape->end, &reply, sizeof reply, &length, &fd);
    if (status == SW_MESSAGE_AGAIN)
        return false;
    bool good = status == SW_MESSAGE_OK && length == sizeof reply && reshape->sent && sw_jq_reply_valid(&reply, &reshape->first->request);
    if (!good) {
        lose_worker(reshape);
    } else if (reply.status == SW_JQ_OK) {
        take_output(reshape, &reply, fd);
    } else {
        snprintf(fault, sizeof fault, "its select program: %s", reply.text);
        answer(reshape, fault, NULL, 0);
    }
    if (fd >= 0)
        close(fd);
    return true;
}

/* Questions that are not to be sent. */
static bool refuse_first(struct sw_reshape *reshape)
{
    if (reshape->first == NULL || reshape->sent)
        return false;
    const char *fault = reshape->first->memory < 0 ? "its body is too large to be reshaped" : NULL;
    if (strikes_of(reshape, reshape->first->program) >= STRIKES)
        fault = "its select program has brought the worker down, and is not run again";
    if (fault == NULL)
        return false;
    answer(reshape, fault, NULL, 0);
    return true;
}

static void want_worker(struct sw_reshape *reshape)
{
    if (reshape->asked_for_worker)
        return;
    reshape->asked_for_worker = true;
    reshape->need(reshape->need_context);
}

sw_tick sw_reshape_turn(struct sw_reshape *reshape, sw_tick now)
{
    uint64_t before = reshape->answers;
    while (read_reply(reshape))
        ;
    if (reshape->sent && now - reshape->sent_at >= SW_JQ_ANSWER_MS * SW_MS) {
        sw_log(SW_LOG_WARNING, "reshape", "the jq worker does not answer");
        lose_worker(reshape);
    }
    while (refuse_first(reshape))
        ;
    if (reshape->first != NULL && reshape->end < 0)
        want_worker(reshape);
    else if (reshape->first != NULL && !reshape->sent)
        send_first(reshape, now);
    if (reshape->answers != before)
        return now;
    return reshape->sent ? reshape->sent_at + SW_JQ_ANSWER_MS * SW_MS : SW_NEVER;
}
