/* SPDX-License-Identifier: EUPL-1.2 */
/* Operators' playlists, signed by a key that may: what is taken as a document goes as a wall would have it over the playlists of a release
 * (tests/bad/base) and through the loader. Every fault lies in the playlists, or in what named one of them; what has none is there, and can
 * be played at any time. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "elements/catalogue.h"
#include "exhibition/exhibition.h"
#include "exhibition/timeline.h"
#include "fuzz.h"
#include "json/write.h"
#include "store/manifest.h"

#define BASE SW_SOURCE_DIR "/tests/bad/base"
#define FILES_MAX 64
#define OVERLAYS_MAX 16 /* more playlists than these are passed over */
#define FROM (1795000000 * SW_SECOND)
#define TURNS 50

/* ---- the release ---- */

static struct {
    struct sw_arena arena; /* of the paths */
    struct sw_root_file files[FILES_MAX + OVERLAYS_MAX];
    size_t count; /* of the release */
    struct sw_secret_key secret;
    struct sw_keyring keyring;
} site;

static void list_folder(const struct sw_root *root, const char *folder)
{
    const char **names;
    size_t count;
    enum sw_file_status status = sw_root_list(root, folder, &site.arena, &names, &count);
    assert(status == SW_FILE_OK);
    for (size_t i = 0; i < count; i++) {
        char path[512];
        int length = snprintf(path, sizeof path, "%s%s%s", folder, folder[0] != '\0' ? "/" : "", names[i]);
        assert(length > 0 && length < (int)sizeof path);
        if (path[length - 1] == '/') {
            path[length - 1] = '\0';
            list_folder(root, path);
        } else {
            assert(site.count < FILES_MAX);
            const char *kept = sw_arena_strdup(&site.arena, path);
            site.files[site.count++] = (struct sw_root_file){.path = kept, .target = kept};
        }
    }
}

static void make_site(void)
{
    enum sw_file_status status;
    struct sw_public_key public;
    bool started = sw_crypto_start();
    struct sw_root *root = sw_root_create(BASE, &status);
    assert(started && root != NULL);
    list_folder(root, "");
    sw_root_destroy(root);
    sw_key_make(&site.secret, &public);
    site.keyring = (struct sw_keyring){.version = 1, .epoch = 1, .expires = SW_NEVER, .threshold = 1};
    site.keyring.keys[SW_KEY_OPERATING][0] = (struct sw_keyring_key){.key = public, .until = SW_NEVER};
    site.keyring.key_counts[SW_KEY_OPERATING] = 1;
}

/* ---- what a wall makes of them ---- */

static bool is_playlist_file(const char *file) { return strncmp(file, "scenes/playlists/", 17) == 0; }

static void play(const struct sw_exhibition *exhibition, const struct sw_playlist *playlist)
{
    sw_instant at = FROM;
    for (int i = 0; i < TURNS; i++) {
        struct sw_wanted wanted = sw_timeline(playlist, exhibition->zone, NULL, at);
        assert(wanted.since <= at && wanted.until > at);
        assert(wanted.scene == NULL || sw_exhibition_scene(exhibition, wanted.scene) != NULL);
        at = wanted.until;
    }
}

static void check_loaded(const struct sw_exhibition *exhibition, const struct sw_diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct sw_diag *diag = &diags->items[i];
        bool named = strncmp(diag->file, "scenes/walls/", 13) == 0; /* a wall whose playlist is no more */
        assert((is_playlist_file(diag->file) || named) && diag->text[0] != '\0');
        assert(diag->severity == SW_WARNING || (diag->line >= 1 && diag->column >= 1));
    }
    assert(exhibition->scene_count == 3);
    for (size_t i = 0; i < exhibition->playlist_count; i++)
        play(exhibition, exhibition->playlists[i]);
}

static bool has_fault(const struct sw_diags *diags, const char *file)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diags->items[i].severity == SW_ERROR && strcmp(diags->items[i].file, file) == 0)
            return true;
    return false;
}

static bool has_playlist(const struct sw_exhibition *exhibition, const char *id)
{
    for (size_t i = 0; i < exhibition->playlist_count; i++)
        if (strcmp(exhibition->playlists[i]->id, id) == 0)
            return true;
    return false;
}

static void load(const cJSON *playlists)
{
    const cJSON *playlist = playlists->child;
    struct sw_buffer texts[OVERLAYS_MAX];
    char paths[OVERLAYS_MAX][128];
    size_t count = 0;
    for (; playlist != NULL && count < OVERLAYS_MAX; playlist = playlist->next, count++) {
        (void)snprintf(paths[count], sizeof paths[count], "scenes/playlists/%s.json", playlist->string);
        sw_buffer_init(&texts[count], SW_STATEMENT_MAX * 2);
        sw_json_write(&texts[count], playlist);
        site.files[site.count + count] =
            (struct sw_root_file){.path = paths[count], .bytes = texts[count].bytes, .length = texts[count].length};
    }
    enum sw_file_status status;
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_root *root = sw_root_create_list(BASE, site.files, site.count + count, &status);
    assert(root != NULL);
    struct sw_exhibition *exhibition = sw_exhibition_create_below(root, "release", sw_catalogue(), NULL, &diags);
    assert(exhibition != NULL);
    check_loaded(exhibition, &diags);
    playlist = playlists->child;
    for (size_t i = 0; i < count; i++, playlist = playlist->next) {
        assert(has_playlist(exhibition, playlist->string) || has_fault(&diags, paths[i]));
        sw_buffer_finish(&texts[i]);
    }
    sw_exhibition_destroy(exhibition);
    sw_diags_finish(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    if (site.count == 0)
        make_site();
    char *bytes = sw_alloc(length + 1), *signature;
    if (length > 0)
        memcpy(bytes, data, length);
    signature = sw_signature_write(&site.secret, bytes, length, "playlists");
    struct sw_signed document = {"p", bytes, length, (const char *const *)&signature, 1};
    struct sw_trust trust = {.keyring = &site.keyring, .wall = "foyer", .now = FROM};
    struct sw_playlists playlists;
    struct sw_diags diags;
    sw_diags_init(&diags);
    enum sw_verdict verdict = sw_playlists_judge(&document, &trust, &playlists, &diags);
    assert((verdict == SW_VERDICT_REFUSED) == (diags.errors > 0) && verdict != SW_VERDICT_SAME);
    if (verdict == SW_VERDICT_NEW) {
        assert(playlists.statement.version >= 1 && playlists.statement.epoch == 1 && cJSON_IsObject(playlists.playlists));
        load(playlists.playlists);
        sw_playlists_finish(&playlists);
    }
    sw_diags_finish(&diags);
    free(signature);
    free(bytes);
    return 0;
}
