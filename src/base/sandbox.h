/* SPDX-License-Identifier: EUPL-1.2 */
/* What this kernel has for fencing a process in. Any thread. */
#ifndef SW_BASE_SANDBOX_H
#define SW_BASE_SANDBOX_H

#include <stdbool.h>

/* The version of Landlock's interface (landlock_create_ruleset(2)), 1 and up; 0: the kernel has none, or it is switched off. */
int sw_sandbox_landlock(void);
/* Whether system calls can be filtered (seccomp(2), SECCOMP_SET_MODE_FILTER). */
bool sw_sandbox_seccomp(void);

#endif
