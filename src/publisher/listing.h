/* SPDX-License-Identifier: EUPL-1.2 */
/* What plays on a wall, for people as a table and for programs as JSON. */
#ifndef SW_PUBLISHER_LISTING_H
#define SW_PUBLISHER_LISTING_H

#include "publisher/board.h"

/* Of a board that was judged. */
void sw_listing_print(const struct sw_board *board, struct sw_board_playlist *const *picked, size_t count);
void sw_listing_print_json(const struct sw_board *board, struct sw_board_playlist *const *picked, size_t count);

#endif
