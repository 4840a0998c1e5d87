/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/guard.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "worker/request.h"

#define FDS_MAX 64

/* Bytes of address space in use; 0 if /proc does not say. */
static size_t memory_in_use(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL)
        return 0;
    unsigned long pages = 0;
    int read = fscanf(file, "%lu", &pages);
    fclose(file);
    return read == 1 ? pages * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

static bool limit(const char *name, int resource, rlim_t most)
{
    struct rlimit both = {.rlim_cur = most, .rlim_max = most}, now;
    if (getrlimit(resource, &now) == 0 && now.rlim_max < most)
        both = (struct rlimit){.rlim_cur = now.rlim_max, .rlim_max = now.rlim_max};
    if (setrlimit(resource, &both) == 0)
        return true;
    sw_log(SW_LOG_ERROR, "guard", "cannot limit %s: %s", name, strerror(errno));
    return false;
}

static bool limit_memory(void)
{
    /* a program built to find memory errors has taken terabytes of address space before main() */
    if (memory_in_use() > SW_GUARD_MEMORY) {
        sw_log(SW_LOG_WARNING, "guard", "more memory is mapped than the limit allows: this build goes without one");
        return true;
    }
    return limit("memory", RLIMIT_AS, SW_GUARD_MEMORY);
}

bool sw_guard_fence(void)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
        sw_log(SW_LOG_ERROR, "guard", "cannot give up privileges: %s", strerror(errno));
        return false;
    }
    signal(SIGINT, SIG_IGN); /* Ctrl-C in a terminal is the supervisor's to answer */
    return limit("core dumps", RLIMIT_CORE, 0) && limit("file size", RLIMIT_FSIZE, (rlim_t)SW_PICTURE_PIXELS_MAX * 4) &&
           limit("open files", RLIMIT_NOFILE, FDS_MAX) && limit_memory();
}

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

void sw_guard_begin(struct sw_guard *guard, int cpu_ms)
{
    set(guard, cpu_ms);
}

void sw_guard_end(struct sw_guard *guard)
{
    set(guard, 0);
}
