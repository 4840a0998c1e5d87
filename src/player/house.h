/* SPDX-License-Identifier: EUPL-1.2 */
/* What play, check and render share: an exhibition with the tools to lay it out and draw it. Main thread. */
#ifndef SW_PLAYER_HOUSE_H
#define SW_PLAYER_HOUSE_H

#include "exhibition/exhibition.h"
#include "data/data.h"
#include "media/media.h"
#include "player/control.h"
#include "player/feed.h"
#include "player/options.h"
#include "player/waker.h"
#include "stage/stage.h"

struct sw_house {
    struct sw_exhibition *exhibition; /* NULL: there is none that can be played */
    struct sw_media *media;
    struct sw_typesetter *typesetter;
    struct sw_bakery *bakery;
    struct sw_masks *masks;
    struct sw_data *data; /* of the sources; NULL: there are none */
    struct sw_feed *feed; /* where they come from; NULL: no courier can be heard */
    struct sw_control *control; /* who asks what plays; NULL: nobody can */
    struct sw_waker *waker;
};

/* Loads `options->folder` (faults go to `diags`) and opens the tools; without an exhibition only what a card needs. False (logged) if
 * not even that can be. `threads`: of the bakery, 0: everything is baked and set at once. */
bool sw_house_open(struct sw_house *house, const struct sw_options *options, struct sw_waker *waker, int threads, struct sw_diags *diags)
    SW_MUST;
void sw_house_close(struct sw_house *house); /* accepts a zeroed one */
/* Once a frame: takes in what workers and threads have made. True if something came. */
bool sw_house_collect(struct sw_house *house);
/* For render and check, which may wait: until a picture or bake that was asked for has come. False at `deadline`. */
bool sw_house_wait(struct sw_house *house, sw_tick deadline) SW_MUST;
/* Waits for something to come while sizes of pictures are outstanding; false when none is, or at `deadline`. */
bool sw_house_wait_sizes(struct sw_house *house, sw_tick deadline) SW_MUST;
/* For render: until every source has had its first outcome, or there is nothing to wait for. False at `deadline`. */
bool sw_house_await_data(struct sw_house *house, sw_tick deadline) SW_MUST;
struct sw_stage_tools sw_house_tools(const struct sw_house *house);

#endif
