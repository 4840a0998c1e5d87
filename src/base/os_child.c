/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/child.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIRST_FD 3
#define FDS_MAX 32
#define EXEC_FAILED 127
#define FDS_ENDED 65536 /* closed one by one where the kernel has no close_range */

/* All that the child needs, made ready before the fork: between fork and exec nothing is allocated. */
struct plan {
    const char *const *arguments;
    const int *fds;
    size_t fd_count;
    int report; /* the end of a pipe where errno is written to if exec fails */
    pid_t parent;
};

static void close_from(int first)
{
    if (close_range((unsigned)first, ~0u, 0) != 0) {
        for (int fd = first; fd < FDS_ENDED; fd++) {
            close(fd);
        }
    }
}

/* Puts the descriptors on 3, 4 ... and the report behind them; all first move out of the way of each other. False with errno. */
static bool place_fds(struct plan *plan)
{
    int behind = FIRST_FD + (int)plan->fd_count, moved[FDS_MAX];
    int report = fcntl(plan->report, F_DUPFD_CLOEXEC, behind + 1);
    if (report < 0) {
        return false;
    }
    plan->report = report;
    for (size_t i = 0; i < plan->fd_count; i++) {
        moved[i] = fcntl(plan->fds[i], F_DUPFD, behind + 1);
        if (moved[i] < 0) {
            return false;
        }
    }
    for (size_t i = 0; i < plan->fd_count; i++) {
        if (dup2(moved[i], FIRST_FD + (int)i) < 0) {
            return false;
        }
    }
    if (dup3(report, behind, O_CLOEXEC) < 0) {
        return false;
    }
    plan->report = behind;
    close_from(behind + 1);
    return true;
}

static void reset_signals(void)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigset_t none;
    for (int number = 1; number < NSIG; number++) {
        sigaction(number, &usual, NULL); /* refused for KILL, STOP and those of the C library: they are as they should be */
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

void sw_child_become(const char *const *arguments)
{
    union { /* exec changes none of them; its type is older than const */
        const char *const *given;
        char *const *taken;
    } list = {arguments};
    execv(arguments[0], list.taken);
}

_Noreturn static void run_child(struct plan *plan)
{
    /* the parent may have died before the death signal was asked for */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() != plan->parent) {
        _exit(EXEC_FAILED);
    }
    if (place_fds(plan)) {
        reset_signals();
        sw_child_become(plan->arguments);
    }
    int cause = errno;
    ssize_t written = write(plan->report, &cause, sizeof cause);
    (void)written;
    _exit(EXEC_FAILED);
}

/* Waits until the child has become the program (0) or says why not (its errno). */
static int hear_report(int end)
{
    int cause = 0;
    ssize_t got;
    do {
        got = read(end, &cause, sizeof cause);
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof cause ? cause : 0;
}

static pid_t start(struct plan *plan, const int report[2])
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before); /* none of our handlers runs in the child */
    pid_t pid = fork();
    if (pid == 0) {
        run_child(plan);
    }
    int cause = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(report[1]);
    if (pid > 0) {
        cause = hear_report(report[0]);
        if (cause != 0) {
            while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
            }
            pid = -1;
        }
    }
    close(report[0]);
    errno = cause;
    return pid;
}

pid_t sw_child_start(const char *const *arguments, const int *fds, size_t fd_count)
{
    assert(fd_count <= FDS_MAX);
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0) {
        return -1;
    }
    struct plan plan = {.arguments = arguments, .fds = fds, .fd_count = fd_count, .report = report[1], .parent = getpid()};
    return start(&plan, report);
}

static bool own_folder(char *path, size_t capacity)
{
    ssize_t length = readlink("/proc/self/exe", path, capacity);
    if (length <= 0 || (size_t)length >= capacity) {
        return false;
    }
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return false;
    }
    slash[slash == path] = '\0'; /* "/" stays */
    return true;
}

static bool has_program(const char *folder, const char *program)
{
    char path[4096 + 64];
    int length = snprintf(path, sizeof path, "%s/%s", folder, program);
    return length >= 0 && (size_t)length < sizeof path && access(path, X_OK) == 0;
}

bool sw_child_helper_folder(const char *program, char *folder, size_t capacity)
{
    static const char installed[] = "/../libexec/schauwand";
    if (capacity < sizeof installed || !own_folder(folder, capacity - sizeof installed)) {
        return false;
    }
    if (has_program(folder, program)) {
        return true;
    }
    memcpy(folder + strlen(folder), installed, sizeof installed);
    return has_program(folder, program);
}
