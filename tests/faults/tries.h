/* SPDX-License-Identifier: EUPL-1.2 */
/* Release 2 is brought to a store again and again, each time with a fault at another call of the system (wrapped.h). */
#ifndef SW_TESTS_FAULTS_TRIES_H
#define SW_TESTS_FAULTS_TRIES_H

#include "site.h"
#include "wrapped.h"

struct tries {
    const char *name; /* for who reads what came of it */
    const struct site *site;
    char folder[64];                      /* the store's, of the try that is under way */
    int64_t old;                          /* the version that plays before; 0: none */
    void (*prepare)(struct tries *tries); /* what is in the store before; the folder is there */
    bool (*bring)(void *tries);           /* release 2; true if all of it was done */
    void *context;
};

/* A fault at each call by turns: what plays is the old release or the new one, whole, the new one if it is said to be done, and the next
 * try without faults brings it. */
void tries_all(struct tries *tries, const char *name, enum wrapped_calls calls, enum wrapped_fault fault, int error);

/* Tests; their state is a struct tries. */
void tries_killed(void **state);
void tries_failing(void **state);
void tries_failing_otherwise(void **state);
void tries_memory(void **state);

#endif
