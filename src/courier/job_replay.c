/* SPDX-License-Identifier: EUPL-1.2 */
/* A source that is played back: its records take the place of its answers, each at its own instant. The network is not asked. What lies
 * before the instant at which it all begins is read for the histories alone, but for the last good answer, which is shown. */
#include <stdlib.h>

#include "base/log.h"
#include "courier/job_internal.h"

#define SPELL_US (50 * SW_MS) /* at a stretch: the courier has other sources, and gives signs of life */

bool sw_job_open_recording(struct sw_job *job)
{
    const struct sw_job_tools *tools = job->tools;
    if (tools->recordings == NULL)
        return false;
    if (!sw_recording_read(&job->recording, tools->recordings, job->source->name, &job->recording_arena)) {
        sw_log(SW_LOG_NOTICE, "courier", "%s: there is no recording of it", job->source->name);
        return false;
    }
    job->due = SW_NEVER;
    return true;
}

sw_instant sw_job_recorded_since(const struct sw_job *job)
{
    const struct sw_recording *recording = &job->recording;
    for (size_t i = 0; i < recording->count; i++) {
        if (!recording->records[i].backfill)
            return recording->records[i].at;
    }
    return SW_NEVER;
}

/* The longest history of its fields. */
static int64_t longest(const struct sw_source *source)
{
    int64_t most = 0;
    for (size_t i = 0; i < source->request.field_count; i++)
        most = source->request.fields[i].keep > most ? source->request.fields[i].keep : most;
    return most;
}

/* The record whose pages the record `index` stands for: its own, or of one that says "unchanged" those before it. NULL: none. */
static const struct sw_recorded *pages_of(const struct sw_recording *recording, size_t index)
{
    const struct sw_recorded *record = &recording->records[index];
    while (record->unchanged && index-- > 0) {
        const struct sw_recorded *before = &recording->records[index];
        if (!before->backfill && before->fault == NULL && !before->unchanged)
            record = before;
    }
    return record->page_count > 0 ? record : NULL;
}

/* Whether a good answer of the source itself follows that is due as well. */
static bool is_outdated(const struct sw_recording *recording, size_t index, sw_instant now)
{
    for (size_t i = index + 1; i < recording->count && recording->records[i].at <= now; i++) {
        if (!recording->records[i].backfill && recording->records[i].fault == NULL)
            return true;
    }
    return false;
}

static void begin(struct sw_job *job, size_t index)
{
    const struct sw_source *source = job->source;
    const struct sw_recorded *record = &job->recording.records[index], *pages = pages_of(&job->recording, index);
    sw_job_begin(job, record->backfill ? &source->backfill : &source->request, SW_READING_RECORDED, record->at);
    job->facts.fetched = record->at;
    if (pages != NULL && pages->pages[0].modified[0] != '\0')
        job->facts.published = sw_http_date(pages->pages[0].modified);
    job->record_page = 0;
    if (record->fault != NULL)
        sw_job_fail(job, SW_POLL_UNREACHED, record->fault);
    else if (pages == NULL)
        sw_job_fail(job, SW_POLL_UNREACHED, "nothing was there that could be unchanged");
    else
        (void)sw_job_play_page(job);
}

bool sw_job_play_page(struct sw_job *job)
{
    if (job->recording.count == 0)
        return false;
    const struct sw_recorded *pages = pages_of(&job->recording, job->record - 1);
    char *bytes = NULL;
    size_t length = 0;
    if (pages == NULL || job->record_page == pages->page_count)
        return false;
    const struct sw_recorded_page *page = &pages->pages[job->record_page++];
    if (sw_root_read(job->tools->recordings, page->path, SW_BODY_BYTES_MAX, &bytes, &length) != SW_FILE_OK) {
        sw_job_fail(job, SW_POLL_UNREACHED, "a body of its recording cannot be read");
        return true;
    }
    job->status = page->status;
    sw_job_take_page(job, bytes, length);
    free(bytes);
    return true;
}

/* The next record, if there is anything to be had from it. */
static void play_next(struct sw_job *job, sw_instant now)
{
    size_t index = job->record++;
    const struct sw_recorded *record = &job->recording.records[index];
    bool outdated = is_outdated(&job->recording, index, now);
    bool remembered = record->at >= now - longest(job->source) && record->fault == NULL && !record->unchanged;
    job->quiet = outdated;
    if (record->backfill ? job->source->has_backfill && remembered : !outdated || remembered)
        begin(job, index);
}

sw_tick sw_job_play(struct sw_job *job, sw_tick now)
{
    sw_instant instant = sw_job_now(job->tools);
    const struct sw_recording *recording = &job->recording;
    sw_tick end = now + SPELL_US;
    while (!job->busy && job->record < recording->count && recording->records[job->record].at <= instant && sw_tick_now() < end)
        play_next(job, instant);
    if (job->busy)
        return SW_NEVER;
    if (job->record == recording->count) {
        job->settled = true;
        return SW_NEVER;
    }
    int64_t left = recording->records[job->record].at - instant;
    job->settled = job->settled || left > 0;
    return left > 0 ? now + left : now;
}
