/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/trial_internal.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

#define PATIENCE (2 * SW_MINUTE)
#define TEXT_MAX ((size_t)1 << 20) /* of one source */
#define SHOWN_POINTERS 200

struct probe {
    bool answered, good;
    struct sw_buffer text, backfill; /* as it is printed */
};

struct sw_trial {
    const struct sw_courier_options *options;
    const struct sw_exhibition *exhibition;
    struct sw_diags *diags;
    struct sw_job_witness witness;
    struct probe *probes; /* one a source */
    sw_tick end;
};

/* -- what the formats share -- */

const char *sw_trial_unit(const struct sw_trial_view *view, const struct sw_field *field, struct sw_arena *arena)
{
    struct sw_evaluation evaluation = {.arena = arena, .now = view->now, .zone = view->zone, .language = view->language};
    struct sw_resolution resolution = {.evaluation = &evaluation};
    struct sw_value value = sw_property_value(&field->unit, &resolution);
    return value.type == SW_VALUE_STRING ? value.as.string : "";
}

/* -- what is a fault -- */

/* "/a or /b" */
static void pointers_of(const struct sw_field *field, char *out, size_t capacity)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; field->from[i] != NULL && used < capacity; i++)
        used += (size_t)snprintf(out + used, capacity - used, "%s%s", i > 0 ? " or " : "",
                                 field->from[i][0] != '\0' ? field->from[i] : "\"\"");
}

/* A field is at fault where no row has anything that it could be. */
static void judge_field(struct sw_trial *trial, const struct sw_trial_view *view, size_t index)
{
    const struct sw_field *field = &view->request->fields[index];
    const struct sw_field_tally *tally = &view->end->report->fields[index];
    size_t rows = tally->read + tally->absent + tally->missing + tally->refused;
    char path[160], pointers[SHOWN_POINTERS];
    snprintf(path, sizeof path, "%s.%sfields.%s", view->source->name, view->end->backfill ? "backfill." : "", field->name);
    pointers_of(field, pointers, sizeof pointers);
    if (rows > 0 && tally->absent == rows)
        sw_diags_add(trial->diags, SW_ERROR, view->source->file, field->line, field->column, path, "nothing of what came is at %s",
                     pointers);
    else if (rows > 0 && tally->refused + tally->absent == rows)
        sw_diags_add(trial->diags, SW_ERROR, view->source->file, field->line, field->column, path,
                     "what came is not of its type or range: \"%s\"", tally->shown);
}

static void judge(struct sw_trial *trial, const struct sw_trial_view *view)
{
    const struct sw_source *source = view->source;
    const struct sw_job_end *end = view->end;
    if (end->fault != NULL)
        sw_diags_add(trial->diags, SW_ERROR, source->file, source->line, source->column, source->name, "%s%s",
                     end->backfill ? "its back-fill: " : "", end->fault);
    for (size_t i = 0; end->report != NULL && i < view->request->field_count; i++)
        judge_field(trial, view, i);
    if (end->fault != NULL || end->backfill)
        return;
    const struct sw_reading_facts *facts = sw_reading_facts(end->reading);
    int64_t passed = view->now - facts->observed;
    char age[32];
    if (sw_freshness_at(source, facts, false, view->now).state == SW_FRESHNESS_EXPIRED)
        sw_diags_add(trial->diags, SW_WARNING, source->file, source->line, source->column, source->name,
                     "what came is expired: it is of %s ago", sw_duration_text(passed - passed % SW_SECOND, age, sizeof age));
}

/* -- what comes -- */

static void end_answer(void *context, const struct sw_job_end *end)
{
    struct sw_trial *trial = context;
    struct probe *probe = &trial->probes[end->source];
    const struct sw_source *source = &trial->exhibition->sources[end->source];
    struct sw_trial_view view = {.source = source,
                                 .request = end->backfill ? &source->backfill : &source->request,
                                 .end = end,
                                 .zone = trial->exhibition->zone,
                                 .language = trial->exhibition->languages[0],
                                 .now = end->fetched};
    if (!end->backfill && probe->answered)
        return;
    probe->answered = true;
    if (!end->backfill)
        probe->good = end->fault == NULL;
    judge(trial, &view);
    struct sw_buffer *out = end->backfill ? &probe->backfill : &probe->text;
    if (trial->options->json)
        sw_trial_write_json(out, &view);
    else
        sw_trial_write_text(out, &view);
}

static bool is_tried(const struct sw_source *source)
{
    return !source->off && !source->faulty;
}

bool sw_trial_step(struct sw_trial *trial, struct sw_job *const *jobs, sw_tick now, sw_tick *next)
{
    bool all = true;
    for (size_t i = 0; i < trial->exhibition->source_count; i++) {
        if (!is_tried(&trial->exhibition->sources[i]))
            continue;
        if (trial->probes[i].answered)
            sw_job_rest(jobs[i]);
        all = all && trial->probes[i].answered && sw_job_resting(jobs[i]);
    }
    *next = trial->end < *next ? trial->end : *next;
    return all || now >= trial->end;
}

