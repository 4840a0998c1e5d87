/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file_list.h"
#include "base/memory.h"
#include "base/shared.h"

#define RACE_TRIES 8 /* openat2 gives up with EAGAIN where something is being moved at that moment */

struct sw_root {
    char *path;
    int fd;
    bool walks;                /* the kernel (or a sandbox around us) has no openat2 */
    struct sw_file_list *list; /* NULL: it is the folder */
    atomic_size_t others;      /* owners but one */
};

static int open_at_2(int folder, const char *path, int flags)
{
    struct open_how how = {.flags = (unsigned)(flags | O_CLOEXEC), .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
    long fd = -1;
    for (int i = 0; i < RACE_TRIES; i++) {
        fd = syscall(SYS_openat2, folder, path, &how, sizeof how);
        if (fd >= 0 || (errno != EAGAIN && errno != EINTR)) {
            break;
        }
    }
    return (int)fd;
}

/* Opens `name`, one component, in `folder`, not through a link; a link gives ELOOP. */
static int open_component(int folder, const char *name, int flags)
{
    struct stat status;
    int fd = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOTDIR) { /* what O_DIRECTORY says of a link, too */
        bool link = fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
        errno = link ? ELOOP : ENOTDIR;
    }
    return fd;
}

/* The same without openat2: component by component. ".." does not come here. */
static int open_walk(int root, const char *path, int flags)
{
    char name[NAME_MAX + 1];
    int folder = fcntl(root, F_DUPFD_CLOEXEC, 0);
    while (folder >= 0) {
        path += strspn(path, "/");
        size_t length = strcspn(path, "/");
        bool last = path[length + strspn(path + length, "/")] == '\0';
        int next = -1;
        if (length <= NAME_MAX) {
            memcpy(name, path, length);
            name[length] = '\0';
            next = open_component(folder, name, last ? flags : O_PATH | O_DIRECTORY);
        } else {
            errno = ENAMETOOLONG;
        }
        int cause = errno;
        close(folder);
        errno = cause;
        if (last || next < 0) {
            return next;
        }
        folder = next;
        path += length;
    }
    return -1;
}

static enum sw_file_status open_below(const struct sw_root *root, const char *path, int flags, int *fd)
{
    if (!sw_file_stays_below(path)) {
        return SW_FILE_OUTSIDE;
    }
    int opened = root->walks ? open_walk(root->fd, path, flags) : open_at_2(root->fd, path, flags);
    if (opened < 0) {
        return sw_file_status_of(errno);
    }
    *fd = opened;
    return SW_FILE_OK;
}

struct sw_root *sw_root_create(const char *path, enum sw_file_status *status)
{
    int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        *status = sw_file_status_of(errno);
        return NULL;
    }
    struct sw_root *root = sw_alloc(sizeof *root);
    root->path = sw_strdup(path);
    root->fd = fd;
    int probe = open_at_2(fd, ".", O_PATH | O_DIRECTORY);
    root->walks = probe < 0;
    if (probe >= 0) {
        close(probe);
    }
    *status = SW_FILE_OK;
    return root;
}

struct sw_root *sw_root_create_list(const char *folder, const struct sw_root_file *files, size_t count, enum sw_file_status *status)
{
    struct sw_root *root = sw_root_create(folder, status);
    if (root == NULL) {
        return NULL;
    }
    root->list = sw_file_list_create(files, count);
    if (root->list == NULL) {
        sw_root_destroy(root);
        *status = SW_FILE_OUTSIDE;
        return NULL;
    }
    return root;
}

struct sw_root *sw_root_hold(struct sw_root *root)
{
    (void)atomic_fetch_add(&root->others, 1);
    return root;
}

bool sw_root_stands(const struct sw_root *root)
{
    struct stat opened, there;
    return fstat(root->fd, &opened) == 0 && stat(root->path, &there) == 0 && opened.st_dev == there.st_dev &&
           opened.st_ino == there.st_ino;
}

void sw_root_destroy(struct sw_root *root)
{
    if (root != NULL && atomic_fetch_sub(&root->others, 1) == 0) {
        sw_file_list_destroy(root->list);
        close(root->fd);
        free(root->path);
        free(root);
    }
}

const char *sw_root_path(const struct sw_root *root)
{
    return root->path;
}

