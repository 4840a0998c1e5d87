/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/order.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"

struct sw_order *sw_order_create(const char *path, uint32_t gallery)
{
    struct sw_order *order = sw_alloc(sizeof *order);
    order->path = sw_strdup(path);
    order->gallery = gallery;
    return order;
}

void sw_order_destroy(struct sw_order *order)
{
    if (order == NULL)
        return;
    sw_bitmap_release(order->bitmap);
    free(order->path);
    free(order);
}

void sw_orders_add(struct sw_orders *orders, struct sw_order *order)
{
    order->next = NULL;
    if (orders->last != NULL)
        orders->last->next = order;
    else
        orders->first = order;
    orders->last = order;
}

void sw_orders_add_front(struct sw_orders *orders, struct sw_order *order)
{
    order->next = orders->first;
    orders->first = order;
    if (orders->last == NULL)
        orders->last = order;
}

struct sw_order *sw_orders_take(struct sw_orders *orders)
{
    struct sw_order *order = orders->first;
    if (order == NULL)
        return NULL;
    orders->first = order->next;
    if (orders->first == NULL)
        orders->last = NULL;
    order->next = NULL;
    return order;
}

void sw_orders_finish(struct sw_orders *orders)
{
    for (struct sw_order *order; (order = sw_orders_take(orders)) != NULL;)
        sw_order_destroy(order);
}

bool sw_stamp_equal(const struct sw_stamp *a, const struct sw_stamp *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size && a->seconds == b->seconds &&
           a->nanoseconds == b->nanoseconds;
}

enum sw_picture_kind sw_kind_of_name(const char *path)
{
    static const struct {
        const char *ending;
        enum sw_picture_kind kind;
    } endings[] = {
        {".png", SW_PICTURE_PNG}, {".jpg", SW_PICTURE_JPEG}, {".jpeg", SW_PICTURE_JPEG},
        {".jpe", SW_PICTURE_JPEG}, {".webp", SW_PICTURE_WEBP}, {".svg", SW_PICTURE_SVG},
    };
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot != NULL && i < SW_COUNT(endings); i++) {
        if (strcasecmp(dot, endings[i].ending) == 0)
            return endings[i].kind;
    }
    return SW_PICTURE_UNKNOWN;
}
