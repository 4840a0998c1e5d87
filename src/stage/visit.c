/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/visit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void sw_state_values_init(struct sw_state_values *values, const struct sw_states *states)
{
    *values = (struct sw_state_values){.states = states,
                                       .values = sw_alloc_array(states->count, sizeof *values->values),
                                       .texts = sw_alloc_array(states->count, sizeof *values->texts)};
    sw_state_values_reset(values);
}

void sw_state_values_finish(struct sw_state_values *values)
{
    free(values->values);
    free(values->texts);
    *values = (struct sw_state_values){.states = NULL};
}

void sw_state_values_reset(struct sw_state_values *values)
{
    for (size_t i = 0; i < values->states->count; i++)
        values->values[i] = values->states->items[i].start;
}

/* A text that is no declared word is kept in the state's own room; it may be cut. The field of a source is forgotten: a visit may outlive
 * the exhibition that it is of. */
static void put(struct sw_state_values *values, size_t index, struct sw_value value)
{
    if (value.type == SW_VALUE_STRING && values->states->items[index].words == NULL) {
        (void)snprintf(values->texts[index], sizeof values->texts[index], "%s", value.as.string);
        value.as.string = values->texts[index];
    }
    value.field = NULL;
    values->values[index] = value;
}

void sw_state_values_copy(struct sw_state_values *to, const struct sw_state_values *from)
{
    for (size_t i = 0; i < from->states->count; i++)
        put(to, i, from->values[i]);
}

/* The declared word that equals the value's text: its own copy outlives the caller's. */
static bool fits(const struct sw_state *state, struct sw_value *value)
{
    if (value->type != state->start.type)
        return false;
    if (state->ranged && (value->as.number < state->minimum || value->as.number > state->maximum))
        return false;
    if (state->words == NULL)
        return true;
    for (size_t i = 0; state->words[i] != NULL; i++)
        if (strcmp(state->words[i], value->as.string) == 0) {
            value->as.string = state->words[i];
            return true;
        }
    return false;
}

bool sw_state_values_set(struct sw_state_values *values, const char *name, struct sw_value value, bool *changed)
{
    for (size_t i = 0; i < values->states->count; i++) {
        if (strcmp(values->states->items[i].name, name) != 0)
            continue;
        if (!fits(&values->states->items[i], &value))
            return false;
        if (!sw_value_equal(values->values[i], value))
            *changed = true;
        put(values, i, value);
        return true;
    }
    return false;
}

bool sw_state_values_get(const struct sw_state_values *values, const char *name, struct sw_value *out)
{
    for (size_t i = 0; i < values->states->count; i++)
        if (strcmp(values->states->items[i].name, name) == 0) {
            *out = values->values[i];
            return true;
        }
    return false;
}

void sw_visit_init(struct sw_visit *visit, const struct sw_exhibition *exhibition, const char *language)
{
    *visit = (struct sw_visit){.language = language, .countdown_since = SW_NEVER};
    sw_state_values_init(&visit->session, &exhibition->session);
}

static void forget(struct sw_visit *visit)
{
    for (size_t i = 0; i < visit->history_count; i++)
        sw_state_values_finish(&visit->history[i].state);
    visit->history_count = 0;
}

void sw_visit_finish(struct sw_visit *visit)
{
    forget(visit);
    sw_state_values_finish(&visit->session);
}

void sw_visit_reset(struct sw_visit *visit, const char *language)
{
    forget(visit);
    visit->active = false;
    visit->language = language;
    visit->countdown_since = SW_NEVER;
    visit->last = false;
    visit->choices.count = 0;
    sw_state_values_reset(&visit->session);
}

void sw_visit_push(struct sw_visit *visit, const struct sw_scene *scene, int page, const struct sw_state_values *state)
{
    if (visit->history_count == SW_HISTORY_MAX) {
        sw_state_values_finish(&visit->history[0].state);
        memmove(visit->history, visit->history + 1, (SW_HISTORY_MAX - 1) * sizeof visit->history[0]);
        visit->history_count--;
    }
    struct sw_place *place = &visit->history[visit->history_count++];
    *place = (struct sw_place){.scene = scene, .page = page};
    sw_state_values_init(&place->state, &scene->states);
    sw_state_values_copy(&place->state, state);
}

bool sw_visit_pop(struct sw_visit *visit, struct sw_place *place)
{
    if (visit->history_count == 0)
        return false;
    *place = visit->history[--visit->history_count];
    return true;
}
