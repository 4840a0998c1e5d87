/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/role.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

#define FIRST_HEARTBEAT (20 * SW_SECOND) /* a large exhibition on a slow disk */
#define NEXT_HEARTBEAT (10 * SW_SECOND)
#define COURIER_HEARTBEAT (3 * SW_SECOND)
#define ABORT_GRACE (1 * SW_SECOND) /* from ABRT to KILL */
#define LEAVE_GRACE (1 * SW_SECOND) /* for one that ought to end by itself */

static bool run_partner(struct sw_supervisor *supervisor, enum sw_role role, int end, sw_tick now)
{
    const struct sw_supervise *what = supervisor->what;
    const char **arguments = sw_alloc_array(what->argument_count + 4, sizeof *arguments);
    size_t count = 0;
    arguments[count++] = what->command;
    if (role == SW_ROLE_COURIER) {
        arguments[count++] = "--since";
        arguments[count++] = supervisor->since;
    }
    if (role == SW_ROLE_PLAYER && supervisor->safe)
        arguments[count++] = "--safe";
    if (role == SW_ROLE_PLAYER && supervisor->without_gpu)
        arguments[count++] = "--without-gpu";
    for (size_t i = 0; i < what->argument_count; i++)
        arguments[count++] = what->arguments[i];
    bool started = sw_children_start(&supervisor->children, role, arguments, count, end, now);
    free(arguments);
    return started;
}

bool sw_partner_start(struct sw_supervisor *supervisor, enum sw_role role, sw_tick now)
{
    struct sw_partner *partner = &supervisor->partners[role];
    int ends[2] = {-1, -1};
    supervisor->paces[role].start_at = SW_NEVER;
    bool started = sw_message_pair(ends) && run_partner(supervisor, role, ends[1], now);
    if (!started) {
        sw_supervisor_not_started(supervisor, role, now);
        sw_close_end(&ends[0]);
    } else {
        partner->link = ends[0];
        partner->heartbeat_due = supervisor->what->heartbeats ? now + FIRST_HEARTBEAT : SW_NEVER;
    }
    sw_close_end(&ends[1]);
    return started;
}

void sw_partner_join_feed(struct sw_supervisor *supervisor)
{
    static const struct sw_link_message message = {.type = SW_LINK_PEER, .peer = SW_LINK_FEED};
    int ends[2] = {-1, -1};
    for (int i = 0; i < SW_PARTNERS; i++) {
        if (supervisor->partners[i].link < 0)
            return;
    }
    bool joined = sw_message_pair(ends);
    for (int i = 0; i < SW_PARTNERS && joined; i++)
        joined = sw_link_send(supervisor->partners[i].link, message, ends[i]) == SW_MESSAGE_OK;
    if (!joined)
        sw_log(SW_LOG_WARNING, "supervisor", "cannot join courier and player: no news until one of them is started again");
    sw_close_end(&ends[0]);
    sw_close_end(&ends[1]);
}

void sw_partner_forget(struct sw_supervisor *supervisor, enum sw_role role, sw_tick now)
{
    struct sw_partner *partner = &supervisor->partners[role];
    sw_close_end(&partner->link);
    partner->heartbeat_due = SW_NEVER;
    sw_worker_dismiss_all(supervisor, role, now);
}

void sw_partner_give_up(struct sw_supervisor *supervisor, enum sw_role role, int signal, sw_tick kill_at)
{
    struct sw_child *partner = sw_children_current(&supervisor->children, role);
    if (partner == NULL)
        return;
    if (signal != 0)
        kill(partner->pid, signal);
    partner->kill_at = sw_earlier(partner->kill_at, kill_at);
}

static void hear_heartbeat(struct sw_supervisor *supervisor, enum sw_role from, sw_tick now)
{
    if (supervisor->what->heartbeats)
        supervisor->partners[from].heartbeat_due = now + (from == SW_ROLE_PLAYER ? NEXT_HEARTBEAT : COURIER_HEARTBEAT);
    if (from == SW_ROLE_PLAYER)
        sw_player_shows(supervisor);
}

/* False: that is not for this one to say. */
static bool hear(struct sw_supervisor *supervisor, enum sw_role from, const struct sw_link_message *message, sw_tick now)
{
    switch (message->type) {
    case SW_LINK_HEARTBEAT: hear_heartbeat(supervisor, from, now); return true;
    case SW_LINK_NEED:
        if (!sw_worker_is_of(message->peer, from))
            return false;
        sw_worker_replace(supervisor, message->peer, now);
        return true;
    case SW_LINK_GOOD:
        if (from == SW_ROLE_PLAYER && !supervisor->safe)
            sw_player_forget_crashes(supervisor);
        return from == SW_ROLE_PLAYER;
    case SW_LINK_GPU:
        supervisor->gpu = supervisor->gpu || from == SW_ROLE_PLAYER;
        return from == SW_ROLE_PLAYER;
    case SW_LINK_PEER:
    case SW_LINK_SOURCES: return false;
    }
    return false;
}

void sw_partner_read(struct sw_supervisor *supervisor, enum sw_role from, sw_tick now)
{
    struct sw_partner *partner = &supervisor->partners[from];
    while (partner->link >= 0) {
        struct sw_link_message message;
        int fd = -1;
        enum sw_message_status status = sw_link_receive(partner->link, &message, &fd);
        sw_close_end(&fd);
        if (status == SW_MESSAGE_AGAIN)
            return;
        if (status == SW_MESSAGE_OK) {
            if (!hear(supervisor, from, &message, now))
                sw_partner_give_up(supervisor, from, SIGKILL, now);
            continue;
        }
        sw_close_end(&partner->link);
        sw_partner_give_up(supervisor, from, 0, now + LEAVE_GRACE);
    }
}

void sw_partner_watch(struct sw_supervisor *supervisor, enum sw_role role, sw_tick now)
{
    struct sw_partner *partner = &supervisor->partners[role];
    if (now < partner->heartbeat_due || supervisor->stopping)
        return;
    partner->heartbeat_due = SW_NEVER;
    sw_log(SW_LOG_ERROR, "supervisor", "the %s gives no sign of life: it is ended", sw_role_name(role));
    supervisor->hung = supervisor->hung || role == SW_ROLE_PLAYER;
    if (role == SW_ROLE_PLAYER)
        sw_partner_give_up(supervisor, role, SIGABRT, now + ABORT_GRACE);
    else
        sw_partner_give_up(supervisor, role, SIGKILL, now);
}

/* -- the courier -- */

void sw_courier_start(struct sw_supervisor *supervisor, sw_tick now)
{
    if (sw_partner_start(supervisor, SW_ROLE_COURIER, now))
        sw_partner_join_feed(supervisor);
}

void sw_courier_ended(struct sw_supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now)
{
    int code = sw_exit_code(status);
    sw_partner_forget(supervisor, SW_ROLE_COURIER, now);
    if (supervisor->stopping)
        return;
    if (code != 0 && supervisor->what->player)
        sw_supervisor_say_end(ended, status);
    if (supervisor->what->player)
        sw_supervisor_plan_restart(supervisor, SW_ROLE_COURIER, now - ended->started, now);
    else
        sw_supervisor_stop(supervisor, code < 0 ? SW_EXIT_CANNOT_RUN : code, now);
}
