/* SPDX-License-Identifier: EUPL-1.2 */
/* What a file is by its first bytes, and what the picture worker's decoders make of it: what was sniffed stays so with every further byte,
 * a size that is told fits, all pixels that were asked for are there, and an alpha hides no colour (they are premultiplied). */
#include <assert.h>
#include <string.h>

#include "fuzz.h"
#include "worker/picture/decode.h"
#include "worker/picture/exif.h"
#include "worker/video/track.h"

#define SIDE 16
#define HEAD 64

static void check_sniffing(const uint8_t *bytes, size_t length)
{
    enum sw_picture_kind kind = sw_picture_sniff(bytes, length);
    enum sw_container container = sw_container_sniff(bytes, length);
    /* a box may be as long as the text of an SVG begins */
    assert(kind == SW_PICTURE_UNKNOWN || kind == SW_PICTURE_SVG || container == SW_CONTAINER_NONE);
    for (size_t head = 0; head < length && head < HEAD; head++) {
        enum sw_picture_kind guess = sw_picture_sniff(bytes, head);
        assert(guess == SW_PICTURE_UNKNOWN || guess == SW_PICTURE_SVG || guess == kind);
    }
    int orientation = sw_exif_orientation(bytes, length);
    assert(orientation >= 1 && orientation <= 8);
}

static void check_pixels(const struct sw_worker_job *job)
{
    assert(job->pixels != NULL && job->size == (size_t)SIDE * SIDE * 4);
    for (int i = 0; i < SIDE * SIDE; i++) {
        uint32_t pixel = job->pixels[i], alpha = pixel >> 24;
        assert((pixel & 255) <= alpha && (pixel >> 8 & 255) <= alpha && (pixel >> 16 & 255) <= alpha);
    }
}

static void decode(const uint8_t *bytes, size_t length, enum sw_worker_op op)
{
    struct sw_worker_job job = {.request = {.version = SW_WORKER_VERSION, .op = op, .id = 1}, .bytes = bytes, .length = length, .fd = -1};
    if (op == SW_WORKER_RENDER) {
        job.request.width = job.request.height = SIDE;
        job.request.right = job.request.bottom = 1;
    }
    enum sw_worker_status status = sw_picture_decode(&job);
    assert(status >= SW_WORKER_OK && status <= SW_WORKER_STATUS_LAST);
    if (status == SW_WORKER_OK) {
        assert(sw_picture_size_fits(job.picture_width, job.picture_height));
        if (op == SW_WORKER_RENDER)
            check_pixels(&job);
    }
    sw_worker_job_finish(&job);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    check_sniffing(bytes, length);
    if (length == 0)
        return 0;
    decode(bytes, length, SW_WORKER_PROBE);
    decode(bytes, length, SW_WORKER_RENDER);
    return 0;
}
