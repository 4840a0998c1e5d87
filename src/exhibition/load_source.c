/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/sources.json. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "exhibition/load_source.h"

#define SAMPLE_BYTES_MAX ((off_t)8 << 20)

static void judge_fallback(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);

#define HTTP_ROW                                                                                                                           \
    .key = "http", .type = SW_TYPE_CUSTOM, .judge = sw_load_judge_place, .shape = SW_SHAPE("[!-~]+", "an address without blanks"),         \
    .meaning = "The address; {today}, {yesterday} and {tomorrow} are days in it."
#define REQUEST_ROWS                                                                                                                       \
    {.key = "format", .type = SW_TYPE_ENUM, .words = sw_format_words, .otherwise = "\"json\"", .meaning = "What the body is."},            \
        {.key = "csv", .type = SW_TYPE_OBJECT, .table = &sw_csv_table, .meaning = "How a CSV is written."},                                \
        {.key = "headers",                                                                                                                 \
         .type = SW_TYPE_MAP,                                                                                                              \
         .item = &header_row,                                                                                                              \
         .key_type = SW_TYPE_STRING,                                                                                                       \
         .needs = "http",                                                                                                                  \
         .meaning = "Further headers; no secrets."},                                                                                       \
        {.key = "auth", .type = SW_TYPE_OBJECT, .table = &sw_auth_table, .needs = "http", .meaning = "How to prove who asks."},            \
        {.key = "pages", .type = SW_TYPE_OBJECT, .table = &sw_pages_table, .needs = "http", .meaning = "How the next page is found."},     \
        {.key = "pick",                                                                                                                    \
         .type = SW_TYPE_CUSTOM,                                                                                                           \
         .judge = sw_load_judge_pointer,                                                                                                   \
         .shape = SW_SHAPE(SW_SHAPE_POINTER, "a JSON Pointer"),                                                                            \
         .otherwise = "\"\"",                                                                                                              \
         .meaning = "JSON Pointer to the object, or to the list of rows."},                                                                \
        {.key = "select",                                                                                                                  \
         .type = SW_TYPE_CUSTOM,                                                                                                           \
         .shape = "{'$ref': '#/$defs/value-text'}",                                                                                        \
         .meaning = "Instead of pick: a program in jq 1.6 that makes the object, or the list of rows."},                                   \
        {.key = "vars",                                                                                                                    \
         .type = SW_TYPE_CUSTOM,                                                                                                           \
         .needs = "select",                                                                                                                \
         .shape = "{'type': 'object'}",                                                                                                    \
         .meaning = "An object that the program sees as .vars."},                                                                          \
        {.key = "limit",                                                                                                                   \
         .type = SW_TYPE_INTEGER,                                                                                                          \
         .minimum = 1,                                                                                                                     \
         .maximum = SW_ROWS_MAX,                                                                                                           \
         .otherwise = "1000",                                                                                                              \
         .meaning = "Rows at most; the rest is left out."},                                                                                \
    {                                                                                                                                      \
        .key = "fields", .type = SW_TYPE_MAP, .flags = SW_ROW_REQUIRED, .item = &sw_field_row, .key_type = SW_TYPE_NAME,                   \
        .meaning = "What a row holds."                                                                                                     \
    }

static const struct sw_row header_row = {.key = "", .type = SW_TYPE_STRING};
static const struct sw_row backfill_rows[] = {
    {HTTP_ROW, .flags = SW_ROW_REQUIRED},
    REQUEST_ROWS,
    {.key = "sample",
     .type = SW_TYPE_STRING,
     .meaning = "A body in the same shape, for the history of the source's sample.",
     .example = "\"media/data/rhein.json\""},
};
static const struct sw_table backfill_table = {"backfill", "Where a history is had that is not there yet.", backfill_rows,
                                               SW_COUNT(backfill_rows)};

static const struct sw_row history_rows[] = {
    {.key = "keep",
     .type = SW_TYPE_DURATION,
     .flags = SW_ROW_REQUIRED,
     .minimum = 60,
     .maximum = 366 * 86400,
     .meaning = "How far back.",
     .example = "\"7d\""},
    {.key = "step",
     .type = SW_TYPE_DURATION,
     .flags = SW_ROW_REQUIRED,
     .minimum = 1,
     .maximum = 86400,
     .meaning = "From one point to the next.",
     .example = "\"15m\""},
};
static const struct sw_table history_table = {"history", "The past of a number.", history_rows, SW_COUNT(history_rows)};
static const struct sw_row history_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &history_table};

