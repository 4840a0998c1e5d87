/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/mask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define COPIES_MAX 512

struct copy {
    uint64_t serial; /* of the picture */
    double radius;
    bool turned;
    struct sw_bitmap *bitmap;
    uint64_t used; /* the frame that asked for it last */
};

struct sw_masks {
    struct copy *items;
    size_t count, capacity, budget;
    uint64_t frame;
};

struct sw_masks *sw_masks_create(size_t budget)
{
    struct sw_masks *masks = sw_alloc(sizeof *masks);
    masks->budget = budget;
    return masks;
}

void sw_masks_destroy(struct sw_masks *masks)
{
    if (masks == NULL) {
        return;
    }
    for (size_t i = 0; i < masks->count; i++) {
        sw_bitmap_release(masks->items[i].bitmap);
    }
    free(masks->items);
    free(masks);
}

static const uint32_t *row_of(const struct sw_bitmap *bitmap, int y)
{
    return (const uint32_t *)(const void *)(bitmap->pixels + (size_t)y * (size_t)bitmap->stride);
}

static uint32_t *writable_row(struct sw_bitmap *bitmap, int y)
{
    return (uint32_t *)(void *)(bitmap->pixels + (size_t)y * (size_t)bitmap->stride);
}

static void copy_pixels(struct sw_bitmap *into, const struct sw_bitmap *from, bool turned)
{
    for (int y = 0; y < from->height; y++) {
        const uint32_t *source = row_of(from, y);
        uint32_t *target = writable_row(into, y);
        if (!turned) {
            memcpy(target, source, (size_t)from->width * sizeof *target);
            continue;
        }
        for (int x = 0; x < from->width; x++) {
            target[x] = source[from->width - 1 - x];
        }
    }
}

/* How much of the pixel x, y (0, 0: the corner) lies within the quarter of a circle: 4 by 4 points are asked. */
static uint32_t coverage(int x, int y, double radius)
{
    uint32_t in = 0;
    for (int i = 0; i < 16; i++) {
        double dx = radius - (x + (i % 4 + 0.5) / 4), dy = radius - (y + (i / 4 + 0.5) / 4);
        in += dx <= 0 || dy <= 0 || dx * dx + dy * dy <= radius * radius;
    }
    return in;
}

static void weaken(uint32_t *pixel, uint32_t sixteenths)
{
    uint32_t result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        result |= ((*pixel >> shift & 0xff) * sixteenths / 16) << shift;
    }
    *pixel = result;
}

static void round_corners(struct sw_bitmap *bitmap, double radius)
{
    int reach = (int)ceil(radius), right = bitmap->width - 1, bottom = bitmap->height - 1;
    for (int y = 0; y < reach && y <= bottom - y; y++) {
        for (int x = 0; x < reach && x <= right - x; x++) {
            uint32_t in = coverage(x, y, radius);
            if (in == 16) {
                continue;
            }
            weaken(&writable_row(bitmap, y)[x], in);
            if (right - x != x) {
                weaken(&writable_row(bitmap, y)[right - x], in);
            }
            if (bottom - y != y) {
                weaken(&writable_row(bitmap, bottom - y)[x], in);
                if (right - x != x) {
                    weaken(&writable_row(bitmap, bottom - y)[right - x], in);
                }
            }
        }
    }
}

static struct sw_bitmap *make_copy(const struct sw_bitmap *bitmap, double radius, bool turned)
{
    enum sw_pixels format = radius > 0 ? SW_PIXELS_ARGB : bitmap->format;
    struct sw_bitmap *copy = sw_bitmap_create(format, bitmap->width, bitmap->height);
    if (copy != NULL) {
        copy_pixels(copy, bitmap, turned);
        round_corners(copy, radius);
    }
    return copy;
}

/* Of those kept, the one that nothing has asked for the longest. */
static struct copy *oldest(struct sw_masks *masks)
{
    struct copy *least = &masks->items[0];
    for (size_t i = 1; i < masks->count; i++) {
        least = masks->items[i].used < least->used ? &masks->items[i] : least;
    }
    return least;
}

static void drop(struct sw_masks *masks, struct copy *copy)
{
    sw_bitmap_release(copy->bitmap);
    *copy = masks->items[--masks->count];
}

struct sw_bitmap *sw_masks_get(struct sw_masks *masks, struct sw_bitmap *bitmap, double radius, bool turned)
{
    radius = fmin(fmax(0, radius), fmin(bitmap->width, bitmap->height) / 2.0);
    if (bitmap->format == SW_PIXELS_A8 || (radius < 0.5 && !turned)) {
        return bitmap;
    }
    for (size_t i = 0; i < masks->count; i++) {
        struct copy *copy = &masks->items[i];
        if (copy->serial == bitmap->serial && copy->radius == radius && copy->turned == turned) {
            copy->used = masks->frame;
            return copy->bitmap;
        }
    }
    struct sw_bitmap *made = make_copy(bitmap, radius, turned);
    if (made == NULL || masks->count == COPIES_MAX) {
        sw_bitmap_release(made);
        return bitmap;
    }
    masks->items = sw_grow(masks->items, &masks->capacity, masks->count + 1, sizeof *masks->items);
    masks->items[masks->count++] = (struct copy){bitmap->serial, radius, turned, made, masks->frame};
    return made;
}

void sw_masks_collect(struct sw_masks *masks)
{
    masks->frame++;
    size_t bytes = 0;
    for (size_t i = 0; i < masks->count; i++) {
        bytes += sw_bitmap_bytes(masks->items[i].bitmap);
    }
    while (masks->count > 0 && (bytes > masks->budget || masks->count > COPIES_MAX / 2)) {
        struct copy *copy = oldest(masks);
        if (copy->used + 1 >= masks->frame) {
            break; /* the frame before showed it */
        }
        bytes -= sw_bitmap_bytes(copy->bitmap);
        drop(masks, copy);
    }
}
