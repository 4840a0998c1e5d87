/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/role.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

#define FIRST_HEARTBEAT (20 * SW_SECOND) /* a large exhibition on a slow disk */
#define NEXT_HEARTBEAT (10 * SW_SECOND)
#define COURIER_HEARTBEAT (3 * SW_SECOND)
#define FOLLOWER_HEARTBEAT (30 * SW_SECOND) /* it waits for disks */
#define TALK_MOST 256                       /* messages of one partner, before another is heard */
#define ABORT_GRACE (1 * SW_SECOND) /* from ABRT to KILL */
#define LEAVE_GRACE (1 * SW_SECOND) /* for one that ought to end by itself */

static bool run_partner(struct sw_supervisor *supervisor, enum sw_role role, int end, sw_tick now)
{
    const struct sw_supervise *what = supervisor->what;
    const char **arguments = sw_alloc_array(what->argument_count + 8, sizeof *arguments);
    char number[24];
    size_t count = 0;
    arguments[count++] = role == SW_ROLE_FOLLOWER ? "follow" : what->command;
    if (role != SW_ROLE_FOLLOWER) {
        arguments[count++] = "--since";
        arguments[count++] = supervisor->since;
    }
    if (role == SW_ROLE_COURIER && what->follow) {
        (void)snprintf(number, sizeof number, "%" PRId64, supervisor->courier_of);
        arguments[count++] = "--generation";
        arguments[count++] = number;
    }
    if (role == SW_ROLE_COURIER && supervisor->courier_without)
        arguments[count++] = "--without-replay";
    if (role == SW_ROLE_PLAYER && supervisor->ladder.rung != SW_LADDER_CONTENT)
        arguments[count++] = supervisor->ladder.rung == SW_LADDER_FALLBACK ? "--fallback" : "--safe";
    if (role == SW_ROLE_PLAYER && supervisor->without_gpu)
        arguments[count++] = "--without-gpu";
    if (role == SW_ROLE_PLAYER && supervisor->plays > 0) {
        (void)snprintf(number, sizeof number, "%" PRId64, supervisor->plays);
        arguments[count++] = "--played";
        arguments[count++] = number;
    }
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

void sw_partner_join(struct sw_supervisor *supervisor, enum sw_role other)
{
    const struct sw_link_message message = {.type = SW_LINK_PEER, .peer = other == SW_ROLE_FOLLOWER ? SW_LINK_NOTICE : SW_LINK_FEED};
    const int links[2] = {supervisor->partners[other].link, supervisor->partners[SW_ROLE_PLAYER].link};
    int ends[2] = {-1, -1};
    if (links[0] < 0 || links[1] < 0)
        return;
    bool joined = sw_message_pair(ends);
    for (int i = 0; i < 2 && joined; i++)
        joined = sw_link_send(links[i], message, ends[i]) == SW_MESSAGE_OK;
    if (!joined)
        sw_log(SW_LOG_WARNING, "supervisor", "cannot join %s and player: no news until one of them is started again", sw_role_name(other));
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
    static const int64_t patience[SW_PARTNERS] = {
        [SW_ROLE_PLAYER] = NEXT_HEARTBEAT, [SW_ROLE_COURIER] = COURIER_HEARTBEAT, [SW_ROLE_FOLLOWER] = FOLLOWER_HEARTBEAT};
    if (supervisor->what->heartbeats)
        supervisor->partners[from].heartbeat_due = now + patience[from];
    if (from == SW_ROLE_PLAYER)
        sw_player_shows(supervisor);
}

/* False: that is not for this one to say. */
static bool hear(struct sw_supervisor *supervisor, enum sw_role from, const struct sw_link_message *message, sw_tick now)
{
    switch (message->type) {
    case SW_LINK_HEARTBEAT: hear_heartbeat(supervisor, from, now); return true;
    case SW_LINK_NEED: return sw_worker_need(supervisor, from, message, now);
    case SW_LINK_GOOD:
        if (from == SW_ROLE_PLAYER)
            sw_player_good(supervisor);
        return from == SW_ROLE_PLAYER;
    case SW_LINK_GPU:
        supervisor->gpu = supervisor->gpu || from == SW_ROLE_PLAYER;
        return from == SW_ROLE_PLAYER;
    case SW_LINK_SOURCES:
        if (from != SW_ROLE_PLAYER)
            return false;
        sw_courier_want(supervisor, message->number, now);
        return true;
    case SW_LINK_PLAYS:
        if (from == SW_ROLE_PLAYER)
            supervisor->plays = message->number;
        return from == SW_ROLE_PLAYER;
    case SW_LINK_TRIES:
        if (from == SW_ROLE_PLAYER)
            sw_player_tries(supervisor, message->number, now);
        return from == SW_ROLE_PLAYER;
    case SW_LINK_LOG:
        if (from == SW_ROLE_PLAYER)
            sw_log_limit((enum sw_log_level)message->number);
        return from == SW_ROLE_PLAYER;
    case SW_LINK_REPLAY:
        if (from == SW_ROLE_PLAYER)
            sw_courier_replay(supervisor, message->number != 0, now);
        return from == SW_ROLE_PLAYER;
    case SW_LINK_PEER: return false;
    }
    return false;
}

void sw_partner_read(struct sw_supervisor *supervisor, enum sw_role from, sw_tick now)
{
    struct sw_partner *partner = &supervisor->partners[from];
    for (int i = 0; i < TALK_MOST && partner->link >= 0; i++) {
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
