/* SPDX-License-Identifier: EUPL-1.2 */
#include "follow/follow.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "follow/follow_internal.h"

#define QUIET_AFTER SW_MINUTE

/* Evenly spread over 0..1 (xorshift64*, Vigna 2016). */
static double chance(struct sw_follow *follow)
{
    uint64_t bits = follow->random;
    bits ^= bits >> 12;
    bits ^= bits << 25;
    bits ^= bits >> 27;
    follow->random = bits;
    return (double)((bits * UINT64_C(2685821657736338717)) >> 11) / 9007199254740992.0;
}

/* ---- what is said ---- */

static void say(struct sw_follow *follow, enum sw_log_level level, const char *line)
{
    follow->options.say(follow->options.context, level, line);
}

static bool is_new(struct sw_said *said, const char *line)
{
    uint64_t hash = sw_hash_text(SW_HASH_START, line);
    for (size_t i = 0; i < said->count; i++)
        if (said->lines[i] == hash)
            return false;
    said->lines[said->next] = hash;
    said->next = (said->next + 1) % SW_COUNT(said->lines);
    said->count += said->count < SW_COUNT(said->lines);
    return true;
}

static void say_fault(struct sw_follow *follow, const char *path, const char *format, va_list arguments)
{
    char text[SW_FOLLOW_TEXT_MAX], line[SW_FOLLOW_TEXT_MAX + SW_PATH_ROOM];
    (void)vsnprintf(text, sizeof text, format, arguments);
    (void)snprintf(line, sizeof line, "%s: %s", path, text);
    (void)snprintf(follow->view.fault, sizeof follow->view.fault, "%.*s", SW_FOLLOW_TEXT_MAX - 1, line);
    follow->refused = true;
    if (is_new(&follow->faults, line))
        say(follow, SW_LOG_ERROR, line);
}

void sw_follow_refuse(struct sw_follow *follow, const char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_fault(follow, path, format, arguments);
    va_end(arguments);
}

const char *sw_follow_first(struct sw_follow *follow, const struct sw_diags *diags, char room[SW_FOLLOW_TEXT_MAX])
{
    const struct sw_diag *error = NULL;
    for (size_t i = 0; i < diags->count; i++) {
        const struct sw_diag *diag = &diags->items[i];
        if (diag->severity == SW_ERROR) {
            error = error == NULL ? diag : error;
            continue;
        }
        (void)snprintf(room, SW_FOLLOW_TEXT_MAX, "%s: %s", diag->file, diag->text);
        if (is_new(&follow->warnings, room))
            say(follow, SW_LOG_WARNING, room);
    }
    room[0] = '\0';
    if (error != NULL && error->line > 0)
        (void)snprintf(room, SW_FOLLOW_TEXT_MAX, "line %d, column %d: %s%s%s", error->line, error->column, error->path,
                       error->path[0] != '\0' ? ": " : "", error->text);
    else if (error != NULL)
        (void)snprintf(room, SW_FOLLOW_TEXT_MAX, "%s", error->text);
    return room;
}

