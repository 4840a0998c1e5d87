/* SPDX-License-Identifier: EUPL-1.2 */
/* What changes in a folder and in all below it, for whoever reads it anew after each save: the kernel tells (inotify), or, where it has no
 * room for that, everything is looked at once a second. A change is reported when it has settled, so that what an editor does to save one
 * file (beside and renamed, cut and written, moved away and made anew) is one change; but never later than SW_TREE_MOST_US after it began,
 * however many follow. Folders come, go and are renamed; the folder itself may be moved away and come back. Names that begin with a '.'
 * are not looked at, links are not followed. One thread; the time is a parameter. */
#ifndef SW_BASE_TREE_WATCH_H
#define SW_BASE_TREE_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "base/tick.h"

#define SW_TREE_QUIET_US (12 * SW_MS)  /* nothing more has come for so long: it has settled */
#define SW_TREE_BURST_US (100 * SW_MS) /* or it began so long ago */
/* The same while a file is being written, or has gone and may come back. */
#define SW_TREE_LOOSE_QUIET_US (120 * SW_MS)
#define SW_TREE_MOST_US (500 * SW_MS)
#define SW_TREE_LOOK_US SW_SECOND /* between two looks where the kernel does not tell */

#define SW_TREE_ALL (~0u) /* anything may have changed: folders, or more than could be told */

struct sw_tree_watch;

/* `kind_of` says by its name which kinds (bits of the caller's) a file is of; 0: it is of no interest. `branches_most`: folders that are
 * watched at most, 0: as many as the kernel allows. Never NULL; a folder that does not exist is waited for. */
struct sw_tree_watch *sw_tree_watch_create(const char *folder, unsigned (*kind_of)(const char *name), size_t branches_most)
    __attribute__((returns_nonnull));
void sw_tree_watch_destroy(struct sw_tree_watch *watch); /* accepts NULL */
/* To poll for reading before the next step, may be another one after it; -1: there is nothing to poll. */
int sw_tree_watch_end(const struct sw_tree_watch *watch);
/* Takes in what has happened. Returns when it wants the next step if nothing comes before; SW_NEVER: only then. */
sw_tick sw_tree_watch_step(struct sw_tree_watch *watch, sw_tick now);
/* The kinds of what has changed and settled since it was last asked; 0: nothing. */
unsigned sw_tree_watch_take(struct sw_tree_watch *watch, sw_tick now);
/* Somebody is writing a file at this moment. */
bool sw_tree_watch_busy(const struct sw_tree_watch *watch);
/* Something has changed and not settled yet. */
bool sw_tree_watch_pending(const struct sw_tree_watch *watch);
/* It is told by the kernel, and need not look. */
bool sw_tree_watch_told(const struct sw_tree_watch *watch);
/* For tests: folders that are watched. */
size_t sw_tree_watch_branches(const struct sw_tree_watch *watch);

#endif
