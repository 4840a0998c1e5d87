/* SPDX-License-Identifier: EUPL-1.2 */
/* What a worker gives up before it reads the first foreign byte, and the limit on what one request may cost. Main thread, at the start of
 * main() and around each request. */
#ifndef SW_WORKER_GUARD_H
#define SW_WORKER_GUARD_H

#include <stdbool.h>
#include <time.h>

#include "base/must.h"

#define SW_GUARD_MEMORY ((size_t)1 << 30) /* bytes of address space */

/* The worker's fence: everything that it never needs is given up here, for good. No core dumps, no new privileges, no looking in from
 * outside, limited memory, files of at most one picture's pixels (a memfd counts as one), few descriptors. False (logged): do not go on. */
bool sw_guard_fence(void) SW_MUST;

struct sw_guard {
    timer_t timer;
    bool made;
};

/* From begin to end the process may use `cpu_ms` of processor time; SIGALRM ends it there, and the player hears of it by the end of the
 * connection. */
bool sw_guard_init(struct sw_guard *guard) SW_MUST;
void sw_guard_finish(struct sw_guard *guard);
void sw_guard_begin(struct sw_guard *guard, int cpu_ms);
void sw_guard_end(struct sw_guard *guard);

#endif
