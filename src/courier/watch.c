/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/watch.h"

#include <errno.h>
#include <limits.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

struct file {
    char *name; /* within its folder */
    int folder; /* inotify's number */
    size_t id;
};

struct sw_watch {
    const struct sw_root *root;
    int end;
    struct file *files;
    size_t count, capacity;
};

struct sw_watch *sw_watch_create(const struct sw_root *root)
{
    int end = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (end < 0) {
        sw_log(SW_LOG_WARNING, "watch", "files are looked at once a minute: %s", strerror(errno));
        return NULL;
    }
    struct sw_watch *watch = sw_alloc(sizeof *watch);
    watch->root = root;
    watch->end = end;
    return watch;
}

void sw_watch_destroy(struct sw_watch *watch)
{
    if (watch == NULL)
        return;
    for (size_t i = 0; i < watch->count; i++)
        free(watch->files[i].name);
    free(watch->files);
    close(watch->end);
    free(watch);
}

int sw_watch_end(const struct sw_watch *watch)
{
    return watch != NULL ? watch->end : -1;
}

void sw_watch_add(struct sw_watch *watch, const char *path, size_t id)
{
    char folder[PATH_MAX];
    if (watch == NULL)
        return;
    const char *slash = strrchr(path, '/');
    int length = snprintf(folder, sizeof folder, "%s/%.*s", sw_root_path(watch->root), slash != NULL ? (int)(slash - path) : 0, path);
    int number = -1;
    if (length > 0 && (size_t)length < sizeof folder)
        number = inotify_add_watch(watch->end, folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR);
    if (number < 0) {
        sw_log(SW_LOG_WARNING, "watch", "%s is looked at once a minute: %s", path, strerror(errno));
        return;
    }
    watch->files = sw_grow(watch->files, &watch->capacity, watch->count + 1, sizeof *watch->files);
    watch->files[watch->count++] = (struct file){sw_strdup(slash != NULL ? slash + 1 : path), number, id};
}

static void look(const struct sw_watch *watch, const struct inotify_event *event, void (*changed)(void *context, size_t id), void *context)
{
    bool overflow = (event->mask & IN_Q_OVERFLOW) != 0;
    for (size_t i = 0; i < watch->count; i++) {
        const struct file *file = &watch->files[i];
        if (overflow || (file->folder == event->wd && event->len > 0 && strcmp(file->name, event->name) == 0))
            changed(context, file->id);
    }
}

void sw_watch_read(struct sw_watch *watch, void (*changed)(void *context, size_t id), void *context)
{
    alignas(struct inotify_event) char bytes[16384];
    ssize_t length;
    while (watch != NULL && (length = read(watch->end, bytes, sizeof bytes)) > 0) {
        for (char *at = bytes; at < bytes + length;) {
            const struct inotify_event *event = (const struct inotify_event *)(void *)at;
            look(watch, event, changed, context);
            at += sizeof *event + event->len;
        }
    }
}
