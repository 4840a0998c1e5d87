/* SPDX-License-Identifier: EUPL-1.2 */
/* The histories of a source's numbers: what readings bring goes into the archive and to the player, sorted, once an instant, and leaves
 * when its time is over. Main thread. */
#ifndef SW_COURIER_HISTORY_H
#define SW_COURIER_HISTORY_H

#include "base/must.h"
#include "courier/news.h"
#include "courier/archive.h"
#include "data/reading.h"

struct sw_history;

/* Reads what is kept and tells it. */
struct sw_history *sw_history_create(struct sw_archive *archive, struct sw_news *news, const struct sw_source *source, size_t index)
    SW_MUST;
void sw_history_destroy(struct sw_history *history); /* accepts NULL */
/* A point of every field that has a history, from every row that says when it was observed. Those of a sample take the place of all and are
 * not kept; recordings are played back without a archive that would outlive them. `reading` is of the source's own request or of its
 * back-fill: fields go by their names. */
void sw_history_take(struct sw_history *history, const struct sw_reading *reading);
/* Whether a field lacks its older half: then a back-fill is worth asking for. */
bool sw_history_lacks(const struct sw_history *history, sw_instant now);

#endif
