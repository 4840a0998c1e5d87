/* SPDX-License-Identifier: EUPL-1.2 */
/* Release 2 is brought to a wall with release 1 on a disk of its own (tmpfs) with room for 50 to 105 % of what that needs, a step of 1 %
 * each; and with too few inodes. Wants to be root, or to be allowed a name space of its own. */
#ifndef SW_TESTS_FAULTS_FULL_H
#define SW_TESTS_FAULTS_FULL_H

#include "site.h"

struct full {
    struct site site;
    struct site_release releases[2];
    char place[64], folder[80];       /* where the disk is; the store on it */
    char said[400];                   /* the last fault, if anybody said one */
    void (*first)(struct full *full); /* brings release 1, and sees to it that 2 can be brought */
    /* Brings release 2 on a disk that gets these options (NULL: as it is), in one of two ways; true if it came. */
    bool (*second)(struct full *full, const char *options, bool otherwise);
};

/* Ends the program if it does not hold. */
void full_must(const struct full *full, bool holds, const char *what);
bool full_remount(const struct full *full, const char *options);

/* All steps, each in both ways; the exit status, 77 where nobody may make a disk. `first` and `second` are to be filled in. */
int full_run(struct full *full);

#endif
