/* SPDX-License-Identifier: EUPL-1.2 */
/* Parts: first their parameters, so that everyone can use them, then their elements; and the arguments that a use hands in. */
#include <string.h>

#include "exhibition/load.h"

#define PARAMETERS_MAX 32

static const char *const parameter_types[] = {"text",  "string", "number",   "bool",    "colour", "image",
                                              "video", "scene",  "elements", "actions", "any",    NULL};
static const struct sw_row word_row = {.key = "", .type = SW_TYPE_STRING};
static const struct sw_row parameter_rows[] = {
    {.key = "type", .type = SW_TYPE_ENUM, .flags = SW_ROW_REQUIRED, .words = parameter_types, .meaning = "What may be handed in."},
    {.key = "default", .type = SW_TYPE_CUSTOM, .meaning = "What holds where nothing is handed in; without it the parameter is required."},
    {.key = "values",
     .type = SW_TYPE_LIST,
     .item = &word_row,
     .minimum = 1,
     .maximum = 64,
     .meaning = "The texts that may be handed in.",
     .example = "[\"light\", \"dark\"]"},
};
static const struct sw_table parameter_table = {"parameter", "What a part can be given.", parameter_rows, SW_COUNT(parameter_rows)};
static const struct sw_row parameter_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &parameter_table};
static const struct sw_row part_rows[] = {
    {.key = "parameters",
     .type = SW_TYPE_MAP,
     .item = &parameter_row,
     .key_type = SW_TYPE_NAME,
     .meaning = "What the part can be given.",
     .example = "{\"title\": {\"type\": \"text\"}, \"foreign\": {\"type\": \"bool\", \"default\": false}}"},
    {.key = "elements", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_REQUIRED, .means = SW_MEANS_ELEMENTS, .meaning = "What it is made of."},
};
const struct sw_table sw_part_table = {"part", "A reusable group of elements with parameters.", part_rows, SW_COUNT(part_rows)};

/* The row that a value of a parameter's type follows. */
static struct sw_row row_of(const char *type, const char *name)
{
    struct sw_row row = {.key = name, .type = SW_TYPE_CUSTOM, .flags = SW_ROW_DYNAMIC};
    if (strcmp(type, "text") == 0) {
        row.means = SW_MEANS_TEXT;
        row.flags |= SW_ROW_PER_LANGUAGE;
    } else if (strcmp(type, "image") == 0) {
        row.means = SW_MEANS_MEDIA;
        row.flags |= SW_ROW_PER_LANGUAGE;
    } else if (strcmp(type, "video") == 0) {
        row.means = SW_MEANS_CLIP;
        row.flags |= SW_ROW_PER_LANGUAGE;
    } else if (strcmp(type, "string") == 0) {
        row.type = SW_TYPE_STRING;
    } else if (strcmp(type, "number") == 0) {
        row.type = SW_TYPE_NUMBER;
        row.flags |= SW_ROW_PER_CANVAS;
    } else if (strcmp(type, "bool") == 0) {
        row.type = SW_TYPE_BOOL;
    } else if (strcmp(type, "colour") == 0) {
        row.means = SW_MEANS_COLOUR;
    } else if (strcmp(type, "scene") == 0) {
        row.means = SW_MEANS_ADDRESS;
    } else if (strcmp(type, "elements") == 0) {
        row.means = SW_MEANS_ELEMENTS;
    } else if (strcmp(type, "actions") == 0) {
        row.means = SW_MEANS_ACTIONS;
    }
    return row;
}

static struct sw_property load_value(struct sw_writer *w, const struct sw_parameter *parameter, const cJSON *node)
{
    if (strcmp(parameter->type, "any") == 0) {
        struct sw_row row = {.key = parameter->name,
                             .type = cJSON_IsNumber(node) ? SW_TYPE_NUMBER
                                     : cJSON_IsBool(node) ? SW_TYPE_BOOL
                                                          : SW_TYPE_STRING,
                             .flags = SW_ROW_DYNAMIC};
        return sw_load_property(w, &row, node);
    }
    struct sw_row row = row_of(parameter->type, parameter->name);
    struct sw_property value = sw_load_property(w, &row, node);
    if (parameter->words == NULL || value.form != SW_PROPERTY_CONSTANT || value.as.constant.type != SW_VALUE_STRING)
        return value;
    size_t count = 0;
    for (; parameter->words[count] != NULL; count++)
        if (strcmp(parameter->words[count], value.as.constant.as.string) == 0)
            return value;
    sw_verify_fault(&w->verify, node, "\"%s\" is no value of the parameter \"%s\"%s", value.as.constant.as.string, parameter->name,
                    sw_load_hint(w->loader, value.as.constant.as.string, parameter->words));
    return value;
}

