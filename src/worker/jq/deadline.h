/* SPDX-License-Identifier: EUPL-1.2 */
/* Ends an evaluation that goes on for too long. A thread ("deadline") counts the processor time of the thread that evaluates, not the
 * wall's: a busy machine makes no program guilty. It calls jq_halt, which jq takes well from another thread, but only once an evaluation (a
 * second call ends the process); what does not heed it is left to the worker's limit of processor time (worker/guard.h). */
#ifndef SW_WORKER_JQ_DEADLINE_H
#define SW_WORKER_JQ_DEADLINE_H

#include <jq.h>
#include <stdbool.h>
#include <time.h>

#include "base/must.h"
#include "base/thread.h"

struct sw_deadline {
    /* constant after init */
    clockid_t clock; /* of the thread that evaluates */
    struct sw_thread thread;
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_condition changed;
    jq_state *running; /* NULL: nothing to watch */
    sw_tick spent_at;  /* the evaluating thread's processor time at which it is enough */
    bool halted, quit;
};

/* On the thread that will evaluate. */
bool sw_deadline_init(struct sw_deadline *deadline) SW_MUST;
void sw_deadline_finish(struct sw_deadline *deadline);
/* From here on `jq`, which has been started, may use `ms` of processor time. */
void sw_deadline_begin(struct sw_deadline *deadline, jq_state *jq, int ms);
/* Before anything else is done with the jq_state. True: it was halted. */
bool sw_deadline_end(struct sw_deadline *deadline);

#endif
