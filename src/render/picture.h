/* SPDX-License-Identifier: EUPL-1.2 */
/* The wall as a PNG. Any thread. */
#ifndef SW_RENDER_PICTURE_H
#define SW_RENDER_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/must.h"

#define SW_PICTURE_MAX ((size_t)1 << 30) /* the largest wall, 16384 x 16384 pixels, takes less even where nothing compresses */

/* XRGB pixels as an RGB PNG, appended. The same pixels give the same bytes. False: logged. */
bool sw_picture_encode(struct sw_buffer *out, const uint32_t *pixels, int width, int height, int stride) SW_MUST;
/* Writes XRGB pixels as an RGB PNG, whole or not at all (temp file and rename). */
bool sw_picture_write(const char *path, const uint32_t *pixels, int width, int height, int stride) SW_MUST;

#endif
