/* SPDX-License-Identifier: EUPL-1.2 */
/* Which of the files that sources are has changed: their folders are watched with inotify, so that a file written beside and renamed into
 * place is seen, and one that is being written only when it is closed. Main thread. */
#ifndef SW_COURIER_WATCH_H
#define SW_COURIER_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/file.h"
#include "base/must.h"

struct sw_watch;

/* NULL (logged) where the kernel gives none: then files are looked at once a minute only. */
struct sw_watch *sw_watch_create(const struct sw_root *root) SW_MUST;
void sw_watch_destroy(struct sw_watch *watch); /* accepts NULL */
int sw_watch_end(const struct sw_watch *watch); /* to poll for reading; -1 for NULL */
/* Watches for the file `path` below the root; changes of it are told as `id`. */
void sw_watch_add(struct sw_watch *watch, const char *path, size_t id);
/* Reads what has come; `changed` is called for each file that may have changed, more than once perhaps. */
void sw_watch_read(struct sw_watch *watch, void (*changed)(void *context, size_t id), void *context);

#endif
