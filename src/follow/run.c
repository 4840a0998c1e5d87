/* SPDX-License-Identifier: EUPL-1.2 */
/* The stages of a run, one leading to the next: key lists, playlists, then targets: what generations have lost, and the newest release. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "follow/follow_internal.h"

#define LISTS_MOST 64    /* key lists that are walked in one run */
#define PLAYLISTS_KEPT 4 /* the last ones: the newest that a player can use is among them */

static void begin_playlists(struct sw_follow *follow);
static void end_keys(struct sw_follow *follow);

void sw_run_cancel(struct sw_follow *follow)
{
    sw_paper_forget(&follow->paper);
    sw_lanes_leave(follow);
    sw_target_forget(&follow->target);
    if (follow->stage != SW_STAGE_NONE)
        sw_follow_let_go(follow);
    follow->stage = SW_STAGE_NONE;
}

/* ---- what the store says ---- */

static enum sw_store_status read_state(struct sw_follow *follow)
{
    enum sw_store_status status = sw_store_heal(follow->store, &follow->options.subscriber);
    if (status == SW_STORE_OK)
        status = sw_store_state_read(follow->store, &follow->state);
    return status == SW_STORE_MISSING ? SW_STORE_OK : status;
}

/* What the player has said since this run began stands in the state already, and stays. */
enum sw_store_status sw_run_accept(struct sw_follow *follow, bool playlists, const struct sw_statement *statement)
{
    struct sw_store_state state;
    enum sw_store_status status = sw_store_state_read(follow->store, &state);
    if (status == SW_STORE_WRONG) {
        status = sw_store_heal(follow->store, &follow->options.subscriber);
        status = status == SW_STORE_OK ? sw_store_state_read(follow->store, &state) : status;
    }
    if (status != SW_STORE_OK && status != SW_STORE_MISSING)
        return status;
    struct sw_accepted *accepted = playlists ? &state.playlists : &state.release;
    bool news = sw_statement_newer(statement, accepted) || statement->issued > state.trusted;
    sw_store_state_accept(&state, accepted, statement);
    status = news ? sw_store_state_write(follow->store, &state) : SW_STORE_OK;
    if (status == SW_STORE_OK)
        follow->state = state;
    return status;
}

/* The newest key list. Those that are damaged are noted, and said where that has been done before. */
static enum sw_store_status read_keyring(struct sw_follow *follow)
{
    char room[SW_FOLLOW_TEXT_MAX];
    struct sw_diags diags;
    sw_diags_init(&diags);
    enum sw_store_status status = sw_store_keyring(follow->store, &follow->options.subscriber.pin, 0, &follow->keyring, &diags);
    if (diags.errors > 0 && follow->damaged)
        sw_follow_refuse(follow, follow->store_path, "a key list: %s", sw_follow_first(follow, &diags, room));
    follow->damaged = diags.errors > 0;
    sw_diags_finish(&diags);
    if (status != SW_STORE_OK)
        follow->keyring.version = 0;
    return status == SW_STORE_MISSING ? SW_STORE_OK : status;
}

/* ---- key lists ---- */

static const char *list_path(const struct sw_follow *follow, char path[SW_PATH_ROOM])
{
    (void)snprintf(path, SW_PATH_ROOM, "keys/%" PRId64 ".json", follow->list);
    return path;
}

static void list_came(struct sw_follow *follow);

static void fetch_list(struct sw_follow *follow)
{
    char path[SW_PATH_ROOM];
    sw_paper_begin(follow, list_path(follow, path), follow->walking && follow->list < follow->current.keys, list_came);
}

/* The lists in between, in order: one of them names other roots. */
static void walk_on(struct sw_follow *follow)
{
    if (follow->list >= follow->current.keys || follow->walked++ >= LISTS_MOST) {
        end_keys(follow);
        return;
    }
    follow->list++;
    fetch_list(follow);
}

/* True: it takes the place of the one before. Where it is refused only a walk can help, if there is something to walk. */
static bool take_list(struct sw_follow *follow, bool last)
{
    char room[SW_FOLLOW_TEXT_MAX];
    struct sw_keyring next;
    struct sw_diags diags;
    const struct sw_signed *document = &follow->paper.document;
    const struct sw_keyring *trusted = follow->keyring.version > 0 ? &follow->keyring : NULL;
    sw_diags_init(&diags);
    enum sw_verdict verdict = sw_keyring_judge(document, trusted, &follow->options.subscriber.pin, sw_follow_clock(follow), &next, &diags);
    const char *why = sw_follow_first(follow, &diags, room);
    if (verdict == SW_VERDICT_REFUSED && last)
        sw_follow_refuse(follow, document->name, "%s", why);
    sw_diags_finish(&diags);
    if (verdict == SW_VERDICT_REFUSED)
        return false;
    if (verdict == SW_VERDICT_SAME || next.version != follow->list) {
        sw_follow_refuse(follow, document->name, "holds another key list than its name says");
        return false;
    }
    enum sw_store_status status = sw_document_put(follow->store, SW_DOCUMENT_KEYS, next.version, document);
    if (status != SW_STORE_OK) {
        sw_follow_end(follow, document->name, "cannot be kept: the store %s", sw_store_status_text(status));
        return false;
    }
    follow->keyring = next;
    sw_follow_tell(follow, "key list %" PRId64 " is here", next.version);
    return true;
}

