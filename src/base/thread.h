/* SPDX-License-Identifier: EUPL-1.2 */
/* pthreads, named and checked. Locks are leaf locks, not recursive (checked in every build), private to one .c file. */
#ifndef SW_BASE_THREAD_H
#define SW_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

#include "base/must.h"
#include "base/tick.h"

struct sw_mutex {
    pthread_mutex_t mutex;
};
struct sw_condition {
    pthread_cond_t condition; /* on the monotonic clock */
};
struct sw_thread {
    pthread_t thread;
    bool started;
};

void sw_mutex_init(struct sw_mutex *mutex);
void sw_mutex_finish(struct sw_mutex *mutex);
void sw_mutex_lock(struct sw_mutex *mutex);
void sw_mutex_unlock(struct sw_mutex *mutex);

void sw_condition_init(struct sw_condition *condition);
void sw_condition_finish(struct sw_condition *condition);
void sw_condition_wait(struct sw_condition *condition, struct sw_mutex *mutex);
/* false when `deadline` (sw_tick) passed first. */
bool sw_condition_wait_until(struct sw_condition *condition, struct sw_mutex *mutex, sw_tick deadline);
void sw_condition_signal(struct sw_condition *condition);
void sw_condition_broadcast(struct sw_condition *condition);

/* `name` has at most 15 characters. All signals are blocked in the new thread. */
bool sw_thread_start(struct sw_thread *thread, const char *name, void (*run)(void *), void *context) SW_MUST;
void sw_thread_join(struct sw_thread *thread); /* accepts one that never started */

#endif
