/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/picture.h"

#include <assert.h>
#include <cairo.h>
#include <errno.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/log.h"

/* The largest wall, 16384 x 16384 pixels, takes less even where nothing compresses. */
#define PICTURE_MAX ((size_t)1 << 30)

static cairo_status_t append(void *closure, const unsigned char *bytes, unsigned length)
{
    struct sw_buffer *buffer = closure;
    sw_buffer_add(buffer, bytes, length);
    return buffer->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

bool sw_picture_write(const char *path, const uint32_t *pixels, int width, int height, int stride)
{
    assert(width >= 1 && height >= 1 && stride >= 4 * width);
    union {
        const uint32_t *readable;
        unsigned char *bytes;
    } place = {.readable = pixels}; /* cairo asks for the right to write; encoding only reads */
    struct sw_buffer file;
    sw_buffer_init(&file, PICTURE_MAX);
    cairo_surface_t *surface = cairo_image_surface_create_for_data(place.bytes, CAIRO_FORMAT_RGB24, width, height, stride);
    cairo_status_t status = cairo_surface_write_to_png_stream(surface, append, &file);
    cairo_surface_destroy(surface);
    bool written = false;
    if (status != CAIRO_STATUS_SUCCESS) {
        sw_log(SW_LOG_ERROR, "picture", "cannot encode %s: %s", path, cairo_status_to_string(status));
    } else {
        errno = 0;
        written = sw_file_write_atomic(path, file.bytes, file.length);
        if (!written)
            sw_log(SW_LOG_ERROR, "picture", "cannot write %s: %s", path, strerror(errno));
    }
    sw_buffer_finish(&file);
    return written;
}
