/* SPDX-License-Identifier: EUPL-1.2 */
/* What charts are made of: lists of objects, each with a table of its own, and histories by name. */
#include <string.h>

#include "exhibition/load.h"

#define ITEMS_MAX 16

static const struct sw_property none;

static struct sw_property list_of(const struct sw_property *values, size_t count)
{
    return (struct sw_property){.form = SW_PROPERTY_LIST, .as.by = {.values = values, .count = count}};
}

static const struct sw_row *row_of(const struct sw_table *table, const char *key)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].key, key) == 0)
            return &table->rows[i];
    return NULL;
}

static void unknown_keys(struct sw_writer *w, const struct sw_table *table, const cJSON *object)
{
    const char **known = sw_arena_array(w->loader->arena, table->count + 1, sizeof *known);
    const cJSON *item = NULL;
    for (size_t i = 0; i < table->count; i++)
        known[i] = table->rows[i].key;
    cJSON_ArrayForEach (item, object)
        if (row_of(table, item->string) == NULL)
            sw_verify_key_fault(&w->verify, item, "unknown key of a %s \"%s\"%s", table->name, item->string,
                                sw_load_hint(w->loader, item->string, known));
}

static struct sw_property load_object(struct sw_writer *w, const struct sw_table *table, const cJSON *object)
{
    if (!cJSON_IsObject(object)) {
        sw_verify_fault(&w->verify, object, "a %s is an object: {\"%s\": ...}", table->name, table->rows[0].key);
        return none;
    }
    unknown_keys(w, table, object);
    struct sw_property *values = sw_arena_array(w->loader->arena, table->count, sizeof *values);
    for (size_t i = 0; i < table->count; i++) {
        const struct sw_row *row = &table->rows[i];
        const cJSON *item = sw_json_get(object, row->key);
        if (item == NULL && (row->flags & SW_ROW_REQUIRED) != 0)
            sw_verify_fault(&w->verify, object, "a %s wants a key \"%s\"", table->name, row->key);
        if (item == NULL)
            continue;
        size_t mark = sw_verify_enter(&w->verify, row->key);
        values[i] = sw_load_property(w, row, item);
        sw_verify_leave(&w->verify, mark);
    }
    return list_of(values, table->count);
}

struct sw_property sw_load_records(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (count < 1 || count > ITEMS_MAX) {
        sw_verify_fault(&w->verify, node, "a list of 1 to %d is wanted, each {\"%s\": ...}", ITEMS_MAX, row->table->rows[0].key);
        return none;
    }
    struct sw_property *items = sw_arena_array(w->loader->arena, (size_t)count, sizeof *items);
    const cJSON *item = node->child;
    for (int i = 0; i < count; i++, item = item->next) {
        size_t mark = sw_verify_enter_index(&w->verify, i);
        items[i] = load_object(w, row->table, item);
        sw_verify_leave(&w->verify, mark);
    }
    return list_of(items, (size_t)count);
}

/* -- histories -- */

/* Every field with a history, as it is named, NULL-terminated: for "did you mean". */
static const char *const *histories(struct sw_loader *loader)
{
    const struct sw_exhibition *exhibition = loader->exhibition;
    size_t count = 0;
    for (size_t i = 0; i < exhibition->source_count; i++)
        count += exhibition->sources[i].request.field_count;
    const char **names = sw_arena_array(loader->arena, count + 1, sizeof *names);
    count = 0;
    for (size_t i = 0; i < exhibition->source_count; i++) {
        const struct sw_source *source = &exhibition->sources[i];
        for (size_t f = 0; f < source->request.field_count; f++)
            if (source->request.fields[f].keep > 0)
                names[count++] = sw_arena_printf(loader->arena, "%s.%s", source->name, source->request.fields[f].name);
    }
    return names;
}

struct sw_property sw_load_history(struct sw_writer *w, const cJSON *node)
{
    const char *text = cJSON_IsString(node) ? node->valuestring : "", *dot = strchr(text, '.');
    if (dot == NULL) {
        sw_verify_fault(&w->verify, node, "a source and its field are wanted, such as \"rhein.level\"");
        return none;
    }
    const struct sw_source *source =
        sw_exhibition_source(w->loader->exhibition, sw_arena_strndup(w->loader->arena, text, (size_t)(dot - text)));
    if ((source == NULL && w->loader->sources_unread) || (source != NULL && source->faulty))
        return none; /* said there */
    const struct sw_field *field = source != NULL ? sw_request_field(&source->request, dot + 1) : NULL;
    if (field == NULL) {
        sw_verify_fault(&w->verify, node, "there is no \"%s\" in scenes/sources.json%s", text,
                        sw_load_hint(w->loader, text, histories(w->loader)));
        return none;
    }
    if (field->keep <= 0) {
        sw_verify_fault(&w->verify, node,
                        "\"%s\" has no history; its source says \"history\": {\"%s\": {\"keep\": \"7d\", \"step\": \"15m\"}}", text,
                        field->name);
        return none;
    }
    struct sw_value value = sw_value_string(sw_arena_strdup(w->loader->arena, text));
    value.field = field;
    return (struct sw_property){.form = SW_PROPERTY_CONSTANT, .as.constant = value};
}
