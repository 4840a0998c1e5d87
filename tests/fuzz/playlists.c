/* SPDX-License-Identifier: EUPL-1.2 */
/* Operators' playlists, signed by a key that may: what is taken as a document goes as a wall would have it over the playlists of a release
 * (house.h) and through the loader. Every fault lies in the playlists, or in what named one of them; what has none is there, and can
 * be played at any time. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "elements/catalogue.h"
#include "fuzz.h"
#include "house.h"
#include "json/write.h"
#include "store/manifest.h"

#define FROM (1795000000 * SW_SECOND)

/* ---- who signs ---- */

static struct {
    bool made;
    struct sw_secret_key secret;
    struct sw_keyring keyring;
} site;

static void make_site(void)
{
    struct sw_public_key public;
    bool started = sw_crypto_start();
    assert(started);
    sw_key_make(&site.secret, &public);
    site.keyring = (struct sw_keyring){.version = 1, .epoch = 1, .expires = SW_NEVER, .threshold = 1};
    site.keyring.keys[SW_KEY_OPERATING][0] = (struct sw_keyring_key){.key = public, .until = SW_NEVER};
    site.keyring.key_counts[SW_KEY_OPERATING] = 1;
    site.made = true;
}

/* ---- what a wall makes of them ---- */

static bool is_playlist_file(const char *file) { return strncmp(file, "scenes/playlists/", 17) == 0; }

static void check_loaded(const struct sw_exhibition *exhibition, const struct sw_diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct sw_diag *diag = &diags->items[i];
        bool named = strncmp(diag->file, "scenes/walls/", 13) == 0; /* a wall whose playlist is no more */
        assert((is_playlist_file(diag->file) || named) && diag->text[0] != '\0');
        assert(diag->severity == SW_WARNING || (diag->line >= 1 && diag->column >= 1));
    }
    assert(exhibition->scene_count == 3);
    house_check_playlists(exhibition);
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
    struct sw_buffer texts[HOUSE_OVERLAYS_MAX];
    struct sw_root_file files[HOUSE_OVERLAYS_MAX];
    char paths[HOUSE_OVERLAYS_MAX][128];
    size_t count = 0;
    for (; playlist != NULL && count < HOUSE_OVERLAYS_MAX; playlist = playlist->next, count++) {
        (void)snprintf(paths[count], sizeof paths[count], "scenes/playlists/%s.json", playlist->string);
        sw_buffer_init(&texts[count], SW_STATEMENT_MAX * 2);
        sw_json_write(&texts[count], playlist);
        files[count] = (struct sw_root_file){.path = paths[count], .bytes = texts[count].bytes, .length = texts[count].length};
    }
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_exhibition *exhibition = sw_exhibition_create_below(house_root(files, count), "release", sw_catalogue(), NULL, &diags);
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
    if (!site.made)
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
