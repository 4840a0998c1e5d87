/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows of pixels over rows of pixels, all opaque: what cross-fades do to every pixel of a wall, sixty times a second. `count` pixels;
 * rows do not overlap unless that is said. Any thread. */
#ifndef SW_RENDER_BLEND_H
#define SW_RENDER_BLEND_H

#include <stddef.h>
#include <stdint.h>

/* Of layers, whose unused byte is 0xff and stays so: `from` where mix is 0, `to` where it is 255, between them else; each channel
 * rounded to the nearest, so that equal pixels stay as they are. */
void sw_blend_mix(uint32_t *out, const uint32_t *from, const uint32_t *to, size_t count, uint8_t mix);
/* `above` at an opacity of alpha / 255 over `below`, to the bit as pixman's OVER with a mask has it. Unused bytes do not count; they become
 * 0xff. */
void sw_blend_over(uint32_t *out, const uint32_t *below, const uint32_t *above, size_t count, uint8_t alpha);
/* The same over what is there. */
void sw_blend_onto(uint32_t *out, const uint32_t *above, size_t count, uint8_t alpha);
/* The same, each pixel of `above` at an opacity of alpha / 255 times its share of `shape` / 255. */
void sw_blend_through(uint32_t *out, const uint32_t *above, const uint8_t *shape, size_t count, uint8_t alpha);

#endif