static const struct sw_row licence_rows[] = {
    {.key = "name", .type = SW_TYPE_STRING, .flags = SW_ROW_REQUIRED, .meaning = "Its name, e.g. \"dl-de/by-2-0\"."},
    {.key = "url",
     .type = SW_TYPE_CUSTOM,
     .flags = SW_ROW_REQUIRED,
     .judge = sw_load_judge_link,
     .shape = SW_SHAPE_LINK,
     .meaning = "Where it stands."},
};
static const struct sw_table licence_table = {"licence", "Under what terms the data are given.", licence_rows, SW_COUNT(licence_rows)};
static const struct sw_row attribution_rows[] = {
    {.key = "provider",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_PLAIN_TEXT,
     .flags = SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE,
     .meaning = "Who gives the data, as they wish to be named.",
     .example = "\"WSV, PEGELONLINE\""},
    {.key = "licence", .type = SW_TYPE_OBJECT, .table = &licence_table, .flags = SW_ROW_REQUIRED, .meaning = "The licence."},
    {.key = "url",
     .type = SW_TYPE_CUSTOM,
     .flags = SW_ROW_REQUIRED,
     .judge = sw_load_judge_link,
     .shape = SW_SHAPE_LINK,
     .meaning = "Where the data set is described."},
    {.key = "dataset", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_PLAIN_TEXT, .flags = SW_ROW_PER_LANGUAGE, .meaning = "Its name."},
    {.key = "changed",
     .type = SW_TYPE_BOOL,
     .otherwise = "false",
     .meaning = "Whether the data are changed for the wall: \"Daten verändert\"."},
};
static const struct sw_table attribution_table = {"attribution", "Whom to name where the data are shown.", attribution_rows,
                                                  SW_COUNT(attribution_rows)};

static const struct sw_row source_rows[] = {
    {HTTP_ROW, .flags = SW_ROW_ONE_OF, .needs = "attribution"},
    REQUEST_ROWS,
    {.key = "file",
     .type = SW_TYPE_STRING,
     .flags = SW_ROW_ONE_OF,
     .meaning = "Instead of http: a file of the exhibition, read again when it changes.",
     .example = "\"media/data/rooms.json\""},
    {.key = "rows", .type = SW_TYPE_BOOL, .otherwise = "false", .meaning = "Whether it is a list of rows; else one object."},
    {.key = "observed",
     .type = SW_TYPE_NAME,
     .meaning = "The time field that says when it was observed; else the publication, or the fetch, counts.",
     .example = "\"at\""},
    {.key = "every",
     .type = SW_TYPE_DURATION,
     .minimum = 1,
     .maximum = 86400,
     .otherwise = "\"5m\"",
     .meaning = "How often to ask; below 5s only where every host's own configuration allows it."},
    {.key = "fresh_for",
     .type = SW_TYPE_DURATION,
     .flags = SW_ROW_REQUIRED,
     .minimum = 5,
     .maximum = 366 * 86400,
     .meaning = "How old a value may be and be shown as it is; older ones are shown with their time.",
     .example = "\"45m\""},
    {.key = "expire_after",
     .type = SW_TYPE_DURATION,
     .minimum = 10,
     .maximum = 366 * 86400,
     .otherwise = "12 times fresh_for",
     .meaning = "How old it may be at all; then comes the fallback."},
    {.key = "fallback",
     .type = SW_TYPE_CUSTOM,
     .judge = judge_fallback,
     .shape = "{'if': {'type': 'object'}, 'then': {'type': 'object', 'additionalProperties': false, 'required': ['text'], 'properties': "
              "{'text': true}}, 'else': {'type': 'string', 'enum': ['last', 'hide', 'skip']}}",
     .otherwise = "\"last\"",
     .meaning = "What is shown then: \"last\" (with its time), \"hide\", {\"text\": T}, \"skip\" (no scene with it plays)."},
    {.key = "history",
     .type = SW_TYPE_MAP,
     .item = &history_row,
     .key_type = SW_TYPE_NAME,
     .meaning = "Number fields whose past is kept.",
     .example = "{\"level\": {\"keep\": \"7d\", \"step\": \"15m\"}}"},
    {.key = "backfill", .type = SW_TYPE_OBJECT, .table = &backfill_table, .meaning = "Asked once where the history does not reach back."},
    {.key = "sample",
     .type = SW_TYPE_STRING,
     .needs = "sample_at",
     .meaning = "A file with a body, shown as sample data where the network is not asked."},
    {.key = "sample_at",
     .type = SW_TYPE_STRING,
     .needs = "sample",
     .meaning = "The instant that the sample stands for.",
     .example = "\"2026-11-20T14:05\""},
    {.key = "attribution", .type = SW_TYPE_OBJECT, .table = &attribution_table, .meaning = "Whom to name; required with http."},
    {.key = "off", .type = SW_TYPE_BOOL, .otherwise = "false", .meaning = "Not asked at all."},
};
static const struct sw_table source_table = {"source", "A feed of live data.", source_rows, SW_COUNT(source_rows)};
static const struct sw_row source_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &source_table};
const struct sw_row sw_sources_row = {
    .key = "", .type = SW_TYPE_MAP, .item = &source_row, .key_type = SW_TYPE_NAME, .meaning = "Live data, by the name of their source."};

