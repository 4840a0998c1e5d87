/* SPDX-License-Identifier: EUPL-1.2 */
/* What all of the loader needs: whether a value is sound, and the word that was meant. */
#include <string.h>

#include "exhibition/load.h"

bool sw_load_sound(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    struct sw_diags unsaid;
    struct sw_verify quiet = w->verify;
    sw_diags_init(&unsaid);
    quiet.diags = &unsaid;
    bool sound = node != NULL && sw_verify_value(&quiet, row, node);
    sw_diags_finish(&unsaid);
    return sound;
}

const cJSON *sw_load_member(struct sw_writer *w, const struct sw_table *table, const cJSON *object, const char *key)
{
    const cJSON *node = sw_json_get(object, key);
    for (size_t i = 0; i < table->count && node != NULL; i++)
        if (strcmp(table->rows[i].key, key) == 0)
            return sw_load_sound(w, &table->rows[i], node) ? node : NULL;
    return NULL;
}

size_t sw_load_errors(const struct sw_loader *loader) { return loader->diags->errors - loader->errors_elsewhere; }

const char *sw_load_hint(struct sw_loader *loader, const char *word, const char *const *known)
{
    size_t count = 0;
    while (known[count] != NULL)
        count++;
    const char *nearest = sw_nearest(word, known, count);
    return nearest != NULL ? sw_arena_printf(loader->arena, "; did you mean \"%s\"?", nearest) : "";
}

const char *sw_load_key_hint(struct sw_loader *loader, const char *word, const struct sw_table *known)
{
    const char **keys = sw_arena_array(loader->arena, known->count + 1, sizeof *keys);
    for (size_t i = 0; i < known->count; i++)
        keys[i] = known->rows[i].key;
    return sw_load_hint(loader, word, keys);
}

const char *const *sw_load_keys(struct sw_loader *loader, const cJSON *object)
{
    size_t count = 0;
    const cJSON *item = NULL;
    const char **keys = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(object) + 1, sizeof *keys);
    cJSON_ArrayForEach (item, object)
        keys[count++] = sw_arena_strdup(loader->arena, item->string);
    return keys;
}

const char *const *sw_load_ids(struct sw_loader *loader, enum sw_document_kind kind)
{
    const char **ids = sw_arena_array(loader->arena, loader->document_count + 1, sizeof *ids);
    size_t count = 0;
    for (size_t i = 0; i < loader->document_count; i++)
        if (loader->documents[i].kind == kind)
            ids[count++] = loader->documents[i].id;
    return ids;
}

size_t sw_load_count(const cJSON *node) { return node == NULL ? 0 : cJSON_IsArray(node) ? (size_t)cJSON_GetArraySize(node) : 1; }

const cJSON *sw_load_item(const cJSON *node, size_t index) { return cJSON_IsArray(node) ? cJSON_GetArrayItem(node, (int)index) : node; }
