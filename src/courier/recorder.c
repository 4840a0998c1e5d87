/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/recorder.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "courier/conceal.h"
#include "courier/recording.h"

#define BODIES_MAX ((size_t)64 << 20) /* of one answer, all its pages */

struct track {
    bool wanted, repeats; /* repeats: it has been said that an answer repeats a secret */
    struct sw_conceal conceal;
    struct sw_record_draft_page *pages; /* of the answer under way, their secrets taken out; owned, with all their strings */
    size_t page_count, page_capacity, bytes;
    int64_t answers, unchanged, failed;
};

struct sw_recorder {
    const struct sw_courier_options *options;
    const struct sw_exhibition *exhibition;
    struct sw_job_witness witness;
    struct track *tracks; /* one a source */
    sw_tick end;          /* SW_NEVER: by count */
    int64_t count;        /* attempts at each source; 0: by time */
    bool unwritten;
};

/* -- what comes -- */

static char *conceal(struct track *track, const char *bytes, size_t *length)
{
    bool found;
    char *copy = sw_conceal_copy(&track->conceal, bytes, length, &found);
    track->repeats = track->repeats || found;
    return copy;
}

static char *conceal_text(struct track *track, const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;
    return conceal(track, text != NULL ? text : "", &length);
}

static void forget_pages(struct track *track)
{
    for (size_t i = 0; i < track->page_count; i++) {
        const struct sw_record_draft_page *page = &track->pages[i];
        const char *owned[] = {page->from, page->type, page->etag, page->modified, page->date, page->cache, page->bytes};
        for (size_t k = 0; k < SW_COUNT(owned); k++)
            free((void *)(uintptr_t)owned[k]);
    }
    track->page_count = track->bytes = 0;
}

static void take_page(void *context, const struct sw_job_page *came)
{
    struct sw_recorder *recorder = context;
    struct track *track = &recorder->tracks[came->source];
    const struct sw_http_answer *answer = came->answer;
    track->bytes += came->length;
    if (!track->wanted || track->bytes > BODIES_MAX || track->page_count == SW_RECORDING_PAGES_MAX)
        return;
    track->pages = sw_grow(track->pages, &track->page_capacity, track->page_count + 1, sizeof *track->pages);
    struct sw_record_draft_page *page = &track->pages[track->page_count++];
    *page = (struct sw_record_draft_page){.status = answer != NULL ? answer->status : 0, .length = came->length};
    page->from = conceal_text(track, came->address);
    page->bytes = conceal(track, came->bytes, &page->length);
    page->type = conceal_text(track, answer != NULL ? answer->type : NULL);
    page->etag = conceal_text(track, answer != NULL ? answer->etag : NULL);
    page->modified = conceal_text(track, answer != NULL ? answer->modified : NULL);
    page->date = conceal_text(track, answer != NULL ? answer->date : NULL);
    page->cache = conceal_text(track, answer != NULL ? answer->cache : NULL);
}

static void take_token(void *context, size_t source, const char *token)
{
    struct sw_recorder *recorder = context;
    sw_conceal_add(&recorder->tracks[source].conceal, token);
}

static bool write_record(struct sw_recorder *recorder, const struct sw_job_end *end)
{
    const struct sw_source *source = &recorder->exhibition->sources[end->source];
    const struct sw_request *request = end->backfill ? &source->backfill : &source->request;
    const struct track *track = &recorder->tracks[end->source];
    struct sw_record_draft draft = {.at = end->fetched,
                                    .backfill = end->backfill,
                                    .unchanged = end->fault == NULL && end->status == 304,
                                    .fault = end->arrived ? NULL : end->fault,
                                    .extension = request->format == SW_FORMAT_CSV ? "csv" : "json",
                                    .pages = track->pages,
                                    .page_count = track->page_count};
    return sw_recording_add(recorder->options->to, source->name, &draft);
}

/* A line an answer, for whoever waits. */
static void say(const struct sw_recorder *recorder, const struct sw_job_end *end)
{
    struct sw_civil at = sw_civil_at(recorder->exhibition->zone, end->fetched);
    (void)printf("%02d:%02d:%02d %s%s: ", at.hour, at.minute, at.second, recorder->exhibition->sources[end->source].name,
                 end->backfill ? " (back-fill)" : "");
    if (end->fault != NULL)
        (void)printf("%s\n", end->fault);
    else if (end->status == 304)
        (void)printf("unchanged\n");
    else
        (void)printf("%zu bytes\n", end->bytes);
    (void)fflush(stdout);
}

static void end_answer(void *context, const struct sw_job_end *end)
{
    struct sw_recorder *recorder = context;
    struct track *track = &recorder->tracks[end->source];
    const char *name = recorder->exhibition->sources[end->source].name;
    if (!track->wanted)
        return;
    if (track->bytes > BODIES_MAX) {
        sw_log(SW_LOG_ERROR, "recorder", "%s: an answer of more than 64 MiB is not kept", name);
    } else if (!write_record(recorder, end)) {
        recorder->unwritten = true;
    } else {
        say(recorder, end);
    }
    if (!end->backfill) {
        track->answers += end->fault == NULL;
        track->unchanged += end->fault == NULL && end->status == 304;
        track->failed += end->fault != NULL;
    }
    forget_pages(track);
}

