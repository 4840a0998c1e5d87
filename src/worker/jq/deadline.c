/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/jq/deadline.h"

#include <pthread.h>

static sw_tick spent(clockid_t clock)
{
    struct timespec time = {0};
    (void)clock_gettime(clock, &time);
    return time.tv_sec * SW_SECOND + time.tv_nsec / 1000;
}

/* Sleeps until as much wall time has passed as processor time is left, and looks again: it cannot have been spent any sooner. */
static void watch(void *context)
{
    struct sw_deadline *deadline = context;
    sw_mutex_lock(&deadline->lock);
    while (!deadline->quit) {
        sw_tick left = deadline->running != NULL ? deadline->spent_at - spent(deadline->clock) : SW_NEVER;
        if (left <= 0) {
            jq_halt(deadline->running, jv_invalid(), jv_invalid());
            deadline->halted = true;
            deadline->running = NULL;
        } else if (left == SW_NEVER) {
            sw_condition_wait(&deadline->changed, &deadline->lock);
        } else {
            (void)sw_condition_wait_until(&deadline->changed, &deadline->lock, sw_tick_now() + left);
        }
    }
    sw_mutex_unlock(&deadline->lock);
}

bool sw_deadline_init(struct sw_deadline *deadline)
{
    *deadline = (struct sw_deadline){.running = NULL};
    sw_mutex_init(&deadline->lock);
    sw_condition_init(&deadline->changed);
    return pthread_getcpuclockid(pthread_self(), &deadline->clock) == 0 && sw_thread_start(&deadline->thread, "deadline", watch, deadline);
}

void sw_deadline_finish(struct sw_deadline *deadline)
{
    sw_mutex_lock(&deadline->lock);
    deadline->quit = true;
    sw_condition_signal(&deadline->changed);
    sw_mutex_unlock(&deadline->lock);
    sw_thread_join(&deadline->thread);
    sw_condition_finish(&deadline->changed);
    sw_mutex_finish(&deadline->lock);
}

void sw_deadline_begin(struct sw_deadline *deadline, jq_state *jq, int ms)
{
    sw_mutex_lock(&deadline->lock);
    deadline->running = jq;
    deadline->halted = false;
    deadline->spent_at = spent(deadline->clock) + ms * SW_MS;
    sw_condition_signal(&deadline->changed);
    sw_mutex_unlock(&deadline->lock);
}

bool sw_deadline_end(struct sw_deadline *deadline)
{
    sw_mutex_lock(&deadline->lock);
    bool halted = deadline->halted;
    deadline->running = NULL;
    sw_mutex_unlock(&deadline->lock);
    return halted;
}
