/* SPDX-License-Identifier: EUPL-1.2 */
/* Makes a picture much smaller: each pixel is the average of the area that it covers, in sums of whole numbers, so that the same place
 * gives the same bytes however it is cut in boxes. Five times as fast as pixman's filters. Any thread. */
#ifndef SW_RENDER_AVERAGE_H
#define SW_RENDER_AVERAGE_H

#include <stdint.h>

#include "view/geometry.h"

struct sw_average {
    const uint32_t *from; /* from_width x from_height pixels of four channels */
    int from_width, from_height, from_stride; /* pixels, pixels, bytes */
    uint32_t *to;
    int width, height, stride; /* of the small picture, 1 or more; of the memory that it is part of */
    int x, y;                  /* where in that memory the picture begins */
};

/* Writes `box` (of that memory), which lies within the picture. */
void sw_average_put(const struct sw_average *average, struct sw_box_px box);

#endif
