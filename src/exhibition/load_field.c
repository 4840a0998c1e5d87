/* SPDX-License-Identifier: EUPL-1.2 */
/* The fields of a source: what a row's members are called, what they are, and where in a body they stand. */
#include <math.h>
#include <string.h>

#include "exhibition/load_source.h"
#include "json/pointer.h"

static const char *const type_words[] = {"number", "time", "text", "enum", NULL}; /* as enum sw_field_type */
static const char *const decimal_words[] = {".", ",", NULL};
static const char *const encoding_words[] = {
    "any",        "rfc3339", "local", "utc",       "epoch",         "epoch-ms", "german",
    "german-utc", "dotnet",  "parts", "date-time", "date-time-utc", NULL}; /* as enum sw_time_encoding */

static void judge_pointer(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
static void judge_missing(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
static void judge_otherwise(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
static const struct sw_row pointer_row = {
    .key = "", .type = SW_TYPE_CUSTOM, .judge = judge_pointer, .shape = SW_SHAPE("[\\\\^]?" SW_SHAPE_POINTER, "a JSON Pointer")};
static const struct sw_row missing_row = {
    .key = "", .type = SW_TYPE_CUSTOM, .judge = judge_missing, .shape = "{'type': ['string', 'number']}"};
static const struct sw_row word_row = {.key = "", .type = SW_TYPE_STRING};

static const struct sw_row field_rows[] = {
    {.key = "type", .type = SW_TYPE_ENUM, .flags = SW_ROW_REQUIRED, .words = type_words, .meaning = "What its values are."},
    {.key = "from",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_OR_ONE,
     .item = &pointer_row,
     .minimum = 1,
     .maximum = 8,
     .otherwise = "\"/\" and its name",
     .meaning = "JSON Pointers below the row, \"^\" in front: below the body; the first that is there.",
     .example = "\"/currentMeasurement/value\""},
    {.key = "unit",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_PLAIN_TEXT,
     .flags = SW_ROW_PER_LANGUAGE,
     .meaning = "number: the unit, perhaps by language.",
     .example = "\"cm\""},
    {.key = "digits", .type = SW_TYPE_INTEGER, .minimum = 0, .maximum = 6, .meaning = "number: digits behind the decimal mark."},
    {.key = "valid",
     .type = SW_TYPE_PAIR,
     .flags = SW_ROW_HOLES,
     .minimum = -1e15,
     .maximum = 1e15,
     .meaning = "number: the smallest and the largest that can be true; others are missing.",
     .example = "[0, 2000]"},
    {.key = "missing",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_OR_ONE,
     .item = &missing_row,
     .minimum = 1,
     .maximum = 32,
     .meaning = "Texts and numbers that stand for \"no value\", besides null and blanks.",
     .example = "[-777, \"---\"]"},
    {.key = "decimal", .type = SW_TYPE_ENUM, .words = decimal_words, .otherwise = "\".\"", .meaning = "number: the mark in texts."},
    {.key = "encoding", .type = SW_TYPE_ENUM, .words = encoding_words, .otherwise = "\"any\"", .meaning = "time: how it is written."},
    {.key = "map",
     .type = SW_TYPE_MAP,
     .item = &word_row,
     .key_type = SW_TYPE_STRING,
     .meaning = "enum: from what stands in the body to what it is here.",
     .example = "{\"1\": \"open\", \"0\": \"closed\"}"},
    {.key = "otherwise",
     .type = SW_TYPE_CUSTOM,
     .judge = judge_otherwise,
     .shape = "{'type': ['string', 'null']}",
     .meaning = "enum: what all other values are; null: missing."},
};
static const struct sw_table field_table = {"field", "One member of a row.", field_rows, SW_COUNT(field_rows)};
const struct sw_row sw_field_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &field_table};

static void judge_pointer(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    if (!cJSON_IsString(node)) {
        sw_verify_fault(verify, node, "a JSON Pointer is wanted, e.g. \"/currentMeasurement/value\"");
        return;
    }
    const char *fault = sw_pointer_fault(node->valuestring + (node->valuestring[0] == '^'));
    if (fault != NULL)
        sw_verify_fault(verify, node, "a JSON Pointer, e.g. \"/currentMeasurement/value\", is wanted; this one %s",
                        fault[0] == 'b' ? "has no slash in front" : fault);
}

static void judge_missing(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    if (!cJSON_IsString(node) && !cJSON_IsNumber(node))
        sw_verify_fault(verify, node, "a text or a number is wanted, as the body has it, e.g. \"---\" or -999");
}

static void judge_otherwise(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    if (!cJSON_IsString(node) && !cJSON_IsNull(node))
        sw_verify_fault(verify, node, "a text is wanted, or null: missing");
}

static const cJSON *member(struct sw_writer *w, const cJSON *node, const char *key) { return sw_load_member(w, &field_table, node, key); }

/* Keys that mean nothing to the field's type. */
static void check_keys(struct sw_writer *w, const struct sw_field *field, const cJSON *node)
{
    static const struct {
        const char *key;
        enum sw_field_type type;
    } keys[] = {{"unit", SW_FIELD_NUMBER},   {"digits", SW_FIELD_NUMBER}, {"valid", SW_FIELD_NUMBER},  {"decimal", SW_FIELD_NUMBER},
                {"encoding", SW_FIELD_TIME}, {"map", SW_FIELD_ENUM},      {"otherwise", SW_FIELD_ENUM}};
    for (size_t i = 0; i < SW_COUNT(keys); i++) {
        const cJSON *found = sw_json_get(node, keys[i].key);
        if (found != NULL && keys[i].type != field->type)
            sw_verify_key_fault(&w->verify, found, "\"%s\" is of the type \"%s\"; this field is of the type \"%s\"", keys[i].key,
                                type_words[keys[i].type], type_words[field->type]);
    }
}

/* A pointer below the body, where there is none to point into. */
static void check_pointer(struct sw_writer *w, const struct sw_request *request, const cJSON *node)
{
    if (node->valuestring[0] != '^' || (request->select == NULL && request->format == SW_FORMAT_JSON))
        return;
    sw_verify_fault(&w->verify, node,
                    request->select != NULL ? "what stands outside of the row is for the program to put in; leave out \"^\""
                                            : "a CSV is rows and nothing else; leave out \"^\"");
}

static void load_from(struct sw_writer *w, const struct sw_request *request, struct sw_field *field, const cJSON *node)
{
    struct sw_arena *arena = w->loader->arena;
    const cJSON *from = member(w, node, "from");
    size_t count = sw_load_count(from);
    const char **pointers = sw_arena_array(arena, count + 2, sizeof *pointers);
    size_t mark = sw_verify_enter(&w->verify, "from");
    for (size_t i = 0; i < count; i++) {
        const cJSON *item = sw_load_item(from, i);
        pointers[i] = sw_arena_strdup(arena, item->valuestring);
        check_pointer(w, request, item);
    }
    bool both = field->encoding == SW_TIME_DATE_TIME || field->encoding == SW_TIME_DATE_TIME_UTC;
    if (field->type == SW_FIELD_TIME && both && count != 2)
        sw_verify_fault(&w->verify, from != NULL ? from : node,
                        "two places are wanted, of the date and of the time of day: [\"/date\", \"/time\"]");
    sw_verify_leave(&w->verify, mark);
    if (count == 0)
        pointers[0] = sw_arena_printf(arena, "/%s", field->name);
    field->from = pointers;
}

static void load_number(struct sw_writer *w, struct sw_field *field, const cJSON *node, char decimal)
{
    const cJSON *digits = member(w, node, "digits"), *valid = member(w, node, "valid"), *mark = member(w, node, "decimal");
    field->digits = digits != NULL ? digits->valueint : -1;
    field->decimal = mark != NULL ? mark->valuestring[0] : decimal;
    field->unit = sw_load_plain_text(w, node, "unit");
    field->minimum = -INFINITY;
    field->maximum = INFINITY;
    if (valid == NULL)
        return;
    field->ranged = true;
    if (cJSON_IsNumber(valid->child))
        field->minimum = valid->child->valuedouble;
    if (cJSON_IsNumber(valid->child->next))
        field->maximum = valid->child->next->valuedouble;
    size_t inner = sw_verify_enter(&w->verify, "valid");
    if (field->minimum > field->maximum)
        sw_verify_fault(&w->verify, valid, "the smallest valid number is more than the largest; write [smallest, largest]");
    sw_verify_leave(&w->verify, inner);
}

static void load_missing(struct sw_writer *w, struct sw_field *field, const cJSON *node)
{
    const cJSON *missing = member(w, node, "missing");
    field->missing_count = sw_load_count(missing);
    struct sw_missing *items = sw_arena_array(w->loader->arena, field->missing_count, sizeof *items);
    for (size_t i = 0; i < field->missing_count; i++) {
        const cJSON *item = sw_load_item(missing, i);
        items[i].text = cJSON_IsString(item) ? sw_arena_strdup(w->loader->arena, item->valuestring) : NULL;
        items[i].number = item->valuedouble;
    }
    field->missing = items;
}

static void add_value(const char **values, size_t *count, const char *value)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(values[i], value) == 0)
            return;
    values[(*count)++] = value;
}

