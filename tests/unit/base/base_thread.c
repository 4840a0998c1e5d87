/* SPDX-License-Identifier: EUPL-1.2 */
/* Threads, locks and conditions; what must abort is run apart. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "base/thread.h"
#include "own_process.h"

struct shared {
    struct sw_mutex lock;
    struct sw_condition changed;
    int count, wanted; /* guarded by lock */
    char name[16];
    bool all_blocked;
};

static void shared_init(struct shared *shared)
{
    memset(shared, 0, sizeof *shared);
    sw_mutex_init(&shared->lock);
    sw_condition_init(&shared->changed);
}

static void shared_finish(struct shared *shared)
{
    sw_condition_finish(&shared->changed);
    sw_mutex_finish(&shared->lock);
}

static void count_up(void *context)
{
    struct shared *shared = context;
    for (int i = 0; i < 10000; i++) {
        sw_mutex_lock(&shared->lock);
        shared->count++;
        sw_mutex_unlock(&shared->lock);
    }
    sw_mutex_lock(&shared->lock);
    sw_condition_broadcast(&shared->changed);
    sw_mutex_unlock(&shared->lock);
}

static void locks_keep_others_out(void **state)
{
    (void)state;
    struct shared shared;
    struct sw_thread threads[4] = {{.started = false}};
    shared_init(&shared);
    for (int i = 0; i < 4; i++) {
        assert_true(sw_thread_start(&threads[i], "counter", count_up, &shared));
    }
    sw_mutex_lock(&shared.lock);
    while (shared.count < 40000) {
        sw_condition_wait(&shared.changed, &shared.lock);
    }
    sw_mutex_unlock(&shared.lock);
    for (int i = 0; i < 4; i++) {
        sw_thread_join(&threads[i]);
        assert_false(threads[i].started);
        sw_thread_join(&threads[i]);
    }
    sw_thread_join(NULL);
    assert_int_equal(shared.count, 40000);
    shared_finish(&shared);
}

static void look_around(void *context)
{
    struct shared *shared = context;
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    shared->all_blocked = sigismember(&mask, SIGTERM) == 1 && sigismember(&mask, SIGINT) == 1 && sigismember(&mask, SIGCHLD) == 1;
    prctl(PR_GET_NAME, shared->name, 0, 0, 0);
}

static void a_thread_has_its_name_and_no_signals(void **state)
{
    (void)state;
    struct shared shared;
    struct sw_thread thread = {.started = false};
    sigset_t mask;
    shared_init(&shared);
    assert_true(sw_thread_start(&thread, "fifteen-letters", look_around, &shared));
    sw_thread_join(&thread);
    assert_string_equal(shared.name, "fifteen-letters");
    assert_true(shared.all_blocked);
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    assert_int_equal(sigismember(&mask, SIGTERM), 0); /* ours stays */
    shared_finish(&shared);
}

static void wait_for_one(void *context)
{
    struct shared *shared = context;
    sw_mutex_lock(&shared->lock);
    shared->count = 1;
    sw_condition_signal(&shared->changed);
    while (shared->wanted == 0) {
        assert_true(sw_condition_wait_until(&shared->changed, &shared->lock, SW_NEVER));
    }
    shared->count = 2;
    sw_condition_signal(&shared->changed);
    sw_mutex_unlock(&shared->lock);
}

static void signals_wake_and_deadlines_pass(void **state)
{
    (void)state;
    struct shared shared;
    struct sw_thread thread = {.started = false};
    shared_init(&shared);
    sw_mutex_lock(&shared.lock);
    assert_false(sw_condition_wait_until(&shared.changed, &shared.lock, 0));
    assert_false(sw_condition_wait_until(&shared.changed, &shared.lock, -5));
    assert_false(sw_condition_wait_until(&shared.changed, &shared.lock, sw_tick_now() + SW_MS));
    assert_true(sw_thread_start(&thread, "waiter", wait_for_one, &shared));
    while (shared.count == 0) {
        sw_condition_wait(&shared.changed, &shared.lock);
    }
    shared.wanted = 1;
    sw_condition_signal(&shared.changed);
    while (shared.count == 1) {
        (void)sw_condition_wait_until(&shared.changed, &shared.lock, sw_tick_now() + SW_HOUR);
    }
    sw_mutex_unlock(&shared.lock);
    sw_thread_join(&thread);
    assert_int_equal(shared.count, 2);
    shared_finish(&shared);
}

static int lock_twice(void)
{
    struct sw_mutex mutex;
    sw_mutex_init(&mutex);
    sw_mutex_lock(&mutex);
    sw_mutex_lock(&mutex);
    return 0;
}

static int unlock_unlocked(void)
{
    struct sw_mutex mutex;
    sw_mutex_init(&mutex);
    sw_mutex_unlock(&mutex);
    return 0;
}

static int name_too_long(void)
{
    struct sw_thread thread;
    return sw_thread_start(&thread, "sixteen-letters!", look_around, NULL);
}

static void our_own_faults_abort(void **state)
{
    (void)state;
    assert_true(aborts(lock_twice));
    assert_true(aborts(unlock_unlocked));
    assert_true(aborts(name_too_long));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locks_keep_others_out),
        cmocka_unit_test(a_thread_has_its_name_and_no_signals),
        cmocka_unit_test(signals_wake_and_deadlines_pass),
        cmocka_unit_test(our_own_faults_abort),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
