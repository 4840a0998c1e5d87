/* SPDX-License-Identifier: EUPL-1.2 */
/* The limit on the processor time that one request of a worker may cost. Main thread, around each request. What a worker gives up for good
 * is in base/fence.h. */
#ifndef SW_WORKER_GUARD_H
#define SW_WORKER_GUARD_H

#include <stdbool.h>
#include <time.h>

#include "base/must.h"

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
