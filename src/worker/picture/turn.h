/* SPDX-License-Identifier: EUPL-1.2 */
/* The eight orientations of EXIF (tag 0x0112): how a stored picture must be turned and mirrored before it is shown. Pure functions. */
#ifndef SW_WORKER_PICTURE_TURN_H
#define SW_WORKER_PICTURE_TURN_H

#include <stdbool.h>
#include <stdint.h>

struct sw_shares {
    double left, top, right, bottom; /* 0..1 */
};

/* True if width and height change places (5 to 8). */
bool sw_turn_swaps(int orientation);
/* The part of the stored picture that becomes `shown` after turning. */
struct sw_shares sw_turn_back(int orientation, struct sw_shares shown);
/* Turns width x height stored pixels into `shown` (height x width where it swaps). No overlap. */
void sw_turn_pixels(int orientation, const uint32_t *stored, int width, int height, uint32_t *shown);

#endif
