/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/recording.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/log.h"
#include "base/memory.h"
#include "json/json.h"

#define INDEX_BYTES_MAX ((size_t)64 << 20)

/* While an index is read. */
struct reader {
    const struct sw_root *root;
    const char *source;
    struct sw_arena *arena;
    struct sw_recorded *records; /* owned */
    size_t count, capacity;
};

/* A name of a file in the same folder. */
static bool is_name(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

static bool is_there(const struct sw_root *root, const char *path)
{
    int fd;
    if (sw_root_open(root, path, &fd) != SW_FILE_OK)
        return false;
    close(fd);
    return true;
}

/* NULL, or what is wrong with it. */
static const char *read_page(struct reader *reader, const cJSON *node, struct sw_recorded_page *page)
{
    const char *body = sw_json_text(node, "body", "");
    double status = sw_json_number(node, "status", 0);
    if (!is_name(body))
        return "\"body\" must name a file beside it";
    page->path = sw_arena_printf(reader->arena, "%s/%s", reader->source, body);
    page->status = status >= 0 && status <= 999 ? (int)status : 0;
    page->modified = sw_arena_strdup(reader->arena, sw_json_text(sw_json_get(node, "headers"), "Last-Modified", ""));
    return is_there(reader->root, page->path) ? NULL : "its body is not there";
}

static const char *read_pages(struct reader *reader, const cJSON *list, struct sw_recorded *record)
{
    const cJSON *item = NULL;
    const char *fault = NULL;
    size_t count = cJSON_IsArray(list) ? (size_t)cJSON_GetArraySize(list) : 0;
    if (count > SW_RECORDING_PAGES_MAX)
        return "it has too many pages";
    struct sw_recorded_page *pages = sw_arena_array(reader->arena, count, sizeof *pages);
    cJSON_ArrayForEach(item, list)
    {
        fault = read_page(reader, item, &pages[record->page_count++]);
        if (fault != NULL)
            return fault;
    }
    record->pages = pages;
    return NULL;
}

static const char *read_record(struct reader *reader, const cJSON *node, struct sw_recorded *record)
{
    const char *fault = sw_json_text(node, "fault", NULL);
    if (!sw_civil_parse(NULL, sw_json_text(node, "at", ""), &record->at))
        return "\"at\" is no instant, e.g. \"2026-11-23T09:05:00Z\"";
    record->backfill = strcmp(sw_json_text(node, "of", ""), "backfill") == 0;
    record->unchanged = sw_json_bool(node, "unchanged", false);
    record->fault = fault != NULL ? sw_arena_strdup(reader->arena, fault) : NULL;
    const char *wrong = read_pages(reader, sw_json_get(node, "pages"), record);
    if (wrong == NULL && fault == NULL && !record->unchanged && record->page_count == 0)
        wrong = "it has neither a body nor a fault, and is not \"unchanged\"";
    return wrong;
}

static void pass_over(const struct reader *reader, size_t line, const char *why)
{
    sw_log(SW_LOG_WARNING, "recording", "%s/%s:%zu is passed over: %s", reader->source, SW_RECORDING_INDEX, line, why);
}

static void read_line(struct reader *reader, const char *text, size_t length, size_t line)
{
    struct sw_diags diags;
    struct sw_recorded record = {.at = 0};
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(text, length, SW_JSON_STRICT, SW_RECORDING_INDEX, &diags);
    const char *wrong = json != NULL ? read_record(reader, json->root, &record) : diags.items[0].text;
    if (wrong != NULL) {
        pass_over(reader, line, wrong);
    } else {
        reader->records = sw_grow(reader->records, &reader->capacity, reader->count + 1, sizeof *reader->records);
        reader->records[reader->count++] = record;
    }
    sw_json_destroy(json);
    sw_diags_finish(&diags);
}

static void read_lines(struct reader *reader, const char *text, size_t length)
{
    const char *end = text + length;
    for (size_t line = 1; text < end; line++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t size = (size_t)((stop != NULL ? stop : end) - text);
        if (stop == NULL)
            pass_over(reader, line, "it is not whole");
        else if (strspn(text, " \t\r") < size)
            read_line(reader, text, size, line);
        text = stop != NULL ? stop + 1 : end;
    }
}

/* Those of one instant stay in the order of their lines, which is that of their places in memory so far. */
static int compare(const void *left, const void *right)
{
    const struct sw_recorded *const *a = left, *const *b = right;
    if ((*a)->at != (*b)->at)
        return (*a)->at < (*b)->at ? -1 : 1;
    return *a < *b ? -1 : *a > *b;
}

static void sort(const struct reader *reader, struct sw_recording *recording)
{
    const struct sw_recorded **order = sw_alloc_array(reader->count, sizeof *order);
    for (size_t i = 0; i < reader->count; i++)
        order[i] = &reader->records[i];
    qsort(order, reader->count, sizeof *order, compare);
    recording->records = sw_arena_array(reader->arena, reader->count, sizeof *recording->records);
    recording->count = reader->count;
    for (size_t i = 0; i < reader->count; i++)
        recording->records[i] = *order[i];
    free(order);
}

bool sw_recording_read(struct sw_recording *recording, const struct sw_root *root, const char *source, struct sw_arena *arena)
{
    struct reader reader = {.root = root, .source = source, .arena = arena};
    const char *path = sw_arena_printf(arena, "%s/%s", source, SW_RECORDING_INDEX);
    char *text = NULL;
    size_t length = 0;
    *recording = (struct sw_recording){.count = 0};
    enum sw_file_status status = sw_root_read(root, path, INDEX_BYTES_MAX, &text, &length);
    if (status != SW_FILE_OK) {
        if (status != SW_FILE_MISSING)
            sw_log(SW_LOG_ERROR, "recording", "%s %s", path, sw_file_status_text(status));
        return false;
    }
    read_lines(&reader, text, length);
    sort(&reader, recording);
    free(reader.records);
    free(text);
    return recording->count > 0;
}
