/* SPDX-License-Identifier: EUPL-1.2 */
/* A release on its way into the store: content list, objects, generation. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "follow/follow_internal.h"

#define MENDED_MOST 3

void sw_target_forget(struct sw_target *target)
{
    free(target->text);
    free(target->signature);
    sw_contents_destroy(target->contents);
    *target = (struct sw_target){.lost = false};
}

/* ---- whether it fits ---- */

static const char *bytes_text(uint64_t bytes, char text[32])
{
    if (bytes < 1000000)
        (void)snprintf(text, 32, "%" PRIu64 " KB", (bytes + 999) / 1000);
    else if (bytes < 10000000000)
        (void)snprintf(text, 32, "%" PRIu64 " MB", (bytes + 999999) / 1000000);
    else
        (void)snprintf(text, 32, "%" PRIu64 " GB", (bytes + 999999999) / 1000000000);
    return text;
}

/* False: there is no room, or it cannot be found out; it has been said. */
static bool has_room(struct sw_follow *follow)
{
    char more[32];
    struct sw_missing missing;
    const struct sw_target *target = &follow->target;
    struct sw_wanted wanted = {target->manifest.contents, target->contents};
    enum sw_store_status status = sw_store_make_room(follow->store, &wanted, follow->options.quota, &missing);
    follow->view.all_objects = missing.objects;
    follow->view.all_bytes = missing.bytes;
    follow->view.done_objects = 0;
    follow->view.done_bytes = 0;
    if (status == SW_STORE_OK)
        return true;
    if (status == SW_STORE_FULL)
        sw_follow_refuse(follow, target->name, "%zu files with %s are missing, and there is no room for them: disk or quota",
                         missing.objects, bytes_text(missing.bytes, more));
    else
        sw_follow_refuse(follow, follow->store_path, "%s", sw_store_status_text(status));
    return false;
}

/* ---- its content list and objects ---- */

/* NULL: it is not there, or cannot be read now or any more (*fine: another takes its place), or is none (said). */
static struct sw_contents *read_contents(struct sw_follow *follow, const struct sw_target *target, bool *fine)
{
    char room[SW_FOLLOW_TEXT_MAX], *text;
    struct sw_diags diags;
    const struct sw_object *list = &target->manifest.contents;
    enum sw_store_status status =
        sw_store_has(follow->store, list) ? sw_store_object_read(follow->store, list, SW_CONTENTS_MAX, &text) : SW_STORE_MISSING;
    *fine = true;
    if (status != SW_STORE_OK)
        return NULL;
    sw_diags_init(&diags);
    struct sw_contents *contents = sw_contents_create(text, (size_t)list->bytes, target->name, &diags);
    free(text);
    *fine = contents != NULL;
    if (contents == NULL)
        sw_follow_refuse(follow, target->name, "its content list: %s", sw_follow_first(follow, &diags, room));
    sw_diags_finish(&diags);
    return contents;
}

static void begin_objects(struct sw_follow *follow)
{
    follow->stage = SW_STAGE_OBJECTS;
    follow->view.phase = SW_FOLLOW_OBJECTS;
    follow->target.next = 0;
    if (has_room(follow))
        sw_lanes_fill(follow);
    else
        sw_run_next(follow);
}

void sw_target_list(struct sw_follow *follow)
{
    bool fine;
    follow->target.contents = read_contents(follow, &follow->target, &fine);
    if (follow->target.contents != NULL) {
        begin_objects(follow);
    } else {
        if (fine)
            sw_follow_refuse(follow, follow->target.name, "its content list cannot be read");
        sw_run_next(follow);
    }
}

/* The target is filled. */
static void begin(struct sw_follow *follow)
{
    bool fine;
    follow->stage = SW_STAGE_LIST;
    if (follow->target.contents == NULL)
        follow->target.contents = read_contents(follow, &follow->target, &fine);
    if (follow->target.contents != NULL)
        begin_objects(follow);
    else if (fine && has_room(follow))
        sw_lanes_fetch_list(follow);
    else
        sw_run_next(follow);
}

void sw_target_take(struct sw_follow *follow, const struct sw_manifest *manifest)
{
    struct sw_target *target = &follow->target;
    const struct sw_signed *document = &follow->paper.document;
    sw_target_forget(target);
    (void)snprintf(target->name, sizeof target->name, "%s", document->name);
    target->manifest = *manifest;
    target->text = sw_alloc(document->length + 1);
    memcpy(target->text, document->bytes, document->length);
    target->length = document->length;
    target->signature = sw_strdup(document->signatures[0]);
    target->keys = follow->keyring.version;
    begin(follow);
}

