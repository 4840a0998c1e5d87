/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/clip_facts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "json/json.h"
#include "json/schema.h"
#include "json/write.h"

static const char *const forms[] = {"clips 1", NULL};
// clang-format off
static const struct sw_row clip_rows[] = {
    {.key = "width", .type = SW_TYPE_INTEGER, .flags = SW_ROW_REQUIRED, .minimum = 1, .maximum = SW_CLIP_SIDE_MAX, .unit = "pixels"},
    {.key = "height", .type = SW_TYPE_INTEGER, .flags = SW_ROW_REQUIRED, .minimum = 1, .maximum = SW_CLIP_SIDE_MAX, .unit = "pixels"},
    {.key = "length", .type = SW_TYPE_INTEGER, .flags = SW_ROW_REQUIRED, .minimum = 0, .maximum = (double)SW_CLIP_LENGTH_MAX,
        .unit = "microseconds"},
    {.key = "sound", .type = SW_TYPE_BOOL, .flags = SW_ROW_REQUIRED},
};
static const struct sw_table clip_table = {"clip", "", clip_rows, SW_COUNT(clip_rows)};
static const struct sw_row clip_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &clip_table};
static const struct sw_row facts_rows[] = {
    {.key = "schauwand", .type = SW_TYPE_ENUM, .words = forms, .flags = SW_ROW_REQUIRED},
    {.key = "clips", .type = SW_TYPE_MAP, .item = &clip_row, .key_type = SW_TYPE_STRING, .flags = SW_ROW_REQUIRED},
};
// clang-format on
static const struct sw_table facts_table = {"list of clips", "", facts_rows, SW_COUNT(facts_rows)};

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct sw_clip_fact *)a)->path, ((const struct sw_clip_fact *)b)->path);
}

static void take(struct sw_clip_facts *facts, const cJSON *clips)
{
    const cJSON *clip = NULL;
    facts->items = sw_alloc_array((size_t)cJSON_GetArraySize(clips) + 1, sizeof *facts->items);
    cJSON_ArrayForEach (clip, clips)
        facts->items[facts->count++] = (struct sw_clip_fact){.path = sw_arena_strdup(&facts->arena, clip->string),
                                                             .width = (int)sw_json_number(clip, "width", 0),
                                                             .height = (int)sw_json_number(clip, "height", 0),
                                                             .length = (int64_t)sw_json_number(clip, "length", 0),
                                                             .sound = sw_json_bool(clip, "sound", false)};
    if (facts->count > 0)
        qsort(facts->items, facts->count, sizeof *facts->items, by_path);
}

bool sw_clip_facts_read(struct sw_clip_facts *facts, const char *bytes, size_t length, const char *name, struct sw_diags *diags)
{
    struct sw_verify verify;
    *facts = (struct sw_clip_facts){.count = 0};
    struct sw_json *json = sw_json_create(bytes, length, SW_JSON_STRICT, name, diags);
    if (json == NULL)
        return false;
    sw_verify_init(&verify, json, diags);
    bool sound = sw_verify_object(&verify, &facts_table, json->root);
    const cJSON *clips = sw_json_get(json->root, "clips");
    if (sound && cJSON_GetArraySize(clips) > SW_CLIP_FACTS_MAX) {
        sw_verify_fault(&verify, clips, "more than %d clips", SW_CLIP_FACTS_MAX);
        sound = false;
    }
    if (sound)
        take(facts, clips);
    sw_json_destroy(json);
    return sound;
}

bool sw_clip_facts_load(struct sw_clip_facts *facts, const struct sw_root *root, struct sw_diags *diags)
{
    char *bytes = NULL;
    size_t length;
    *facts = (struct sw_clip_facts){.count = 0};
    enum sw_file_status status = sw_root_read(root, SW_CLIP_FACTS_FILE, SW_JSON_BYTES_MAX, &bytes, &length);
    if (status == SW_FILE_MISSING)
        return true;
    if (status != SW_FILE_OK) {
        sw_diags_add(diags, SW_ERROR, SW_CLIP_FACTS_FILE, 0, 0, NULL, "%s", sw_file_status_text(status));
        return false;
    }
    bool read = sw_clip_facts_read(facts, bytes, length, SW_CLIP_FACTS_FILE, diags);
    free(bytes);
    return read;
}

void sw_clip_facts_finish(struct sw_clip_facts *facts)
{
    free(facts->items);
    sw_arena_finish(&facts->arena);
    *facts = (struct sw_clip_facts){.count = 0};
}

char *sw_clip_facts_write(const struct sw_clip_fact *items, size_t count, size_t *length)
{
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, SW_JSON_BYTES_MAX);
    sw_buffer_add_text(&buffer, "{\"schauwand\": \"clips 1\", \"clips\": {\n");
    for (size_t i = 0; i < count; i++) {
        sw_json_write_text(&buffer, items[i].path);
        sw_buffer_printf(&buffer, ": {\"width\": %d, \"height\": %d, \"length\": %" PRId64 ", \"sound\": %s}%s\n", items[i].width,
                         items[i].height, items[i].length, items[i].sound ? "true" : "false", i + 1 < count ? "," : "");
    }
    sw_buffer_add_text(&buffer, "}}\n");
    if (buffer.full)
        sw_buffer_finish(&buffer);
    *length = buffer.length;
    return buffer.bytes;
}

const struct sw_clip_fact *sw_clip_facts_find(const struct sw_clip_facts *facts, const char *path)
{
    struct sw_clip_fact wanted = {.path = path};
    return facts->count > 0 ? bsearch(&wanted, facts->items, facts->count, sizeof wanted, by_path) : NULL;
}