static void load_enum(struct sw_writer *w, struct sw_field *field, const cJSON *node)
{
    struct sw_arena *arena = w->loader->arena;
    const cJSON *map = member(w, node, "map"), *otherwise = member(w, node, "otherwise"), *item = NULL;
    size_t count = 0, known = (size_t)cJSON_GetArraySize(map);
    struct sw_word *words = sw_arena_array(arena, known, sizeof *words);
    const char **values = sw_arena_array(arena, known + 2, sizeof *values);
    cJSON_ArrayForEach (item, map) {
        words[field->word_count] =
            (struct sw_word){.from = sw_arena_strdup(arena, item->string), .to = sw_arena_strdup(arena, item->valuestring)};
        add_value(values, &count, words[field->word_count++].to);
    }
    if (cJSON_IsString(otherwise)) {
        field->otherwise = sw_arena_strdup(arena, otherwise->valuestring);
        add_value(values, &count, field->otherwise);
    }
    field->words = words;
    field->values = values;
    if (field->word_count == 0 && sw_json_get(node, "map") == map)
        sw_verify_fault(&w->verify, node, "an enum wants \"map\": {\"as it stands in the body\": \"as it is called here\"}");
}

static void load_field(struct sw_writer *w, const struct sw_request *request, struct sw_field *field, const cJSON *node, char decimal)
{
    const cJSON *type = member(w, node, "type"), *encoding = member(w, node, "encoding");
    for (size_t i = 0; type != NULL && type_words[i] != NULL; i++)
        if (strcmp(type_words[i], type->valuestring) == 0)
            field->type = (enum sw_field_type)i;
    for (size_t i = 0; encoding != NULL && encoding_words[i] != NULL; i++)
        if (strcmp(encoding_words[i], encoding->valuestring) == 0)
            field->encoding = (enum sw_time_encoding)i;
    if (type != NULL)
        check_keys(w, field, node);
    load_from(w, request, field, node);
    load_missing(w, field, node);
    if (field->type == SW_FIELD_NUMBER)
        load_number(w, field, node, decimal);
    if (field->type == SW_FIELD_ENUM)
        load_enum(w, field, node);
}

