/* SPDX-License-Identifier: EUPL-1.2 */
/* Keeps one small file as it is wanted: whoever hands a text over does not wait, a thread ("scribe") brings the newest to the disk, whole
 * or not at all, also after a power cut. A disk that is slow, full or read-only is said once and tried again. */
#ifndef SW_PLAYER_SCRIBE_H
#define SW_PLAYER_SCRIBE_H

#include <stddef.h>

#include "base/must.h"

struct sw_scribe;

/* `path` is copied. NULL (logged) if the thread cannot start. */
struct sw_scribe *sw_scribe_create(const char *path) SW_MUST;
/* Brings what was handed over to the disk, tried once. Accepts NULL. */
void sw_scribe_destroy(struct sw_scribe *scribe);
/* This is what the file is to say. Copies; one that has not been written yet is forgotten. Any one thread. */
void sw_scribe_write(struct sw_scribe *scribe, const char *text, size_t length);

#endif
