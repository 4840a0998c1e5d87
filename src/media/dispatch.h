/* SPDX-License-Identifier: EUPL-1.2 */
/* The thread that talks to the workers. Orders go in, come back answered, and never block anybody: files are opened, sent and waited for
 * here. What a worker leaves unanswered by its death goes to its successor. All functions: main thread. */
#ifndef SW_MEDIA_DISPATCH_H
#define SW_MEDIA_DISPATCH_H

#include <stdbool.h>

#include "base/must.h"
#include "media/media.h"
#include "media/order.h"

struct sw_dispatch;

/* NULL (logged) if the thread cannot be started. */
struct sw_dispatch *sw_dispatch_create(const struct sw_media_config *config) SW_MUST;
void sw_dispatch_destroy(struct sw_dispatch *dispatch);
/* Takes over the order. */
void sw_dispatch_give(struct sw_dispatch *dispatch, struct sw_order *order);
/* All that has been answered since, into `orders` (empty before); the caller's. */
void sw_dispatch_take(struct sw_dispatch *dispatch, struct sw_orders *orders);
/* Waits until something can be taken; false when `deadline` passed first. */
bool sw_dispatch_wait(struct sw_dispatch *dispatch, sw_tick deadline) SW_MUST;
/* Orders of this gallery find their files below `root`. */
void sw_dispatch_open_root(struct sw_dispatch *dispatch, uint32_t gallery, const struct sw_root *root);
/* Orders of this gallery whose file is not open yet are dropped without an answer. May wait for one to be opened; the root is no longer
 * used afterwards. */
void sw_dispatch_shut_root(struct sw_dispatch *dispatch, uint32_t gallery);

#endif
