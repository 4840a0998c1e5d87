/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/children.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/memory.h"

static const struct {
    const char *name, *program;
} kinds[SW_ROLE_VIDEO + 1] = {
    [SW_ROLE_PLAYER] = {"player", "schauwand-player"},
    [SW_ROLE_COURIER] = {"courier", "schauwand-courier"},
    [SW_ROLE_FOLLOWER] = {"follower", "schauwand-courier"},
    [SW_ROLE_PICTURE] = {"picture worker", "schauwand-worker-picture"},
    [SW_ROLE_SVG] = {"svg worker", "schauwand-worker-svg"},
    [SW_ROLE_JQ] = {"jq worker", "schauwand-worker-jq"},
    [SW_ROLE_VIDEO] = {"video worker", "schauwand-worker-video"},
};

static enum sw_role kind_of(enum sw_role role)
{
    return role < SW_ROLE_VIDEO ? role : SW_ROLE_VIDEO;
}

const char *sw_role_name(enum sw_role role)
{
    return kinds[kind_of(role)].name;
}

/* `path` = folder / the role's program; false if that is too long. */
static bool join(const char *folder, enum sw_role role, char *path, size_t capacity)
{
    int length = snprintf(path, capacity, "%s/%s", folder, kinds[kind_of(role)].program);
    return length >= 0 && (size_t)length < capacity;
}

bool sw_children_init(struct sw_children *children)
{
    memset(children, 0, sizeof *children);
    return sw_child_helper_folder(kinds[SW_ROLE_PLAYER].program, children->folder, sizeof children->folder);
}

bool sw_children_start(struct sw_children *children, enum sw_role role, const char *const *arguments, size_t argument_count, int end,
                       sw_tick now)
{
    char path[4096 + 64];
    if (children->count == SW_CHILDREN_MAX || !join(children->folder, role, path, sizeof path)) {
        errno = EAGAIN;
        return false;
    }
    const char **all = sw_alloc_array(argument_count + 2, sizeof *all);
    all[0] = path;
    for (size_t i = 0; i < argument_count; i++)
        all[i + 1] = arguments[i];
    pid_t pid = sw_child_start(all, &end, 1);
    int cause = errno;
    free(all);
    errno = cause;
    if (pid < 0)
        return false;
    children->items[children->count++] =
        (struct sw_child){.pid = pid, .role = role, .current = true, .started = now, .kill_at = SW_NEVER};
    return true;
}

struct sw_child *sw_children_current(struct sw_children *children, enum sw_role role)
{
    for (size_t i = 0; i < children->count; i++) {
        if (children->items[i].role == role && children->items[i].current)
            return &children->items[i];
    }
    return NULL;
}

void sw_children_dismiss(struct sw_children *children, enum sw_role role, int signal, sw_tick kill_at)
{
    for (size_t i = 0; i < children->count; i++) {
        struct sw_child *child = &children->items[i];
        if (child->role != role)
            continue;
        child->current = false;
        if (signal != 0)
            kill(child->pid, signal);
        if (kill_at < child->kill_at)
            child->kill_at = kill_at;
    }
}

sw_tick sw_children_kill_due(struct sw_children *children, sw_tick now)
{
    sw_tick next = SW_NEVER;
    for (size_t i = 0; i < children->count; i++) {
        struct sw_child *child = &children->items[i];
        if (child->kill_at <= now) {
            kill(child->pid, SIGKILL);
            child->kill_at = SW_NEVER;
        }
        if (child->kill_at < next)
            next = child->kill_at;
    }
    return next;
}

bool sw_children_reap(struct sw_children *children, struct sw_child *ended, int *status)
{
    for (size_t i = 0; i < children->count; i++) {
        if (waitpid(children->items[i].pid, status, WNOHANG) != children->items[i].pid)
            continue;
        *ended = children->items[i];
        children->items[i] = children->items[--children->count];
        return true;
    }
    return false;
}