static void judge_fallback(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    static const char *const words[] = {"last", "hide", "skip"};
    (void)row;
    for (size_t i = 0; i < SW_COUNT(words); i++)
        if (cJSON_IsString(node) && strcmp(node->valuestring, words[i]) == 0)
            return;
    if (!cJSON_IsObject(node) || sw_json_get(node, "text") == NULL || node->child->next != NULL)
        sw_verify_fault(verify, node, "\"last\", \"hide\", \"skip\" or {\"text\": \"...\"} is wanted");
}

static const cJSON *member(struct sw_writer *w, const cJSON *node, const char *key) { return sw_load_member(w, &source_table, node, key); }

static const char *copy(struct sw_writer *w, const cJSON *node)
{
    return node != NULL ? sw_arena_strdup(w->loader->arena, node->valuestring) : NULL;
}

/* -- texts -- */

static bool holds_values(const cJSON *node)
{
    const cJSON *item = NULL;
    if (sw_json_is_dynamic(node))
        return true;
    if (cJSON_IsObject(node) || cJSON_IsArray(node))
        cJSON_ArrayForEach (item, node)
            if (holds_values(item))
                return true;
    return false;
}

struct sw_property sw_load_plain_text(struct sw_writer *w, const cJSON *object, const char *key)
{
    static const struct sw_row row = {.key = "", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_PLAIN_TEXT, .flags = SW_ROW_PER_LANGUAGE};
    struct sw_property text = {.form = SW_PROPERTY_NONE};
    const cJSON *node = sw_json_get(object, key);
    if (node == NULL)
        return text;
    size_t mark = sw_verify_enter(&w->verify, key);
    if (holds_values(node))
        sw_verify_fault(&w->verify, node, "a text without values is wanted; for a brace in it write {{");
    else
        text = sw_load_property(w, &row, node);
    sw_verify_leave(&w->verify, mark);
    return text;
}

static void load_attribution(struct sw_writer *w, struct sw_attribution *attribution, const cJSON *node)
{
    size_t mark = sw_verify_enter(&w->verify, "attribution");
    const cJSON *licence = sw_load_member(w, &attribution_table, node, "licence");
    attribution->provider = sw_load_plain_text(w, node, "provider");
    attribution->dataset = sw_load_plain_text(w, node, "dataset");
    attribution->licence = copy(w, sw_json_get(licence, "name"));
    attribution->licence_url = copy(w, sw_json_get(licence, "url"));
    attribution->url = copy(w, sw_load_member(w, &attribution_table, node, "url"));
    attribution->changed = sw_json_bool(node, "changed", false);
    sw_verify_leave(&w->verify, mark);
}

