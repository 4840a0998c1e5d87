/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/picture/canvas.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "worker/picture/turn.h"

struct sw_canvas_part sw_canvas_part_of(const struct sw_worker_job *job, int width, int height, int orientation)
{
    const struct sw_worker_request *request = &job->request;
    struct sw_shares shown = {(double)request->left, (double)request->top, (double)request->right, (double)request->bottom};
    struct sw_shares stored = sw_turn_back(orientation, shown);
    bool swaps = sw_turn_swaps(orientation);
    return (struct sw_canvas_part){
        .across = {width, swaps ? request->height : request->width, stored.left * width, stored.right * width},
        .down = {height, swaps ? request->width : request->height, stored.top * height, stored.bottom * height},
    };
}

static bool is_whole(struct sw_scale_span span)
{
    return span.target == span.source && span.from == 0 && span.to == span.source;
}

bool sw_canvas_init(struct sw_canvas *canvas, struct sw_worker_job *job, int width, int height, int orientation)
{
    memset(canvas, 0, sizeof *canvas);
    canvas->job = job;
    canvas->orientation = orientation;
    canvas->width = width;
    canvas->height = height;
    if (job->request.op != SW_WORKER_RENDER) {
        canvas->row = sw_alloc_array((size_t)width, sizeof *canvas->row);
        return true;
    }
    if (sw_worker_job_pixels(job) == NULL)
        return false;
    if (orientation != 1)
        canvas->turned = sw_alloc(job->size);
    struct sw_canvas_part part = sw_canvas_part_of(job, width, height, orientation);
    if (is_whole(part.across) && is_whole(part.down))
        return true;
    canvas->row = sw_alloc_array((size_t)width, sizeof *canvas->row);
    canvas->scaler = sw_scaler_create(part.across, part.down, canvas->turned != NULL ? canvas->turned : job->pixels);
    return true;
}

void sw_canvas_finish(struct sw_canvas *canvas)
{
    if (canvas == NULL)
        return;
    sw_scaler_destroy(canvas->scaler);
    free(canvas->row);
    free(canvas->turned);
    memset(canvas, 0, sizeof *canvas);
}

uint32_t *sw_canvas_row(struct sw_canvas *canvas)
{
    assert(canvas->next < canvas->height);
    if (canvas->row != NULL)
        return canvas->row;
    return (canvas->turned != NULL ? canvas->turned : canvas->job->pixels) + (size_t)canvas->next * (size_t)canvas->width;
}

void sw_canvas_row_done(struct sw_canvas *canvas)
{
    canvas->next++;
    if (canvas->scaler != NULL)
        sw_scaler_row(canvas->scaler, canvas->row);
}

void sw_canvas_close(struct sw_canvas *canvas)
{
    assert(canvas->next == canvas->height && (canvas->scaler == NULL || sw_scaler_done(canvas->scaler)));
    if (canvas->turned == NULL)
        return;
    const struct sw_worker_request *request = &canvas->job->request;
    bool swaps = sw_turn_swaps(canvas->orientation);
    sw_turn_pixels(canvas->orientation, canvas->turned, swaps ? request->height : request->width, swaps ? request->width : request->height,
                   canvas->job->pixels);
}
