/* SPDX-License-Identifier: EUPL-1.2 */
/* Scales a picture that comes row by row, so that a large one need never be whole in memory. Both ways Catmull-Rom's cubic, widened by
 * the ratio where the picture becomes smaller; on premultiplied pixels; sums in a fixed order, so the same bytes come out everywhere. */
#ifndef SW_WORKER_PICTURE_SCALE_H
#define SW_WORKER_PICTURE_SCALE_H

#include <stdbool.h>
#include <stdint.h>

/* One direction: the pixels from..to (may be broken ones) of `source` pixels become `target` pixels. */
struct sw_scale_span {
    int source, target;
    double from, to;
};

struct sw_scaler;

/* Writes to `pixels`, target width x target height without gaps. */
struct sw_scaler *sw_scaler_create(struct sw_scale_span across, struct sw_scale_span down, uint32_t *pixels);
void sw_scaler_destroy(struct sw_scaler *scaler);
/* The next row of the source, premultiplied; all of them in order, also those outside of from..to. */
void sw_scaler_row(struct sw_scaler *scaler, const uint32_t *row);
/* True once every row of the target is written. */
bool sw_scaler_done(const struct sw_scaler *scaler);

#endif
