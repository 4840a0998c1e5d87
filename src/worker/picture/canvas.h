/* SPDX-License-Identifier: EUPL-1.2 */
/* Takes the rows of a stored picture in order and makes of them what the job asks for: cut, scaled, turned. Where nothing of that is to be
 * done, the decoder writes straight into the memory that goes to the player. Without pixels (VERIFY) the rows are dropped. */
#ifndef SW_WORKER_PICTURE_CANVAS_H
#define SW_WORKER_PICTURE_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/must.h"
#include "worker/picture/scale.h"
#include "worker/serve.h"

struct sw_canvas {
    struct sw_worker_job *job;
    int orientation;
    int width, height, next; /* stored rows, and how many have come */
    uint32_t *row;           /* scratch, where rows are not written in place */
    uint32_t *turned;        /* what was scaled, before it is turned; NULL where it is not */
    struct sw_scaler *scaler;
};

/* For rows of `width` pixels; the picture may be smaller than its file says (JPEG decoded at a half ...). False: no memory. */
bool sw_canvas_init(struct sw_canvas *canvas, struct sw_worker_job *job, int width, int height, int orientation) SW_MUST;
void sw_canvas_finish(struct sw_canvas *canvas);
/* Where to write the next row: `width` premultiplied pixels. */
uint32_t *sw_canvas_row(struct sw_canvas *canvas);
void sw_canvas_row_done(struct sw_canvas *canvas);
/* After the last row: turns. */
void sw_canvas_close(struct sw_canvas *canvas);

/* The stored picture's pixels that `job` asks for, a whole picture being width x height; what is wanted in the stored direction. */
struct sw_canvas_part {
    struct sw_scale_span across, down;
};
struct sw_canvas_part sw_canvas_part_of(const struct sw_worker_job *job, int width, int height, int orientation);

#endif
