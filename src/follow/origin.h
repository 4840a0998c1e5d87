/* SPDX-License-Identifier: EUPL-1.2 */
/* How files of a published folder come: over HTTP (courier/carrier.h), or from a folder (follow/folder.h). Whoever implements this calls
 * back from a turn of its own, never from within `begin` or `cancel`. One thread. */
#ifndef SW_FOLLOW_ORIGIN_H
#define SW_FOLLOW_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sw_fetch_status {
    SW_FETCH_WHOLE,   /* all of it was taken */
    SW_FETCH_SAME,    /* it is still what `etag` stands for */
    SW_FETCH_MISSING, /* it is not there */
    SW_FETCH_FAILED,  /* no answer, or it broke off: what was taken may be kept */
    SW_FETCH_BUSY,    /* asked to come back later */
    SW_FETCH_WRONG,   /* an answer to something else than was asked for: what was taken of it counts for nothing */
    SW_FETCH_STOPPED, /* `take` wanted no more */
};

/* Valid during the call only. */
struct sw_fetched {
    enum sw_fetch_status status;
    const char *fault;            /* in a few words, to be put behind the path; "" where all went well */
    const char *etag;             /* "": none */
    int64_t max_age, retry_after; /* seconds; -1: not said */
};

/* One file that is wanted; copied. */
struct sw_fetch {
    const char *path; /* below the published folder */
    uint64_t from;    /* so many bytes of it are here: only the rest is wanted; the answer may be the whole all the same */
    uint64_t bytes;   /* its size, or (not exact) the most that it may have */
    bool exact;
    bool partly; /* some of it is here: a whole that takes its place must say beforehand that it has the size, else it is WRONG */
    const char *etag; /* of what is here already; NULL: nothing is */
    /* The next bytes, which stand at `at` of the file: at `from` first, or at 0 where the whole comes. False: no more is wanted. Must not
     * begin or cancel anything. */
    bool (*take)(void *context, uint64_t at, const void *bytes, size_t length);
    /* The end, always and once, unless it was cancelled. May begin and cancel others. */
    void (*done)(void *context, const struct sw_fetched *fetched);
    void *context;
};

struct sw_origin {
    void *self;
    uint64_t (*begin)(void *self, const struct sw_fetch *fetch); /* its number, from 1; no other has it ever again */
    void (*cancel)(void *self, uint64_t number);
};

#endif