/* All lists that could be had are here. Where some of the store were damaged the newest is not the one that came last. */
static void end_keys(struct sw_follow *follow)
{
    enum sw_store_status status = follow->damaged ? read_keyring(follow) : SW_STORE_OK;
    if (status != SW_STORE_OK)
        sw_follow_end(follow, follow->store_path, "%s", sw_store_status_text(status));
    else
        begin_playlists(follow);
}

static void list_came(struct sw_follow *follow)
{
    bool walked_all = follow->walking || follow->list == follow->keyring.version + 1;
    bool taken = follow->paper.here && take_list(follow, walked_all);
    if (follow->stage == SW_STAGE_NONE)
        return; /* the run has ended */
    if (follow->walking) {
        if (taken || !follow->paper.here || follow->list < follow->current.keys)
            walk_on(follow);
        else
            end_keys(follow);
    } else if (taken || walked_all || !follow->paper.here) {
        end_keys(follow);
    } else {
        follow->walking = true;
        follow->list = follow->keyring.version;
        walk_on(follow);
    }
}

static void begin_keys(struct sw_follow *follow)
{
    follow->stage = SW_STAGE_KEYS;
    follow->view.phase = SW_FOLLOW_LISTS;
    follow->walking = follow->damaged;
    follow->walked = 0;
    follow->list = follow->damaged ? 0 : follow->current.keys;
    if (follow->damaged)
        follow->keyring.version = 0; /* each is judged by those before it, from the pin on, and kept anew */
    if (follow->damaged)
        walk_on(follow);
    else if (follow->list > follow->keyring.version)
        fetch_list(follow);
    else
        end_keys(follow);
}

/* ---- playlists ---- */

static bool same_accepted(const struct sw_follow *follow, const struct sw_accepted *accepted, int64_t version)
{
    return accepted->version == version && accepted->epoch == follow->keyring.epoch;
}

/* Whether those that were accepted last are in the store as they were. */
static bool playlists_here(const struct sw_follow *follow)
{
    struct sw_document document;
    const struct sw_accepted *accepted = &follow->state.playlists;
    if (sw_document_get(follow->store, SW_DOCUMENT_PLAYLISTS, accepted->version, &document) != SW_STORE_OK)
        return false;
    struct sw_digest digest = sw_digest_of(document.bytes, document.as_signed.length);
    bool same = sw_digest_equal(&digest, &accepted->digest) && document.as_signed.signature_count > 0;
    sw_document_finish(&document);
    return same;
}

/* All but the last few are gone; what cannot be removed is tried the next time. */
static void forget_old_playlists(struct sw_follow *follow)
{
    int64_t *versions;
    size_t count;
    if (sw_document_list(follow->store, SW_DOCUMENT_PLAYLISTS, &versions, &count) != SW_STORE_OK)
        return;
    for (size_t i = PLAYLISTS_KEPT; i < count; i++)
        if (versions[i] != follow->state.playlists.version)
            (void)!sw_document_remove(follow->store, SW_DOCUMENT_PLAYLISTS, versions[i]);
    free(versions);
}

static enum sw_store_status keep_playlists(struct sw_follow *follow, const struct sw_statement *statement)
{
    enum sw_store_status status = sw_document_put(follow->store, SW_DOCUMENT_PLAYLISTS, statement->version, &follow->paper.document);
    return status == SW_STORE_OK ? sw_run_accept(follow, true, statement) : status;
}

static struct sw_trust trust_of(const struct sw_follow *follow, const struct sw_accepted *accepted)
{
    const struct sw_subscriber *subscriber = &follow->options.subscriber;
    struct sw_trust trust = {.keyring = &follow->keyring, .wall = follow->wall, .accepted = *accepted, .now = sw_follow_clock(follow)};
    memcpy(trust.program, subscriber->program, sizeof trust.program);
    return trust;
}

