/* SPDX-License-Identifier: EUPL-1.2 */
/* Preloaded: writes to $SYNCED_LOG, a line each in their order, which names are "new" (made or renamed to) and what was "sync"ed. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void note(const char *call, const char *folder, const char *name)
{
    char line[8192];
    const char *log = getenv("SYNCED_LOG");
    int fd = log != NULL ? open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;
    int length = snprintf(line, sizeof line, "%s %s%s%s\n", call, folder, folder[0] != '\0' ? "/" : "", name);
    if (fd < 0 || length >= (int)sizeof line || write(fd, line, (size_t)length) != length)
        abort();
    (void)close(fd);
}

static void path_of(int fd, char path[4096])
{
    char link[64];
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    path[length > 0 ? length : 0] = '\0';
}

/* The C library's own function, into a pointer to it. */
static void find(const char *name, void *function, size_t size)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    memcpy(function, &symbol, size);
}

int fsync(int fd)
{
    char path[4096];
    int (*own)(int);
    find("fsync", &own, sizeof own);
    int result = own(fd);
    path_of(fd, path);
    note("sync", "", path);
    return result;
}

int mkdir(const char *path, mode_t mode)
{
    int (*own)(const char *, mode_t);
    find("mkdir", &own, sizeof own);
    int result = own(path, mode);
    if (result == 0)
        note("new", "", path);
    return result;
}

int rename(const char *old, const char *path)
{
    int (*own)(const char *, const char *);
    find("rename", &own, sizeof own);
    int result = own(old, path);
    if (result == 0)
        note("new", "", path);
    return result;
}

int renameat(int from, const char *old, int to, const char *name)
{
    char folder[4096];
    int (*own)(int, const char *, int, const char *);
    find("renameat", &own, sizeof own);
    int result = own(from, old, to, name);
    path_of(to, folder);
    if (result == 0)
        note("new", folder, name);
    return result;
}
