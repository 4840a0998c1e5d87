/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/colours.h"

#include <libyuv/row.h>

#if defined __x86_64__ || defined __i386__

/* Factors of ITU-R BT.601 and BT.709, in 64ths. libyuv's own stop at 2 where the first colour adds 2.018 or 2.112 times itself to blue: a
 * strong blue would be 13 of 255 too dark. Its functions take more. `y`: of brightness, in 64ths of 256 / 257; `bias`: what black is,
 * less a half for rounding. */
#define FOUR(a, b) a, b, a, b, a, b, a, b
#define SIXTEEN(a, b) FOUR(a, b), FOUR(a, b), FOUR(a, b), FOUR(a, b)
#define CONSTANTS(blue_u, green_u, green_v, red_v, y, bias)                                                          \
    {                                                                                                                \
        {SIXTEEN(blue_u, 0)}, {SIXTEEN(green_u, green_v)}, {SIXTEEN(0, red_v)}, {FOUR(y, y), FOUR(y, y)}, {          \
            FOUR(bias, bias), FOUR(bias, bias)                                                                       \
        }                                                                                                            \
    }

static const struct YuvConstants constants[SW_COLOURS_COUNT] = {
    [SW_COLOURS_601_LIMITED] = CONSTANTS(129, 25, 52, 102, 18997, -1160),
    [SW_COLOURS_601_FULL] = CONSTANTS(113, 22, 46, 90, 16320, 32),
    [SW_COLOURS_709_LIMITED] = CONSTANTS(135, 14, 34, 115, 18997, -1160),
    [SW_COLOURS_709_FULL] = CONSTANTS(119, 12, 30, 101, 16320, 32),
};

const struct YuvConstants *sw_colours_constants(enum sw_colours colours) { return &constants[colours]; }

#else

const struct YuvConstants *sw_colours_constants(enum sw_colours colours)
{
    switch (colours) {
    case SW_COLOURS_601_LIMITED: return &kYuvI601Constants;
    case SW_COLOURS_601_FULL: return &kYuvJPEGConstants;
    case SW_COLOURS_709_LIMITED: return &kYuvH709Constants;
    case SW_COLOURS_709_FULL: return &kYuvF709Constants;
    }
    return &kYuvH709Constants;
}

#endif
