/* SPDX-License-Identifier: EUPL-1.2 */
/* One source at work: when it is asked, its pages, its rows, and what became of it. A good value is never taken back for an attempt that
 * failed. Main thread. */
#ifndef SW_COURIER_JOB_H
#define SW_COURIER_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "base/tick.h"
#include "courier/http.h"
#include "courier/news.h"
#include "courier/reshape.h"
#include "courier/archive.h"
#include "courier/token.h"

/* A page as it came, before it is read. Valid during the call. */
struct sw_job_page {
    size_t source;
    bool backfill;
    const char *address;                 /* as declared, or as the page before has named it; of a file: its path */
    const struct sw_http_answer *answer; /* NULL: a file */
    const char *bytes;
    size_t length;
};

/* How an attempt ended. Valid during the call. */
struct sw_job_end {
    size_t source;
    bool backfill;
    sw_instant fetched; /* when it began */
    const char *fault;  /* NULL: it is good */
    bool arrived;       /* all that was asked for came; a fault is one of reading it */
    int status, pages;  /* of HTTP: the last one, 0: none; 304: unchanged */
    size_t bytes;
    int64_t took;                           /* microseconds */
    const struct sw_reading *reading;       /* NULL: none */
    const struct sw_reading_report *report; /* NULL: it has not been read, or is unchanged */
};

/* Who looks on: `record`, `check --live`. Any but `ended` may be NULL. */
struct sw_job_witness {
    void (*token)(void *context, size_t source, const char *token); /* one that was granted, to be kept out of what is written */
    void (*page)(void *context, const struct sw_job_page *page);
    void (*ended)(void *context, const struct sw_job_end *end);
    void *context;
};

/* What all jobs work with; outlives them. */
struct sw_job_tools {
    const struct sw_host *host;
    const struct sw_root *root; /* of the exhibition */
    const struct sw_zone_rules *zone;
    struct sw_http *http;
    struct sw_tokens *tokens;
    struct sw_reshape *reshape;
    struct sw_archive *archive;
    struct sw_news *news;
    const struct sw_job_witness *witness; /* NULL: nobody */
    const struct sw_root *recordings;     /* what is played back; NULL: nothing */
    sw_tick *agenda;                      /* of each source, when its job is to be stepped. A job itself puts there what is sooner */
    bool live;        /* sources over the network may be asked; else their samples are shown */
    struct sw_clock clock;
};
sw_instant sw_job_now(const struct sw_job_tools *tools);

struct sw_job;

/* Tells at once what is kept of the source. */
struct sw_job *sw_job_create(const struct sw_job_tools *tools, const struct sw_source *source, size_t index) SW_MUST;
/* Once, when all are made: those that ask for the same share their requests. */
void sw_jobs_pair(struct sw_job *const *jobs, size_t count);
void sw_job_destroy(struct sw_job *job); /* nothing may be under way. Accepts NULL */

/* Begins what is due. Returns when there is next something to begin, for the agenda; SW_NEVER while something is under way, or for ever. */
sw_tick sw_job_step(struct sw_job *job, sw_tick now);
/* It is about to be shown, or its file has changed. */
void sw_job_hurry(struct sw_job *job, sw_tick now);
/* It is not asked again; what is under way goes on, and so does a back-fill that is due. */
void sw_job_rest(struct sw_job *job);
/* And nothing of it is under way any more. */
bool sw_job_resting(const struct sw_job *job);
/* When its recording begins; SW_NEVER: it has none. */
sw_instant sw_job_recorded_since(const struct sw_job *job);
/* It has had its first outcome, good or bad, or there is none to wait for. */
bool sw_job_settled(const struct sw_job *job);

#endif
