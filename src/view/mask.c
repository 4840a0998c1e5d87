/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/mask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define COPIES_MAX 512

struct copy {
    uint64_t serial; /* of the picture; 0: it is a shape */
    struct sw_mask mask;
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
static uint32_t coverage(int x, int y, const struct sw_mask *mask)
{
    uint32_t in = 0;
    double reach = fmax(0, mask->radius - mask->inset);
    for (int i = 0; i < 16; i++) {
        double dx = mask->radius - (x + (i % 4 + 0.5) / 4), dy = mask->radius - (y + (i / 4 + 0.5) / 4);
        in += dx <= 0 || dy <= 0 || dx * dx + dy * dy <= reach * reach;
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

static void weaken_at(struct sw_bitmap *bitmap, int x, int y, uint32_t sixteenths)
{
    if (bitmap->format == SW_PIXELS_A8)
        bitmap->pixels[(size_t)y * (size_t)bitmap->stride + (size_t)x] = (uint8_t)(255 * sixteenths / 16);
    else
        weaken(&writable_row(bitmap, y)[x], sixteenths);
}

static void round_corner(struct sw_bitmap *bitmap, const struct sw_mask *mask, enum sw_corner corner)
{
    int reach = (int)ceil(mask->radius), right = bitmap->width - 1, bottom = bitmap->height - 1;
    bool at_right = corner == SW_CORNER_TOP_RIGHT || corner == SW_CORNER_BOTTOM_RIGHT;
    bool at_bottom = corner == SW_CORNER_BOTTOM_LEFT || corner == SW_CORNER_BOTTOM_RIGHT;
    for (int y = 0; y < reach && y <= bottom; y++) {
        for (int x = 0; x < reach && x <= right; x++) {
            uint32_t in = coverage(x, y, mask);
            if (in < 16) {
                weaken_at(bitmap, at_right ? right - x : x, at_bottom ? bottom - y : y, in);
            }
        }
    }
}

static void round_corners(struct sw_bitmap *bitmap, const struct sw_mask *mask)
{
    for (unsigned corner = SW_CORNER_TOP_LEFT; corner <= SW_CORNER_BOTTOM_RIGHT; corner <<= 1) {
        if ((mask->corners & corner) != 0) {
            round_corner(bitmap, mask, (enum sw_corner)corner);
        }
    }
}

static struct sw_bitmap *make_copy(const struct sw_bitmap *bitmap, const struct sw_mask *mask)
{
    enum sw_pixels format = mask->corners != 0 ? SW_PIXELS_ARGB : bitmap->format;
    struct sw_bitmap *copy = sw_bitmap_create(format, bitmap->width, bitmap->height);
    if (copy == NULL) {
        return NULL;
    }
    copy_pixels(copy, bitmap, mask->turned);
    round_corners(copy, mask);
    return copy;
}

static struct sw_bitmap *make_shape(int width, int height, const struct sw_mask *mask)
{
    struct sw_bitmap *shape = sw_bitmap_create(SW_PIXELS_A8, width, height);
    if (shape != NULL) {
        memset(shape->pixels, 0xff, sw_bitmap_bytes(shape));
        round_corners(shape, mask);
    }
    return shape;
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

/* Two masks that do the same are the same. */
static struct sw_mask normal(const struct sw_mask *mask, int width, int height)
{
    struct sw_mask same = *mask;
    same.radius = fmin(same.radius, fmin(width, height) / 2.0);
    if (!(same.radius >= 0.5) || same.corners == 0) {
        same = (struct sw_mask){.turned = mask->turned};
    }
    return same;
}

static bool same_mask(const struct sw_mask *a, const struct sw_mask *b)
{
    return a->radius == b->radius && a->inset == b->inset && a->corners == b->corners && a->turned == b->turned;
}

/* Of the picture with that serial; 0: the shape of that size. NULL: there is none yet. */
static struct sw_bitmap *find(struct sw_masks *masks, uint64_t serial, int width, int height, const struct sw_mask *mask)
{
    for (size_t i = 0; i < masks->count; i++) {
        struct copy *copy = &masks->items[i];
        bool same_size = copy->bitmap->width == width && copy->bitmap->height == height;
        if (copy->serial == serial && same_size && same_mask(&copy->mask, mask)) {
            copy->used = masks->frame;
            return copy->bitmap;
        }
    }
    return NULL;
}

/* Keeps what was made; NULL: nothing was. */
static struct sw_bitmap *keep(struct sw_masks *masks, uint64_t serial, const struct sw_mask *mask, struct sw_bitmap *made)
{
    if (made != NULL) {
        masks->items = sw_grow(masks->items, &masks->capacity, masks->count + 1, sizeof *masks->items);
        masks->items[masks->count++] = (struct copy){serial, *mask, made, masks->frame};
    }
    return made;
}

struct sw_bitmap *sw_masks_get(struct sw_masks *masks, struct sw_bitmap *bitmap, const struct sw_mask *wanted)
{
    struct sw_mask mask = normal(wanted, bitmap->width, bitmap->height);
    if (bitmap->format == SW_PIXELS_A8 || bitmap->format == SW_PIXELS_I420 || (mask.corners == 0 && !mask.turned)) {
        return bitmap;
    }
    struct sw_bitmap *copy = find(masks, bitmap->serial, bitmap->width, bitmap->height, &mask);
    if (copy == NULL && masks->count < COPIES_MAX) {
        copy = keep(masks, bitmap->serial, &mask, make_copy(bitmap, &mask));
    }
    return copy != NULL ? copy : bitmap;
}

struct sw_bitmap *sw_masks_shape(struct sw_masks *masks, int width, int height, const struct sw_mask *wanted)
{
    struct sw_mask mask = normal(wanted, width, height);
    mask.turned = false;
    if (mask.corners == 0) {
        return NULL;
    }
    struct sw_bitmap *shape = find(masks, 0, width, height, &mask);
    return shape == NULL && masks->count < COPIES_MAX ? keep(masks, 0, &mask, make_shape(width, height, &mask)) : shape;
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
