/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/role.h"

#include <signal.h>

void sw_courier_start(struct sw_supervisor *supervisor, enum sw_role role, sw_tick now)
{
    if (role == SW_ROLE_COURIER) {
        supervisor->courier_of = supervisor->sources;
        supervisor->courier_without = supervisor->without_replay;
    }
    if (sw_partner_start(supervisor, role, now))
        sw_partner_join(supervisor, role);
}

/* A courier of what is wanted no more has been asked to go. */
static bool is_outdated(const struct sw_supervisor *supervisor, const struct sw_child *ended)
{
    bool same = supervisor->courier_of == supervisor->sources && supervisor->courier_without == supervisor->without_replay;
    return ended->role == SW_ROLE_COURIER && !same;
}

void sw_courier_ended(struct sw_supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now)
{
    int code = sw_exit_code(status);
    bool outdated = is_outdated(supervisor, ended);
    bool wanted = supervisor->sources != 0 || supervisor->courier_of == supervisor->sources; /* a folder's first are those of 0 */
    sw_partner_forget(supervisor, ended->role, now);
    if (supervisor->stopping)
        return;
    bool said = code == SW_EXIT_CANNOT_RUN && !supervisor->ever_shown; /* the player was given the same, and says what is wrong */
    if (code != 0 && supervisor->what->player && !outdated && !said)
        sw_supervisor_say_end(ended, status);
    if (outdated)
        supervisor->paces[SW_ROLE_COURIER] = (struct sw_role_pace){.start_at = wanted ? now : SW_NEVER};
    else if (supervisor->what->player)
        sw_supervisor_plan_restart(supervisor, ended->role, now - ended->started, now);
    else
        sw_supervisor_stop(supervisor, code < 0 ? SW_EXIT_CANNOT_RUN : code, now);
}

void sw_courier_want(struct sw_supervisor *supervisor, int64_t generation, sw_tick now)
{
    bool runs = sw_children_current(&supervisor->children, SW_ROLE_COURIER) != NULL;
    bool same = generation == supervisor->sources;
    supervisor->sources = generation;
    if (runs && generation == supervisor->courier_of)
        sw_partner_join(supervisor, SW_ROLE_COURIER);
    else if (runs)
        sw_partner_give_up(supervisor, SW_ROLE_COURIER, SIGTERM, now + SW_STOP_GRACE);
    else if (!same)
        supervisor->paces[SW_ROLE_COURIER] = (struct sw_role_pace){.start_at = generation != 0 ? now : SW_NEVER};
}

void sw_courier_replay(struct sw_supervisor *supervisor, bool replays, sw_tick now)
{
    supervisor->without_replay = !replays;
    if (supervisor->courier_without != supervisor->without_replay)
        sw_partner_give_up(supervisor, SW_ROLE_COURIER, SIGTERM, now + SW_STOP_GRACE);
}
