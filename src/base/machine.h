/* SPDX-License-Identifier: EUPL-1.2 */
/* What the system says of this machine and what it lets this process have; to be asked before a fence is up (base/fence.h), behind which
 * nobody may. */
#ifndef SW_BASE_MACHINE_H
#define SW_BASE_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/must.h"

#define SW_MACHINE_UNLIMITED INT64_MAX

struct sw_machine {
    int landlock;        /* its version; 0: none */
    bool clock_known;    /* the kernel says how it stands with its clock: */
    bool clock_held;     /* somebody (NTP, PTP) keeps it right */
    int64_t descriptors; /* that may be open at once; SW_MACHINE_UNLIMITED */
    int64_t tasks;       /* processes and threads of this user; likewise */
    int64_t memory;      /* bytes that the group of this process may use; likewise */
};

void sw_machine_look(struct sw_machine *machine);

/* The file system that has `path`, which exists. Strings are the caller's, cut where they do not fit. False: not known. */
struct sw_mount {
    char kind[32];     /* "ext4" */
    char options[512]; /* of the file system itself, between commas */
};
bool sw_mount_of(const char *path, struct sw_mount *out) SW_MUST;

#endif
