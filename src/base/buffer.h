/* SPDX-License-Identifier: EUPL-1.2 */
/* A growing string of bytes with a declared maximum, always NUL-terminated. On overflow the buffer keeps what it has, `full` is set
 * and further adds do nothing: the caller tests once at the end. */
#ifndef SW_BASE_BUFFER_H
#define SW_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"

struct sw_buffer {
    char *bytes; /* owned; NULL while empty */
    size_t length, capacity, maximum;
    bool full;
};

void sw_buffer_init(struct sw_buffer *buffer, size_t maximum);
void sw_buffer_finish(struct sw_buffer *buffer);
void sw_buffer_clear(struct sw_buffer *buffer);
void sw_buffer_add(struct sw_buffer *buffer, const void *bytes, size_t length);
void sw_buffer_add_text(struct sw_buffer *buffer, const char *text);
void sw_buffer_printf(struct sw_buffer *buffer, const char *format, ...) SW_PRINTF(2, 3);
/* The text so far; "" while empty. Valid until the next change. */
const char *sw_buffer_text(const struct sw_buffer *buffer);

#endif
