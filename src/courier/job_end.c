/* SPDX-License-Identifier: EUPL-1.2 */
/* How an attempt ends: what is kept, told and said, and when the next one is due. */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/log.h"
#include "base/memory.h"
#include "courier/job_internal.h"

static double chance(void)
{
    uint32_t bits = 0;
    return getrandom(&bits, sizeof bits, 0) == (ssize_t)sizeof bits ? bits / 4294967296.0 : 0.5;
}

bool sw_job_lacks_past(const struct sw_job *job)
{
    return job->source->backfill_sample != NULL && !job->filled && job->reading != NULL &&
           sw_reading_facts(job->reading)->kind == SW_READING_SAMPLE;
}

static void end_attempt(struct sw_job *job)
{
    job->busy = false;
    job->settled = job->settled || (!job->quiet && !sw_job_lacks_past(job));
    sw_body_destroy(job->body);
    job->body = NULL;
    job->address = NULL;
    sw_arena_reset(&job->arena);
    job->tools->agenda[job->index] = 0; /* it may have something to begin at once */
}

static void plan_next(struct sw_job *job, enum sw_poll_outcome outcome)
{
    int64_t every = job->source->transport == SW_TRANSPORT_HTTP ? job->source->every : SW_MINUTE;
    job->due = sw_tick_now() + sw_poll_wait(&job->poll, outcome, every, job->least, job->max_age, job->retry_after, chance());
}

bool sw_job_is_filling(const struct sw_job *job)
{
    return job->request == &job->source->backfill;
}

static void tell_end(const struct sw_job *job, const char *fault, const struct sw_reading *reading)
{
    const struct sw_job_witness *witness = job->tools->witness;
    struct sw_job_end end = {.source = job->index,
                             .backfill = sw_job_is_filling(job),
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
    if (sw_job_is_filling(job) || job->quiet) {
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
    sw_archive_keep(job->tools->archive, job->source->name, job->hash, bytes, size, job->etag, job->modified);
    free(bytes);
}

static void take_reading(struct sw_job *job, struct sw_reading *reading)
{
    if (sw_job_is_filling(job) || job->quiet) {
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

void sw_job_finish(struct sw_job *job)
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

void sw_job_confirm(struct sw_job *job)
{
    if (job->reading == NULL || (job->etag[0] == '\0' && job->modified[0] == '\0')) {
        sw_job_fail(job, SW_POLL_UNREACHED, "it says that nothing has changed, but was not asked that");
        return;
    }
    succeed(job);
}
