/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/blend.h"

#include <string.h>

#include "base/must.h"

/* All is done in 16 bits, channel by channel, so that compilers make vectors of it. */

/* x / 255, rounded to the nearest; x up to 255 * 255. */
static inline uint8_t divided(uint16_t x)
{
    uint16_t half = (uint16_t)(x + 128);
    return (uint8_t)((uint16_t)(half + (half >> 8)) >> 8);
}

SW_WIDE static void mix(uint8_t *restrict out, const uint8_t *restrict from, const uint8_t *restrict to, size_t count, uint16_t share)
{
    uint16_t rest = (uint16_t)(255 - share);
    for (size_t i = 0; i < count; i++)
        out[i] = divided((uint16_t)(from[i] * rest + to[i] * share));
}

/* 0xff where a channel is the unused one. */
#define UNUSED 0, 0, 0, 0xff
#define BLOCK 64 /* bytes: what is known in advance of so many makes vectors too */
static const uint8_t opaque[BLOCK] = {UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED,
                                      UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED, UNUSED};

static inline uint8_t over_one(uint8_t below, uint8_t above, uint16_t alpha, uint16_t rest, uint8_t unused)
{
    return (uint8_t)((divided((uint16_t)(above * alpha)) + divided((uint16_t)(below * rest))) | unused);
}

SW_WIDE static void over(uint8_t *restrict out, const uint8_t *restrict below, const uint8_t *restrict above, size_t count, uint16_t alpha)
{
    uint16_t rest = (uint16_t)(255 - alpha);
    size_t i = 0;
    for (; i + BLOCK <= count; i += BLOCK)
        for (size_t k = 0; k < BLOCK; k++)
            out[i + k] = over_one(below[i + k], above[i + k], alpha, rest, opaque[k]);
    for (size_t k = 0; i + k < count; k++)
        out[i + k] = over_one(below[i + k], above[i + k], alpha, rest, opaque[k]);
}

SW_WIDE static void onto(uint8_t *restrict out, const uint8_t *restrict above, size_t count, uint16_t alpha)
{
    uint16_t rest = (uint16_t)(255 - alpha);
    size_t i = 0;
    for (; i + BLOCK <= count; i += BLOCK)
        for (size_t k = 0; k < BLOCK; k++)
            out[i + k] = over_one(out[i + k], above[i + k], alpha, rest, opaque[k]);
    for (size_t k = 0; i + k < count; k++)
        out[i + k] = over_one(out[i + k], above[i + k], alpha, rest, opaque[k]);
}

static inline void through_some(uint8_t *out, const uint8_t *above, const uint8_t *shape, size_t count, uint16_t alpha)
{
    for (size_t i = 0; i < count; i++) {
        uint16_t share = divided((uint16_t)(shape[i] * alpha)), rest = (uint16_t)(255 - share);
        for (size_t k = 0; k < 4; k++)
            out[4 * i + k] = over_one(out[4 * i + k], above[4 * i + k], share, rest, opaque[k]);
    }
}

#define SOME 8 /* pixels: most shapes let most of them through whole */

SW_WIDE static void through(uint32_t *restrict out, const uint32_t *restrict above, const uint8_t *restrict shape, size_t count,
                            uint16_t alpha)
{
    uint32_t unused;
    size_t i = 0;
    memcpy(&unused, opaque, sizeof unused);
    for (; i + SOME <= count; i += SOME) {
        uint64_t shares;
        memcpy(&shares, shape + i, sizeof shares);
        if (shares != UINT64_MAX || alpha != 255)
            through_some((uint8_t *)(out + i), (const uint8_t *)(above + i), shape + i, SOME, alpha);
        else
            for (size_t k = i; k < i + SOME; k++)
                out[k] = above[k] | unused;
    }
    through_some((uint8_t *)(out + i), (const uint8_t *)(above + i), shape + i, count - i, alpha);
}

void sw_blend_mix(uint32_t *out, const uint32_t *from, const uint32_t *to, size_t count, uint8_t share)
{
    mix((uint8_t *)out, (const uint8_t *)from, (const uint8_t *)to, 4 * count, share);
}

void sw_blend_over(uint32_t *out, const uint32_t *below, const uint32_t *above, size_t count, uint8_t alpha)
{
    over((uint8_t *)out, (const uint8_t *)below, (const uint8_t *)above, 4 * count, alpha);
}

void sw_blend_onto(uint32_t *out, const uint32_t *above, size_t count, uint8_t alpha)
{
    onto((uint8_t *)out, (const uint8_t *)above, 4 * count, alpha);
}

void sw_blend_through(uint32_t *out, const uint32_t *above, const uint8_t *shape, size_t count, uint8_t alpha)
{
    through(out, above, shape, count, alpha);
}