static void playlists_came(struct sw_follow *follow)
{
    char room[SW_FOLLOW_TEXT_MAX];
    struct sw_playlists playlists = {0};
    struct sw_diags diags;
    if (follow->paper.here) {
        const struct sw_signed *document = &follow->paper.document;
        struct sw_trust trust = trust_of(follow, &follow->state.playlists);
        sw_diags_init(&diags);
        enum sw_verdict verdict = sw_playlists_judge(document, &trust, &playlists, &diags);
        const char *why = sw_follow_first(follow, &diags, room);
        if (verdict == SW_VERDICT_REFUSED)
            sw_follow_refuse(follow, document->name, "%s", why);
        sw_diags_finish(&diags);
        enum sw_store_status status = verdict == SW_VERDICT_REFUSED ? SW_STORE_OK : keep_playlists(follow, &playlists.statement);
        if (verdict != SW_VERDICT_REFUSED && status == SW_STORE_OK) {
            follow->view.brought++;
            sw_follow_tell(follow, "playlists %" PRId64 " are here", playlists.statement.version);
            forget_old_playlists(follow);
        }
        sw_playlists_finish(&playlists);
        if (status != SW_STORE_OK) {
            sw_follow_end(follow, document->name, "cannot be kept: the store %s", sw_store_status_text(status));
            return;
        }
    }
    sw_run_next(follow);
}

static void begin_playlists(struct sw_follow *follow)
{
    char path[SW_PATH_ROOM];
    int64_t version = follow->current.playlists;
    follow->stage = SW_STAGE_PLAYLISTS;
    if (follow->keyring.version == 0) {
        if (!follow->refused)
            sw_follow_refuse(follow, "keys", "no key list is published");
        sw_follow_complete(follow);
        return;
    }
    if (version == 0 || (same_accepted(follow, &follow->state.playlists, version) && playlists_here(follow))) {
        sw_run_next(follow);
        return;
    }
    (void)snprintf(path, sizeof path, "walls/%s/playlists/%" PRId64 ".json", follow->wall, version);
    sw_paper_begin(follow, path, false, playlists_came);
}

/* ---- targets ---- */

static void release_came(struct sw_follow *follow)
{
    char room[SW_FOLLOW_TEXT_MAX];
    struct sw_manifest manifest;
    struct sw_diags diags;
    if (!follow->paper.here) {
        sw_run_next(follow);
        return;
    }
    struct sw_trust trust = trust_of(follow, &follow->state.release);
    const struct sw_signed *document = &follow->paper.document;
    sw_diags_init(&diags);
    enum sw_verdict verdict = sw_release_judge(document, &trust, &manifest, &diags);
    const char *why = sw_follow_first(follow, &diags, room);
    if (verdict == SW_VERDICT_REFUSED)
        sw_follow_refuse(follow, document->name, "%s", why);
    sw_diags_finish(&diags);
    if (verdict == SW_VERDICT_REFUSED)
        sw_run_next(follow);
    else
        sw_target_take(follow, &manifest);
}

static void begin_release(struct sw_follow *follow)
{
    char path[SW_PATH_ROOM];
    int64_t version = follow->current.release;
    follow->stage = SW_STAGE_RELEASE;
    follow->released = true;
    follow->view.phase = SW_FOLLOW_LISTS;
    if (version == 0 || (same_accepted(follow, &follow->state.release, version) && sw_target_is_here(follow, version))) {
        sw_run_next(follow);
        return;
    }
    (void)snprintf(path, sizeof path, "walls/%s/releases/%" PRId64 ".json", follow->wall, version);
    sw_paper_begin(follow, path, false, release_came);
}

void sw_run_next(struct sw_follow *follow)
{
    sw_lanes_leave(follow);
    sw_target_forget(&follow->target);
    if (follow->mends && sw_target_find_lost(follow))
        return;
    follow->mends = follow->mends && follow->refused; /* again with the next run */
    if (!follow->released)
        begin_release(follow);
    else
        sw_follow_complete(follow);
}

/* ---- the beginning ---- */

void sw_run_begin(struct sw_follow *follow)
{
    enum sw_store_status status;
    sw_run_cancel(follow);
    follow->refused = follow->fetched = follow->released = false;
    follow->retry_after = -1;
    follow->mended = 0;
    if (sw_follow_hold(follow, &status) == NULL) {
        sw_follow_end(follow, follow->store_path, "%s", sw_store_status_text(status));
        return;
    }
    follow->stage = SW_STAGE_KEYS;
    follow->damaged = false;
    status = read_state(follow);
    if (status == SW_STORE_OK)
        status = read_keyring(follow);
    if (status != SW_STORE_OK)
        sw_follow_end(follow, follow->store_path, "%s", sw_store_status_text(status));
    else
        begin_keys(follow);
}
