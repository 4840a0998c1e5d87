/* SPDX-License-Identifier: EUPL-1.2 */
/* `tap`: one action or a list. */
#include <stdlib.h>
#include <string.h>

#include "exhibition/load.h"

#define ACTIONS_MAX 16

/* Those that stand alone; each means the kind of action that it is. */
static const struct sw_row word_rows[] = {
    {.key = "back",
     .means = SW_ACTION_BACK,
     .meaning = "To where the last `go` or `home` was done, with page and state as left; without such a place, home."},
    {.key = "next", .means = SW_ACTION_NEXT, .meaning = "To the next page; stops at the last (a swipe does the same)."},
    {.key = "previous", .means = SW_ACTION_PREVIOUS, .meaning = "To the page before; stops at the first (a swipe does the same)."},
    {.key = "home", .means = SW_ACTION_HOME, .meaning = "To the zone's `home`, else the exhibition's."},
    {.key = "stay", .means = SW_ACTION_STAY, .meaning = "Dismisses the idle countdown, as every touch does."},
    {.key = "restart", .means = SW_ACTION_RESTART, .meaning = "Ends the visit: \"Neu beginnen\"."},
    {.key = "close", .means = SW_ACTION_CLOSE, .meaning = "Closes the topmost popup of the page that was touched."},
};
const struct sw_table sw_action_word_table = {"action word", "What a touch does, in a word.", word_rows, SW_COUNT(word_rows)};
#define KEYS "go, set, open, close, play, pause or seek"

#define MAP_OF(value) "{'type': 'object', 'minProperties': 1, 'additionalProperties': " value "}"
enum { ACTION_GO, ACTION_SET, ACTION_OPEN, ACTION_CLOSE, ACTION_PLAY, ACTION_PAUSE, ACTION_SEEK };
static const struct sw_row action_rows[] = {
    [ACTION_GO] =
        {.key = "go",
         .type = SW_TYPE_CUSTOM,
         .means = SW_MEANS_ADDRESS,
         .flags = SW_ROW_ONE_OF,
         .meaning =
             "To a scene or a page: \"scene\", \"scene#page\" or \"#page\", also in braces; an address that leads nowhere does nothing.",
         .example = "\"hub\""},
    [ACTION_SET] = {.key = "set",
                    .type = SW_TYPE_CUSTOM,
                    .flags = SW_ROW_ONE_OF,
                    .shape = MAP_OF("{'type': ['string', 'number', 'boolean']}"),
                    .meaning =
                        "State of the scene or of the visit, or `language`: {name: value}; a value that it cannot be changes nothing.",
                    .example = "{\"span\": \"day\"}"},
    [ACTION_OPEN] = {.key = "open",
                     .type = SW_TYPE_STRING,
                     .flags = SW_ROW_ONE_OF,
                     .meaning = "Opens the popup of that name, of the page that was touched, so it stands before no `go`."},
    [ACTION_CLOSE] = {.key = "close", .type = SW_TYPE_STRING, .flags = SW_ROW_ONE_OF, .meaning = "Closes the popup of that name."},
    [ACTION_PLAY] = {.key = "play",
                     .type = SW_TYPE_STRING,
                     .flags = SW_ROW_ONE_OF,
                     .meaning = "Plays the video of that `name`, the nearest one; what has ended plays from its beginning."},
    [ACTION_PAUSE] = {.key = "pause", .type = SW_TYPE_STRING, .flags = SW_ROW_ONE_OF, .meaning = "Stops the video of that `name`."},
    [ACTION_SEEK] = {.key = "seek",
                     .type = SW_TYPE_CUSTOM,
                     .flags = SW_ROW_ONE_OF,
                     .shape = MAP_OF("{'if': {'$ref': '#/$defs/value-computed'}, 'else': {'$ref': '#/$defs/value-duration'}}"),
                     .meaning = "Moves a video to an instant of it: {name: duration}, or a number of seconds in braces.",
                     .example = "{\"film\": \"10s\"}"},
};
const struct sw_table sw_action_table = {"action", "What a touch does.", action_rows, SW_COUNT(action_rows)};

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
    const struct sw_template *template = sw_load_template_only(w, node, node->valuestring, false);
    actions->faulty = actions->faulty || template == NULL;
    return template;
}

