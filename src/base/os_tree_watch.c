/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/tree_watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"

#define DEPTH_MAX 32
#define LOOSE_MAX 64
#define LOOSE_US SW_SECOND /* then a writer that never ends is not waited for */

#define WATCHED                                                                                                                            \
    (IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF |       \
     IN_ONLYDIR | IN_EXCL_UNLINK)

/* A folder that is watched. */
struct branch {
    char *path; /* below the watch's; "": that itself */
    int number; /* inotify's */
};

/* A file that is being written, or has gone and may come back. */
struct loose {
    uint64_t file;
    bool written;
    sw_tick since;
};

struct sw_tree_watch {
    char *folder;
    unsigned (*kind_of)(const char *name);
    size_t branches_most;
    int end; /* inotify; -1: it is looked at */
    struct branch *branches;
    size_t count, capacity;
    bool lost;  /* the folder is not there */
    dev_t device; /* of the folder, which may be another one some day */
    ino_t inode;
    struct loose loose[LOOSE_MAX];
    size_t loose_count;
    unsigned kinds; /* that have changed */
    sw_tick first, last; /* of those changes */
    sw_tick next_look;   /* SW_NEVER: the kernel tells */
    uint64_t looked;     /* what everything looked like */
    bool said;           /* that the kernel has no room */
};

/* -- changes -- */

static void note(struct sw_tree_watch *watch, unsigned kinds, sw_tick now)
{
    if (watch->kinds == 0)
        watch->first = now;
    watch->last = now;
    watch->kinds |= kinds;
}

static void tighten(struct sw_tree_watch *watch, uint64_t file)
{
    for (size_t i = watch->loose_count; i-- > 0;)
        if (watch->loose[i].file == file)
            watch->loose[i] = watch->loose[--watch->loose_count];
}

/* Where there is no room for it, it is not waited for. */
static void loosen(struct sw_tree_watch *watch, uint64_t file, bool written, sw_tick now)
{
    tighten(watch, file);
    if (watch->loose_count < LOOSE_MAX)
        watch->loose[watch->loose_count++] = (struct loose){file, written, now};
}

static void forget_loose(struct sw_tree_watch *watch, bool all_gone, sw_tick now)
{
    for (size_t i = watch->loose_count; i-- > 0;)
        if ((all_gone && !watch->loose[i].written) || now - watch->loose[i].since >= LOOSE_US)
            watch->loose[i] = watch->loose[--watch->loose_count];
}

static sw_tick settles(const struct sw_tree_watch *watch)
{
    bool loose = watch->loose_count > 0;
    if (watch->kinds == 0)
        return SW_NEVER;
    sw_tick quiet = watch->last + (loose ? SW_TREE_LOOSE_QUIET_US : SW_TREE_QUIET_US);
    sw_tick most = watch->first + (loose ? SW_TREE_MOST_US : SW_TREE_BURST_US);
    return quiet < most ? quiet : most;
}

/* -- branches -- */

static bool in_tree(const char *name) { return name[0] != '.'; }

static bool full_path(const struct sw_tree_watch *watch, const char *path, char out[PATH_MAX])
{
    int length = snprintf(out, PATH_MAX, "%s%s%s", watch->folder, path[0] != '\0' ? "/" : "", path);
    return length > 0 && length < PATH_MAX;
}

static bool is_folder(int folder, const struct dirent *entry)
{
    struct stat info;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_DIR;
    return fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode);
}

static const struct branch *find_branch(const struct sw_tree_watch *watch, int number)
{
    for (size_t i = 0; i < watch->count; i++)
        if (watch->branches[i].number == number)
            return &watch->branches[i];
    return NULL;
}

static void forget_branch(struct sw_tree_watch *watch, size_t index)
{
    free(watch->branches[index].path);
    watch->branches[index] = watch->branches[--watch->count];
}

static void forget_number(struct sw_tree_watch *watch, int number)
{
    for (size_t i = watch->count; i-- > 0;)
        if (watch->branches[i].number == number)
            forget_branch(watch, i);
}

/* All of them, and the kernel's. */
static void fell(struct sw_tree_watch *watch)
{
    while (watch->count > 0)
        forget_branch(watch, watch->count - 1);
    if (watch->end >= 0)
        close(watch->end);
    watch->end = -1;
    watch->loose_count = 0;
}

/* What has been moved away is watched no more. */
static void prune(struct sw_tree_watch *watch, const char *path)
{
    size_t length = strlen(path);
    for (size_t i = watch->count; i-- > 0;) {
        const struct branch *branch = &watch->branches[i];
        if (strncmp(branch->path, path, length) != 0 || (branch->path[length] != '/' && branch->path[length] != '\0'))
            continue;
        (void)inotify_rm_watch(watch->end, branch->number);
        forget_branch(watch, i);
    }
}

static bool grow(struct sw_tree_watch *watch, const char *path, int depth);

