/* SPDX-License-Identifier: EUPL-1.2 */
/* Objects on their way, a few at a time. What an earlier try left is used; what turns out to be something else is thrown away, and where
 * that may have been the earlier try's fault it is fetched once more from its beginning. An answer of which nothing was taken (a page to
 * log in to, say) leaves what is here as it is. */
#include <stdio.h>
#include <string.h>

#include "follow/follow_internal.h"

#define LANDED_BYTES ((uint64_t)16 << 20)  /* so many wait to be synced: it takes a moment in which nothing else is done */
#define HASHED_AT_ONCE ((uint64_t)4 << 20) /* bytes, in a step */

static void forget(struct sw_lane *lane) { *lane = (struct sw_lane){.follow = lane->follow}; }

static const char *path_of(const struct sw_lane *lane, char path[SW_PATH_ROOM])
{
    char digest[SW_DIGEST_TEXT + 1];
    (void)snprintf(path, SW_PATH_ROOM, "objects/%s", sw_digest_text(&lane->object.digest, digest));
    return path;
}

/* The same for people: which file it is. */
static const char *name_of(const struct sw_lane *lane, char name[SW_PATH_ROOM])
{
    char digest[SW_DIGEST_TEXT + 1];
    const char *what = lane->path != NULL ? lane->path : "the content list";
    (void)snprintf(name, SW_PATH_ROOM, "objects/%.12s... (%.120s)", sw_digest_text(&lane->object.digest, digest), what);
    return name;
}

/* ---- ends ---- */

/* The store says no. */
static void store_failed(struct sw_lane *lane, enum sw_store_status status)
{
    char name[SW_PATH_ROOM];
    sw_follow_end(lane->follow, name_of(lane, name), "cannot be kept: the store %s", sw_store_status_text(status));
}

static void open_lane(struct sw_lane *lane);

/* What came is not the object. `taken`: it may stand in what is here of it. */
static void wrong(struct sw_lane *lane, const char *fault, bool taken)
{
    char name[SW_PATH_ROOM];
    struct sw_follow *follow = lane->follow;
    if (taken)
        sw_incoming_discard(lane->incoming);
    else
        sw_incoming_leave(lane->incoming);
    lane->incoming = NULL;
    if (lane->resumed > 0 && !lane->again) {
        lane->again = true;
        open_lane(lane);
        return;
    }
    sw_follow_refuse(follow, name_of(lane, name), "%s", fault);
    sw_run_next(follow);
}

/* Something may have become free. */
static void go_on(struct sw_follow *follow)
{
    if (follow->stage == SW_STAGE_LIST)
        sw_target_list(follow);
    else
        sw_lanes_fill(follow);
}

/* Brings those that have landed under their names. False: it could not be done, and the run has ended. */
static bool sync_landed(struct sw_follow *follow)
{
    while (follow->landed_count > 0) {
        struct sw_lane *lane = &follow->landed[--follow->landed_count];
        enum sw_store_status status = sw_incoming_end(lane->incoming);
        lane->incoming = NULL;
        if (status != SW_STORE_OK) {
            store_failed(lane, status);
            return false;
        }
    }
    follow->landed_bytes = 0;
    return true;
}

static void end_lane(struct sw_lane *lane)
{
    struct sw_follow *follow = lane->follow;
    if (!sw_incoming_is_right(lane->incoming)) {
        wrong(lane, "is not what its name says: other bytes have come", true);
        return;
    }
    follow->landed[follow->landed_count++] = *lane;
    follow->landed_bytes += lane->object.bytes;
    lane->incoming = NULL;
    bool full = follow->landed_count == SW_LANDED || follow->landed_bytes >= LANDED_BYTES || follow->stage == SW_STAGE_LIST;
    if (full && !sync_landed(follow))
        return;
    follow->view.done_objects += follow->view.done_objects < follow->view.all_objects;
    follow->fetched = true;
    forget(lane);
    go_on(follow);
}

/* ---- what comes ---- */

static void count(struct sw_follow *follow, uint64_t bytes)
{
    uint64_t room = follow->view.all_bytes - follow->view.done_bytes;
    follow->view.done_bytes += bytes < room ? bytes : room;
}

static bool take(void *context, uint64_t at, const void *bytes, size_t length)
{
    struct sw_lane *lane = context;
    if (at != lane->have && at == 0) { /* it comes from the beginning */
        sw_incoming_discard(lane->incoming);
        lane->incoming = sw_incoming_open(lane->follow->store, &lane->object, &lane->status);
        lane->have = lane->resumed = 0;
    }
    if (lane->incoming == NULL)
        return false;
    lane->status = at == lane->have ? sw_incoming_add(lane->incoming, bytes, length) : SW_STORE_WRONG;
    if (lane->status != SW_STORE_OK)
        return false;
    lane->have += length;
    count(lane->follow, length);
    return true;
}

