/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/waker.h"

#include <SDL.h>
#include <signal.h>
#include <time.h>

#include "base/log.h"

static void ending_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
}

/* Ends after the first signal; the process is going down then. */
static void wait_for_signals(void *context)
{
    struct sw_waker *waker = context;
    sigset_t set;
    int number = 0;
    ending_signals(&set);
    (void)sigwait(&set, &number);
    atomic_store(&waker->quit, true);
    sw_waker_post(waker);
}

bool sw_waker_init(struct sw_waker *waker)
{
    *waker = (struct sw_waker){.sdl = false};
    atomic_init(&waker->quit, false);
    sw_mutex_init(&waker->lock);
    sw_condition_init(&waker->condition);
    sigset_t set;
    ending_signals(&set);
    if (pthread_sigmask(SIG_BLOCK, &set, NULL) != 0 || !sw_thread_start(&waker->signals, "signals", wait_for_signals, waker)) {
        sw_log(SW_LOG_ERROR, "player", "cannot wait for signals");
        return false;
    }
    return true;
}

void sw_waker_use_sdl(struct sw_waker *waker)
{
    uint32_t event = SDL_RegisterEvents(1);
    sw_mutex_lock(&waker->lock);
    waker->event = event;
    waker->sdl = true;
    sw_mutex_unlock(&waker->lock);
}

void sw_waker_stop_sdl(struct sw_waker *waker)
{
    sw_mutex_lock(&waker->lock);
    waker->sdl = false;
    sw_mutex_unlock(&waker->lock);
}

void sw_waker_finish(struct sw_waker *waker)
{
    if (!atomic_load(&waker->quit) && waker->signals.started)
        (void)pthread_kill(waker->signals.thread, SIGTERM);
    sw_thread_join(&waker->signals);
    sw_condition_finish(&waker->condition);
    sw_mutex_finish(&waker->lock);
}

void sw_waker_post(void *context)
{
    struct sw_waker *waker = context;
    sw_mutex_lock(&waker->lock);
    bool push = waker->sdl && !waker->posted;
    waker->posted = true;
    sw_condition_signal(&waker->condition);
    sw_mutex_unlock(&waker->lock);
    if (push) {
        SDL_Event event = {.type = waker->event};
        (void)SDL_PushEvent(&event);
    }
}

static void sleep_until(sw_tick deadline)
{
    struct timespec at = {.tv_sec = deadline / SW_SECOND, .tv_nsec = (long)(deadline % SW_SECOND) * 1000};
    (void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
}

static bool take_posted(struct sw_waker *waker)
{
    sw_mutex_lock(&waker->lock);
    bool posted = waker->posted;
    waker->posted = false;
    sw_mutex_unlock(&waker->lock);
    return posted;
}

void sw_waker_wait(struct sw_waker *waker, sw_tick deadline)
{
    if (take_posted(waker))
        return;
    if (!waker->sdl) {
        sw_mutex_lock(&waker->lock);
        while (!waker->posted) {
            if (deadline == SW_NEVER)
                sw_condition_wait(&waker->condition, &waker->lock);
            else if (!sw_condition_wait_until(&waker->condition, &waker->lock, deadline))
                break;
        }
        waker->posted = false;
        sw_mutex_unlock(&waker->lock);
        return;
    }
    sw_tick left = deadline == SW_NEVER ? SW_HOUR : deadline - sw_tick_now();
    if (left <= 0)
        return;
    if (left >= SW_MS) {
        if (SDL_WaitEventTimeout(NULL, (int)(left / SW_MS)) != 0) {
            (void)take_posted(waker);
            return;
        }
        left = deadline == SW_NEVER ? 0 : deadline - sw_tick_now();
    }
    if (left > 0 && left < 2 * SW_MS)
        sleep_until(deadline); /* the part of a millisecond that SDL cannot wait */
    (void)take_posted(waker);
}

void sw_waker_sleep(struct sw_waker *waker, sw_tick deadline)
{
    sleep_until(deadline);
    (void)take_posted(waker);
}

bool sw_waker_quit(const struct sw_waker *waker) { return atomic_load(&waker->quit); }
