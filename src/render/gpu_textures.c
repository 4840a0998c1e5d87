/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/gpu_textures.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"

#define BUCKETS 4096 /* a power of two */

struct entry {
    struct sw_gpu_image image;
    uint64_t serial;
    size_t bytes;
    struct entry *next_in_bucket;
    struct entry *newer, *older; /* by when it was last drawn */
};

struct sw_gpu_textures {
    struct sw_gpu_device *device;
    size_t budget, bytes, count;
    int side_max;
    struct entry *buckets[BUCKETS];
    struct entry *newest, *oldest;
};

struct sw_gpu_textures *sw_gpu_textures_create(struct sw_gpu_device *device, size_t budget, int side_max)
{
    assert(side_max >= 3);
    struct sw_gpu_textures *textures = sw_alloc(sizeof *textures);
    textures->device = device;
    textures->budget = budget;
    textures->side_max = side_max;
    return textures;
}

static struct entry **bucket_of(struct sw_gpu_textures *textures, uint64_t serial)
{
    return &textures->buckets[serial & (BUCKETS - 1)];
}

static void unlink_entry(struct sw_gpu_textures *textures, struct entry *entry)
{
    *(entry->newer != NULL ? &entry->newer->older : &textures->newest) = entry->older;
    *(entry->older != NULL ? &entry->older->newer : &textures->oldest) = entry->newer;
}

static void link_newest(struct sw_gpu_textures *textures, struct entry *entry)
{
    entry->newer = NULL;
    entry->older = textures->newest;
    *(entry->older != NULL ? &entry->older->newer : &textures->oldest) = entry;
    textures->newest = entry;
}

static void destroy_entry(struct entry *entry)
{
    for (size_t i = 0; i < entry->image.tile_count; i++)
        if (entry->image.tiles[i].texture != NULL)
            SDL_DestroyTexture(entry->image.tiles[i].texture);
    free(entry->image.tiles);
    free(entry);
}

static void drop(struct sw_gpu_textures *textures, struct entry *entry)
{
    struct entry **at = bucket_of(textures, entry->serial);
    while (*at != entry)
        at = &(*at)->next_in_bucket;
    *at = entry->next_in_bucket;
    unlink_entry(textures, entry);
    textures->bytes -= entry->bytes;
    textures->count--;
    destroy_entry(entry);
}

void sw_gpu_textures_destroy(struct sw_gpu_textures *textures)
{
    if (textures == NULL)
        return;
    while (textures->oldest != NULL)
        drop(textures, textures->oldest);
    free(textures);
}

/* Pixels as all textures have them, 32 bits each: of a mask white at its opacity. */
static void spread(const struct sw_bitmap *bitmap, struct sw_box_px box, uint32_t *out)
{
    for (int y = 0; y < box.height; y++) {
        const uint8_t *row = bitmap->pixels + (ptrdiff_t)bitmap->stride * (box.y + y) + box.x;
        for (int x = 0; x < box.width; x++)
            *out++ = row[x] * 0x01010101u;
    }
}

static bool upload(SDL_Texture *texture, const struct sw_bitmap *bitmap, struct sw_box_px box)
{
    if (bitmap->format != SW_PIXELS_A8) {
        const uint8_t *from = bitmap->pixels + (ptrdiff_t)bitmap->stride * box.y + 4 * (ptrdiff_t)box.x;
        return SDL_UpdateTexture(texture, NULL, from, bitmap->stride) == 0;
    }
    uint32_t *pixels = sw_alloc_array((size_t)box.width * (size_t)box.height, sizeof *pixels);
    spread(bitmap, box, pixels);
    bool good = SDL_UpdateTexture(texture, NULL, pixels, box.width * 4) == 0;
    free(pixels);
    return good;
}

/* What the texture of a tile has: the tile and a pixel around it, as far as the bitmap goes. */
static struct sw_box_px with_edges(struct sw_box_px part, const struct sw_bitmap *bitmap)
{
    struct sw_box_px wide = {part.x - 1, part.y - 1, part.width + 2, part.height + 2};
    return sw_box_px_intersect(wide, (struct sw_box_px){0, 0, bitmap->width, bitmap->height});
}

static bool make_tile(struct sw_gpu_textures *textures, struct sw_gpu_tile *tile, const struct sw_bitmap *bitmap)
{
    tile->stored = with_edges(tile->part, bitmap);
    tile->texture = SDL_CreateTexture(textures->device->renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC, tile->stored.width,
                                      tile->stored.height);
    return tile->texture != NULL && SDL_SetTextureScaleMode(tile->texture, SDL_ScaleModeLinear) == 0 &&
           upload(tile->texture, bitmap, tile->stored);
}

/* Pixels of a bitmap's side that one tile draws. */
static int tile_side(int side, int side_max) { return side <= side_max ? side : side_max - 2; }

static struct entry *make_entry(struct sw_gpu_textures *textures, const struct sw_bitmap *bitmap)
{
    struct entry *entry = sw_alloc(sizeof *entry);
    int width = tile_side(bitmap->width, textures->side_max), height = tile_side(bitmap->height, textures->side_max);
    size_t columns = (size_t)((bitmap->width + width - 1) / width), rows = (size_t)((bitmap->height + height - 1) / height);
    entry->serial = bitmap->serial;
    entry->image.tile_count = columns * rows;
    entry->image.tiles = sw_alloc_array(entry->image.tile_count, sizeof *entry->image.tiles);
    for (size_t i = 0; i < entry->image.tile_count; i++) {
        struct sw_gpu_tile *tile = &entry->image.tiles[i];
        struct sw_box_px box = {(int)(i % columns) * width, (int)(i / columns) * height, width, height};
        tile->part = sw_box_px_intersect(box, (struct sw_box_px){0, 0, bitmap->width, bitmap->height});
        if (!make_tile(textures, tile, bitmap)) {
            destroy_entry(entry);
            return NULL;
        }
        entry->bytes += 4 * (size_t)tile->stored.width * (size_t)tile->stored.height;
    }
    return entry;
}

const struct sw_gpu_image *sw_gpu_textures_get(struct sw_gpu_textures *textures, const struct sw_bitmap *bitmap)
{
    struct entry **bucket = bucket_of(textures, bitmap->serial), *entry = *bucket;
    while (entry != NULL && entry->serial != bitmap->serial)
        entry = entry->next_in_bucket;
    if (entry != NULL) {
        unlink_entry(textures, entry);
        link_newest(textures, entry);
        return &entry->image;
    }
    size_t wanted = 4 * (size_t)bitmap->width * (size_t)bitmap->height;
    while (textures->oldest != NULL && textures->bytes + wanted > textures->budget)
        drop(textures, textures->oldest);
    entry = make_entry(textures, bitmap);
    if (entry == NULL)
        return NULL;
    entry->next_in_bucket = *bucket;
    *bucket = entry;
    link_newest(textures, entry);
    textures->bytes += entry->bytes;
    textures->count++;
    return &entry->image;
}

void sw_gpu_textures_usage(const struct sw_gpu_textures *textures, size_t *count, size_t *bytes)
{
    *count = textures->count;
    *bytes = textures->bytes;
}
