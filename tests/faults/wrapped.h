/* SPDX-License-Identifier: EUPL-1.2 */
/* Calls of the system that can be counted, made to fail, or be the last one before a kill -9: a program that is linked with wrapped.c and
 * with -Wl,--wrap for each of them. Main thread only. */
#ifndef SW_TESTS_FAULTS_WRAPPED_H
#define SW_TESTS_FAULTS_WRAPPED_H

#include <stdbool.h>

enum wrapped_fault {
    WRAPPED_FAIL_ONCE,   /* the n-th call fails */
    WRAPPED_FAIL_ON,     /* the n-th and all that follow */
    WRAPPED_KILL_BEFORE, /* the process is killed instead of the n-th call */
    WRAPPED_KILL_AFTER,  /* right behind it */
};

enum wrapped_calls {
    WRAPPED_FILES,  /* what changes files or folders, or asks after them */
    WRAPPED_MEMORY, /* malloc, calloc, realloc: of this program and of cJSON */
};

/* From now on; `n` counts from 1; `error` is what errno becomes. */
void wrapped_start(enum wrapped_calls calls, enum wrapped_fault fault, long n, int error);
/* Ends it; returns how many calls there were. */
long wrapped_stop(void);

enum wrapped_end {
    WRAPPED_DONE,
    WRAPPED_UNDONE = 76, /* it could not be done; with any status beside these a sanitizer ended it, of a leak for one */
    WRAPPED_UNREACHED,   /* there is no n-th call */
    WRAPPED_ENDED,       /* by the kill, or as memory ended */
};

/* Does `work` in a process of its own with that fault, and says how it ended. In no other way than these. */
enum wrapped_end wrapped_try(enum wrapped_calls calls, enum wrapped_fault fault, long n, int error, bool (*work)(void *context),
                             void *context);

#endif
