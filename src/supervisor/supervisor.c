/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/supervisor.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fence.h"
#include "base/hash.h"
#include "base/link.h"
#include "base/log.h"
#include "base/memory.h"
#include "supervisor/children.h"
#include "supervisor/ladder.h"

#define FIRST_HEARTBEAT (20 * SW_SECOND)  /* a large exhibition on a slow disk */
#define NEXT_HEARTBEAT (10 * SW_SECOND)
#define COURIER_HEARTBEAT (3 * SW_SECOND)
#define STOP_GRACE (1500 * SW_MS)         /* from TERM to KILL */
#define STOP_END (1900 * SW_MS)           /* from TERM to our own end, whatever still hangs in the kernel */
#define ABORT_GRACE (1 * SW_SECOND)       /* from ABRT to KILL */
#define LEAVE_GRACE (1 * SW_SECOND)       /* for one that ought to end by itself */
#define DELAY_FIRST (250 * SW_MS)         /* before the second quick restart in a row; doubled for each further one */
#define GPU_CRASHES 2                     /* so many players in a row that crash soon and draw with the GPU: the next one does without */
#define DISPLAY_DELAY (1 * SW_SECOND)     /* between two players that look for a display */
#define EXIT_CANNOT_RUN 2

/* When a role is to be started next, and how it has fared. */
struct pace {
    sw_tick start_at; /* SW_NEVER: nothing to start */
    unsigned quick;   /* ends soon after the start, in a row */
};

static const struct {
    int64_t steady;     /* one that has lived so long is started again at once */
    int64_t delay_most; /* between two starts of one that does not */
} pacing[SW_ROLES] = {
    [SW_ROLE_PLAYER] = {SW_MINUTE, 2 * SW_SECOND},
    [SW_ROLE_COURIER] = {SW_SECOND, SW_SECOND},
    [SW_ROLE_PICTURE] = {SW_SECOND, SW_SECOND},
    [SW_ROLE_SVG] = {SW_SECOND, SW_SECOND},
    [SW_ROLE_JQ] = {SW_SECOND, SW_SECOND},
};

/* The two that are talked to; their roles have the same numbers. */
#define PARTNERS 2
struct partner {
    int link; /* -1: it does not run, or has shut it */
    sw_tick heartbeat_due;
};

/* Workers, each with the partner that it works for. */
static const struct {
    enum sw_role role, partner;
} workers[] = {
    [SW_LINK_PICTURE] = {SW_ROLE_PICTURE, SW_ROLE_PLAYER},
    [SW_LINK_SVG] = {SW_ROLE_SVG, SW_ROLE_PLAYER},
    [SW_LINK_JQ] = {SW_ROLE_JQ, SW_ROLE_COURIER},
};

struct supervisor {
    const struct sw_supervise *what;
    struct sw_children children;
    struct pace paces[SW_ROLES];
    struct partner partners[PARTNERS];
    int signals; /* -1: none */
    struct sw_ladder ladder;
    char ladder_path[4096]; /* "": nowhere to keep it */
    bool ladder_saved;      /* what the file says is no older than what we know */
    sw_tick retry_at;
    bool shown, ever_shown; /* this player, any player has sent a heartbeat */
    bool gpu, hung;         /* this player draws with the GPU; gave no sign of life */
    bool without_gpu;       /* players are started to do without, until our own end */
    bool dark;              /* the last player found no display */
    bool safe, retrying;    /* plays the built-in scene; is being ended to try the content again */
    bool stopping;
    sw_tick give_up_at;
    int exit_code;
};

static bool is_partner(enum sw_role role)
{
    return role < PARTNERS;
}

static sw_tick earlier(sw_tick a, sw_tick b)
{
    return a < b ? a : b;
}

static void close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

static void save_ladder(struct supervisor *supervisor)
{
    if (supervisor->ladder_path[0] == '\0')
        return;
    supervisor->ladder_saved = sw_ladder_save(&supervisor->ladder, supervisor->ladder_path);
    if (!supervisor->ladder_saved)
        sw_log(SW_LOG_WARNING, "supervisor", "cannot write %s: crashes are counted in memory only", supervisor->ladder_path);
}

