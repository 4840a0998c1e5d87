/* SPDX-License-Identifier: EUPL-1.2 */
/* What wakes the main loop: an SDL event where there is a window, a condition where there is none. Posting is allowed from any thread; a
 * wake-up says only "look", never what happened. Ends of the program asked for by signal arrive here too. */
#ifndef SW_PLAYER_WAKER_H
#define SW_PLAYER_WAKER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/must.h"
#include "base/thread.h"
#include "base/tick.h"

struct sw_waker {
    /* constant after init */
    bool sdl;
    uint32_t event;
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_condition condition;
    bool posted;
    /* any thread */
    atomic_bool quit;
    struct sw_thread signals;
};

/* Blocks SIGTERM, SIGINT and SIGHUP in this and all later threads and starts a thread that waits for them: before any other thread. */
bool sw_waker_init(struct sw_waker *waker) SW_MUST;
/* From now on the loop waits for SDL's events. */
void sw_waker_use_sdl(struct sw_waker *waker);
/* Before SDL ends: from now on nothing is posted to it. */
void sw_waker_stop_sdl(struct sw_waker *waker);
void sw_waker_finish(struct sw_waker *waker);
void sw_waker_post(void *waker);
/* Main thread: until something is posted, an event comes (with SDL) or `deadline`. */
void sw_waker_wait(struct sw_waker *waker, sw_tick deadline);
/* Main thread: until `deadline`, to the microsecond, whatever comes in meanwhile. */
void sw_waker_sleep(struct sw_waker *waker, sw_tick deadline);
bool sw_waker_quit(const struct sw_waker *waker);

#endif
