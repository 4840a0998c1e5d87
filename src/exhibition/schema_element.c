/* SPDX-License-Identifier: EUPL-1.2 */
/* Elements as JSON Schema: which kind one is of, says its key; then the schema of that kind holds, and no other is tried. An editor so
 * completes the keys of that kind alone, and says what is wrong with them rather than with all kinds. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "exhibition/schema_internal.h"

static void name_of(const struct sw_kind *kind, char *name, size_t capacity) { (void)snprintf(name, capacity, "element-%s", kind->name); }

static cJSON *has_kind(const struct sw_kind *kind)
{
    cJSON *made = cJSON_CreateObject();
    cJSON_AddItemToArray(cJSON_AddArrayToObject(made, "required"), cJSON_CreateString(kind->name));
    return made;
}

static cJSON *refer_to(const struct sw_kind *kind)
{
    char name[64];
    name_of(kind, name, sizeof name);
    return sw_schema_refer(name);
}

/* The common keys, which the kinds refer to. */
static void add_common(cJSON *defs)
{
    cJSON *made = sw_schema_parse("{'title': 'all elements', 'x-meaning': 'Keys that every element may have.', 'type': 'object'}");
    cJSON *properties = cJSON_AddObjectToObject(made, "properties");
    for (size_t i = 0; i < SW_COMMON_COUNT; i++)
        cJSON_AddItemToObject(properties, sw_common_rows()[i].key, sw_schema_row(defs, &sw_common_rows()[i]));
    cJSON_AddItemToObject(defs, "common", made);
}

/* A common key of a kind. Where parts take parameters it may be one of those, so only what it usually is is said. */
static cJSON *common_key(const struct sw_kind *kind, const struct sw_row *row)
{
    char name[64];
    if (kind->clip != NULL && strcmp(row->key, sw_common_rows()[SW_COMMON_MIRROR].key) == 0)
        return cJSON_CreateFalse();
    if (kind->takes_parameters) {
        cJSON *made = cJSON_CreateObject();
        sw_schema_describe(made, row);
        return made;
    }
    (void)snprintf(name, sizeof name, "common/properties/%s", row->key);
    return sw_schema_refer(name);
}

static void add_kind(cJSON *defs, const struct sw_kind *kind)
{
    char name[64];
    cJSON *made = cJSON_CreateObject();
    cJSON_AddStringToObject(made, "title", kind->name);
    cJSON_AddStringToObject(made, "x-meaning", kind->meaning);
    cJSON_AddStringToObject(made, "type", "object");
    cJSON *properties = cJSON_AddObjectToObject(made, "properties");
    for (size_t i = 0; i < kind->count; i++)
        cJSON_AddItemToObject(properties, kind->rows[i].key, sw_schema_row(defs, &kind->rows[i]));
    for (size_t i = 0; i < SW_COMMON_COUNT; i++)
        cJSON_AddItemToObject(properties, sw_common_rows()[i].key, common_key(kind, &sw_common_rows()[i]));
    if (!kind->takes_parameters)
        cJSON_AddFalseToObject(made, "additionalProperties");
    sw_schema_relate(made, kind->rows, kind->count);
    if (kind->wants_alt)
        cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(made, "required"), cJSON_CreateString(sw_common_rows()[SW_COMMON_ALT].key));
    name_of(kind, name, sizeof name);
    cJSON_AddItemToObject(defs, name, made);
}

/* Where no kind is named: all of them, for an editor to complete, and what is wrong. */
static cJSON *no_kind(const struct sw_catalogue *catalogue)
{
    struct sw_buffer fault;
    cJSON *made = cJSON_CreateObject(), *any = cJSON_AddArrayToObject(cJSON_AddObjectToObject(made, "if"), "anyOf");
    cJSON *otherwise = cJSON_CreateObject(), *properties = cJSON_AddObjectToObject(otherwise, "properties");
    sw_buffer_init(&fault, 2000);
    sw_buffer_add_text(&fault, "the element has no kind; one key of these is wanted:");
    cJSON_AddTrueToObject(made, "then");
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct sw_kind *kind = catalogue->kinds[i];
        cJSON *key = cJSON_AddObjectToObject(properties, kind->name);
        cJSON_AddStringToObject(key, "description", kind->meaning);
        cJSON_AddItemToArray(any, has_kind(kind));
        sw_buffer_printf(&fault, "%s %s", i > 0 ? "," : "", kind->name);
    }
    cJSON_AddObjectToObject(otherwise, "not");
    cJSON_AddStringToObject(otherwise, "errorMessage", sw_buffer_text(&fault));
    cJSON_AddItemToObject(made, "else", otherwise);
    sw_buffer_finish(&fault);
    return made;
}

void sw_schema_elements(cJSON *defs, const struct sw_catalogue *catalogue)
{
    cJSON *element = sw_schema_parse("{'title': 'element', 'x-meaning': 'One thing in a scene; exactly one key names its kind.', "
                                     "'type': 'object'}");
    cJSON *inner = element, *all = NULL;
    cJSON_AddItemToObject(defs, "element", element);
    for (size_t i = 0; i < catalogue->count; i++) { /* further keys of these may bear the names of other kinds */
        const struct sw_kind *kind = catalogue->kinds[i];
        if (!kind->takes_parameters)
            continue;
        cJSON_AddItemToObject(inner, "if", has_kind(kind));
        cJSON_AddItemToObject(inner, "then", refer_to(kind));
        inner = cJSON_AddObjectToObject(inner, "else");
    }
    all = cJSON_AddArrayToObject(inner, "allOf");
    add_common(defs);
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct sw_kind *kind = catalogue->kinds[i];
        add_kind(defs, kind);
        if (kind->takes_parameters)
            continue;
        cJSON *made = cJSON_CreateObject();
        cJSON_AddItemToObject(made, "if", has_kind(kind));
        cJSON_AddItemToObject(made, "then", refer_to(kind));
        cJSON_AddItemToArray(all, made);
    }
    cJSON_AddItemToArray(all, no_kind(catalogue));
}
