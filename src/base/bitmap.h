/* SPDX-License-Identifier: EUPL-1.2 */
/* Pixels in memory that several may hold: immutable once shared, freed by the last release (atomic count, any thread). 32-bit pixels are
 * 0xAARRGGBB in the machine's byte order, alpha premultiplied; XRGB pixels carry 0xff in the unused byte. */
#ifndef SW_BASE_BITMAP_H
#define SW_BASE_BITMAP_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"

enum sw_pixels {
    SW_PIXELS_A8,   /* coverage; rows padded to 4 bytes */
    SW_PIXELS_XRGB, /* opaque */
    SW_PIXELS_ARGB,
    SW_PIXELS_I420, /* opaque: a plane of brightness, two of colour with half the pixels a side (rounded up); a byte each */
};

/* What the numbers of I420 mean: the matrix, and whether black is 16 (limited) or 0 (full). */
enum sw_colours { SW_COLOURS_601_LIMITED, SW_COLOURS_601_FULL, SW_COLOURS_709_LIMITED, SW_COLOURS_709_FULL };
#define SW_COLOURS_COUNT 4

struct sw_bitmap {
    enum sw_pixels format;
    int width, height, stride; /* pixels, pixels, bytes */
    uint8_t *pixels;           /* read-only once shared */
    uint64_t serial;           /* differs for every bitmap of this process: the content's identity */
    atomic_int holders;
    void (*release)(struct sw_bitmap *bitmap); /* NULL: pixels came with the struct */
    size_t mapped;                             /* bytes of a mapping, for `release` */
    /* I420; `pixels` and `stride` are those of the brightness */
    const uint8_t *chroma[2]; /* U, V */
    int chroma_stride;        /* bytes */
    enum sw_colours colours;
    void *owner; /* whatever `release` needs */
};

/* New zeroed pixels, held once by the caller. Sides 1..16384; NULL beyond that. */
struct sw_bitmap *sw_bitmap_create(enum sw_pixels format, int width, int height) SW_MUST;
/* Wraps a sealed mapping (base/shared.h) of `size` bytes, which is unmapped with the last release. */
struct sw_bitmap *sw_bitmap_wrap(enum sw_pixels format, int width, int height, int stride, const void *mapping, size_t size) SW_MUST;
/* Planes that somebody else keeps, and may have changed by others while they are read: whatever they hold is only looked at. */
struct sw_planes {
    int width, height; /* 1..16384 */
    const uint8_t *planes[3]; /* Y, U, V */
    int strides[2];           /* bytes: of Y; of U and V */
    enum sw_colours colours;
};
/* An I420 bitmap of them. `release` is called with the last release, by whichever thread does that. NULL: strides are too short. */
struct sw_bitmap *sw_bitmap_wrap_planes(const struct sw_planes *planes, void (*release)(struct sw_bitmap *bitmap), void *owner) SW_MUST;
struct sw_bitmap *sw_bitmap_hold(struct sw_bitmap *bitmap);   /* NULL gives NULL */
void sw_bitmap_release(struct sw_bitmap *bitmap);             /* accepts NULL */
size_t sw_bitmap_bytes(const struct sw_bitmap *bitmap);

#endif
