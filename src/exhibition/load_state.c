/* SPDX-License-Identifier: EUPL-1.2 */
/* `state` of a scene and `session` of the exhibition: names with what they can be. */
#include <math.h>
#include <string.h>

#include "exhibition/load.h"

static const struct sw_row word_row = {.key = "", .type = SW_TYPE_STRING};
static void judge_default(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
static const struct sw_row item_rows[] = {
    {.key = "values", .type = SW_TYPE_LIST, .item = &word_row, .minimum = 1, .maximum = 256, .meaning = "The texts it can be."},
    {.key = "min", .type = SW_TYPE_NUMBER, .minimum = -1e9, .maximum = 1e9, .meaning = "The smallest number it can be."},
    {.key = "max", .type = SW_TYPE_NUMBER, .minimum = -1e9, .maximum = 1e9, .meaning = "The largest number it can be."},
    {.key = "default",
     .type = SW_TYPE_CUSTOM,
     .flags = SW_ROW_REQUIRED,
     .judge = judge_default,
     .shape = "{'type': ['string', 'number', 'boolean']}",
     .meaning = "What it is at first."},
};
static const struct sw_table state_table = {"state", "One thing to remember.", item_rows, SW_COUNT(item_rows)};
const struct sw_row sw_state_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &state_table};

static void judge_default(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    if (!cJSON_IsString(node) && !cJSON_IsNumber(node) && !cJSON_IsBool(node))
        sw_verify_fault(verify, node, "a text, a number, true or false is wanted");
}

static struct sw_value start_value(struct sw_writer *w, const cJSON *node)
{
    if (cJSON_IsString(node))
        return sw_value_string(sw_arena_strdup(w->loader->arena, node->valuestring));
    return cJSON_IsNumber(node) ? sw_value_number(node->valuedouble) : sw_value_bool(cJSON_IsTrue(node));
}

static void load_words(struct sw_writer *w, struct sw_state *state, const cJSON *values, const cJSON *start)
{
    const char **words = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(values) + 1, sizeof *words);
    const cJSON *item = NULL;
    size_t count = 0;
    bool found = false;
    cJSON_ArrayForEach (item, values) {
        words[count] = sw_arena_strdup(w->loader->arena, item->valuestring);
        found = found || (cJSON_IsString(start) && strcmp(words[count], start->valuestring) == 0);
        count++;
    }
    state->words = words;
    if (start != NULL && !found)
        sw_verify_fault(&w->verify, start, "the default is none of the declared values");
    if (!found)
        state->start = sw_value_string(words[0]);
}

static void load_range(struct sw_writer *w, struct sw_state *state, const cJSON *node, const cJSON *start)
{
    if (state->minimum > state->maximum)
        sw_verify_fault(&w->verify, sw_json_get(node, "min"), "\"min\" is more than \"max\"");
    else if (start != NULL && (!cJSON_IsNumber(start) || !(start->valuedouble >= state->minimum && start->valuedouble <= state->maximum)))
        sw_verify_fault(&w->verify, start, "the default is no number from \"min\" to \"max\"");
    if (!cJSON_IsNumber(start))
        state->start = sw_value_number(isfinite(state->minimum) ? state->minimum : state->maximum);
}

/* What is not sound was said; the rest holds, so that its uses are judged by it. */
static void load_state(struct sw_writer *w, struct sw_state *state, const cJSON *node)
{
    const cJSON *values = sw_load_member(w, &state_table, node, "values"), *start = sw_load_member(w, &state_table, node, "default");
    const cJSON *minimum = sw_load_member(w, &state_table, node, "min"), *maximum = sw_load_member(w, &state_table, node, "max");
    state->name = sw_arena_strdup(w->loader->arena, node->string);
    if (start != NULL)
        state->start = start_value(w, start);
    size_t mark = sw_verify_enter(&w->verify, "default");
    if (values != NULL)
        load_words(w, state, values, start);
    state->ranged = minimum != NULL || maximum != NULL;
    state->minimum = minimum != NULL ? minimum->valuedouble : -INFINITY;
    state->maximum = maximum != NULL ? maximum->valuedouble : INFINITY;
    if (state->ranged)
        load_range(w, state, node, start);
    sw_verify_leave(&w->verify, mark);
}

static void check_name(struct sw_writer *w, const cJSON *node)
{
    const char *taken = sw_names_global_taken(w->loader, node->string);
    if (taken != NULL)
        sw_verify_key_fault(&w->verify, node, "\"%s\" is %s; choose another name", node->string, taken);
}

struct sw_states sw_load_states(struct sw_writer *w, const cJSON *object)
{
    struct sw_states states = {.count = 0};
    if (!cJSON_IsObject(object))
        return states;
    size_t mark = sw_verify_enter(&w->verify, object->string);
    struct sw_state *items = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(object), sizeof *items);
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, object) {
        size_t inner = sw_verify_enter(&w->verify, item->string);
        check_name(w, item);
        load_state(w, &items[states.count++], item);
        sw_verify_leave(&w->verify, inner);
    }
    states.items = items;
    sw_verify_leave(&w->verify, mark);
    return states;
}
