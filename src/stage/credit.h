/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom a show's live data are from, and what they are worth: a line at the foot of every page that reads a source. Nobody has to put it
 * there, and nobody can leave it out: provider and licence, that the values are samples or recorded where they are, and from when they
 * are where they are not fresh, unless an element says so itself (a text's `stand`). Sources that would say the same are named once, and
 * what all are worth is said once. Main thread. */
#ifndef SW_STAGE_CREDIT_H
#define SW_STAGE_CREDIT_H

#include "stage/show.h"

/* The line's text, of the arena; "" if there is nothing to say. Of what the show has read when it was
 * built, which takes in until when the text holds. */
const char *sw_credit_text(struct sw_show *show, sw_instant now, struct sw_arena *arena);
/* Draws it above all that the show has. */
void sw_credit_draw(struct sw_painter *painter, const struct sw_show *show);

#endif
