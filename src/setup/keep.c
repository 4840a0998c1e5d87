/* SPDX-License-Identifier: EUPL-1.2 */
#include "setup/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "host/host.h"

#define USUAL_OWNER "schauwand"

static bool fail(const char *path, const char *why)
{
    (void)fprintf(stderr, "schauwand setup: %s: %s\n", path, why);
    return false;
}

bool sw_keep_open(struct sw_keep *keep, const char *owner)
{
    *keep = (struct sw_keep){.owner = NULL};
    if (owner == NULL && geteuid() != 0)
        return true;
    const struct passwd *user = getpwnam(owner != NULL ? owner : USUAL_OWNER);
    if (user == NULL)
        return owner == NULL || fail(owner, "there is no such user");
    keep->owner = owner != NULL ? owner : USUAL_OWNER;
    keep->user = user->pw_uid;
    keep->group = user->pw_gid;
    return true;
}

void sw_keep_finish(struct sw_keep *keep)
{
    for (size_t i = 0; i < keep->count; i++) {
        sw_host_wipe(keep->files[i].bytes, keep->files[i].length);
        free(keep->files[i].bytes);
        free(keep->files[i].path);
    }
    free(keep->files);
    *keep = (struct sw_keep){.owner = NULL};
}

void sw_keep_add(struct sw_keep *keep, const char *path, const char *bytes, size_t length, bool secret)
{
    keep->files = sw_grow(keep->files, &keep->capacity, keep->count + 1, sizeof *keep->files);
    struct sw_kept *file = &keep->files[keep->count++];
    *file = (struct sw_kept){.path = sw_strdup(path), .bytes = sw_alloc(length + 1), .length = length, .secret = secret};
    memcpy(file->bytes, bytes, length);
}

static bool folder_of(const char *path, char folder[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    int length =
        slash == NULL ? snprintf(folder, PATH_MAX, ".") : snprintf(folder, PATH_MAX, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    return length > 0 && length < PATH_MAX;
}

bool sw_keep_may(const char *path)
{
    char folder[PATH_MAX], above[PATH_MAX];
    if (!folder_of(path, folder) || !folder_of(folder, above))
        return fail(path, "is too long");
    bool may = access(folder, W_OK | X_OK) == 0 || (errno == ENOENT && access(above, W_OK | X_OK) == 0);
    return may || fail(folder,
                       errno == EACCES ? "may not be written by this user: try `sudo schauwand setup`, or --config FILE" : strerror(errno));
}

static bool write_temp(const struct sw_keep *keep, const struct sw_kept *file, const char *temp)
{
    int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    bool good = !file->secret || keep->owner == NULL || fchown(fd, keep->user, keep->group) == 0;
    good = good && sw_fd_write_all(fd, file->bytes, file->length);
    good = good && fchmod(fd, file->secret ? 0600 : 0644) == 0 && fsync(fd) == 0;
    good = close(fd) == 0 && good;
    if (!good) {
        int cause = errno;
        (void)unlink(temp);
        errno = cause;
    }
    return good;
}

static bool sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        (void)close(fd);
    return good;
}

static bool write_file(const struct sw_keep *keep, const struct sw_kept *file)
{
    char folder[PATH_MAX], temp[PATH_MAX];
    int length = snprintf(temp, sizeof temp, "%s.%ld.new", file->path, (long)getpid());
    bool fits = length > 0 && (size_t)length < sizeof temp && folder_of(file->path, folder);
    if (!fits)
        return fail(file->path, "is too long");
    if (mkdir(folder, 0755) != 0 && errno != EEXIST)
        return fail(folder, strerror(errno));
    if (!write_temp(keep, file, temp))
        return fail(file->path, strerror(errno));
    if (rename(temp, file->path) != 0) {
        (void)fail(file->path, strerror(errno));
        (void)unlink(temp);
        return false;
    }
    return sync_folder(folder) || fail(folder, strerror(errno));
}

bool sw_keep_write(const struct sw_keep *keep)
{
    for (size_t i = 0; i < keep->count; i++) {
        if (!write_file(keep, &keep->files[i]))
            return false;
    }
    return true;
}
