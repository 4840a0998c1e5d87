/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows and tables as JSON Schema. */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/tick.h"
#include "exhibition/load.h"
#include "exhibition/schema_internal.h"

#define TEXT_MAX 4000
#define NAME_BYTES_MAX 64

/* -- small pieces -- */

cJSON *sw_schema_parse(const char *shape)
{
    char text[TEXT_MAX];
    size_t length = strlen(shape);
    assert(length < sizeof text);
    for (size_t i = 0; i <= length; i++)
        text[i] = shape[i] == '\'' ? '"' : shape[i];
    cJSON *made = cJSON_ParseWithOpts(text, NULL, true);
    assert(made != NULL);
    return made;
}

cJSON *sw_schema_refer(const char *name)
{
    char pointer[NAME_BYTES_MAX + 16];
    cJSON *made = cJSON_CreateObject();
    (void)snprintf(pointer, sizeof pointer, "#/$defs/%s", name);
    cJSON_AddStringToObject(made, "$ref", pointer);
    return made;
}

static cJSON *typed(const char *type)
{
    cJSON *made = cJSON_CreateObject();
    cJSON_AddStringToObject(made, "type", type);
    return made;
}

/* What holds where `condition` does, and where not; either may be NULL. All are handed over. */
static cJSON *choice(cJSON *condition, cJSON *then, cJSON *otherwise)
{
    cJSON *made = cJSON_CreateObject();
    cJSON_AddItemToObject(made, "if", condition);
    if (then != NULL)
        cJSON_AddItemToObject(made, "then", then);
    if (otherwise != NULL)
        cJSON_AddItemToObject(made, "else", otherwise);
    return made;
}

static cJSON *words_of(const char *const *words)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; words[i] != NULL; i++)
        cJSON_AddItemToArray(list, cJSON_CreateString(words[i]));
    return list;
}

/* -- values -- */

static bool has_range(const struct sw_row *row) { return row->minimum != 0 || row->maximum != 0; }

static cJSON *number(const char *type, const struct sw_row *row)
{
    cJSON *made = typed(type);
    if (has_range(row) && isfinite(row->minimum))
        cJSON_AddNumberToObject(made, "minimum", row->minimum);
    if (has_range(row) && isfinite(row->maximum))
        cJSON_AddNumberToObject(made, "maximum", row->maximum);
    return made;
}

static cJSON *pair(const struct sw_row *row)
{
    bool holes = (row->flags & SW_ROW_HOLES) != 0;
    cJSON *made = typed("array"), *item = number("number", row);
    if (holes) {
        cJSON_ReplaceItemInObject(item, "type", sw_schema_parse("['number', 'null']"));
        cJSON_AddItemToObject(made, "not", sw_schema_parse("{'const': [null, null]}"));
    }
    cJSON_AddItemToObject(made, "items", item);
    cJSON_AddNumberToObject(made, "minItems", 2);
    cJSON_AddNumberToObject(made, "maxItems", 2);
    return made;
}

static cJSON *duration(const struct sw_row *row)
{
    if (row->words == NULL)
        return sw_schema_refer("value-duration");
    cJSON *made = cJSON_CreateObject(), *any = cJSON_AddArrayToObject(made, "anyOf"), *word = typed("string");
    cJSON_AddItemToObject(word, "enum", words_of(row->words));
    cJSON_AddItemToArray(any, word);
    cJSON_AddItemToArray(any, sw_schema_refer("value-duration"));
    return made;
}

static cJSON *list(cJSON *defs, const struct sw_row *row)
{
    cJSON *made = typed("array");
    cJSON_AddItemToObject(made, "items", sw_schema_row(defs, row->item));
    if (has_range(row) && row->minimum > 0)
        cJSON_AddNumberToObject(made, "minItems", row->minimum);
    if (has_range(row))
        cJSON_AddNumberToObject(made, "maxItems", row->maximum);
    if ((row->flags & SW_ROW_OR_ONE) == 0)
        return made;
    return choice(typed("array"), made, sw_schema_row(defs, row->item));
}

static cJSON *map(cJSON *defs, const struct sw_row *row)
{
    cJSON *made = typed("object");
    if (row->key_type != SW_TYPE_STRING)
        cJSON_AddItemToObject(made, "propertyNames", sw_schema_refer(row->key_type == SW_TYPE_ID ? "value-id" : "value-name"));
    cJSON_AddItemToObject(made, "additionalProperties", sw_schema_row(defs, row->item));
    return made;
}