/* -- the outside -- */

static bool is_named(const struct sw_courier_options *options, const char *name)
{
    for (size_t i = 0; i < options->name_count; i++) {
        if (strcmp(options->names[i], name) == 0)
            return true;
    }
    return options->name_count == 0;
}

/* Every name is one of a source that can be asked; said where not. */
static bool judge_names(const struct sw_courier_options *options, const struct sw_exhibition *exhibition)
{
    bool good = true;
    for (size_t i = 0; i < options->name_count; i++) {
        const struct sw_source *source = sw_exhibition_source(exhibition, options->names[i]);
        const char *why = source == NULL  ? "there is no such source (a folder is written with a slash: ./demo)"
                          : source->faulty ? "it has faults: see `schauwand check`"
                          : source->off    ? "it is off"
                                           : NULL;
        if (why != NULL)
            (void)fprintf(stderr, "schauwand record: %s: %s\n", options->names[i], why);
        good = good && why == NULL;
    }
    return good;
}

static bool make_folder(const char *folder, const char *source)
{
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/%s", folder, source);
    bool made = length > 0 && (size_t)length < sizeof path && sw_folder_make(path, 0700);
    if (!made)
        (void)fprintf(stderr, "schauwand record: %s/%s cannot be made\n", folder, source);
    return made;
}

struct sw_recorder *sw_recorder_create(const struct sw_courier_options *options, const struct sw_exhibition *exhibition,
                                       const struct sw_host *host)
{
    if (!judge_names(options, exhibition))
        return NULL;
    struct sw_recorder *recorder = sw_alloc(sizeof *recorder);
    recorder->options = options;
    recorder->exhibition = exhibition;
    recorder->witness = (struct sw_job_witness){take_token, take_page, end_answer, recorder};
    recorder->tracks = sw_alloc_array(exhibition->source_count, sizeof *recorder->tracks);
    recorder->count = options->count > 0 ? options->count : options->duration > 0 ? 0 : 1;
    recorder->end = options->duration > 0 ? sw_tick_now() + options->duration : SW_NEVER;
    size_t wanted = 0;
    bool made = true;
    for (size_t i = 0; i < exhibition->source_count && made; i++) {
        const struct sw_source *source = &exhibition->sources[i];
        recorder->tracks[i].wanted = !source->off && !source->faulty && is_named(options, source->name);
        if (!recorder->tracks[i].wanted)
            continue;
        wanted++;
        sw_conceal_add_access(&recorder->tracks[i].conceal, host);
        sw_conceal_add_auth(&recorder->tracks[i].conceal, host, &source->request.auth);
        if (source->has_backfill)
            sw_conceal_add_auth(&recorder->tracks[i].conceal, host, &source->backfill.auth);
        made = make_folder(options->to, source->name);
    }
    if (wanted == 0 && made)
        (void)fprintf(stderr, "schauwand record: %s has no source that could be recorded\n", options->folder);
    if (wanted > 0 && made)
        return recorder;
    sw_recorder_destroy(recorder);
    return NULL;
}

void sw_recorder_destroy(struct sw_recorder *recorder)
{
    if (recorder == NULL)
        return;
    for (size_t i = 0; i < recorder->exhibition->source_count; i++) {
        forget_pages(&recorder->tracks[i]);
        free(recorder->tracks[i].pages);
        sw_conceal_finish(&recorder->tracks[i].conceal);
    }
    free(recorder->tracks);
    free(recorder);
}

const struct sw_job_witness *sw_recorder_witness(const struct sw_recorder *recorder)
{
    return &recorder->witness;
}

bool sw_recorder_step(struct sw_recorder *recorder, struct sw_job *const *jobs, sw_tick now, sw_tick *next)
{
    bool all = true;
    for (size_t i = 0; i < recorder->exhibition->source_count; i++) {
        const struct track *track = &recorder->tracks[i];
        bool enough = recorder->count > 0 && track->answers + track->failed >= recorder->count;
        if (!track->wanted || enough)
            sw_job_rest(jobs[i]);
        all = all && (!track->wanted || (enough && sw_job_resting(jobs[i])));
    }
    *next = recorder->end < *next ? recorder->end : *next;
    return all || now >= recorder->end || recorder->unwritten;
}

int sw_recorder_finish(const struct sw_recorder *recorder)
{
    int status = 0;
    for (size_t i = 0; i < recorder->exhibition->source_count; i++) {
        const struct track *track = &recorder->tracks[i];
        const char *name = recorder->exhibition->sources[i].name;
        if (!track->wanted)
            continue;
        (void)printf("%s/%s: %lld answer%s", recorder->options->to, name, (long long)track->answers, track->answers == 1 ? "" : "s");
        if (track->unchanged > 0)
            (void)printf(", %lld of them unchanged", (long long)track->unchanged);
        if (track->failed > 0)
            (void)printf(", %lld attempt%s failed", (long long)track->failed, track->failed == 1 ? "" : "s");
        (void)printf("%s\n", track->repeats ? "; they repeat a secret, in whose place stands " SW_CONCEALED : "");
        if (track->answers == 0)
            status = 1;
    }
    return recorder->unwritten ? 2 : status;
}
