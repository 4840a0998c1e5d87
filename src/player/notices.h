/* SPDX-License-Identifier: EUPL-1.2 */
/* The player's end to the follower (store/notice.h): a thread ("notices") hears it, the main thread looks once a frame. What has been said
 * is said again to each new follower. */
#ifndef SW_PLAYER_NOTICES_H
#define SW_PLAYER_NOTICES_H

#include <stdbool.h>

#include "base/must.h"
#include "store/notice.h"

struct sw_notices;

/* The newest of each kind; type 0: none yet. */
struct sw_heard {
    struct sw_notice progress, release, playlists, contact, keys;
};

/* `wake` is called by the thread when something has been heard. NULL (logged) if the thread cannot start. */
struct sw_notices *sw_notices_create(void (*wake)(void *context), void *context) SW_MUST;
void sw_notices_destroy(struct sw_notices *notices); /* accepts NULL */
/* A fresh end, taken over; an older one is shut. Any thread. */
void sw_notices_attach(struct sw_notices *notices, int end);
/* What has been heard so far, where some of it is new since the last call. False: *heard stays. Main thread; accepts NULL. */
bool sw_notices_look(struct sw_notices *notices, struct sw_heard *heard);
/* Says it now, and the newest of its kind to each that follows. PLAYS and REFUSED end a TRYING. Any thread; accepts NULL. */
void sw_notices_say(struct sw_notices *notices, const struct sw_notice *notice);

#endif
