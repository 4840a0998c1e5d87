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

/* All of the exhibition's sources, loading. The exhibition must outlive it, and every arena that holds values of it. */
struct sw_data *sw_data_create(const struct sw_exhibition *exhibition) SW_MUST;
void sw_data_destroy(struct sw_data *data); /* accepts NULL */

/* What came. `source` and `field` are indices of exhibition->sources and of its fields; those that are out of range are ignored. Readings
 * (of the source's request) and series are taken over: the caller's reference goes along. */
void sw_data_put_reading(struct sw_data *data, size_t source, struct sw_reading *reading);
/* `fetched` SW_NEVER: not confirmed; `text`: why it failed, copied; NULL: not known */
void sw_data_put_outcome(struct sw_data *data, size_t source, bool failed, sw_instant fetched, const char *text);
void sw_data_put_series(struct sw_data *data, size_t source, size_t field, struct sw_series *series);
void sw_data_put_point(struct sw_data *data, size_t source, size_t field, struct sw_point point, sw_instant since);

/* Somebody else is about to tell of all of them: what is known of a source goes when they first do, or when they have told of all. */
void sw_data_renew(struct sw_data *data);
void sw_data_settle(struct sw_data *data);

/* Rises with every change of anything. */
uint64_t sw_data_number(const struct sw_data *data);

struct sw_data_view {
    const struct sw_source *source;
    struct sw_freshness_at freshness;
    bool usable;                          /* its values may be shown: fresh, stale, or expired with the last ones declared to stay */
    const struct sw_reading_facts *facts; /* NULL: nothing has come */
    const char *fault;                    /* of the last attempt; "": none, or not known */
    uint64_t number;                      /* of its last change */
};
/* Of one of the exhibition's sources. Until the next put. */
struct sw_data_view sw_data_look(const struct sw_data *data, const struct sw_source *source, sw_instant now);
/* The record that expressions see under the source's name: its fields or `rows`, and sw_source_members. In the evaluation's arena, which
 * keeps the reading that the values lie in; its reads get until when it holds. What is not usable is missing. */
struct sw_value sw_data_value(const struct sw_data *data, const struct sw_source *source, const struct sw_evaluation *evaluation);
/* All that are not switched off, by name, for whoever names them: a LIST of RECORDs with id, provider, dataset, licence,
 * licence_url, url, changed, and of sw_source_members those that are not fields. Sources whose credits are the same, as are status, sample
 * and recorded, are one: the first by name, `observed` and `fetched` the newest of them. */
struct sw_value sw_data_sources(const struct sw_data *data, const struct sw_evaluation *evaluation);
/* The newest reading, not held for the caller, until the next put; and the history of a field of one of the sources. NULL: none yet. */
const struct sw_reading *sw_data_reading(const struct sw_data *data, size_t source);
const struct sw_series *sw_data_series(const struct sw_data *data, const struct sw_field *field);

#endif
