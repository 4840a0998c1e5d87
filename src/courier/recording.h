/* SPDX-License-Identifier: EUPL-1.2 */
/* A folder of recordings: what sources answered, as it came, to be played back later. People may read, copy, thin out and edit it:
 *
 *   DIR/rhein/index.jsonl                     one line an answer: a JSON object
 *   DIR/rhein/20261123T090500.123456Z.json    a body as it came (.csv of a CSV); further pages of one answer end in -2, -3 ...
 *
 *   {"at": "2026-11-23T09:05:00.123456Z", "pages": [{"from": "https://example.org/rhein.json", "status": 200, "headers":
 *    {"Content-Type": "application/json", "Last-Modified": "..."}, "body": "20261123T090500.123456Z.json"}]}
 *   {"at": "...", "unchanged": true, "pages": []}               304 Not Modified: what was there before holds
 *   {"at": "...", "fault": "it answers 503", "pages": []}       no whole answer came
 *   {"at": "...", "of": "backfill", "pages": [...]}             an answer to the source's back-fill
 *
 * A body is there as a whole before its line is, and a line that is not whole (its writer was killed) is none: what remains of that answer
 * is a body that no line names. Addresses are kept without their query and headers without anything secret. Lines need no order. */
#ifndef SW_COURIER_RECORDING_H
#define SW_COURIER_RECORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/must.h"
#include "base/tick.h"

#define SW_RECORDING_INDEX "index.jsonl"
#define SW_RECORDING_PAGES_MAX 100 /* of one answer */

/* -- reading: recording.c -- */

struct sw_recorded_page {
    const char *path;     /* of its body, below the root */
    int status;           /* of HTTP; 0: a file's */
    const char *modified; /* Last-Modified; "": not said */
};

struct sw_recorded {
    sw_instant at; /* when it was asked for */
    bool backfill, unchanged;
    const char *fault; /* NULL: a whole answer, perhaps one that nobody can read */
    const struct sw_recorded_page *pages;
    size_t page_count;
};

struct sw_recording {
    struct sw_recorded *records; /* in the order of their instants; of the arena */
    size_t count;
};

/* Reads what `root` has of a source into *recording; its strings are of `arena`. Lines that are none, and those whose bodies are not there,
 * are passed over (logged). False: there is no recording of it. */
bool sw_recording_read(struct sw_recording *recording, const struct sw_root *root, const char *source, struct sw_arena *arena) SW_MUST;

/* -- writing: recording_write.c -- */

struct sw_record_draft_page {
    const char *from; /* the address that it is of; its query is left out */
    int status;       /* 0: a file */
    const char *type, *etag, *modified, *date, *cache; /* headers; NULL or "": not said */
    const char *bytes;
    size_t length;
};

struct sw_record_draft {
    sw_instant at;
    bool backfill, unchanged;
    const char *fault;     /* NULL: none */
    const char *extension; /* of its bodies, "json" or "csv" */
    const struct sw_record_draft_page *pages;
    size_t page_count;
};

/* Adds one to `folder`/`source`, which is there. False (logged): it is not added. */
bool sw_recording_add(const char *folder, const char *source, const struct sw_record_draft *draft) SW_MUST;

#endif