static enum sw_file_status open_plain(const struct sw_root *root, const char *path, int *fd)
{
    struct stat info;
    int opened = -1;
    size_t length = strlen(path);
    if (length == 0) {
        return SW_FILE_MISSING;
    }
    if (path[length - 1] == '/') {
        return sw_file_stays_below(path) ? SW_FILE_NOT_PLAIN : SW_FILE_OUTSIDE;
    }
    /* non-blocking: a FIFO must not hold us up; on a plain file it has no effect */
    enum sw_file_status status = open_below(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, &opened);
    if (status != SW_FILE_OK) {
        return status;
    }
    if (fstat(opened, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(opened);
        return SW_FILE_NOT_PLAIN;
    }
    *fd = opened;
    return SW_FILE_OK;
}

static enum sw_file_status open_bytes(const struct sw_root_file *file, int *fd)
{
    int opened = memfd_create("file", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (opened < 0) {
        return SW_FILE_FAILED;
    }
    if (!sw_fd_write_all(opened, file->bytes, file->length) || lseek(opened, 0, SEEK_SET) != 0 || !sw_shared_seal(opened)) {
        close(opened);
        return SW_FILE_FAILED;
    }
    *fd = opened;
    return SW_FILE_OK;
}

enum sw_file_status sw_root_open(const struct sw_root *root, const char *path, int *fd)
{
    const struct sw_root_file *file = NULL;
    enum sw_file_status status = root->list != NULL ? sw_file_list_find(root->list, path, &file) : SW_FILE_OK;
    if (status != SW_FILE_OK) {
        return status;
    }
    if (file != NULL && file->bytes != NULL) {
        return open_bytes(file, fd);
    }
    return open_plain(root, file != NULL ? file->target : path, fd);
}

const char *sw_root_locate(const struct sw_root *root, const char *path, struct sw_arena *arena)
{
    const struct sw_root_file *file = NULL;
    int fd;
    if (root->list != NULL && (sw_file_list_find(root->list, path, &file) != SW_FILE_OK || file->bytes != NULL)) {
        return NULL;
    }
    const char *place = file != NULL ? file->target : path;
    if (open_plain(root, place, &fd) != SW_FILE_OK) {
        return NULL;
    }
    close(fd);
    return sw_arena_printf(arena, "%s/%s", root->path, place);
}

bool sw_root_shares(const struct sw_root *root, const struct sw_root *other, const char *path)
{
    const struct sw_root_file *file = NULL, *same = NULL;
    return root->list != NULL && other->list != NULL && strcmp(root->path, other->path) == 0 &&
           sw_file_list_find(root->list, path, &file) == SW_FILE_OK && file->target != NULL && file->bytes == NULL &&
           sw_file_list_find(other->list, path, &same) == SW_FILE_OK && same->target != NULL && same->bytes == NULL &&
           strcmp(file->target, same->target) == 0;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool is_folder(int folder, const struct dirent *entry)
{
    struct stat status;
    if (entry->d_type != DT_UNKNOWN) {
        return entry->d_type == DT_DIR;
    }
    return fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

static enum sw_file_status read_names(DIR *folder, struct sw_arena *arena, const char ***names, size_t *count)
{
    size_t capacity = 0, found = 0;
    const char **list = NULL;
    enum sw_file_status status = SW_FILE_OK;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL) {
            status = errno == 0 ? SW_FILE_OK : SW_FILE_FAILED;
            break;
        }
        if (entry->d_name[0] == '.') {
            continue;
        }
        if (found == SW_FOLDER_MAX) {
            status = SW_FILE_TOO_LARGE;
            break;
        }
        list = sw_grow(list, &capacity, found + 1, sizeof *list);
        list[found++] = sw_arena_printf(arena, "%s%s", entry->d_name, is_folder(dirfd(folder), entry) ? "/" : "");
    }
    if (status == SW_FILE_OK) {
        *names = sw_arena_array(arena, found, sizeof **names);
        *count = found;
    }
    if (status == SW_FILE_OK && found > 0) {
        qsort(list, found, sizeof *list, compare_names);
        memcpy(*names, list, found * sizeof *list);
    }
    free(list);
    return status;
}

enum sw_file_status sw_root_list(const struct sw_root *root, const char *path, struct sw_arena *arena, const char ***names,
                                 size_t *count)
{
    int fd = -1;
    if (root->list != NULL) {
        return sw_file_list_names(root->list, path, arena, names, count);
    }
    enum sw_file_status status = open_below(root, path[0] != '\0' ? path : ".", O_RDONLY | O_DIRECTORY, &fd);
    if (status == SW_FILE_MISSING) {
        *names = sw_arena_array(arena, 0, sizeof **names);
        *count = 0;
    }
    if (status != SW_FILE_OK) {
        return status;
    }
    DIR *folder = fdopendir(fd);
    if (folder == NULL) {
        close(fd);
        return SW_FILE_FAILED;
    }
    status = read_names(folder, arena, names, count);
    closedir(folder);
    return status;
}