static void came(void *context, const struct sw_fetched *fetched)
{
    struct sw_lane *lane = context;
    char name[SW_PATH_ROOM];
    bool taken = lane->have != lane->resumed;
    lane->request = 0;
    switch (fetched->status) {
    case SW_FETCH_WHOLE:
        lane->follow->view.contact = lane->follow->now;
        if (lane->have == lane->object.bytes)
            end_lane(lane);
        else
            wrong(lane, "ends too early", taken);
        return;
    case SW_FETCH_FAILED:
    case SW_FETCH_BUSY:
        lane->follow->fetched = lane->follow->fetched || lane->have > lane->resumed;
        sw_follow_broken(lane->follow, name_of(lane, name), fetched);
        return;
    case SW_FETCH_STOPPED:
        if (lane->status == SW_STORE_WRONG)
            wrong(lane, "is longer than it may be", taken);
        else
            store_failed(lane, lane->status);
        return;
    case SW_FETCH_MISSING: /* what is here of it may be right: it is left */
        sw_follow_refuse(lane->follow, name_of(lane, name), "%s", fetched->fault);
        sw_run_next(lane->follow);
        return;
    case SW_FETCH_SAME:
    case SW_FETCH_WRONG: wrong(lane, fetched->fault, taken); return;
    }
}

static void fetch(struct sw_lane *lane)
{
    char path[SW_PATH_ROOM];
    struct sw_fetch wanted = {.path = path_of(lane, path),
                              .from = lane->again ? 0 : lane->have,
                              .bytes = lane->object.bytes,
                              .exact = true,
                              .partly = lane->have > 0,
                              .take = take,
                              .done = came,
                              .context = lane};
    lane->request = sw_follow_begin(lane->follow, &wanted);
}

/* ---- beginnings ---- */

static void open_lane(struct sw_lane *lane)
{
    enum sw_store_status status;
    lane->have = lane->resumed = 0;
    lane->incoming = sw_incoming_open(lane->follow->store, &lane->object, &status);
    lane->hashing = lane->incoming != NULL;
    if (lane->incoming == NULL)
        store_failed(lane, status);
}

static void begin_lane(struct sw_follow *follow, struct sw_lane *lane, const struct sw_object *object, const char *path)
{
    *lane = (struct sw_lane){.follow = follow, .object = *object, .path = path};
    (void)snprintf(follow->view.doing, sizeof follow->view.doing, "%s", path != NULL ? path : "the content list");
    open_lane(lane);
}

/* Reads on what an earlier try left, and asks for the rest. */
static void step_lane(struct sw_lane *lane)
{
    bool done;
    enum sw_store_status status = sw_incoming_catch_up(lane->incoming, HASHED_AT_ONCE, &lane->have, &done);
    if (status != SW_STORE_OK) {
        store_failed(lane, status);
        return;
    }
    if (!done)
        return;
    lane->hashing = false;
    lane->resumed = lane->have;
    if (lane->have == lane->object.bytes)
        end_lane(lane);
    else
        fetch(lane);
}

bool sw_lanes_step(struct sw_follow *follow)
{
    for (size_t i = 0; i < SW_LANES; i++)
        if (follow->lanes[i].hashing)
            step_lane(&follow->lanes[i]);
    for (size_t i = 0; i < SW_LANES; i++)
        if (follow->lanes[i].hashing)
            return true;
    return false;
}

static bool is_free(const struct sw_lane *lane) { return lane->incoming == NULL; }

static bool is_under_way(const struct sw_follow *follow, const struct sw_object *object)
{
    for (size_t i = 0; i < SW_LANES; i++)
        if (!is_free(&follow->lanes[i]) && sw_digest_equal(&follow->lanes[i].object.digest, &object->digest))
            return true;
    for (size_t i = 0; i < follow->landed_count; i++)
        if (sw_digest_equal(&follow->landed[i].object.digest, &object->digest))
            return true;
    return false;
}

/* The next file that is missing and not on its way, or NULL. */
static const struct sw_file_entry *next_file(struct sw_follow *follow)
{
    struct sw_target *target = &follow->target;
    while (target->next < target->contents->count) {
        const struct sw_file_entry *file = &target->contents->files[target->next++];
        if (!sw_store_has(follow->store, &file->object) && !is_under_way(follow, &file->object))
            return file;
    }
    return NULL;
}

void sw_lanes_fill(struct sw_follow *follow)
{
    bool any = false;
    for (size_t i = 0; i < SW_LANES && follow->stage == SW_STAGE_OBJECTS; i++) {
        struct sw_lane *lane = &follow->lanes[i];
        const struct sw_file_entry *file = is_free(lane) ? next_file(follow) : NULL;
        if (file != NULL)
            begin_lane(follow, lane, &file->object, file->path);
        any = any || !is_free(lane);
    }
    if (!any && follow->stage == SW_STAGE_OBJECTS && sync_landed(follow))
        sw_target_add(follow);
}

void sw_lanes_fetch_list(struct sw_follow *follow) { begin_lane(follow, &follow->lanes[0], &follow->target.manifest.contents, NULL); }

void sw_lanes_leave(struct sw_follow *follow)
{
    for (size_t i = 0; i < SW_LANES; i++) {
        struct sw_lane *lane = &follow->lanes[i];
        sw_follow_cancel(follow, &lane->request);
        sw_incoming_leave(lane->incoming);
        *lane = (struct sw_lane){.follow = follow};
    }
    while (follow->landed_count > 0)
        sw_incoming_leave(follow->landed[--follow->landed_count].incoming);
    follow->landed_bytes = 0;
}
