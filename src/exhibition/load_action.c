/* SPDX-License-Identifier: EUPL-1.2 */
/* `tap`: one action or a list. */
#include <stdlib.h>
#include <string.h>

#include "exhibition/load.h"

#define ACTIONS_MAX 16

struct word {
    const char *text;
    enum sw_action_kind kind;
};
static const struct word words[] = {
    {"back", SW_ACTION_BACK}, {"next", SW_ACTION_NEXT},       {"previous", SW_ACTION_PREVIOUS}, {"home", SW_ACTION_HOME},
    {"stay", SW_ACTION_STAY}, {"restart", SW_ACTION_RESTART}, {"close", SW_ACTION_CLOSE},
};
static const char *const word_list[] = {"back", "next", "previous", "home", "stay", "restart", "close"};
static const char *const key_list[] = {"go", "set", "open", "close"};

struct actions {
    struct sw_action_model items[ACTIONS_MAX];
    size_t count;
    bool faulty;
};

static void add(struct sw_writer *w, struct actions *actions, const cJSON *node, struct sw_action_model action)
{
    if (actions->count == ACTIONS_MAX) {
        sw_verify_fault(&w->verify, node, "at most %d actions a tap", ACTIONS_MAX);
        actions->faulty = true;
        return;
    }
    actions->items[actions->count++] = action;
}

static const struct sw_template *template_of(struct sw_writer *w, const cJSON *node, struct actions *actions)
{
    struct sw_expression_faults faults = {.count = 0};
    const struct sw_template *template = sw_template_create(w->loader->arena, node->valuestring, false, &faults);
    if (template != NULL)
        sw_template_check(template, w->names, w->loader->arena, &faults);
    sw_load_faults(w, node, &faults);
    for (size_t i = 0; i < faults.count; i++)
        actions->faulty = actions->faulty || !faults.items[i].warning;
    actions->faulty = actions->faulty || template == NULL;
    return template;
}

/* "{param}": the actions that were handed to the part under that name; anything else is a word. */
static void add_word(struct sw_writer *w, struct actions *actions, const cJSON *node)
{
    const char *text = node->valuestring;
    for (size_t i = 0; i < SW_COUNT(words); i++) {
        if (strcmp(words[i].text, text) == 0) {
            add(w, actions, node, (struct sw_action_model){.kind = words[i].kind});
            return;
        }
    }
    size_t length = strlen(text);
    if (w->part != NULL && length > 2 && text[0] == '{' && text[length - 1] == '}') {
        const char *name = sw_arena_strndup(w->loader->arena, text + 1, length - 2);
        for (size_t i = 0; i < w->part->parameter_count; i++) {
            const struct sw_parameter *parameter = &w->part->parameters[i];
            if (strcmp(parameter->name, name) == 0 && strcmp(parameter->type, "actions") == 0) {
                add(w, actions, node, (struct sw_action_model){.kind = SW_ACTION_COUNT, .name = parameter->name});
                return;
            }
        }
        sw_verify_fault(&w->verify, node, "this part has no parameter \"%s\" of type \"actions\"", name);
    } else {
        const char *nearest = sw_nearest(text, word_list, SW_COUNT(word_list));
        sw_verify_fault(&w->verify, node, "\"%s\" is no action%s%s%s", text,
                        nearest != NULL
                            ? "; did you mean \""
                            : "; use back, next, previous, home, stay, restart, close, or an object with go, set, open or close",
                        nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : "");
    }
    actions->faulty = true;
}

static void add_target(struct sw_writer *w, struct actions *actions, const cJSON *node, enum sw_action_kind kind)
{
    if (!cJSON_IsString(node)) {
        sw_verify_fault(&w->verify, node,
                        kind == SW_ACTION_GO ? "an address is wanted: \"scene\", \"scene#page\" or \"#page\""
                                             : "the name of a popup is wanted");
        actions->faulty = true;
        return;
    }
    if (!sw_json_is_dynamic(node))
        sw_load_refer(w, node, node->valuestring, kind != SW_ACTION_GO);
    add(w, actions, node, (struct sw_action_model){.kind = kind, .target = template_of(w, node, actions)});
}

/* What a name that may be set can hold; false with a fault where it may not be set. */
static bool settable(struct sw_writer *w, const cJSON *node, struct sw_name_type *type)
{
    const char *name = node->string;
    const struct sw_exhibition *exhibition = w->loader->exhibition;
    const struct sw_states *tables[] = {w->scene != NULL ? &w->scene->states : NULL, &exhibition->session};
    const char *known[128];
    size_t count = 0;
    if (strcmp(name, "language") == 0) {
        *type = (struct sw_name_type){.type = SW_VALUE_STRING, .words = exhibition->languages};
        return true;
    }
    known[count++] = "language";
    for (size_t t = 0; t < SW_COUNT(tables); t++) {
        for (size_t i = 0; tables[t] != NULL && i < tables[t]->count; i++) {
            const struct sw_state *state = &tables[t]->items[i];
            if (count < SW_COUNT(known))
                known[count++] = state->name;
            if (strcmp(state->name, name) != 0)
                continue;
            *type = (struct sw_name_type){.type = state->start.type,
                                          .words = state->words,
                                          .ranged = state->ranged,
                                          .minimum = state->minimum,
                                          .maximum = state->maximum};
            return true;
        }
    }
    const char *nearest = sw_nearest(name, known, count);
    if (nearest != NULL)
        sw_verify_key_fault(&w->verify, node, "there is no state \"%s\" to set; did you mean \"%s\"?", name, nearest);
    else if (w->part != NULL)
        sw_verify_key_fault(&w->verify, node,
                            "\"%s\" is no session state; a part sets session state only, hand it the actions as a parameter", name);
    else
        sw_verify_key_fault(&w->verify, node, "there is no state \"%s\" to set; declare it under \"state\"", name);
    return false;
}

