/* SPDX-License-Identifier: EUPL-1.2 */
/* Makes a picture larger or smaller, between its pixels (bilinear), while its rows are being made: none is kept but the two at hand, so
 * they stay in the cache. Whole numbers: the same place gives the same bytes however it is cut in boxes. Any thread. */
#ifndef SW_RENDER_RESCALE_H
#define SW_RENDER_RESCALE_H

#include <stdint.h>

#include "view/geometry.h"

struct sw_rescale {
    /* Makes `width` pixels of four channels of the picture's row y from x on. */
    void (*row)(const void *context, int x, int y, int width, uint32_t *out);
    const void *context;
    int width, height;         /* of the picture */
    double x, y, across, down; /* picture pixels = (outer pixels - x, y) * across, down; what lies beside it is as its edge */
};

/* Writes `box` of the outer pixels into rows of `stride` bytes. */
void sw_rescale_put(const struct sw_rescale *rescale, struct sw_box_px box, uint32_t *out, int stride);

#endif
