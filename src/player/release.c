/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/release.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "json/write.h"
#include "store/start.h"

#define OVERLAY_MAX ((size_t)1 << 20) /* bytes of one playlist */
#define OVERLAYS_MAX 1024

/* While one is opened. */
struct opening {
    const struct sw_release_wanted *wanted;
    struct sw_store *store;
    struct sw_store_state state;
    struct sw_subscriber host;
    struct sw_start start;
    struct sw_release *release;
    struct sw_diags *diags;
};

/* -- which generation -- */

/* The newest that is whole and not known to be bad, but for one, and for those that have been tried. */
static bool find_other(struct opening *opening, int64_t besides)
{
    int64_t *numbers = NULL;
    size_t count = 0;
    bool found = false;
    if (sw_generation_list(opening->store, &numbers, &count) != SW_STORE_OK)
        return false;
    for (size_t i = 0; i < count && !found; i++)
        found = numbers[i] != besides && (opening->wanted->before == 0 || numbers[i] < opening->wanted->before) &&
                (sw_store_marks(&opening->state, numbers[i]) & SW_MARK_BAD) == 0 &&
                sw_start_try(opening->store, &opening->host, numbers[i], &opening->start, opening->diags) == SW_STORE_OK;
    free(numbers);
    return found;
}

/* What has been on the wall is not followed by something older: who keeps that may have been away when it came. */
static int64_t current_of(const struct opening *opening)
{
    int64_t played = opening->wanted->played, current = opening->state.current;
    return played > current && (sw_store_marks(&opening->state, played) & SW_MARK_BAD) == 0 ? played : current;
}

static bool find_start(struct opening *opening)
{
    const struct sw_release_wanted *wanted = opening->wanted;
    int64_t current = current_of(opening);
    if (wanted->number > 0)
        return sw_start_try(opening->store, &opening->host, wanted->number, &opening->start, opening->diags) == SW_STORE_OK;
    if (wanted->besides > 0 || (wanted->fallback && current > 0)) {
        int64_t besides = wanted->besides > 0 ? wanted->besides : current;
        opening->release->instead_of = besides;
        if (find_other(opening, besides))
            return true;
        opening->release->instead_of = 0;
        if (wanted->besides > 0)
            return false;
    }
    bool later = current != opening->state.current;
    if (later && sw_start_try(opening->store, &opening->host, current, &opening->start, opening->diags) == SW_STORE_OK)
        return true;
    return sw_start_find(opening->store, &opening->host, &opening->start, opening->diags) == SW_STORE_OK;
}

/* -- operators' playlists -- */

static bool judge_playlists(struct opening *opening, int64_t version, struct sw_playlists *out)
{
    struct sw_keyring keyring;
    struct sw_document document;
    if (sw_store_keyring(opening->store, &opening->host.pin, 0, &keyring, opening->diags) != SW_STORE_OK)
        return false;
    enum sw_store_status status = sw_document_get(opening->store, SW_DOCUMENT_PLAYLISTS, version, &document);
    if (status != SW_STORE_OK) {
        sw_diags_add(opening->diags, SW_ERROR, "documents", 0, 0, NULL, "playlists %" PRId64 " %s", version, sw_store_status_text(status));
        return false;
    }
    struct sw_trust trust = {.keyring = &keyring, .wall = opening->host.wall, .now = SW_NEVER_ENDED};
    for (int i = 0; i < 3; i++)
        trust.program[i] = opening->host.program[i];
    bool good = sw_playlists_judge(&document.as_signed, &trust, out, opening->diags) != SW_VERDICT_REFUSED;
    sw_document_finish(&document);
    return good;
}

/* The wanted ones, or the newest that can be trusted. */
static bool find_playlists(struct opening *opening, struct sw_playlists *out)
{
    int64_t *versions = NULL, wanted = opening->wanted->playlists;
    size_t count = 0;
    bool found = false;
    if (wanted != SW_PLAYLISTS_NEWEST)
        return wanted > 0 && judge_playlists(opening, wanted, out);
    if (sw_document_list(opening->store, SW_DOCUMENT_PLAYLISTS, &versions, &count) != SW_STORE_OK)
        return false;
    for (size_t i = 0; i < count && !found; i++)
        found = (opening->wanted->below == 0 || versions[i] < opening->wanted->below) && judge_playlists(opening, versions[i], out);
    free(versions);
    return found;
}

