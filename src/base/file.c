/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#define TEMP_TRIES 100
#define READ_FIRST ((size_t)4096)

const char *sw_file_status_text(enum sw_file_status status)
{
    switch (status) {
    case SW_FILE_OK:
        return "is there";
    case SW_FILE_MISSING:
        return "does not exist";
    case SW_FILE_DENIED:
        return "may not be read";
    case SW_FILE_OUTSIDE:
        return "leads out of the folder (no \"..\", no path from \"/\", no links)";
    case SW_FILE_TOO_LARGE:
        return "is too large";
    case SW_FILE_NOT_PLAIN:
        return "is not a plain file";
    case SW_FILE_FAILED:
        return "cannot be read";
    }
    return "cannot be read";
}

enum sw_file_status sw_file_status_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
        return SW_FILE_MISSING;
    case EACCES:
    case EPERM:
        return SW_FILE_DENIED;
    case ELOOP:
    case EXDEV:
        return SW_FILE_OUTSIDE;
    case ENXIO:
    case EISDIR:
        return SW_FILE_NOT_PLAIN;
    case EFBIG:
    case EOVERFLOW:
        return SW_FILE_TOO_LARGE;
    default:
        return SW_FILE_FAILED;
    }
}

bool sw_folder_make(const char *path, unsigned mode)
{
    char part[4096];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof part) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(part, path, length + 1);
    for (size_t i = 1; i < length; i++) {
        if (part[i] != '/')
            continue;
        part[i] = '\0';
        (void)!mkdir(part, mode); /* what is in the way is met at the end */
        part[i] = '/';
    }
    return mkdir(part, mode) == 0 || errno == EEXIST;
}

enum sw_file_status sw_fd_read_all(int fd, size_t maximum, char **bytes, size_t *length)
{
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return SW_FILE_FAILED;
    }
    if (!S_ISREG(status.st_mode)) {
        return SW_FILE_NOT_PLAIN;
    }
    if (status.st_size > 0 && (uintmax_t)status.st_size > maximum) {
        return SW_FILE_TOO_LARGE;
    }
    size_t capacity = 0, used = 0;
    size_t expected = status.st_size > 0 ? (size_t)status.st_size : READ_FIRST;
    char *read_so_far = sw_grow(NULL, &capacity, expected + 2, 1); /* one for the NUL, one to see the end in the first read */
    for (;;) {
        ssize_t got = read(fd, read_so_far + used, capacity - 1 - used);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno != EINTR) {
            free(read_so_far);
            return SW_FILE_FAILED;
        }
        used += got > 0 ? (size_t)got : 0;
        if (used > maximum) { /* it grew, or its size was not known */
            free(read_so_far);
            return SW_FILE_TOO_LARGE;
        }
        if (used == capacity - 1) {
            read_so_far = sw_grow(read_so_far, &capacity, capacity + 1, 1);
        }
    }
    read_so_far[used] = '\0';
    *bytes = read_so_far;
    *length = used;
    return SW_FILE_OK;
}

enum sw_file_status sw_root_read(const struct sw_root *root, const char *path, size_t maximum, char **bytes, size_t *length)
{
    int fd;
    enum sw_file_status status = sw_root_open(root, path, &fd);
    if (status == SW_FILE_OK) {
        status = sw_fd_read_all(fd, maximum, bytes, length);
        close(fd);
    }
    return status;
}

enum sw_file_status sw_file_read(const char *path, size_t maximum, char **bytes, size_t *length)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a FIFO must not hold us up */
    if (fd < 0) {
        return errno == ELOOP ? SW_FILE_FAILED : sw_file_status_of(errno);
    }
    enum sw_file_status status = sw_fd_read_all(fd, maximum, bytes, length);
    close(fd);
    return status;
}

bool sw_fd_write_all(int fd, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t written = write(fd, at, length);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            at += written;
            length -= (size_t)written;
        }
    }
    return true;
}

/* Opens the folder that `path` lies in; *name becomes the part behind the last slash. */
static int open_folder_of(const char *path, const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash != NULL ? slash + 1 : path;
    if (slash == NULL) {
        return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    struct sw_arena scratch = {0};
    const char *folder = slash == path ? "/" : sw_arena_strndup(&scratch, path, (size_t)(slash - path));
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    sw_arena_finish(&scratch);
    return fd;
}

static int open_temp(int folder, const char *name, struct sw_arena *scratch, const char **temp)
{
    int fd = -1;
    for (int i = 0; i < TEMP_TRIES && fd < 0; i++) {
        *temp = sw_arena_printf(scratch, ".%s.%ld-%d.tmp", name, (long)getpid(), i);
        fd = openat(folder, *temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
        if (fd < 0 && errno != EEXIST) {
            break;
        }
    }
    return fd;
}

bool sw_file_write_atomic_at(int folder, const char *name, const void *bytes, size_t length)
{
    struct sw_arena scratch = {0};
    const char *temp = NULL;
    struct stat status;
    int fd = open_temp(folder, name, &scratch, &temp);
    bool done = fd >= 0;
    if (done && fstatat(folder, name, &status, 0) == 0 && S_ISREG(status.st_mode)) {
        done = fchmod(fd, status.st_mode & 07777) == 0;
    }
    done = done && sw_fd_write_all(fd, bytes, length) && fsync(fd) == 0;
    int cause = errno;
    if (fd >= 0) {
        if (close(fd) != 0 && done) {
            cause = errno;
            done = false;
        }
        if (done && renameat(folder, temp, folder, name) != 0) {
            cause = errno;
            done = false;
        }
        if (!done) {
            unlinkat(folder, temp, 0);
        }
    }
    sw_arena_finish(&scratch);
    errno = cause;
    return done && fsync(folder) == 0;
}

bool sw_file_write_atomic(const char *path, const void *bytes, size_t length)
{
    const char *name;
    int folder = open_folder_of(path, &name);
    if (folder < 0) {
        return false;
    }
    bool done = sw_file_write_atomic_at(folder, name, bytes, length);
    int cause = errno;
    close(folder);
    errno = cause;
    return done;
}
