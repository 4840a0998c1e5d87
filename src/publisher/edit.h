/* SPDX-License-Identifier: EUPL-1.2 */
/* What operators do to playlists: each of the tasks that begin with `playlist`, in memory. An override is an item that interrupts, has an
 * end and says who wants it (`by`); one that is over goes with the next edit. */
#ifndef SW_PUBLISHER_EDIT_H
#define SW_PUBLISHER_EDIT_H

#include "base/buffer.h"
#include "publisher/board.h"
#include "publisher/order.h"

/* The playlists that an order is about: the one it names, that of the zone it names, or all that the wall plays. False after a fault. */
bool sw_edit_pick(const struct sw_board *board, const struct sw_order *order, struct sw_board_playlist **picked, size_t *count) SW_MUST;
/* Does what the order says to these, and adds to `said` what it did, in lines. `by`: who does it. */
bool sw_edit(struct sw_board *board, const struct sw_order *order, const char *by, struct sw_board_playlist *const *picked, size_t count,
             struct sw_buffer *said) SW_MUST;

#endif
