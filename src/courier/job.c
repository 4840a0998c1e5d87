/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/job_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "courier/identity.h"
#include "json/json.h"

#define HURRY_LEAST (5 * SW_SECOND) /* between two attempts, whoever wants to see it */

sw_instant sw_job_now(const struct sw_job_tools *tools)
{
    return tools->clock_fixed ? sw_tick_now() + tools->clock_offset : sw_instant_now();
}

static double chance(void)
{
    uint32_t bits = 0;
    return getrandom(&bits, sizeof bits, 0) == (ssize_t)sizeof bits ? bits / 4294967296.0 : 0.5;
}

/* -- how an attempt ends -- */

/* What is shown is the sample, and its history is still to come. */
static bool lacks_past(const struct sw_job *job)
{
    return job->source->backfill_sample != NULL && !job->filled && job->reading != NULL &&
           sw_reading_facts(job->reading)->kind == SW_READING_SAMPLE;
}

static void end_attempt(struct sw_job *job)
{
    job->busy = false;
    job->settled = job->settled || (!job->quiet && !lacks_past(job));
    sw_body_destroy(job->body);
    job->body = NULL;
    job->address = NULL;
    sw_arena_reset(&job->arena);
}

static void plan_next(struct sw_job *job, enum sw_poll_outcome outcome)
{
    int64_t every = job->source->transport == SW_TRANSPORT_HTTP ? job->source->every : SW_MINUTE;
    job->due = sw_tick_now() + sw_poll_wait(&job->poll, outcome, every, job->least, job->max_age, job->retry_after, chance());
}

static bool is_filling(const struct sw_job *job)
{
    return job->request == &job->source->backfill;
}

static void tell_end(const struct sw_job *job, const char *fault, const struct sw_reading *reading)
{
    const struct sw_job_witness *witness = job->tools->witness;
    struct sw_job_end end = {.source = job->index,
                             .backfill = is_filling(job),
                             .fetched = job->facts.fetched,
                             .fault = fault,
                             .arrived = job->arrived,
                             .status = job->status,
                             .pages = job->pages,
                             .bytes = job->bytes,
                             .took = sw_tick_now() - job->asked_at,
                             .reading = reading,
                             .report = job->report};
    if (witness != NULL)
        witness->ended(witness->context, &end);
}

/* Where there is a witness, it says what it likes. */
void sw_job_fail(struct sw_job *job, enum sw_poll_outcome outcome, const char *why)
{
    tell_end(job, why, NULL);
    if (is_filling(job) || job->quiet) {
        sw_log_about(SW_LOG_WARNING, "courier", job->source->name, "%s: %s", job->quiet ? "an older record" : "its back-fill", why);
        end_attempt(job);
        return;
    }
    if (job->tools->witness == NULL && sw_said_fault(&job->said, (int)outcome, why, sw_tick_now()))
        sw_log_about(outcome == SW_POLL_DENIED || outcome == SW_POLL_FORBIDDEN ? SW_LOG_ERROR : SW_LOG_WARNING, "courier",
                     job->source->name, "%s", why);
    sw_news_outcome(job->tools->news, job->index, true, SW_NEVER, why);
    plan_next(job, outcome);
    end_attempt(job);
}

static void succeed(struct sw_job *job)
{
    tell_end(job, NULL, job->reading);
    if (sw_said_end(&job->said))
        sw_log_about(SW_LOG_NOTICE, "courier", job->source->name, "it is there again");
    sw_news_outcome(job->tools->news, job->index, false, job->facts.fetched, NULL);
    plan_next(job, SW_POLL_GOOD);
    end_attempt(job);
}

static void keep(struct sw_job *job)
{
    if (sw_reading_facts(job->reading)->kind != SW_READING_LIVE)
        return;
    size_t size = sw_reading_packed_size(job->reading);
    void *bytes = sw_alloc(size);
    sw_reading_pack(job->reading, bytes);
    sw_store_keep(job->tools->store, job->source->name, job->hash, bytes, size, job->etag, job->modified);
    free(bytes);
}