static const char *const *load_words(struct sw_arena *arena, const cJSON *list)
{
    if (list == NULL)
        return NULL;
    const char **words = sw_arena_array(arena, (size_t)cJSON_GetArraySize(list) + 1, sizeof *words);
    size_t count = 0;
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, list)
        if (cJSON_IsString(item))
            words[count++] = sw_arena_strdup(arena, item->valuestring);
    return words;
}

/* What a part's elements say themselves: they may name its parameters, so they are loaded when those are known. */
static bool is_structured(const struct sw_parameter *parameter)
{
    return strcmp(parameter->type, "elements") == 0 || strcmp(parameter->type, "actions") == 0;
}

static void load_default(struct sw_writer *w, struct sw_parameter *parameter, const cJSON *node)
{
    size_t mark = sw_verify_enter(&w->verify, "default");
    if (node != NULL)
        parameter->otherwise = load_value(w, parameter, node);
    sw_verify_leave(&w->verify, mark);
}

static void load_parameter(struct sw_writer *w, struct sw_parameter *parameter, const cJSON *node)
{
    const cJSON *otherwise = sw_json_get(node, "default");
    size_t mark = sw_verify_enter(&w->verify, node->string);
    parameter->name = sw_arena_strdup(w->loader->arena, node->string);
    parameter->type = sw_arena_strdup(w->loader->arena, sw_json_text(node, "type", "any"));
    parameter->words = load_words(w->loader->arena, sw_json_get(node, "values"));
    parameter->required = otherwise == NULL && !is_structured(parameter);
    const char *taken = sw_names_global_taken(w->loader, parameter->name);
    if (taken != NULL)
        sw_verify_key_fault(&w->verify, node, "\"%s\" is %s; choose another name", parameter->name, taken);
    bool wordless = is_structured(parameter) || strcmp(parameter->type, "number") == 0 || strcmp(parameter->type, "bool") == 0;
    if (parameter->words != NULL && wordless)
        sw_verify_key_fault(&w->verify, sw_json_get(node, "values"), "\"values\" are texts; a parameter of type \"%s\" holds none",
                            parameter->type);
    if (!is_structured(parameter))
        load_default(w, parameter, otherwise);
    sw_verify_leave(&w->verify, mark);
}

static struct sw_part *load_head(struct sw_loader *loader, struct sw_document *document)
{
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    size_t errors = sw_load_errors(loader);
    (void)sw_verify_object(&w.verify, &sw_part_table, document->json->root);
    struct sw_part *part = sw_arena_alloc(loader->arena, sizeof *part);
    *part = (struct sw_part){.id = document->id, .file = document->file};
    const cJSON *parameters = sw_json_get(document->json->root, "parameters");
    size_t count = cJSON_IsObject(parameters) ? (size_t)cJSON_GetArraySize(parameters) : 0;
    if (count > PARAMETERS_MAX) {
        sw_verify_fault(&w.verify, parameters, "%zu parameters; a part has at most %d", count, PARAMETERS_MAX);
        count = 0;
    }
    struct sw_parameter *made = sw_arena_array(loader->arena, count, sizeof *made);
    part->parameters = made;
    size_t mark = sw_verify_enter(&w.verify, "parameters");
    const cJSON *item = count > 0 ? parameters->child : NULL;
    for (; item != NULL; item = item->next)
        if (cJSON_IsObject(item))
            load_parameter(&w, &made[part->parameter_count++], item);
    sw_verify_leave(&w.verify, mark);
    document->faulty = document->faulty || sw_load_errors(loader) != errors;
    return part;
}

void sw_load_part_heads(struct sw_loader *loader)
{
    const struct sw_part **parts = sw_arena_array(loader->arena, loader->document_count, sizeof *parts);
    size_t count = 0;
    for (size_t i = 0; i < loader->document_count; i++) {
        struct sw_document *document = &loader->documents[i];
        if (document->kind != SW_DOCUMENT_PART || document->faulty)
            continue;
        struct sw_part *part = load_head(loader, document);
        document->made = part;
        parts[count++] = part;
    }
    loader->exhibition->parts = parts;
    loader->exhibition->part_count = count;
}

