/* SPDX-License-Identifier: EUPL-1.2 */
/* The values as the player has them: of each source the newest reading, how its last attempt went, and the history of its fields. Written
 * on the main thread by what comes over the feed; a change raises the source's number, so that whoever read it knows to look again. What
 * expressions and elements see of a source is made here, with freshness as of the `now` that is given. Main thread. */
#ifndef SW_DATA_DATA_H
#define SW_DATA_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "data/freshness.h"
#include "data/reading.h"
#include "data/series.h"
#include "exhibition/exhibition.h"

struct sw_data;

/* All of the exhibition's sources, loading. The exhibition must outlive it. */
struct sw_data *sw_data_create(const struct sw_exhibition *exhibition) SW_MUST;
void sw_data_destroy(struct sw_data *data); /* accepts NULL */

/* What came. `source` is an index of exhibition->sources; readings and series are taken over (the caller's reference goes along). */
void sw_data_put_reading(struct sw_data *data, size_t source, struct sw_reading *reading);
void sw_data_put_outcome(struct sw_data *data, size_t source, bool failed, sw_instant fetched); /* fetched SW_NEVER: not confirmed */
void sw_data_put_series(struct sw_data *data, size_t source, size_t field, struct sw_series *series);

/* Rises with every change of anything. */
uint64_t sw_data_number(const struct sw_data *data);
/* Of one source, by name (NULL: no such source). */
struct sw_data_view {
    const struct sw_source *source;
    size_t index;
    struct sw_freshness_at freshness;
    const struct sw_reading_facts *facts; /* NULL: nothing has come */
    uint64_t number;                      /* of its last change */
};
bool sw_data_look(const struct sw_data *data, const char *name, sw_instant now, struct sw_data_view *view);
/* The record that expressions see under the source's name; `reads` gets the name and until when it holds (freshness). */
struct sw_value sw_data_value(const struct sw_data *data, size_t source, sw_instant now, struct sw_arena *arena, struct sw_reads *reads);
/* Of a number field with a history; NULL: none yet. Lives until the next put. */
const struct sw_series *sw_data_series(const struct sw_data *data, size_t source, size_t field);

#endif
