/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/gpu_films.h"

#include <stdlib.h>

#include "base/memory.h"

#define PLACES_MAX 48 /* more are not kept beyond the frame that shows them */
#define IDLE_MAX 120  /* frames that a place may go without being drawn */

struct place {
    uint64_t identity, serial; /* of the draw; of the picture that is held, 0: none */
    int width, height, halvings; /* as the picture is held */
    enum sw_colours colours;
    SDL_Texture *planes;     /* NULL: the pixels are filled by the processor */
    SDL_Texture *pixels;
    struct sw_bitmap *large; /* instead of both: it goes among the other textures */
    unsigned idle;
    struct sw_gpu_tile tile;
    struct sw_gpu_image image;
};

struct sw_gpu_films {
    struct sw_gpu_device *device;
    struct sw_gpu_textures *textures;
    int side_max;
    struct place **places; /* an image stays where it is */
    size_t count, capacity;
};

struct sw_gpu_films *sw_gpu_films_create(struct sw_gpu_device *device, struct sw_gpu_textures *textures, int side_max)
{
    struct sw_gpu_films *films = sw_alloc(sizeof *films);
    films->device = device;
    films->textures = textures;
    films->side_max = side_max;
    return films;
}

static void destroy_place(struct place *place)
{
    if (place->planes != NULL)
        SDL_DestroyTexture(place->planes);
    if (place->pixels != NULL)
        SDL_DestroyTexture(place->pixels);
    sw_bitmap_release(place->large);
    free(place);
}

static void drop(struct sw_gpu_films *films, size_t index)
{
    destroy_place(films->places[index]);
    films->places[index] = films->places[--films->count];
}

void sw_gpu_films_destroy(struct sw_gpu_films *films)
{
    if (films == NULL)
        return;
    while (films->count > 0)
        drop(films, films->count - 1);
    free(films->places);
    free(films);
}

void sw_gpu_films_step(struct sw_gpu_films *films)
{
    for (size_t i = films->count; i-- > 0;) {
        unsigned idle = ++films->places[i]->idle;
        if (idle > IDLE_MAX || (idle > 1 && films->count > PLACES_MAX))
            drop(films, i);
    }
}

void sw_gpu_films_lost(struct sw_gpu_films *films)
{
    for (size_t i = 0; i < films->count; i++)
        films->places[i]->serial = 0;
}

size_t sw_gpu_films_count(const struct sw_gpu_films *films) { return films->count; }

/* SDL knows no full range of BT.709. And what is halved is less to upload as pixels than as planes. */
static bool by_processor(const struct place *place) { return place->colours == SW_COLOURS_709_FULL || place->halvings > 0; }

static SDL_YUV_CONVERSION_MODE mode_of(enum sw_colours colours)
{
    switch (colours) {
    case SW_COLOURS_601_LIMITED: return SDL_YUV_CONVERSION_BT601;
    case SW_COLOURS_601_FULL: return SDL_YUV_CONVERSION_JPEG;
    case SW_COLOURS_709_LIMITED:
    case SW_COLOURS_709_FULL: return SDL_YUV_CONVERSION_BT709;
    }
    return SDL_YUV_CONVERSION_BT709;
}

/* Whose textures are to be used: those that hold the picture already, else those of the draw. */
static struct place *find(const struct sw_gpu_films *films, uint64_t identity, const struct sw_film *film)
{
    struct place *found = NULL;
    for (size_t i = 0; i < films->count; i++) {
        struct place *place = films->places[i];
        bool same_kind = place->width == film->width && place->height == film->height && place->halvings == film->halvings &&
                         place->colours == film->bitmap->colours;
        if (same_kind && place->serial == film->bitmap->serial)
            return place;
        if (same_kind && place->identity == identity)
            found = place;
    }
    return found;
}

static struct place *add(struct sw_gpu_films *films, uint64_t identity, const struct sw_film *film)
{
    struct place *place = sw_alloc(sizeof *place);
    films->places = sw_grow(films->places, &films->capacity, films->count + 1, sizeof(struct place *));
    films->places[films->count++] = place;
    place->identity = identity;
    place->width = film->width;
    place->height = film->height;
    place->halvings = film->halvings;
    place->colours = film->bitmap->colours;
    return place;
}

static SDL_Texture *new_texture(struct sw_gpu_films *films, Uint32 format, int access, SDL_ScaleMode mode, int width, int height)
{
    SDL_Texture *texture = SDL_CreateTexture(films->device->renderer, format, access, width, height);
    if (texture != NULL && SDL_SetTextureScaleMode(texture, mode) == 0 && SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_NONE) == 0)
        return texture;
    if (texture != NULL)
        SDL_DestroyTexture(texture);
    return NULL;
}

