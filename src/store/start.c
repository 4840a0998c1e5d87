/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/start.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/place.h"

#define NAME_ROOM 64

/* ---- keys ---- */

/* Whether the list of `version` follows on `trusted` (*any: there is one), which then becomes it. */
static void follow(const struct sw_store *store, const struct sw_public_key *pin, int64_t version, struct sw_keyring *trusted, bool *any,
                   struct sw_diags *diags)
{
    struct sw_document document;
    struct sw_keyring next;
    enum sw_store_status status = sw_document_get(store, SW_DOCUMENT_KEYS, version, &document);
    if (status != SW_STORE_OK) {
        sw_diags_add(diags, SW_ERROR, "documents", 0, 0, NULL, "key list %" PRId64 " %s", version, sw_store_status_text(status));
        return;
    }
    if (sw_keyring_judge(&document.as_signed, *any ? trusted : NULL, pin, SW_NEVER_ENDED, &next, diags) == SW_VERDICT_NEW) {
        *trusted = next;
        *any = true;
    }
    sw_document_finish(&document);
}

enum sw_store_status sw_store_keyring(const struct sw_store *store, const struct sw_public_key *pin, int64_t version,
                                      struct sw_keyring *out, struct sw_diags *diags)
{
    int64_t *versions;
    size_t count;
    struct sw_keyring trusted;
    bool any = false;
    enum sw_store_status status = sw_document_list(store, SW_DOCUMENT_KEYS, &versions, &count);
    if (status != SW_STORE_OK)
        return status;
    for (size_t i = count; i > 0 && (version == 0 || versions[i - 1] <= version); i--)
        follow(store, pin, versions[i - 1], &trusted, &any, diags);
    free(versions);
    if (!any || (version != 0 && trusted.version != version))
        return SW_STORE_MISSING;
    *out = trusted;
    return SW_STORE_OK;
}

/* ---- one generation ---- */

bool sw_subscriber_init(struct sw_subscriber *subscriber, const char *wall, const char *root_key)
{
    *subscriber = (struct sw_subscriber){.wall = wall};
    bool known = sw_program_version_parse(SW_VERSION, subscriber->program);
    assert(known); /* this program has a version */
    return sw_public_key_parse(root_key, &subscriber->pin);
}

static struct sw_contents *read_contents(const struct sw_store *store, const struct sw_manifest *manifest, const char *name,
                                         struct sw_diags *diags)
{
    char *text;
    enum sw_store_status status = sw_store_object_read(store, &manifest->contents, SW_CONTENTS_MAX, &text);
    if (status != SW_STORE_OK) {
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "its content list %s", sw_store_status_text(status));
        return NULL;
    }
    struct sw_contents *contents = sw_contents_create(text, (size_t)manifest->contents.bytes, name, diags);
    free(text);
    return contents;
}

/* How many are not there; the first is named. */
static size_t count_missing(const struct sw_store *store, const struct sw_contents *contents, const char *name, struct sw_diags *diags)
{
    size_t missing = 0;
    for (size_t i = 0; i < contents->count; i++)
        if (!sw_store_has(store, &contents->files[i].object) && missing++ == 0)
            sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "\"%s\" is not there", contents->files[i].path);
    return missing;
}

bool sw_start_verify(const struct sw_store *store, const struct sw_subscriber *host, const struct sw_generation *generation,
                     const char *name, struct sw_manifest *manifest, struct sw_diags *diags)
{
    struct sw_keyring keyring;
    struct sw_trust trust = {.keyring = &keyring, .wall = host->wall, .now = SW_NEVER_ENDED};
    const char *const signatures[] = {generation->signature};
    struct sw_signed document = {name, generation->manifest, generation->manifest_length, signatures, 1};
    memcpy(trust.program, host->program, sizeof trust.program);
    enum sw_store_status status = sw_store_keyring(store, &host->pin, generation->keys, &keyring, diags);
    if (status != SW_STORE_OK) {
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "its key list %" PRId64 " %s", generation->keys, sw_store_status_text(status));
        return false;
    }
    return sw_release_judge(&document, &trust, manifest, diags) != SW_VERDICT_REFUSED;
}

/* Verifies one generation; it may lack objects. */
static enum sw_store_status try_signed(const struct sw_store *store, const struct sw_subscriber *host, int64_t number, struct sw_start *out,
                                       struct sw_diags *diags)
{
    char name[NAME_ROOM];
    struct sw_generation generation;
    struct sw_start start = {.number = number};
    (void)snprintf(name, sizeof name, "generations/%" PRId64, number);
    enum sw_store_status status = sw_generation_load(store, number, &generation);
    if (status != SW_STORE_OK) {
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "%s", sw_store_status_text(status));
        return status;
    }
    if (sw_start_verify(store, host, &generation, name, &start.manifest, diags))
        start.contents = read_contents(store, &start.manifest, name, diags);
    sw_generation_finish(&generation);
    if (start.contents == NULL)
        return SW_STORE_WRONG;
    start.missing = count_missing(store, start.contents, name, diags);
    *out = start;
    return SW_STORE_OK;
}

