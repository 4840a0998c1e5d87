/* SPDX-License-Identifier: EUPL-1.2 */
#include "follow/asking.h"

#define QUIET_LEAST (15 * SW_SECOND)
#define MAX_AGE_MOST (15 * SW_MINUTE) /* a server that says a year by mistake would end all following */
#define BACK_OFF_FIRST (30 * SW_SECOND)
#define BACK_OFF_MOST (15 * SW_MINUTE)
#define FAILURES_MOST 6 /* that are counted: it waits for BACK_OFF_MOST then */
#define RETRY_AFTER_MOST (6 * SW_HOUR)

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

/* Seconds as a server says them, within what makes sense; 0 where it does not say. */
static int64_t said(int64_t seconds, int64_t most) { return seconds < 0 ? 0 : smaller(seconds, most / SW_SECOND) * SW_SECOND; }

/* Up to a tenth longer; never shorter. */
static int64_t spread(int64_t wait, double chance) { return wait + (int64_t)((double)wait * 0.1 * chance); }

int64_t sw_asking_good(struct sw_asking *asking, int64_t max_age, bool quiet, double chance)
{
    int64_t wait = asking->poll;
    asking->failures = 0;
    if (quiet && wait >= SW_ASKING_POLL)
        wait = larger(wait, QUIET_LEAST);
    return spread(larger(wait, said(max_age, MAX_AGE_MOST)), chance);
}

int64_t sw_asking_failed(struct sw_asking *asking, int64_t retry_after, double chance)
{
    int doublings = asking->failures - (asking->poll > 0);
    int64_t wait = doublings < 0 ? smaller(asking->poll, BACK_OFF_FIRST) : smaller(BACK_OFF_FIRST << doublings, BACK_OFF_MOST);
    asking->failures += asking->failures < FAILURES_MOST;
    wait += (int64_t)((double)wait * 0.25 * chance); /* walls that failed together do not come back together */
    return larger(wait, spread(said(retry_after, RETRY_AFTER_MOST), chance));
}