static bool is_common(const char *key)
{
    for (size_t i = 0; i < SW_COMMON_COUNT; i++)
        if (strcmp(sw_common_rows()[i].key, key) == 0)
            return true;
    return false;
}

/* Keys that are neither parameters nor, in an element, common to all. */
static void check_keys(struct sw_writer *w, const struct sw_part *part, const cJSON *object, const struct sw_kind *kind)
{
    const char *known[PARAMETERS_MAX + 1] = {NULL};
    const cJSON *item = NULL;
    for (size_t i = 0; i < part->parameter_count; i++)
        known[i] = part->parameters[i].name;
    cJSON_ArrayForEach (item, object) {
        bool taken = kind != NULL && (strcmp(item->string, kind->name) == 0 || is_common(item->string));
        for (size_t i = 0; known[i] != NULL; i++)
            taken = taken || strcmp(known[i], item->string) == 0;
        if (!taken)
            sw_verify_key_fault(&w->verify, item, "the part \"%s\" has no parameter \"%s\"%s", part->id, item->string,
                                sw_load_hint(w->loader, item->string, known));
    }
}

const struct sw_property *sw_load_arguments(struct sw_writer *w, const struct sw_part *part, const cJSON *object, const cJSON *use,
                                            const struct sw_kind *kind)
{
    struct sw_property *arguments = sw_arena_array(w->loader->arena, part->parameter_count, sizeof *arguments);
    for (size_t i = 0; i < part->parameter_count; i++) {
        const struct sw_parameter *parameter = &part->parameters[i];
        const cJSON *value = sw_json_get(object, parameter->name);
        bool frame_page = kind == NULL && strcmp(parameter->name, "page") == 0;
        if (value == NULL && parameter->required && !frame_page)
            sw_verify_fault(&w->verify, object != NULL ? object : use, "the part \"%s\" wants \"%s\" (%s)", part->id, parameter->name,
                            parameter->type);
        if (value == NULL)
            continue;
        size_t mark = sw_verify_enter(&w->verify, parameter->name);
        arguments[i] = load_value(w, parameter, value);
        if (part->answers && strcmp(parameter->type, "video") == 0)
            sw_load_answer_for(w->loader, &arguments[i]);
        sw_verify_leave(&w->verify, mark);
    }
    check_keys(w, part, object, kind);
    return arguments;
}

/* The defaults that load_parameter left: in new parameters, in place of the first ones. */
static void load_structured_defaults(struct sw_writer *w, struct sw_part *part, const cJSON *parameters)
{
    struct sw_parameter *made = sw_arena_array(w->loader->arena, part->parameter_count, sizeof *made);
    size_t mark = sw_verify_enter(&w->verify, "parameters");
    for (size_t i = 0; i < part->parameter_count; i++) {
        made[i] = part->parameters[i];
        size_t inner = sw_verify_enter(&w->verify, made[i].name);
        if (is_structured(&made[i]))
            load_default(w, &made[i], sw_json_get(sw_json_get(parameters, made[i].name), "default"));
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    part->parameters = made;
}

void sw_load_part_elements(struct sw_loader *loader)
{
    for (size_t i = 0; i < loader->document_count; i++) {
        struct sw_document *document = &loader->documents[i];
        struct sw_part *part = document->made;
        if (document->kind != SW_DOCUMENT_PART || part == NULL)
            continue;
        struct sw_writer w;
        sw_writer_init(&w, loader, document);
        w.part = part;
        w.names = sw_names_parameters(loader->arena, w.names, part);
        size_t errors = sw_load_errors(loader);
        load_structured_defaults(&w, part, sw_json_get(document->json->root, "parameters"));
        size_t mark = sw_verify_enter(&w.verify, "elements");
        const cJSON *elements = sw_json_get(document->json->root, "elements");
        if (elements != NULL)
            part->elements = sw_load_elements(&w, elements);
        part->answers = w.answers;
        sw_verify_leave(&w.verify, mark);
        document->faulty = document->faulty || sw_load_errors(loader) != errors;
    }
    sw_load_part_uses(loader);
}
