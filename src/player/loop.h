/* SPDX-License-Identifier: EUPL-1.2 */
/* The main loop of `play`: what its steps share. Main thread. */
#ifndef SW_PLAYER_LOOP_H
#define SW_PLAYER_LOOP_H

#include "base/clock.h"
#include "base/pace.h"
#include "player/changeover.h"
#include "player/edition.h"
#include "player/hours.h"
#include "player/options.h"
#include "player/played.h"
#include "player/recall.h"
#include "player/status.h"
#include "player/volume.h"
#include "player/waker.h"
#include "player/wallview.h"
#include "player/workshop/flow.h"
#include "player/workshop/workshop.h"
#include "render/screen.h"

struct sw_loop {
    const struct sw_options *options;
    struct sw_waker *waker;
    struct sw_house house;
    struct sw_edition edition; /* on the wall; the card is where it has no stage */
    struct sw_changeover changeover;
    struct sw_draw_list card;
    struct sw_wall_hours hours;
    struct sw_volumes volumes;
    struct sw_workshop workshop;
    int width, height;       /* of the wall, pixels */
    struct sw_wallview view; /* what goes to the outputs, or into a window */
    struct sw_screen *screen;
    sw_tick started;
    struct sw_clock clock;
    struct sw_flow flow; /* of the exhibition's time in a curator's window; else as the clock goes */
    sw_instant trusted; /* it is not before that, by what was signed; 0: nothing says so */
    struct sw_pace pace;
    sw_tick frame;        /* begin of the present frame, as paced */
    sw_tick next;         /* when the stage wants its next, in the exhibition's ticks */
    sw_tick next_change;  /* when the changeover does */
    sw_tick last_put, last_beat, next_shot;
    sw_tick last_touch; /* SW_NEVER: none */
    uint64_t frames, heartbeats; /* so far */
    struct sw_played played;
    struct sw_recall recall;
    struct sw_status_file status;
    sw_tick next_status;
    bool assets;  /* something came in since the last step */
    bool touched; /* a finger or the mouse has come down or gone up */
    bool quit, failed;
    bool again; /* another player is to go on */
    bool dark; /* the display is gone, or was not to be had */
};

/* What is on, for the status file and those who ask. */
struct sw_status_facts sw_loop_facts(const struct sw_loop *loop);
/* The exhibition's time: what its stage is stepped and told by. In a curator's window it may stand still. Now; and as of the present frame,
 * since what moves keeps the frames' pace. */
struct sw_time sw_loop_now(const struct sw_loop *loop);
struct sw_time sw_loop_frame_time(const struct sw_loop *loop);
/* The machine's tick and the clock's instant, as of the present frame. */
struct sw_time sw_loop_real(const struct sw_loop *loop);
/* It is not earlier than `instant` (0: nothing is said): a clock that is wrong is not believed. */
void sw_loop_trust(struct sw_loop *loop, sw_instant instant);
/* It begins; what is wrong with it is logged. */
void sw_loop_start_clock(struct sw_loop *loop);
/* --at; false (logged): that is no instant. */
bool sw_loop_set_clock(struct sw_loop *loop) SW_MUST;
/* Where the wall's pixels go. */
struct sw_wallview sw_loop_view(const struct sw_loop *loop, const struct sw_wall *wall);
/* Makes the card that stands in for an exhibition, or the start screen. */
void sw_loop_show_card(struct sw_loop *loop);
const char *sw_loop_card_code(const struct sw_loop *loop);
/* Takes every event that has come: fingers and mouse to the stage, window changes to the screen. */
void sw_loop_collect_input(struct sw_loop *loop);

#endif