static void check_name(struct sw_writer *w, const cJSON *node)
{
    bool taken = strcmp(node->string, "rows") == 0;
    for (size_t i = 0; sw_source_members[i] != NULL; i++)
        taken = taken || strcmp(node->string, sw_source_members[i]) == 0;
    if (taken)
        sw_verify_key_fault(&w->verify, node, "every source has a member \"%s\" of its own; choose another name", node->string);
}

void sw_load_fields(struct sw_writer *w, const struct sw_source *source, struct sw_request *request, const cJSON *fields, char decimal)
{
    struct sw_arena *arena = w->loader->arena;
    int count = cJSON_IsObject(fields) ? cJSON_GetArraySize(fields) : 0;
    size_t mark = sw_verify_enter(&w->verify, "fields");
    if (cJSON_IsObject(fields) && (count == 0 || count > SW_FIELDS_MAX))
        sw_verify_fault(&w->verify, fields, "1 to %d fields are wanted; these are %d", SW_FIELDS_MAX, count);
    count = count < SW_FIELDS_MAX ? count : SW_FIELDS_MAX;
    struct sw_field *made = sw_arena_array(arena, (size_t)count, sizeof *made);
    const char **names = sw_arena_array(arena, (size_t)count + 1, sizeof *names);
    const cJSON *node = fields != NULL ? fields->child : NULL;
    for (; node != NULL && request->field_count < (size_t)count; node = node->next) {
        struct sw_field *field = &made[request->field_count];
        size_t inner = sw_verify_enter(&w->verify, node->string);
        field->name = names[request->field_count++] = sw_arena_strdup(arena, node->string);
        field->source = source;
        sw_json_key_place(w->verify.json, node, &field->line, &field->column);
        check_name(w, node);
        load_field(w, request, field, node, decimal);
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    request->fields = made;
    request->names = names;
}
