/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of an attempt: how they are asked for, and what is made of each that comes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "courier/base.h"
#include "courier/job_internal.h"

static bool same_origin(const char *a, const char *b)
{
    struct sw_target first, second;
    const char *why;
    return sw_target_parse(a, &first, &why) && sw_target_parse(b, &second, &why) && strcmp(first.origin, second.origin) == 0;
}

static const char *address_now(struct sw_job *job)
{
    const char *address = sw_request_address(job->request, job->tools->zone, job->facts.fetched, &job->arena);
    return sw_base_resolve(job->tools->host, job->request, address, &job->arena);
}

/* The address of the page with this offset. */
static const char *offset_address(struct sw_job *job, size_t offset)
{
    const struct sw_paging *paging = &job->request->paging;
    const char *address = address_now(job);
    char separator = strchr(address, '?') != NULL ? '&' : '?';
    if (paging->size_name == NULL)
        return sw_arena_printf(&job->arena, "%s%c%s=%zu", address, separator, paging->name, offset);
    return sw_arena_printf(&job->arena, "%s%c%s=%d&%s=%zu", address, separator, paging->size_name, paging->size, paging->name, offset);
}

const char *sw_job_first_address(struct sw_job *job)
{
    return job->request->paging.kind == SW_PAGING_OFFSET ? offset_address(job, 0) : address_now(job);
}

/* NULL: that was the last one. */
static const char *next_address(struct sw_job *job)
{
    const struct sw_paging *paging = &job->request->paging;
    const char *reference = NULL;
    char next[4096];
    switch (paging->kind) {
    case SW_PAGING_NONE: return NULL;
    case SW_PAGING_NEXT: reference = sw_body_next(job->body); break;
    case SW_PAGING_LINK: reference = job->link[0] != '\0' ? job->link : NULL; break;
    case SW_PAGING_OFFSET:
        return (int)sw_body_page_rows(job->body) < paging->size ? NULL : offset_address(job, (size_t)job->pages * (size_t)paging->size);
    }
    if (reference == NULL || !sw_http_resolve(job->address, reference, next, sizeof next) || strcmp(next, job->address) == 0)
        return NULL;
    return sw_arena_strdup(&job->arena, next);
}

static void page_done(struct sw_job *job)
{
    const struct sw_paging *paging = &job->request->paging;
    bool live = job->facts.kind == SW_READING_LIVE && job->source->transport == SW_TRANSPORT_HTTP;
    if (sw_job_play_page(job))
        return;
    const char *next = live && job->pages < paging->max ? next_address(job) : NULL;
    if (next == NULL) {
        sw_job_finish(job);
    } else if (!same_origin(next, job->address)) {
        sw_job_fail(job, SW_POLL_FORBIDDEN, "its next page is at another host");
    } else {
        job->address = next;
        sw_job_ask_page(job);
    }
}

static void remember(struct sw_job *job, const char *bytes, size_t length)
{
    if (strstr(job->request->select, "prev") == NULL)
        return;
    free(job->selected);
    job->selected = sw_alloc(length + 1);
    memcpy(job->selected, bytes, length);
}

static void reshaped(void *context, const struct sw_reshape_answer *answer)
{
    struct sw_job *job = context;
    char fault[SW_BODY_FAULT_MAX];
    if (answer->fault != NULL) {
        sw_job_fail(job, SW_POLL_UNREACHED, answer->fault);
    } else if (!sw_body_add_selected(job->body, answer->bytes, answer->length, fault)) {
        sw_job_fail(job, SW_POLL_UNREACHED, fault);
    } else {
        remember(job, answer->bytes, answer->length);
        page_done(job);
    }
}

static void show_page(const struct sw_job *job, const struct sw_http_answer *answer, const char *bytes, size_t length)
{
    const struct sw_job_witness *witness = job->tools->witness;
    struct sw_job_page page = {.source = job->index,
                               .backfill = sw_job_is_filling(job),
                               .address = answer != NULL ? job->address : job->request->address,
                               .answer = answer,
                               .bytes = bytes,
                               .length = length};
    if (witness != NULL && witness->page != NULL)
        witness->page(witness->context, &page);
}

void sw_job_take_page(struct sw_job *job, const struct sw_http_answer *answer, const char *bytes, size_t length)
{
    const struct sw_request *request = job->request;
    char fault[SW_BODY_FAULT_MAX];
    show_page(job, answer, bytes, length);
    job->pages++;
    job->bytes += length;
    job->arrived = true;
    if (!sw_body_add(job->body, bytes, length, fault)) {
        sw_job_fail(job, SW_POLL_UNREACHED, fault);
        return;
    }
    if (request->select == NULL) {
        page_done(job);
        return;
    }
    size_t size;
    char *text = sw_body_text(job->body, &size);
    struct sw_reshape_question question = {.program = request->select,
                                           .vars = request->vars,
                                           .prev = job->selected,
                                           .body = text,
                                           .length = size,
                                           .rows = request->rows,
                                           .status = job->status,
                                           .now = job->facts.kind == SW_READING_LIVE ? job->facts.fetched : job->facts.as_of};
    sw_reshape_ask(job->tools->reshape, &question, reshaped, job);
    free(text);
}