static void take_reading(struct sw_job *job, struct sw_reading *reading)
{
    if (is_filling(job) || job->quiet) {
        sw_history_take(job->history, reading);
        tell_end(job, NULL, reading);
        sw_reading_release(reading);
        end_attempt(job);
        return;
    }
    sw_reading_release(job->reading);
    job->reading = reading;
    memcpy(job->etag, job->new_etag, sizeof job->etag);
    memcpy(job->modified, job->new_modified, sizeof job->modified);
    keep(job);
    sw_news_reading(job->tools->news, job->index, reading);
    sw_history_take(job->history, reading);
    succeed(job);
}

static void say_values(struct sw_job *job, const struct sw_reading_report *report)
{
    if (report->text[0] == '\0')
        (void)sw_said_end(&job->said_values);
    else if (sw_said_fault(&job->said_values, report->refused > 0, "", sw_tick_now()))
        sw_log_about(SW_LOG_NOTICE, "courier", job->source->name, "not all is as it should be: %s", report->text);
}

/* All pages are there. */
static void finish(struct sw_job *job)
{
    struct sw_reading_report report = {.text = ""};
    struct sw_reading *reading = sw_reading_create(job->request, job->body, job->tools->zone, &job->facts, &report);
    job->report = &report;
    if (reading != NULL && job->tools->witness == NULL)
        say_values(job, &report);
    if (reading != NULL)
        take_reading(job, reading);
    else
        sw_job_fail(job, SW_POLL_UNREACHED, report.text);
    job->report = NULL;
}

/* "304 Not Modified": what is there holds; only when it was confirmed moves. */
static void confirm(struct sw_job *job)
{
    if (job->reading == NULL || (job->etag[0] == '\0' && job->modified[0] == '\0')) {
        sw_job_fail(job, SW_POLL_UNREACHED, "it says that nothing has changed, but was not asked that");
        return;
    }
    succeed(job);
}

/* -- pages -- */

static void ask_page(struct sw_job *job);

static bool same_origin(const char *a, const char *b)
{
    struct sw_target first, second;
    const char *why;
    return sw_target_parse(a, &first, &why) && sw_target_parse(b, &second, &why) && strcmp(first.origin, second.origin) == 0;
}

