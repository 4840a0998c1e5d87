/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/mask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define COPIES_MAX 512

struct copy {
    uint64_t serial; /* of the picture */
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

static void round_corner(struct sw_bitmap *bitmap, const struct sw_mask *mask, enum sw_corner corner)
{
    int reach = (int)ceil(mask->radius), right = bitmap->width - 1, bottom = bitmap->height - 1;
    bool at_right = corner == SW_CORNER_TOP_RIGHT || corner == SW_CORNER_BOTTOM_RIGHT;
    bool at_bottom = corner == SW_CORNER_BOTTOM_LEFT || corner == SW_CORNER_BOTTOM_RIGHT;
    for (int y = 0; y < reach && y <= bottom; y++) {
        uint32_t *row = writable_row(bitmap, at_bottom ? bottom - y : y);
        for (int x = 0; x < reach && x <= right; x++) {
            uint32_t in = coverage(x, y, mask);
            if (in < 16) {
                weaken(&row[at_right ? right - x : x], in);
            }
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
    for (unsigned corner = SW_CORNER_TOP_LEFT; corner <= SW_CORNER_BOTTOM_RIGHT; corner <<= 1) {
        if ((mask->corners & corner) != 0) {
            round_corner(copy, mask, (enum sw_corner)corner);
        }
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

/* Two masks that do the same are the same. */
static struct sw_mask normal(const struct sw_mask *mask, const struct sw_bitmap *bitmap)
{
    struct sw_mask same = *mask;
    same.radius = fmin(same.radius, fmin(bitmap->width, bitmap->height) / 2.0);
    if (!(same.radius >= 0.5) || same.corners == 0) {
        same = (struct sw_mask){.turned = mask->turned};
    }
    return same;
}

static bool same_mask(const struct sw_mask *a, const struct sw_mask *b)
{
    return a->radius == b->radius && a->inset == b->inset && a->corners == b->corners && a->turned == b->turned;
}

struct sw_bitmap *sw_masks_get(struct sw_masks *masks, struct sw_bitmap *bitmap, const struct sw_mask *wanted)
{
    struct sw_mask mask = normal(wanted, bitmap);
    if (bitmap->format == SW_PIXELS_A8 || (mask.corners == 0 && !mask.turned)) {
        return bitmap;
    }
    for (size_t i = 0; i < masks->count; i++) {
        struct copy *copy = &masks->items[i];
        if (copy->serial == bitmap->serial && same_mask(&copy->mask, &mask)) {
            copy->used = masks->frame;
            return copy->bitmap;
        }
    }
    struct sw_bitmap *made = masks->count < COPIES_MAX ? make_copy(bitmap, &mask) : NULL;
    if (made == NULL) {
        return bitmap;
    }
    masks->items = sw_grow(masks->items, &masks->capacity, masks->count + 1, sizeof *masks->items);
    masks->items[masks->count++] = (struct copy){bitmap->serial, mask, made, masks->frame};
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
