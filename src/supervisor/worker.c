/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/role.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/log.h"

#define LEAVE_GRACE (1 * SW_SECOND) /* for one that ought to end by itself */

/* What a worker is to the partner that it works for. */
static enum sw_link_peer peer_of(enum sw_role worker)
{
    if (worker >= SW_ROLE_VIDEO)
        return SW_LINK_VIDEO;
    return worker == SW_ROLE_PICTURE ? SW_LINK_PICTURE : worker == SW_ROLE_SVG ? SW_LINK_SVG : SW_LINK_JQ;
}

static enum sw_role partner_of(enum sw_role worker)
{
    return worker == SW_ROLE_JQ ? SW_ROLE_COURIER : SW_ROLE_PLAYER;
}

/* Not started again before it is needed again. */
static bool is_on_demand(enum sw_role worker)
{
    return worker >= SW_ROLE_VIDEO;
}

/* Its partner gets an end all the same, which is dead, and knows what to do without. */
static void tell_missing(struct sw_supervisor *supervisor, enum sw_role worker, sw_tick now)
{
    sw_supervisor_say_not_started(supervisor, worker);
    sw_supervisor_plan_restart(supervisor, worker, 0, now);
    supervisor->paces[worker].start_at = SW_NEVER;
}

/* The partner's end is on its way in the link before the worker runs: neither waits for the other. */
void sw_worker_start(struct sw_supervisor *supervisor, enum sw_role worker, sw_tick now)
{
    int ends[2] = {-1, -1};
    int link = supervisor->partners[partner_of(worker)].link;
    struct sw_link_message message = {
        .type = SW_LINK_PEER, .peer = peer_of(worker), .number = worker >= SW_ROLE_VIDEO ? worker - SW_ROLE_VIDEO : 0};
    supervisor->paces[worker].start_at = SW_NEVER;
    bool paired = sw_message_pair(ends), started = paired && sw_children_start(&supervisor->children, worker, NULL, 0, ends[1], now);
    if (!started && is_on_demand(worker))
        tell_missing(supervisor, worker, now);
    else if (!started)
        sw_supervisor_not_started(supervisor, worker, now);
    if (paired && (started || is_on_demand(worker)) && sw_link_send(link, message, ends[0]) != SW_MESSAGE_OK && started)
        sw_supervisor_plan_restart(supervisor, worker, 0, now); /* without our ends it ends; a partner that is deaf is soon found out */
    sw_close_end(&ends[0]);
    sw_close_end(&ends[1]);
}

static void replace(struct sw_supervisor *supervisor, enum sw_role worker, sw_tick now)
{
    struct sw_role_pace *pace = &supervisor->paces[worker];
    struct sw_child *current = sw_children_current(&supervisor->children, worker);
    if (current != NULL) {
        sw_log(SW_LOG_WARNING, "supervisor", "%s %ld does not answer", sw_role_name(worker), (long)current->pid);
        sw_supervisor_plan_restart(supervisor, worker, now - current->started, now);
        sw_children_dismiss(&supervisor->children, worker, SIGKILL, now);
    } else if (pace->start_at == SW_NEVER) {
        pace->start_at = now > pace->not_before ? now : pace->not_before;
    }
}

bool sw_worker_need(struct sw_supervisor *supervisor, enum sw_role partner, const struct sw_link_message *message, sw_tick now)
{
    for (int worker = SW_PARTNERS; worker <= SW_ROLE_VIDEO; worker++) {
        if (peer_of((enum sw_role)worker) != message->peer || partner_of((enum sw_role)worker) != partner)
            continue;
        replace(supervisor, (enum sw_role)(worker + (message->peer == SW_LINK_VIDEO ? (int)message->number : 0)), now);
        return true;
    }
    return false;
}

void sw_worker_ended(struct sw_supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now)
{
    bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!ended->current || supervisor->stopping)
        return;
    if (!well)
        sw_supervisor_say_end(ended, status);
    if (!well || !is_on_demand(ended->role)) /* else it was let go */
        sw_supervisor_plan_restart(supervisor, ended->role, now - ended->started, now);
    if (is_on_demand(ended->role))
        supervisor->paces[ended->role].start_at = SW_NEVER;
}

void sw_worker_dismiss_all(struct sw_supervisor *supervisor, enum sw_role partner, sw_tick now)
{
    for (int worker = SW_PARTNERS; worker < SW_ROLES; worker++) {
        if (partner_of((enum sw_role)worker) != partner)
            continue;
        supervisor->paces[worker] = (struct sw_role_pace){.start_at = SW_NEVER};
        sw_children_dismiss(&supervisor->children, (enum sw_role)worker, supervisor->stopping ? SIGTERM : 0, now + LEAVE_GRACE);
    }
}

void sw_worker_start_due(struct sw_supervisor *supervisor, sw_tick now)
{
    for (int worker = SW_PARTNERS; worker < SW_ROLES; worker++) {
        if (supervisor->partners[partner_of((enum sw_role)worker)].link >= 0 && supervisor->paces[worker].start_at <= now)
            sw_worker_start(supervisor, (enum sw_role)worker, now);
    }
}

sw_tick sw_worker_next_start(const struct sw_supervisor *supervisor)
{
    sw_tick next = SW_NEVER;
    for (int worker = SW_PARTNERS; worker < SW_ROLES; worker++) {
        if (supervisor->partners[partner_of((enum sw_role)worker)].link >= 0)
            next = sw_earlier(next, supervisor->paces[worker].start_at);
    }
    return next;
}
