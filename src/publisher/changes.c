/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/changes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define MANY 12 /* more of one kind are counted, not listed */

enum change { SAME, ADDED, CHANGED, REMOVED };

static const char *const words[] = {[ADDED] = "added", [CHANGED] = "changed", [REMOVED] = "removed"};

/* What is said of scenes, or of files: gone through twice, first to count. */
struct account {
    const char *one, *many; /* before the name of each; behind the number of many */
    size_t counts[SW_COUNT(words)];
    bool counted;
};

static void take(struct account *account, enum change change, const char *name, size_t length)
{
    if (!account->counted)
        account->counts[change]++;
    else if (account->counts[change] <= MANY)
        (void)printf("  %-8s %s%.*s\n", words[change], account->one, (int)length, name);
}

static void print_many(const struct account *account)
{
    for (size_t i = ADDED; i < SW_COUNT(words); i++)
        if (account->counts[i] > MANY)
            (void)printf("  %-8s %zu %s\n", words[i], account->counts[i], account->many);
}

/* Two sorted lists side by side: the next path, and what became of it. */
struct walk {
    const struct sw_contents *before, *now;
    size_t old, new;
};

static bool next(struct walk *walk, const char **path, enum change *change)
{
    const struct sw_file_entry *old = walk->before != NULL && walk->old < walk->before->count ? &walk->before->files[walk->old] : NULL;
    const struct sw_file_entry *new = walk->new < walk->now->count ? &walk->now->files[walk->new] : NULL;
    if (old == NULL && new == NULL)
        return false;
    int order = new == NULL ? 1 : old == NULL ? -1 : strcmp(new->path, old->path);
    *path = order <= 0 ? new->path : old->path;
    *change = order < 0 ? ADDED : order > 0 ? REMOVED : sw_digest_equal(&new->object.digest, &old->object.digest) ? SAME : CHANGED;
    walk->new += order <= 0;
    walk->old += order >= 0;
    return true;
}

/* The scene that a file is of: scenes/ID.json, or all that lies in scenes/ID/ where that has a scene.json. Its length; 0: of none. */
static size_t scene_of(const struct sw_contents *contents, const char *path, const char **id)
{
    static const char *const others[] = {"exhibition", "theme", "sources"};
    char file[SW_PATH_MAX + 32];
    if (contents == NULL || strncmp(path, "scenes/", 7) != 0)
        return 0;
    *id = path + 7;
    size_t length = strcspn(*id, "/");
    if ((*id)[length] == '/') {
        (void)snprintf(file, sizeof file, "scenes/%.*s/scene.json", (int)length, *id);
        return sw_contents_find(contents, file) != NULL ? length : 0;
    }
    if (length <= 5 || strcmp(*id + length - 5, ".json") != 0)
        return 0;
    length -= 5;
    for (size_t i = 0; i < SW_COUNT(others); i++)
        if (strlen(others[i]) == length && memcmp(*id, others[i], length) == 0)
            return 0;
    return length;
}

static bool has_scene(const struct sw_contents *contents, const char *id, size_t length)
{
    char file[SW_PATH_MAX + 32];
    (void)snprintf(file, sizeof file, "scenes/%.*s.json", (int)length, id);
    if (contents == NULL || sw_contents_find(contents, file) != NULL)
        return contents != NULL;
    (void)snprintf(file, sizeof file, "scenes/%.*s/scene.json", (int)length, id);
    return sw_contents_find(contents, file) != NULL;
}

/* The files of one scene follow each other, but that of scenes/ID.json may stand apart from scenes/ID/: no scene has both. */
static void take_scenes(struct account *account, const struct sw_contents *before, const struct sw_contents *now)
{
    struct walk walk = {before, now, 0, 0};
    const char *path, *id = NULL, *last = "";
    size_t last_length = 0;
    enum change change;
    while (next(&walk, &path, &change)) {
        size_t length = change == SAME ? 0 : scene_of(now, path, &id);
        if (length == 0 && change != SAME)
            length = scene_of(before, path, &id);
        if (length == 0 || (length == last_length && memcmp(id, last, length) == 0))
            continue;
        bool was = has_scene(before, id, length), is = has_scene(now, id, length);
        take(account, was && is ? CHANGED : is ? ADDED : REMOVED, id, length);
        last = id;
        last_length = length;
    }
}

static void take_files(struct account *account, const struct sw_contents *before, const struct sw_contents *now)
{
    struct walk walk = {before, now, 0, 0};
    const char *path;
    enum change change;
    while (next(&walk, &path, &change))
        if (change != SAME)
            take(account, change, path, strlen(path));
}

static int by_digest(const void *left, const void *right)
{
    const struct sw_object *const *a = left, *const *b = right;
    return memcmp((*a)->digest.bytes, (*b)->digest.bytes, sizeof (*a)->digest.bytes);
}

static const struct sw_object **objects_of(const struct sw_contents *contents, size_t *count)
{
    *count = contents != NULL ? contents->count : 0;
    const struct sw_object **objects = sw_alloc_array(*count + 1, sizeof *objects);
    for (size_t i = 0; i < *count; i++)
        objects[i] = &contents->files[i].object;
    if (*count > 1)
        qsort(objects, *count, sizeof *objects, by_digest);
    return objects;
}

static uint64_t bytes_to_fetch(const struct sw_contents *before, const struct sw_contents *now)
{
    size_t had, wanted;
    uint64_t bytes = 0;
    const struct sw_object **old = objects_of(before, &had), **new = objects_of(now, &wanted);
    for (size_t i = 0; i < wanted; i++)
        if ((i == 0 || by_digest(&new[i], &new[i - 1]) != 0) &&
            (had == 0 || bsearch(&new[i], old, had, sizeof *old, by_digest) == NULL))
            bytes += new[i]->bytes;
    free(old);
    free(new);
    return bytes;
}

void sw_changes_print(const struct sw_contents *before, const struct sw_contents *now, uint64_t list_bytes)
{
    struct account scenes = {.one = "scene ", .many = "scenes"}, files = {.one = "", .many = "files"};
    for (int pass = 0; pass < 2; pass++) {
        take_scenes(&scenes, before, now);
        if (scenes.counted)
            print_many(&scenes);
        take_files(&files, before, now);
        if (files.counted)
            print_many(&files);
        scenes.counted = files.counted = true;
    }
    (void)printf("  %" PRIu64 " bytes to fetch\n", bytes_to_fetch(before, now) + list_bytes);
}
