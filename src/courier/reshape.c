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
#define STRIKES 2     /* so often in a row: it may have been killed by somebody else the first time */
#define PARDON (10 * SW_SECOND) /* after so long it is tried once more: somebody else may have been quick twice. Doubled each time */
#define PARDON_MOST SW_HOUR
#define COMES_WITHIN (5 * SW_SECOND) /* else a worker is asked for again */
#define AGAIN (50 * SW_MS)
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
    sw_tick last;
};

struct sw_reshape {
    void (*need)(void *context);
    void *need_context;
    int end;
    bool expected; /* a worker: it has been asked for, or its predecessor has ended, which the supervisor sees */
    sw_tick expected_at;
    struct question *first; /* waiting; the first is sent where `sent` is set */
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

/* -- who is to blame -- */

static struct guilty *find_guilty(struct sw_reshape *reshape, uint64_t program)
{
    for (size_t i = 0; i < reshape->guilty_count; i++) {
        if (reshape->guilty[i].program == program)
            return &reshape->guilty[i];
    }
    return NULL;
}

static bool is_guilty(struct sw_reshape *reshape, uint64_t program, sw_tick now)
{
    struct guilty *guilty = find_guilty(reshape, program);
    if (guilty == NULL || guilty->strikes < STRIKES)
        return false;
    int doublings = guilty->strikes - STRIKES < 10 ? guilty->strikes - STRIKES : 10;
    int64_t pardon = PARDON << doublings;
    return now - guilty->last < (pardon < PARDON_MOST ? pardon : PARDON_MOST);
}

static void strike(struct sw_reshape *reshape, uint64_t program, sw_tick now)
{
    struct guilty *guilty = find_guilty(reshape, program);
    if (guilty == NULL && reshape->guilty_count == GUILTY_MAX)
        memmove(reshape->guilty, reshape->guilty + 1, --reshape->guilty_count * sizeof *reshape->guilty);
    if (guilty == NULL) {
        guilty = &reshape->guilty[reshape->guilty_count++];
        *guilty = (struct guilty){.program = program};
    }
    guilty->strikes++;
    guilty->last = now;
}

/* The worker has lived through it. */
static void acquit(struct sw_reshape *reshape, uint64_t program)
{
    struct guilty *guilty = find_guilty(reshape, program);
    if (guilty != NULL)
        *guilty = reshape->guilty[--reshape->guilty_count];
}

/* -- questions -- */

/* Behind all others, but that a program which has cost a worker already waits for those that have not. */
static void put_in(struct sw_reshape *reshape, struct question *question)
{
    struct question **link = &reshape->first;
    bool suspect = find_guilty(reshape, question->program) != NULL;
    if (reshape->sent)
        link = &reshape->first->next;
    while (*link != NULL && (suspect || find_guilty(reshape, (*link)->program) == NULL))
        link = &(*link)->next;
    question->next = *link;
    *link = question;
}

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
    put_in(reshape, question);
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

/* It has ended, or does not answer: what it was at is what it died of. */
static void lose_worker(struct sw_reshape *reshape)
{
    close_end(reshape);
    if (!reshape->sent)
        return;
    strike(reshape, reshape->first->program, sw_tick_now());
    put_in(reshape, take_first(reshape));
}

void sw_reshape_attach(struct sw_reshape *reshape, int end)
{
    if (reshape->end >= 0)
        lose_worker(reshape);
    reshape->end = end;
    reshape->expected = false;
}

static void expect_worker(struct sw_reshape *reshape, sw_tick now)
{
    reshape->expected = true;
    reshape->expected_at = now;
}

static void send_first(struct sw_reshape *reshape, sw_tick now)
{
    const struct question *question = reshape->first;
    enum sw_message_status status = sw_message_send(reshape->end, &question->request, sizeof question->request, question->memory);
    if (status == SW_MESSAGE_CLOSED) {
        close_end(reshape);
        expect_worker(reshape, now);
    }
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
static bool read_reply(struct sw_reshape *reshape, sw_tick now)
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
        if (status == SW_MESSAGE_CLOSED)
            expect_worker(reshape, now); /* to ask for one would end the next, which the supervisor starts by itself */
    } else if (reply.status == SW_JQ_OK) {
        acquit(reshape, reshape->first->program);
        take_output(reshape, &reply, fd);
    } else {
        acquit(reshape, reshape->first->program);
        snprintf(fault, sizeof fault, "its select program: %s", reply.text);
        answer(reshape, fault, NULL, 0);
    }
    if (fd >= 0)
        close(fd);
    return true;
}

/* Questions that are not to be sent. */
static bool refuse_first(struct sw_reshape *reshape, sw_tick now)
{
    if (reshape->first == NULL || reshape->sent)
        return false;
    const char *fault = reshape->first->memory < 0 ? "its body is too large to be reshaped" : NULL;
    if (is_guilty(reshape, reshape->first->program, now))
        fault = "its select program has brought the worker down, and is left alone";
    if (fault == NULL)
        return false;
    answer(reshape, fault, NULL, 0);
    return true;
}

static sw_tick want_worker(struct sw_reshape *reshape, sw_tick now)
{
    if (!reshape->expected || now - reshape->expected_at >= COMES_WITHIN) {
        expect_worker(reshape, now);
        reshape->need(reshape->need_context);
    }
    return reshape->expected_at + COMES_WITHIN;
}

/* When there is next something to do, of itself. */
static sw_tick send_or_wait(struct sw_reshape *reshape, sw_tick now)
{
    if (reshape->first == NULL)
        return SW_NEVER;
    if (reshape->end < 0)
        return want_worker(reshape, now);
    if (!reshape->sent)
        send_first(reshape, now);
    return reshape->sent ? reshape->sent_at + SW_JQ_ANSWER_MS * SW_MS : now + AGAIN; /* the pair is full, or the worker has gone */
}

sw_tick sw_reshape_turn(struct sw_reshape *reshape, sw_tick now)
{
    uint64_t before = reshape->answers;
    while (read_reply(reshape, now))
        ;
    if (reshape->sent && now - reshape->sent_at >= SW_JQ_ANSWER_MS * SW_MS) {
        sw_log(SW_LOG_WARNING, "reshape", "the jq worker does not answer");
        lose_worker(reshape);
    }
    while (refuse_first(reshape, now))
        ;
    sw_tick next = send_or_wait(reshape, now);
    return reshape->answers != before ? now : next;
}
