/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/supervisor.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/fence.h"
#include "base/hash.h"
#include "base/log.h"
#include "supervisor/role.h"

static void reap(struct sw_supervisor *supervisor, sw_tick now)
{
    struct sw_child ended;
    int status;
    while (sw_children_reap(&supervisor->children, &ended, &status)) {
        if (ended.role == SW_ROLE_PLAYER)
            sw_player_ended(supervisor, &ended, status, now);
        else if (sw_role_is_partner(ended.role))
            sw_courier_ended(supervisor, &ended, status, now);
        else
            sw_worker_ended(supervisor, &ended, status, now);
    }
}

static void read_signals(struct sw_supervisor *supervisor, sw_tick now)
{
    struct signalfd_siginfo info;
    while (read(supervisor->signals, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGCHLD)
            continue;
        sw_player_forget_crashes(supervisor);
        sw_supervisor_stop(supervisor, supervisor->what->endless ? 0 : 128 + (int)info.ssi_signo, now);
    }
}

static void start_due(struct sw_supervisor *supervisor, sw_tick now)
{
    if (supervisor->paces[SW_ROLE_PLAYER].start_at <= now)
        sw_player_start(supervisor, now);
    for (int role = SW_ROLE_COURIER; role < SW_PARTNERS; role++) {
        if (supervisor->paces[role].start_at <= now)
            sw_courier_start(supervisor, (enum sw_role)role, now);
    }
    sw_worker_start_due(supervisor, now);
}

static int wait_ms(const struct sw_supervisor *supervisor, sw_tick kill_due, sw_tick now)
{
    sw_tick next = sw_earlier(kill_due, sw_earlier(supervisor->retry_at, supervisor->give_up_at));
    next = sw_earlier(next, sw_worker_next_start(supervisor));
    for (int i = 0; i < SW_PARTNERS; i++)
        next = sw_earlier(next, sw_earlier(supervisor->partners[i].heartbeat_due, supervisor->paces[i].start_at));
    if (next <= now)
        return 0;
    return next - now > SW_HOUR ? 3600 * 1000 : (int)((next - now + SW_MS - 1) / SW_MS);
}

static int run(struct sw_supervisor *supervisor)
{
    while (!supervisor->stopping || (supervisor->children.count > 0 && sw_tick_now() < supervisor->give_up_at)) {
        sw_tick now = sw_tick_now();
        sw_tick kill_due = sw_children_kill_due(&supervisor->children, now);
        struct pollfd fds[2 + SW_PARTNERS] = {{.fd = supervisor->signals, .events = POLLIN}, {.fd = supervisor->door, .events = POLLIN}};
        for (int i = 0; i < SW_PARTNERS; i++)
            fds[2 + i] = (struct pollfd){.fd = supervisor->partners[i].link, .events = POLLIN};
        int ready = poll(fds, SW_COUNT(fds), wait_ms(supervisor, kill_due, now));
        assert(ready >= 0 || errno == EINTR);
        now = sw_tick_now();
        read_signals(supervisor, now);
        for (int i = 0; i < SW_PARTNERS; i++)
            sw_partner_read(supervisor, (enum sw_role)i, now);
        reap(supervisor, now);
        for (int i = 0; i < SW_PARTNERS; i++)
            sw_partner_watch(supervisor, (enum sw_role)i, now);
        sw_door_answer(supervisor);
        sw_player_retry(supervisor, now);
        start_due(supervisor, now);
    }
    return supervisor->exit_code;
}

/* Only what may be inherited: each child fences itself, and needs more than this one in one thing or another. */
static bool raise_fence(const struct sw_supervise *what)
{
    if (what->endless && sw_fence_landlock() == 0)
        sw_log(SW_LOG_WARNING, "supervisor", "this kernel has no Landlock: files are fenced by the user's rights alone");
    return sw_fence_raise(SW_FENCE_SUPERVISOR, NULL, 0);
}

/* What is played, from where: two exhibitions do not count each other's crashes. */
static uint64_t identity(const struct sw_supervise *what)
{
    char folder[4096];
    uint64_t hash = sw_hash_text(SW_HASH_START, getcwd(folder, sizeof folder));
    for (size_t i = 0; i < what->argument_count; i++)
        hash = sw_hash_text(sw_hash_number(hash, i), what->arguments[i]);
    return hash;
}

static bool init(struct sw_supervisor *supervisor, const struct sw_supervise *what)
{
    *supervisor = (struct sw_supervisor){.what = what, .signals = -1, .door = -1, .retry_at = SW_NEVER, .give_up_at = SW_NEVER};
    supervisor->notify.socket = -1;
    for (int i = 0; i < SW_PARTNERS; i++)
        supervisor->partners[i] = (struct sw_partner){.link = -1, .heartbeat_due = SW_NEVER};
    for (int role = 0; role < SW_ROLES; role++)
        supervisor->paces[role].start_at = SW_NEVER;
    if (!sw_children_init(&supervisor->children)) {
        sw_log(SW_LOG_ERROR, "supervisor", "schauwand-player is neither beside this program nor in ../libexec/schauwand");
        return false;
    }
    (void)snprintf(supervisor->since, sizeof supervisor->since, "%lld", (long long)sw_tick_now());
    supervisor->ladder.wall = identity(what);
    supervisor->ladder_saved = what->endless && sw_ladder_path(supervisor->ladder_path, sizeof supervisor->ladder_path);
    if (what->endless && !supervisor->ladder_saved) {
        sw_log(SW_LOG_WARNING, "supervisor", "no folder for the state: crashes are counted in memory only");
        supervisor->ladder_path[0] = '\0';
    }
    return true;
}

/* `before`: the mask, to be put back: somebody may go on after this. */
static bool open_signals(struct sw_supervisor *supervisor, sigset_t *before)
{
    sigset_t heard;
    sigemptyset(&heard);
    static const int numbers[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP};
    for (size_t i = 0; i < SW_COUNT(numbers); i++)
        sigaddset(&heard, numbers[i]);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); /* ignored by whoever started us, ends would pass unseen */
    if (sigprocmask(SIG_BLOCK, &heard, before) == 0)
        supervisor->signals = signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK);
    return supervisor->signals >= 0;
}

int sw_supervise(const struct sw_supervise *what)
{
    struct sw_supervisor supervisor;
    sigset_t before;
    if (!raise_fence(what) || !init(&supervisor, what) || !open_signals(&supervisor, &before))
        return SW_EXIT_CANNOT_RUN;
    assert(what->player || what->courier);
    assert(!what->follow || (what->player && !what->courier));
    supervisor.paces[SW_ROLE_PLAYER].start_at = what->player ? sw_tick_now() : SW_NEVER;
    supervisor.paces[SW_ROLE_COURIER].start_at = what->courier ? sw_tick_now() : SW_NEVER;
    supervisor.paces[SW_ROLE_FOLLOWER].start_at = what->follow ? sw_tick_now() : SW_NEVER;
    if (what->endless)
        sw_notify_open(&supervisor.notify);
    sw_door_open(&supervisor);
    int exit_code = run(&supervisor);
    sw_door_shut(&supervisor);
    sw_notify_close(&supervisor.notify);
    for (int i = 0; i < SW_PARTNERS; i++)
        sw_close_end(&supervisor.partners[i].link);
    sw_close_end(&supervisor.signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return exit_code;
}