void sw_follow_tell(struct sw_follow *follow, const char *format, ...)
{
    char line[SW_FOLLOW_TEXT_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    say(follow, SW_LOG_NOTICE, line);
}

/* ---- the store ---- */

struct sw_store *sw_follow_hold(struct sw_follow *follow, enum sw_store_status *status)
{
    *status = SW_STORE_OK;
    if (follow->store == NULL)
        follow->store = sw_store_open(follow->store_path, SW_STORE_WRITE, status);
    if (follow->store == NULL)
        return NULL;
    follow->holds++;
    return follow->store;
}

void sw_follow_let_go(struct sw_follow *follow)
{
    if (--follow->holds > 0)
        return;
    sw_store_close(follow->store);
    follow->store = NULL;
}

/* ---- the end of a run ---- */

/* Not while a release is half here: its objects belong to nobody yet. */
static void collect(struct sw_follow *follow)
{
    enum sw_store_status status;
    struct sw_collected collected;
    if (!follow->collects || !follow->complete || follow->stage != SW_STAGE_NONE)
        return;
    struct sw_store *store = sw_follow_hold(follow, &status);
    if (store == NULL)
        return;
    follow->collects = false;
    if (sw_store_collect(store, NULL, &collected) == SW_STORE_OK && collected.objects > 0)
        sw_follow_tell(follow, "%zu files that nobody needs any more are removed", collected.objects);
    sw_follow_let_go(follow);
}

void sw_follow_collect(struct sw_follow *follow)
{
    follow->collects = true;
    collect(follow);
}

static void end_run(struct sw_follow *follow)
{
    sw_run_cancel(follow);
    follow->stage = SW_STAGE_NONE;
    follow->view.phase = SW_FOLLOW_WAITING;
    follow->view.doing[0] = '\0';
    follow->complete = !follow->refused;
    if (follow->complete) {
        follow->retrying.failures = 0;
        follow->view.fault[0] = '\0';
        if (follow->faults.count > 0)
            sw_follow_tell(follow, "what was wrong is over");
        follow->faults = (struct sw_said){.count = 0};
        collect(follow);
        return;
    }
    if (follow->fetched)
        follow->retrying.failures = 0; /* it got further than the last time */
    follow->retry_at = follow->tick + sw_asking_failed(&follow->retrying, follow->retry_after, chance(follow));
    if (follow->retry_after > 0 && follow->next_look != SW_NEVER && follow->next_look < follow->retry_at)
        follow->next_look = follow->retry_at; /* it is one server that asks us to wait */
    else if (follow->next_look > follow->retry_at && follow->options.poll > 0)
        follow->next_look = follow->retry_at;
}

void sw_follow_complete(struct sw_follow *follow) { end_run(follow); }

void sw_follow_end(struct sw_follow *follow, const char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_fault(follow, path, format, arguments);
    va_end(arguments);
    end_run(follow);
}

void sw_follow_broken(struct sw_follow *follow, const char *path, const struct sw_fetched *fetched)
{
    follow->retry_after = fetched->retry_after;
    sw_follow_end(follow, path, "%s", fetched->fault);
}

bool sw_follow_is_page(struct sw_follow *follow, const char *path, const struct sw_buffer *bytes)
{
    const char *text = sw_buffer_text(bytes);
    text += strspn(text, " \t\r\n");
    if (*text != '<')
        return false;
    sw_follow_refuse(follow, path, "is a web page; does this network want somebody to log in?");
    return true;
}

/* ---- the look ---- */

uint64_t sw_follow_begin(struct sw_follow *follow, const struct sw_fetch *fetch)
{
    return follow->options.origin.begin(follow->options.origin.self, fetch);
}

void sw_follow_cancel(struct sw_follow *follow, uint64_t *request)
{
    if (*request != 0)
        follow->options.origin.cancel(follow->options.origin.self, *request);
    *request = 0;
}

sw_instant sw_follow_clock(const struct sw_follow *follow)
{
    return follow->now > follow->state.trusted ? follow->now : follow->state.trusted;
}

static bool take_look(void *context, uint64_t at, const void *bytes, size_t length)
{
    struct sw_follow *follow = context;
    (void)at;
    sw_buffer_add(&follow->look_bytes, bytes, length);
    return !follow->look_bytes.full;
}

static bool same_current(const struct sw_current *a, const struct sw_current *b)
{
    return a->release == b->release && a->playlists == b->playlists && a->keys == b->keys;
}

/* What it says, if it can be understood. */
static bool read_current(struct sw_follow *follow, const char *path, struct sw_current *current)
{
    char room[SW_FOLLOW_TEXT_MAX];
    struct sw_diags diags;
    if (sw_follow_is_page(follow, path, &follow->look_bytes))
        return false;
    sw_diags_init(&diags);
    bool read = sw_current_read(sw_buffer_text(&follow->look_bytes), follow->look_bytes.length, path, current, &diags);
    if (!read)
        sw_follow_refuse(follow, path, "%s", sw_follow_first(follow, &diags, room));
    sw_diags_finish(&diags);
    if (read && strcmp(current->wall, follow->wall) != 0) {
        sw_follow_refuse(follow, path, "is for the wall \"%s\"; this is \"%s\"", current->wall, follow->wall);
        return false;
    }
    return read;
}

static void plan_look(struct sw_follow *follow, int64_t wait)
{
    follow->next_look = follow->options.poll > 0 ? follow->tick + wait : SW_NEVER;
}

/* The look brought nothing. A run that is under way goes on: it may fare better. */
static void look_failed(struct sw_follow *follow, const struct sw_fetched *fetched)
{
    follow->complete = false;
    if (follow->stage == SW_STAGE_NONE)
        follow->view.phase = SW_FOLLOW_WAITING;
    plan_look(follow, sw_asking_failed(&follow->asking, fetched->retry_after, chance(follow)));
}

static void look_answered(struct sw_follow *follow, const struct sw_fetched *fetched, bool changed)
{
    bool quiet = follow->tick - follow->changed_at >= QUIET_AFTER;
    bool due = !follow->complete && follow->tick >= follow->retry_at;
    follow->view.contact = follow->now;
    plan_look(follow, sw_asking_good(&follow->asking, fetched->max_age, quiet && !changed, chance(follow)));
    if (changed)
        follow->changed_at = follow->tick;
    if (changed || (follow->stage == SW_STAGE_NONE && due))
        sw_run_begin(follow);
    else if (follow->stage == SW_STAGE_NONE)
        follow->view.phase = SW_FOLLOW_WAITING;
}

static void looked(void *context, const struct sw_fetched *fetched)
{
    struct sw_follow *follow = context;
    char path[SW_PATH_ROOM];
    struct sw_current current;
    follow->look = 0;
    (void)snprintf(path, sizeof path, "walls/%s/current.json", follow->wall);
    if (fetched->status == SW_FETCH_SAME && follow->known) {
        look_answered(follow, fetched, false);
        return;
    }
    if (fetched->status != SW_FETCH_WHOLE) {
        if (fetched->status == SW_FETCH_MISSING)
            sw_follow_refuse(follow, path, "%s: what is published lies elsewhere, or not for a wall \"%s\"", fetched->fault, follow->wall);
        else
            sw_follow_refuse(follow, path, "%s", fetched->status == SW_FETCH_STOPPED ? "is larger than 4 KiB" : fetched->fault);
        look_failed(follow, fetched);
        return;
    }
    if (!read_current(follow, path, &current)) {
        follow->etag[0] = '\0';
        look_failed(follow, fetched);
        return;
    }
    bool changed = !follow->known || !same_current(&current, &follow->current);
    follow->current = current;
    follow->view.published = current.release;
    follow->known = true;
    size_t length = strlen(fetched->etag);
    memcpy(follow->etag, length < sizeof follow->etag ? fetched->etag : "", length < sizeof follow->etag ? length + 1 : 1);
    look_answered(follow, fetched, changed);
}

static void look(struct sw_follow *follow)
{
    char path[SW_PATH_ROOM];
    (void)snprintf(path, sizeof path, "walls/%s/current.json", follow->wall);
    struct sw_fetch fetch = {.path = path,
                             .bytes = SW_CURRENT_MAX,
                             .etag = follow->known && follow->etag[0] != '\0' ? follow->etag : NULL,
                             .take = take_look,
                             .done = looked,
                             .context = follow};
    sw_buffer_clear(&follow->look_bytes);
    if (follow->stage == SW_STAGE_NONE)
        follow->view.phase = SW_FOLLOW_ASKING;
    follow->next_look = SW_NEVER;
    follow->look = sw_follow_begin(follow, &fetch);
}

/* ---- the outside ---- */

struct sw_follow *sw_follow_create(const struct sw_follow_options *options)
{
    struct sw_follow *follow = sw_alloc(sizeof *follow);
    follow->options = *options;
    follow->store_path = sw_strdup(options->store);
    follow->wall = sw_strdup(options->subscriber.wall);
    follow->options.store = follow->store_path;
    follow->options.subscriber.wall = follow->wall;
    follow->random = options->chance * 2 + 1; /* anything but 0 */
    follow->asking.poll = options->poll;
    follow->mends = true;
    follow->changed_at = -QUIET_AFTER;
    sw_buffer_init(&follow->look_bytes, SW_CURRENT_MAX);
    return follow;
}

void sw_follow_destroy(struct sw_follow *follow)
{
    if (follow == NULL)
        return;
    sw_follow_cancel(follow, &follow->look);
    sw_run_cancel(follow);
    sw_store_close(follow->store);
    sw_buffer_finish(&follow->look_bytes);
    free(follow->store_path);
    free(follow->wall);
    free(follow);
}

sw_tick sw_follow_step(struct sw_follow *follow, sw_tick tick, sw_instant now)
{
    follow->tick = tick;
    follow->now = now;
    if (follow->look == 0 && tick >= follow->next_look)
        look(follow);
    return sw_lanes_step(follow) ? tick : follow->next_look;
}

void sw_follow_hurry(struct sw_follow *follow)
{
    if (follow->look == 0)
        follow->next_look = follow->tick;
    follow->retry_at = follow->tick;
}

void sw_follow_rotten(struct sw_follow *follow, const struct sw_digest *digest)
{
    enum sw_store_status status;
    struct sw_store *store = sw_follow_hold(follow, &status);
    if (store == NULL)
        return; /* the next round finds it again */
    status = sw_store_object_drop(store, digest);
    sw_follow_let_go(follow);
    follow->mends = follow->mends || status == SW_STORE_OK;
    follow->complete = follow->complete && status != SW_STORE_OK;
}

const struct sw_follow_view *sw_follow_view(const struct sw_follow *follow) { return &follow->view; }

bool sw_follow_rests(const struct sw_follow *follow) { return follow->look == 0 && follow->stage == SW_STAGE_NONE; }
