/* SPDX-License-Identifier: EUPL-1.2 */
/* The fences, a row a role, and the parts that a fence is made of. Private to base/fence. */
#ifndef SW_BASE_FENCE_ROLE_H
#define SW_BASE_FENCE_ROLE_H

#include <stdint.h>

#include "base/fence.h"

#define SW_FENCE_OWN_MAX 48 /* places of a role */
#define SW_FENCE_UNLIMITED INT64_MAX

struct sw_fence_limits {
    int64_t address_space, data; /* bytes: of all mappings, of private writable ones */
    int64_t file;                /* bytes: the longest file; a memfd counts as one */
    int64_t descriptors;
    int64_t tasks; /* processes and threads of the same user; 0 where none is ever started */
    int64_t stack; /* bytes: of the main thread */
};

struct sw_fence_row {
    const char *name;
    bool fenced;   /* by Landlock and seccomp */
    bool internet; /* it opens connections */
    bool signals_inside; /* threads are stopped by a signal: to its own process alone */
    bool hidden;   /* from ptrace and /proc/PID of the same user */
    struct sw_fence_limits limits;
    struct sw_fence_place places[SW_FENCE_OWN_MAX];
};

const struct sw_fence_row *sw_fence_row(enum sw_fence_role role);

/* From here on the process reaches only the row's places and `places`. False (logged) where the kernel has Landlock but refuses. */
bool sw_fence_land(const struct sw_fence_row *row, const struct sw_fence_place *places, size_t count) SW_MUST;

#endif
