/* SPDX-License-Identifier: EUPL-1.2 */
/* One piece of work on one file, which goes from the main thread to the dispatcher and comes back with the answer filled in. Whoever has
 * it owns it; it is known again by its path and request, never by a pointer into the cache. */
#ifndef SW_MEDIA_ORDER_H
#define SW_MEDIA_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "base/file.h"
#include "worker/request.h"

/* A file's state as far as it decides about its content; all 0: there is no file. */
struct sw_stamp {
    uint64_t device, inode;
    int64_t size, seconds, nanoseconds;
};

enum sw_order_fate {
    SW_ORDER_ANSWERED,
    SW_ORDER_NO_FILE,    /* `file` says why */
    SW_ORDER_LOOKED,     /* only its stamp was wanted */
    SW_ORDER_GIVEN_UP,   /* the worker died or hung on it, twice */
    SW_ORDER_NO_WORKER,  /* and none will come */
};

struct sw_order {
    struct sw_order *next; /* in the list that has it */
    /* asked */
    char *path; /* owned */
    uint64_t serial; /* of this process's orders */
    uint32_t gallery; /* whose root the path lies below */
    bool look;                        /* only its stamp is wanted */
    struct sw_worker_request request; /* without version and id */
    /* the dispatcher's own */
    int deaths;
    bool redirected;
    /* answered */
    enum sw_order_fate fate;
    enum sw_file_status file;
    struct sw_stamp stamp;
    struct sw_worker_reply reply; /* ANSWERED */
    struct sw_bitmap *bitmap;     /* held; RENDER that went well */
};

/* A list in the order of its adding; zeroed: empty. */
struct sw_orders {
    struct sw_order *first, *last;
};

struct sw_order *sw_order_create(const char *path, uint32_t gallery) __attribute__((returns_nonnull));
void sw_order_destroy(struct sw_order *order); /* releases the bitmap; accepts NULL */
void sw_orders_add(struct sw_orders *orders, struct sw_order *order);
void sw_orders_add_front(struct sw_orders *orders, struct sw_order *order);
struct sw_order *sw_orders_take(struct sw_orders *orders); /* the first, or NULL */
void sw_orders_finish(struct sw_orders *orders);           /* destroys all */

bool sw_stamp_equal(const struct sw_stamp *a, const struct sw_stamp *b);
/* By the ending of its name, in any case; UNKNOWN for others. */
enum sw_picture_kind sw_kind_of_name(const char *path);

#endif
