/* SPDX-License-Identifier: EUPL-1.2 */
/* Elements: finds the kind that a key names, verifies and compiles every property, and gives each element its identity among its siblings.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "exhibition/load.h"

#define ELEMENTS_MAX 20000 /* in one list; the view shows no more */
#define NESTING_MAX 48

static const struct sw_row *find_row(const struct sw_row *rows, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].key, key) == 0)
            return &rows[i];
    return NULL;
}

static const struct sw_kind *find_kind(const struct sw_catalogue *catalogue, const char *key)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (strcmp(catalogue->kinds[i]->name, key) == 0)
            return catalogue->kinds[i];
    return NULL;
}

/* The nearest kind to some key of an element that has none. */
static const char *nearest_kind(const struct sw_catalogue *catalogue, const cJSON *node, const cJSON **guilty)
{
    const char *names[64];
    size_t count = 0;
    for (; count < catalogue->count && count < SW_COUNT(names); count++)
        names[count] = catalogue->kinds[count]->name;
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, node) {
        const char *nearest =
            find_row(sw_common_rows(), SW_COMMON_COUNT, item->string) == NULL ? sw_nearest(item->string, names, count) : NULL;
        if (nearest != NULL) {
            *guilty = item;
            return nearest;
        }
    }
    return NULL;
}

static const struct sw_kind *kind_of(struct sw_writer *w, const cJSON *node)
{
    const struct sw_catalogue *catalogue = w->loader->catalogue;
    const struct sw_kind *kind = NULL;
    const cJSON *item = NULL, *guilty = NULL;
    cJSON_ArrayForEach (item, node) { /* its further keys may bear the names of kinds */
        const struct sw_kind *found = find_kind(catalogue, item->string);
        kind = kind == NULL && found != NULL && found->takes_parameters ? found : kind;
    }
    const cJSON *others = kind == NULL ? node : NULL;
    cJSON_ArrayForEach (item, others) {
        const struct sw_kind *found = find_kind(catalogue, item->string);
        if (found == NULL)
            continue;
        if (kind != NULL) {
            sw_verify_key_fault(&w->verify, item, "an element is of one kind; this one has \"%s\" and \"%s\"", kind->name, found->name);
            return NULL;
        }
        kind = found;
    }
    if (kind != NULL)
        return kind;
    const char *nearest = nearest_kind(catalogue, node, &guilty);
    if (nearest != NULL) {
        sw_verify_key_fault(&w->verify, guilty, "no element is of the kind \"%s\"; did you mean \"%s\"?", guilty->string, nearest);
        return NULL;
    }
    const char *list = catalogue->kinds[0]->name;
    for (size_t i = 1; i < catalogue->count; i++)
        list = sw_arena_printf(w->loader->arena, "%s, %s", list, catalogue->kinds[i]->name);
    sw_verify_fault(&w->verify, node, "has no kind; one key of these is wanted: %s", list);
    return NULL;
}

static void unknown_key(struct sw_writer *w, const struct sw_kind *kind, const cJSON *item)
{
    const char **known = sw_arena_array(w->loader->arena, kind->count + SW_COMMON_COUNT + 1, sizeof *known);
    size_t count = 0;
    for (size_t i = 0; i < kind->count; i++)
        known[count++] = kind->rows[i].key;
    for (size_t i = 0; i < SW_COMMON_COUNT; i++)
        known[count++] = sw_common_rows()[i].key;
    sw_verify_key_fault(&w->verify, item, "unknown key of %s \"%s\"%s", kind->name, item->string,
                        sw_load_hint(w->loader, item->string, known));
}

/* What is known of one row of the list that an element goes through. */
static struct sw_name_type row_type(struct sw_writer *w, const cJSON *list)
{
    struct sw_expression_faults faults = {.count = 0};
    const struct sw_expression *expression = NULL;
    if (cJSON_IsString(list))
        expression = sw_expression_create(w->loader->arena, list->valuestring, strlen(list->valuestring), false, &faults);
    struct sw_name_type type = {.type = SW_VALUE_MISSING};
    if (expression != NULL)
        type = sw_expression_type(expression, w->names);
    if (type.type == SW_VALUE_LIST && type.members != NULL)
        return (struct sw_name_type){.type = SW_VALUE_RECORD, .members = type.members, .rows = type.rows};
    return (struct sw_name_type){.type = SW_VALUE_MISSING};
}

