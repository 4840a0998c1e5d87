/* SPDX-License-Identifier: EUPL-1.2 */
/* `check --full`: letters of a page that nobody could read: those that no font of the exhibition or of this machine has, which the wall
 * would show as empty boxes, and those that a gap between displays runs through. */
#ifndef SW_PLAYER_CHECK_GLYPHS_H
#define SW_PLAYER_CHECK_GLYPHS_H

#include "player/check/finding.h"
#include "stage/show.h"

/* Finds each text of the show's tree that has such a letter, where the element was written. Any thread. */
void sw_glyphs_check(const struct sw_show *show, struct sw_findings *findings);
/* Finds each text of the show, made for a zone of that wall, that a gap cuts and that could not move out of its way. */
void sw_glyphs_check_gaps(const struct sw_show *show, const char *wall, struct sw_findings *findings);

#endif
