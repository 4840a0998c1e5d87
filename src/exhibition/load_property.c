/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles one value of an element: by canvas and language first, then as its row says (load_value.c). A fault gives SW_PROPERTY_NONE. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exhibition/load.h"

static const struct sw_property none;

static struct sw_property by_canvas(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    size_t count = (size_t)cJSON_GetArraySize(node), at = 0;
    const char **keys = sw_arena_array(w->loader->arena, count + 1, sizeof *keys);
    struct sw_property *values = sw_arena_array(w->loader->arena, count + 1, sizeof *values);
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, node) {
        size_t mark = sw_verify_enter(&w->verify, item->string);
        const struct sw_canvas *canvas = sw_theme_canvas(&w->loader->exhibition->theme, item->string);
        if (canvas == NULL) {
            sw_verify_key_fault(&w->verify, item, "the theme has no canvas \"%s\"%s", item->string,
                                sw_load_hint(w->loader, item->string, w->loader->canvas_names));
        } else {
            const char *before = w->canvas;
            w->canvas = canvas->name;
            keys[at] = canvas->name;
            values[at] = sw_load_value(w, row, item);
            if (values[at].form != SW_PROPERTY_NONE)
                at++;
            w->canvas = before;
        }
        sw_verify_leave(&w->verify, mark);
    }
    if (at == 0) {
        if (count == 0)
            sw_verify_fault(&w->verify, node, "is an empty object; a value by canvas names at least one");
        return none;
    }
    return (struct sw_property){.form = SW_PROPERTY_BY_CANVAS, .as.by = {.keys = keys, .values = values, .count = at}};
}

static int language_index(const struct sw_exhibition *exhibition, const char *language)
{
    for (int i = 0; exhibition->languages[i] != NULL; i++)
        if (strcmp(exhibition->languages[i], language) == 0)
            return i;
    return -1;
}

int sw_load_fallback(const struct sw_loader *loader, int index, const bool *given, int count)
{
    if (given[index])
        return index;
    for (int f = 0; f < 8 && loader->fallbacks[index][f] != NULL; f++) {
        int candidate = language_index(loader->exhibition, loader->fallbacks[index][f]);
        if (candidate >= 0 && given[candidate])
            return candidate;
    }
    for (int i = 0; i < count; i++)
        if (given[i])
            return i;
    return index;
}

/* The values that an object gives by language, or a plain one: that of the first. Which are given is noted. */
static bool own_values(struct sw_writer *w, const struct sw_row *row, const cJSON *node, struct sw_property *values, bool *given)
{
    const struct sw_exhibition *exhibition = w->loader->exhibition;
    const cJSON *item = NULL;
    if (!cJSON_IsObject(node)) {
        values[0] = sw_load_value(w, row, node);
        given[0] = values[0].form != SW_PROPERTY_NONE;
        return given[0];
    }
    bool any = false;
    if (node->child == NULL)
        sw_verify_fault(&w->verify, node, "is an empty object; at least one language is wanted");
    cJSON_ArrayForEach (item, node) {
        size_t mark = sw_verify_enter(&w->verify, item->string);
        int index = language_index(exhibition, item->string);
        if (index < 0) {
            const char *hint = sw_load_hint(w->loader, item->string, exhibition->languages);
            sw_verify_key_fault(&w->verify, item, "\"%s\" is no language of this exhibition%s", item->string,
                                hint[0] != '\0' ? hint : "; its languages stand in scenes/exhibition.json");
        } else {
            values[index] = sw_load_value(w, row, item);
            given[index] = values[index].form != SW_PROPERTY_NONE;
            any = any || given[index];
        }
        sw_verify_leave(&w->verify, mark);
    }
    return any;
}

/* The value that a file of scenes/lang/ has for the one at w->verify.path. */
static struct sw_property translated_value(struct sw_writer *w, const struct sw_row *row, struct sw_translation *translation)
{
    struct sw_writer other = *w;
    sw_writer_init(&other, w->loader, translation->document);
    other.names = w->names;
    other.part = w->part;
    other.folder = w->folder;
    (void)snprintf(other.verify.path, sizeof other.verify.path, "%s: %s", translation->file, translation->path);
    translation->used = true;
    size_t errors = w->loader->diags->errors;
    struct sw_property value = sw_load_value(&other, row, translation->text);
    w->loader->errors_elsewhere += w->loader->diags->errors - errors;
    return value;
}

static struct sw_property localised(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    const struct sw_exhibition *exhibition = w->loader->exhibition;
    int count = 0;
    while (exhibition->languages[count] != NULL)
        count++;
    struct sw_property *values = sw_arena_array(w->loader->arena, (size_t)count, sizeof *values);
    bool *given = sw_arena_array(w->loader->arena, (size_t)count, sizeof *given);
    bool any = own_values(w, row, node, values, given), translated = false;
    for (int i = 0; i < count; i++) {
        struct sw_translation *translation = sw_load_translation(w, exhibition->languages[i]);
        bool apart = translation != NULL && translation->text != NULL;
        if (translation != NULL && !apart && given[i])
            translation->used = true;
        if (!apart || given[i])
            continue;
        values[i] = translated_value(w, row, translation);
        given[i] = values[i].form != SW_PROPERTY_NONE;
        translated = translated || given[i];
    }
    if (!any)
        return none;
    if (row->means == SW_MEANS_TEXT || row->means == SW_MEANS_PLAIN_TEXT)
        sw_load_note_text(w, node, given);
    if (!cJSON_IsObject(node) && !translated)
        return values[0];
    for (int i = 0; i < count; i++)
        values[i] = values[sw_load_fallback(w->loader, i, given, count)];
    return (struct sw_property){.form = SW_PROPERTY_BY_LANGUAGE,
                                .as.by = {.keys = exhibition->languages, .values = values, .count = (size_t)count}};
}

struct sw_property sw_load_property(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    if ((row->flags & SW_ROW_PER_LANGUAGE) != 0)
        return localised(w, row, node);
    bool object = row->type == SW_TYPE_OBJECT || row->means == SW_MEANS_CASES || row->means == SW_MEANS_ELEMENT ||
                  row->means == SW_MEANS_ELEMENTS || row->means == SW_MEANS_GRADIENT || row->means == SW_MEANS_ANIMATION;
    if ((row->flags & SW_ROW_PER_CANVAS) != 0 && cJSON_IsObject(node) && !object)
        return by_canvas(w, row, node);
    return sw_load_value(w, row, node);
}