/* The file is the truth: whoever removes it has the content tried again at the next start. */
static void load_ladder(struct supervisor *supervisor)
{
    if (supervisor->ladder_saved)
        sw_ladder_load(&supervisor->ladder, supervisor->ladder_path, supervisor->ladder.wall);
}

static void forget_crashes(struct supervisor *supervisor)
{
    if (supervisor->what->endless && supervisor->ladder.count > 0) {
        sw_ladder_good(&supervisor->ladder);
        save_ladder(supervisor);
    }
}

/* All further ends are wanted. The workers see the player go and follow; they are told all the same. */
static void stop(struct supervisor *supervisor, int exit_code, sw_tick now)
{
    if (supervisor->stopping)
        return;
    supervisor->stopping = true;
    supervisor->exit_code = exit_code;
    supervisor->give_up_at = now + STOP_END;
    for (int role = 0; role < SW_ROLES; role++) {
        supervisor->paces[role].start_at = SW_NEVER;
        sw_children_dismiss(&supervisor->children, (enum sw_role)role, is_partner((enum sw_role)role) ? SIGTERM : 0, now + STOP_GRACE);
    }
}

static void plan_restart(struct supervisor *supervisor, enum sw_role role, int64_t lived, sw_tick now)
{
    struct pace *pace = &supervisor->paces[role];
    pace->quick = lived >= pacing[role].steady ? 0 : pace->quick + 1;
    int64_t delay = pace->quick < 2 ? 0 : DELAY_FIRST << (pace->quick < 8 ? pace->quick - 2 : 6);
    pace->start_at = now + earlier(delay, pacing[role].delay_most);
}

static void not_started(struct supervisor *supervisor, enum sw_role role, sw_tick now)
{
    sw_log(SW_LOG_ERROR, "supervisor", "cannot start the %s in %s: %s", sw_role_name(role), supervisor->children.folder, strerror(errno));
    if (supervisor->what->endless)
        plan_restart(supervisor, role, 0, now);
    else
        stop(supervisor, EXIT_CANNOT_RUN, now);
}

/* The partner's end is on its way in the link before the worker runs: neither waits for the other. */
static void start_worker(struct supervisor *supervisor, enum sw_link_peer worker, sw_tick now)
{
    int ends[2] = {-1, -1};
    enum sw_role role = workers[worker].role;
    int link = supervisor->partners[workers[worker].partner].link;
    struct sw_link_message message = {.type = SW_LINK_PEER, .peer = worker};
    supervisor->paces[role].start_at = SW_NEVER;
    if (!sw_message_pair(ends) || !sw_children_start(&supervisor->children, role, NULL, 0, ends[1], now))
        not_started(supervisor, role, now);
    else if (sw_link_send(link, message, ends[0]) != SW_MESSAGE_OK)
        plan_restart(supervisor, role, 0, now); /* by losing both our ends it ends; a partner that does not read is soon found out */
    close_end(&ends[0]);
    close_end(&ends[1]);
}

/* Both get a fresh end: what an older one still holds is made up for by the courier's telling all that it knows to every new one. */
static void join_feed(struct supervisor *supervisor)
{
    static const struct sw_link_message message = {.type = SW_LINK_PEER, .peer = SW_LINK_FEED};
    int ends[2] = {-1, -1};
    for (int i = 0; i < PARTNERS; i++) {
        if (supervisor->partners[i].link < 0)
            return;
    }
    bool joined = sw_message_pair(ends);
    for (int i = 0; i < PARTNERS && joined; i++)
        joined = sw_link_send(supervisor->partners[i].link, message, ends[i]) == SW_MESSAGE_OK;
    if (!joined)
        sw_log(SW_LOG_WARNING, "supervisor", "cannot join courier and player: no news until one of them is started again");
    close_end(&ends[0]);
    close_end(&ends[1]);
}

