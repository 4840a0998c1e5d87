/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/collect.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/place.h"

/* Digests, each once when sorted. */
struct keep {
    struct sw_object *items;
    size_t count, capacity;
};

static int compare_objects(const void *left, const void *right) { return memcmp(left, right, SW_DIGEST_BYTES); }

static void keep_object(struct keep *keep, const struct sw_object *object)
{
    keep->items = sw_grow(keep->items, &keep->capacity, keep->count + 1, sizeof *keep->items);
    keep->items[keep->count++] = *object;
}

static void keep_contents(struct keep *keep, const struct sw_contents *contents)
{
    for (size_t i = 0; i < contents->count; i++)
        keep_object(keep, &contents->files[i].object);
}

static void keep_wanted(struct keep *keep, const struct sw_wanted *wanted)
{
    keep_object(keep, &wanted->list);
    if (wanted->contents != NULL)
        keep_contents(keep, wanted->contents);
}

/* Sorts, and leaves each one once. */
static void settle(struct keep *keep)
{
    size_t kept = 0;
    if (keep->count > 0)
        qsort(keep->items, keep->count, sizeof *keep->items, compare_objects);
    for (size_t i = 0; i < keep->count; i++)
        if (kept == 0 || compare_objects(&keep->items[kept - 1], &keep->items[i]) != 0)
            keep->items[kept++] = keep->items[i];
    keep->count = kept;
}

static bool is_kept(const struct keep *keep, const struct sw_digest *digest)
{
    return keep->count > 0 && bsearch(digest, keep->items, keep->count, sizeof *keep->items, compare_objects) != NULL;
}

/* ---- what a release needs ---- */

static uint64_t bytes_here(const struct sw_store *store, const struct sw_object *object)
{
    char name[SW_DIGEST_TEXT + 1];
    struct stat info;
    if (fstatat(store->folders[SW_PLACE_PARTIAL], sw_digest_text(&object->digest, name), &info, AT_SYMLINK_NOFOLLOW) != 0 ||
        (uint64_t)info.st_size > object->bytes)
        return 0;
    return (uint64_t)info.st_size;
}

struct sw_missing sw_store_missing(const struct sw_store *store, const struct sw_wanted *wanted, struct sw_object **order)
{
    struct keep all = {0};
    struct sw_missing missing = {0};
    keep_wanted(&all, wanted);
    settle(&all);
    for (size_t i = 0; i < all.count; i++) {
        if (!sw_store_has(store, &all.items[i])) {
            missing.bytes += all.items[i].bytes - bytes_here(store, &all.items[i]);
            all.items[missing.objects++] = all.items[i];
        }
    }
    if (order != NULL)
        *order = all.items;
    else
        free(all.items);
    return missing;
}

/* ---- what is kept ---- */

/* Adds what a sound manifest refers to. */
static enum sw_store_status keep_release(const struct sw_store *store, const struct sw_manifest *manifest, struct keep *keep)
{
    struct sw_diags diags;
    char *text;
    enum sw_store_status status = sw_store_object_read(store, &manifest->contents, SW_CONTENTS_MAX, &text);
    if (status != SW_STORE_OK)
        return status;
    sw_diags_init(&diags);
    struct sw_contents *contents = sw_contents_create(text, (size_t)manifest->contents.bytes, "contents", &diags);
    free(text);
    sw_diags_finish(&diags);
    if (contents == NULL)
        return SW_STORE_WRONG;
    keep_object(keep, &manifest->contents);
    keep_contents(keep, contents);
    sw_contents_destroy(contents);
    return SW_STORE_OK;
}

/* Adds all that a generation refers to. MISSING, WRONG: it is of no use; else: who knows. */
static enum sw_store_status keep_generation(const struct sw_store *store, int64_t number, struct keep *keep)
{
    struct sw_diags diags;
    struct sw_generation generation;
    struct sw_manifest manifest;
    enum sw_store_status status = sw_generation_load(store, number, &generation);
    if (status != SW_STORE_OK)
        return status;
    sw_diags_init(&diags);
    bool read = sw_manifest_read(generation.manifest, generation.manifest_length, "release.json", NULL, &manifest, &diags);
    status = read ? keep_release(store, &manifest, keep) : SW_STORE_WRONG;
    sw_diags_finish(&diags);
    sw_generation_finish(&generation);
    return status;
}

static bool is_useless(enum sw_store_status status) { return status == SW_STORE_MISSING || status == SW_STORE_WRONG; }

/* Keeps or removes one generation. */
static enum sw_store_status collect_generation(struct sw_store *store, int64_t number, bool keeps, struct keep *keep,
                                               struct sw_collected *out)
{
    enum sw_store_status status = keeps ? keep_generation(store, number, keep) : SW_STORE_MISSING;
    if (!is_useless(status))
        return status;
    out->generations += sw_generation_remove(store, number) == SW_STORE_OK;
    return SW_STORE_OK;
}