/* Each as the file that it takes the place of. Returns how many. */
static size_t lay_over(struct opening *opening, const struct sw_playlists *playlists, struct sw_root_file *files)
{
    struct sw_release *release = opening->release;
    const char **paths = sw_arena_array(&release->arena, OVERLAYS_MAX, sizeof *paths);
    const cJSON *playlist = NULL;
    struct sw_buffer text;
    size_t count = 0;
    cJSON_ArrayForEach (playlist, playlists->playlists) {
        if (count == OVERLAYS_MAX)
            break;
        sw_buffer_init(&text, OVERLAY_MAX);
        sw_json_write(&text, playlist);
        paths[count] = sw_arena_printf(&release->arena, "scenes/playlists/%s.json", playlist->string);
        files[count] = (struct sw_root_file){.path = paths[count],
                                             .bytes = sw_arena_strndup(&release->arena, sw_buffer_text(&text), text.length),
                                             .length = text.length};
        count++;
        sw_buffer_finish(&text);
    }
    release->overlaid = paths;
    release->overlaid_count = count;
    release->playlists = playlists->statement.version;
    return count;
}

/* -- the root -- */

static bool make_root(struct opening *opening, const char *cache)
{
    const struct sw_contents *contents = opening->start.contents;
    struct sw_release *release = opening->release;
    struct sw_playlists playlists = {.json = NULL};
    struct sw_root_file *files = sw_alloc_array(contents->count + OVERLAYS_MAX, sizeof *files);
    size_t count = contents->count;
    sw_contents_place(contents, &release->arena, files);
    if (find_playlists(opening, &playlists))
        count += lay_over(opening, &playlists, files + count);
    enum sw_file_status status = SW_FILE_OK;
    release->root = sw_root_create_list(cache, files, count, &status);
    if (release->root == NULL)
        sw_diags_add(opening->diags, SW_ERROR, cache, 0, 0, NULL, "%s", sw_file_status_text(status));
    sw_playlists_finish(&playlists);
    free(files);
    return release->root != NULL;
}

static bool open_store(struct opening *opening, const struct sw_followed *followed)
{
    enum sw_store_status status = SW_STORE_OK;
    if (!sw_crypto_start() || !sw_subscriber_init(&opening->host, followed->wall, followed->root_key)) {
        sw_diags_add(opening->diags, SW_ERROR, followed->cache, 0, 0, NULL, "cannot be verified");
        return false;
    }
    opening->store = sw_store_open(followed->cache, SW_STORE_READ, &status);
    if (opening->store == NULL && status != SW_STORE_MISSING)
        sw_diags_add(opening->diags, SW_ERROR, followed->cache, 0, 0, NULL, "%s", sw_store_status_text(status));
    if (opening->store != NULL)
        status = sw_store_state_read(opening->store, &opening->state);
    return opening->store != NULL;
}

bool sw_release_open(struct sw_release *release, const struct sw_followed *followed, const struct sw_release_wanted *wanted,
                     struct sw_diags *diags)
{
    struct opening opening = {.wanted = wanted, .release = release, .diags = diags};
    *release = (struct sw_release){.root = NULL};
    bool good = open_store(&opening, followed) && find_start(&opening);
    if (good) {
        const struct sw_statement *statement = &opening.start.manifest.statement;
        release->number = opening.start.number;
        release->version = statement->version;
        release->expires = statement->expires;
        release->trusted = statement->issued > opening.state.trusted ? statement->issued : opening.state.trusted;
        good = make_root(&opening, followed->cache);
    }
    sw_start_finish(&opening.start);
    sw_store_close(opening.store);
    if (!good)
        sw_release_finish(release);
    return good;
}

void sw_release_finish(struct sw_release *release)
{
    sw_arena_finish(&release->arena);
    *release = (struct sw_release){.root = NULL};
}