/* -- in the end -- */

static void judge_silence(struct sw_trial *trial)
{
    for (size_t i = 0; i < trial->exhibition->source_count; i++) {
        const struct sw_source *source = &trial->exhibition->sources[i];
        if (is_tried(source) && !trial->probes[i].answered)
            sw_diags_add(trial->diags, SW_ERROR, source->file, source->line, source->column, source->name,
                         "no answer has come within two minutes");
    }
}

static void print_text(const struct sw_trial *trial)
{
    size_t tried = 0, good = 0;
    for (size_t i = 0; i < trial->exhibition->source_count; i++) {
        const struct sw_source *source = &trial->exhibition->sources[i];
        const struct probe *probe = &trial->probes[i];
        tried += is_tried(source);
        good += probe->good;
        if (!is_tried(source))
            (void)printf("%s: %s\n", source->name, source->faulty ? "not asked, as it has faults" : "off");
        (void)printf("%s%s", sw_buffer_text(&probe->text), sw_buffer_text(&probe->backfill));
    }
    sw_diags_print(trial->diags, stdout);
    (void)printf("%zu of %zu sources have answered", good, tried);
    if (trial->diags->errors > 0)
        (void)printf("; %zu fault%s", trial->diags->errors, trial->diags->errors == 1 ? "" : "s");
    else
        (void)printf("; no faults");
    if (trial->diags->warnings > 0)
        (void)printf(", %zu warning%s", trial->diags->warnings, trial->diags->warnings == 1 ? "" : "s");
    (void)printf("\n");
}

static void print_json(const struct sw_trial *trial)
{
    struct sw_buffer faults;
    sw_buffer_init(&faults, TEXT_MAX);
    sw_trial_write_json_faults(&faults, trial->diags);
    (void)printf("{\"sources\": [");
    for (size_t i = 0; i < trial->exhibition->source_count; i++) {
        const struct sw_source *source = &trial->exhibition->sources[i];
        const struct probe *probe = &trial->probes[i];
        (void)printf("%s\n  {\"name\": \"%s\", \"asked\": %s", i > 0 ? "," : "", source->name, is_tried(source) ? "true" : "false");
        if (probe->text.length > 0)
            (void)printf(", \"answer\": %s", sw_buffer_text(&probe->text));
        if (probe->backfill.length > 0)
            (void)printf(", \"backfill\": %s", sw_buffer_text(&probe->backfill));
        (void)printf("}");
    }
    (void)printf("],\n \"faults\": %s}\n", sw_buffer_text(&faults));
    sw_buffer_finish(&faults);
}

int sw_trial_finish(struct sw_trial *trial)
{
    judge_silence(trial);
    sw_diags_sort(trial->diags);
    if (trial->options->json)
        print_json(trial);
    else
        print_text(trial);
    return trial->diags->errors > 0 ? 1 : 0;
}

void sw_trial_print_faults(const struct sw_courier_options *options, struct sw_diags *diags)
{
    struct sw_buffer faults;
    sw_diags_sort(diags);
    if (!options->json) {
        sw_diags_print(diags, stdout);
        return;
    }
    sw_buffer_init(&faults, TEXT_MAX);
    sw_trial_write_json_faults(&faults, diags);
    (void)printf("{\"sources\": [], \"faults\": %s}\n", sw_buffer_text(&faults));
    sw_buffer_finish(&faults);
}

/* -- the outside -- */

struct sw_trial *sw_trial_create(const struct sw_courier_options *options, const struct sw_exhibition *exhibition, struct sw_diags *diags)
{
    struct sw_trial *trial = sw_alloc(sizeof *trial);
    trial->options = options;
    trial->exhibition = exhibition;
    trial->diags = diags;
    trial->witness = (struct sw_job_witness){.ended = end_answer, .context = trial};
    trial->end = sw_tick_now() + PATIENCE;
    trial->probes = sw_alloc_array(exhibition->source_count, sizeof *trial->probes);
    for (size_t i = 0; i < exhibition->source_count; i++) {
        sw_buffer_init(&trial->probes[i].text, TEXT_MAX);
        sw_buffer_init(&trial->probes[i].backfill, TEXT_MAX);
    }
    return trial;
}

void sw_trial_destroy(struct sw_trial *trial)
{
    if (trial == NULL)
        return;
    for (size_t i = 0; i < trial->exhibition->source_count; i++) {
        sw_buffer_finish(&trial->probes[i].text);
        sw_buffer_finish(&trial->probes[i].backfill);
    }
    free(trial->probes);
    free(trial);
}

const struct sw_job_witness *sw_trial_witness(const struct sw_trial *trial)
{
    return &trial->witness;
}
