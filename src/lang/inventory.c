/* SPDX-License-Identifier: EUPL-1.2 */
#include "lang/inventory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "json/json.h"

#define INVENTORY_MAX ((size_t)1 << 30)

static const char *copy(struct sw_texts *texts, const cJSON *object, const char *key)
{
    const char *text = sw_json_text(object, key, NULL);
    return text != NULL ? sw_arena_strdup(&texts->arena, text) : NULL;
}

static int number(const cJSON *object, const char *key) { return (int)sw_json_number(object, key, 0); }

static void read_head(struct sw_inventory *inventory, const cJSON *head)
{
    struct sw_texts *texts = &inventory->texts;
    const cJSON *list = sw_json_get(head, "languages"), *item = NULL;
    const char **languages = sw_arena_array(&texts->arena, (size_t)cJSON_GetArraySize(list) + 1, sizeof *languages);
    cJSON_ArrayForEach (item, list)
        languages[texts->language_count++] = sw_arena_strdup(&texts->arena, cJSON_IsString(item) ? item->valuestring : "");
    texts->languages = languages;
    inventory->faults = (size_t)sw_json_number(head, "faults", 0);
}

static void read_text(struct sw_texts *texts, const cJSON *line)
{
    struct sw_text text = {.file = copy(texts, line, "file"), .path = copy(texts, line, "path"), .line = number(line, "line"),
                           .column = number(line, "column"), .plain = number(line, "plain") != 0};
    text.versions = sw_arena_array(&texts->arena, texts->language_count, sizeof *text.versions);
    for (size_t i = 0; i < texts->language_count; i++) {
        const cJSON *version = sw_json_get(sw_json_get(line, "in"), texts->languages[i]);
        text.versions[i] = (struct sw_text_version){.text = copy(texts, version, "text"),
                                                    .apart = number(version, "apart") != 0,
                                                    .line = number(version, "line"),
                                                    .column = number(version, "column"),
                                                    .of = copy(texts, version, "of"),
                                                    .by = copy(texts, version, "by"),
                                                    .reviewed = copy(texts, version, "reviewed")};
    }
    texts->items = sw_grow(texts->items, &texts->capacity, texts->count + 1, sizeof *texts->items);
    texts->items[texts->count++] = text;
}

static void read_stray(struct sw_texts *texts, const cJSON *line)
{
    texts->strays = sw_grow(texts->strays, &texts->stray_capacity, texts->stray_count + 1, sizeof *texts->strays);
    texts->strays[texts->stray_count++] = (struct sw_text_stray){.language = copy(texts, line, "stray"),
                                                                 .file = copy(texts, line, "file"),
                                                                 .path = copy(texts, line, "path"),
                                                                 .of = copy(texts, line, "of"),
                                                                 .line = number(line, "line"),
                                                                 .column = number(line, "column")};
}

static bool read_line(struct sw_inventory *inventory, const char *line, size_t length)
{
    struct sw_texts *texts = &inventory->texts;
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(line, length, SW_JSON_STRICT, "", &diags);
    sw_diags_finish(&diags);
    if (json == NULL)
        return false;
    bool first = texts->languages == NULL, stray = sw_json_get(json->root, "stray") != NULL;
    bool good = first || (sw_json_text(json->root, "file", NULL) != NULL && sw_json_text(json->root, "path", NULL) != NULL);
    if (first)
        read_head(inventory, json->root);
    else if (good && stray)
        read_stray(texts, json->root);
    else if (good)
        read_text(texts, json->root);
    sw_json_destroy(json);
    return good;
}

static int compare(const void *a, const void *b)
{
    const struct sw_text *x = *(const struct sw_text *const *)a, *y = *(const struct sw_text *const *)b;
    int order = strcmp(x->file, y->file);
    return order != 0 ? order : strcmp(x->path, y->path);
}

static bool read_lines(struct sw_inventory *inventory, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        const char *end = memchr(bytes + at, '\n', length - at);
        if (end == NULL || !read_line(inventory, bytes + at, (size_t)(end - bytes) - at))
            return false;
        at = (size_t)(end - bytes) + 1;
    }
    return inventory->texts.languages != NULL && inventory->texts.languages[0] != NULL;
}

bool sw_inventory_read(struct sw_inventory *inventory, int fd)
{
    struct sw_texts *texts = &inventory->texts;
    char *bytes = NULL;
    size_t length = 0;
    *inventory = (struct sw_inventory){.faults = 0};
    sw_texts_init(texts);
    bool whole = sw_fd_read_all(fd, INVENTORY_MAX, &bytes, &length) == SW_FILE_OK && read_lines(inventory, bytes, length);
    free(bytes);
    if (!whole) {
        (void)fprintf(stderr, "schauwand lang: the player did not say which texts there are\n");
        sw_inventory_finish(inventory);
        return false;
    }
    inventory->by_path = sw_alloc_array(texts->count + 1, sizeof *inventory->by_path);
    for (size_t i = 0; i < texts->count; i++)
        inventory->by_path[i] = &texts->items[i];
    if (texts->count > 0)
        qsort(inventory->by_path, texts->count, sizeof *inventory->by_path, compare);
    return true;
}

void sw_inventory_finish(struct sw_inventory *inventory)
{
    free(inventory->by_path);
    sw_texts_finish(&inventory->texts);
    *inventory = (struct sw_inventory){.faults = 0};
}

const struct sw_text *sw_inventory_find(const struct sw_inventory *inventory, const char *file, const char *path)
{
    const struct sw_text wanted = {.file = file, .path = path}, *key = &wanted;
    if (inventory->texts.count == 0)
        return NULL;
    const struct sw_text *const *found = bsearch(&key, inventory->by_path, inventory->texts.count, sizeof *inventory->by_path, compare);
    return found != NULL ? *found : NULL;
}

const char *sw_inventory_nearest_file(const struct sw_inventory *inventory, const char *file)
{
    size_t count = 0;
    const char **known = sw_alloc_array(inventory->texts.count + 1, sizeof *known);
    for (size_t i = 0; i < inventory->texts.count; i++)
        if (count == 0 || strcmp(known[count - 1], inventory->by_path[i]->file) != 0)
            known[count++] = inventory->by_path[i]->file;
    const char *nearest = sw_nearest(file, known, count);
    for (size_t i = 0; i < count && nearest == NULL; i++)
        nearest = strcmp(known[i], file) == 0 ? known[i] : NULL;
    free(known);
    return nearest;
}

const char *sw_inventory_nearest_path(const struct sw_inventory *inventory, const char *file, const char *path)
{
    size_t count = 0;
    const char **known = sw_alloc_array(inventory->texts.count + 1, sizeof *known);
    for (size_t i = 0; i < inventory->texts.count; i++)
        if (strcmp(inventory->by_path[i]->file, file) == 0)
            known[count++] = inventory->by_path[i]->path;
    const char *nearest = sw_nearest(path, known, count);
    free(known);
    return nearest;
}

int sw_inventory_language(const struct sw_inventory *inventory, const char *language)
{
    for (size_t i = 0; i < inventory->texts.language_count; i++)
        if (strcmp(inventory->texts.languages[i], language) == 0)
            return (int)i;
    return -1;
}

int sw_inventory_language_like(const struct sw_inventory *inventory, const char *language)
{
    int found = sw_inventory_language(inventory, language);
    size_t length = strcspn(language, "-_");
    for (size_t i = 0; i < inventory->texts.language_count && found < 0; i++)
        if (strlen(inventory->texts.languages[i]) == length && strncmp(inventory->texts.languages[i], language, length) == 0)
            found = (int)i;
    return found;
}