/* The parameter of type "actions" that "{name}" stands for; NULL with a fault where there is none. */
static const struct sw_parameter *handed_in(struct sw_writer *w, const cJSON *node)
{
    const char *text = node->valuestring, *name = sw_arena_strndup(w->loader->arena, text + 1, strlen(text) - 2);
    const char **known = sw_arena_array(w->loader->arena, w->part->parameter_count + 1, sizeof *known);
    size_t count = 0;
    for (size_t i = 0; i < w->part->parameter_count; i++) {
        const struct sw_parameter *parameter = &w->part->parameters[i];
        if (strcmp(parameter->type, "actions") != 0)
            continue;
        if (strcmp(parameter->name, name) == 0)
            return parameter;
        known[count++] = parameter->name;
    }
    sw_verify_fault(&w->verify, node, "this part has no parameter \"%s\" of type \"actions\"%s", name,
                    sw_load_hint(w->loader, name, known));
    return NULL;
}

/* "{param}": the actions that were handed to the part under that name; anything else is a word. */
static void add_word(struct sw_writer *w, struct actions *actions, const cJSON *node)
{
    const char *text = node->valuestring;
    for (size_t i = 0; i < SW_COUNT(word_rows); i++) {
        if (strcmp(word_rows[i].key, text) == 0) {
            add(w, actions, node, (struct sw_action_model){.kind = (enum sw_action_kind)word_rows[i].means});
            return;
        }
    }
    size_t length = strlen(text);
    const struct sw_parameter *parameter = NULL;
    if (w->part != NULL && length > 2 && text[0] == '{' && text[length - 1] == '}') {
        parameter = handed_in(w, node);
    } else {
        const char *hint = sw_load_key_hint(w->loader, text, &sw_action_word_table);
        sw_verify_fault(
            &w->verify, node, "\"%s\" is no action%s", text,
            hint[0] != '\0' ? hint : "; use back, next, previous, home, stay, restart, close, or an object with " KEYS);
    }
    if (parameter != NULL)
        add(w, actions, node, (struct sw_action_model){.kind = SW_ACTION_COUNT, .name = parameter->name});
    else
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
        sw_load_refer(w, node, node->valuestring, kind == SW_ACTION_GO ? SW_REFERRED_ADDRESS : SW_REFERRED_POPUP);
    add(w, actions, node, (struct sw_action_model){.kind = kind, .target = template_of(w, node, actions)});
}

/* What a name that may be set can hold; false with a fault where it may not be set. */
static bool settable(struct sw_writer *w, const cJSON *node, struct sw_name_type *type)
{
    const struct sw_exhibition *exhibition = w->loader->exhibition;
    const struct sw_states none = {.count = 0}, *scene = w->scene != NULL ? &w->scene->states : &none;
    const struct sw_states *tables[] = {scene, &exhibition->session};
    const char **known = sw_arena_array(w->loader->arena, scene->count + exhibition->session.count + 2, sizeof *known);
    size_t count = 0;
    known[count++] = "language";
    *type = (struct sw_name_type){.type = SW_VALUE_STRING, .words = exhibition->languages};
    if (strcmp(node->string, "language") == 0)
        return true;
    for (size_t t = 0; t < SW_COUNT(tables); t++)
        for (size_t i = 0; i < tables[t]->count; i++) {
            const struct sw_state *state = &tables[t]->items[i];
            known[count++] = state->name;
            *type = (struct sw_name_type){.type = state->start.type,
                                          .words = state->words,
                                          .ranged = state->ranged,
                                          .minimum = state->minimum,
                                          .maximum = state->maximum};
            if (strcmp(state->name, node->string) == 0)
                return true;
        }
    const char *hint = sw_load_hint(w->loader, node->string, known);
    if (hint[0] != '\0')
        sw_verify_key_fault(&w->verify, node, "there is no state \"%s\" to set%s", node->string, hint);
    else if (w->part != NULL)
        sw_verify_key_fault(&w->verify, node,
                            "\"%s\" is no session state; a part sets session state only, hand it the actions as a parameter", node->string);
    else
        sw_verify_key_fault(&w->verify, node, "there is no state \"%s\" to set; declare it under \"state\"", node->string);
    return false;
}