/* A value of one canvas and language that holds no expression. */
static cJSON *plain(cJSON *defs, const struct sw_row *row)
{
    cJSON *made = row->shape != NULL ? sw_schema_parse(row->shape) : sw_schema_meaning(defs, row);
    if (made != NULL)
        return made;
    switch (row->type) {
    case SW_TYPE_BOOL: return typed("boolean");
    case SW_TYPE_NUMBER: return number("number", row);
    case SW_TYPE_INTEGER: return number("integer", row);
    case SW_TYPE_STRING: return typed("string");
    case SW_TYPE_ID: return sw_schema_refer("value-id");
    case SW_TYPE_NAME: return sw_schema_refer("value-name");
    case SW_TYPE_DURATION: return duration(row);
    case SW_TYPE_ENUM:
        made = typed("string");
        cJSON_AddItemToObject(made, "enum", words_of(row->words));
        return made;
    case SW_TYPE_OBJECT: return sw_schema_table(defs, row->table);
    case SW_TYPE_LIST: return list(defs, row);
    case SW_TYPE_MAP: return map(defs, row);
    case SW_TYPE_PAIR: return pair(row);
    case SW_TYPE_CUSTOM: break; /* whoever loads it looks */
    }
    return cJSON_CreateObject();
}

/* An object with a value for each canvas or language stands for the value. */
static cJSON *divided(cJSON *value)
{
    cJSON *made = typed("object");
    cJSON_AddNumberToObject(made, "minProperties", 1);
    cJSON_AddItemToObject(made, "propertyNames", sw_schema_refer("value-id"));
    cJSON_AddItemToObject(made, "additionalProperties", cJSON_Duplicate(value, true));
    return choice(typed("object"), made, value);
}

cJSON *sw_schema_row(cJSON *defs, const struct sw_row *row)
{
    cJSON *made = plain(defs, row);
    if ((row->flags & SW_ROW_DYNAMIC) != 0 && row->type != SW_TYPE_CUSTOM)
        made = choice(sw_schema_refer("value-computed"), NULL, made);
    if ((row->flags & (SW_ROW_PER_CANVAS | SW_ROW_PER_LANGUAGE)) != 0)
        made = divided(made);
    sw_schema_describe(made, row);
    return made;
}

/* -- what is said of it -- */

static void add_bound(cJSON *schema, const char *key, double seconds)
{
    char text[64];
    if (isfinite(seconds))
        cJSON_AddStringToObject(schema, key, sw_duration_text((int64_t)llround(seconds * (double)SW_SECOND), text, sizeof text));
}

static void add_flag(cJSON *schema, const struct sw_row *row, enum sw_row_flag flag, const char *key)
{
    if ((row->flags & (unsigned)flag) != 0)
        cJSON_AddTrueToObject(schema, key);
}

static const char *number_text(double value, char *out, size_t capacity)
{
    (void)snprintf(out, capacity, "%.10g", value);
    return out;
}

/* "0 to 100", "at least 0", for those who read. */
static void say_range(struct sw_buffer *said, const struct sw_row *row)
{
    char low[64], high[64];
    bool time = row->type == SW_TYPE_DURATION, list = row->type == SW_TYPE_LIST;
    bool from = isfinite(row->minimum), to = isfinite(row->maximum);
    bool counted = row->type == SW_TYPE_NUMBER || row->type == SW_TYPE_INTEGER || row->type == SW_TYPE_PAIR || time || list;
    if (!has_range(row) || !counted || (!from && !to))
        return;
    for (int i = 0; i < 2; i++) {
        double value = i == 0 ? row->minimum : row->maximum;
        char *out = i == 0 ? low : high;
        if (isfinite(value) && time)
            (void)sw_duration_text((int64_t)llround(value * (double)SW_SECOND), out, sizeof low);
        else
            (void)number_text(value, out, sizeof low);
    }
    sw_buffer_printf(said, "  \n%s%s%s",
                     from && to ? low
                     : from     ? "at least "
                                : "at most ",
                     from && to ? " to " : "", from && !to ? low : high);
    sw_buffer_printf(said, "%s%s", list ? " items" : row->unit != NULL ? " " : "", list || row->unit == NULL ? "" : row->unit);
}

