/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/text_press.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "view/font.h"
#include "view/text_raster.h"

struct list {
    struct sw_text_order *first, **end;
};

struct sw_text_press {
    /* constant after init */
    struct sw_fonts *fonts; /* used by the thread alone while it runs */
    void (*wake)(void *context);
    void *wake_context;
    struct sw_thread thread;

    struct sw_mutex lock;
    struct sw_condition filled;
    /* guarded by lock */
    struct list ordered, done;
    bool stopping;
};

static void list_init(struct list *list)
{
    list->first = NULL;
    list->end = &list->first;
}

static void list_append(struct list *list, struct sw_text_order *order)
{
    order->next = NULL;
    *list->end = order;
    list->end = &order->next;
}

static struct sw_text_order *list_take(struct list *list)
{
    struct sw_text_order *order = list->first;
    if (order != NULL) {
        list->first = order->next;
        if (list->first == NULL)
            list->end = &list->first;
    }
    return order;
}

static void run(void *context)
{
    struct sw_text_press *press = context;
    struct sw_arena scratch;
    sw_arena_init(&scratch);
    sw_mutex_lock(&press->lock);
    while (!press->stopping) {
        struct sw_text_order *order = list_take(&press->ordered);
        if (order == NULL) {
            sw_condition_wait(&press->filled, &press->lock);
            continue;
        }
        sw_mutex_unlock(&press->lock);
        order->pixels = sw_text_pixels_create(press->fonts, order->request, order->set, order->scale, order->block, &scratch);
        sw_arena_finish(&scratch); /* such orders are large and rare */
        sw_mutex_lock(&press->lock);
        list_append(&press->done, order);
        sw_mutex_unlock(&press->lock);
        if (press->wake != NULL)
            press->wake(press->wake_context);
        sw_mutex_lock(&press->lock);
    }
    sw_mutex_unlock(&press->lock);
    sw_arena_finish(&scratch);
}

struct sw_text_press *sw_text_press_create(const struct sw_font_set *fonts, struct sw_mutex *lock, void (*wake)(void *context),
                                           void *context)
{
    struct sw_text_press *press = sw_alloc(sizeof *press);
    press->wake = wake;
    press->wake_context = context;
    sw_mutex_init(&press->lock);
    sw_condition_init(&press->filled);
    list_init(&press->ordered);
    list_init(&press->done);
    press->fonts = sw_fonts_create(fonts, lock);
    if (press->fonts != NULL && sw_thread_start(&press->thread, "text", run, press))
        return press;
    sw_text_press_destroy(press);
    return NULL;
}

void sw_text_press_stop(struct sw_text_press *press)
{
    if (press == NULL)
        return;
    sw_mutex_lock(&press->lock);
    press->stopping = true;
    sw_condition_signal(&press->filled);
    sw_mutex_unlock(&press->lock);
    sw_thread_join(&press->thread);
    for (struct sw_text_order *order; (order = list_take(&press->ordered)) != NULL;)
        list_append(&press->done, order);
}

void sw_text_press_destroy(struct sw_text_press *press)
{
    if (press == NULL)
        return;
    sw_fonts_destroy(press->fonts);
    sw_condition_finish(&press->filled);
    sw_mutex_finish(&press->lock);
    free(press);
}

void sw_text_press_order(struct sw_text_press *press, struct sw_text_order *order)
{
    sw_mutex_lock(&press->lock);
    list_append(&press->ordered, order);
    sw_condition_signal(&press->filled);
    sw_mutex_unlock(&press->lock);
}

struct sw_text_order *sw_text_press_take(struct sw_text_press *press)
{
    sw_mutex_lock(&press->lock);
    struct sw_text_order *order = list_take(&press->done);
    sw_mutex_unlock(&press->lock);
    return order;
}
