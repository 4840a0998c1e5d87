/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/fence.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fence_role.h"
#include "base/log.h"
#include "fence_filters.h" /* made from base/filter/rules.c when this is built */

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    #define LOWER_HALF 0 /* of a system call's argument: the kernel's numbers of processes have 32 bits */
#else
    #define LOWER_HALF 4
#endif

/* Bytes of address space in use; 0 if /proc does not say. */
static int64_t memory_in_use(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL)
        return 0;
    unsigned long pages = 0;
    int read = fscanf(file, "%lu", &pages);
    fclose(file);
    return read == 1 ? (int64_t)pages * sysconf(_SC_PAGESIZE) : 0;
}

static bool limit(const char *name, int resource, int64_t most)
{
    if (most == SW_FENCE_UNLIMITED)
        return true;
    struct rlimit both = {.rlim_cur = (rlim_t)most, .rlim_max = (rlim_t)most}, now;
    if (getrlimit(resource, &now) == 0 && now.rlim_max < both.rlim_max)
        both = (struct rlimit){.rlim_cur = now.rlim_max, .rlim_max = now.rlim_max};
    if (setrlimit(resource, &both) == 0)
        return true;
    sw_log(SW_LOG_ERROR, "fence", "cannot limit %s: %s", name, strerror(errno));
    return false;
}

static bool limit_all(const struct sw_fence_limits *limits)
{
    /* a program built to find memory errors has taken terabytes of address space before main() */
    bool memory = memory_in_use() < limits->address_space && memory_in_use() < limits->data;
    if (!memory)
        sw_log(SW_LOG_WARNING, "fence", "more memory is mapped than the limit allows: this build goes without one");
    return limit("core dumps", RLIMIT_CORE, 0) && limit("file size", RLIMIT_FSIZE, limits->file) &&
           limit("open files", RLIMIT_NOFILE, limits->descriptors) && limit("processes", RLIMIT_NPROC, limits->tasks) &&
           limit("stack", RLIMIT_STACK, limits->stack) &&
           (!memory || (limit("memory", RLIMIT_AS, limits->address_space) && limit("memory", RLIMIT_DATA, limits->data)));
}

/* Kernels of a distribution all can; one that somebody has built for a board may not. */
static bool kernel_filters(void)
{
    uint32_t action = SECCOMP_RET_KILL_PROCESS;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

/* Where signals to threads are allowed at all: none to another process. No list that is made beforehand knows our number. */
static bool keep_signals_inside(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0]) + LOWER_HALF),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof code / sizeof code[0], .filter = code};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

static bool filter_calls(enum sw_fence_role role)
{
    if (!kernel_filters()) {
        sw_log(SW_LOG_WARNING, "fence", "this kernel filters no system calls");
        return true;
    }
    if (sw_fence_row(role)->signals_inside && !keep_signals_inside()) {
        sw_log(SW_LOG_ERROR, "fence", "the kernel does not take the rule for signals: %s", strerror(errno));
        return false;
    }
    const struct sw_fence_filter *filter = &sw_fence_filters[role];
    struct sock_fprog program = {.len = filter->length, .filter = (struct sock_filter *)(uintptr_t)filter->code};
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0)
        return true;
    sw_log(SW_LOG_ERROR, "fence", "the kernel does not take the list of system calls: %s", strerror(errno));
    return false;
}

bool sw_fence_raise(enum sw_fence_role role, const struct sw_fence_place *places, size_t count)
{
    const struct sw_fence_row *row = sw_fence_row(role);
    bool hides = row->hidden && !SW_FENCE_WATCHED;
    bool good = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && (!hides || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
    if (!good)
        sw_log(SW_LOG_ERROR, "fence", "cannot give up privileges: %s", strerror(errno));
    good = good && limit_all(&row->limits);
    return good && (!row->fenced || (sw_fence_land(row, places, count) && filter_calls(role)));
}
