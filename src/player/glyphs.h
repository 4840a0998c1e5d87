/* SPDX-License-Identifier: EUPL-1.2 */
/* `check --full`: letters of a page that nobody could read: those that no font of the exhibition or of this machine has, which the wall
 * would show as empty boxes, and those that a gap between displays runs through. Main thread. */
#ifndef SW_PLAYER_GLYPHS_H
#define SW_PLAYER_GLYPHS_H

#include "base/diag.h"
#include "stage/show.h"

/* Warns of each text of the show's tree that has such a letter, where the element was written; of the same letter there once. */
void sw_glyphs_check(const struct sw_show *show, struct sw_diags *diags);
/* Warns of each text of the show, made for a zone of that wall, that a gap cuts and that could not move out of its way. */
void sw_glyphs_check_gaps(const struct sw_show *show, const char *wall, struct sw_diags *diags);

#endif
