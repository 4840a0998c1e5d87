/* SPDX-License-Identifier: EUPL-1.2 */
/* What the courier and the jq worker say to each other (schauwand-worker-jq; reshaping of payloads, city-data.md section 6): one
 * request with program, context and body as sealed memory, one reply with the result as sealed memory, in the order of the requests. Fixed
 * records over a message pair (base/message.h); both sides check every field, the courier because jq may have been taken over by what it
 * read.
 *
 * The program (jq 1.6, json/jq_lint.h) sees {"body": ..., "prev": ..., "now": ..., "vars": ..., "status": ...}: the members of the context,
 * an object that the courier makes, and the body under its name. It has no clock, no environment, no files, no second input; its local time
 * is UTC. Programs are compiled once and kept; a program and its bytes are the same thing.
 *
 * A program that goes on for longer than SW_JQ_EVALUATE_MS of processor time is halted (TIMEOUT). What cannot be halted, or asks for more
 * memory or stack than there is, ends the worker: the connection closes without a reply. The courier counts such a program as guilty, asks
 * for a new worker and does not send it again. A worker that has not answered within SW_JQ_ANSWER_MS was stopped, or the machine is in
 * trouble: it is killed and replaced too, and that program may be tried once more. */
#ifndef SW_WORKER_JQ_REQUEST_H
#define SW_WORKER_JQ_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"

#define SW_JQ_VERSION 1u
#define SW_JQ_PROGRAM_BYTES_MAX ((size_t)16 << 10)
#define SW_JQ_CONTEXT_BYTES_MAX ((size_t)2 << 20)
#define SW_JQ_BODY_BYTES_MAX ((size_t)8 << 20)
#define SW_JQ_OUTPUT_BYTES_MAX ((size_t)1 << 20)
#define SW_JQ_OUTPUT_ROWS_MAX 10000
#define SW_JQ_JSON_DEPTH_MAX 64 /* of body, context and output */
#define SW_JQ_EVALUATE_MS 250   /* of processor time, for the evaluation alone */
#define SW_JQ_UNHALTED_MS 2000  /* of processor time beyond those: the worker ends itself */
#define SW_JQ_ANSWER_MS 5000    /* from sending to the reply: reading the body and compiling the program count too */
#define SW_JQ_TEXT_MAX 500      /* bytes of a reply's text */

enum sw_jq_op {
    SW_JQ_RUN = 1,
    SW_JQ_COMPILE, /* only asks whether the program is one; no body */
};

enum sw_jq_status {
    SW_JQ_OK = 1,     /* RUN: the output comes as memory */
    SW_JQ_EMPTY,      /* the program gave nothing, where one value was wanted */
    SW_JQ_REFUSED,    /* the program says what none may say (json/jq_lint.h) */
    SW_JQ_UNCOMPILED, /* jq does not understand it */
    SW_JQ_BAD_INPUT,  /* body or context: no JSON, too deep, or of too many values */
    SW_JQ_FAILED,     /* an error that the program met with, or raised itself */
    SW_JQ_SEVERAL,    /* more than one value where one was wanted */
    SW_JQ_TOO_MANY,   /* rows */
    SW_JQ_TOO_LARGE,  /* bytes or depth of the output */
    SW_JQ_TIMEOUT,
};
#define SW_JQ_STATUS_LAST SW_JQ_TIMEOUT

struct sw_jq_request {
    uint32_t version, op;
    uint64_t id;
    uint32_t rows;                                  /* RUN: 1: a list is wanted, see sw_jq_ask; else 0 */
    uint32_t program_size, context_size, body_size; /* bytes; so they lie in the memory, one behind the other, without NULs between */
};

struct sw_jq_reply {
    uint32_t version, status;
    uint64_t id;
    uint32_t rows;                 /* OK and rows wanted: how many there are */
    uint32_t output_size;          /* OK to a RUN: bytes of the memory that comes with it: JSON; else 0 */
    char text[SW_JQ_TEXT_MAX + 4]; /* not OK: what is wrong, UTF-8 without control characters, NUL-terminated; else "" */
};

/* What is asked. Texts are not NUL-terminated. */
struct sw_jq_ask {
    enum sw_jq_op op;
    uint64_t id;
    bool rows; /* The result is a list: an array that the program gives, or else all that it gives, one by one; at most
                  SW_JQ_OUTPUT_ROWS_MAX. Without: the one value that it gives. */
    const char *program, *context, *body; /* RUN: context is an object or NULL, body any value; COMPILE: both NULL */
    size_t program_size, context_size, body_size;
};

/* Every field in its range. */
bool sw_jq_request_valid(const struct sw_jq_request *request);
/* A reply that fits `request`. */
bool sw_jq_reply_valid(const struct sw_jq_reply *reply, const struct sw_jq_request *request);
/* Bytes of the memory that comes with a valid request. */
size_t sw_jq_request_size(const struct sw_jq_request *request);

/* The courier's side: fills in `request` and makes the memory that goes with it, the caller's to close. -1: out of the limits above, or
 * there is no memory. */
int sw_jq_request_seal(const struct sw_jq_ask *ask, struct sw_jq_request *request) SW_MUST;

#endif
