/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files job*.c share. Private to them. */
#ifndef SW_COURIER_JOB_INTERNAL_H
#define SW_COURIER_JOB_INTERNAL_H

#include "base/arena.h"
#include "courier/history.h"
#include "courier/job.h"
#include "courier/poll.h"
#include "courier/recording.h"
#include "courier/said.h"
#include "data/body.h"

#define SW_JOB_FAULT_MAX 240

struct sw_job {
    const struct sw_job_tools *tools;
    const struct sw_source *source;
    size_t index;
    uint64_t hash;
    struct sw_poll poll;
    int64_t least; /* between two requests */
    sw_tick due, asked_at;
    bool busy, settled;
    bool filled;                /* the back-fill has been asked for, or its sample taken, or it is not needed */
    struct sw_reading *reading; /* the last good one; NULL: none */
    struct sw_history *history;
    char etag[256], modified[128]; /* of the last good answer */
    char *selected;                /* what its select program gave last; NULL: nothing, or nobody asks */
    struct sw_said said, said_values; /* what the log knows of attempts that failed, and of values that are no good */
    struct sw_job *twin;              /* a ring of those that ask for the same; itself: nobody else */
    /* one attempt */
    struct sw_arena arena;
    const struct sw_request *request; /* the source's own, or that of its back-fill */
    const struct sw_job *asker;       /* the one of the ring whose request it waits for; NULL: none is under way */
    struct sw_body *body;
    const char *address; /* of the page under way */
    int pages, status;
    size_t bytes; /* of all pages */
    bool arrived; /* every page that was asked for; what goes wrong then is for those who read it */
    const struct sw_reading_report *report; /* while it ends; NULL: it has not been read */
    int64_t max_age, retry_after;
    char new_etag[256], new_modified[128], link[2048];
    struct sw_reading_facts facts;
    /* what is played back, in place of asking: job_replay.c */
    struct sw_arena recording_arena;
    struct sw_recording recording; /* count 0: none */
    size_t record, record_page;    /* the next ones */
    bool quiet;                    /* a record whose time is over: it is for the history alone */
};

/* -- job.c -- */
void sw_job_begin(struct sw_job *job, const struct sw_request *request, enum sw_reading_kind kind, sw_instant as_of);

/* -- job_page.c -- */
/* Of the arena of the attempt. */
const char *sw_job_first_address(struct sw_job *job);
/* Asks for the page at job->address. */
void sw_job_ask_page(struct sw_job *job);
/* The next page has come; `answer` NULL: of a file or a record. The witness sees it before anybody reads it. */
void sw_job_take_page(struct sw_job *job, const struct sw_http_answer *answer, const char *bytes, size_t length);

/* -- job_end.c -- */
/* What is shown is the sample, and its history is still to come. */
bool sw_job_lacks_past(const struct sw_job *job);
/* Whether what is under way is the back-fill. */
bool sw_job_is_filling(const struct sw_job *job);
/* All pages are there. */
void sw_job_finish(struct sw_job *job);
/* "304 Not Modified": what is there holds; only when it was confirmed moves. */
void sw_job_confirm(struct sw_job *job);
/* It ends without. */
void sw_job_fail(struct sw_job *job, enum sw_poll_outcome outcome, const char *why);

/* -- job_replay.c -- */
/* Reads what has been recorded of the source; false: nothing, or nothing is played back. */
bool sw_job_open_recording(struct sw_job *job) SW_MUST;
/* Plays what is due; as sw_job_step. */
sw_tick sw_job_play(struct sw_job *job, sw_tick now);
/* A page has been read: true if the record has another one, which is under way. */
bool sw_job_play_page(struct sw_job *job);

#endif
