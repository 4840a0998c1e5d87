/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests over HTTP: one libcurl multi handle, a few connections a host, every limit our own (libcurl 7.88 stops neither a huge body
 * nor a compressed bomb). Redirects are followed here, step by step, each judged like a first address. No cookies, no netrc, no proxy but
 * the host's. Main thread. */
#ifndef SW_COURIER_HTTP_H
#define SW_COURIER_HTTP_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"
#include "courier/header.h"
#include "exhibition/source.h"
#include "host/host.h"

#define SW_HTTP_BODY_MAX ((size_t)8 << 20)

struct sw_http;

/* What is asked; copied. */
struct sw_http_request {
    const char *url;
    const struct sw_word *headers; /* from: name, to: value */
    size_t header_count;
    struct sw_auth auth;      /* names of secrets; BASIC, BEARER, HEADER, QUERY, CERTIFICATE. Sent to this URL's origin alone */
    const char *token;        /* of OAUTH2, as it was granted; NULL: none */
    const char *form;         /* a body to POST as a form; NULL: a GET */
    const char *etag, *modified; /* validators of what is there already; NULL: none */
    size_t maximum;           /* of the body as it is unpacked, bytes */
    bool json;                /* may come packed */
    /* of files */
    const char *user;   /* of BASIC, as it stands: then only auth.second is a secret's name. NULL: both are */
    bool same_host;     /* redirects lead to the same host or nowhere */
    uint64_t from;      /* the bytes before are here already: the rest is asked for. 206, or 200 with all of it */
    int64_t patience;   /* microseconds in which it must have come; 0: 20 s */
    /* Takes the bodies of 200 and 206 as they come, however long (`maximum` says nothing then), and the answer has none; NULL: nobody does.
     * False: no more of it is wanted. Must not begin or cancel anything. */
    bool (*take)(void *context, int status, const struct sw_headers *headers, const char *bytes, size_t length);
};

/* Valid during the call only. */
struct sw_http_answer {
    int status;               /* 0: none came */
    bool forbidden;           /* by our own rules: address, scheme, size, secret */
    bool stopped;             /* `take` wanted no more */
    const struct sw_headers *headers; /* all of them */
    const char *fault;        /* in a few words; NULL: a whole answer with `status` has come */
    const char *bytes;        /* NUL-terminated */
    size_t length;
    const char *url;          /* after redirects */
    const char *etag, *modified, *type, *date, *cache, *next; /* headers; "" where absent; `next`: the Link with rel=next */
    int64_t max_age, retry_after;              /* seconds; -1: not said */
    sw_instant published;     /* Last-Modified; SW_NEVER: not said */
};

#define SW_HTTP_BESIDE 2 /* requests to one origin at a time: as many as a stranger's server may be asked */

/* `host` must outlive it. `beside`: requests to one origin at a time. NULL (logged) if libcurl cannot start. */
struct sw_http *sw_http_create(const struct sw_host *host, int beside) SW_MUST;
void sw_http_destroy(struct sw_http *http); /* requests under way are dropped unanswered. Accepts NULL */

/* Begins a request; the answer comes from within sw_http_turn, always and once, unless it is cancelled. Returns its number, which no other
 * has ever again. */
uint64_t sw_http_begin(struct sw_http *http, const struct sw_http_request *request,
                       void (*answered)(void *context, const struct sw_http_answer *answer), void *context);
/* One that has been answered: nothing happens. */
void sw_http_cancel(struct sw_http *http, uint64_t number);
/* How many are under way. */
size_t sw_http_pending(const struct sw_http *http);
/* Waits until something can be done, one of `fds` is ready (their revents are set) or `timeout_ms` has passed, and does it. */
void sw_http_turn(struct sw_http *http, struct pollfd *fds, size_t fd_count, int timeout_ms);

/* The instant of a date as headers write it (RFC 9110, 5.6.7); SW_NEVER: it is none. */
sw_instant sw_http_date(const char *text);
/* `reference` as seen from the page at `base` (RFC 3986), of the caller's buffer; false if it is none or does not fit. */
bool sw_http_resolve(const char *base, const char *reference, char *out, size_t capacity) SW_MUST;

#endif