/* The key of the list whose rows get a name: of a `repeat` its own. */
static const char *list_key(const struct sw_kind *kind)
{
    for (size_t i = 1; i < kind->count; i++)
        if (kind->rows[i].means == SW_MEANS_ROWS)
            return kind->rows[i].key;
    return kind->name;
}

/* Where rows get a name, it is known to everything but the list itself. */
static const struct sw_names *names_inside(struct sw_writer *w, const struct sw_kind *kind, const cJSON *node)
{
    for (size_t i = 1; i < kind->count; i++) {
        if (kind->rows[i].means != SW_MEANS_NAME)
            continue;
        const cJSON *name = sw_json_get(node, kind->rows[i].key);
        const char *as = cJSON_IsString(name) ? name->valuestring : "it", *taken = sw_names_taken(w->names, as);
        size_t mark = sw_verify_enter(&w->verify, kind->rows[i].key);
        if (taken != NULL && name != NULL)
            sw_verify_fault(&w->verify, name, "\"%s\" is %s; choose another name", as, taken);
        sw_verify_leave(&w->verify, mark);
        struct sw_name_type row = row_type(w, sw_json_get(node, list_key(kind)));
        return sw_names_row(w->loader->arena, w->names, sw_arena_strdup(w->loader->arena, as), row);
    }
    return w->names;
}

static void load_own(struct sw_writer *w, const struct sw_kind *kind, const cJSON *node, struct sw_property *own)
{
    const struct sw_names *outside = w->names, *inside = names_inside(w, kind, node);
    for (size_t i = 0; i < kind->count; i++) {
        const cJSON *item = sw_json_get(node, kind->rows[i].key);
        if (item == NULL) {
            if ((kind->rows[i].flags & SW_ROW_REQUIRED) != 0)
                sw_verify_fault(&w->verify, node, "%s wants a key \"%s\"", kind->name, kind->rows[i].key);
            continue;
        }
        size_t mark = sw_verify_enter(&w->verify, kind->rows[i].key);
        w->names = i == 0 || kind->rows[i].means == SW_MEANS_ROWS ? outside : inside;
        own[i] = sw_load_property(w, &kind->rows[i], item);
        sw_verify_leave(&w->verify, mark);
    }
    w->names = outside;
}

static bool is_parameter(const struct sw_part *part, const char *key)
{
    for (size_t i = 0; part != NULL && i < part->parameter_count; i++)
        if (strcmp(part->parameters[i].name, key) == 0)
            return true;
    return false;
}

/* A key that is a parameter of the part in use goes to the part. */
static void load_common(struct sw_writer *w, const cJSON *node, const struct sw_part *part, struct sw_property *common)
{
    const struct sw_row *rows = sw_common_rows();
    for (size_t i = 0; i < SW_COMMON_COUNT; i++) {
        const cJSON *item = sw_json_get(node, rows[i].key);
        if (item == NULL || is_parameter(part, rows[i].key))
            continue;
        size_t mark = sw_verify_enter(&w->verify, rows[i].key);
        common[i] = sw_load_property(w, &rows[i], item);
        sw_verify_leave(&w->verify, mark);
    }
}

static const struct sw_part *part_of(struct sw_writer *w, const struct sw_kind *kind, const cJSON *node)
{
    const cJSON *name = sw_json_get(node, kind->name);
    if (!cJSON_IsString(name))
        return NULL; /* said already */
    const struct sw_part *part = sw_exhibition_part(w->loader->exhibition, name->valuestring);
    if (part != NULL)
        return part;
    if (sw_loader_document(w->loader, SW_DOCUMENT_PART, name->valuestring) != NULL)
        return NULL; /* its own faults are said there */
    sw_verify_fault(&w->verify, name, "there is no part \"%s\" in scenes/parts/%s", name->valuestring,
                    sw_load_hint(w->loader, name->valuestring, sw_load_ids(w->loader, SW_DOCUMENT_PART)));
    return NULL;
}