/* The meaning, and what an editor shows beside it. */
static void add_hover(cJSON *schema, const struct sw_row *row)
{
    struct sw_buffer said;
    sw_buffer_init(&said, TEXT_MAX);
    sw_buffer_add_text(&said, row->meaning);
    size_t before = said.length;
    say_range(&said, row);
    if (said.length == before && row->unit != NULL)
        sw_buffer_printf(&said, "  \nin %s", row->unit);
    if (row->otherwise != NULL)
        sw_buffer_printf(&said, "  \nwithout it: `%s`", row->otherwise);
    if ((row->flags & SW_ROW_PER_CANVAS) != 0)
        sw_buffer_add_text(&said, "  \nalso by canvas: `{\"wide\": ..., \"tall\": ...}`");
    if ((row->flags & SW_ROW_PER_LANGUAGE) != 0)
        sw_buffer_add_text(&said, "  \nalso by language: `{\"de\": ..., \"en\": ...}`");
    if ((row->flags & SW_ROW_DYNAMIC) != 0)
        sw_buffer_add_text(&said, "  \nmay be computed: `\"{...}\"`");
    if (row->example != NULL)
        sw_buffer_printf(&said, "  \ne.g. `%s`", row->example);
    cJSON_AddStringToObject(schema, "markdownDescription", sw_buffer_text(&said));
    sw_buffer_finish(&said);
}

/* The row's own, then the words that it may be: an editor proposes them where nothing is written yet, while it looks into no condition. */
static void add_examples(cJSON *schema, const struct sw_row *row)
{
    cJSON *examples = cJSON_CreateArray(), *own = row->example != NULL ? cJSON_ParseWithOpts(row->example, NULL, true) : NULL;
    assert(own != NULL || row->example == NULL);
    if (own != NULL)
        cJSON_AddItemToArray(examples, own);
    for (size_t i = 0; row->words != NULL && row->words[i] != NULL; i++)
        cJSON_AddItemToArray(examples, cJSON_CreateString(row->words[i]));
    for (size_t i = 0; row->means == SW_MEANS_ACTIONS && i < sw_action_word_table.count; i++)
        cJSON_AddItemToArray(examples, cJSON_CreateString(sw_action_word_table.rows[i].key));
    for (int i = 0; row->type == SW_TYPE_BOOL && i < 2; i++)
        cJSON_AddItemToArray(examples, cJSON_CreateBool(i == 0));
    if (examples->child != NULL)
        cJSON_AddItemToObject(schema, "examples", examples);
    else
        cJSON_Delete(examples);
}

void sw_schema_describe(cJSON *schema, const struct sw_row *row)
{
    if (row->meaning == NULL)
        return;
    cJSON_AddStringToObject(schema, "description", row->meaning);
    add_hover(schema, row);
    cJSON *usual = row->otherwise != NULL ? cJSON_ParseWithOpts(row->otherwise, NULL, true) : NULL;
    if (usual != NULL)
        cJSON_AddItemToObject(schema, "default", usual);
    add_examples(schema, row);
    if (row->unit != NULL)
        cJSON_AddStringToObject(schema, "x-unit", row->unit);
    if (row->otherwise != NULL)
        cJSON_AddStringToObject(schema, "x-default", row->otherwise);
    if (row->type == SW_TYPE_DURATION && has_range(row)) {
        add_bound(schema, "x-minimum", row->minimum);
        add_bound(schema, "x-maximum", row->maximum);
    }
    add_flag(schema, row, SW_ROW_PER_CANVAS, "x-by-canvas");
    add_flag(schema, row, SW_ROW_PER_LANGUAGE, "x-by-language");
    add_flag(schema, row, SW_ROW_DYNAMIC, "x-computed");
    add_flag(schema, row, SW_ROW_REQUIRED, "x-required");
}

/* -- tables -- */

static cJSON *has_key(const char *key)
{
    cJSON *made = cJSON_CreateObject();
    cJSON_AddItemToArray(cJSON_AddArrayToObject(made, "required"), cJSON_CreateString(key));
    return made;
}

