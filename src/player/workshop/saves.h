/* SPDX-License-Identifier: EUPL-1.2 */
/* A thread ("saves") that watches a curator's folder (base/tree_watch.h) and wakes the loop when something in it has changed and settled.
 * Functions: main thread. */
#ifndef SW_PLAYER_WORKSHOP_SAVES_H
#define SW_PLAYER_WORKSHOP_SAVES_H

#include <stdbool.h>

#include "base/must.h"

struct sw_waker;
struct sw_saves;

/* Kinds of files, by their names. */
#define SW_SAVED_PICTURES 1u
#define SW_SAVED_CLIPS 2u
#define SW_SAVED_DOCUMENTS 4u /* JSON; it may as well be of a source, which the courier reads */
#define SW_SAVED_OTHER 8u     /* what else is read when an exhibition is loaded: subtitles, fonts */

/* Which kind a file is of; 0: one that editors leave beside what they save, or that no load reads. */
unsigned sw_saved_kind(const char *name);

/* NULL (logged) if the thread cannot be started. */
struct sw_saves *sw_saves_create(const char *folder, struct sw_waker *waker) SW_MUST;
void sw_saves_destroy(struct sw_saves *saves); /* accepts NULL */
/* The kinds of what has changed since it was last asked; 0: nothing. */
unsigned sw_saves_take(struct sw_saves *saves);
/* Something is being written at this moment, or has changed and not settled yet: what was read just now may be half of it. */
bool sw_saves_busy(struct sw_saves *saves);

#endif
