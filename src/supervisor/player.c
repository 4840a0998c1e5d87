/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/role.h"

#include <inttypes.h>
#include <signal.h>

#include "base/log.h"

#define GPU_CRASHES 2                 /* so many players in a row that crash soon and draw with the GPU: the next one does without */
#define DISPLAY_DELAY (1 * SW_SECOND) /* between two players that look for a display */

static void save_ladder(struct sw_supervisor *supervisor)
{
    if (supervisor->ladder_path[0] == '\0')
        return;
    supervisor->ladder_saved = sw_ladder_save(&supervisor->ladder, supervisor->ladder_path);
    if (!supervisor->ladder_saved)
        sw_log(SW_LOG_WARNING, "supervisor", "cannot write %s: crashes are counted in memory only", supervisor->ladder_path);
}

/* The file is the truth: whoever removes it has the content tried again at the next start. */
static void load_ladder(struct sw_supervisor *supervisor)
{
    if (supervisor->ladder_saved)
        sw_ladder_load(&supervisor->ladder, supervisor->ladder_path, supervisor->ladder.wall);
}

void sw_player_forget_crashes(struct sw_supervisor *supervisor)
{
    if (supervisor->what->endless && supervisor->ladder.count > 0) {
        sw_ladder_forget(&supervisor->ladder);
        save_ladder(supervisor);
    }
}

void sw_player_good(struct sw_supervisor *supervisor)
{
    bool fallback = supervisor->ladder.rung == SW_LADDER_FALLBACK;
    if (!supervisor->what->endless || supervisor->ladder.rung == SW_LADDER_SAFE || (supervisor->ladder.count == 0 && !fallback))
        return;
    sw_ladder_good(&supervisor->ladder);
    supervisor->retry_at = SW_NEVER;
    save_ladder(supervisor);
}

static void say_rung(enum sw_ladder_rung rung)
{
    static const char *const shown[] = {
        [SW_LADDER_FALLBACK] = "what was played before is shown", [SW_LADDER_SAFE] = "the built-in scene is shown"};
    if (rung != SW_LADDER_CONTENT)
        sw_log(SW_LOG_ERROR, "supervisor", "%d players ended within a minute: %s, the content is tried again later", SW_LADDER_STARTS,
               shown[rung]);
}

/* The ladder decides. */
static void choose_content(struct sw_supervisor *supervisor, sw_tick now)
{
    if (!supervisor->what->endless)
        return;
    sw_instant instant = sw_instant_now();
    enum sw_ladder_rung before = supervisor->ladder.rung;
    load_ladder(supervisor);
    enum sw_ladder_rung rung = sw_ladder_start(&supervisor->ladder, supervisor->what->follow, instant);
    sw_instant retry_at = sw_ladder_retry_at(&supervisor->ladder);
    supervisor->retry_at = rung != SW_LADDER_CONTENT ? now + (retry_at - instant) : SW_NEVER;
    if (rung != before)
        say_rung(rung);
    save_ladder(supervisor);
}

void sw_player_start(struct sw_supervisor *supervisor, sw_tick now)
{
    choose_content(supervisor, now);
    if (!sw_partner_start(supervisor, SW_ROLE_PLAYER, now))
        return;
    supervisor->shown = supervisor->retrying = supervisor->gpu = supervisor->hung = false;
    sw_worker_start(supervisor, SW_ROLE_PICTURE, now);
    if (!supervisor->what->follow)
        sw_partner_join(supervisor, SW_ROLE_COURIER); /* else when it has said which generation's */
    sw_partner_join(supervisor, SW_ROLE_FOLLOWER);
}

void sw_player_shows(struct sw_supervisor *supervisor)
{
    const struct sw_child *player = sw_children_current(&supervisor->children, SW_ROLE_PLAYER);
    if (!supervisor->shown && supervisor->what->endless && player != NULL)
        sw_log(SW_LOG_NOTICE, "supervisor", "player %ld shows a picture", (long)player->pid);
    supervisor->shown = supervisor->ever_shown = true;
    supervisor->dark = false;
    sw_notify_alive(&supervisor->notify);
}

