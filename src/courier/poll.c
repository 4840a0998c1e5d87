/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/poll.h"

#define BACK_OFF_FIRST (15 * SW_SECOND)
#define BACK_OFF_MOST_LEAST SW_MINUTE /* a source asked every few seconds is left alone for longer while it is down */
#define DENIED_WAIT (30 * SW_MINUTE)
#define REFUSED_WAIT (15 * SW_MINUTE)
#define MAX_AGE_MOST (6 * SW_HOUR)
#define RETRY_AFTER_MOST (6 * SW_HOUR)

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

enum sw_poll_outcome sw_poll_outcome_of(int status)
{
    if (status == 429 || status == 503)
        return SW_POLL_BUSY;
    if (status == 401 || status == 403)
        return SW_POLL_DENIED;
    return status >= 400 && status < 500 ? SW_POLL_REFUSED : SW_POLL_UNREACHED;
}

/* Seconds as a server says them, within what makes sense; 0 where it does not say. */
static int64_t said(int64_t seconds, int64_t most)
{
    return seconds < 0 ? 0 : smaller(seconds, most / SW_SECOND) * SW_SECOND;
}

static int64_t back_off(int failures, int64_t every)
{
    int doublings = failures - 1 < 16 ? failures - 1 : 16;
    return smaller(BACK_OFF_FIRST << doublings, larger(every, BACK_OFF_MOST_LEAST));
}

static int64_t plain_wait(const struct sw_poll *poll, enum sw_poll_outcome outcome, int64_t every, int64_t max_age, int64_t retry_after)
{
    switch (outcome) {
    case SW_POLL_GOOD: return larger(every, said(max_age, MAX_AGE_MOST));
    case SW_POLL_UNREACHED:
    case SW_POLL_BUSY: return larger(back_off(poll->failures, every), said(retry_after, RETRY_AFTER_MOST));
    case SW_POLL_DENIED: return larger(DENIED_WAIT, every);
    case SW_POLL_REFUSED:
    case SW_POLL_FORBIDDEN: return larger(REFUSED_WAIT, every);
    }
    return every;
}

int64_t sw_poll_wait(struct sw_poll *poll, enum sw_poll_outcome outcome, int64_t every, int64_t least, int64_t max_age,
                     int64_t retry_after, double chance)
{
    every = larger(every, least);
    poll->failures = outcome == SW_POLL_GOOD ? 0 : poll->failures + (poll->failures < 1000);
    int64_t wait = plain_wait(poll, outcome, every, max_age, retry_after);
    int64_t jitter = (int64_t)((double)wait * 0.2 * (chance - 0.5));
    bool asked_to_wait = said(max_age, MAX_AGE_MOST) == wait || said(retry_after, RETRY_AFTER_MOST) == wait;
    wait += asked_to_wait && jitter < 0 ? -jitter : jitter; /* never before the server's own time */
    return larger(wait, least);
}
