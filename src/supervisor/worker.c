/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/role.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/log.h"

#define LEAVE_GRACE (1 * SW_SECOND) /* for one that ought to end by itself */

/* Each with the partner that it works for. */
static const struct {
    enum sw_role role, partner;
} workers[] = {
    [SW_LINK_PICTURE] = {SW_ROLE_PICTURE, SW_ROLE_PLAYER},
    [SW_LINK_SVG] = {SW_ROLE_SVG, SW_ROLE_PLAYER},
    [SW_LINK_JQ] = {SW_ROLE_JQ, SW_ROLE_COURIER},
};

/* The partner's end is on its way in the link before the worker runs: neither waits for the other. */
void sw_worker_start(struct sw_supervisor *supervisor, enum sw_link_peer worker, sw_tick now)
{
    int ends[2] = {-1, -1};
    enum sw_role role = workers[worker].role;
    int link = supervisor->partners[workers[worker].partner].link;
    struct sw_link_message message = {.type = SW_LINK_PEER, .peer = worker};
    supervisor->paces[role].start_at = SW_NEVER;
    if (!sw_message_pair(ends) || !sw_children_start(&supervisor->children, role, NULL, 0, ends[1], now))
        sw_supervisor_not_started(supervisor, role, now);
    else if (sw_link_send(link, message, ends[0]) != SW_MESSAGE_OK)
        sw_supervisor_plan_restart(supervisor, role, 0, now); /* without our ends it ends; a partner that is deaf is soon found out */
    sw_close_end(&ends[0]);
    sw_close_end(&ends[1]);
}

bool sw_worker_is_of(enum sw_link_peer peer, enum sw_role partner)
{
    return peer < SW_COUNT(workers) && workers[peer].partner == partner;
}

void sw_worker_replace(struct sw_supervisor *supervisor, enum sw_link_peer worker, sw_tick now)
{
    enum sw_role role = workers[worker].role;
    struct sw_child *current = sw_children_current(&supervisor->children, role);
    if (current != NULL) {
        sw_log(SW_LOG_WARNING, "supervisor", "%s %ld does not answer", sw_role_name(role), (long)current->pid);
        sw_supervisor_plan_restart(supervisor, role, now - current->started, now);
        sw_children_dismiss(&supervisor->children, role, SIGKILL, now);
    } else if (supervisor->paces[role].start_at == SW_NEVER) {
        supervisor->paces[role].start_at = now;
    }
}

void sw_worker_ended(struct sw_supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now)
{
    if (!ended->current || supervisor->stopping)
        return;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        sw_supervisor_say_end(ended, status);
    sw_supervisor_plan_restart(supervisor, ended->role, now - ended->started, now);
}

void sw_worker_dismiss_all(struct sw_supervisor *supervisor, enum sw_role partner, sw_tick now)
{
    for (size_t i = 0; i < SW_COUNT(workers); i++) {
        if (workers[i].partner != partner)
            continue;
        supervisor->paces[workers[i].role] = (struct sw_role_pace){.start_at = SW_NEVER};
        sw_children_dismiss(&supervisor->children, workers[i].role, supervisor->stopping ? SIGTERM : 0, now + LEAVE_GRACE);
    }
}

void sw_worker_start_due(struct sw_supervisor *supervisor, sw_tick now)
{
    for (size_t i = 0; i < SW_COUNT(workers); i++) {
        if (supervisor->partners[workers[i].partner].link >= 0 && supervisor->paces[workers[i].role].start_at <= now)
            sw_worker_start(supervisor, (enum sw_link_peer)i, now);
    }
}

sw_tick sw_worker_next_start(const struct sw_supervisor *supervisor)
{
    sw_tick next = SW_NEVER;
    for (size_t i = 0; i < SW_COUNT(workers); i++) {
        if (supervisor->partners[workers[i].partner].link >= 0)
            next = sw_earlier(next, supervisor->paces[workers[i].role].start_at);
    }
    return next;
}
