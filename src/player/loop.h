/* SPDX-License-Identifier: EUPL-1.2 */
/* The main loop of `play`: what its steps share. Main thread. */
#ifndef SW_PLAYER_LOOP_H
#define SW_PLAYER_LOOP_H

#include "base/pace.h"
#include "player/edition.h"
#include "player/options.h"
#include "player/status.h"
#include "player/waker.h"
#include "player/wallview.h"
#include "render/screen.h"

struct sw_loop {
    const struct sw_options *options;
    struct sw_waker *waker;
    struct sw_house house;
    struct sw_edition edition; /* on the wall; the card is where it has no stage */
    struct sw_draw_list card;
    int width, height;       /* of the wall, pixels */
    struct sw_wallview view; /* what goes to the outputs, or into a window */
    struct sw_screen *screen;
    sw_tick started;
    int64_t civil_offset; /* instant = tick + offset */
    bool civil_fixed;     /* by --at */
    struct sw_pace pace;
    sw_tick frame;        /* begin of the present frame, as paced */
    sw_tick next;         /* when the stage wants its next */
    sw_tick last_put, last_beat, next_shot, next_try;
    sw_tick last_touch; /* SW_NEVER: none */
    uint64_t frames, heartbeats; /* so far */
    struct sw_status_file status;
    sw_tick next_status;
    bool assets;  /* something came in since the last step */
    bool touched; /* a finger or the mouse has come down or gone up */
    bool quit, failed;
    bool dark; /* the display is gone, or was not to be had */
};

/* What is on, for the status file and those who ask. */
struct sw_status_facts sw_loop_facts(const struct sw_loop *loop);
struct sw_time sw_loop_now(const struct sw_loop *loop);
/* Takes every event that has come: fingers and mouse to the stage, window changes to the screen. */
void sw_loop_collect_input(struct sw_loop *loop);

#endif
