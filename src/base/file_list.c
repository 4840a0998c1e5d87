/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct sw_file_list {
    struct sw_arena arena;
    struct sw_root_file *files; /* of the arena; by path, each once */
    size_t count;
};

struct ranked_file {
    struct sw_root_file file;
    size_t rank; /* where it stood in the caller's list */
};

bool sw_file_stays_below(const char *path)
{
    if (path[0] == '/') {
        return false;
    }
    while (*path != '\0') {
        size_t length = strcspn(path, "/");
        if (length == 2 && path[0] == '.' && path[1] == '.') {
            return false;
        }
        path += length;
        path += strspn(path, "/");
    }
    return true;
}

/* The path without empty names and "."; a folder's keeps its last "/" where `folder`, but "" is the root itself. */
static char *plain_path(struct sw_arena *arena, const char *path, bool folder)
{
    char *plain = sw_arena_alloc(arena, strlen(path) + 2);
    size_t length = 0;
    while (*path != '\0') {
        size_t name = strcspn(path, "/");
        if (name > 0 && !(name == 1 && path[0] == '.')) {
            memcpy(plain + length, path, name);
            length += name;
            plain[length++] = '/';
        }
        path += name;
        path += strspn(path, "/");
    }
    if (length > 0 && !folder) {
        length--;
    }
    plain[length] = '\0';
    return plain;
}

static int compare_files(const void *left, const void *right)
{
    const struct ranked_file *one = left, *other = right;
    int order = strcmp(one->file.path, other->file.path);
    return order != 0 ? order : (one->rank > other->rank) - (one->rank < other->rank);
}

static bool copy_file(struct sw_arena *arena, const struct sw_root_file *file, struct sw_root_file *copy)
{
    copy->path = plain_path(arena, file->path, false);
    if (!sw_file_stays_below(file->path) || copy->path[0] == '\0') {
        return false;
    }
    if (file->bytes != NULL) {
        char *bytes = sw_arena_alloc(arena, file->length);
        memcpy(bytes, file->bytes, file->length);
        copy->bytes = bytes;
        copy->length = file->length;
        return true;
    }
    copy->target = sw_arena_strdup(arena, file->target);
    return copy->target[0] != '\0' && sw_file_stays_below(copy->target);
}

struct sw_file_list *sw_file_list_create(const struct sw_root_file *files, size_t count)
{
    struct sw_file_list *list = sw_alloc(sizeof *list);
    struct ranked_file *ranked = sw_alloc_array(count, sizeof *ranked);
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        good = copy_file(&list->arena, &files[i], &ranked[i].file);
        ranked[i].rank = i;
    }
    if (good && count > 0) {
        qsort(ranked, count, sizeof *ranked, compare_files);
    }
    list->files = sw_arena_array(&list->arena, count, sizeof *list->files);
    for (size_t i = 0; i < count && good; i++) {
        bool put_over = i + 1 < count && strcmp(ranked[i].file.path, ranked[i + 1].file.path) == 0;
        if (!put_over) {
            list->files[list->count++] = ranked[i].file;
        }
    }
    free(ranked);
    if (!good) {
        sw_file_list_destroy(list);
        return NULL;
    }
    return list;
}

void sw_file_list_destroy(struct sw_file_list *list)
{
    if (list != NULL) {
        sw_arena_finish(&list->arena);
        free(list);
    }
}

/* The first file whose path is not below `path` by its first `length` bytes, or above it where `after`. */
static size_t bound(const struct sw_file_list *list, const char *path, size_t length, bool after)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(list->files[middle].path, path, length);
        if (order < 0 || (after && order == 0)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_folder(const struct sw_file_list *list, const char *folder)
{
    size_t at = bound(list, folder, strlen(folder), false);
    return folder[0] == '\0' || (at < list->count && strncmp(list->files[at].path, folder, strlen(folder)) == 0);
}

enum sw_file_status sw_file_list_find(const struct sw_file_list *list, const char *path, const struct sw_root_file **file)
{
    if (path[0] == '\0') {
        return SW_FILE_MISSING;
    }
    if (!sw_file_stays_below(path)) {
        return SW_FILE_OUTSIDE;
    }
    if (path[strlen(path) - 1] == '/') {
        return SW_FILE_NOT_PLAIN;
    }
    struct sw_arena scratch = {0};
    enum sw_file_status status = SW_FILE_MISSING;
    const char *plain = plain_path(&scratch, path, false);
    size_t at = bound(list, plain, strlen(plain) + 1, false); /* with its NUL: the whole path */
    if (at < list->count && strcmp(list->files[at].path, plain) == 0) {
        *file = &list->files[at];
        status = SW_FILE_OK;
    } else if (is_folder(list, plain_path(&scratch, path, true))) {
        status = SW_FILE_NOT_PLAIN;
    }
    sw_arena_finish(&scratch);
    return status;
}

enum sw_file_status sw_file_list_names(const struct sw_file_list *list, const char *path, struct sw_arena *arena, const char ***names,
                                       size_t *count)
{
    if (!sw_file_stays_below(path)) {
        return SW_FILE_OUTSIDE;
    }
    struct sw_arena scratch = {0};
    const char *folder = plain_path(&scratch, path, true), **found = NULL;
    size_t start = strlen(folder), capacity = 0, used = 0;
    bool there = is_folder(list, folder), fits = true;
    size_t at = bound(list, folder, start, false), end = bound(list, folder, start, true);
    while (at < end && fits) {
        const char *name = list->files[at].path + start;
        size_t length = strcspn(name, "/");
        bool deeper = name[length] == '/';
        fits = name[0] == '.' || used < SW_FOLDER_MAX;
        if (name[0] != '.' && fits) {
            found = sw_grow(found, &capacity, used + 1, sizeof *found);
            found[used++] = sw_arena_strndup(arena, name, length + (deeper ? 1 : 0));
        }
        at = deeper ? bound(list, list->files[at].path, start + length + 1, true) : at + 1;
    }
    sw_arena_finish(&scratch);
    if (fits) {
        *names = sw_arena_array(arena, used, sizeof **names);
        *count = used;
    }
    if (fits && used > 0) {
        memcpy(*names, found, used * sizeof **names);
    }
    free(found);
    if (!fits) {
        return SW_FILE_TOO_LARGE;
    }
    return there ? SW_FILE_OK : SW_FILE_MISSING;
}
