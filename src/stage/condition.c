/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/condition.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The timeline asks back to a local midnight, at most 25 hours ago. */
#define KEPT (26 * SW_HOUR)
/* Judgements made up for in one update, after a machine slept; beyond, the way there is not known. */
#define CAUGHT_UP_MAX 4096

/* What one evaluation sees. */
struct seen {
    struct sw_scope scope;
    const struct sw_conditions *conditions;
    struct sw_evaluation evaluation;
};

static bool lookup(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct seen *seen = scope->context;
    const struct sw_conditions *conditions = seen->conditions;
    const struct sw_states *session = &conditions->exhibition->session;
    for (size_t i = 0; i < session->count; i++)
        if (strcmp(session->items[i].name, name) == 0) {
            *out = session->items[i].start;
            return true;
        }
    const char *const names[] = {"language", "zone", "canvas"};
    const char *const values[] = {conditions->language, conditions->zone->id, conditions->canvas};
    for (size_t i = 0; i < SW_COUNT(names); i++)
        if (strcmp(names[i], name) == 0) {
            *out = sw_value_string(values[i]);
            return true;
        }
    const struct sw_source *source = conditions->live != NULL ? sw_exhibition_source(conditions->exhibition, name) : NULL;
    if (source != NULL)
        *out = sw_data_value(conditions->live, source, &seen->evaluation);
    return source != NULL;
}

/* With the data as they are. *valid_until, if not NULL, becomes until when that holds: after `instant`. */
static bool judge(const struct sw_conditions *conditions, const struct sw_expression *when, sw_instant instant, sw_instant *valid_until)
{
    struct sw_arena arena = {.blocks = NULL};
    struct sw_reads reads;
    sw_reads_init(&reads);
    struct seen seen = {.conditions = conditions,
                        .evaluation = {.arena = &arena,
                                       .reads = &reads,
                                       .now = instant,
                                       .zone = conditions->exhibition->zone,
                                       .language = conditions->language}};
    seen.scope = (struct sw_scope){.lookup = lookup, .context = &seen};
    seen.evaluation.scope = &seen.scope;
    bool holds = sw_value_true(sw_expression_evaluate(when, &seen.evaluation));
    sw_arena_finish(&arena);
    if (valid_until != NULL)
        *valid_until = reads.valid_until > instant ? reads.valid_until : instant + 1;
    return holds;
}

static const struct sw_judged_when *judged_of(const struct sw_conditions *conditions, const struct sw_expression *when)
{
    for (size_t i = 0; i < conditions->judged_count; i++)
        if (conditions->judged[i].when == when)
            return &conditions->judged[i];
    return NULL;
}

/* -- what the timeline asks -- */

static bool truth(const void *context, const struct sw_expression *when, sw_instant instant)
{
    const struct sw_conditions *conditions = context;
    const struct sw_judged_when *condition = judged_of(conditions, when);
    if (condition != NULL && (!conditions->known || instant <= conditions->looked))
        return sw_truth_log_at(&condition->log, instant);
    return judge(conditions, when, instant, NULL);
}

/* Until when the condition's answer of `instant` holds for certain. */
static sw_instant answer_until(const struct sw_conditions *conditions, const struct sw_expression *when, sw_instant instant)
{
    const struct sw_judged_when *condition = judged_of(conditions, when);
    sw_instant until = SW_NEVER;
    if (condition == NULL || (conditions->known && instant >= condition->valid_until)) {
        (void)judge(conditions, when, instant, &until);
        return until;
    }
    if (!conditions->known)
        return SW_NEVER;
    until = sw_truth_log_next(&condition->log, instant);
    return until < condition->valid_until ? until : condition->valid_until;
}

static sw_instant next_change(const void *context, sw_instant instant)
{
    const struct sw_conditions *conditions = context;
    const struct sw_playlist *playlist = conditions->zone->playlist;
    sw_instant next = SW_NEVER;
    for (size_t i = 0; i < playlist->count; i++) {
        const struct sw_expression *when = playlist->items[i].when;
        sw_instant until = when != NULL ? answer_until(conditions, when, instant) : SW_NEVER;
        next = until < next ? until : next;
    }
    return next;
}

/* -- the log -- */

struct finding {
    const struct sw_exhibition *exhibition;
    bool found;
};

static void find_source(void *context, const char *name)
{
    struct finding *finding = context;
    finding->found = finding->found || sw_exhibition_source(finding->exhibition, name) != NULL;
}

void sw_conditions_init(struct sw_conditions *conditions, const struct sw_exhibition *exhibition, const struct sw_wall_zone *zone,
                        const char *canvas, const char *language, const struct sw_data *live)
{
    *conditions = (struct sw_conditions){
        .exhibition = exhibition, .zone = zone, .canvas = canvas, .language = language, .live = live, .due = SW_NEVER};
    conditions->data = (struct sw_timeline_data){.truth = truth, .next_change = next_change, .context = conditions};
    const struct sw_playlist *playlist = zone->playlist;
    conditions->judged = sw_alloc_array(playlist->count, sizeof *conditions->judged);
    for (size_t i = 0; i < playlist->count; i++) {
        struct finding finding = {.exhibition = exhibition};
        if (live != NULL && playlist->items[i].when != NULL)
            sw_expression_each_name(playlist->items[i].when, find_source, &finding);
        if (finding.found)
            conditions->judged[conditions->judged_count++] = (struct sw_judged_when){.when = playlist->items[i].when};
    }
}

void sw_conditions_finish(struct sw_conditions *conditions)
{
    for (size_t i = 0; i < conditions->judged_count; i++)
        sw_truth_log_finish(&conditions->judged[i].log);
    free(conditions->judged);
    conditions->judged = NULL;
    conditions->judged_count = 0;
}

static bool note(const struct sw_conditions *conditions, struct sw_judged_when *condition, sw_instant instant)
{
    bool holds = judge(conditions, condition->when, instant, &condition->valid_until);
    return sw_truth_log_note(&condition->log, instant, holds);
}

/* Goes through the instants up to `now` from which time alone may have changed it. */
static bool catch_up(const struct sw_conditions *conditions, struct sw_judged_when *condition, sw_instant now)
{
    bool changed = false;
    for (int i = 0; condition->valid_until <= now; i++)
        changed = note(conditions, condition, i < CAUGHT_UP_MAX ? condition->valid_until : now) || changed;
    return changed;
}

bool sw_conditions_update(struct sw_conditions *conditions, sw_instant now)
{
    if (conditions->judged_count == 0)
        return false;
    uint64_t number = sw_data_number(conditions->live);
    bool news = !conditions->known || number != conditions->data_number || now < conditions->looked, changed = !conditions->known;
    if (!news && now < conditions->due)
        return false;
    conditions->due = SW_NEVER;
    for (size_t i = 0; i < conditions->judged_count; i++) {
        struct sw_judged_when *condition = &conditions->judged[i];
        changed = (news ? note(conditions, condition, now) : catch_up(conditions, condition, now)) || changed;
        sw_truth_log_forget(&condition->log, now - KEPT);
        conditions->due = condition->valid_until < conditions->due ? condition->valid_until : conditions->due;
    }
    conditions->known = true;
    conditions->looked = now;
    conditions->data_number = number;
    return changed;
}