/* ---- what the store has ---- */

static bool verify(struct sw_follow *follow, const struct sw_generation *generation, struct sw_manifest *manifest)
{
    struct sw_diags quiet;
    sw_diags_init(&quiet);
    bool fine = sw_start_verify(follow->store, &follow->options.subscriber, generation, "", manifest, &quiet);
    sw_diags_finish(&quiet);
    return fine;
}

/* Says where what plays has expired. */
static void warn(struct sw_follow *follow, const struct sw_manifest *manifest, int64_t version)
{
    char name[SW_PATH_ROOM], room[SW_FOLLOW_TEXT_MAX];
    struct sw_diags diags;
    sw_diags_init(&diags);
    (void)snprintf(name, sizeof name, "walls/%s/releases/%" PRId64 ".json", follow->wall, version);
    (void)!sw_statement_judge(&manifest->statement, follow->wall, follow->keyring.epoch, &follow->state.release, sw_follow_clock(follow),
                              name, &diags);
    (void)sw_follow_first(follow, &diags, room);
    sw_diags_finish(&diags);
}

bool sw_target_is_here(struct sw_follow *follow, int64_t version)
{
    struct sw_generation generation;
    struct sw_manifest manifest;
    int64_t *numbers;
    size_t count;
    bool here = false;
    if (sw_generation_list(follow->store, &numbers, &count) != SW_STORE_OK)
        return false;
    for (size_t i = 0; i < count && !here; i++) {
        if (sw_generation_load(follow->store, numbers[i], &generation) != SW_STORE_OK)
            continue;
        struct sw_digest digest = sw_digest_of(generation.manifest, generation.manifest_length);
        here = sw_digest_equal(&digest, &follow->state.release.digest) && verify(follow, &generation, &manifest);
        sw_generation_finish(&generation);
    }
    free(numbers);
    if (here)
        warn(follow, &manifest, version);
    return here;
}

/* Becomes the target if it has lost something. */
static bool take_lost(struct sw_follow *follow, int64_t number)
{
    bool fine;
    struct sw_generation generation;
    struct sw_target *target = &follow->target;
    if (number == 0 || sw_generation_load(follow->store, number, &generation) != SW_STORE_OK)
        return false;
    if (!verify(follow, &generation, &target->manifest)) {
        sw_generation_finish(&generation);
        return false;
    }
    (void)snprintf(target->name, sizeof target->name, "generations/%" PRId64, number);
    target->lost = true;
    target->text = generation.manifest;
    target->length = generation.manifest_length;
    target->signature = generation.signature;
    target->keys = generation.keys;
    target->contents = read_contents(follow, target, &fine);
    struct sw_wanted wanted = {target->manifest.contents, target->contents};
    if (fine && (target->contents == NULL || sw_store_missing(follow->store, &wanted, NULL).objects > 0))
        return true;
    sw_target_forget(target);
    return false;
}

bool sw_target_find_lost(struct sw_follow *follow)
{
    int64_t *numbers, newest = 0;
    size_t count;
    if (sw_generation_list(follow->store, &numbers, &count) == SW_STORE_OK) {
        newest = count > 0 ? numbers[0] : 0;
        free(numbers);
    }
    const int64_t all[MENDED_MOST] = {follow->state.current, follow->state.previous, newest};
    while (follow->mended < MENDED_MOST) {
        int64_t number = all[follow->mended++];
        if (!take_lost(follow, number))
            continue;
        begin(follow);
        return true;
    }
    return false;
}

/* ---- its end ---- */

void sw_target_add(struct sw_follow *follow)
{
    int64_t number;
    const struct sw_target *target = &follow->target;
    const char *const signatures[] = {target->signature};
    struct sw_signed document = {target->name, target->text, target->length, signatures, 1};
    enum sw_store_status status = sw_generation_add(follow->store, &document, target->keys, &target->manifest, target->contents, &number);
    if (status == SW_STORE_OK)
        status = sw_run_accept(follow, false, &target->manifest.statement);
    if (status == SW_STORE_MISSING) {
        sw_follow_refuse(follow, target->name, "files of it have been taken away meanwhile");
    } else if (status != SW_STORE_OK) {
        sw_follow_end(follow, target->name, "cannot be kept: the store %s", sw_store_status_text(status));
        return;
    } else {
        follow->view.brought++;
        sw_follow_tell(follow, "%s %" PRId64 " is here whole: generation %" PRId64, target->lost ? "again, release" : "release",
                       target->manifest.statement.version, number);
    }
    sw_run_next(follow);
}
