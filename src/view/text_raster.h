/* SPDX-License-Identifier: EUPL-1.2 */
/* From a layout to its pixels. */
#ifndef SW_VIEW_TEXT_RASTER_H
#define SW_VIEW_TEXT_RASTER_H

#include "base/arena.h"
#include "base/must.h"
#include "view/font.h"
#include "view/text.h"
#include "view/text_layout.h"

/* Bitmaps are held once by the caller; NULL for no ink, and (with a line in the log) for more than 16384 pixels a side or 64 Mpx. */
struct sw_text_pixels sw_text_pixels_create(struct sw_fonts *fonts, const struct sw_text_request *request, const struct sw_text_set *set,
                                            double scale, struct sw_arena *scratch) SW_MUST;

#endif
