/* SPDX-License-Identifier: EUPL-1.2 */
/* What of a command's arguments is the courier's. Those of `play` and `render` the player judges; `record` and `check --live` are the
 * courier's own. */
#ifndef SW_COURIER_OPTIONS_H
#define SW_COURIER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"
#include "host/settle.h"

#define SW_COURIER_NAMES_MAX 64

enum sw_courier_command {
    SW_COURIER_SERVE,  /* a player, until it is told to stop */
    SW_COURIER_RECORD, /* keep what sources answer */
    SW_COURIER_TRY,    /* ask each source once and say what came */
};

struct sw_courier_options {
    enum sw_courier_command command;
    const char *folder;             /* of the exhibition; not where one is followed */
    int64_t generation;             /* --generation: of the store of the wall that follows; 0: `folder` */
    struct sw_host_arguments typed; /* which wall that is */
    const char *config;             /* --config: the host's configuration; NULL: the usual one */
    const char *at;                 /* --at: civil instant; NULL: the clock's */
    bool live;                      /* --live: sources may be asked, whatever the host's configuration says */
    const char *replay;             /* --replay: a folder of recordings; NULL: none, or not wanted */
    bool without_replay;
    bool from_start;                /* where --at says nothing, the clock begins with the recording: `play` */
    sw_tick since;                  /* --since: when the command was begun; 0: not said */
    /* RECORD */
    const char *names[SW_COURIER_NAMES_MAX]; /* of sources; none: all of them */
    size_t name_count;
    const char *to;   /* --to: a folder */
    int64_t duration; /* --for, microseconds; 0: not said */
    int64_t count;    /* --count: answers of each source; 0: not said */
    /* TRY */
    bool json; /* --json */
};

/* Of `courier COMMAND ARGUMENTS`. False: `fault` says what is wrong, and what would be right. */
bool sw_courier_options_read(struct sw_courier_options *options, int count, char *const *arguments, char *fault, size_t fault_size) SW_MUST;

#endif
