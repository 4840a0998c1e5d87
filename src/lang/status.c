/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "json/write.h"
#include "lang/job.h"
#include "lang/tasks.h"

#define QUOTED_MAX 60 /* bytes of a text in a list */
#define LINE_MAX_BYTES ((size_t)1 << 20)

/* What is to be done about a text; NULL: nothing. */
static const char *wanted(const struct sw_jobs *jobs, const struct sw_job *job)
{
    if (job->state == SW_JOB_MISSING)
        return "missing";
    if (job->state == SW_JOB_CHANGED)
        return "the text has changed since it was translated";
    if (jobs->easy && job->target->text != NULL && job->review == SW_REVIEW_OLD)
        return "has changed since it was reviewed";
    if (jobs->easy && job->target->text != NULL && job->review == SW_REVIEW_NONE)
        return "not reviewed";
    return NULL;
}

static size_t count_wanted(const struct sw_jobs *jobs)
{
    size_t count = 0;
    for (size_t i = 0; i < jobs->count; i++)
        count += wanted(jobs, &jobs->items[i]) != NULL;
    return count;
}

static size_t count_strays(const struct sw_inventory *inventory, const char *language)
{
    size_t count = 0;
    for (size_t i = 0; i < inventory->texts.stray_count; i++)
        count += strcmp(inventory->texts.strays[i].language, language) == 0;
    return count;
}

/* -- for people -- */

static void print_row(const struct sw_jobs *jobs, size_t strays)
{
    char review[64] = "";
    if (jobs->easy)
        (void)snprintf(review, sizeof review, "%zu of %zu", jobs->reviewed,
                       jobs->count - jobs->states[SW_JOB_MISSING] - jobs->states[SW_JOB_PLAIN]);
    (void)printf("%-12s %7zu %9zu %8zu %8zu %13zu %8zu  %s\n", jobs->to, jobs->states[SW_JOB_INLINE], jobs->states[SW_JOB_TRANSLATED],
                 jobs->states[SW_JOB_CHANGED], jobs->states[SW_JOB_MISSING], jobs->states[SW_JOB_PLAIN], strays, review);
}

/* Where the text stands now that a stray translation was made from; NULL: not known, or nowhere. */
static const char *moved_to(const struct sw_inventory *inventory, const struct sw_text_stray *stray)
{
    char stamp[SW_TEXT_STAMP + 1];
    const struct sw_texts *texts = &inventory->texts;
    int to = sw_inventory_language(inventory, stray->language);
    for (size_t i = 0; i < texts->count && stray->of != NULL && to > 0; i++) {
        const struct sw_text *text = &texts->items[i];
        const char *source = sw_job_source(text, texts->language_count, (size_t)to);
        if (strcmp(text->file, stray->file) != 0 || source == NULL || text->versions[to].text != NULL)
            continue;
        sw_text_stamp(source, stamp);
        if (strcmp(stamp, stray->of) == 0)
            return text->path;
    }
    return NULL;
}

static void print_list(const struct sw_jobs *jobs, const struct sw_inventory *inventory)
{
    for (size_t i = 0; i < jobs->count; i++) {
        const struct sw_job *job = &jobs->items[i];
        const char *what = wanted(jobs, job);
        size_t shown = strcspn(job->source, "\n");
        if (what == NULL)
            continue;
        while (shown > QUOTED_MAX || (shown > 0 && (job->source[shown] & 0xc0) == 0x80))
            shown--;
        (void)printf("%s:%d:%d: %s: %s: \"%.*s%s\"\n", job->text->file, job->text->line, job->text->column, job->text->path, what,
                     (int)shown, job->source, job->source[shown] != '\0' ? "..." : "");
    }
    for (size_t i = 0; i < inventory->texts.stray_count; i++) {
        const struct sw_text_stray *stray = &inventory->texts.strays[i];
        const char *moved = strcmp(stray->language, jobs->to) == 0 ? moved_to(inventory, stray) : NULL;
        if (strcmp(stray->language, jobs->to) == 0)
            (void)printf("scenes/lang/%s.json:%d:%d: %s: %s: there is no such text%s%s\n", stray->language, stray->line, stray->column,
                         stray->file, stray->path, moved != NULL ? "; what was translated stands at " : "", moved != NULL ? moved : "");
    }
}

/* -- for programs -- */

static void put(struct sw_buffer *out, const char *key, const char *text)
{
    sw_buffer_printf(out, ", \"%s\": ", key);
    sw_json_write_text(out, text);
}

static void print_json(const struct sw_jobs *jobs, size_t strays, bool first)
{
    struct sw_buffer out;
    bool none = true;
    sw_buffer_init(&out, LINE_MAX_BYTES);
    sw_json_write_text(&out, jobs->to);
    (void)printf("%s\n  {\"language\": %s, \"texts\": %zu, \"in_scenes\": %zu, \"translated\": %zu, \"changed\": %zu, \"missing\": %zu, "
                 "\"for_all\": %zu, \"strays\": %zu, \"easy\": %s, \"reviewed\": %zu, \"open\": [",
                 first ? "" : ",", sw_buffer_text(&out), jobs->count, jobs->states[SW_JOB_INLINE], jobs->states[SW_JOB_TRANSLATED],
                 jobs->states[SW_JOB_CHANGED], jobs->states[SW_JOB_MISSING], jobs->states[SW_JOB_PLAIN], strays,
                 jobs->easy ? "true" : "false", jobs->reviewed);
    for (size_t i = 0; i < jobs->count; i++) {
        const struct sw_job *job = &jobs->items[i];
        const char *what = wanted(jobs, job);
        if (what == NULL)
            continue;
        sw_buffer_clear(&out);
        sw_buffer_printf(&out, "%s\n    {\"line\": %d, \"column\": %d", none ? "" : ",", job->text->line, job->text->column);
        put(&out, "file", job->text->file);
        put(&out, "path", job->text->path);
        put(&out, "what", what);
        (void)printf("%s}", sw_buffer_text(&out));
        none = false;
    }
    (void)printf("%s]}", none ? "" : "\n  ");
    sw_buffer_finish(&out);
}

static bool is_meant(const struct sw_order *order, const char *language)
{
    return order->language == NULL || strcmp(order->language, language) == 0;
}

int sw_lang_status(const struct sw_order *order, const struct sw_inventory *inventory)
{
    const struct sw_texts *texts = &inventory->texts;
    size_t open = 0;
    if (order->language != NULL && sw_inventory_language(inventory, order->language) <= 0) {
        (void)fprintf(stderr, "schauwand lang: %s is not among the languages that the exhibition is translated into\n", order->language);
        return 2;
    }
    if (order->json)
        (void)printf("[");
    else
        (void)printf("%-12s %7s %9s %8s %8s %13s %8s  %s\n", "language", "inline", "lang/", "changed", "missing", "for all", "strays",
                     "reviewed");
    for (size_t i = 1, first = 1; i < texts->language_count; i++) {
        struct sw_jobs jobs;
        if (!is_meant(order, texts->languages[i]))
            continue;
        sw_jobs_make(&jobs, inventory, (int)i);
        size_t strays = count_strays(inventory, texts->languages[i]);
        open += count_wanted(&jobs) + strays;
        if (order->json)
            print_json(&jobs, strays, first != 0);
        else
            print_row(&jobs, strays);
        if (!order->json && order->language != NULL)
            print_list(&jobs, inventory);
        first = 0;
        sw_jobs_finish(&jobs);
    }
    if (order->json)
        (void)printf("\n]\n");
    return order->strict && open > 0 ? 1 : fflush(stdout) == 0 ? 0 : 2;
}
