/* SPDX-License-Identifier: EUPL-1.2 */
#define _GNU_SOURCE
#include "base/filter/rules.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#define ALLOW(...)                                                                                                                         \
    {                                                                                                                                      \
        .calls = __VA_ARGS__                                                                                                               \
    }
#define IF(number_, mask_, value_)                                                                                                         \
    {                                                                                                                                      \
        .number = number_, .mask = mask_, .value = value_                                                                                  \
    }
#define IF_NOT(number_, value_)                                                                                                            \
    {                                                                                                                                      \
        .number = number_, .value = value_, .is_not = 1                                                                                    \
    }
#define WRITING ((uint64_t)(O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY)))
#define WRITE_EXEC ((uint64_t)(PROT_WRITE | PROT_EXEC))
#define INT 0xffffffffull

/* Of every fenced role: to live, to sleep, to end. */
static const struct sw_rule life[] = {
    ALLOW("exit exit_group brk munmap mremap madvise mincore msync futex futex_time64 rt_sigaction rt_sigprocmask rt_sigreturn sigreturn "
          "sigaltstack restart_syscall sched_yield clock_gettime clock_gettime64 clock_getres clock_nanosleep clock_nanosleep_time64 "
          "nanosleep gettimeofday time getpid gettid getrandom set_robust_list rseq membarrier sched_getaffinity getcpu getuid geteuid "
          "getgid getegid uname sysinfo arch_prctl timer_create timer_settime timer_gettime timer_delete timer_getoverrun"),
    {.calls = "prctl", .tests = {IF(0, INT, PR_SET_NAME)}},
    /* to ask for its own limits, not to set them */
    {.calls = "prlimit64", .tests = {IF(0, INT, 0), IF(2, ~0ull, 0)}},
    ALLOW("getrlimit ugetrlimit"),
};

/* Of every fenced role: what it was given, and memory to hand on. */
static const struct sw_rule descriptors[] = {
    ALLOW(
        "read readv pread64 write writev pwrite64 close lseek _llseek fcntl fcntl64 dup dup2 dup3 poll ppoll ppoll_time64 recvmsg sendmsg "
        "fstat fstat64 newfstatat fstatat64 memfd_create ftruncate ftruncate64"),
};

static const struct sw_rule no_code[] = {
    {.calls = "mmap mmap2 mprotect", .tests = {IF(2, PROT_EXEC, 0)}},
    {.calls = "mmap mmap2 mprotect", .action = SW_RULE_REFUSE, .refusal = EACCES, .tests = {IF(2, PROT_EXEC, PROT_EXEC)}},
};

/* Libraries may be loaded: memory that is run is not written to. */
static const struct sw_rule library_code[] = {
    {.calls = "mmap mmap2", .tests = {IF(2, PROT_EXEC, 0)}},
    {.calls = "mmap mmap2", .tests = {IF(2, WRITE_EXEC, PROT_EXEC)}},
    {.calls = "mmap mmap2", .action = SW_RULE_REFUSE, .refusal = EACCES, .tests = {IF(2, WRITE_EXEC, WRITE_EXEC)}},
    {.calls = "mprotect", .tests = {IF(2, PROT_EXEC, 0)}},
    {.calls = "mprotect", .action = SW_RULE_REFUSE, .refusal = EACCES, .tests = {IF(2, PROT_EXEC, PROT_EXEC)}},
};

/* Drivers compile shaders to code of this machine. */
static const struct sw_rule any_code[] = {
    ALLOW("mmap mmap2 mprotect pkey_mprotect pkey_alloc pkey_free"),
};

/* clone3 keeps its flags in memory, where no filter sees them: ENOSYS, and the C library takes clone. */
static const struct sw_rule threads[] = {
    {.calls = "clone", .tests = {IF(0, CLONE_THREAD, CLONE_THREAD)}},
    ALLOW("set_tid_address sched_getparam sched_getscheduler sched_getattr"),
};