static bool grow_below(struct sw_tree_watch *watch, const char *path, const char *full, int depth)
{
    DIR *folder = opendir(full);
    bool good = true;
    for (const struct dirent *entry; good && folder != NULL && (entry = readdir(folder)) != NULL;) {
        char child[PATH_MAX];
        if (!in_tree(entry->d_name) || !is_folder(dirfd(folder), entry))
            continue;
        int length = snprintf(child, sizeof child, "%s%s%s", path, path[0] != '\0' ? "/" : "", entry->d_name);
        good = length < 0 || length >= PATH_MAX || grow(watch, child, depth + 1);
    }
    if (folder != NULL)
        closedir(folder);
    return good;
}

/* Watches the folder at `path` and all below it. False: the kernel has no room. What has just gone again is no fault: its folder tells. */
static bool grow(struct sw_tree_watch *watch, const char *path, int depth)
{
    char full[PATH_MAX];
    if (depth > DEPTH_MAX || !full_path(watch, path, full))
        return true;
    if (watch->branches_most > 0 && watch->count >= watch->branches_most) {
        errno = ENOSPC;
        return false;
    }
    int number = inotify_add_watch(watch->end, full, WATCHED | (depth > 0 ? IN_DONT_FOLLOW : 0));
    if (number < 0)
        return errno != ENOSPC && errno != ENOMEM;
    forget_number(watch, number); /* it was somewhere else before */
    watch->branches = sw_grow(watch->branches, &watch->capacity, watch->count + 1, sizeof *watch->branches);
    watch->branches[watch->count++] = (struct branch){sw_strdup(path), number};
    return grow_below(watch, path, full, depth);
}

/* -- looking -- */