/* The address of the page with this offset. */
static const char *offset_address(struct sw_job *job, size_t offset)
{
    const struct sw_paging *paging = &job->request->paging;
    const char *address = sw_request_address(job->request, job->tools->zone, job->facts.fetched, &job->arena);
    char separator = strchr(address, '?') != NULL ? '&' : '?';
    if (paging->size_name == NULL)
        return sw_arena_printf(&job->arena, "%s%c%s=%zu", address, separator, paging->name, offset);
    return sw_arena_printf(&job->arena, "%s%c%s=%d&%s=%zu", address, separator, paging->size_name, paging->size, paging->name, offset);
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
        finish(job);
    } else if (!same_origin(next, job->address)) {
        sw_job_fail(job, SW_POLL_FORBIDDEN, "its next page is at another host");
    } else {
        job->address = next;
        ask_page(job);
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

void sw_job_take_page(struct sw_job *job, const char *bytes, size_t length)
{
    const struct sw_request *request = job->request;
    char fault[SW_BODY_FAULT_MAX];
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

/* As it came, before anybody reads it. */
static void show_page(const struct sw_job *job, const struct sw_http_answer *answer, const char *bytes, size_t length)
{
    const struct sw_job_witness *witness = job->tools->witness;
    struct sw_job_page page = {.source = job->index,
                               .backfill = is_filling(job),
                               .address = answer != NULL ? job->address : job->request->address,
                               .answer = answer,
                               .bytes = bytes,
                               .length = length};
    if (witness != NULL && witness->page != NULL)
        witness->page(witness->context, &page);
}

static void take_answer(struct sw_job *job, const struct sw_http_answer *answer)
{
    const struct sw_auth *auth = &job->request->auth;
    char why[SW_JOB_FAULT_MAX];
    note_headers(job, answer);
    if (answer->fault != NULL) {
        sw_job_fail(job, answer->forbidden ? SW_POLL_FORBIDDEN : SW_POLL_UNREACHED, answer->fault);
    } else if (answer->status == 304) {
        confirm(job);
    } else if (answer->status == 200) {
        show_page(job, answer, answer->bytes, answer->length);
        sw_job_take_page(job, answer->bytes, answer->length);
    } else {
        if (answer->status == 401 && auth->kind == SW_AUTH_OAUTH2)
            sw_tokens_drop(job->tools->tokens, auth);
        snprintf(why, sizeof why, "it answers %d", answer->status);
        sw_job_fail(job, answer->status < 300 ? SW_POLL_UNREACHED : sw_poll_outcome_of(answer->status), why);
    }
}

/* The next one of the ring that waits for what `asker` asks for, from `job` on; it does no longer. NULL: there is none left. */
static struct sw_job *next_waiting(const struct sw_job *asker, struct sw_job *job)
{
    for (const struct sw_job *first = job; job->asker != asker;) {
        job = job->twin;
        if (job == first)
            return NULL;
    }
    job->asker = NULL;
    return job;
}

static void page_answered(void *context, const struct sw_http_answer *answer)
{
    struct sw_job *asker = context, *job;
    while ((job = next_waiting(asker, asker)) != NULL)
        take_answer(job, answer);
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
    bool several = job->request->paging.kind != SW_PAGING_NONE; /* they are asked for as a whole */
    bool holds = !several && !is_filling(job) && have_the_same(job);
    struct sw_http_request asked = {.url = job->address,
                                    .headers = request->headers,
                                    .header_count = request->header_count,
                                    .auth = request->auth,
                                    .token = token,
                                    .etag = holds ? job->etag : NULL,
                                    .modified = holds ? job->modified : NULL,
                                    .maximum = request->format == SW_FORMAT_JSON ? SW_JSON_BYTES_MAX : SW_BODY_BYTES_MAX,
                                    .json = request->format == SW_FORMAT_JSON};
    sw_http_begin(job->tools->http, &asked, page_answered, job);
}

static void token_got(void *context, const char *token, enum sw_poll_outcome outcome, const char *fault)
{
    struct sw_job *asker = context, *job;
    const struct sw_job_witness *witness = asker->tools->witness;
    for (job = asker->twin; token != NULL && witness != NULL && witness->token != NULL; job = job->twin) {
        if (job->asker == asker)
            witness->token(witness->context, job->index, token);
        if (job == asker)
            break;
    }
    if (token != NULL)
        ask_with(asker, token);
    while (token == NULL && (job = next_waiting(asker, asker)) != NULL)
        sw_job_fail(job, outcome, fault);
}

static void ask_page(struct sw_job *job)
{
    const struct sw_auth *auth = &job->request->auth;
    job->arrived = false;
    job->asker = job;
    if (auth->kind == SW_AUTH_OAUTH2)
        sw_tokens_get(job->tools->tokens, auth, sw_tick_now(), token_got, job);
    else
        ask_with(job, NULL);
}

void sw_job_begin(struct sw_job *job, const struct sw_request *request, enum sw_reading_kind kind, sw_instant as_of)
{
    sw_instant now = sw_job_now(job->tools);
    job->busy = true;
    job->request = request;
    job->asked_at = sw_tick_now();
    job->pages = job->status = 0;
    job->bytes = 0;
    job->arrived = false;
    job->max_age = job->retry_after = -1;
    job->new_etag[0] = job->new_modified[0] = job->link[0] = '\0';
    job->facts = (struct sw_reading_facts){.kind = kind, .published = SW_NEVER, .fetched = now, .as_of = as_of};
    job->body = sw_body_create(request);
}

/* -- files: samples, and sources that are files -- */

static bool read_file(struct sw_job *job, const char *path, char **bytes, size_t *length, struct stat *status)
{
    int fd;
    enum sw_file_status opened = sw_root_open(job->tools->root, path, &fd);
    if (opened == SW_FILE_OK) {
        opened = fstat(fd, status) == 0 ? sw_fd_read_all(fd, SW_BODY_BYTES_MAX, bytes, length) : SW_FILE_FAILED;
        close(fd);
    }
    if (opened == SW_FILE_OK)
        return true;
    char why[SW_JOB_FAULT_MAX];
    snprintf(why, sizeof why, "%s %s", path, sw_file_status_text(opened));
    sw_job_fail(job, SW_POLL_UNREACHED, why);
    return false;
}

static void take_file(struct sw_job *job, const struct sw_request *request, enum sw_reading_kind kind, const char *path, sw_instant as_of)
{
    struct stat status;
    char *bytes = NULL;
    size_t length = 0;
    sw_job_begin(job, request, kind, as_of);
    if (!read_file(job, path, &bytes, &length, &status))
        return;
    if (kind == SW_READING_LIVE)
        job->facts.published = (sw_instant)status.st_mtim.tv_sec * SW_SECOND + status.st_mtim.tv_nsec / 1000;
    show_page(job, NULL, bytes, length);
    sw_job_take_page(job, bytes, length);
    free(bytes);
}

/* -- the outside -- */

static void begin_live(struct sw_job *job, const struct sw_request *request)
{
    sw_job_begin(job, request, SW_READING_LIVE, SW_NEVER);
    job->address = request->paging.kind == SW_PAGING_OFFSET
                       ? offset_address(job, 0)
                       : sw_request_address(request, job->tools->zone, job->facts.fetched, &job->arena);
}

/* Those of the ring that would soon ask for the same take what comes. */
static void join_twins(struct sw_job *asker)
{
    sw_tick now = sw_tick_now();
    for (struct sw_job *job = asker->twin; job != asker; job = job->twin) {
        if (job->busy || job->due == SW_NEVER || job->due - now > job->source->every / 2)
            continue;
        begin_live(job, &job->source->request);
        job->asker = asker;
    }
}

static void ask(struct sw_job *job, const struct sw_request *request)
{
    begin_live(job, request);
    if (!is_filling(job))
        join_twins(job);
    ask_page(job);
}

static void attempt(struct sw_job *job)
{
    const struct sw_source *source = job->source;
    if (source->transport == SW_TRANSPORT_FILE) {
        take_file(job, &source->request, SW_READING_LIVE, source->request.address, SW_NEVER);
    } else if (job->tools->live) {
        ask(job, &source->request);
    } else if (source->sample != NULL) {
        take_file(job, &source->request, SW_READING_SAMPLE, source->sample, source->sample_at);
    } else {
        sw_job_begin(job, &source->request, SW_READING_LIVE, SW_NEVER);
        sw_job_fail(job, SW_POLL_FORBIDDEN,
                    "this machine's configuration does not let sources be asked (\"live\": true), and there is no sample");
    }
}

/* Once, behind the first good answer: what the history lacks. */
static bool wants_filling(const struct sw_job *job)
{
    bool asked = job->source->has_backfill && !job->filled && job->tools->live && job->reading != NULL && job->poll.failures == 0;
    return asked || lacks_past(job);
}

static void fill(struct sw_job *job)
{
    bool sample = lacks_past(job);
    job->filled = true;
    if (sample)
        take_file(job, &job->source->backfill, SW_READING_SAMPLE, job->source->backfill_sample, job->source->sample_at);
    else if (sw_history_lacks(job->history, sw_job_now(job->tools)))
        ask(job, &job->source->backfill);
}

sw_tick sw_job_step(struct sw_job *job, sw_tick now)
{
    if (job->recording.count > 0)
        return sw_job_play(job, now);
    if (!job->busy && job->due <= now)
        attempt(job);
    if (!job->busy && wants_filling(job))
        fill(job);
    return job->busy ? SW_NEVER : job->due;
}

void sw_job_hurry(struct sw_job *job, sw_tick now)
{
    bool calm = job->poll.failures == 0 && now - job->asked_at >= HURRY_LEAST;
    bool worth = job->source->transport == SW_TRANSPORT_FILE || now - job->asked_at >= job->source->every / 2;
    if (!job->busy && job->due != SW_NEVER && (job->source->transport == SW_TRANSPORT_FILE || (calm && worth)))
        job->due = now;
}

void sw_job_rest(struct sw_job *job)
{
    job->due = SW_NEVER;
}

bool sw_job_resting(const struct sw_job *job)
{
    return job->due == SW_NEVER && !job->busy && !wants_filling(job);
}

bool sw_job_settled(const struct sw_job *job)
{
    return job->settled;
}

void sw_jobs_pair(struct sw_job *const *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t hash = sw_identity_asked(jobs[i]->source);
        for (size_t k = 0; k < i && hash != 0; k++) {
            if (sw_identity_asked(jobs[k]->source) != hash)
                continue;
            jobs[i]->twin = jobs[k]->twin;
            jobs[k]->twin = jobs[i];
            break;
        }
    }
}

/* What an earlier courier kept, if the source may be shown from it: what was fetched while the network was allowed stays true. */
static void take_kept(struct sw_job *job)
{
    struct sw_kept kept;
    if (job->source->transport == SW_TRANSPORT_HTTP && !job->tools->live)
        return;
    if (!sw_store_find(job->tools->store, job->source->name, job->hash, &kept))
        return;
    job->reading = sw_reading_unpack(&job->source->request, kept.bytes, kept.length);
    free(kept.bytes);
    if (job->reading == NULL)
        return;
    memcpy(job->etag, kept.etag, sizeof job->etag);
    memcpy(job->modified, kept.modified, sizeof job->modified);
    sw_news_reading(job->tools->news, job->index, job->reading);
}

/* By the address that it names, not by those that its pages or redirects lead to. */
static int64_t least_wait(const struct sw_host *host, const struct sw_source *source)
{
    const char *address = source->transport == SW_TRANSPORT_HTTP ? source->request.address : NULL, *why;
    struct sw_target target;
    if (address == NULL || !sw_target_parse(address, &target, &why))
        return SW_POLL_LEAST;
    int64_t least = sw_allow_least(host->allow, host->allow_count, &target);
    return least > 0 ? least : SW_POLL_LEAST;
}

struct sw_job *sw_job_create(const struct sw_job_tools *tools, const struct sw_source *source, size_t index)
{
    struct sw_job *job = sw_alloc(sizeof *job);
    job->tools = tools;
    job->source = source;
    job->index = index;
    job->twin = job;
    job->hash = sw_identity_declared(source);
    job->least = least_wait(tools->host, source);
    job->due = source->off || source->faulty ? SW_NEVER : sw_tick_now();
    job->settled = job->due == SW_NEVER;
    job->asked_at = -SW_HOUR;
    job->history = sw_history_create(tools->store, tools->news, source, index);
    if (!job->settled && !sw_job_open_recording(job))
        take_kept(job);
    return job;
}

void sw_job_destroy(struct sw_job *job)
{
    if (job == NULL)
        return;
    sw_body_destroy(job->body);
    sw_reading_release(job->reading);
    sw_history_destroy(job->history);
    sw_arena_finish(&job->arena);
    sw_arena_finish(&job->recording_arena);
    free(job->selected);
    free(job);
}