static bool among(const char *const *words, const char *word)
{
    for (size_t i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* Whether a number of that type is ever written so. */
static bool is_number(struct sw_name_type type, const char *text)
{
    char *end = NULL, usual[40];
    double number = strtod(text, &end);
    (void)snprintf(usual, sizeof usual, "%.15g", number);
    return *end == '\0' && strcmp(usual, text) == 0 && (!type.ranged || (number >= type.minimum && number <= type.maximum));
}

/* A case that the switch's expression can never have. */
static void check_cases(struct sw_writer *w, const struct sw_kind *kind, const cJSON *node, const struct sw_property *own)
{
    static const char *const truths[] = {"true", "false", NULL}, *const none[] = {NULL};
    if (own[0].form != SW_PROPERTY_EXPRESSION)
        return;
    struct sw_name_type type = sw_expression_type(own[0].as.expression, w->names);
    bool number = type.type == SW_VALUE_NUMBER;
    const char *const *words = type.type == SW_VALUE_BOOL ? truths : number ? none : type.words;
    for (size_t i = 1; i < kind->count && words != NULL; i++) {
        const cJSON *item = NULL;
        if (own[i].form != SW_PROPERTY_CASES)
            continue;
        size_t mark = sw_verify_enter(&w->verify, kind->rows[i].key);
        cJSON_ArrayForEach (item, sw_json_get(node, kind->rows[i].key))
            if (number ? !is_number(type, item->string) : !among(words, item->string))
                sw_verify_key_fault(&w->verify, item, "this case can never be: the value is never \"%s\"%s", item->string,
                                    sw_load_hint(w->loader, item->string, words));
        sw_verify_leave(&w->verify, mark);
    }
}

/* Of keys that stand for each other one is wanted, and no more. */
static void check_one_of(struct sw_writer *w, const struct sw_kind *kind, const cJSON *node)
{
    const char *first = NULL, *list = NULL;
    for (size_t i = 0; i < kind->count; i++) {
        const char *key = kind->rows[i].key;
        if ((kind->rows[i].flags & SW_ROW_ONE_OF) == 0)
            continue;
        const cJSON *item = sw_json_get(node, key);
        list = list == NULL ? key : sw_arena_printf(w->loader->arena, "%s\" or \"%s", list, key);
        if (item != NULL && first != NULL)
            sw_verify_key_fault(&w->verify, item, "%s has \"%s\" or \"%s\", not both", kind->name, first, key);
        else if (item != NULL)
            first = key;
    }
    if (list != NULL && first == NULL)
        sw_verify_fault(&w->verify, node, "%s wants a key \"%s\"", kind->name, list);
}

/* The key of a row of a clip's kind; NULL: it is not given. */
static const cJSON *given(const struct sw_kind *kind, const cJSON *node, size_t row) { return sw_json_get(node, kind->rows[row].key); }

static int64_t duration_of(const struct sw_property *property, int64_t otherwise)
{
    bool constant = property->form == SW_PROPERTY_CONSTANT && property->as.constant.type == SW_VALUE_DURATION;
    return constant ? property->as.constant.as.duration : otherwise;
}

/* What says nothing of a clip, and a part of it that is none. */
static void check_clip(struct sw_writer *w, const struct sw_kind *kind, const cJSON *node, const struct sw_property *own)
{
    const struct sw_clip_rows *rows = kind->clip;
    const cJSON *mirror = sw_json_get(node, sw_common_rows()[SW_COMMON_MIRROR].key), *until = given(kind, node, rows->until);
    if (mirror != NULL)
        sw_verify_key_fault(&w->verify, mirror, "a %s is never mirrored; leave \"mirror\" out", kind->name);
    if (duration_of(&own[rows->until], INT64_MAX) <= duration_of(&own[rows->from], 0)) {
        size_t mark = sw_verify_enter(&w->verify, kind->rows[rows->until].key);
        sw_verify_fault(&w->verify, until, "it would end before it begins: \"%s\" is not behind \"%s\"", kind->rows[rows->until].key,
                        kind->rows[rows->from].key);
        sw_verify_leave(&w->verify, mark);
    }
    for (size_t i = 0; i < kind->count; i++) {
        const cJSON *ended = kind->rows[i].means == SW_MEANS_ACTIONS ? given(kind, node, i) : NULL;
        if (ended != NULL && cJSON_IsTrue(given(kind, node, rows->loop)))
            sw_verify_key_fault(&w->verify, ended, "a %s that loops has no end; leave \"%s\" out, or \"%s\"", kind->name, kind->rows[i].key,
                                kind->rows[rows->loop].key);
    }
}

static struct sw_element *load_element(struct sw_writer *w, const cJSON *node)
{
    if (!cJSON_IsObject(node)) {
        sw_verify_fault(&w->verify, node, "an element is wanted: an object such as {\"text\": \"…\"}");
        return NULL;
    }
    const struct sw_kind *kind = kind_of(w, node);
    if (kind == NULL)
        return NULL;
    struct sw_arena *arena = w->loader->arena;
    struct sw_element *element = sw_arena_alloc(arena, sizeof *element);
    struct sw_property *common = sw_arena_array(arena, SW_COMMON_COUNT, sizeof *common);
    struct sw_property *own = sw_arena_array(arena, kind->count, sizeof *own);
    *element = (struct sw_element){.kind = kind, .file = w->document->file, .common = common, .own = own};
    element->path = sw_arena_strdup(arena, w->verify.path);
    sw_json_place(w->document->json, node, &element->line, &element->column);
    if (kind->takes_parameters)
        element->part = part_of(w, kind, node);
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, node)
        if (!kind->takes_parameters && find_row(kind->rows, kind->count, item->string) == NULL &&
            find_row(sw_common_rows(), SW_COMMON_COUNT, item->string) == NULL)
            unknown_key(w, kind, item);
    load_common(w, node, element->part, common);
    load_own(w, kind, node, own);
    if (kind->clip != NULL)
        w->answers = sw_load_answer(w->loader, element) || w->answers;
    check_cases(w, kind, node, own);
    check_one_of(w, kind, node);
    if (element->part != NULL)
        element->arguments = sw_load_arguments(w, element->part, node, node, kind);
    if (kind->clip != NULL)
        check_clip(w, kind, node, own);
    if (kind->wants_alt && sw_json_get(node, "alt") == NULL)
        sw_verify_fault(&w->verify, node, "%s wants \"alt\": what is seen, in words; \"\" if it is decoration", kind->name);
    return element;
}

/* The name, or kind and ordinal among siblings of that kind. */
static uint64_t identity_of(struct sw_writer *w, const cJSON *node, const struct sw_element *element,
                            const struct sw_element *const *before, size_t count, size_t *of_kind)
{
    const struct sw_property *name = &element->common[SW_COMMON_NAME];
    if (name->form == SW_PROPERTY_CONSTANT && name->as.constant.type == SW_VALUE_STRING) {
        uint64_t identity = sw_hash_text(sw_hash_text(SW_HASH_START, "#"), name->as.constant.as.string);
        size_t mark = sw_verify_enter(&w->verify, "name");
        for (size_t i = 0; i < count; i++)
            if (before[i]->identity == identity)
                sw_verify_fault(&w->verify, sw_json_get(node, "name"), "the name \"%s\" is taken by an element beside it",
                                name->as.constant.as.string);
        sw_verify_leave(&w->verify, mark);
        return identity;
    }
    size_t kind = 0;
    while (w->loader->catalogue->kinds[kind] != element->kind)
        kind++;
    return sw_hash_number(sw_hash_text(SW_HASH_START, element->kind->name), of_kind[kind]++);
}

struct sw_elements sw_load_elements(struct sw_writer *w, const cJSON *node)
{
    struct sw_elements none = {.count = 0};
    bool list = cJSON_IsArray(node);
    size_t count = list ? (size_t)cJSON_GetArraySize(node) : 1;
    if (count > ELEMENTS_MAX) {
        sw_verify_fault(&w->verify, node, "%zu elements; a list holds at most %d", count, ELEMENTS_MAX);
        return none;
    }
    if (w->depth >= NESTING_MAX) {
        sw_verify_fault(&w->verify, node, "elements are nested deeper than %d", NESTING_MAX);
        return none;
    }
    const struct sw_element **items = sw_arena_array(w->loader->arena, count, sizeof *items);
    size_t *of_kind = sw_arena_array(w->loader->arena, w->loader->catalogue->count, sizeof *of_kind), made = 0;
    w->depth++;
    const cJSON *item = list ? node->child : node;
    for (size_t i = 0; i < count; i++) {
        size_t mark = list ? sw_verify_enter_index(&w->verify, (int)i) : 0;
        struct sw_element *element = load_element(w, item);
        if (element != NULL) {
            element->identity = identity_of(w, item, element, items, made, of_kind);
            items[made++] = element;
        }
        if (list)
            sw_verify_leave(&w->verify, mark);
        item = item->next;
    }
    w->depth--;
    return (struct sw_elements){.items = items, .count = made};
}
