/* SPDX-License-Identifier: EUPL-1.2 */
#include "web.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define PIECES 3
#define PORTAL "<!DOCTYPE html><html><body>Welcome to our network. Please log in.</body></html>"

void web_init(struct web *web) { *web = (struct web){.max_age = -1, .harmed = ""}; }

void web_finish(struct web *web)
{
    for (size_t i = 0; i < web->file_count; i++)
        free(web->files[i].bytes);
}

/* ---- files ---- */

struct web_file *web_find(struct web *web, const char *path)
{
    for (size_t i = 0; i < web->file_count; i++)
        if (strcmp(web->files[i].path, path) == 0)
            return &web->files[i];
    return NULL;
}

void web_put(struct web *web, const char *path, const void *bytes, size_t length)
{
    struct web_file *file = web_find(web, path);
    if (file == NULL) {
        assert(web->file_count < WEB_FILES);
        file = &web->files[web->file_count++];
        (void)snprintf(file->path, sizeof file->path, "%s", path);
    }
    free(file->bytes);
    file->bytes = sw_alloc(length + 1);
    if (length > 0)
        memcpy(file->bytes, bytes, length);
    file->length = length;
}

static void put_text(struct web *web, const char *path, const char *text) { web_put(web, path, text, strlen(text)); }

void web_put_keys(struct web *web, int64_t version, const char *list, const char *signature)
{
    char path[64];
    (void)snprintf(path, sizeof path, "keys/%" PRId64 ".json", version);
    put_text(web, path, list);
    (void)snprintf(path, sizeof path, "keys/%" PRId64 ".json.minisig", version);
    put_text(web, path, signature);
}

void web_put_object(struct web *web, const struct sw_object *object, const char *bytes)
{
    char path[96], digest[SW_DIGEST_TEXT + 1];
    (void)snprintf(path, sizeof path, "objects/%s", sw_digest_text(&object->digest, digest));
    web_put(web, path, bytes, (size_t)object->bytes);
}

void web_put_release(struct web *web, const struct site_release *release)
{
    char path[96];
    const struct sw_statement *statement = &release->manifest.statement;
    (void)snprintf(path, sizeof path, "walls/%s/releases/%" PRId64 ".json", statement->wall, statement->version);
    put_text(web, path, release->text);
    (void)snprintf(path, sizeof path, "walls/%s/releases/%" PRId64 ".json.minisig", statement->wall, statement->version);
    put_text(web, path, release->signature);
    web_put_object(web, &release->manifest.contents, release->list);
    for (size_t i = 0; i < SITE_FILES; i++)
        web_put_object(web, &release->files[i].object, release->bytes[i]);
}

void web_put_current(struct web *web, const char *wall, int64_t release, int64_t playlists, int64_t keys)
{
    char path[96];
    struct sw_current current = {.release = release, .playlists = playlists, .keys = keys};
    (void)snprintf(current.wall, sizeof current.wall, "%s", wall);
    char *text = sw_current_write(&current);
    (void)snprintf(path, sizeof path, "walls/%s/current.json", wall);
    put_text(web, path, text);
    free(text);
}

void web_put_playlists(struct web *web, const struct site *site, int64_t version, const char *title)
{
    char path[96];
    struct sw_statement statement = {.wall = "foyer", .epoch = 1, .version = version, .issued = 1, .expires = SW_NEVER};
    cJSON *playlists = cJSON_CreateObject();
    cJSON_AddStringToObject(cJSON_AddObjectToObject(playlists, "foyer"), "title", title);
    char *text = sw_playlists_write(&statement, playlists);
    char *signature = sw_signature_write(&site->operating, text, strlen(text), "playlists");
    (void)snprintf(path, sizeof path, "walls/foyer/playlists/%" PRId64 ".json", version);
    put_text(web, path, text);
    (void)snprintf(path, sizeof path, "walls/foyer/playlists/%" PRId64 ".json.minisig", version);
    put_text(web, path, signature);
    cJSON_Delete(playlists);
    free(text);
    free(signature);
}

/* ---- requests ---- */

static uint64_t begin(void *self, const struct sw_fetch *fetch)
{
    struct web *web = self;
    size_t at = 0, under_way = 0;
    while (at < WEB_REQUESTS && web->requests[at].number != 0)
        at++;
    assert(at < WEB_REQUESTS);
    struct web_request *request = &web->requests[at];
    *request = (struct web_request){.number = ++web->numbers, .fetch = *fetch};
    (void)snprintf(request->path, sizeof request->path, "%s", fetch->path);
    (void)snprintf(request->etag, sizeof request->etag, "%s", fetch->etag != NULL ? fetch->etag : "");
    for (size_t i = 0; i < WEB_REQUESTS; i++)
        under_way += web->requests[i].number != 0;
    web->most_at_once = under_way > web->most_at_once ? under_way : web->most_at_once;
    assert(web->asked < WEB_LOG);
    (void)snprintf(web->log[web->asked].path, sizeof web->log[0].path, "%s", fetch->path);
    web->log[web->asked].from = fetch->from;
    web->log[web->asked++].conditional = fetch->etag != NULL;
    return request->number;
}

static void cancel(void *self, uint64_t number)
{
    struct web *web = self;
    for (size_t i = 0; i < WEB_REQUESTS; i++)
        if (web->requests[i].number == number)
            web->requests[i].number = 0;
}

