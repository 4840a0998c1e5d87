/* SPDX-License-Identifier: EUPL-1.2 */
/* Bitmaps as the GPU keeps them: made when they are first drawn, kept within a budget of bytes, those first let go that have not been
 * drawn for longest. One that is larger than the GPU's textures may be is cut in tiles. Private to render/. Main thread. */
#ifndef SW_RENDER_GPU_TEXTURES_H
#define SW_RENDER_GPU_TEXTURES_H

#include <SDL.h>
#include <stddef.h>

#include "base/bitmap.h"
#include "base/must.h"
#include "render/gpu_device.h"
#include "view/geometry.h"

/* A part of a bitmap. Its texture has also the pixels around it that are the bitmap's, one a side, so that reading between pixels gives
 * the same at an edge between two tiles as anywhere. */
struct sw_gpu_tile {
    SDL_Texture *texture;
    struct sw_box_px part;   /* of the bitmap, pixels: what the tile draws */
    struct sw_box_px stored; /* what the texture has */
};

struct sw_gpu_image {
    size_t tile_count;
    struct sw_gpu_tile *tiles; /* row by row */
};

struct sw_gpu_textures;

/* `budget`: bytes. `side_max`: of a texture, at least 3. The device must outlive it. */
struct sw_gpu_textures *sw_gpu_textures_create(struct sw_gpu_device *device, size_t budget, int side_max) SW_MUST;
void sw_gpu_textures_destroy(struct sw_gpu_textures *textures); /* accepts NULL */
/* The bitmap as textures: of ARGB and XRGB the pixels, of A8 white at that opacity, premultiplied. NULL: the GPU takes no more, SDL says
 * why. Valid until the next call. */
const struct sw_gpu_image *sw_gpu_textures_get(struct sw_gpu_textures *textures, const struct sw_bitmap *bitmap) SW_MUST;
/* How many bitmaps are kept, and how many bytes they take there. */
void sw_gpu_textures_usage(const struct sw_gpu_textures *textures, size_t *count, size_t *bytes);

#endif
