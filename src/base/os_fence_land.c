/* SPDX-License-Identifier: EUPL-1.2 */
/* Landlock by system call: glibc has no words for it, and the headers of a distribution may be older than its kernel. */
#include "base/fence_role.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"

/* Rights that came later than those of Linux 5.13, and the Landlock that has them. */
#define FS_FIRST ((1ull << 13) - 1) /* EXECUTE .. MAKE_SYM */
#define FS_REFER (1ull << 13)       /* 2: to another folder */
#define FS_TRUNCATE (1ull << 14)    /* 3 */
#define FS_IOCTL_DEV (1ull << 15)   /* 5 */
#define NET_ALL 3ull                /* 4: TCP bind, connect */
#define SCOPE_SIGNAL 2ull           /* 6: to processes outside of the fence */

#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITING                                                                                                                            \
    (READING | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |                                 \
     LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | FS_REFER | FS_TRUNCATE)
#define CONTROLLING (READING | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE | FS_IOCTL_DEV)
#define OF_FILES (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE | FS_IOCTL_DEV) /* a rule for a plain file */

/* linux/landlock.h of Linux 6.12; an older kernel takes the longer form as long as what it does not know is zero. */
struct ruleset {
    uint64_t fs, net, scope;
};

int sw_fence_landlock(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);
    return version < 0 ? 0 : (int)version;
}

/* All that this kernel can forbid. Abstract sockets stay: an X server listens on one, and who may make no others cannot abuse it. */
static struct ruleset everything(int version, bool net)
{
    struct ruleset all = {.fs = FS_FIRST};
    all.fs |= version >= 2 ? FS_REFER : 0;
    all.fs |= version >= 3 ? FS_TRUNCATE : 0;
    all.fs |= version >= 5 ? FS_IOCTL_DEV : 0;
    all.net = version >= 4 && net ? NET_ALL : 0;
    all.scope = version >= 6 ? SCOPE_SIGNAL : 0;
    return all;
}

static bool allow(int ruleset, const struct ruleset *all, const struct sw_fence_place *place)
{
    static const uint64_t rights[] = {[SW_FENCE_READ] = READING, [SW_FENCE_WRITE] = WRITING, [SW_FENCE_DEVICE] = CONTROLLING};
    struct stat status;
    if (place->path == NULL)
        return true;
    int fd = open(place->path, O_PATH | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status) != 0) {
        if (fd >= 0)
            close(fd);
        return true; /* what is not there is not reached either */
    }
    uint64_t wanted = rights[place->access] & all->fs & (S_ISDIR(status.st_mode) ? ~0ull : OF_FILES);
    struct landlock_path_beneath_attr rule = {.allowed_access = wanted, .parent_fd = fd};
    bool good = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    if (!good)
        sw_log(SW_LOG_ERROR, "fence", "no rule for %s: %s", place->path, strerror(errno));
    close(fd);
    return good;
}

bool sw_fence_land(const struct sw_fence_row *row, const struct sw_fence_place *places, size_t count)
{
    int version = sw_fence_landlock();
    if (version == 0)
        return true;
    struct ruleset all = everything(version, !row->internet);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    bool good = ruleset >= 0;
    for (size_t i = 0; good && i < SW_FENCE_OWN_MAX && row->places[i].path != NULL; i++)
        good = allow(ruleset, &all, &row->places[i]);
    for (size_t i = 0; good && i < count; i++)
        good = allow(ruleset, &all, &places[i]);
    good = good && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    if (!good)
        sw_log(SW_LOG_ERROR, "fence", "Landlock %d does not take the fence of the %s: %s", version, row->name, strerror(errno));
    if (ruleset >= 0)
        close(ruleset);
    return good;
}
