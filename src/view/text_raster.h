/* SPDX-License-Identifier: EUPL-1.2 */
/* From a layout to its pixels. */
#ifndef SW_VIEW_TEXT_RASTER_H
#define SW_VIEW_TEXT_RASTER_H

#include "base/arena.h"
#include "base/must.h"
#include "view/font.h"
#include "view/text.h"
#include "view/text_layout.h"

/* Of the lines of one block. Bitmaps are held once by the caller; NULL for no ink, and (with a line in the log) for more than 16384 pixels
 * a side or 64 Mpx. Any thread, if nobody else uses `fonts` meanwhile. */
struct sw_text_pixels sw_text_pixels_create(struct sw_fonts *fonts, const struct sw_text_request *request, const struct sw_text_set *set,
                                            double scale, int block, struct sw_arena *scratch) SW_MUST;
/* What it costs to draw the block, about: pixels. */
double sw_text_block_cost(const struct sw_text_request *request, const struct sw_text_set *set, double scale, int block);

#endif
