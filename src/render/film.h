/* SPDX-License-Identifier: EUPL-1.2 */
/* The pixels of a video's picture (I420), as large as they are shown: with libyuv, a box at a time. They are opaque, their unused byte is
 * 0xff, and the same place gives the same bytes however it is cut in boxes. Colours stand between the pixels that share them: each pixel
 * takes the nearest. Any thread. */
#ifndef SW_RENDER_FILM_H
#define SW_RENDER_FILM_H

#include <stdbool.h>
#include <stdint.h>

#include "view/draw.h"

/* How a picture lies in its list. What is shown at half its size or less is halved first, each pixel the average of four, until that is no
 * longer so; the rest is done between its pixels (bilinear). */
struct sw_film {
    const struct sw_bitmap *bitmap;
    int halvings, width, height; /* how often it is halved; its pixels then, at least 1 */
    bool scales;                 /* what is left to do: else a pixel of it is one of the list */
    double x, y, across, down;   /* halved pixels = (list pixels - x, y) * across, down */
};

/* Of a draw whose bitmap is I420. Borrows the bitmap. */
struct sw_film sw_film_of(const struct sw_draw *draw);
/* Writes `box` of the halved picture, which lies within it, into rows of `stride` bytes. */
void sw_film_convert(const struct sw_bitmap *bitmap, int halvings, struct sw_box_px box, uint32_t *out, int stride);
/* Writes `box` of the list, which lies within the draw's place. */
void sw_film_put(const struct sw_film *film, struct sw_box_px box, uint32_t *out, int stride);

#endif
