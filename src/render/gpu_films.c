/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/gpu_films.h"

#include <stdlib.h>

#include "base/memory.h"

#define PLACES_MAX 48   /* more are not kept beyond the frame that shows them */
#define IDLE_MAX 120    /* frames that a place may go without being drawn */
#define LEVELS_MAX 16   /* halvings of the largest picture, and itself */

struct place {
    uint64_t identity, serial; /* of the draw; of the picture that the textures hold, 0: none */
    int width, height;
    enum sw_colours colours;
    SDL_Texture *planes;             /* NULL: level 0 is filled by the processor */
    SDL_Texture *levels[LEVELS_MAX]; /* the picture as pixels; halved once, twice ...; NULL: not needed yet */
    int made;                        /* how many of them hold it */
    struct sw_bitmap *large;         /* instead of all these: the picture for the other textures, halved so often */
    int large_halvings;
    unsigned idle;
    struct sw_gpu_tile tile; /* what was asked for last */
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
    for (int i = 0; i < LEVELS_MAX; i++)
        if (place->levels[i] != NULL)
            SDL_DestroyTexture(place->levels[i]);
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

/* SDL knows no full range of BT.709. */
static bool by_processor(enum sw_colours colours) { return colours == SW_COLOURS_709_FULL; }

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
static struct place *find(const struct sw_gpu_films *films, uint64_t identity, const struct sw_bitmap *bitmap)
{
    struct place *found = NULL;
    for (size_t i = 0; i < films->count; i++) {
        struct place *place = films->places[i];
        bool same_kind = place->width == bitmap->width && place->height == bitmap->height && place->colours == bitmap->colours;
        if (same_kind && place->serial == bitmap->serial)
            return place;
        if (same_kind && place->identity == identity)
            found = place;
    }
    return found;
}

static struct place *add(struct sw_gpu_films *films, uint64_t identity, const struct sw_bitmap *bitmap)
{
    struct place *place = sw_alloc(sizeof *place);
    films->places = sw_grow(films->places, &films->capacity, films->count + 1, sizeof(struct place *));
    films->places[films->count++] = place;
    place->identity = identity;
    place->width = bitmap->width;
    place->height = bitmap->height;
    place->colours = bitmap->colours;
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

static bool fill_by_processor(struct sw_gpu_films *films, struct place *place, const struct sw_bitmap *bitmap)
{
    void *pixels = NULL;
    int pitch = 0;
    if (place->levels[0] == NULL)
        place->levels[0] = new_texture(films, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING, SDL_ScaleModeLinear, place->width,
                                       place->height);
    if (place->levels[0] == NULL || SDL_LockTexture(place->levels[0], NULL, &pixels, &pitch) != 0)
        return false;
    sw_film_convert(bitmap, 0, (struct sw_box_px){0, 0, place->width, place->height}, pixels, pitch);
    SDL_UnlockTexture(place->levels[0]);
    return true;
}

/* The part of a texture into all of another. */
static bool draw_into(struct sw_gpu_films *films, SDL_Texture *from, SDL_Rect part, SDL_Texture *to)
{
    return SDL_SetRenderTarget(films->device->renderer, to) == 0 && SDL_RenderCopy(films->device->renderer, from, &part, NULL) == 0;
}

/* OpenGL ES puts planes into textures with red first and into no others: the wall's it would give red for blue. */
static SDL_Texture *new_level(struct sw_gpu_films *films, const struct place *place, int level)
{
    return new_texture(films, SDL_PIXELFORMAT_ABGR8888, SDL_TEXTUREACCESS_TARGET, SDL_ScaleModeLinear, place->width >> level,
                       place->height >> level);
}

/* The sides of the planes are even, so that a pixel's colours are read where they are. */
static bool fill_by_gpu(struct sw_gpu_films *films, struct place *place, const struct sw_bitmap *bitmap)
{
    const SDL_Rect all = {0, 0, place->width, place->height};
    SDL_SetYUVConversionMode(mode_of(place->colours)); /* OpenGL's asks when textures are made, OpenGL ES's when they are drawn */
    if (place->planes == NULL)
        place->planes = new_texture(films, SDL_PIXELFORMAT_IYUV, SDL_TEXTUREACCESS_STATIC, SDL_ScaleModeNearest, (place->width + 1) & ~1,
                                    (place->height + 1) & ~1);
    if (place->levels[0] == NULL)
        place->levels[0] = new_level(films, place, 0);
    if (place->planes == NULL || place->levels[0] == NULL ||
        SDL_UpdateYUVTexture(place->planes, &all, bitmap->pixels, bitmap->stride, bitmap->chroma[0], bitmap->chroma_stride,
                             bitmap->chroma[1], bitmap->chroma_stride) != 0)
        return false;
    return draw_into(films, place->planes, all, place->levels[0]) && SDL_RenderFlush(films->device->renderer) == 0;
}

static bool halve(struct sw_gpu_films *films, struct place *place, int level)
{
    if (place->levels[level] == NULL)
        place->levels[level] = new_level(films, place, level);
    const SDL_Rect part = {0, 0, place->width >> level << 1, place->height >> level << 1};
    return place->levels[level] != NULL && draw_into(films, place->levels[level - 1], part, place->levels[level]);
}

static bool make_levels(struct sw_gpu_films *films, struct place *place, const struct sw_film *film)
{
    if (place->serial != film->bitmap->serial) {
        place->serial = 0;
        place->made = 1;
        if (!(by_processor(place->colours) ? fill_by_processor : fill_by_gpu)(films, place, film->bitmap))
            return false;
        place->serial = film->bitmap->serial;
    }
    for (; place->made <= film->halvings; place->made++)
        if (!halve(films, place, place->made))
            return false;
    return true;
}

/* Target and clip are put back. */
static bool make_levels_elsewhere(struct sw_gpu_films *films, struct place *place, const struct sw_film *film)
{
    SDL_Renderer *renderer = films->device->renderer;
    SDL_Texture *target = SDL_GetRenderTarget(renderer);
    SDL_Rect clip;
    SDL_bool clips = SDL_RenderIsClipEnabled(renderer);
    SDL_RenderGetClipRect(renderer, &clip);
    bool made = make_levels(films, place, film);
    return SDL_SetRenderTarget(renderer, target) == 0 && SDL_RenderSetClipRect(renderer, clips ? &clip : NULL) == 0 && made;
}

/* As one bitmap among the others. */
static const struct sw_gpu_image *get_large(struct sw_gpu_films *films, struct place *place, const struct sw_film *film)
{
    if (place->serial != film->bitmap->serial || place->large_halvings != film->halvings) {
        sw_bitmap_release(place->large);
        place->large = sw_bitmap_create(SW_PIXELS_XRGB, film->width, film->height);
        sw_film_convert(film->bitmap, film->halvings, (struct sw_box_px){0, 0, film->width, film->height},
                        (uint32_t *)(void *)place->large->pixels, place->large->stride);
        place->large_halvings = film->halvings;
        place->serial = film->bitmap->serial;
    }
    return sw_gpu_textures_get(films->textures, place->large);
}

const struct sw_gpu_image *sw_gpu_films_get(struct sw_gpu_films *films, uint64_t identity, const struct sw_film *film)
{
    const struct sw_bitmap *bitmap = film->bitmap;
    struct place *place = find(films, identity, bitmap);
    if (place == NULL)
        place = add(films, identity, bitmap);
    place->idle = 0;
    if (bitmap->width >= films->side_max || bitmap->height >= films->side_max)
        return get_large(films, place, film);
    bool made = place->serial == bitmap->serial && place->made > film->halvings;
    if (!made && !make_levels_elsewhere(films, place, film))
        return NULL;
    struct sw_box_px all = {0, 0, film->width, film->height};
    place->tile = (struct sw_gpu_tile){place->levels[film->halvings], all, all};
    place->image = (struct sw_gpu_image){1, &place->tile};
    return &place->image;
}