/* -- asking -- */

static void note_headers(struct sw_job *job, const struct sw_http_answer *answer)
{
    job->status = answer->status;
    job->max_age = answer->max_age;
    job->retry_after = answer->retry_after;
    snprintf(job->link, sizeof job->link, "%s", answer->next);
    if (job->pages > 0)
        return;
    snprintf(job->new_etag, sizeof job->new_etag, "%s", answer->etag);
    snprintf(job->new_modified, sizeof job->new_modified, "%s", answer->modified);
    job->facts.published = answer->published;
}

static void take_answer(struct sw_job *job, const struct sw_http_answer *answer)
{
    const struct sw_auth *auth = &job->request->auth;
    char why[SW_JOB_FAULT_MAX];
    note_headers(job, answer);
    if (answer->fault != NULL) {
        sw_job_fail(job, answer->forbidden ? SW_POLL_FORBIDDEN : SW_POLL_UNREACHED, answer->fault);
    } else if (answer->status == 304) {
        sw_job_confirm(job);
    } else if (answer->status == 200) {
        sw_job_take_page(job, answer, answer->bytes, answer->length);
    } else {
        if (answer->status == 401 && auth->kind == SW_AUTH_OAUTH2)
            sw_tokens_drop(job->tools->tokens, auth);
        snprintf(why, sizeof why, "it answers %d", answer->status);
        sw_job_fail(job, sw_poll_outcome_of(answer->status), why);
    }
}

/* It waited for what `asker` asked for; it does no longer. */
static bool has_waited(struct sw_job *job, const struct sw_job *asker)
{
    bool waited = job->asker == asker;
    job->asker = waited ? NULL : job->asker;
    return waited;
}

/* Each of the ring once: one may ask for its next page at once, which this is no answer to. */
static void page_answered(void *context, const struct sw_http_answer *answer)
{
    struct sw_job *asker = context, *job = asker;
    do {
        if (has_waited(job, asker))
            take_answer(job, answer);
    } while ((job = job->twin) != asker);
}

/* Whether what all have that wait is the same, so that one may ask whether it still holds. */
static bool have_the_same(const struct sw_job *asker)
{
    for (const struct sw_job *job = asker->twin; job != asker; job = job->twin) {
        if (job->asker == asker && (strcmp(job->etag, asker->etag) != 0 || strcmp(job->modified, asker->modified) != 0))
            return false;
    }
    return true;
}

static void ask_with(struct sw_job *job, const char *token)
{
    const struct sw_request *request = job->request;
    const struct sw_host_access *access = &job->tools->host->access;
    bool of_base = sw_request_is_relative(request); /* then it is asked as the follower asks */
    bool several = job->request->paging.kind != SW_PAGING_NONE; /* they are asked for as a whole */
    bool holds = !several && !sw_job_is_filling(job) && have_the_same(job);
    struct sw_http_request asked = {.url = job->address,
                                    .headers = request->headers,
                                    .header_count = request->header_count,
                                    .auth = of_base ? sw_base_auth(access) : request->auth,
                                    .user = of_base ? access->user : NULL,
                                    .same_host = of_base,
                                    .token = token,
                                    .etag = holds ? job->etag : NULL,
                                    .modified = holds ? job->modified : NULL,
                                    .maximum = request->format == SW_FORMAT_JSON ? SW_JSON_BYTES_MAX : SW_BODY_BYTES_MAX,
                                    .json = request->format == SW_FORMAT_JSON};
    sw_http_begin(job->tools->http, &asked, page_answered, job);
}

static void token_got(void *context, const char *token, enum sw_poll_outcome outcome, const char *fault)
{
    struct sw_job *asker = context, *job = asker;
    const struct sw_job_witness *witness = asker->tools->witness;
    do {
        if (token != NULL && job->asker == asker && witness != NULL && witness->token != NULL)
            witness->token(witness->context, job->index, token);
        if (token == NULL && has_waited(job, asker))
            sw_job_fail(job, outcome, fault);
    } while ((job = job->twin) != asker);
    if (token != NULL)
        ask_with(asker, token);
}

void sw_job_ask_page(struct sw_job *job)
{
    const struct sw_auth *auth = &job->request->auth;
    job->arrived = false;
    job->asker = job;
    if (auth->kind == SW_AUTH_OAUTH2)
        sw_tokens_get(job->tools->tokens, auth, sw_tick_now(), token_got, job);
    else
        ask_with(job, NULL);
}
