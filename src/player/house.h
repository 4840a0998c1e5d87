/* SPDX-License-Identifier: EUPL-1.2 */
/* What outlives exhibitions: the workers' end, caches that know no exhibition, and who talks to this player. What belongs to one exhibition
 * is its edition (player/edition.h). Main thread. */
#ifndef SW_PLAYER_HOUSE_H
#define SW_PLAYER_HOUSE_H

#include "base/thread.h"
#include "media/cinema.h"
#include "media/media.h"
#include "player/control.h"
#include "player/feed.h"
#include "player/footage.h"
#include "player/notices.h"
#include "player/options.h"
#include "player/sink.h"
#include "player/waker.h"
#include "sound/sound.h"
#include "view/mask.h"
#include "view/vector.h"

struct sw_house {
    struct sw_media *media;
    struct sw_cinema *cinema;
    struct sw_footage *footage;
    struct sw_bakery *bakery;
    struct sw_masks *masks;
    struct sw_sound *sound;     /* play: what is heard; else NULL */
    struct sw_sound_sink sink;  /* to it, for the cinema */
    struct sw_control *control; /* who asks what plays; NULL: nobody can */
    struct sw_notices *notices; /* the follower's end; NULL: nothing is followed */
    struct sw_waker *waker;
    int threads; /* of bakery and typesetters; 0: everything is baked and set at once */
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_feed *feed; /* who gets the courier's ends; NULL: nobody yet */
    int feed_end;         /* one that came before; -1: none */
};

/* False (logged) if it cannot be. */
bool sw_house_open(struct sw_house *house, const struct sw_options *options, struct sw_waker *waker, int threads) SW_MUST;
void sw_house_close(struct sw_house *house); /* its editions are closed; accepts a zeroed one */
/* From now on the courier is heard by `feed`, which it outlives until told otherwise; NULL: by nobody. */
void sw_house_hear_courier(struct sw_house *house, struct sw_feed *feed);
/* Once a frame: takes in what workers and threads have made. True if something came. */
bool sw_house_collect(struct sw_house *house);

#endif
