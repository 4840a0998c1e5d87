/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/thread.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#include "base/memory.h"

#define NAME_MAX_BYTES 15

/* What a new thread needs to begin; it frees it. */
struct beginning {
    void (*run)(void *);
    void *context;
    char name[NAME_MAX_BYTES + 1];
};

/* Errors of these calls are our own faults: a lock taken twice, given back by another, destroyed while held. */
static void must(int status)
{
    assert(status == 0);
    (void)status;
}

void sw_mutex_init(struct sw_mutex *mutex)
{
    pthread_mutexattr_t attributes;
    must(pthread_mutexattr_init(&attributes));
    must(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK));
    must(pthread_mutex_init(&mutex->mutex, &attributes));
    must(pthread_mutexattr_destroy(&attributes));
}

void sw_mutex_finish(struct sw_mutex *mutex)
{
    if (mutex != NULL) {
        must(pthread_mutex_destroy(&mutex->mutex));
    }
}

void sw_mutex_lock(struct sw_mutex *mutex)
{
    must(pthread_mutex_lock(&mutex->mutex));
}

void sw_mutex_unlock(struct sw_mutex *mutex)
{
    must(pthread_mutex_unlock(&mutex->mutex));
}

void sw_condition_init(struct sw_condition *condition)
{
    pthread_condattr_t attributes;
    must(pthread_condattr_init(&attributes));
    must(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC));
    must(pthread_cond_init(&condition->condition, &attributes));
    must(pthread_condattr_destroy(&attributes));
}

void sw_condition_finish(struct sw_condition *condition)
{
    if (condition != NULL) {
        must(pthread_cond_destroy(&condition->condition));
    }
}

void sw_condition_wait(struct sw_condition *condition, struct sw_mutex *mutex)
{
    must(pthread_cond_wait(&condition->condition, &mutex->mutex));
}

bool sw_condition_wait_until(struct sw_condition *condition, struct sw_mutex *mutex, sw_tick deadline)
{
    if (deadline == SW_NEVER) {
        sw_condition_wait(condition, mutex);
        return true;
    }
    int64_t at = deadline > 0 ? deadline : 0;
    struct timespec until = {.tv_sec = (time_t)(at / SW_SECOND), .tv_nsec = (long)(at % SW_SECOND * 1000)};
    int status = pthread_cond_timedwait(&condition->condition, &mutex->mutex, &until);
    assert(status == 0 || status == ETIMEDOUT);
    return status == 0;
}

void sw_condition_signal(struct sw_condition *condition)
{
    must(pthread_cond_signal(&condition->condition));
}

void sw_condition_broadcast(struct sw_condition *condition)
{
    must(pthread_cond_broadcast(&condition->condition));
}

static void *begin(void *argument)
{
    struct beginning beginning = *(struct beginning *)argument;
    free(argument);
    prctl(PR_SET_NAME, beginning.name, 0, 0, 0);
    beginning.run(beginning.context);
    return NULL;
}

bool sw_thread_start(struct sw_thread *thread, const char *name, void (*run)(void *), void *context)
{
    struct beginning *beginning = sw_alloc(sizeof *beginning);
    sigset_t all, before;
    assert(strlen(name) <= NAME_MAX_BYTES);
    memcpy(beginning->name, name, strlen(name));
    beginning->run = run;
    beginning->context = context;
    thread->started = false;
    sigfillset(&all);
    must(pthread_sigmask(SIG_SETMASK, &all, &before)); /* a new thread takes over the mask of its maker */
    bool started = pthread_create(&thread->thread, NULL, begin, beginning) == 0;
    must(pthread_sigmask(SIG_SETMASK, &before, NULL));
    if (!started) {
        free(beginning);
    }
    thread->started = started;
    return started;
}

void sw_thread_join(struct sw_thread *thread)
{
    if (thread != NULL && thread->started) {
        must(pthread_join(thread->thread, NULL));
        thread->started = false;
    }
}
