/* SPDX-License-Identifier: EUPL-1.2 */
/* The wall as a PNG file. */
#ifndef SW_RENDER_PICTURE_H
#define SW_RENDER_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/must.h"

/* Writes XRGB pixels as an RGB PNG, whole or not at all (temp file and rename). The same pixels give the same bytes. */
bool sw_picture_write(const char *path, const uint32_t *pixels, int width, int height, int stride) SW_MUST;

#endif
