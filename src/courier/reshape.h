/* SPDX-License-Identifier: EUPL-1.2 */
/* The courier's end of the jq worker: questions go out one at a time, each with a deadline; a worker that does not answer, or dies of one,
 * is replaced, and the program that it died of is not asked again. Main thread. */
#ifndef SW_COURIER_RESHAPE_H
#define SW_COURIER_RESHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "base/tick.h"

struct sw_reshape;

/* Strings are copied, but `program` and `vars`, which must live on. */
struct sw_reshape_question {
    const char *program;
    const char *vars; /* a JSON object; NULL: none */
    const char *prev; /* what the program gave last, JSON; NULL: nothing yet */
    const char *body; /* JSON */
    size_t length;
    bool rows;        /* a list is wanted */
    int status;       /* of the answer that brought it */
    sw_instant now;
};

struct sw_reshape_answer {
    const char *fault; /* NULL: it worked */
    const char *bytes; /* JSON: an object, or a list of rows. Valid during the call */
    size_t length;
};

/* `need` is called when a (new) worker is wanted; its end comes by sw_reshape_attach. */
struct sw_reshape *sw_reshape_create(void (*need)(void *context), void *context) SW_MUST;
void sw_reshape_destroy(struct sw_reshape *reshape); /* what is asked stays unanswered. Accepts NULL */
/* A fresh end, taken over; an older one is dead. */
void sw_reshape_attach(struct sw_reshape *reshape, int end);
int sw_reshape_end(const struct sw_reshape *reshape); /* -1: none */

/* The answer comes from within sw_reshape_turn, once. */
void sw_reshape_ask(struct sw_reshape *reshape, const struct sw_reshape_question *question,
                    void (*answered)(void *context, const struct sw_reshape_answer *answer), void *context);
/* Reads, sends and gives up what is over its time. Returns when it is to be called again at the latest: SW_NEVER; `now` where it has
 * answered, as who asked may have something to do. */
sw_tick sw_reshape_turn(struct sw_reshape *reshape, sw_tick now);

#endif