/* Where none of the keys is there of which one is wanted; NULL: there are no such keys. */
static cJSON *none_of(const struct sw_row *rows, size_t count)
{
    struct sw_buffer fault;
    sw_buffer_init(&fault, TEXT_MAX);
    for (size_t i = 0; i < count; i++)
        if ((rows[i].flags & SW_ROW_ONE_OF) != 0)
            sw_buffer_printf(&fault, "%s\"%s\"", fault.length == 0 ? "missing key " : " or ", rows[i].key);
    cJSON *made = fault.length > 0 ? cJSON_CreateObject() : NULL;
    if (made != NULL) {
        cJSON_AddObjectToObject(made, "not");
        cJSON_AddStringToObject(made, "errorMessage", sw_buffer_text(&fault));
    }
    sw_buffer_finish(&fault);
    return made;
}

/* Exactly one of the keys that bear the flag: with one of them the later ones are none of its keys. NULL: there are none. */
static cJSON *exclusive(const struct sw_row *rows, size_t count)
{
    cJSON *made = none_of(rows, count), *others = NULL;
    for (size_t i = count; i-- > 0 && made != NULL;) {
        if ((rows[i].flags & SW_ROW_ONE_OF) == 0)
            continue;
        cJSON *then = cJSON_CreateTrue();
        if (others != NULL) {
            cJSON_Delete(then);
            then = cJSON_CreateObject();
            cJSON_AddItemToObject(then, "properties", cJSON_Duplicate(others, true));
        }
        made = choice(has_key(rows[i].key), then, made);
        others = others != NULL ? others : cJSON_CreateObject();
        cJSON_AddFalseToObject(others, rows[i].key);
    }
    cJSON_Delete(others);
    return made;
}

void sw_schema_relate(cJSON *schema, const struct sw_row *rows, size_t count)
{
    cJSON *one = NULL, *required = cJSON_CreateArray(), *needs = cJSON_CreateObject();
    bool only = true; /* one key and no other */
    for (size_t i = 0; i < count; i++) {
        only = only && (rows[i].flags & SW_ROW_ONE_OF) != 0;
        if ((rows[i].flags & SW_ROW_REQUIRED) != 0)
            cJSON_AddItemToArray(required, cJSON_CreateString(rows[i].key));
        if (rows[i].needs != NULL)
            cJSON_AddItemToArray(cJSON_AddArrayToObject(needs, rows[i].key), cJSON_CreateString(rows[i].needs));
    }
    if (cJSON_GetArraySize(required) > 0)
        cJSON_AddItemToObject(schema, "required", required);
    else
        cJSON_Delete(required);
    if (needs->child != NULL)
        cJSON_AddItemToObject(schema, "dependentRequired", needs);
    else
        cJSON_Delete(needs);
    if (only) {
        cJSON_AddNumberToObject(schema, "minProperties", 1);
        cJSON_AddNumberToObject(schema, "maxProperties", 1);
    } else if ((one = exclusive(rows, count)) != NULL) {
        cJSON_AddItemToArray(cJSON_AddArrayToObject(schema, "allOf"), one);
    }
}

static void add_table(cJSON *defs, const struct sw_table *table, const char *name)
{
    cJSON *made = typed("object"), *properties = NULL;
    cJSON_AddItemToObject(defs, name, made); /* first: a table may hold itself */
    cJSON_AddStringToObject(made, "title", table->name);
    cJSON_AddStringToObject(made, "x-meaning", table->meaning);
    properties = cJSON_AddObjectToObject(made, "properties");
    cJSON_AddFalseToObject(made, "additionalProperties");
    for (size_t i = 0; i < table->count; i++)
        cJSON_AddItemToObject(properties, table->rows[i].key, sw_schema_row(defs, &table->rows[i]));
    sw_schema_relate(made, table->rows, table->count);
}

/* What a table is called in $defs: "text style" is "text-style". */
static void name_of(const struct sw_table *table, char name[NAME_BYTES_MAX])
{
    (void)snprintf(name, NAME_BYTES_MAX, "%s", table->name);
    for (char *at = name; *at != '\0'; at++)
        *at = *at == ' ' ? '-' : *at;
}

cJSON *sw_schema_table(cJSON *defs, const struct sw_table *table)
{
    char name[NAME_BYTES_MAX];
    name_of(table, name);
    if (cJSON_GetObjectItemCaseSensitive(defs, name) == NULL)
        add_table(defs, table, name);
    return sw_schema_refer(name);
}
