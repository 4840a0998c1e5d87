/* SPDX-License-Identifier: EUPL-1.2 */
#include "lang/job.h"

#include <string.h>

#include "lang/placeholder.h"

const char *sw_job_state_text(enum sw_job_state state)
{
    static const char *const texts[SW_JOB_STATES] = {
        [SW_JOB_MISSING] = "missing", [SW_JOB_PLAIN] = "for all languages", [SW_JOB_CHANGED] = "changed",
        [SW_JOB_TRANSLATED] = "translated", [SW_JOB_INLINE] = "in the scene",
    };
    return texts[state];
}

bool sw_language_easy(const char *language)
{
    static const char *const easy[] = {"leicht", "einfach", "simple", "easy"};
    const char *variant = strrchr(language, '-');
    for (size_t i = 0; variant != NULL && i < sizeof easy / sizeof easy[0]; i++)
        if (strcmp(variant + 1, easy[i]) == 0)
            return true;
    return false;
}

const char *sw_job_source(const struct sw_text *text, size_t language_count, size_t to)
{
    for (size_t i = 0; i < language_count; i++)
        if (i != to && text->versions[i].text != NULL && (i == 0 || !text->versions[i].apart))
            return text->versions[i].text;
    return NULL;
}

static enum sw_job_state state_of(const struct sw_job *job)
{
    char stamp[SW_TEXT_STAMP + 1];
    const struct sw_text_version *target = job->target;
    if (target->text == NULL)
        return job->text->plain ? SW_JOB_PLAIN : SW_JOB_MISSING;
    sw_text_stamp(job->source, stamp);
    if (target->of != NULL && strcmp(target->of, stamp) != 0)
        return SW_JOB_CHANGED;
    return target->apart ? SW_JOB_TRANSLATED : SW_JOB_INLINE;
}

static enum sw_job_review review_of(const struct sw_text_version *target)
{
    char stamp[SW_TEXT_STAMP + 1];
    if (target->text == NULL || target->by == NULL || target->reviewed == NULL)
        return SW_REVIEW_NONE;
    sw_text_stamp(target->text, stamp);
    return strcmp(target->reviewed, stamp) == 0 ? SW_REVIEW_DONE : SW_REVIEW_OLD;
}

void sw_jobs_make(struct sw_jobs *jobs, const struct sw_inventory *inventory, int to)
{
    const struct sw_texts *texts = &inventory->texts;
    *jobs = (struct sw_jobs){.from = texts->languages[0], .to = texts->languages[to], .easy = sw_language_easy(texts->languages[to])};
    jobs->items = sw_arena_array(&jobs->arena, texts->count, sizeof *jobs->items);
    for (size_t i = 0; i < texts->count; i++) {
        struct sw_arena scratch = {.blocks = NULL};
        struct sw_job job = {.text = &texts->items[i], .target = &texts->items[i].versions[to]};
        job.source = sw_job_source(job.text, texts->language_count, (size_t)to);
        bool wanted = job.source != NULL && (job.target->text != NULL || sw_placeholder_translatable(&scratch, job.source));
        sw_arena_finish(&scratch);
        if (!wanted)
            continue;
        job.state = state_of(&job);
        job.review = review_of(job.target);
        jobs->states[job.state]++;
        jobs->reviewed += job.review == SW_REVIEW_DONE;
        jobs->review_old += job.review == SW_REVIEW_OLD;
        jobs->items[jobs->count++] = job;
    }
}

void sw_jobs_finish(struct sw_jobs *jobs)
{
    sw_arena_finish(&jobs->arena);
    *jobs = (struct sw_jobs){.count = 0};
}
