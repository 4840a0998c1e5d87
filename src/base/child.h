/* SPDX-License-Identifier: EUPL-1.2 */
/* A child process of our own: started by fork and exec with exactly the descriptors it is given, an empty signal mask, and a death signal
 * so that nothing outlives its parent. Used by the supervisor alone: from its main thread (the death signal comes when the thread that
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
/* The folder of the running executable (from /proc/self/exe), into `path`; false if it does not fit. Helpers lie beside it. */
bool sw_child_own_folder(char *path, size_t capacity) SW_MUST;

#endif
