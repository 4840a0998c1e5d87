/* SPDX-License-Identifier: EUPL-1.2 */
/* What the supervisor knows of the roles that it starts, between its files: partners (player, courier, follower) are talked to, workers are
 * joined to a partner and left to it. Private to src/supervisor. Main thread. */
#ifndef SW_SUPERVISOR_ROLE_H
#define SW_SUPERVISOR_ROLE_H

#include "base/link.h"
#include "supervisor/children.h"
#include "supervisor/ladder.h"
#include "supervisor/notify.h"
#include "supervisor/supervisor.h"

#define SW_STOP_GRACE (1500 * SW_MS) /* from TERM to KILL */
#define SW_EXIT_CANNOT_RUN 2

/* When a role is to be started next, and how it has fared. */
struct sw_role_pace {
    sw_tick start_at;   /* SW_NEVER: nothing to start */
    sw_tick not_before; /* it may be needed earlier, but not be started */
    unsigned quick;     /* ends soon after the start, in a row */
};

/* Those that are talked to; their roles have the same numbers. */
#define SW_PARTNERS 3
struct sw_partner {
    int link; /* -1: it does not run, or has shut it */
    sw_tick heartbeat_due;
};

struct sw_supervisor {
    const struct sw_supervise *what;
    struct sw_children children;
    struct sw_role_pace paces[SW_ROLES];
    struct sw_partner partners[SW_PARTNERS];
    int signals; /* -1: none */
    int door;    /* -1: none */
    struct sw_notify notify;
    struct sw_ladder ladder;
    char ladder_path[4096]; /* "": nowhere to keep it */
    bool ladder_saved;      /* what the file says is no older than what we know */
    sw_tick retry_at;
    bool shown, ever_shown; /* this player, any player has sent a heartbeat */
    bool gpu, hung;         /* this player draws with the GPU; gave no sign of life */
    bool without_gpu;       /* players are started to do without, until our own end */
    bool dark;              /* the last player found no display */
    bool retrying;          /* this player is being ended to try the content again */
    int64_t sources;        /* what the player wants the sources of (SW_LINK_SOURCES); 0: nothing, or it has not said yet */
    int64_t courier_of;     /* that of the courier that runs, or ran last */
    bool without_replay;    /* the player wants nothing that was recorded (SW_LINK_REPLAY) */
    bool courier_without;   /* the courier that runs, or ran last, was told so */
    int64_t plays;          /* what a player said last is on the wall (SW_LINK_PLAYS), or is to be after the built-in scene; 0: nothing */
    bool stopping;
    sw_tick give_up_at;
    char since[24]; /* when this began, for couriers */
    int exit_code;
};

/* -- restart.c: what holds for every role -- */
bool sw_role_is_partner(enum sw_role role);
sw_tick sw_earlier(sw_tick a, sw_tick b);
void sw_close_end(int *end);
/* Of waitpid's status; -1: it was ended by a signal. */
int sw_exit_code(int status);
/* All further ends are wanted. The workers see the player go and follow; they are told all the same. */
void sw_supervisor_stop(struct sw_supervisor *supervisor, int exit_code, sw_tick now);
void sw_supervisor_plan_restart(struct sw_supervisor *supervisor, enum sw_role role, int64_t lived, sw_tick now);
/* errno says why. So for the next one, which sees to it that the role is started later, or all ends. */
void sw_supervisor_say_not_started(const struct sw_supervisor *supervisor, enum sw_role role);
void sw_supervisor_not_started(struct sw_supervisor *supervisor, enum sw_role role, sw_tick now);
/* Once for each end that nobody asked for. */
void sw_supervisor_say_end(const struct sw_child *ended, int status);

/* -- partner.c: all partners alike -- */
/* True: it runs and can be talked to. */
bool sw_partner_start(struct sw_supervisor *supervisor, enum sw_role role, sw_tick now) SW_MUST;
/* The player and `other` get a fresh end to each other, if both run: what an older one still holds is made up for by the other's telling
 * all that it knows to every new one. */
void sw_partner_join(struct sw_supervisor *supervisor, enum sw_role other);
/* One that has ended: its workers see it go and follow. */
void sw_partner_forget(struct sw_supervisor *supervisor, enum sw_role role, sw_tick now);
/* One that is beyond talking to: KILL at once or after a grace; its end is then seen as a crash. `signal` 0: none before. */
void sw_partner_give_up(struct sw_supervisor *supervisor, enum sw_role role, int signal, sw_tick kill_at);
/* Takes what it has said; somebody who does not stop talking is interrupted. */
void sw_partner_read(struct sw_supervisor *supervisor, enum sw_role from, sw_tick now);
/* Ends it where its heartbeats have stayed out. */
void sw_partner_watch(struct sw_supervisor *supervisor, enum sw_role role, sw_tick now);

/* -- courier.c: courier and follower; the player goes on with what they have told it -- */
void sw_courier_start(struct sw_supervisor *supervisor, enum sw_role role, sw_tick now);
void sw_courier_ended(struct sw_supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now);
/* The player wants these sources; 0: none. */
void sw_courier_want(struct sw_supervisor *supervisor, int64_t generation, sw_tick now);
/* Whether it is to play back what was recorded. */
void sw_courier_replay(struct sw_supervisor *supervisor, bool replays, sw_tick now);

/* -- player.c: on which rung of the ladder, with the GPU or without -- */
void sw_player_start(struct sw_supervisor *supervisor, sw_tick now);
void sw_player_ended(struct sw_supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now);
/* It has sent a heartbeat. */
void sw_player_shows(struct sw_supervisor *supervisor);
/* It says that all is well. */
void sw_player_good(struct sw_supervisor *supervisor);
/* It is about to load generation `number`, or it is the built-in scene, to which that one is offered. */
void sw_player_tries(struct sw_supervisor *supervisor, int64_t number, sw_tick now);
/* It was ended on purpose. */
void sw_player_forget_crashes(struct sw_supervisor *supervisor);
/* Ends what is shown instead where the content is due again. */
void sw_player_retry(struct sw_supervisor *supervisor, sw_tick now);

/* -- door.c: who asks for the player is led to it -- */
void sw_door_open(struct sw_supervisor *supervisor);
void sw_door_answer(struct sw_supervisor *supervisor);
void sw_door_shut(struct sw_supervisor *supervisor);

/* -- worker.c: `worker` is a role behind those of the partners -- */
void sw_worker_start(struct sw_supervisor *supervisor, enum sw_role worker, sw_tick now);
/* Its partner says NEED. False: that is no worker of this partner. */
bool sw_worker_need(struct sw_supervisor *supervisor, enum sw_role partner, const struct sw_link_message *message, sw_tick now) SW_MUST;
void sw_worker_ended(struct sw_supervisor *supervisor, const struct sw_child *ended, int status, sw_tick now);
void sw_worker_dismiss_all(struct sw_supervisor *supervisor, enum sw_role partner, sw_tick now);
void sw_worker_start_due(struct sw_supervisor *supervisor, sw_tick now);
sw_tick sw_worker_next_start(const struct sw_supervisor *supervisor); /* SW_NEVER: none */

#endif
