/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/job_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "courier/base.h"
#include "courier/identity.h"

#define NO_BASE "its address is relative to the published folder, and this machine's configuration names none (\"base\")"
#define HURRY_LEAST (5 * SW_SECOND) /* between two attempts, whoever wants to see it */

sw_instant sw_job_now(const struct sw_job_tools *tools)
{
    return sw_clock_now(&tools->clock);
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
    sw_job_take_page(job, NULL, bytes, length);
    free(bytes);
}

/* -- the outside -- */

static void begin_live(struct sw_job *job, const struct sw_request *request)
{
    sw_job_begin(job, request, SW_READING_LIVE, SW_NEVER);
    job->address = sw_job_first_address(job);
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
    if (!sw_job_is_filling(job))
        join_twins(job);
    sw_job_ask_page(job);
}

/* Whether a request may be made, and it is known where. */
static bool can_ask(const struct sw_job *job, const struct sw_request *request)
{
    return job->tools->live && sw_base_reaches(job->tools->host, request);
}

/* Who tries or records sources wants no sample instead. */
static bool wants_sample(const struct sw_job *job)
{
    return job->source->sample != NULL && job->tools->witness == NULL;
}

static void attempt(struct sw_job *job)
{
    const struct sw_source *source = job->source;
    if (source->transport == SW_TRANSPORT_FILE) {
        take_file(job, &source->request, SW_READING_LIVE, source->request.address, SW_NEVER);
    } else if (can_ask(job, &source->request)) {
        ask(job, &source->request);
    } else if (wants_sample(job)) {
        take_file(job, &source->request, SW_READING_SAMPLE, source->sample, source->sample_at);
    } else {
        sw_job_begin(job, &source->request, SW_READING_LIVE, SW_NEVER);
        sw_job_fail(job, SW_POLL_FORBIDDEN,
                    job->tools->live ? NO_BASE
                                     : "this machine's configuration does not let sources be asked (\"live\": true), and there is no "
                                       "sample");
    }
}

/* Once, behind the first good answer: what the history lacks. */
static bool wants_filling(const struct sw_job *job)
{
    bool may_ask = job->source->has_backfill && can_ask(job, &job->source->backfill);
    bool asked = may_ask && !job->filled && job->reading != NULL && job->poll.failures == 0;
    return asked || sw_job_lacks_past(job);
}

static void fill(struct sw_job *job)
{
    bool sample = sw_job_lacks_past(job);
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
        job->due = job->tools->agenda[job->index] = now;
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
    uint64_t *asked = sw_alloc_array(count, sizeof *asked);
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        asked[i] = sw_identity_asked(jobs[i]->source);
        while (k < i && asked[k] != asked[i])
            k++;
        if (k < i && asked[i] != 0) {
            jobs[i]->twin = jobs[k]->twin;
            jobs[k]->twin = jobs[i];
        }
    }
    free(asked);
}

/* What an earlier courier kept, if the source may be shown from it: what was fetched while the network was allowed stays true. */
static void take_kept(struct sw_job *job)
{
    struct sw_kept kept;
    if (job->source->transport == SW_TRANSPORT_HTTP && !can_ask(job, &job->source->request))
        return;
    if (!sw_archive_find(job->tools->archive, job->source->name, job->hash, &kept))
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
    if (address != NULL && sw_request_is_relative(&source->request))
        address = host->base;
    struct sw_target target;
    if (address == NULL || !sw_target_parse(address, &target, &why))
        return SW_LEAST_USUAL;
    int64_t least = sw_allow_least(host->allow, host->allow_count, &target);
    return least > 0 ? least : SW_LEAST_USUAL;
}

/* What another published folder has said under the same address is not what this one says. */
static uint64_t identity_of(const struct sw_host *host, const struct sw_source *source)
{
    uint64_t hash = sw_identity_declared(source);
    bool relative = source->transport == SW_TRANSPORT_HTTP && source->request.address != NULL && sw_request_is_relative(&source->request);
    return relative && host->base != NULL ? sw_hash_text(hash, host->base) : hash;
}

/* Once: it is shown from its sample, which is no fault of its own. */
static void say_sample(const struct sw_job *job)
{
    const struct sw_source *source = job->source;
    if (source->transport == SW_TRANSPORT_HTTP && job->tools->live && wants_sample(job) && !can_ask(job, &source->request))
        sw_log(SW_LOG_WARNING, "courier", "%s: " NO_BASE ": its sample is shown", source->name);
}

struct sw_job *sw_job_create(const struct sw_job_tools *tools, const struct sw_source *source, size_t index)
{
    struct sw_job *job = sw_alloc(sizeof *job);
    job->tools = tools;
    job->source = source;
    job->index = index;
    job->twin = job;
    job->hash = identity_of(tools->host, source);
    job->least = least_wait(tools->host, source);
    job->due = source->off || source->faulty ? SW_NEVER : sw_tick_now();
    job->settled = job->due == SW_NEVER;
    job->asked_at = -SW_HOUR;
    job->history = sw_history_create(tools->archive, tools->news, source, index);
    if (!job->settled && !sw_job_open_recording(job)) {
        say_sample(job);
        take_kept(job);
    }
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