/* A driver of a GPU can take the player down or hang it, and will again. */
static void suspect_gpu(struct sw_supervisor *supervisor)
{
    bool often = supervisor->paces[SW_ROLE_PLAYER].quick >= GPU_CRASHES;
    if (!supervisor->gpu || supervisor->without_gpu || !(often || supervisor->hung))
        return;
    supervisor->without_gpu = true;
    sw_log(SW_LOG_ERROR, "supervisor", "players that draw with the GPU %s: from now on they do without",
           supervisor->hung ? "hang" : "crash");
}

/* What the player that has ended played is not to blame. */
static void take_back(struct sw_supervisor *supervisor)
{
    if (supervisor->ladder.rung == SW_LADDER_SAFE)
        return;
    sw_ladder_take_back(&supervisor->ladder);
    save_ladder(supervisor);
}

/* Nothing can be shown until there is a display again; to wait for it is no crash of the content. Said once. */
static void display_gone(struct sw_supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now)
{
    if (!supervisor->dark) {
        sw_supervisor_say_end(ended, status);
        sw_log(SW_LOG_ERROR, "supervisor", "no display answers: the player is started again until one does");
    }
    take_back(supervisor);
    supervisor->paces[SW_ROLE_PLAYER].start_at = now + (supervisor->dark ? DISPLAY_DELAY : 0);
    supervisor->dark = true;
}

void sw_player_ended(struct sw_supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now)
{
    const struct sw_supervise *what = supervisor->what;
    int code = sw_exit_code(status);
    bool dark = what->heartbeats && (code == SW_LINK_EXIT_NO_DISPLAY || code == SW_LINK_EXIT_XLIB);
    bool again = what->heartbeats && code == SW_LINK_EXIT_AGAIN;
    supervisor->retry_at = SW_NEVER;
    sw_partner_forget(supervisor, SW_ROLE_PLAYER, now);
    if (supervisor->stopping)
        return;
    if (again && what->endless) {
        take_back(supervisor);
        sw_supervisor_plan_restart(supervisor, SW_ROLE_PLAYER, now - ended->started, now);
        return;
    }
    if (dark && what->endless) {
        display_gone(supervisor, ended, status, now);
        return;
    }
    bool said = code == SW_EXIT_CANNOT_RUN && !supervisor->ever_shown; /* it has said why: a wrong path is not mended by starting again */
    if (code < 0 || (what->endless && code != 0 && !said))
        sw_supervisor_say_end(ended, status);
    if (dark)
        sw_log(SW_LOG_ERROR, "supervisor", "no display answers");
    if (!what->endless) {
        sw_supervisor_stop(supervisor, code < 0 || dark || again ? SW_EXIT_CANNOT_RUN : code, now);
    } else if (code == 0 && !supervisor->retrying) {
        sw_player_forget_crashes(supervisor);
        sw_supervisor_stop(supervisor, 0, now);
    } else if (said) {
        sw_player_forget_crashes(supervisor);
        sw_supervisor_stop(supervisor, code, now);
    } else {
        sw_supervisor_plan_restart(supervisor, SW_ROLE_PLAYER, now - ended->started, now);
        if (code < 0)
            suspect_gpu(supervisor);
    }
}

void sw_player_retry(struct sw_supervisor *supervisor, sw_tick now)
{
    if (now < supervisor->retry_at || supervisor->stopping)
        return;
    supervisor->retry_at = SW_NEVER;
    supervisor->retrying = true;
    sw_partner_give_up(supervisor, SW_ROLE_PLAYER, SIGTERM, now + SW_STOP_GRACE);
}

void sw_player_tries(struct sw_supervisor *supervisor, int64_t number, sw_tick now)
{
    struct sw_ladder *ladder = &supervisor->ladder;
    if (!supervisor->what->endless || supervisor->stopping || number <= ladder->tried)
        return;
    bool due = sw_ladder_try(ladder, number);
    save_ladder(supervisor);
    if (!due)
        return;
    sw_log(SW_LOG_NOTICE, "supervisor", "generation %" PRId64 ", which nobody has tried yet, is there: the built-in scene gives way",
           number);
    supervisor->plays = number;
    supervisor->retry_at = now;
    sw_player_retry(supervisor, now);
}
