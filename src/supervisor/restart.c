/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/role.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"

#define STOP_END (1900 * SW_MS)   /* from TERM to our own end, whatever still hangs in the kernel */
#define DELAY_FIRST (250 * SW_MS) /* before the second quick restart in a row; doubled for each further one */

static const struct {
    int64_t steady;     /* one that has lived so long is started again at once */
    int64_t delay_most; /* between two starts of one that does not */
} pacing[SW_ROLE_VIDEO + 1] = {
    [SW_ROLE_PLAYER] = {SW_MINUTE, 2 * SW_SECOND},
    [SW_ROLE_COURIER] = {SW_SECOND, SW_SECOND},
    [SW_ROLE_FOLLOWER] = {10 * SW_SECOND, 10 * SW_SECOND},
    [SW_ROLE_PICTURE] = {SW_SECOND, SW_SECOND},
    [SW_ROLE_SVG] = {SW_SECOND, SW_SECOND},
    [SW_ROLE_JQ] = {SW_SECOND, SW_SECOND},
    [SW_ROLE_VIDEO] = {SW_SECOND, 500 * SW_MS}, /* what a clip does to them is the player's affair, which asks for them */
};

bool sw_role_is_partner(enum sw_role role)
{
    return role < SW_PARTNERS;
}

sw_tick sw_earlier(sw_tick a, sw_tick b)
{
    return a < b ? a : b;
}

void sw_close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

int sw_exit_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void sw_supervisor_stop(struct sw_supervisor *supervisor, int exit_code, sw_tick now)
{
    if (supervisor->stopping)
        return;
    supervisor->stopping = true;
    supervisor->exit_code = exit_code;
    sw_notify_stopping(&supervisor->notify);
    supervisor->give_up_at = now + STOP_END;
    for (int role = 0; role < SW_ROLES; role++) {
        supervisor->paces[role].start_at = SW_NEVER;
        sw_children_dismiss(&supervisor->children, (enum sw_role)role, sw_role_is_partner((enum sw_role)role) ? SIGTERM : 0,
                            now + SW_STOP_GRACE);
    }
}

void sw_supervisor_plan_restart(struct sw_supervisor *supervisor, enum sw_role role, int64_t lived, sw_tick now)
{
    struct sw_role_pace *pace = &supervisor->paces[role];
    int kind = role < SW_ROLE_VIDEO ? role : SW_ROLE_VIDEO;
    pace->quick = lived >= pacing[kind].steady ? 0 : pace->quick + 1;
    int64_t delay = pace->quick < 2 ? 0 : DELAY_FIRST << (pace->quick < 8 ? pace->quick - 2 : 6);
    pace->not_before = pace->start_at = now + sw_earlier(delay, pacing[kind].delay_most);
}

void sw_supervisor_say_not_started(const struct sw_supervisor *supervisor, enum sw_role role)
{
    sw_log(SW_LOG_ERROR, "supervisor", "cannot start the %s in %s: %s", sw_role_name(role), supervisor->children.folder, strerror(errno));
}

void sw_supervisor_not_started(struct sw_supervisor *supervisor, enum sw_role role, sw_tick now)
{
    sw_supervisor_say_not_started(supervisor, role);
    if (supervisor->what->endless)
        sw_supervisor_plan_restart(supervisor, role, 0, now);
    else
        sw_supervisor_stop(supervisor, SW_EXIT_CANNOT_RUN, now);
}

void sw_supervisor_say_end(const struct sw_child *ended, int status)
{
    if (WIFSIGNALED(status))
        sw_log(SW_LOG_WARNING, "supervisor", "%s %ld ended by signal %d (%s)", sw_role_name(ended->role), (long)ended->pid,
               WTERMSIG(status), strsignal(WTERMSIG(status)));
    else
        sw_log(SW_LOG_WARNING, "supervisor", "%s %ld ended with status %d", sw_role_name(ended->role), (long)ended->pid,
               WEXITSTATUS(status));
}