static bool type_fits(struct sw_writer *w, const cJSON *node, enum sw_value_type wanted, enum sw_value_type given)
{
    if (wanted == SW_VALUE_MISSING || given == SW_VALUE_MISSING || wanted == given)
        return true;
    sw_verify_fault(&w->verify, node, "%s holds %s; this is %s", node->string, sw_value_type_text(wanted), sw_value_type_text(given));
    return false;
}

static bool fits(struct sw_writer *w, const cJSON *node, struct sw_name_type type, struct sw_value value)
{
    if (!type_fits(w, node, type.type, value.type))
        return false;
    if (type.ranged && (value.as.number < type.minimum || value.as.number > type.maximum)) {
        sw_verify_fault(&w->verify, node, "%s holds %g..%g; this is %g", node->string, type.minimum, type.maximum, value.as.number);
        return false;
    }
    for (size_t i = 0; type.words != NULL && strcmp(type.words[i], value.as.string) != 0; i++)
        if (type.words[i + 1] == NULL) {
            sw_verify_fault(&w->verify, node, "\"%s\" is no declared value of %s%s", value.as.string, node->string,
                            sw_load_hint(w->loader, value.as.string, type.words));
            return false;
        }
    return true;
}

/* What `set` gives: a constant, or an expression that is evaluated when it is tapped. false with a fault. */
static bool load_set_value(struct sw_writer *w, struct actions *actions, const cJSON *node, struct sw_name_type type,
                           struct sw_action_model *action)
{
    if (cJSON_IsString(node) && sw_json_is_dynamic(node)) {
        action->value = template_of(w, node, actions);
        return action->value != NULL && type_fits(w, node, type.type, sw_template_type(action->value, w->names).type);
    }
    action->has_constant = true;
    if (cJSON_IsString(node))
        action->constant = sw_value_string(sw_arena_strdup(w->loader->arena, node->valuestring));
    else if (cJSON_IsNumber(node))
        action->constant = sw_value_number(node->valuedouble);
    else if (cJSON_IsBool(node))
        action->constant = sw_value_bool(cJSON_IsTrue(node));
    else
        sw_verify_fault(&w->verify, node, "a text, a number, true, false or \"{expression}\" is wanted");
    return action->constant.type != SW_VALUE_MISSING && fits(w, node, type, action->constant);
}

static void add_set(struct sw_writer *w, struct actions *actions, const cJSON *node)
{
    const cJSON *item = NULL;
    if (!cJSON_IsObject(node) || cJSON_GetArraySize(node) == 0) {
        sw_verify_fault(&w->verify, node, "what to set is wanted, e.g. {\"span\": \"day\"}");
        actions->faulty = true;
        return;
    }
    cJSON_ArrayForEach (item, node) {
        size_t mark = sw_verify_enter(&w->verify, item->string);
        struct sw_name_type type = {.type = SW_VALUE_MISSING};
        struct sw_action_model action = {.kind = SW_ACTION_SET, .name = sw_arena_strdup(w->loader->arena, item->string)};
        bool good = settable(w, item, &type) && load_set_value(w, actions, item, type, &action);
        if (good)
            add(w, actions, item, action);
        actions->faulty = actions->faulty || !good;
        sw_verify_leave(&w->verify, mark);
    }
}

/* -- videos -- */

static void add_play(struct sw_writer *w, struct actions *actions, const cJSON *node, enum sw_action_kind kind)
{
    if (!cJSON_IsString(node)) {
        sw_verify_fault(&w->verify, node, "the name of a video is wanted");
        actions->faulty = true;
        return;
    }
    sw_load_refer(w, node, node->valuestring, SW_REFERRED_VIDEO);
    add(w, actions, node, (struct sw_action_model){.kind = kind, .name = sw_arena_strdup(w->loader->arena, node->valuestring)});
}

