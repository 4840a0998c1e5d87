/* SPDX-License-Identifier: EUPL-1.2 */
/* The player's end of the courier's feed: a thread ("feed") receives, checks and unpacks what comes, the main thread takes it in once a
 * frame. The courier may go and come back at any time: what it told stays. */
#ifndef SW_PLAYER_FEED_H
#define SW_PLAYER_FEED_H

#include <stdbool.h>

#include "base/must.h"
#include "base/tick.h"
#include "data/data.h"
#include "exhibition/exhibition.h"

struct sw_feed;

/* `wake` is called by the thread when something has come. The exhibition must outlive it. NULL (logged) if the thread cannot start. */
struct sw_feed *sw_feed_create(const struct sw_exhibition *exhibition, void (*wake)(void *context), void *context) SW_MUST;
void sw_feed_destroy(struct sw_feed *feed); /* accepts NULL */
/* A fresh end, taken over; an older one is shut. Any thread. */
void sw_feed_attach(void *feed, int end);
/* Puts all that has come into `data`. True if there was anything. Main thread. */
bool sw_feed_collect(struct sw_feed *feed, struct sw_data *data);
/* The source with this index is about to be shown: the courier is told, once it is there. Main thread; `feed` may be NULL. */
void sw_feed_soon(void *feed, size_t source);
/* It is not before `instant` (0: nobody says so): the courier is told, and each one after it. Main thread; `feed` may be NULL. */
void sw_feed_trust(struct sw_feed *feed, sw_instant instant);
/* Another courier is about to come, with other data: what came before is forgotten with what it tells. Main thread; `feed` may be NULL. */
void sw_feed_renew(struct sw_feed *feed);
/* Whether the courier has said that every source has had its first outcome, as far as collected. Main thread. */
bool sw_feed_settled(const struct sw_feed *feed);

#endif