/* The ladder decides; true: the built-in scene. */
static bool choose_content(struct supervisor *supervisor, sw_tick now)
{
    if (!supervisor->what->endless)
        return false;
    sw_instant instant = sw_instant_now();
    load_ladder(supervisor);
    bool safe = sw_ladder_start(&supervisor->ladder, instant);
    sw_instant retry_at = sw_ladder_retry_at(&supervisor->ladder);
    supervisor->retry_at = safe ? now + (retry_at - instant) : SW_NEVER;
    if (safe && !supervisor->safe)
        sw_log(SW_LOG_ERROR, "supervisor",
               "%d players ended within a minute: the built-in scene is shown, the content is tried again later", SW_LADDER_STARTS);
    save_ladder(supervisor);
    return safe;
}

static bool run_partner(struct supervisor *supervisor, enum sw_role role, int end, sw_tick now)
{
    const struct sw_supervise *what = supervisor->what;
    const char **arguments = sw_alloc_array(what->argument_count + 3, sizeof *arguments);
    size_t count = 0;
    arguments[count++] = what->command;
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

/* True: it runs and can be talked to. */
static bool start_partner(struct supervisor *supervisor, enum sw_role role, sw_tick now)
{
    struct partner *partner = &supervisor->partners[role];
    int ends[2] = {-1, -1};
    supervisor->paces[role].start_at = SW_NEVER;
    bool started = sw_message_pair(ends) && run_partner(supervisor, role, ends[1], now);
    if (!started) {
        not_started(supervisor, role, now);
        close_end(&ends[0]);
    } else {
        partner->link = ends[0];
        partner->heartbeat_due = supervisor->what->heartbeats ? now + FIRST_HEARTBEAT : SW_NEVER;
    }
    close_end(&ends[1]);
    return started;
}

static void start_player(struct supervisor *supervisor, sw_tick now)
{
    supervisor->safe = choose_content(supervisor, now);
    if (!start_partner(supervisor, SW_ROLE_PLAYER, now))
        return;
    supervisor->shown = supervisor->retrying = supervisor->gpu = supervisor->hung = false;
    start_worker(supervisor, SW_LINK_PICTURE, now);
    join_feed(supervisor);
}

static void start_courier(struct supervisor *supervisor, sw_tick now)
{
    if (start_partner(supervisor, SW_ROLE_COURIER, now))
        join_feed(supervisor);
}

/* Once for each end that nobody asked for. */
static void say_end(const struct sw_child *ended, int status)
{
    if (WIFSIGNALED(status))
        sw_log(SW_LOG_WARNING, "supervisor", "%s %ld ended by signal %d (%s)", sw_role_name(ended->role), (long)ended->pid,
               WTERMSIG(status), strsignal(WTERMSIG(status)));
    else
        sw_log(SW_LOG_WARNING, "supervisor", "%s %ld ended with status %d", sw_role_name(ended->role), (long)ended->pid,
               WEXITSTATUS(status));
}

/* A driver of a GPU can take the player down or hang it, and will again. */
static void suspect_gpu(struct supervisor *supervisor)
{
    bool often = supervisor->paces[SW_ROLE_PLAYER].quick >= GPU_CRASHES;
    if (!supervisor->gpu || supervisor->without_gpu || !(often || supervisor->hung))
        return;
    supervisor->without_gpu = true;
    sw_log(SW_LOG_ERROR, "supervisor", "players that draw with the GPU %s: from now on they do without",
           supervisor->hung ? "hang" : "crash");
}

/* -1: it was ended by a signal. */
static int exit_code_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* One that has ended: its workers see it go and follow. */
static void forget_partner(struct supervisor *supervisor, enum sw_role role, sw_tick now)
{
    struct partner *partner = &supervisor->partners[role];
    close_end(&partner->link);
    partner->heartbeat_due = SW_NEVER;
    for (size_t i = 0; i < SW_COUNT(workers); i++) {
        if (workers[i].partner != role)
            continue;
        supervisor->paces[workers[i].role] = (struct pace){.start_at = SW_NEVER};
        sw_children_dismiss(&supervisor->children, workers[i].role, supervisor->stopping ? SIGTERM : 0, now + LEAVE_GRACE);
    }
}

/* Nothing can be shown until there is a display again; to wait for it is no crash of the content. Said once. */
static void display_gone(struct supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now)
{
    if (!supervisor->dark) {
        say_end(ended, status);
        sw_log(SW_LOG_ERROR, "supervisor", "no display answers: the player is started again until one does");
    }
    if (!supervisor->safe) {
        sw_ladder_take_back(&supervisor->ladder);
        save_ladder(supervisor);
    }
    supervisor->paces[SW_ROLE_PLAYER].start_at = now + (supervisor->dark ? DISPLAY_DELAY : 0);
    supervisor->dark = true;
}

static void player_ended(struct supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now)
{
    const struct sw_supervise *what = supervisor->what;
    int code = exit_code_of(status);
    bool dark = what->heartbeats && (code == SW_LINK_EXIT_NO_DISPLAY || code == SW_LINK_EXIT_XLIB);
    supervisor->retry_at = SW_NEVER;
    forget_partner(supervisor, SW_ROLE_PLAYER, now);
    if (supervisor->stopping)
        return;
    if (dark && what->endless) {
        display_gone(supervisor, ended, status, now);
        return;
    }
    if (code < 0 || (what->endless && code != 0))
        say_end(ended, status);
    if (dark)
        sw_log(SW_LOG_ERROR, "supervisor", "no display answers");
    if (!what->endless) {
        stop(supervisor, code < 0 || dark ? EXIT_CANNOT_RUN : code, now);
    } else if (code == 0 && !supervisor->retrying) {
        forget_crashes(supervisor);
        stop(supervisor, 0, now);
    } else if (code == EXIT_CANNOT_RUN && !supervisor->ever_shown) {
        forget_crashes(supervisor); /* it has said why: a wrong path is not mended by starting again */
        stop(supervisor, code, now);
    } else {
        plan_restart(supervisor, SW_ROLE_PLAYER, now - ended->started, now);
        if (code < 0)
            suspect_gpu(supervisor);
    }
}

/* The player goes on with what it has been told. */
static void courier_ended(struct supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now)
{
    int code = exit_code_of(status);
    forget_partner(supervisor, SW_ROLE_COURIER, now);
    if (supervisor->stopping)
        return;
    if (code != 0 && supervisor->what->player)
        say_end(ended, status);
    if (supervisor->what->player)
        plan_restart(supervisor, SW_ROLE_COURIER, now - ended->started, now);
    else
        stop(supervisor, code < 0 ? EXIT_CANNOT_RUN : code, now);
}

static void worker_ended(struct supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now)
{
    if (!ended->current || supervisor->stopping)
        return;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        say_end(ended, status);
    plan_restart(supervisor, ended->role, now - ended->started, now);
}

static void reap(struct supervisor *supervisor, sw_tick now)
{
    struct sw_child ended;
    int status;
    while (sw_children_reap(&supervisor->children, &ended, &status)) {
        if (ended.role == SW_ROLE_PLAYER)
            player_ended(supervisor, &ended, status, now);
        else if (ended.role == SW_ROLE_COURIER)
            courier_ended(supervisor, &ended, status, now);
        else
            worker_ended(supervisor, &ended, status, now);
    }
}

/* One that is beyond talking to: KILL at once or after a grace; its end is then seen as a crash. */
static void give_up_partner(struct supervisor *supervisor, enum sw_role role, int signal, sw_tick kill_at)
{
    struct sw_child *partner = sw_children_current(&supervisor->children, role);
    if (partner == NULL)
        return;
    if (signal != 0)
        kill(partner->pid, signal);
    partner->kill_at = earlier(partner->kill_at, kill_at);
}

static void replace_worker(struct supervisor *supervisor, enum sw_link_peer worker, sw_tick now)
{
    enum sw_role role = workers[worker].role;
    struct sw_child *current = sw_children_current(&supervisor->children, role);
    if (current != NULL) {
        sw_log(SW_LOG_WARNING, "supervisor", "%s %ld does not answer", sw_role_name(role), (long)current->pid);
        plan_restart(supervisor, role, now - current->started, now);
        sw_children_dismiss(&supervisor->children, role, SIGKILL, now);
    } else if (supervisor->paces[role].start_at == SW_NEVER) {
        supervisor->paces[role].start_at = now;
    }
}

static void hear_heartbeat(struct supervisor *supervisor, enum sw_role from, sw_tick now)
{
    const struct sw_child *player = sw_children_current(&supervisor->children, SW_ROLE_PLAYER);
    if (supervisor->what->heartbeats)
        supervisor->partners[from].heartbeat_due = now + (from == SW_ROLE_PLAYER ? NEXT_HEARTBEAT : COURIER_HEARTBEAT);
    if (from != SW_ROLE_PLAYER)
        return;
    if (!supervisor->shown && supervisor->what->endless && player != NULL)
        sw_log(SW_LOG_NOTICE, "supervisor", "player %ld shows a picture", (long)player->pid);
    supervisor->shown = supervisor->ever_shown = true;
    supervisor->dark = false;
}

/* False: that is not for this one to say. */
static bool hear(struct supervisor *supervisor, enum sw_role from, const struct sw_link_message *message, sw_tick now)
{
    switch (message->type) {
    case SW_LINK_HEARTBEAT: hear_heartbeat(supervisor, from, now); return true;
    case SW_LINK_NEED:
        if (message->peer == SW_LINK_FEED || workers[message->peer].partner != from)
            return false;
        replace_worker(supervisor, message->peer, now);
        return true;
    case SW_LINK_GOOD:
        if (from == SW_ROLE_PLAYER && !supervisor->safe)
            forget_crashes(supervisor);
        return from == SW_ROLE_PLAYER;
    case SW_LINK_GPU:
        supervisor->gpu = supervisor->gpu || from == SW_ROLE_PLAYER;
        return from == SW_ROLE_PLAYER;
    case SW_LINK_PEER: return false;
    }
    return false;
}

static void read_link(struct supervisor *supervisor, enum sw_role from, sw_tick now)
{
    struct partner *partner = &supervisor->partners[from];
    while (partner->link >= 0) {
        struct sw_link_message message;
        int fd = -1;
        enum sw_message_status status = sw_link_receive(partner->link, &message, &fd);
        close_end(&fd);
        if (status == SW_MESSAGE_AGAIN)
            return;
        if (status == SW_MESSAGE_OK) {
            if (!hear(supervisor, from, &message, now))
                give_up_partner(supervisor, from, SIGKILL, now);
            continue;
        }
        close_end(&partner->link);
        give_up_partner(supervisor, from, 0, now + LEAVE_GRACE);
    }
}

static void read_signals(struct supervisor *supervisor, sw_tick now)
{
    struct signalfd_siginfo info;
    while (read(supervisor->signals, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGCHLD)
            continue;
        forget_crashes(supervisor);
        stop(supervisor, supervisor->what->endless ? 0 : 128 + (int)info.ssi_signo, now);
    }
}

static void watch_heartbeat(struct supervisor *supervisor, enum sw_role role, sw_tick now)
{
    struct partner *partner = &supervisor->partners[role];
    if (now < partner->heartbeat_due || supervisor->stopping)
        return;
    partner->heartbeat_due = SW_NEVER;
    sw_log(SW_LOG_ERROR, "supervisor", "the %s gives no sign of life: it is ended", sw_role_name(role));
    supervisor->hung = supervisor->hung || role == SW_ROLE_PLAYER;
    if (role == SW_ROLE_PLAYER)
        give_up_partner(supervisor, role, SIGABRT, now + ABORT_GRACE);
    else
        give_up_partner(supervisor, role, SIGKILL, now);
}

static void retry_content(struct supervisor *supervisor, sw_tick now)
{
    if (now < supervisor->retry_at || supervisor->stopping)
        return;
    supervisor->retry_at = SW_NEVER;
    supervisor->retrying = true;
    give_up_partner(supervisor, SW_ROLE_PLAYER, SIGTERM, now + STOP_GRACE);
}

static void start_due(struct supervisor *supervisor, sw_tick now)
{
    if (supervisor->paces[SW_ROLE_PLAYER].start_at <= now)
        start_player(supervisor, now);
    if (supervisor->paces[SW_ROLE_COURIER].start_at <= now)
        start_courier(supervisor, now);
    for (size_t i = 0; i < SW_COUNT(workers); i++) {
        if (supervisor->partners[workers[i].partner].link >= 0 && supervisor->paces[workers[i].role].start_at <= now)
            start_worker(supervisor, (enum sw_link_peer)i, now);
    }
}

static int wait_ms(const struct supervisor *supervisor, sw_tick kill_due, sw_tick now)
{
    sw_tick next = earlier(kill_due, earlier(supervisor->retry_at, supervisor->give_up_at));
    for (int i = 0; i < PARTNERS; i++)
        next = earlier(next, earlier(supervisor->partners[i].heartbeat_due, supervisor->paces[i].start_at));
    for (size_t i = 0; i < SW_COUNT(workers); i++) {
        if (supervisor->partners[workers[i].partner].link >= 0)
            next = earlier(next, supervisor->paces[workers[i].role].start_at);
    }
    if (next <= now)
        return 0;
    return next - now > SW_HOUR ? 3600 * 1000 : (int)((next - now + SW_MS - 1) / SW_MS);
}

static int run(struct supervisor *supervisor)
{
    while (!supervisor->stopping || (supervisor->children.count > 0 && sw_tick_now() < supervisor->give_up_at)) {
        sw_tick now = sw_tick_now();
        sw_tick kill_due = sw_children_kill_due(&supervisor->children, now);
        struct pollfd fds[1 + PARTNERS] = {{.fd = supervisor->signals, .events = POLLIN}};
        for (int i = 0; i < PARTNERS; i++)
            fds[1 + i] = (struct pollfd){.fd = supervisor->partners[i].link, .events = POLLIN};
        int ready = poll(fds, SW_COUNT(fds), wait_ms(supervisor, kill_due, now));
        assert(ready >= 0 || errno == EINTR);
        now = sw_tick_now();
        read_signals(supervisor, now);
        for (int i = 0; i < PARTNERS; i++)
            read_link(supervisor, (enum sw_role)i, now);
        reap(supervisor, now);
        for (int i = 0; i < PARTNERS; i++)
            watch_heartbeat(supervisor, (enum sw_role)i, now);
        retry_content(supervisor, now);
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

static bool init(struct supervisor *supervisor, const struct sw_supervise *what)
{
    *supervisor = (struct supervisor){.what = what, .signals = -1, .retry_at = SW_NEVER, .give_up_at = SW_NEVER};
    for (int i = 0; i < PARTNERS; i++)
        supervisor->partners[i] = (struct partner){.link = -1, .heartbeat_due = SW_NEVER};
    for (int role = 0; role < SW_ROLES; role++)
        supervisor->paces[role].start_at = SW_NEVER;
    if (!sw_children_init(&supervisor->children)) {
        sw_log(SW_LOG_ERROR, "supervisor", "schauwand-player is neither beside this program nor in ../libexec/schauwand");
        return false;
    }
    supervisor->ladder.wall = identity(what);
    supervisor->ladder_saved = what->endless && sw_ladder_path(supervisor->ladder_path, sizeof supervisor->ladder_path);
    if (what->endless && !supervisor->ladder_saved) {
        sw_log(SW_LOG_WARNING, "supervisor", "no folder for the state: crashes are counted in memory only");
        supervisor->ladder_path[0] = '\0';
    }
    sigset_t heard;
    sigemptyset(&heard);
    static const int numbers[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP};
    for (size_t i = 0; i < SW_COUNT(numbers); i++)
        sigaddset(&heard, numbers[i]);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); /* ignored by whoever started us, ends would pass unseen */
    if (sigprocmask(SIG_BLOCK, &heard, NULL) == 0)
        supervisor->signals = signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK);
    return supervisor->signals >= 0;
}

int sw_supervise(const struct sw_supervise *what)
{
    struct supervisor supervisor;
    if (!raise_fence(what) || !init(&supervisor, what))
        return EXIT_CANNOT_RUN;
    assert(what->player || what->courier);
    supervisor.paces[SW_ROLE_PLAYER].start_at = what->player ? sw_tick_now() : SW_NEVER;
    supervisor.paces[SW_ROLE_COURIER].start_at = what->courier ? sw_tick_now() : SW_NEVER;
    int exit_code = run(&supervisor);
    for (int i = 0; i < PARTNERS; i++)
        close_end(&supervisor.partners[i].link);
    close_end(&supervisor.signals);
    return exit_code;
}
