/* SPDX-License-Identifier: EUPL-1.2 */
/* The headers of an answer that matter to a poller. Pure. */
#ifndef SW_COURIER_HEADER_H
#define SW_COURIER_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sw_headers {
    char etag[256], modified[128], type[128], date[128], cache[256], next[2048], location[2048]; /* "": absent, or longer than that */
    int64_t max_age, age; /* seconds; -1: not said */
    bool no_cache;        /* no-cache, no-store */
    int64_t length;       /* Content-Length; -1: not said */
    int64_t part_from, part_whole; /* of Content-Range: where it begins, how long the whole is; -1: not said */
    bool packed;          /* by a Content-Encoding */
};

/* Forgets everything: an answer begins. */
void sw_headers_clear(struct sw_headers *headers);
/* Takes one line "Name: value\r\n" of `length` bytes; lines of other shapes and names are passed over. */
void sw_headers_take(struct sw_headers *headers, const char *line, size_t length);
/* How long the answer counts as fresh, seconds; -1: not said. */
int64_t sw_headers_fresh_for(const struct sw_headers *headers);

#endif