static uint64_t look_below(const char *full, int depth)
{
    uint64_t sum = 0;
    DIR *folder = depth <= DEPTH_MAX ? opendir(full) : NULL;
    for (const struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        struct stat info;
        char child[PATH_MAX];
        if (!in_tree(entry->d_name) || fstatat(dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        uint64_t hash = sw_hash_number(sw_hash_text(SW_HASH_START, entry->d_name), (uint64_t)info.st_ino);
        hash = sw_hash_number(sw_hash_number(hash, (uint64_t)info.st_size), info.st_mode);
        hash = sw_hash_number(sw_hash_number(hash, (uint64_t)info.st_mtim.tv_sec), (uint64_t)info.st_mtim.tv_nsec);
        int length = snprintf(child, sizeof child, "%s/%s", full, entry->d_name);
        if (S_ISDIR(info.st_mode) && length > 0 && length < PATH_MAX)
            hash = sw_hash_number(hash, look_below(child, depth + 1));
        sum += hash; /* in any order */
    }
    if (folder != NULL)
        closedir(folder);
    return sum;
}

/* The kernel has no room: from now on it is looked at. */
static void begin_looking(struct sw_tree_watch *watch, sw_tick now, int cause)
{
    fell(watch);
    if (!watch->said)
        sw_log(SW_LOG_WARNING, "watch", "%s is looked at once a second, as the kernel can watch no more folders (%s; %s)", watch->folder,
               strerror(cause), cause == EMFILE ? "fs.inotify.max_user_instances" : "fs.inotify.max_user_watches");
    watch->said = true;
    watch->looked = look_below(watch->folder, 0);
    watch->next_look = now + SW_TREE_LOOK_US;
}

/* -- the folder -- */

static bool is_there(const struct sw_tree_watch *watch)
{
    struct stat info;
    return stat(watch->folder, &info) == 0 && S_ISDIR(info.st_mode) && info.st_dev == watch->device && info.st_ino == watch->inode;
}

/* Watches the folder, if there is one. */
static void plant(struct sw_tree_watch *watch, sw_tick now)
{
    struct stat info;
    fell(watch);
    watch->lost = stat(watch->folder, &info) != 0 || !S_ISDIR(info.st_mode);
    watch->next_look = watch->lost ? now + SW_TREE_LOOK_US : SW_NEVER;
    if (watch->lost)
        return;
    watch->device = info.st_dev;
    watch->inode = info.st_ino;
    watch->end = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->end < 0 || !grow(watch, "", 0))
        begin_looking(watch, now, errno);
}

/* It has been moved away, or is gone. */
static void lose(struct sw_tree_watch *watch, sw_tick now)
{
    fell(watch);
    watch->lost = true;
    watch->next_look = now + SW_TREE_LOOK_US;
    note(watch, SW_TREE_ALL, now);
}

static void look(struct sw_tree_watch *watch, sw_tick now)
{
    if (watch->lost || !is_there(watch)) {
        bool was_lost = watch->lost;
        plant(watch, now);
        if (!was_lost || !watch->lost)
            note(watch, SW_TREE_ALL, now);
        return;
    }
    uint64_t looked = look_below(watch->folder, 0);
    if (looked != watch->looked)
        note(watch, SW_TREE_ALL, now);
    watch->looked = looked;
    watch->next_look = now + SW_TREE_LOOK_US;
}

/* -- what the kernel tells -- */

static void take_folder(struct sw_tree_watch *watch, const char *path, uint32_t what, sw_tick now)
{
    if ((what & IN_MOVED_FROM) != 0)
        prune(watch, path);
    if ((what & (IN_CREATE | IN_MOVED_TO)) != 0 && !grow(watch, path, 1))
        begin_looking(watch, now, errno);
    note(watch, SW_TREE_ALL, now);
}

static void take_file(struct sw_tree_watch *watch, uint64_t file, unsigned kinds, uint32_t what, sw_tick now)
{
    if ((what & (IN_CREATE | IN_MODIFY)) != 0)
        loosen(watch, file, true, now);
    if ((what & (IN_MOVED_FROM | IN_DELETE)) != 0)
        loosen(watch, file, false, now);
    if ((what & (IN_CLOSE_WRITE | IN_MOVED_TO)) != 0)
        tighten(watch, file);
    if ((what & ~(uint32_t)IN_MODIFY) != 0) /* what is being written is told again when it is closed */
        note(watch, kinds, now);
}

static void take_event(struct sw_tree_watch *watch, const struct inotify_event *event, sw_tick now)
{
    if ((event->mask & IN_Q_OVERFLOW) != 0) {
        plant(watch, now);
        note(watch, SW_TREE_ALL, now);
        return;
    }
    const struct branch *branch = find_branch(watch, event->wd);
    if (branch == NULL)
        return;
    if (event->len == 0) {
        if (branch->path[0] == '\0' && (event->mask & (IN_MOVE_SELF | IN_DELETE_SELF | IN_UNMOUNT)) != 0)
            lose(watch, now);
        else if ((event->mask & IN_IGNORED) != 0)
            forget_number(watch, event->wd);
        return;
    }
    if (!in_tree(event->name))
        return;
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s%s%s", branch->path, branch->path[0] != '\0' ? "/" : "", event->name);
    if (length < 0 || length >= PATH_MAX)
        return;
    unsigned kinds = watch->kind_of(event->name);
    if ((event->mask & IN_ISDIR) != 0)
        take_folder(watch, path, event->mask, now);
    else if (kinds != 0)
        take_file(watch, sw_hash_text(SW_HASH_START, path), kinds, event->mask, now);
}

static void hear(struct sw_tree_watch *watch, sw_tick now)
{
    alignas(struct inotify_event) char bytes[16384];
    ssize_t length;
    int end = watch->end;
    while (watch->end >= 0 && watch->end == end && (length = read(end, bytes, sizeof bytes)) > 0) {
        for (char *at = bytes; at < bytes + length && watch->end == end;) {
            const struct inotify_event *event = (const struct inotify_event *)(void *)at;
            take_event(watch, event, now);
            at += sizeof *event + event->len;
        }
    }
}

/* -- the whole -- */

struct sw_tree_watch *sw_tree_watch_create(const char *folder, unsigned (*kind_of)(const char *name), size_t branches_most)
{
    struct sw_tree_watch *watch = sw_alloc(sizeof *watch);
    watch->folder = sw_strdup(folder);
    watch->kind_of = kind_of;
    watch->branches_most = branches_most;
    watch->end = -1;
    watch->first = watch->last = watch->next_look = SW_NEVER;
    plant(watch, 0);
    watch->next_look = watch->next_look == SW_NEVER ? SW_NEVER : 0;
    return watch;
}

void sw_tree_watch_destroy(struct sw_tree_watch *watch)
{
    if (watch == NULL)
        return;
    fell(watch);
    free(watch->branches);
    free(watch->folder);
    free(watch);
}

int sw_tree_watch_end(const struct sw_tree_watch *watch) { return watch->end; }

sw_tick sw_tree_watch_step(struct sw_tree_watch *watch, sw_tick now)
{
    hear(watch, now);
    if (now >= watch->next_look)
        look(watch, now);
    forget_loose(watch, false, now);
    sw_tick due = settles(watch);
    return due < watch->next_look ? due : watch->next_look;
}

unsigned sw_tree_watch_take(struct sw_tree_watch *watch, sw_tick now)
{
    if (now < settles(watch))
        return 0;
    if (!watch->lost && watch->end >= 0 && !is_there(watch))
        lose(watch, now); /* a folder above it was moved, of which nobody tells */
    unsigned kinds = watch->kinds;
    watch->kinds = 0;
    forget_loose(watch, true, now);
    return kinds;
}

bool sw_tree_watch_busy(const struct sw_tree_watch *watch)
{
    for (size_t i = 0; i < watch->loose_count; i++)
        if (watch->loose[i].written)
            return true;
    return false;
}

bool sw_tree_watch_pending(const struct sw_tree_watch *watch) { return watch->kinds != 0; }

bool sw_tree_watch_told(const struct sw_tree_watch *watch) { return watch->end >= 0; }

size_t sw_tree_watch_branches(const struct sw_tree_watch *watch) { return watch->count; }