static bool fits(struct sw_writer *w, const cJSON *node, struct sw_name_type type, struct sw_value value)
{
    if (type.words != NULL && value.type == SW_VALUE_STRING) {
        size_t count = 0;
        for (; type.words[count] != NULL; count++)
            if (strcmp(type.words[count], value.as.string) == 0)
                return true;
        const char *nearest = sw_nearest(value.as.string, type.words, count);
        sw_verify_fault(&w->verify, node, "\"%s\" is no declared value of %s%s%s%s", value.as.string, node->string,
                        nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "", nearest != NULL ? "\"?" : "");
        return false;
    }
    if (type.type != SW_VALUE_MISSING && type.type != value.type) {
        sw_verify_fault(&w->verify, node, "%s holds another type of value", node->string);
        return false;
    }
    if (type.ranged && value.type == SW_VALUE_NUMBER && (value.as.number < type.minimum || value.as.number > type.maximum)) {
        sw_verify_fault(&w->verify, node, "%g is outside %g..%g", value.as.number, type.minimum, type.maximum);
        return false;
    }
    return true;
}

static void add_set(struct sw_writer *w, struct actions *actions, const cJSON *node)
{
    const cJSON *item = NULL;
    if (!cJSON_IsObject(node) || cJSON_GetArraySize(node) == 0) {
        sw_verify_fault(&w->verify, node, "{name: value} is wanted");
        actions->faulty = true;
        return;
    }
    cJSON_ArrayForEach (item, node) {
        size_t mark = sw_verify_enter(&w->verify, item->string);
        struct sw_name_type type = {.type = SW_VALUE_MISSING};
        struct sw_action_model action = {.kind = SW_ACTION_SET, .name = sw_arena_strdup(w->loader->arena, item->string)};
        bool good = settable(w, item, &type);
        if (good && cJSON_IsString(item) && sw_json_is_dynamic(item)) {
            action.value = template_of(w, item, actions);
        } else if (good && (cJSON_IsString(item) || cJSON_IsNumber(item) || cJSON_IsBool(item))) {
            action.has_constant = true;
            action.constant = cJSON_IsString(item)   ? sw_value_string(sw_arena_strdup(w->loader->arena, item->valuestring))
                              : cJSON_IsNumber(item) ? sw_value_number(item->valuedouble)
                                                     : sw_value_bool(cJSON_IsTrue(item));
            good = fits(w, item, type, action.constant);
        } else if (good) {
            sw_verify_fault(&w->verify, item, "a text, number, true, false or \"{expression}\" is wanted");
            good = false;
        }
        if (good)
            add(w, actions, item, action);
        actions->faulty = actions->faulty || !good;
        sw_verify_leave(&w->verify, mark);
    }
}

static void add_object(struct sw_writer *w, struct actions *actions, const cJSON *node)
{
    const cJSON *item = NULL;
    if (cJSON_GetArraySize(node) != 1) {
        sw_verify_fault(&w->verify, node, "an action has exactly one key: go, set, open or close");
        actions->faulty = true;
        return;
    }
    cJSON_ArrayForEach (item, node) {
        size_t mark = sw_verify_enter(&w->verify, item->string);
        if (strcmp(item->string, "go") == 0) {
            add_target(w, actions, item, SW_ACTION_GO);
        } else if (strcmp(item->string, "open") == 0) {
            add_target(w, actions, item, SW_ACTION_OPEN);
        } else if (strcmp(item->string, "close") == 0) {
            add_target(w, actions, item, SW_ACTION_CLOSE);
        } else if (strcmp(item->string, "set") == 0) {
            add_set(w, actions, item);
        } else {
            const char *nearest = sw_nearest(item->string, key_list, SW_COUNT(key_list));
            sw_verify_key_fault(&w->verify, item, "\"%s\" is no action%s%s%s", item->string,
                                nearest != NULL ? "; did you mean \"" : "; use go, set, open or close", nearest != NULL ? nearest : "",
                                nearest != NULL ? "\"?" : "");
            actions->faulty = true;
        }
        sw_verify_leave(&w->verify, mark);
    }
}

static void add_any(struct sw_writer *w, struct actions *actions, const cJSON *node)
{
    if (cJSON_IsString(node)) {
        add_word(w, actions, node);
    } else if (cJSON_IsObject(node)) {
        add_object(w, actions, node);
    } else {
        sw_verify_fault(&w->verify, node, "an action is wanted: a word such as \"back\", or an object such as {\"go\": \"hub\"}");
        actions->faulty = true;
    }
}

const struct sw_actions_model *sw_load_actions(struct sw_writer *w, const cJSON *node)
{
    struct actions actions = {.count = 0};
    if (cJSON_IsArray(node)) {
        const cJSON *item = NULL;
        int index = 0;
        cJSON_ArrayForEach (item, node) {
            size_t mark = sw_verify_enter_index(&w->verify, index++);
            add_any(w, &actions, item);
            sw_verify_leave(&w->verify, mark);
        }
    } else {
        add_any(w, &actions, node);
    }
    if (actions.faulty)
        return NULL;
    struct sw_action_model *items = sw_arena_array(w->loader->arena, actions.count, sizeof *items);
    memcpy(items, actions.items, actions.count * sizeof *items);
    struct sw_actions_model *made = sw_arena_alloc(w->loader->arena, sizeof *made);
    *made = (struct sw_actions_model){.items = items, .count = actions.count};
    return made;
}
