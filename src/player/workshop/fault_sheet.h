/* SPDX-License-Identifier: EUPL-1.2 */
/* What is wrong with what was saved last, at the foot of a curator's window: where it is, what it is, and the line itself with a caret. It
 * keeps to the lower part, so that the last good picture is seen above it. A pure function of the faults; main thread. */
#ifndef SW_PLAYER_WORKSHOP_FAULT_SHEET_H
#define SW_PLAYER_WORKSHOP_FAULT_SHEET_H

#include "player/workshop/faults.h"
#include "player/workshop/overlay.h"

/* Above what the overlay has already; nothing where there are no faults. */
void sw_fault_sheet_draw(struct sw_overlay *overlay, const struct sw_faults *faults);

#endif
