/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/condition.h"

#include <string.h>

static bool lookup(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct sw_conditions *conditions = scope->context;
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
    return false;
}

static struct sw_value evaluate(const struct sw_conditions *conditions, const struct sw_expression *when, sw_instant instant,
                                struct sw_arena *arena, struct sw_reads *reads)
{
    struct sw_evaluation evaluation = {.scope = &conditions->scope,
                                       .arena = arena,
                                       .reads = reads,
                                       .now = instant,
                                       .zone = conditions->exhibition->zone,
                                       .language = conditions->language};
    return sw_expression_evaluate(when, &evaluation);
}

static bool truth(const void *context, const struct sw_expression *when, sw_instant instant)
{
    struct sw_arena arena = {.blocks = NULL};
    bool holds = sw_value_true(evaluate(context, when, instant, &arena, NULL));
    sw_arena_finish(&arena);
    return holds;
}

/* The first instant at which the passing of time may change the answer of any condition of the playlist. */
static sw_instant next_change(const void *context, sw_instant instant)
{
    const struct sw_conditions *conditions = context;
    const struct sw_playlist *playlist = conditions->zone->playlist;
    struct sw_arena arena = {.blocks = NULL};
    struct sw_reads reads;
    sw_reads_init(&reads);
    for (size_t i = 0; i < playlist->count; i++)
        if (playlist->items[i].when != NULL)
            (void)evaluate(conditions, playlist->items[i].when, instant, &arena, &reads);
    sw_arena_finish(&arena);
    return reads.valid_until > instant ? reads.valid_until : instant + 1;
}

void sw_conditions_init(struct sw_conditions *conditions, const struct sw_exhibition *exhibition, const struct sw_wall_zone *zone,
                        const char *canvas, const char *language)
{
    *conditions = (struct sw_conditions){.exhibition = exhibition, .zone = zone, .canvas = canvas, .language = language};
    conditions->scope = (struct sw_scope){.lookup = lookup, .context = conditions};
    conditions->data = (struct sw_timeline_data){.truth = truth, .next_change = next_change, .context = conditions};
}
