/* SPDX-License-Identifier: EUPL-1.2 */
/* What libyuv is told of a video's colours. */
#ifndef SW_RENDER_COLOURS_H
#define SW_RENDER_COLOURS_H

#include <libyuv.h>

#include "base/bitmap.h"

const struct YuvConstants *sw_colours_constants(enum sw_colours colours);

#endif
