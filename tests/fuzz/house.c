/* SPDX-License-Identifier: EUPL-1.2 */
#include "house.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "elements/catalogue.h"
#include "exhibition/timeline.h"
#include "json/json.h"

#define BASE SW_SOURCE_DIR "/tests/bad/base"
#define FILES_MAX 64
#define FROM (1795000000 * SW_SECOND)
#define TURNS 50

static struct {
    struct sw_arena arena; /* of the paths */
    struct sw_root_file files[FILES_MAX + HOUSE_OVERLAYS_MAX];
    size_t count; /* of the base */
} house;

static void list_folder(const struct sw_root *root, const char *folder)
{
    const char **names;
    size_t count;
    enum sw_file_status status = sw_root_list(root, folder, &house.arena, &names, &count);
    assert(status == SW_FILE_OK);
    for (size_t i = 0; i < count; i++) {
        char path[512];
        int length = snprintf(path, sizeof path, "%s%s%s", folder, folder[0] != '\0' ? "/" : "", names[i]);
        assert(length > 0 && length < (int)sizeof path);
        if (path[length - 1] == '/') {
            path[length - 1] = '\0';
            list_folder(root, path);
        } else {
            assert(house.count < FILES_MAX);
            const char *kept = sw_arena_strdup(&house.arena, path);
            house.files[house.count++] = (struct sw_root_file){.path = kept, .target = kept};
        }
    }
}

static void list_base(void)
{
    enum sw_file_status status;
    struct sw_root *root = sw_root_create(BASE, &status);
    assert(root != NULL);
    list_folder(root, "");
    sw_root_destroy(root);
}

struct sw_root *house_root(const struct sw_root_file *overlays, size_t count)
{
    if (house.count == 0)
        list_base();
    assert(count <= HOUSE_OVERLAYS_MAX);
    for (size_t i = 0; i < count; i++)
        house.files[house.count + i] = overlays[i];
    enum sw_file_status status;
    struct sw_root *root = sw_root_create_list(BASE, house.files, house.count + count, &status);
    assert(root != NULL);
    return root;
}

struct sw_exhibition *house_load(const char *path, const uint8_t *bytes, size_t length, struct sw_diags *diags)
{
    struct sw_root_file overlay = {.path = path, .bytes = length > 0 ? (const char *)bytes : "", .length = length};
    return sw_exhibition_create_below(house_root(&overlay, 1), "house", sw_catalogue(), NULL, diags);
}

static int lines_of(const uint8_t *bytes, size_t length)
{
    int lines = 1;
    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    return lines;
}

void house_check_faults(const struct sw_diags *diags, const char *path, const uint8_t *bytes, size_t length)
{
    int lines = lines_of(bytes, length);
    for (size_t i = 0; i < diags->count; i++) {
        const struct sw_diag *diag = &diags->items[i];
        assert(diag->file[0] != '\0' && diag->text[0] != '\0');
        if (strcmp(diag->file, path) == 0 && diag->severity == SW_ERROR && length <= SW_JSON_BYTES_MAX)
            assert(diag->line >= 1 && diag->line <= lines && diag->column >= 1);
    }
}

void house_check_playlists(const struct sw_exhibition *exhibition)
{
    for (size_t i = 0; i < exhibition->playlist_count; i++) {
        sw_instant at = FROM;
        for (int turn = 0; turn < TURNS; turn++) {
            struct sw_wanted wanted = sw_timeline(exhibition->playlists[i], exhibition->zone, NULL, at);
            assert(wanted.since <= at && wanted.until > at);
            assert(wanted.scene == NULL || sw_exhibition_scene(exhibition, wanted.scene) != NULL);
            at = wanted.until;
        }
    }
}