/* How threads are cancelled (SIGCANCEL of the C library); whose they may be is the fence's to say at run time. */
static const struct sw_rule cancelled_threads[] = {
    {.calls = "tgkill", .tests = {IF(2, INT, 32)}},
};

static const struct sw_rule no_files[] = {
    {.calls = "open openat openat2 creat access faccessat faccessat2 readlink readlinkat", .action = SW_RULE_REFUSE, .refusal = EACCES},
};

static const struct sw_rule read_files[] = {
    {.calls = "openat", .tests = {IF(2, WRITING, O_RDONLY)}},
    {.calls = "open", .tests = {IF(1, WRITING, O_RDONLY)}},
    ALLOW("access faccessat faccessat2 readlink readlinkat stat stat64 lstat lstat64 statx statfs statfs64 fstatfs fstatfs64 getdents "
          "getdents64 getcwd fadvise64 fadvise64_64"),
};

/* Landlock says which. */
static const struct sw_rule files[] = {
    ALLOW("open openat openat2 creat access faccessat faccessat2 readlink readlinkat stat stat64 lstat lstat64 statx statfs statfs64 "
          "fstatfs fstatfs64 getdents getdents64 getcwd chdir fchdir umask fadvise64 fadvise64_64 readahead fsync fdatasync truncate "
          "truncate64 fallocate rename renameat renameat2 unlink unlinkat mkdir mkdirat rmdir link linkat chmod fchmod fchmodat fchown "
          "utimensat "
          "utime utimes futimesat flock sendfile sendfile64 copy_file_range sync_file_range splice getxattr fgetxattr lgetxattr"),
};

/* What is saved: a curator's folder, files that sources are; and devices, by SDL. */
static const struct sw_rule changes_of_files[] = {
    ALLOW("inotify_init inotify_init1 inotify_add_watch inotify_rm_watch"),
};

/* Of player and courier: what large libraries live on. */
static const struct sw_rule services[] = {
    ALLOW("epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2 timerfd_create timerfd_settime "
          "timerfd_gettime signalfd signalfd4 select _newselect pselect6 pselect6_time64 pipe pipe2 preadv preadv2 pwritev pwritev2 "
          "rt_sigtimedwait rt_sigtimedwait_time64 rt_sigpending rt_sigsuspend pause tgkill close_range getrusage times getppid "
          "getpgrp getpgid getsid getresuid getresgid getgroups getpriority setpriority sched_setaffinity sched_get_priority_max "
          "sched_get_priority_min sched_setscheduler sched_setattr sched_setparam mlock mlock2 munlock capget getitimer setitimer alarm"),
    {.calls = "prctl", .tests = {IF(0, INT, PR_GET_NAME)}},
    {.calls = "prctl", .tests = {IF(0, INT, PR_SET_TIMERSLACK)}},
    /* not to type into the terminal that we were started from; the kernel looks at the lower half alone, IF_NOT at both */
    {.calls = "ioctl", .action = SW_RULE_REFUSE, .refusal = EPERM, .tests = {IF(1, INT, TIOCSTI)}},
    {.calls = "ioctl", .tests = {IF_NOT(1, TIOCSTI)}},
    {.calls = "execve execveat", .action = SW_RULE_REFUSE, .refusal = EACCES},
    {.calls = "kill tkill", .action = SW_RULE_REFUSE, .refusal = EPERM},
};

static const struct sw_rule connections[] = {
    ALLOW("connect getsockopt setsockopt getsockname getpeername sendto recvfrom sendmmsg recvmmsg recvmmsg_time64 shutdown"),
    {.calls = "socketpair", .tests = {IF(0, INT, AF_UNIX)}},
};

static const struct sw_rule only_local[] = {
    {.calls = "socket", .tests = {IF(0, INT, AF_UNIX)}},
    {.calls = "socket", .action = SW_RULE_REFUSE, .refusal = EAFNOSUPPORT, .tests = {IF_NOT(0, AF_UNIX)}},
};