static void load_fallback(struct sw_writer *w, struct sw_source *source, const cJSON *node)
{
    if (cJSON_IsObject(node)) {
        size_t mark = sw_verify_enter(&w->verify, "fallback");
        source->fallback = SW_FALLBACK_TEXT;
        source->fallback_text = sw_load_plain_text(w, node, "text");
        sw_verify_leave(&w->verify, mark);
    } else if (node != NULL) {
        source->fallback = node->valuestring[0] == 'h'   ? SW_FALLBACK_HIDE
                           : node->valuestring[0] == 's' ? SW_FALLBACK_SKIP
                                                         : SW_FALLBACK_LAST;
    }
}

/* -- times -- */

static void load_times(struct sw_writer *w, struct sw_source *source, const cJSON *node)
{
    const cJSON *every = sw_json_get(node, "every"), *expire = sw_json_get(node, "expire_after");
    source->every = sw_load_duration(w, &source_table, node, "every", 5 * SW_MINUTE);
    source->fresh_for = sw_load_duration(w, &source_table, node, "fresh_for", 30 * SW_MINUTE);
    source->expire_after = sw_load_duration(w, &source_table, node, "expire_after", 12 * source->fresh_for);
    size_t mark = sw_verify_enter(&w->verify, "every");
    if (every != NULL && source->transport == SW_TRANSPORT_FILE)
        sw_verify_key_fault(&w->verify, every, "a file is read when it changes; leave out \"every\"");
    else if (every != NULL && source->every < 5 * SW_SECOND)
        sw_verify_warning(&w->verify, every,
                          "less than 5s counts only where the configuration of a host says so for this address "
                          "(\"every_at_least\")");
    sw_verify_leave(&w->verify, mark);
    mark = sw_verify_enter(&w->verify, "fresh_for");
    if (source->transport == SW_TRANSPORT_HTTP && source->fresh_for < source->every && sw_json_get(node, "fresh_for") != NULL)
        sw_verify_fault(&w->verify, sw_json_get(node, "fresh_for"),
                        "is shorter than \"every\": a value would be old before the next one is asked for");
    sw_verify_leave(&w->verify, mark);
    mark = sw_verify_enter(&w->verify, "expire_after");
    if (expire != NULL && source->expire_after <= source->fresh_for)
        sw_verify_fault(&w->verify, expire, "is not longer than \"fresh_for\": a value expires after it has grown old");
    sw_verify_leave(&w->verify, mark);
}

/* -- history -- */

static struct sw_field *field_of(struct sw_request *request, const char *name)
{
    return (struct sw_field *)(uintptr_t)sw_request_field(request, name);
}

static void load_ring(struct sw_writer *w, struct sw_source *source, const cJSON *node)
{
    struct sw_field *field = field_of(&source->request, node->string);
    if (field == NULL || field->type != SW_FIELD_NUMBER) {
        sw_verify_key_fault(&w->verify, node, field == NULL ? "there is no field \"%s\"%s" : "\"%s\" is no number%s", node->string,
                            field == NULL ? sw_load_hint(w->loader, node->string, source->request.names) : "; only numbers have a history");
        return;
    }
    field->keep = sw_load_duration(w, &history_table, node, "keep", 0);
    field->step = sw_load_duration(w, &history_table, node, "step", 0);
    if (field->keep == 0 || field->step == 0)
        field->keep = field->step = 0; /* said already */
    else if (field->keep < field->step)
        sw_verify_fault(&w->verify, node, "\"keep\" is shorter than one \"step\"");
    else if (field->keep / field->step > SW_POINTS_MAX)
        sw_verify_fault(&w->verify, node, "\"keep\" by \"step\" is %lld points; at most %d are kept",
                        (long long)(field->keep / field->step), SW_POINTS_MAX);
}

static void load_history(struct sw_writer *w, struct sw_source *source, const cJSON *node)
{
    const cJSON *item = NULL;
    size_t mark = sw_verify_enter(&w->verify, "history");
    if (cJSON_IsObject(node))
        cJSON_ArrayForEach (item, node) {
            size_t inner = sw_verify_enter(&w->verify, item->string);
            load_ring(w, source, item);
            sw_verify_leave(&w->verify, inner);
        }
    if (node != NULL && source->request.rows && source->request.observed < 0)
        sw_verify_key_fault(&w->verify, node, "the history of rows wants their times; say \"observed\"");
    sw_verify_leave(&w->verify, mark);
}

