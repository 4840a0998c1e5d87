/* SPDX-License-Identifier: EUPL-1.2 */
/* A published folder in memory, as an origin that brings its files and does harm where it is told to. After cmocka.h. */
#ifndef SW_TESTS_FOLLOW_WEB_H
#define SW_TESTS_FOLLOW_WEB_H

#include "follow/follow.h"
#include "site.h"

#define WEB_FILES 96
#define WEB_REQUESTS 16
#define WEB_LOG 512

enum web_harm {
    WEB_FINE,
    WEB_GONE,      /* 404 */
    WEB_UNREACHED, /* no answer */
    WEB_BREAKS,    /* breaks off in the middle */
    WEB_BUSY,      /* come back in 77 s */
    WEB_SHORT,     /* the last byte is missing, and it says that this is all */
    WEB_LONG,      /* goes on behind its end */
    WEB_OTHER,     /* other bytes of the same length */
    WEB_PORTAL,    /* a page to log in to */
    WEB_ELSEWHERE, /* another part than was asked for */
    WEB_WHOLE,     /* the whole, where a part was asked for */
    WEB_REFUSED,   /* the origin itself says that it is something else */
    WEB_SAME,      /* says that nothing changed */
    WEB_SILENT,    /* never answers */
};

struct web_file {
    char path[160];
    char *bytes;
    size_t length;
    enum web_harm harm;
};

struct web_request {
    uint64_t number; /* 0: none */
    char path[160];
    struct sw_fetch fetch;
    char etag[64]; /* "": none */
};

struct web {
    struct web_file files[WEB_FILES];
    size_t file_count;
    struct web_request requests[WEB_REQUESTS];
    uint64_t numbers;
    enum web_harm harm; /* of the file `harmed`, or all of the folder "harmed/", unless they have their own */
    const char *harmed;
    int64_t max_age;
    size_t most_at_once; /* requests */
    struct {
        char path[160];
        uint64_t from;
        bool conditional;
    } log[WEB_LOG];
    size_t asked;
};

void web_init(struct web *web);
void web_finish(struct web *web);
struct sw_origin web_origin(struct web *web);
/* Answers all requests that are there, but those that are silent. False: there was none. */
bool web_turn(struct web *web);

void web_put(struct web *web, const char *path, const void *bytes, size_t length);
struct web_file *web_find(struct web *web, const char *path);
/* How often a path was asked for that begins like this. */
size_t web_asked(const struct web *web, const char *lead);

/* Publishes the key list, a release, `current.json`. */
void web_put_keys(struct web *web, int64_t version, const char *list, const char *signature);
void web_put_release(struct web *web, const struct site_release *release);
void web_put_current(struct web *web, const char *wall, int64_t release, int64_t playlists, int64_t keys);
void web_put_object(struct web *web, const struct sw_object *object, const char *bytes);
/* Playlists signed by the operator: one, of this title. */
void web_put_playlists(struct web *web, const struct site *site, int64_t version, const char *title);

#endif
