/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/control.h"
#include "base/user.h"

#define WAITING_MAX 8
#define GROUP "schauwand"

bool sw_control_path(char *path, size_t capacity)
{
    const char *folder = geteuid() == 0 ? "/run" : getenv("XDG_RUNTIME_DIR");
    if (folder == NULL || folder[0] != '/')
        return false;
    int length = snprintf(path, capacity, "%s/schauwand/control", folder);
    return length > 0 && (size_t)length < capacity;
}

static bool address_of(const char *path, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof address->sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(address->sun_path, path, length + 1);
    return true;
}

static int socket_of(int flags) { return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | flags, 0); }

int sw_control_connect(const char *path)
{
    struct sockaddr_un address;
    int end = address_of(path, &address) ? socket_of(SOCK_NONBLOCK) : -1;
    if (end >= 0 && connect(end, (const struct sockaddr *)&address, sizeof address) != 0) {
        int why = errno;
        close(end);
        errno = why;
        return -1;
    }
    return end;
}

/* A socket that nobody is behind is left over by a machine that lost its power. Nothing else is ever removed. */
static bool make_way(const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return errno == ENOENT;
    if (!S_ISSOCK(status.st_mode)) {
        errno = EEXIST;
        return false;
    }
    int end = sw_control_connect(path);
    if (end >= 0)
        close(end);
    if (end >= 0 || errno != ECONNREFUSED) {
        errno = EADDRINUSE;
        return false;
    }
    return unlink(path) == 0;
}

static void make_folder(const char *path)
{
    char folder[sizeof((struct sockaddr_un *)NULL)->sun_path];
    const char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path)
        return;
    memcpy(folder, path, (size_t)(slash - path));
    folder[slash - path] = '\0';
    (void)!mkdir(folder, 0755);
}

/* Root and the group; where there is no such group, root or its user alone. */
static void let_in(const char *path)
{
    const struct group *group = getgrnam(GROUP);
    struct stat status;
    bool own = group != NULL && stat(path, &status) == 0 && status.st_gid == group->gr_gid;
    bool shared = own || (group != NULL && chown(path, (uid_t)-1, group->gr_gid) == 0);
    (void)!chmod(path, shared ? 0660 : 0600);
}

int sw_control_listen(const char *path)
{
    struct sockaddr_un address;
    if (!address_of(path, &address))
        return -1;
    make_folder(path);
    if (!make_way(path))
        return -1;
    int door = socket_of(SOCK_NONBLOCK);
    mode_t mask = umask(0177);
    bool open = door >= 0 && bind(door, (const struct sockaddr *)&address, sizeof address) == 0;
    (void)umask(mask);
    if (open)
        let_in(path);
    if (open && listen(door, WAITING_MAX) == 0)
        return door;
    int why = errno;
    if (door >= 0)
        close(door);
    errno = why;
    return -1;
}

int sw_control_accept(int door) { return accept4(door, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK); }

void sw_control_asker(int end, char name[SW_CONTROL_BY_MAX])
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    name[0] = '\0';
    if (getsockopt(end, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid != (uid_t)-1)
        sw_user_name(peer.uid, name, SW_CONTROL_BY_MAX);
}
