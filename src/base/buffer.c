/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/buffer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void sw_buffer_init(struct sw_buffer *buffer, size_t maximum)
{
    *buffer = (struct sw_buffer){.maximum = maximum};
}

void sw_buffer_finish(struct sw_buffer *buffer)
{
    if (buffer != NULL) {
        free(buffer->bytes);
        sw_buffer_init(buffer, buffer->maximum);
    }
}

void sw_buffer_clear(struct sw_buffer *buffer)
{
    buffer->length = 0;
    buffer->full = false;
    if (buffer->bytes != NULL) {
        buffer->bytes[0] = '\0';
    }
}

/* Makes room for `length` more bytes and the NUL; false and `full` where the maximum is in the way. */
static bool make_room(struct sw_buffer *buffer, size_t length)
{
    if (buffer->full || length > buffer->maximum - buffer->length) {
        buffer->full = true;
        return false;
    }
    buffer->bytes = sw_grow(buffer->bytes, &buffer->capacity, buffer->length + length + 1, 1);
    return true;
}

void sw_buffer_add(struct sw_buffer *buffer, const void *bytes, size_t length)
{
    if (length == 0 || !make_room(buffer, length)) {
        return;
    }
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void sw_buffer_add_text(struct sw_buffer *buffer, const char *text)
{
    if (text != NULL) {
        sw_buffer_add(buffer, text, strlen(text));
    }
}

void sw_buffer_printf(struct sw_buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(length >= 0);
    if (make_room(buffer, (size_t)length)) {
        int written = vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, arguments);
        assert(written == length);
        buffer->length += (size_t)length;
    }
    va_end(arguments);
}

const char *sw_buffer_text(const struct sw_buffer *buffer)
{
    return buffer->bytes != NULL ? buffer->bytes : "";
}