/* Removes the generations that are not kept and notes what the others need. */
static enum sw_store_status collect_generations(struct sw_store *store, struct keep *keep, struct sw_collected *out)
{
    struct sw_store_state state;
    int64_t *numbers;
    size_t count;
    enum sw_store_status status = sw_store_state_read(store, &state);
    if (status != SW_STORE_OK && status != SW_STORE_MISSING)
        return status;
    if (state.current != 0)
        status = keep_generation(store, state.current, keep);
    if (state.current != 0 && status != SW_STORE_OK)
        return is_useless(status) ? SW_STORE_WRONG : status;
    status = sw_generation_list(store, &numbers, &count);
    if (status != SW_STORE_OK)
        return status;
    for (size_t i = 0; i < count && status == SW_STORE_OK; i++) {
        bool keeps = i == 0 || numbers[i] == state.previous || (sw_store_marks(&state, numbers[i]) & SW_MARK_PINNED) != 0;
        if (numbers[i] != state.current)
            status = collect_generation(store, numbers[i], keeps, keep, out);
    }
    free(numbers);
    return status;
}

static enum sw_store_status collect_objects(int folder, const struct keep *keep, struct sw_collected *out)
{
    char **names;
    size_t count;
    struct stat info;
    enum sw_store_status status = sw_place_list(folder, &names, &count);
    if (status != SW_STORE_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        struct sw_digest digest;
        if (!sw_digest_parse(names[i], &digest) || is_kept(keep, &digest) || fstatat(folder, names[i], &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue; /* not ours, or needed */
        if (S_ISREG(info.st_mode) && unlinkat(folder, names[i], 0) == 0) {
            out->objects++;
            out->bytes += (uint64_t)info.st_size;
        }
    }
    sw_place_list_free(names, count);
    return SW_STORE_OK;
}

enum sw_store_status sw_store_collect(struct sw_store *store, const struct sw_wanted *wanted, struct sw_collected *out)
{
    struct keep keep = {0}, none = {0};
    *out = (struct sw_collected){0};
    enum sw_store_status status = collect_generations(store, &keep, out);
    if (wanted != NULL) {
        keep_wanted(&keep, wanted);
        keep_wanted(&none, wanted);
    }
    settle(&keep);
    settle(&none);
    if (status == SW_STORE_OK)
        status = collect_objects(store->folders[SW_PLACE_OBJECTS], &keep, out);
    if (status == SW_STORE_OK)
        status = collect_objects(store->folders[SW_PLACE_PARTIAL], &none, out);
    free(keep.items);
    free(none.items);
    return status;
}

/* ---- room ---- */

/* Bytes of all that bears the name of an object. */
static uint64_t used_bytes(int folder)
{
    char **names;
    size_t count;
    uint64_t used = 0;
    struct sw_digest digest;
    struct stat info;
    if (sw_place_list(folder, &names, &count) != SW_STORE_OK)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (sw_digest_parse(names[i], &digest) && fstatat(folder, names[i], &info, AT_SYMLINK_NOFOLLOW) == 0)
            used += (uint64_t)info.st_size;
    sw_place_list_free(names, count);
    return used;
}

static bool fits(const struct sw_store *store, const struct sw_missing *missing, uint64_t quota)
{
    struct statvfs disk;
    uint64_t wanted = missing->bytes + missing->bytes / 20;
    if (quota > 0 && used_bytes(store->folders[SW_PLACE_OBJECTS]) + used_bytes(store->folders[SW_PLACE_PARTIAL]) + missing->bytes > quota)
        return false;
    if (fstatvfs(store->folders[SW_PLACE_OBJECTS], &disk) != 0)
        return true;                                                      /* then the disk itself will say so */
    bool inodes = disk.f_files == 0 || disk.f_favail >= missing->objects; /* some have no count of them */
    return inodes && (uint64_t)disk.f_bavail * disk.f_frsize >= wanted;
}

enum sw_store_status sw_store_make_room(struct sw_store *store, const struct sw_wanted *wanted, uint64_t quota, struct sw_missing *missing)
{
    struct sw_collected collected;
    *missing = sw_store_missing(store, wanted, NULL);
    if (fits(store, missing, quota))
        return SW_STORE_OK;
    enum sw_store_status status = sw_store_collect(store, wanted, &collected);
    if (status != SW_STORE_OK)
        return status;
    *missing = sw_store_missing(store, wanted, NULL);
    return fits(store, missing, quota) ? SW_STORE_OK : SW_STORE_FULL;
}