static void check_backfill(struct sw_writer *w, struct sw_source *source, const cJSON *node)
{
    struct sw_request *request = &source->backfill;
    const cJSON *fields = sw_json_get(node, "fields");
    size_t times = 0, mark = sw_verify_enter(&w->verify, "fields");
    for (size_t i = 0; i < request->field_count; i++) {
        const struct sw_field *field = &request->fields[i], *past = field_of(&source->request, field->name);
        if (field->type == SW_FIELD_TIME) {
            request->observed = (int)i;
            times++;
        } else if (field->type != SW_FIELD_NUMBER || past == NULL || past->step == 0) {
            sw_verify_key_fault(&w->verify, sw_json_get(fields, field->name), "\"%s\" has no history in this source", field->name);
        }
    }
    if (fields != NULL && times != 1)
        sw_verify_fault(&w->verify, fields, "one field of the type \"time\" is wanted: when each number was observed");
    sw_verify_leave(&w->verify, mark);
}

static void load_backfill(struct sw_writer *w, struct sw_source *source, const cJSON *node)
{
    if (!cJSON_IsObject(node))
        return;
    size_t mark = sw_verify_enter(&w->verify, "backfill");
    source->has_backfill = true;
    source->backfill.rows = true;
    sw_load_request(w, &backfill_table, source, &source->backfill, node);
    check_backfill(w, source, node);
    sw_verify_leave(&w->verify, mark);
}

/* -- the sample -- */

static void check_file(struct sw_writer *w, const cJSON *node, const char *path)
{
    int fd = -1;
    enum sw_file_status status = sw_root_open(w->loader->exhibition->root, path, &fd);
    if (status == SW_FILE_OK) {
        off_t size = lseek(fd, 0, SEEK_END);
        (void)close(fd);
        if (size > SAMPLE_BYTES_MAX)
            sw_verify_fault(&w->verify, node, "\"%s\" has more than 8 MiB", path);
        return;
    }
    sw_verify_fault(&w->verify, node, "\"%s\" %s%s", path, sw_file_status_text(status),
                    status == SW_FILE_OUTSIDE ? "; paths begin below the exhibition's folder, e.g. \"data/rhein.json\"" : "");
}

/* The path of a sample, whose file is there. */
static const char *load_sample_path(struct sw_writer *w, const struct sw_table *table, const cJSON *object)
{
    const cJSON *sample = sw_load_member(w, table, object, "sample");
    const char *path = copy(w, sample);
    size_t mark = sw_verify_enter(&w->verify, "sample");
    if (path != NULL)
        check_file(w, sample, path);
    sw_verify_leave(&w->verify, mark);
    return path;
}

static void load_past_sample(struct sw_writer *w, struct sw_source *source, const cJSON *node)
{
    size_t mark = sw_verify_enter(&w->verify, "backfill");
    source->backfill_sample = load_sample_path(w, &backfill_table, node);
    if (source->backfill_sample != NULL && source->sample == NULL)
        sw_verify_key_fault(&w->verify, sw_json_get(node, "sample"),
                            "\"sample\" goes with a \"sample\" of the source, whose history it is");
    sw_verify_leave(&w->verify, mark);
}

static void load_sample(struct sw_writer *w, struct sw_source *source, const cJSON *node)
{
    source->sample = load_sample_path(w, &source_table, node);
    if (source->has_backfill)
        load_past_sample(w, source, sw_json_get(node, "backfill"));
    (void)sw_load_instant(w, &source_table, node, "sample_at", &source->sample_at);
}

/* -- a source -- */

static void load_observed(struct sw_writer *w, struct sw_source *source, const cJSON *node)
{
    struct sw_request *request = &source->request;
    if (node == NULL)
        return;
    size_t mark = sw_verify_enter(&w->verify, "observed");
    const struct sw_field *field = sw_request_field(request, node->valuestring);
    if (field == NULL)
        sw_verify_fault(&w->verify, node, "there is no field \"%s\"%s", node->valuestring,
                        sw_load_hint(w->loader, node->valuestring, request->names));
    else if (field->type != SW_FIELD_TIME)
        sw_verify_fault(&w->verify, node, "\"%s\" is no time; the field that says when it was observed is of the type \"time\"",
                        node->valuestring);
    else
        request->observed = (int)(field - request->fields);
    sw_verify_leave(&w->verify, mark);
}

