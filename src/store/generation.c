/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/generation.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/place.h"

#define NUMBER_TEXT 24
#define NEW_NAME ".new"
#define KEYS_TEXT 32

static const char *const file_names[] = {"release.json", "release.minisig", "keys"};

static const char *number_text(int64_t number, char text[NUMBER_TEXT])
{
    (void)snprintf(text, NUMBER_TEXT, "%" PRId64, number);
    return text;
}

/* ---- reading ---- */

enum sw_store_status sw_generation_list(const struct sw_store *store, int64_t **numbers, size_t *count)
{
    return sw_place_numbers(store->folders[SW_PLACE_GENERATIONS], "", "", numbers, count);
}

static int open_generation(const struct sw_store *store, const char *name)
{
    return openat(store->folders[SW_PLACE_GENERATIONS], name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static enum sw_store_status load_keys(int folder, int64_t *keys)
{
    char *text;
    size_t length;
    enum sw_store_status status = sw_place_read(folder, file_names[2], KEYS_TEXT, &text, &length);
    if (status != SW_STORE_OK)
        return status;
    if (length > 0 && text[length - 1] == '\n')
        text[length - 1] = '\0';
    *keys = sw_place_number(text);
    free(text);
    return *keys > 0 ? SW_STORE_OK : SW_STORE_WRONG;
}

enum sw_store_status sw_generation_load(const struct sw_store *store, int64_t number, struct sw_generation *out)
{
    char name[NUMBER_TEXT];
    size_t length;
    struct sw_generation loaded = {.number = number};
    int folder = open_generation(store, number_text(number, name));
    if (folder < 0)
        return sw_store_status_of(errno);
    enum sw_store_status status = sw_place_read(folder, file_names[0], SW_STATEMENT_MAX, &loaded.manifest, &loaded.manifest_length);
    if (status == SW_STORE_OK)
        status = sw_place_read(folder, file_names[1], SW_SIGNATURE_FILE_MAX, &loaded.signature, &length);
    if (status == SW_STORE_OK)
        status = load_keys(folder, &loaded.keys);
    (void)close(folder);
    if (status == SW_STORE_OK)
        *out = loaded;
    else
        sw_generation_finish(&loaded);
    return status;
}

void sw_generation_finish(struct sw_generation *generation)
{
    if (generation != NULL) {
        free(generation->manifest);
        free(generation->signature);
        *generation = (struct sw_generation){0};
    }
}

/* ---- writing ---- */

static enum sw_store_status remove_named(const struct sw_store *store, const char *name)
{
    int parent = store->folders[SW_PLACE_GENERATIONS], folder = open_generation(store, name);
    if (folder >= 0) {
        for (size_t i = 0; i < SW_COUNT(file_names); i++)
            (void)unlinkat(folder, file_names[i], 0);
        (void)close(folder);
    }
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 ? SW_STORE_OK : sw_store_status_of(errno);
}

enum sw_store_status sw_generation_remove(struct sw_store *store, int64_t number)
{
    char name[NUMBER_TEXT];
    return remove_named(store, number_text(number, name));
}

/* Whether generation `number` holds this very manifest and signature. */
static bool holds(const struct sw_store *store, int64_t number, const struct sw_signed *document)
{
    struct sw_generation generation;
    if (sw_generation_load(store, number, &generation) != SW_STORE_OK)
        return false;
    bool same = generation.manifest_length == document->length && memcmp(generation.manifest, document->bytes, document->length) == 0 &&
                strcmp(generation.signature, document->signatures[0]) == 0;
    sw_generation_finish(&generation);
    return same;
}

static enum sw_store_status fill_folder(int folder, const struct sw_signed *document, int64_t keys)
{
    char text[KEYS_TEXT];
    int length = snprintf(text, sizeof text, "%" PRId64 "\n", keys);
    enum sw_store_status status = sw_place_write_new(folder, file_names[2], text, (size_t)length);
    if (status == SW_STORE_OK)
        status = sw_place_write_new(folder, file_names[1], document->signatures[0], strlen(document->signatures[0]));
    if (status == SW_STORE_OK)
        status = sw_place_write_new(folder, file_names[0], document->bytes, document->length);
    if (status == SW_STORE_OK && fsync(folder) != 0)
        status = sw_store_status_of(errno);
    return status;
}

static enum sw_store_status write_generation(struct sw_store *store, const struct sw_signed *document, int64_t keys, int64_t number)
{
    char name[NUMBER_TEXT];
    int parent = store->folders[SW_PLACE_GENERATIONS];
    (void)remove_named(store, NEW_NAME); /* what a crash left */
    if (mkdirat(parent, NEW_NAME, 0755) != 0)
        return sw_store_status_of(errno);
    int folder = open_generation(store, NEW_NAME);
    enum sw_store_status status = folder >= 0 ? fill_folder(folder, document, keys) : sw_store_status_of(errno);
    if (folder >= 0)
        (void)close(folder);
    if (status == SW_STORE_OK && (renameat(parent, NEW_NAME, parent, number_text(number, name)) != 0 || fsync(parent) != 0))
        status = sw_store_status_of(errno);
    if (status != SW_STORE_OK)
        (void)remove_named(store, NEW_NAME);
    return status;
}

static bool all_here(const struct sw_store *store, const struct sw_manifest *manifest, const struct sw_contents *contents)
{
    bool here = sw_store_has(store, &manifest->contents);
    for (size_t i = 0; i < contents->count && here; i++)
        here = sw_store_has(store, &contents->files[i].object);
    return here;
}

enum sw_store_status sw_generation_add(struct sw_store *store, const struct sw_signed *document, int64_t keys,
                                       const struct sw_manifest *manifest, const struct sw_contents *contents, int64_t *number)
{
    int64_t *numbers;
    size_t count;
    if (!all_here(store, manifest, contents))
        return SW_STORE_MISSING;
    if (fsync(store->folders[SW_PLACE_OBJECTS]) != 0)
        return sw_store_status_of(errno);
    enum sw_store_status status = sw_generation_list(store, &numbers, &count);
    if (status != SW_STORE_OK)
        return status;
    int64_t own = count > 0 ? numbers[0] + 1 : 1;
    bool known = false;
    for (size_t i = 0; i < count && !known; i++) {
        known = holds(store, numbers[i], document);
        own = known ? numbers[i] : own;
    }
    free(numbers);
    if (!known)
        status = write_generation(store, document, keys, own);
    if (status == SW_STORE_OK)
        *number = own;
    return status;
}

enum sw_store_status sw_generation_select(struct sw_store *store, int64_t number, const struct sw_statement *statement)
{
    struct sw_store_state state;
    struct sw_generation generation;
    enum sw_store_status status = sw_store_state_read(store, &state); /* one that is damaged is written anew */
    if (status == SW_STORE_FAILED || status == SW_STORE_DENIED)
        return status;
    status = sw_generation_load(store, number, &generation);
    if (status != SW_STORE_OK)
        return status;
    sw_generation_finish(&generation);
    bool proven = (sw_store_marks(&state, state.current) & SW_MARK_GOOD) != 0;
    bool other_proven = (sw_store_marks(&state, state.previous) & SW_MARK_GOOD) != 0;
    if (state.current != number && (proven || !other_proven || state.previous == number))
        state.previous = state.current;
    state.current = number;
    sw_store_state_accept(&state, &state.release, statement);
    return sw_store_state_write(store, &state);
}
