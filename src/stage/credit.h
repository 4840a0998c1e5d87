/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom a show's live data are from, and what they are worth: a line at the foot of every page that reads a source. Nobody has to put it
 * there, and nobody can leave it out: provider and licence, from when the values are where they are not fresh, and that they are samples
 * or recorded where they are. Sources that would say the same are named once, and what all are worth is said once. Main thread. */
#ifndef SW_STAGE_CREDIT_H
#define SW_STAGE_CREDIT_H

#include "stage/show.h"

/* The line's text, of the arena; "" if there is nothing to say. Of what the show has read when it was built. */
const char *sw_credit_text(const struct sw_show *show, sw_instant now, struct sw_arena *arena);
/* Draws it above all that the show has. */
void sw_credit_draw(struct sw_painter *painter, const struct sw_show *show);

#endif
