/* SPDX-License-Identifier: EUPL-1.2 */
/* What of a command's arguments is the courier's; the player judges the rest. */
#ifndef SW_COURIER_OPTIONS_H
#define SW_COURIER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"

#define SW_COURIER_SOURCES_MAX 64

enum sw_courier_command {
    SW_COURIER_FOLLOW, /* for play, render and check: tell the player */
    SW_COURIER_RECORD, /* keep what comes */
    SW_COURIER_TRY,    /* check --live: ask everything once and say what came */
};

struct sw_courier_options {
    enum sw_courier_command command;
    const char *folder; /* of the exhibition */
    const char *host;   /* --host: the host's configuration; NULL: the usual one */
    const char *at;     /* --at: civil instant; NULL: the clock's */
    const char *replay; /* --replay: a folder of recordings; NULL: none */
    const char *to;     /* record --to */
    const char *sources[SW_COURIER_SOURCES_MAX]; /* record: which; none: all */
    size_t source_count;
    int64_t duration; /* --for, microseconds; 0: once each */
    bool live;
};

/* Of `courier COMMAND ARGUMENTS`. False: *fault says what is wrong (a static text). */
bool sw_courier_options_read(struct sw_courier_options *options, int count, char *const *arguments, const char **fault) SW_MUST;

#endif
