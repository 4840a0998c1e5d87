/* SPDX-License-Identifier: EUPL-1.2 */
/* Which pictures, clips and subtitles nothing names. Any text of any file may name one, also with a value in it ("media/{icon}.svg") or as
 * a 'text' of an expression. For `check`, while the documents are there. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "exhibition/load.h"

#define DEPTH_MAX 16
#define DOCUMENTATION "media/readme/" /* pictures of a README.md, which no scene shows */

struct names {
    struct sw_arena *arena;
    const char **items; /* sorted before they are looked into */
    size_t count, capacity;
    struct pattern {
        const char *before, *behind;
        size_t before_length, behind_length;
    } *patterns;
    size_t pattern_count, pattern_capacity;
};

static void add_name(struct names *names, const char *text)
{
    names->items = sw_grow(names->items, &names->capacity, names->count + 1, sizeof *names->items);
    names->items[names->count++] = text;
}

static void add_pattern(struct names *names, const char *before, const char *behind)
{
    struct pattern pattern = {before, behind, strlen(before), strlen(behind)};
    if (pattern.before_length + pattern.behind_length == 0)
        return;
    names->patterns = sw_grow(names->patterns, &names->pattern_capacity, names->pattern_count + 1, sizeof *names->patterns);
    names->patterns[names->pattern_count++] = pattern;
}

/* 'media/a.svg' in an expression; 'media/' + name is what begins so. */
static void add_quoted(struct names *names, const char *text)
{
    for (const char *from = strchr(text, '\''); from != NULL;) {
        const char *to = strchr(from + 1, '\'');
        if (to == NULL)
            return;
        char *name = sw_arena_strndup(names->arena, from + 1, (size_t)(to - from - 1));
        add_name(names, name);
        if (to > from + 1 && to[-1] == '/')
            add_pattern(names, name, "");
        from = strchr(to + 1, '\'');
    }
}

static void add_text(struct names *names, const char *text, const char *folder)
{
    const char *open = strchr(text, '{'), *close = strrchr(text, '}');
    if (strncmp(text, "./", 2) == 0) {
        text = sw_arena_printf(names->arena, "%s%s", folder, text + 2);
        open = strchr(text, '{');
        close = strrchr(text, '}');
    }
    add_quoted(names, text);
    if (open == NULL || close == NULL || close < open)
        add_name(names, text);
    else
        add_pattern(names, sw_arena_strndup(names->arena, text, (size_t)(open - text)), close + 1);
}

static void add_node(struct names *names, const cJSON *node, const char *folder)
{
    const cJSON *item = NULL;
    if (cJSON_IsString(node))
        add_text(names, node->valuestring, folder);
    else
        cJSON_ArrayForEach (item, node)
            add_node(names, item, folder);
}

static int by_text(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

static struct names gather(struct sw_loader *loader, struct sw_arena *arena)
{
    struct names names = {.arena = arena};
    for (size_t i = 0; i < loader->document_count; i++)
        if (loader->documents[i].json != NULL)
            add_node(&names, loader->documents[i].json->root, loader->documents[i].folder);
    if (names.count > 1)
        qsort(names.items, names.count, sizeof *names.items, by_text);
    return names;
}

/* Whether some name is `text`, or begins with it and a dot (`stem`). */
static bool has(const struct names *names, const char *text, bool stem)
{
    size_t low = 0, high = names->count, length = strlen(text);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(names->items[middle], text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < names->count && strncmp(names->items[low], text, length) == 0; low++)
        if (names->items[low][length] == (stem ? '.' : '\0'))
            return true;
    return false;
}

static bool fits_pattern(const struct names *names, const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; i < names->pattern_count; i++) {
        const struct pattern *pattern = &names->patterns[i];
        if (length >= pattern->before_length + pattern->behind_length &&
            strncmp(path, pattern->before, pattern->before_length) == 0 &&
            strcmp(path + length - pattern->behind_length, pattern->behind) == 0)
            return true;
    }
    return false;
}

/* "media/clip.de.vtt" is of whatever is called "media/clip.": its clip. */
static bool belongs_to_clip(const struct names *names, const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strchr(slash != NULL ? slash : path, '.');
    return dot != NULL && has(names, sw_arena_strndup(names->arena, path, (size_t)(dot - path)), true);
}

/* Then what lies beside it and is of no clip has been said. */
static bool has_clip_beside(const struct sw_loader *loader, const char *path)
{
    size_t folder = (size_t)(strrchr(path, '/') - path) + 1;
    for (size_t i = 0; i < loader->film_count; i++) {
        const char *clip = loader->films[i].medium.path;
        if (strncmp(clip, path, folder) == 0 && strchr(clip + folder, '/') == NULL)
            return true;
    }
    return false;
}

static void judge_file(struct sw_loader *loader, const struct names *names, const char *path)
{
    bool shown = sw_load_is_clip_name(path) || sw_load_is_picture_name(path) || sw_load_is_subtitles_name(path);
    if (!shown || strncmp(path, DOCUMENTATION, strlen(DOCUMENTATION)) == 0 || has(names, path, false) || fits_pattern(names, path) ||
        (sw_load_is_subtitles_name(path) && (belongs_to_clip(names, path) || has_clip_beside(loader, path))))
        return;
    sw_diags_add(loader->diags, SW_WARNING, path, 0, 0, NULL,
                 "nothing shows this file, and every wall would fetch it; name it in a scene, or remove it");
}

static void judge_folder(struct sw_loader *loader, const struct names *names, const char *folder, int depth)
{
    const char **list = NULL;
    size_t count = 0;
    if (depth > DEPTH_MAX || sw_root_list(loader->exhibition->root, folder, names->arena, &list, &count) != SW_FILE_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(list[i]);
        bool is_folder = list[i][length - 1] == '/';
        char *path = sw_arena_printf(names->arena, "%s/%.*s", folder, (int)(length - is_folder), list[i]);
        if (is_folder)
            judge_folder(loader, names, path, depth + 1);
        else
            judge_file(loader, names, path);
    }
}

void sw_load_unused(struct sw_loader *loader)
{
    struct sw_arena arena = {.blocks = NULL};
    for (size_t i = 0; i < loader->document_count; i++)
        if (loader->documents[i].json == NULL) /* nobody knows what it names */
            return;
    struct names names = gather(loader, &arena);
    judge_folder(loader, &names, "media", 0);
    judge_folder(loader, &names, "scenes", 0);
    free(names.items);
    free(names.patterns);
    sw_arena_finish(&arena);
}