struct sw_origin web_origin(struct web *web) { return (struct sw_origin){web, begin, cancel}; }

size_t web_asked(const struct web *web, const char *lead)
{
    size_t count = 0;
    for (size_t i = 0; i < web->asked; i++)
        count += strncmp(web->log[i].path, lead, strlen(lead)) == 0;
    return count;
}

static void end(struct web *web, struct web_request *request, enum sw_fetch_status status, const char *fault, const char *etag)
{
    struct sw_fetched fetched = {.status = status, .fault = fault, .etag = etag, .max_age = web->max_age, .retry_after = -1};
    struct sw_fetch fetch = request->fetch;
    if (status == SW_FETCH_BUSY)
        fetched.retry_after = 77;
    request->number = 0;
    fetch.done(fetch.context, &fetched);
}

/* Brings bytes in a few pieces. False: no more is wanted, and it has ended. */
static bool bring(struct web *web, struct web_request *request, uint64_t at, const char *bytes, size_t length)
{
    for (size_t i = 0; i < PIECES; i++) {
        size_t from = length * i / PIECES, to = length * (i + 1) / PIECES;
        if (to > from && !request->fetch.take(request->fetch.context, at + from, bytes + from, to - from)) {
            end(web, request, SW_FETCH_STOPPED, "", "");
            return false;
        }
    }
    return true;
}

static void bring_file(struct web *web, struct web_request *request, const struct web_file *file, enum web_harm harm)
{
    char etag[64], digest_text[SW_DIGEST_TEXT + 1], *copy = sw_alloc(file->length + 2);
    uint64_t from = harm == WEB_WHOLE ? 0 : harm == WEB_ELSEWHERE ? request->fetch.from + 1 : request->fetch.from;
    size_t length = file->length > from ? file->length - (size_t)from : 0;
    struct sw_digest digest = sw_digest_of(file->bytes, file->length);
    (void)snprintf(etag, sizeof etag, "\"%.16s\"", sw_digest_text(&digest, digest_text));
    memcpy(copy, file->bytes, file->length);
    if (harm == WEB_OTHER)
        for (size_t i = 0; i < file->length; i++)
            copy[i] = (char)(copy[i] ^ 1);
    if (harm == WEB_FINE && request->etag[0] != '\0' && strcmp(request->etag, etag) == 0) {
        end(web, request, SW_FETCH_SAME, "", etag);
    } else if (harm == WEB_BREAKS) {
        if (bring(web, request, from, copy + from, length / 2))
            end(web, request, SW_FETCH_FAILED, "the connection breaks off", "");
    } else {
        length = harm == WEB_SHORT && length > 0 ? length - 1 : harm == WEB_LONG ? length + 1 : length;
        if (bring(web, request, from, copy + from, length))
            end(web, request, SW_FETCH_WHOLE, "", etag);
    }
    free(copy);
}

static bool is_harmed(const struct web *web, const char *path)
{
    size_t length = strlen(web->harmed);
    bool folder = length > 0 && web->harmed[length - 1] == '/';
    return folder ? strncmp(path, web->harmed, length) == 0 : strcmp(path, web->harmed) == 0;
}

static void answer(struct web *web, struct web_request *request)
{
    const struct web_file *file = web_find(web, request->path);
    enum web_harm harm = file != NULL && file->harm != WEB_FINE ? file->harm : is_harmed(web, request->path) ? web->harm : WEB_FINE;
    if (harm == WEB_UNREACHED)
        end(web, request, SW_FETCH_FAILED, "it cannot be reached", "");
    else if (harm == WEB_BUSY)
        end(web, request, SW_FETCH_BUSY, "asks to wait", "");
    else if (harm == WEB_REFUSED)
        end(web, request, SW_FETCH_WRONG, "has another size", "");
    else if (harm == WEB_SAME)
        end(web, request, SW_FETCH_SAME, "says that nothing changed", "");
    else if (harm == WEB_PORTAL && request->fetch.partly) /* which does not say how large it is */
        end(web, request, SW_FETCH_WRONG, "comes from its beginning", "");
    else if (harm == WEB_PORTAL && bring(web, request, 0, PORTAL, strlen(PORTAL)))
        end(web, request, SW_FETCH_WHOLE, "", "\"portal\"");
    else if (harm != WEB_PORTAL && (file == NULL || harm == WEB_GONE))
        end(web, request, SW_FETCH_MISSING, "is not there", "");
    else if (harm != WEB_PORTAL)
        bring_file(web, request, file, harm);
}

static bool is_silent(const struct web *web, const struct web_request *request)
{
    return web->harm == WEB_SILENT && is_harmed(web, request->path);
}

bool web_turn(struct web *web)
{
    uint64_t last = web->numbers;
    bool any = false;
    for (;;) {
        struct web_request *first = NULL;
        for (size_t i = 0; i < WEB_REQUESTS; i++) {
            struct web_request *request = &web->requests[i];
            bool candidate = request->number != 0 && request->number <= last && !is_silent(web, request);
            if (candidate && (first == NULL || request->number < first->number))
                first = request;
        }
        if (first == NULL)
            return any;
        any = true;
        answer(web, first);
    }
}
