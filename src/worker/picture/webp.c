/* SPDX-License-Identifier: EUPL-1.2 */
/* WebP by libwebp: still pictures, with or without alpha. The container (RIFF) is walked here, for its length and its EXIF chunk. */
#include "worker/picture/decode.h"

#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>

#include "base/memory.h"
#include "worker/picture/canvas.h"
#include "worker/picture/exif.h"
#include "worker/picture/turn.h"

#define RIFF_HEAD 12
#define CHUNK_HEAD 8

static size_t number(const uint8_t *bytes)
{
    return (size_t)bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16 | (size_t)bytes[3] << 24;
}

/* The file is at least as long as it says it is. */
static bool is_complete(const struct sw_worker_job *job)
{
    return job->length >= RIFF_HEAD && number(job->bytes + 4) <= job->length - 8;
}

static int find_orientation(const struct sw_worker_job *job)
{
    size_t at = RIFF_HEAD;
    while (at + CHUNK_HEAD <= job->length) {
        const uint8_t *chunk = job->bytes + at;
        size_t length = number(chunk + 4), left = job->length - at - CHUNK_HEAD;
        if (length > left)
            return 1;
        if (memcmp(chunk, "EXIF", 4) == 0)
            return sw_exif_orientation(chunk + CHUNK_HEAD, length);
        at += CHUNK_HEAD + length + length % 2;
    }
    return 1;
}

static enum sw_worker_status status_of(const struct sw_worker_job *job, VP8StatusCode code)
{
    switch (code) {
    case VP8_STATUS_OK: return is_complete(job) ? SW_WORKER_OK : SW_WORKER_TRUNCATED;
    case VP8_STATUS_OUT_OF_MEMORY: return SW_WORKER_FAILED;
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED: return SW_WORKER_TRUNCATED;
    case VP8_STATUS_UNSUPPORTED_FEATURE: return SW_WORKER_UNSUPPORTED;
    case VP8_STATUS_INVALID_PARAM:
    case VP8_STATUS_BITSTREAM_ERROR:
    case VP8_STATUS_USER_ABORT: break;
    }
    return is_complete(job) ? SW_WORKER_DAMAGED : SW_WORKER_TRUNCATED;
}

/* All rows at once: the library's own scaling is coarser than ours. */
static enum sw_worker_status decode(const struct sw_worker_job *job, WebPDecoderConfig *config, uint32_t *pixels)
{
    size_t stride = (size_t)config->input.width * 4;
    config->output.colorspace = MODE_bgrA; /* premultiplied */
    config->output.is_external_memory = 1;
    config->output.u.RGBA.rgba = (uint8_t *)pixels;
    config->output.u.RGBA.stride = (int)stride;
    config->output.u.RGBA.size = stride * (size_t)config->input.height;
    VP8StatusCode code = WebPDecode(job->bytes, job->length, config);
    WebPFreeDecBuffer(&config->output);
    return status_of(job, code);
}

static enum sw_worker_status draw(struct sw_worker_job *job, const uint32_t *pixels, int width, int height, int orientation)
{
    struct sw_canvas canvas;
    if (!sw_canvas_init(&canvas, job, width, height, orientation))
        return SW_WORKER_FAILED;
    for (int y = 0; y < height; y++) {
        memcpy(sw_canvas_row(&canvas), pixels + (size_t)y * (size_t)width, (size_t)width * 4);
        sw_canvas_row_done(&canvas);
    }
    sw_canvas_close(&canvas);
    sw_canvas_finish(&canvas);
    return SW_WORKER_OK;
}

enum sw_worker_status sw_webp_decode(struct sw_worker_job *job)
{
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config))
        return SW_WORKER_FAILED;
    enum sw_worker_status status = status_of(job, WebPGetFeatures(job->bytes, job->length, &config.input));
    if (status != SW_WORKER_OK)
        return status;
    int width = config.input.width, height = config.input.height, orientation = find_orientation(job);
    bool swaps = sw_turn_swaps(orientation);
    status = sw_worker_job_measure(job, swaps ? height : width, swaps ? width : height);
    if (status == SW_WORKER_OK && config.input.has_animation)
        status = SW_WORKER_UNSUPPORTED;
    if (status != SW_WORKER_OK || job->request.op == SW_WORKER_PROBE)
        return status;
    uint32_t *pixels = sw_alloc((size_t)width * (size_t)height * 4);
    status = decode(job, &config, pixels);
    if (status == SW_WORKER_OK)
        status = job->request.op == SW_WORKER_RENDER ? draw(job, pixels, width, height, orientation) : SW_WORKER_OK;
    free(pixels);
    return status;
}