enum sw_store_status sw_start_try(const struct sw_store *store, const struct sw_subscriber *host, int64_t number, struct sw_start *out,
                                  struct sw_diags *diags)
{
    struct sw_start start;
    enum sw_store_status status = try_signed(store, host, number, &start, diags);
    if (status != SW_STORE_OK)
        return status;
    if (start.missing > 0) {
        sw_start_finish(&start);
        return SW_STORE_MISSING;
    }
    *out = start;
    return SW_STORE_OK;
}

void sw_start_finish(struct sw_start *start)
{
    if (start != NULL) {
        sw_contents_destroy(start->contents);
        *start = (struct sw_start){0};
    }
}

/* ---- the choice ---- */

/* Tries one more; true if it is whole. The first that is not stays in *out, in case none is. */
static bool try_next(const struct sw_store *store, const struct sw_subscriber *host, int64_t number, struct sw_start *out,
                     struct sw_diags *diags)
{
    struct sw_start start;
    if (try_signed(store, host, number, &start, diags) != SW_STORE_OK)
        return false;
    bool whole = start.missing == 0;
    if (whole || out->contents == NULL) {
        sw_start_finish(out);
        *out = start;
    } else {
        sw_start_finish(&start);
    }
    return whole;
}

enum sw_store_status sw_start_find(const struct sw_store *store, const struct sw_subscriber *host, struct sw_start *out,
                                   struct sw_diags *diags)
{
    struct sw_store_state state;
    struct sw_start found = {0};
    int64_t *numbers = NULL;
    size_t count = 0;
    bool whole = false;
    enum sw_store_status status = sw_store_state_read(store, &state);
    if (status != SW_STORE_OK && status != SW_STORE_MISSING)
        sw_diags_add(diags, SW_ERROR, "state", 0, 0, NULL, "%s", sw_store_status_text(status));
    bool left = (sw_store_marks(&state, state.previous) & SW_MARK_BAD) != 0;
    const int64_t first[] = {state.current, left ? 0 : state.previous};
    for (size_t i = 0; i < SW_COUNT(first) && !whole; i++)
        whole = first[i] != 0 && try_next(store, host, first[i], &found, diags);
    if (!whole && sw_generation_list(store, &numbers, &count) == SW_STORE_OK) {
        for (size_t i = 0; i < count && !whole; i++) {
            bool other = numbers[i] != state.current && numbers[i] != state.previous;
            if (other && (sw_store_marks(&state, numbers[i]) & SW_MARK_BAD) == 0)
                whole = try_next(store, host, numbers[i], &found, diags);
        }
        free(numbers);
    }
    if (found.contents == NULL)
        return SW_STORE_MISSING;
    *out = found;
    return SW_STORE_OK;
}

/* Which playlists were accepted: the newest that an operating key of today signed. What cannot be listed is not forgotten for that. */
static enum sw_store_status heal_playlists(const struct sw_store *store, const struct sw_subscriber *host,
                                           struct sw_store_state *state, struct sw_diags *quiet)
{
    struct sw_keyring keyring;
    struct sw_trust trust = {.keyring = &keyring, .wall = host->wall, .now = SW_NEVER_ENDED};
    int64_t *versions;
    size_t count;
    enum sw_store_status status = sw_store_keyring(store, &host->pin, 0, &keyring, quiet);
    if (status == SW_STORE_OK)
        status = sw_document_list(store, SW_DOCUMENT_PLAYLISTS, &versions, &count);
    if (status != SW_STORE_OK)
        return status == SW_STORE_MISSING ? SW_STORE_OK : status;
    for (size_t i = 0; i < count; i++) {
        struct sw_document document;
        struct sw_playlists playlists;
        if (sw_document_get(store, SW_DOCUMENT_PLAYLISTS, versions[i], &document) != SW_STORE_OK)
            continue;
        if (sw_playlists_judge(&document.as_signed, &trust, &playlists, quiet) != SW_VERDICT_REFUSED) {
            sw_store_state_accept(state, &state->playlists, &playlists.statement);
            sw_playlists_finish(&playlists);
        }
        sw_document_finish(&document);
    }
    free(versions);
    return SW_STORE_OK;
}

enum sw_store_status sw_store_heal(struct sw_store *store, const struct sw_subscriber *host)
{
    struct sw_store_state state;
    struct sw_diags quiet;
    int64_t *numbers;
    size_t count;
    enum sw_store_status state_was = sw_store_state_read(store, &state), status = state_was;
    if (status != SW_STORE_WRONG && status != SW_STORE_MISSING)
        return status;
    status = sw_generation_list(store, &numbers, &count);
    if (status != SW_STORE_OK)
        return status;
    if (count == 0 && state_was == SW_STORE_MISSING) {
        free(numbers);
        return SW_STORE_OK;
    }
    sw_diags_init(&quiet);
    for (size_t i = 0; i < count; i++) {
        struct sw_start start;
        if (sw_start_try(store, host, numbers[i], &start, &quiet) != SW_STORE_OK)
            continue;
        if (state.current == 0)
            state.current = numbers[i];
        else if (state.previous == 0)
            state.previous = numbers[i];
        sw_store_state_accept(&state, &state.release, &start.manifest.statement);
        sw_start_finish(&start);
    }
    status = heal_playlists(store, host, &state, &quiet);
    sw_diags_finish(&quiet);
    free(numbers);
    return status == SW_STORE_OK ? sw_store_state_write(store, &state) : status;
}
