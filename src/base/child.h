/* SPDX-License-Identifier: EUPL-1.2 */
/* A child process of our own: started by fork and exec with exactly the descriptors it is given, an empty signal mask, and a death signal
 * so that nothing outlives its parent. Only the supervisor starts any: from its main thread (the death signal comes when the thread that
 * started the child ends), before other threads exist or in a process without any. */
#ifndef SW_BASE_CHILD_H
#define SW_BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/must.h"

/* Starts `arguments[0]` (a path). Descriptor `fds[i]` becomes number 3 + i in the child; all others but 0, 1, 2 are closed. At most 32.
 * Returns the pid, or -1 with errno set (also where exec itself failed). */
pid_t sw_child_start(const char *const *arguments, const int *fds, size_t fd_count) SW_MUST;
/* This very process becomes the program `arguments[0]` (a path). Returns only where that failed, with errno set. */
void sw_child_become(const char *const *arguments);
/* The folder that has the helper `program`: that of the running executable (from /proc/self/exe), or ../libexec/schauwand from there.
 * False: neither has it, or it does not fit. */
bool sw_child_helper_folder(const char *program, char *folder, size_t capacity) SW_MUST;

#endif
