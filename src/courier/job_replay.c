/* SPDX-License-Identifier: EUPL-1.2 */
/* A source that is played back: its records take the place of its answers, each at its own instant. The network is not asked. What lies
 * before the instant at which it all begins is read for the histories alone, but for the last good answer, which is shown. */
#include <stdint.h>
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

/* How many records are due. */
static size_t count_due(const struct sw_recording *recording, sw_instant now)
{
    size_t low = 0, high = recording->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (recording->records[middle].at <= now)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The last good answer of the source itself that is due: what is to be shown. SIZE_MAX: none. */
static size_t newest(const struct sw_recording *recording, sw_instant now)
{
    size_t index = count_due(recording, now);
    while (index-- > 0) {
        if (!recording->records[index].backfill && recording->records[index].fault == NULL)
            return index;
    }
    return SIZE_MAX;
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
    sw_job_take_page(job, NULL, bytes, length);
    free(bytes);
    return true;
}

/* Whether the histories, as of the record that is shown, still hold what came with this one. */
static bool is_remembered(const struct sw_job *job, const struct sw_recorded *record, size_t shown)
{
    const struct sw_recorded *now = shown != SIZE_MAX ? pages_of(&job->recording, shown) : NULL;
    bool lasting = record->fault == NULL && !record->unchanged;
    return lasting && (now == NULL || record->at >= now->at - longest(job->source));
}

/* The next record, if there is anything to be had from it. `shown`: the newest. */
static void play_next(struct sw_job *job, size_t shown)
{
    size_t index = job->record++;
    const struct sw_recorded *record = &job->recording.records[index];
    bool outdated = shown != SIZE_MAX && index < shown, remembered = is_remembered(job, record, shown);
    job->quiet = outdated;
    if (record->backfill ? job->source->has_backfill && remembered : !outdated || remembered)
        begin(job, index);
}

sw_tick sw_job_play(struct sw_job *job, sw_tick now)
{
    sw_instant instant = sw_job_now(job->tools);
    const struct sw_recording *recording = &job->recording;
    sw_tick end = now + SPELL_US;
    size_t shown = newest(recording, instant);
    while (!job->busy && job->record < recording->count && recording->records[job->record].at <= instant && sw_tick_now() < end)
        play_next(job, shown);
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