static bool fill_by_processor(struct sw_gpu_films *films, struct place *place, const struct sw_film *film)
{
    void *pixels = NULL;
    int pitch = 0;
    if (place->pixels == NULL)
        place->pixels = new_texture(films, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING, SDL_ScaleModeLinear, place->width,
                                    place->height);
    if (place->pixels == NULL || SDL_LockTexture(place->pixels, NULL, &pixels, &pitch) != 0)
        return false;
    sw_film_convert(film->bitmap, film->halvings, (struct sw_box_px){0, 0, place->width, place->height}, pixels, pitch);
    SDL_UnlockTexture(place->pixels);
    return true;
}

/* The sides of the planes are even, so that a pixel's colours are read where they are. The pixels have red first: OpenGL ES puts planes
 * into no others, and would give red for blue. */
static bool make_planes(struct sw_gpu_films *films, struct place *place)
{
    if (place->planes == NULL)
        place->planes = new_texture(films, SDL_PIXELFORMAT_IYUV, SDL_TEXTUREACCESS_STATIC, SDL_ScaleModeNearest, (place->width + 1) & ~1,
                                    (place->height + 1) & ~1);
    if (place->pixels == NULL)
        place->pixels = new_texture(films, SDL_PIXELFORMAT_ABGR8888, SDL_TEXTUREACCESS_TARGET, SDL_ScaleModeLinear, place->width,
                                    place->height);
    return place->planes != NULL && place->pixels != NULL;
}

static bool fill_by_gpu(struct sw_gpu_films *films, struct place *place, const struct sw_film *film)
{
    SDL_Renderer *renderer = films->device->renderer;
    const struct sw_bitmap *bitmap = film->bitmap;
    const SDL_Rect all = {0, 0, place->width, place->height};
    SDL_SetYUVConversionMode(mode_of(place->colours)); /* OpenGL's asks when textures are made, OpenGL ES's when they are drawn */
    return make_planes(films, place) &&
           SDL_UpdateYUVTexture(place->planes, &all, bitmap->pixels, bitmap->stride, bitmap->chroma[0], bitmap->chroma_stride,
                                bitmap->chroma[1], bitmap->chroma_stride) == 0 &&
           SDL_SetRenderTarget(renderer, place->pixels) == 0 && SDL_RenderCopy(renderer, place->planes, &all, NULL) == 0 &&
           SDL_RenderFlush(renderer) == 0;
}

/* Target and clip are put back. */
static bool fill_elsewhere(struct sw_gpu_films *films, struct place *place, const struct sw_film *film)
{
    SDL_Renderer *renderer = films->device->renderer;
    SDL_Texture *target = SDL_GetRenderTarget(renderer);
    SDL_Rect clip;
    SDL_bool clips = SDL_RenderIsClipEnabled(renderer);
    SDL_RenderGetClipRect(renderer, &clip);
    bool filled = fill_by_gpu(films, place, film);
    return SDL_SetRenderTarget(renderer, target) == 0 && SDL_RenderSetClipRect(renderer, clips ? &clip : NULL) == 0 && filled;
}

/* As one bitmap among the others, which may be cut in tiles. */
static void make_large(struct place *place, const struct sw_film *film)
{
    sw_bitmap_release(place->large);
    place->large = sw_bitmap_create(SW_PIXELS_XRGB, film->width, film->height);
    sw_film_convert(film->bitmap, film->halvings, (struct sw_box_px){0, 0, film->width, film->height},
                    (uint32_t *)(void *)place->large->pixels, place->large->stride);
}

const struct sw_gpu_image *sw_gpu_films_get(struct sw_gpu_films *films, uint64_t identity, const struct sw_film *film)
{
    struct place *place = find(films, identity, film);
    if (place == NULL)
        place = add(films, identity, film);
    bool large = film->width >= films->side_max || film->height >= films->side_max, filled = true;
    place->idle = 0;
    if (place->serial != film->bitmap->serial && large)
        make_large(place, film);
    else if (place->serial != film->bitmap->serial)
        filled = by_processor(place) ? fill_by_processor(films, place, film) : fill_elsewhere(films, place, film);
    place->serial = filled ? film->bitmap->serial : 0;
    if (large)
        return sw_gpu_textures_get(films->textures, place->large);
    struct sw_box_px all = {0, 0, film->width, film->height};
    place->tile = (struct sw_gpu_tile){place->pixels, all, all};
    place->image = (struct sw_gpu_image){1, &place->tile};
    return filled ? &place->image : NULL;
}
