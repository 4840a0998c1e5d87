/* SPDX-License-Identifier: EUPL-1.2 */
/* What the courier tells the player: fixed records over a message pair (base/message.h), the large ones with sealed memory. Every field is
 * range-checked by the player: the courier reads what strangers wrote. Both know the same sources in the same order, which the hello
 * proves by a hash of scenes/sources.json. Newest wins; what does not fit the pair is sent again later. */
#ifndef SW_DATA_FEED_H
#define SW_DATA_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/message.h"
#include "base/must.h"
#include "data/reading.h"
#include "data/series.h"

#define SW_FEED_VERSION 2
#define SW_FEED_TEXT_MAX 240
#define SW_FEED_STEP_MAX (366 * 24 * SW_HOUR)

enum sw_feed_type {
    SW_FEED_HELLO = 1, /* courier, first: hash of its sources; another one than the player's: nothing is taken */
    SW_FEED_READING,   /* source; memory: a packed reading */
    SW_FEED_OUTCOME,   /* source, failed, text; instant: when it was confirmed (a 304), or SW_NEVER */
    SW_FEED_SERIES,    /* source, field, step; memory: struct sw_point each, none: size 0 */
    SW_FEED_POINT,     /* source, field, point, instant: points before it are dropped */
    SW_FEED_SETTLED,   /* every source has had its first outcome */
    SW_FEED_SOON,      /* player: the source is about to be shown: fetch it now if it is due within the next while */
    SW_FEED_CLOCK,     /* player: it is not before `instant`, as something signed has stated (base/clock.h); a courier knows what its store
                          stated when it began */
};

struct sw_feed_message {
    enum sw_feed_type type;
    uint64_t hash;
    uint32_t source, field;
    bool failed;
    sw_instant instant;
    int64_t step;
    struct sw_point point;
    size_t size;                 /* of the memory that comes with it */
    char text[SW_FEED_TEXT_MAX]; /* why it failed, UTF-8; "". What is no text in it is replaced when it is sent */
};

/* `fd`: the memory's, copied; -1: none. AGAIN: later. */
enum sw_message_status sw_feed_send(int end, const struct sw_feed_message *message, int fd) SW_MUST;
/* CLOSED also where a record is of another version, length, type or range. *fd is the caller's, or -1. */
enum sw_message_status sw_feed_receive(int end, struct sw_feed_message *message, int *fd) SW_MUST;

/* A reading or a series as sealed memory, for the sender; -1: there is no memory. And back: NULL where it is damaged (closes nothing). */
int sw_feed_seal_reading(const struct sw_reading *reading, size_t *size) SW_MUST;
struct sw_reading *sw_feed_open_reading(const struct sw_request *request, int fd, size_t size) SW_MUST;
int sw_feed_seal_series(const struct sw_series *series, size_t *size) SW_MUST; /* of at least one point */
struct sw_series *sw_feed_open_series(int fd, size_t size, int64_t step) SW_MUST;

#endif
