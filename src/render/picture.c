/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/picture.h"

#include <assert.h>
#include <cairo.h>
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"

static cairo_status_t append(void *closure, const unsigned char *bytes, unsigned length)
{
    struct sw_buffer *buffer = closure;
    sw_buffer_add(buffer, bytes, length);
    return buffer->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

bool sw_picture_encode(struct sw_buffer *out, const uint32_t *pixels, int width, int height, int stride)
{
    assert(width >= 1 && height >= 1 && stride >= 4 * width);
    union {
        const uint32_t *readable;
        unsigned char *bytes;
    } place = {.readable = pixels}; /* cairo asks for the right to write; encoding only reads */
    cairo_surface_t *surface = cairo_image_surface_create_for_data(place.bytes, CAIRO_FORMAT_RGB24, width, height, stride);
    cairo_status_t status = cairo_surface_write_to_png_stream(surface, append, out);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        sw_log(SW_LOG_ERROR, "picture", "cannot encode a picture of %d x %d: %s", width, height, cairo_status_to_string(status));
    return status == CAIRO_STATUS_SUCCESS;
}

bool sw_picture_write(const char *path, const uint32_t *pixels, int width, int height, int stride)
{
    struct sw_buffer file;
    sw_buffer_init(&file, SW_PICTURE_MAX);
    bool written = sw_picture_encode(&file, pixels, width, height, stride);
    errno = 0;
    if (written && !sw_file_write_atomic(path, file.bytes, file.length)) {
        sw_log(SW_LOG_ERROR, "picture", "cannot write %s: %s", path, strerror(errno));
        written = false;
    }
    sw_buffer_finish(&file);
    return written;
}
