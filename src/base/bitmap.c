/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/bitmap.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/shared.h"

#define SIDE_MAX 16384

static bool side_fits(int side) { return side >= 1 && side <= SIDE_MAX; }

static uint64_t next_serial(void)
{
    static atomic_uint_fast64_t last; /* only ever counted up: an identity, not state */
    return atomic_fetch_add(&last, 1) + 1;
}

static int bytes_per_row(enum sw_pixels format, int width)
{
    return format == SW_PIXELS_A8 ? (width + 3) & ~3 : width * 4;
}

struct sw_bitmap *sw_bitmap_create(enum sw_pixels format, int width, int height)
{
    if (!side_fits(width) || !side_fits(height))
        return NULL;
    int stride = bytes_per_row(format, width);
    size_t head = (sizeof(struct sw_bitmap) + 63) & ~(size_t)63;
    struct sw_bitmap *bitmap = sw_alloc(head + (size_t)stride * (size_t)height);
    bitmap->format = format;
    bitmap->width = width;
    bitmap->height = height;
    bitmap->stride = stride;
    bitmap->pixels = (uint8_t *)bitmap + head;
    bitmap->serial = next_serial();
    atomic_init(&bitmap->holders, 1);
    return bitmap;
}

static void unmap(struct sw_bitmap *bitmap)
{
    sw_shared_unmap(bitmap->pixels, bitmap->mapped);
}

/* What is never written may come from where nobody could. */
static uint8_t *unwritten(const void *place)
{
    union {
        const void *readable;
        uint8_t *bytes;
    } both = {.readable = place};
    return both.bytes;
}

struct sw_bitmap *sw_bitmap_wrap(enum sw_pixels format, int width, int height, int stride, const void *mapping, size_t size)
{
    if (!side_fits(width) || !side_fits(height) || stride < bytes_per_row(format, width) || stride % 4 != 0 ||
        (size_t)stride * (size_t)height > size)
        return NULL;
    struct sw_bitmap *bitmap = sw_alloc(sizeof *bitmap);
    bitmap->format = format;
    bitmap->width = width;
    bitmap->height = height;
    bitmap->stride = stride;
    bitmap->pixels = unwritten(mapping);
    bitmap->serial = next_serial();
    atomic_init(&bitmap->holders, 1);
    bitmap->release = unmap;
    bitmap->mapped = size;
    return bitmap;
}

struct sw_bitmap *sw_bitmap_wrap_planes(const struct sw_planes *planes, void (*release)(struct sw_bitmap *bitmap), void *owner)
{
    if (!side_fits(planes->width) || !side_fits(planes->height) || planes->strides[0] < planes->width ||
        planes->strides[1] < (planes->width + 1) / 2)
        return NULL;
    struct sw_bitmap *bitmap = sw_alloc(sizeof *bitmap);
    bitmap->format = SW_PIXELS_I420;
    bitmap->width = planes->width;
    bitmap->height = planes->height;
    bitmap->stride = planes->strides[0];
    bitmap->pixels = unwritten(planes->planes[0]);
    bitmap->chroma[0] = planes->planes[1];
    bitmap->chroma[1] = planes->planes[2];
    bitmap->chroma_stride = planes->strides[1];
    bitmap->colours = planes->colours;
    bitmap->serial = next_serial();
    atomic_init(&bitmap->holders, 1);
    bitmap->release = release;
    bitmap->owner = owner;
    return bitmap;
}

struct sw_bitmap *sw_bitmap_hold(struct sw_bitmap *bitmap)
{
    if (bitmap != NULL)
        atomic_fetch_add_explicit(&bitmap->holders, 1, memory_order_relaxed);
    return bitmap;
}

void sw_bitmap_release(struct sw_bitmap *bitmap)
{
    if (bitmap == NULL)
        return;
    int before = atomic_fetch_sub_explicit(&bitmap->holders, 1, memory_order_acq_rel);
    assert(before > 0);
    if (before != 1)
        return;
    if (bitmap->release != NULL)
        bitmap->release(bitmap);
    free(bitmap);
}

size_t sw_bitmap_bytes(const struct sw_bitmap *bitmap)
{
    return (size_t)bitmap->stride * (size_t)bitmap->height;
}
