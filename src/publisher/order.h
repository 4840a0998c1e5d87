/* SPDX-License-Identifier: EUPL-1.2 */
/* What was typed: a command, what it is about, and its options. An option that a command would not heed is a fault. */
#ifndef SW_PUBLISHER_ORDER_H
#define SW_PUBLISHER_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"

#define SW_ORDER_WALLS_MAX 256
#define SW_ORDER_PLAIN_MAX 32
#define SW_EXIT_CANNOT 2

enum sw_task {
    SW_TASK_KEYS,
    SW_TASK_PUBLISH,
    SW_TASK_ROLLBACK,
    SW_TASK_PROMOTE,
    SW_TASK_LIST, /* this and the following: of playlists */
    SW_TASK_ADD,
    SW_TASK_REMOVE,
    SW_TASK_MOVE,
    SW_TASK_TIME,
    SW_TASK_OVERRIDE,
    SW_TASK_CLEAR,
};

struct sw_order {
    enum sw_task task;
    const char *name;                      /* of the task, as it is typed: "playlist add" */
    const char *plain[SW_ORDER_PLAIN_MAX]; /* what is no option */
    size_t plain_count;
    const char *to, *keys, *replace;
    const char *clips; /* the file that `check` has written of them; NULL: none */
    const char *walls[SW_ORDER_WALLS_MAX];
    size_t wall_count;
    sw_instant activate;  /* 0: at once */
    sw_instant expires;   /* 0: not said; SW_NEVER */
    bool fresh;           /* a new epoch */
    const char *playlist, *zone;                             /* which; NULL: not said */
    const char *lasts, *when, *days, *dates, *time, *in, *not_in; /* of an item, as a curator would write them; "": without it */
    const char *from, *until;
    const char *by, *note;
    int64_t version;  /* what is edited must be this one; -1: whatever it is */
    int64_t at;       /* the place of an item, from 1; 0: not said */
    int64_t priority; /* SW_ORDER_NO_PRIORITY: not said */
    bool all, json;
};

#define SW_ORDER_NO_PRIORITY INT64_MIN

/* Every fault is printed. `now`: what lasts is counted from then. */
bool sw_order_parse(struct sw_order *order, int count, char **arguments, sw_instant now) SW_MUST;
/* "schauwand publish: WHAT; ... --help says more"; SW_EXIT_CANNOT, for the caller to return. */
int sw_order_fault(const struct sw_order *order, const char *what);

#endif
