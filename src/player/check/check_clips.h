/* SPDX-License-Identifier: EUPL-1.2 */
/* What `check` says of clips and their subtitles, and what a release keeps of them. Main thread; waits for workers. */
#ifndef SW_PLAYER_CHECK_CHECK_CLIPS_H
#define SW_PLAYER_CHECK_CHECK_CLIPS_H

#include "player/edition.h"

/* Looks into every clip that is named. */
void sw_check_clips(struct sw_edition *edition, struct sw_diags *diags);
/* Writes down what has been found out of them (exhibition/clip_facts.h); nothing where there are none. False (said on stderr) if that
 * cannot be. */
bool sw_check_keep_clips(struct sw_edition *edition, const char *file) SW_MUST;

#endif