/* Of expressions: its fields, or its rows, and what every source has. */
static const char *const *members_of(struct sw_arena *arena, const struct sw_request *request)
{
    const char **members = sw_arena_array(arena, request->field_count + 16, sizeof *members);
    size_t count = 0;
    if (request->rows)
        members[count++] = "rows";
    for (size_t i = 0; i < request->field_count && !request->rows; i++)
        members[count++] = request->names[i];
    for (size_t i = 0; sw_source_members[i] != NULL; i++)
        members[count++] = sw_source_members[i];
    return members;
}

static void load_source(struct sw_writer *w, struct sw_source *source, const cJSON *node)
{
    (void)sw_verify_object(&w->verify, &source_table, node);
    source->members = sw_source_members;
    if (!cJSON_IsObject(node))
        return;
    source->transport = sw_json_get(node, "http") != NULL ? SW_TRANSPORT_HTTP : SW_TRANSPORT_FILE;
    source->request.rows = sw_json_bool(node, "rows", false);
    source->off = sw_json_bool(node, "off", false);
    sw_load_request(w, &source_table, source, &source->request, node);
    load_observed(w, source, member(w, node, "observed"));
    load_times(w, source, node);
    load_fallback(w, source, member(w, node, "fallback"));
    load_history(w, source, sw_json_get(node, "history"));
    load_backfill(w, source, sw_json_get(node, "backfill"));
    load_sample(w, source, node);
    if (cJSON_IsObject(sw_json_get(node, "attribution")))
        load_attribution(w, &source->attribution, sw_json_get(node, "attribution"));
}

static void check_name(struct sw_writer *w, const cJSON *node)
{
    const char *taken = sw_names_global_taken(w->loader, node->string);
    if (!sw_name_valid(node->string))
        sw_verify_key_fault(&w->verify, node, "is no name; use small letters, digits and _, a letter first, e.g. \"air_ruhrort\"");
    if (taken != NULL)
        sw_verify_key_fault(&w->verify, node, "\"%s\" is %s; choose another name", node->string, taken);
}

static int by_name(const void *a, const void *b) { return strcmp((*(const cJSON *const *)a)->string, (*(const cJSON *const *)b)->string); }

void sw_load_sources(struct sw_loader *loader)
{
    struct sw_document *document = sw_loader_document(loader, SW_DOCUMENT_SOURCES, NULL);
    const struct sw_document *exhibition = sw_loader_document(loader, SW_DOCUMENT_EXHIBITION, NULL);
    loader->exhibition->sources_hash = sw_hash_number(exhibition->hash, document != NULL ? document->hash : 0);
    loader->sources_unread = document != NULL && document->faulty;
    if (document == NULL || document->faulty)
        return;
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    const cJSON *root = document->json->root, *item = NULL;
    size_t count = (size_t)cJSON_GetArraySize(root), at = 0, before = sw_load_errors(loader);
    if (count > SW_SOURCES_MAX)
        sw_verify_fault(&w.verify, root, "has %zu sources; at most %d are allowed", count, SW_SOURCES_MAX);
    const cJSON **nodes = sw_arena_array(loader->arena, count, sizeof *nodes);
    cJSON_ArrayForEach (item, root)
        nodes[at++] = item;
    qsort(nodes, count, sizeof *nodes, by_name);
    count = count < SW_SOURCES_MAX ? count : SW_SOURCES_MAX;
    struct sw_source *sources = sw_arena_array(loader->arena, count, sizeof *sources);
    for (size_t i = 0; i < count; i++) {
        struct sw_source *source = &sources[i];
        size_t errors = sw_load_errors(loader), mark = sw_verify_enter(&w.verify, nodes[i]->string);
        source->name = sw_arena_strdup(loader->arena, nodes[i]->string);
        source->file = document->file;
        sw_json_key_place(document->json, nodes[i], &source->line, &source->column);
        check_name(&w, nodes[i]);
        load_source(&w, source, nodes[i]);
        source->faulty = sw_load_errors(loader) > errors;
        if (!source->faulty)
            source->members = members_of(loader->arena, &source->request);
        sw_verify_leave(&w.verify, mark);
    }
    document->faulty = sw_load_errors(loader) > before;
    loader->exhibition->sources = sources;
    loader->exhibition->source_count = count;
}
