/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "json/json.h"
#include "publisher/fault.h"

#define PIECE ((size_t)64 << 10)

bool sw_tree_copy(int from, int to, struct sw_object *object)
{
    unsigned char *piece = sw_alloc(PIECE);
    struct sw_hashing hashing;
    bool fine = true;
    ssize_t got = 1;
    sw_hashing_init(&hashing);
    object->bytes = 0;
    while (fine && got != 0) {
        got = read(from, piece, PIECE);
        fine = got >= 0 || errno == EINTR;
        if (got > 0) {
            sw_hashing_add(&hashing, piece, (size_t)got);
            object->bytes += (uint64_t)got;
            fine = to < 0 || sw_fd_write_all(to, piece, (size_t)got);
        }
    }
    free(piece);
    sw_hashing_end(&hashing, &object->digest);
    return fine;
}

enum sw_file_status sw_tree_open_file(const struct sw_tree *tree, const char *path, int *fd)
{
    for (size_t i = 0; i < tree->guest_count; i++) {
        if (strcmp(tree->guests[i].path, path) == 0) {
            *fd = open(tree->guests[i].place, O_RDONLY | O_CLOEXEC);
            return *fd >= 0 ? SW_FILE_OK : sw_file_status_of(errno);
        }
    }
    return sw_root_open(tree->root, path, fd);
}

/* What is in a file of the tree. */
static bool look_into(const struct sw_tree *tree, const char *path, struct sw_object *object)
{
    int fd;
    const char *fault = sw_path_fault(path, strlen(path));
    if (fault != NULL)
        return sw_fault_say(path, fault);
    enum sw_file_status status = sw_tree_open_file(tree, path, &fd);
    if (status != SW_FILE_OK)
        return sw_fault_say(path, sw_file_status_text(status));
    bool hashed = sw_tree_copy(fd, -1, object);
    (void)close(fd);
    return hashed || sw_fault_say(path, "cannot be read");
}

static bool add_file(struct sw_tree *tree, const char *path)
{
    struct sw_object object;
    if (!look_into(tree, path, &object))
        return false;
    tree->files = sw_grow(tree->files, &tree->capacity, tree->count + 1, sizeof *tree->files);
    tree->files[tree->count++] = (struct sw_file_entry){path, object};
    return true;
}

/* Whether the scene in `path` says that it is one; what cannot be read is none (check has read it). */
static bool is_draft(const struct sw_tree *tree, const char *path)
{
    char *text;
    size_t length;
    struct sw_diags quiet;
    if (sw_root_read(tree->root, path, SW_JSON_BYTES_MAX, &text, &length) != SW_FILE_OK)
        return false;
    sw_diags_init(&quiet);
    struct sw_json *json = sw_json_create(text, length, SW_JSON_CURATOR, path, &quiet);
    bool draft = json != NULL && sw_json_bool(json->root, "draft", false);
    sw_json_destroy(json);
    sw_diags_finish(&quiet);
    free(text);
    return draft;
}

/* Scenes lie in scenes/ itself, or as scene.json in a folder of their own there. */
static bool is_left_out(struct sw_tree *tree, const char *folder, const char *name)
{
    size_t length = strlen(name);
    if (strcmp(folder, "scenes") != 0)
        return false;
    if (name[length - 1] == '/')
        return is_draft(tree, sw_arena_printf(&tree->arena, "scenes/%sscene.json", name));
    return length > 5 && strcmp(name + length - 5, ".json") == 0 && is_draft(tree, sw_arena_printf(&tree->arena, "scenes/%s", name));
}

static bool add_folder(struct sw_tree *tree, const char *folder, int depth)
{
    const char **names;
    size_t count;
    bool fine = true;
    if (depth > SW_PATH_DEPTH_MAX)
        return sw_fault_say(folder, "lies too deep");
    enum sw_file_status status = sw_root_list(tree->root, folder, &tree->arena, &names, &count);
    if (status == SW_FILE_MISSING && depth == 1)
        return true;
    if (status != SW_FILE_OK)
        return sw_fault_say(folder, sw_file_status_text(status));
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(names[i]);
        if (is_left_out(tree, folder, names[i]))
            continue;
        bool is_folder = names[i][length - 1] == '/';
        char *path = sw_arena_printf(&tree->arena, "%s/%.*s", folder, (int)(length - is_folder), names[i]);
        fine = (is_folder ? add_folder(tree, path, depth + 1) : add_file(tree, path)) && fine;
    }
    return fine;
}

static int compare_files(const void *left, const void *right)
{
    return strcmp(((const struct sw_file_entry *)left)->path, ((const struct sw_file_entry *)right)->path);
}

static void find_walls(struct sw_tree *tree)
{
    static const char lead[] = "scenes/walls/";
    tree->walls = sw_arena_array(&tree->arena, tree->count, sizeof *tree->walls);
    for (size_t i = 0; i < tree->count; i++) {
        const char *path = tree->files[i].path;
        if (strncmp(path, lead, strlen(lead)) != 0)
            continue;
        const char *name = path + strlen(lead);
        size_t length = strlen(name);
        if (length > 5 && strchr(name, '/') == NULL && strcmp(name + length - 5, ".json") == 0)
            tree->walls[tree->wall_count++] = sw_arena_strndup(&tree->arena, name, length - 5);
    }
}

bool sw_tree_open(struct sw_tree *tree, const char *folder)
{
    static const char *const folders[] = {"scenes", "media", "fonts"};
    enum sw_file_status status;
    bool fine = true;
    *tree = (struct sw_tree){.root = sw_root_create(folder, &status)};
    if (tree->root == NULL)
        return sw_fault_say(folder, sw_file_status_text(status));
    for (size_t i = 0; i < SW_COUNT(folders); i++)
        fine = add_folder(tree, folders[i], 1) && fine;
    if (tree->count > 0)
        qsort(tree->files, tree->count, sizeof *tree->files, compare_files);
    find_walls(tree);
    return fine;
}

/* Where `path` is among the sorted files, or would be. */
static size_t place_of(const struct sw_tree *tree, const char *path)
{
    size_t low = 0;
    for (size_t high = tree->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(tree->files[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool sw_tree_has(const struct sw_tree *tree, const char *path)
{
    size_t at = place_of(tree, path);
    return at < tree->count && strcmp(tree->files[at].path, path) == 0;
}

bool sw_tree_add_guest(struct sw_tree *tree, const char *path, const char *place)
{
    struct sw_object object;
    size_t at = place_of(tree, path);
    tree->guests = sw_grow(tree->guests, &tree->guest_capacity, tree->guest_count + 1, sizeof *tree->guests);
    tree->guests[tree->guest_count++] = (struct sw_tree_guest){path, place};
    if (!look_into(tree, path, &object))
        return false;
    tree->files = sw_grow(tree->files, &tree->capacity, tree->count + 1, sizeof *tree->files);
    memmove(tree->files + at + 1, tree->files + at, (tree->count - at) * sizeof *tree->files);
    tree->files[at] = (struct sw_file_entry){path, object};
    tree->count++;
    return true;
}

void sw_tree_finish(struct sw_tree *tree)
{
    free(tree->guests);
    sw_root_destroy(tree->root);
    sw_arena_finish(&tree->arena);
    free(tree->files);
}
