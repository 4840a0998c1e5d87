/* SPDX-License-Identifier: EUPL-1.2 */
#include "wrapped.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    bool on;
    enum wrapped_calls calls;
    enum wrapped_fault fault;
    long n, count;
    int error;
} now;

/* True where the call must fail; errno is set. */
static bool before(enum wrapped_calls calls)
{
    if (!now.on || now.calls != calls)
        return false;
    now.count++;
    if (now.fault == WRAPPED_KILL_BEFORE && now.count == now.n)
        (void)raise(SIGKILL);
    if ((now.fault == WRAPPED_FAIL_ONCE && now.count == now.n) || (now.fault == WRAPPED_FAIL_ON && now.count >= now.n)) {
        errno = now.error;
        return true;
    }
    return false;
}

static void after(enum wrapped_calls calls)
{
    if (now.on && now.calls == calls && now.fault == WRAPPED_KILL_AFTER && now.count == now.n)
        (void)raise(SIGKILL);
}

/* WRAP(type, name, (parameters), (arguments), what it returns when it fails) */
#define WRAP(type, name, parameters, arguments, failed)                                                                                    \
    type __real_##name parameters;                                                                                                         \
    type __wrap_##name parameters;                                                                                                         \
    type __wrap_##name parameters                                                                                                          \
    {                                                                                                                                      \
        if (before(WRAPPED_FILES))                                                                                                         \
            return failed;                                                                                                                 \
        type result = __real_##name arguments;                                                                                             \
        after(WRAPPED_FILES);                                                                                                              \
        return result;                                                                                                                     \
    }

WRAP(ssize_t, read, (int fd, void *bytes, size_t length), (fd, bytes, length), -1)
WRAP(ssize_t, write, (int fd, const void *bytes, size_t length), (fd, bytes, length), -1)
WRAP(int, fsync, (int fd), (fd), -1)
WRAP(int, fdatasync, (int fd), (fd), -1)
WRAP(int, ftruncate, (int fd, off_t length), (fd, length), -1)
WRAP(off_t, lseek, (int fd, off_t offset, int whence), (fd, offset, whence), -1)
WRAP(int, renameat, (int from, const char *old, int to, const char *name), (from, old, to, name), -1)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), -1)
WRAP(int, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode), -1)
WRAP(int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags), -1)
WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode), -1)
WRAP(int, fstat, (int fd, struct stat *info), (fd, info), -1)
WRAP(int, fstatat, (int folder, const char *path, struct stat *info, int flags), (folder, path, info, flags), -1)
WRAP(int, fstatvfs, (int fd, struct statvfs *info), (fd, info), -1)
WRAP(int, flock, (int fd, int operation), (fd, operation), -1)
WRAP(DIR *, fdopendir, (int fd), (fd), NULL)
WRAP(struct dirent *, readdir, (DIR * folder), (folder), NULL)

/* Closes even where it says that it could not, as Linux does. */
int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
    bool fails = before(WRAPPED_FILES);
    int error = errno, result = __real_close(fd);
    after(WRAPPED_FILES);
    if (fails)
        errno = error;
    return fails ? -1 : result;
}

/* The same for those that take a mode only where they make a file. */
#define WRAP_OPENING(name, parameters, arguments)                                                                                          \
    int __real_##name parameters;                                                                                                          \
    int __wrap_##name parameters;                                                                                                          \
    int __wrap_##name parameters                                                                                                           \
    {                                                                                                                                      \
        va_list rest;                                                                                                                      \
        va_start(rest, flags);                                                                                                             \
        unsigned mode = (flags & O_CREAT) != 0 ? va_arg(rest, unsigned) : 0;                                                               \
        va_end(rest);                                                                                                                      \
        if (before(WRAPPED_FILES))                                                                                                         \
            return -1;                                                                                                                     \
        int result = __real_##name arguments;                                                                                              \
        after(WRAPPED_FILES);                                                                                                              \
        return result;                                                                                                                     \
    }

WRAP_OPENING(open, (const char *path, int flags, ...), (path, flags, mode))
WRAP_OPENING(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size) { return before(WRAPPED_MEMORY) ? NULL : __real_malloc(size); }

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size) { return before(WRAPPED_MEMORY) ? NULL : __real_calloc(count, size); }

void *__real_realloc(void *place, size_t size);
void *__wrap_realloc(void *place, size_t size);
void *__wrap_realloc(void *place, size_t size) { return before(WRAPPED_MEMORY) ? NULL : __real_realloc(place, size); }

void wrapped_start(enum wrapped_calls calls, enum wrapped_fault fault, long n, int error)
{
    static cJSON_Hooks hooks = {.malloc_fn = __wrap_malloc, .free_fn = free};
    cJSON_InitHooks(&hooks);
    now.calls = calls;
    now.fault = fault;
    now.n = n;
    now.count = 0;
    now.error = error;
    now.on = true;
}

long wrapped_stop(void)
{
    now.on = false;
    return now.count;
}

enum wrapped_end wrapped_try(enum wrapped_calls calls, enum wrapped_fault fault, long n, int error, bool (*work)(void *context),
                             void *context)
{
    int ended, killed = fault == WRAPPED_KILL_BEFORE || fault == WRAPPED_KILL_AFTER ? SIGKILL : 0;
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (calls == WRAPPED_MEMORY && freopen("/dev/null", "w", stderr) == NULL) /* where each says so */
            exit(1);
        wrapped_start(calls, fault, n, error);
        bool done = work(context);
        exit(wrapped_stop() < n ? WRAPPED_UNREACHED : done ? WRAPPED_DONE : WRAPPED_UNDONE);
    }
    pid_t gone = child > 0 ? waitpid(child, &ended, 0) : -1;
    assert(gone > 0);
    if (WIFSIGNALED(ended)) {
        assert(WTERMSIG(ended) == (calls == WRAPPED_MEMORY && killed == 0 ? SIGABRT : killed));
        return WRAPPED_ENDED;
    }
    int status = WEXITSTATUS(ended);
    assert(status == WRAPPED_UNREACHED || (killed == 0 && (status == WRAPPED_DONE || status == WRAPPED_UNDONE)));
    return (enum wrapped_end)status;
}
