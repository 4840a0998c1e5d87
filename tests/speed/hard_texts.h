/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts that are hard to set: made here, not kept. */
#ifndef HARD_TEXTS_H
#define HARD_TEXTS_H

#include <stddef.h>

#include "base/buffer.h"

struct hard_text {
    const char *name;
    size_t bytes; /* about so many */
    void (*make)(struct sw_buffer *out, size_t bytes, const char *unit);
    const char *unit; /* what `make` repeats or works from */
};

extern const struct hard_text hard_texts[];
extern const size_t hard_text_count;

#endif
