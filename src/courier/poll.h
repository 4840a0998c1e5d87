/* SPDX-License-Identifier: EUPL-1.2 */
/* When a source is asked again: a pure function of how often it wants to be asked and what its last answers were. Polite first: what a
 * server says (max-age, Retry-After) lengthens the wait, never shortens it, and many walls do not ask at the same moment. */
#ifndef SW_COURIER_POLL_H
#define SW_COURIER_POLL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/tick.h"

/* What an attempt came to. */
enum sw_poll_outcome {
    SW_POLL_GOOD,      /* 200, 304 */
    SW_POLL_UNREACHED, /* no connection, cut off, too slow, 5xx, a body that is not what was declared */
    SW_POLL_BUSY,      /* 429, 503 */
    SW_POLL_DENIED,    /* 401, 403: an operator has to do something */
    SW_POLL_REFUSED,   /* any other 4xx */
    SW_POLL_FORBIDDEN, /* our own rules do not let it: address, scheme, size */
};

struct sw_poll {
    int failures; /* in a row */
};

enum sw_poll_outcome sw_poll_outcome_of(int status); /* of an HTTP status that brings nothing: neither 200 nor 304 */
/* How long to wait, microseconds. `every`: as declared, but never less than `least` (host/address.h); `max_age`, `retry_after`: seconds as
 * the server said, negative: it did not; `chance`: 0..1, evenly spread, for the jitter of +-10 %. Counts the failure in *poll, or forgets
 * them. */
int64_t sw_poll_wait(struct sw_poll *poll, enum sw_poll_outcome outcome, int64_t every, int64_t least, int64_t max_age,
                     int64_t retry_after, double chance);

#endif