/* A resolver asks by AF_UNIX for names and by AF_NETLINK which addresses there are; curl binds nothing but what it is told to. */
static const struct sw_rule internet[] = {
    {.calls = "socket", .tests = {IF(0, INT, AF_UNIX)}},
    {.calls = "socket", .tests = {IF(0, INT, AF_INET)}},
    {.calls = "socket", .tests = {IF(0, INT, AF_INET6)}},
    {.calls = "socket", .tests = {IF(0, INT, AF_NETLINK), IF(2, INT, 0)}}, /* NETLINK_ROUTE */
    ALLOW("bind"),
};

/* Images and sound shared with a server of this machine, and drivers. */
static const struct sw_rule display[] = {
    ALLOW("shmget shmat shmdt shmctl semget semop semtimedop semctl kcmp get_mempolicy set_mempolicy mbind ioprio_get ioprio_set"),
};

#define HOSTILE                                                                                                                            \
    "connect bind listen accept accept4 execve execveat fork vfork ptrace process_vm_readv process_vm_writev pidfd_getfd kexec_load "      \
    "kexec_file_load init_module finit_module delete_module bpf perf_event_open userfaultfd add_key request_key keyctl mount umount2 "     \
    "move_mount fsopen open_tree pivot_root chroot setns unshare io_uring_setup io_uring_enter open_by_handle_at reboot swapon swapoff "   \
    "iopl ioperm kill tkill rt_sigqueueinfo pidfd_send_signal"

static const struct sw_rule hostile[] = {
    {.calls = "socket socketpair " HOSTILE, .action = SW_RULE_KILL},
};

/* Without HOME glib asks the system for the user's, which may ask a socket. */
static const struct sw_rule hostile_but_sockets[] = {
    {.calls = "socket socketpair", .action = SW_RULE_REFUSE, .refusal = EAFNOSUPPORT},
    {.calls = HOSTILE, .action = SW_RULE_KILL},
};

static const struct sw_rule watched[] = {
    ALLOW("clone ptrace wait4 prctl tgkill pipe2 sigaltstack readlink readlinkat process_vm_readv"),
};

#define SET(rules_)                                                                                                                        \
    {                                                                                                                                      \
        rules_, sizeof(rules_) / sizeof(rules_)[0]                                                                                         \
    }

const struct sw_rule_set *sw_rules_of(enum sw_fence_role role)
{
    static const struct sw_rule_set sets[SW_FENCE_ROLES][SW_RULE_SETS_MAX] = {
        [SW_FENCE_PLAYER] = {SET(life), SET(descriptors), SET(any_code), SET(threads), SET(files), SET(changes_of_files), SET(services),
                             SET(connections), SET(only_local), SET(display)},
        [SW_FENCE_COURIER] = {SET(life), SET(descriptors), SET(library_code), SET(threads), SET(files), SET(changes_of_files),
                              SET(services), SET(connections), SET(internet)},
        [SW_FENCE_FOLLOWER] = {SET(life), SET(descriptors), SET(library_code), SET(threads), SET(files), SET(services), SET(connections),
                               SET(internet)},
        [SW_FENCE_PICTURE] = {SET(life), SET(descriptors), SET(no_code), SET(no_files), SET(hostile)},
        [SW_FENCE_SVG] = {SET(life), SET(descriptors), SET(library_code), SET(threads), SET(read_files), SET(hostile_but_sockets)},
        [SW_FENCE_VIDEO] = {SET(life), SET(descriptors), SET(library_code), SET(threads), SET(cancelled_threads), SET(read_files),
                            SET(hostile)},
        [SW_FENCE_LANG] = {SET(life), SET(descriptors), SET(no_code), SET(files), SET(hostile)},
        [SW_FENCE_JQ] = {SET(life), SET(descriptors), SET(no_code), SET(threads), SET(no_files), SET(hostile)},
    };
    return sets[role];
}

const struct sw_rule_set *sw_rules_watched(void)
{
    static const struct sw_rule_set sets[SW_RULE_SETS_MAX] = {SET(watched)};
    return sets;
}