/* A duration, or an expression of one or of a number of seconds. false with a fault. */
static bool load_instant(struct sw_writer *w, struct actions *actions, const cJSON *node, struct sw_action_model *action)
{
    static const struct sw_row row = {.key = "", .type = SW_TYPE_DURATION, .minimum = 0, .maximum = 86400};
    if (cJSON_IsString(node) && sw_json_is_dynamic(node)) {
        action->value = template_of(w, node, actions);
        enum sw_value_type given = action->value != NULL ? sw_template_type(action->value, w->names).type : SW_VALUE_MISSING;
        bool fits = given == SW_VALUE_MISSING || given == SW_VALUE_DURATION || given == SW_VALUE_NUMBER;
        if (!fits)
            sw_verify_fault(&w->verify, node, "a duration or a number of seconds is wanted; this is %s", sw_value_type_text(given));
        return action->value != NULL && fits;
    }
    int64_t duration = 0;
    if (!sw_verify_value(&w->verify, &row, node) || !sw_duration_parse(node->valuestring, &duration))
        return false;
    action->has_constant = true;
    action->constant = (struct sw_value){.type = SW_VALUE_DURATION, .as.duration = duration};
    return true;
}

static void add_seek(struct sw_writer *w, struct actions *actions, const cJSON *node)
{
    const cJSON *item = NULL;
    if (!cJSON_IsObject(node) || cJSON_GetArraySize(node) == 0) {
        sw_verify_fault(&w->verify, node, "a video and where to is wanted, e.g. {\"film\": \"10s\"}");
        actions->faulty = true;
        return;
    }
    cJSON_ArrayForEach (item, node) {
        size_t mark = sw_verify_enter(&w->verify, item->string);
        struct sw_action_model action = {.kind = SW_ACTION_SEEK, .name = sw_arena_strdup(w->loader->arena, item->string)};
        sw_load_refer(w, item, item->string, SW_REFERRED_VIDEO);
        bool good = load_instant(w, actions, item, &action);
        if (good)
            add(w, actions, item, action);
        actions->faulty = actions->faulty || !good;
        sw_verify_leave(&w->verify, mark);
    }
}

/* -- all of them -- */

static void unknown_action(struct sw_writer *w, struct actions *actions, const cJSON *item)
{
    const char *hint = sw_load_key_hint(w->loader, item->string, &sw_action_table);
    sw_verify_key_fault(&w->verify, item, "\"%s\" is no action%s", item->string, hint[0] != '\0' ? hint : "; use " KEYS);
    actions->faulty = true;
}

static void add_object(struct sw_writer *w, struct actions *actions, const cJSON *node)
{
    const cJSON *item = NULL;
    if (cJSON_GetArraySize(node) != 1) {
        sw_verify_fault(&w->verify, node, "an action has exactly one key: " KEYS);
        actions->faulty = true;
        return;
    }
    cJSON_ArrayForEach (item, node) {
        size_t mark = sw_verify_enter(&w->verify, item->string);
        size_t row = 0;
        while (row < SW_COUNT(action_rows) && strcmp(action_rows[row].key, item->string) != 0)
            row++;
        switch (row) {
        case ACTION_GO: add_target(w, actions, item, SW_ACTION_GO); break;
        case ACTION_SET: add_set(w, actions, item); break;
        case ACTION_OPEN: add_target(w, actions, item, SW_ACTION_OPEN); break;
        case ACTION_CLOSE: add_target(w, actions, item, SW_ACTION_CLOSE); break;
        case ACTION_PLAY: add_play(w, actions, item, SW_ACTION_PLAY); break;
        case ACTION_PAUSE: add_play(w, actions, item, SW_ACTION_PAUSE); break;
        case ACTION_SEEK: add_seek(w, actions, item); break;
        default: unknown_action(w, actions, item);
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
    if (actions.count == 0 && !actions.faulty)
        sw_verify_fault(&w->verify, node, "is an empty list; name an action, or leave it out");
    if (actions.faulty || actions.count == 0)
        return NULL;
    struct sw_action_model *items = sw_arena_array(w->loader->arena, actions.count, sizeof *items);
    memcpy(items, actions.items, actions.count * sizeof *items);
    struct sw_actions_model *made = sw_arena_alloc(w->loader->arena, sizeof *made);
    *made = (struct sw_actions_model){.items = items, .count = actions.count};
    return made;
}
