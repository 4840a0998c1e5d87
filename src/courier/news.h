/* SPDX-License-Identifier: EUPL-1.2 */
/* What the player is to know of each source, and what of it it has not been told yet. A new end to the player (it, or this courier, has
 * just been started) is told everything; what does not fit the pair waits, and newer takes the place of older. Main thread. */
#ifndef SW_COURIER_NEWS_H
#define SW_COURIER_NEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "data/feed.h"
#include "exhibition/source.h"

struct sw_news;

/* `hash`: of the sources, for the hello. The sources must outlive it. */
struct sw_news *sw_news_create(const struct sw_source *sources, size_t count, uint64_t hash) SW_MUST;
void sw_news_destroy(struct sw_news *news); /* accepts NULL */
/* From now on to this end, which is taken over. */
void sw_news_attach(struct sw_news *news, int end);
int sw_news_end(const struct sw_news *news); /* -1: none */

/* What is new of a source; readings and series are held. */
void sw_news_reading(struct sw_news *news, size_t source, struct sw_reading *reading);
void sw_news_outcome(struct sw_news *news, size_t source, bool failed, sw_instant fetched, const char *text);
void sw_news_series(struct sw_news *news, size_t source, size_t field, struct sw_series *series);
/* A point more: `series` already has it; those before `since` are gone. */
void sw_news_point(struct sw_news *news, size_t source, size_t field, struct sw_series *series, struct sw_point point, sw_instant since);
void sw_news_settled(struct sw_news *news);

/* Sends what can be sent; true: something waits for the player to read. */
bool sw_news_send(struct sw_news *news);
/* What the player says next: SOON of a source that there is, or CLOCK; false: nothing. One that says anything else, or has gone, is let go
 * of. */
bool sw_news_hear(struct sw_news *news, struct sw_feed_message *message);

#endif
