/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/guard.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "base/log.h"

bool sw_guard_init(struct sw_guard *guard)
{
    memset(guard, 0, sizeof *guard);
    struct sigevent end = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
    guard->made = timer_create(CLOCK_PROCESS_CPUTIME_ID, &end, &guard->timer) == 0;
    if (!guard->made)
        sw_log(SW_LOG_ERROR, "guard", "no timer of processor time: %s", strerror(errno));
    return guard->made;
}

void sw_guard_finish(struct sw_guard *guard)
{
    if (guard != NULL && guard->made)
        timer_delete(guard->timer);
}

static void set(struct sw_guard *guard, long ms)
{
    struct itimerspec when = {.it_value = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}};
    timer_settime(guard->timer, 0, &when, NULL);
}

void sw_guard_begin(struct sw_guard *guard, int cpu_ms) { set(guard, cpu_ms); }

void sw_guard_end(struct sw_guard *guard) { set(guard, 0); }
