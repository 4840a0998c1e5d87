/* SPDX-License-Identifier: EUPL-1.2 */
/* Draws what takes long (hundreds of words, dozens of emoji) on a thread of its own, with fonts of its own. All functions: main thread. */
#ifndef SW_VIEW_TEXT_PRESS_H
#define SW_VIEW_TEXT_PRESS_H

#include "base/must.h"
#include "base/thread.h"
#include "view/text.h"
#include "view/text_layout.h"

/* One block of a layout; the caller's until it is ordered and from when it is taken back, with its request and set. */
struct sw_text_order {
    struct sw_text_order *next;
    const struct sw_text_request *request;
    const struct sw_text_set *set;
    double scale;
    int block;
    struct sw_text_pixels pixels; /* the result, held once */
    void *owner;                  /* the caller's own */
};

struct sw_text_press;

/* Copies `fonts`. `lock` is held while a font is opened or closed: SDL_ttf has one list for all threads. `wake` is called from the thread
 * after each order. NULL if there is no thread to be had. */
struct sw_text_press *sw_text_press_create(const struct sw_font_set *fonts, struct sw_mutex *lock, void (*wake)(void *context),
                                           void *context) SW_MUST;
/* Ends the thread. Orders that were not begun come back by sw_text_press_take without pixels. Accepts NULL. */
void sw_text_press_stop(struct sw_text_press *press);
void sw_text_press_destroy(struct sw_text_press *press); /* after stop and take; accepts NULL */
void sw_text_press_order(struct sw_text_press *press, struct sw_text_order *order);
/* One that is done; NULL: none. */
struct sw_text_order *sw_text_press_take(struct sw_text_press *press);

#endif
