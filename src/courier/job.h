/* SPDX-License-Identifier: EUPL-1.2 */
/* One source at work: when it is asked, its pages, its rows, and what became of it. A good value is never taken back for an attempt that
 * failed. Main thread. */
#ifndef SW_COURIER_JOB_H
#define SW_COURIER_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/file.h"
#include "base/must.h"
#include "base/tick.h"
#include "courier/http.h"
#include "courier/news.h"
#include "courier/reshape.h"
#include "courier/store.h"
#include "courier/token.h"

/* What all jobs work with; outlives them. */
struct sw_job_tools {
    const struct sw_host *host;
    const struct sw_root *root; /* of the exhibition */
    const struct sw_zone_rules *zone;
    struct sw_http *http;
    struct sw_tokens *tokens;
    struct sw_reshape *reshape;
    struct sw_store *store;
    struct sw_news *news;
    bool live;             /* sources over the network may be asked; else their samples are shown */
    bool clock_fixed;      /* instant = tick + clock_offset */
    int64_t clock_offset;
};
sw_instant sw_job_now(const struct sw_job_tools *tools);

struct sw_job;

/* Tells at once what is kept of the source. */
struct sw_job *sw_job_create(const struct sw_job_tools *tools, const struct sw_source *source, size_t index) SW_MUST;
void sw_job_destroy(struct sw_job *job); /* nothing may be under way. Accepts NULL */

/* Begins what is due. Returns when there is next something to begin; SW_NEVER while something is under way, or for ever. */
sw_tick sw_job_step(struct sw_job *job, sw_tick now);
/* It is about to be shown, or its file has changed. */
void sw_job_hurry(struct sw_job *job, sw_tick now);
/* It has had its first outcome, good or bad. */
bool sw_job_settled(const struct sw_job *job);

#endif
