/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/gpu.h"

#include <stdlib.h>

#include "base/memory.h"
#include "render/gpu_draw.h"
#include "render/gpu_textures.h"

#define HALVES_MAX 6

/* The textures of a zone's two layers: NULL until its first change, then kept for the next. */
struct layer_textures {
    SDL_Texture *textures[2];
};

struct sw_gpu {
    struct sw_gpu_device device;
    struct sw_window *window;
    size_t budget;
    int side_max;
    struct sw_gpu_textures *textures;
    struct sw_gpu_films *films;
    SDL_Texture *wall;
    SDL_Texture *halves[HALVES_MAX]; /* the wall at 1/2, 1/4 ... of its size, for windows that small; NULL: not needed yet */
    struct sw_zones zones;
    struct layer_textures *layers; /* one a zone */
    size_t layer_count;
    bool lost, lost_device;
};

static void drop_layers(struct sw_gpu *gpu)
{
    for (size_t i = 0; i < gpu->layer_count; i++)
        for (int k = 0; k < 2; k++)
            if (gpu->layers[i].textures[k] != NULL)
                SDL_DestroyTexture(gpu->layers[i].textures[k]);
    free(gpu->layers);
    gpu->layers = NULL;
    gpu->layer_count = 0;
}

static SDL_Texture *new_target(struct sw_gpu *gpu, int width, int height)
{
    SDL_Texture *target = SDL_CreateTexture(gpu->device.renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_TARGET, width, height);
    if (target != NULL && SDL_SetTextureScaleMode(target, SDL_ScaleModeLinear) == 0 &&
        SDL_SetTextureBlendMode(target, SDL_BLENDMODE_NONE) == 0)
        return target;
    if (target != NULL)
        SDL_DestroyTexture(target);
    return NULL;
}

static void drop_everything(struct sw_gpu *gpu)
{
    drop_layers(gpu);
    if (gpu->wall != NULL)
        SDL_DestroyTexture(gpu->wall);
    gpu->wall = NULL;
    for (int i = 0; i < HALVES_MAX; i++) {
        if (gpu->halves[i] != NULL)
            SDL_DestroyTexture(gpu->halves[i]);
        gpu->halves[i] = NULL;
    }
    sw_gpu_films_destroy(gpu->films);
    gpu->films = NULL;
    sw_gpu_textures_destroy(gpu->textures);
    gpu->textures = NULL;
}

static bool make_everything(struct sw_gpu *gpu)
{
    sw_gpu_device_forgive(&gpu->device);
    gpu->textures = sw_gpu_textures_create(&gpu->device, gpu->budget, gpu->side_max);
    gpu->films = sw_gpu_films_create(&gpu->device, gpu->textures, gpu->side_max);
    gpu->wall = new_target(gpu, gpu->window->wall_width, gpu->window->wall_height);
    return gpu->wall != NULL && sw_gpu_device_sound(&gpu->device);
}

struct sw_gpu *sw_gpu_create(struct sw_gpu_device device, struct sw_window *window, size_t budget, int side_max)
{
    struct sw_gpu *gpu = sw_alloc(sizeof *gpu);
    gpu->device = device;
    gpu->window = window;
    gpu->budget = budget;
    gpu->side_max = side_max > 0 ? side_max : device.side_max;
    sw_zones_init(&gpu->zones, window->wall_width, window->wall_height);
    if (!make_everything(gpu)) {
        sw_gpu_destroy(gpu);
        return NULL;
    }
    return gpu;
}

void sw_gpu_destroy(struct sw_gpu *gpu)
{
    if (gpu == NULL)
        return;
    drop_everything(gpu);
    sw_zones_finish(&gpu->zones);
    sw_gpu_device_close(&gpu->device);
    free(gpu);
}

const struct sw_gpu_device *sw_gpu_device(const struct sw_gpu *gpu) { return &gpu->device; }

void sw_gpu_lost(struct sw_gpu *gpu, bool device)
{
    gpu->lost = true;
    gpu->lost_device = gpu->lost_device || device;
}

static bool recover(struct sw_gpu *gpu)
{
    if (!gpu->lost)
        return true;
    if (gpu->lost_device) {
        drop_everything(gpu);
        if (!make_everything(gpu))
            return false;
    }
    sw_gpu_films_lost(gpu->films);
    gpu->lost = gpu->lost_device = false;
    sw_gpu_device_forgive(&gpu->device);
    sw_zones_finish(&gpu->zones);
    sw_zones_init(&gpu->zones, gpu->window->wall_width, gpu->window->wall_height);
    return true;
}

static bool draw_into(struct sw_gpu *gpu, SDL_Texture *target)
{
    return SDL_SetRenderTarget(gpu->device.renderer, target) == 0 && SDL_RenderSetClipRect(gpu->device.renderer, NULL) == 0;
}

/* After the zones have taken new places: where none will be drawn the wall is black. */
static bool place_zones(struct sw_gpu *gpu)
{
    drop_layers(gpu);
    gpu->layer_count = gpu->zones.count;
    gpu->layers = sw_alloc_array(gpu->layer_count, sizeof *gpu->layers);
    return draw_into(gpu, gpu->wall) && SDL_SetRenderDrawColor(gpu->device.renderer, 0, 0, 0, 255) == 0 &&
           SDL_RenderClear(gpu->device.renderer) == 0;
}

static bool draw_layer(struct sw_gpu *gpu, const struct sw_zone_layers *zone, const struct sw_layer *layer, SDL_Texture **texture)
{
    const struct sw_gpu_brush brush = {&gpu->device, gpu->textures, gpu->films, 0, 0};
    if (!layer->valid || layer->damage.count == 0)
        return true;
    if (*texture == NULL)
        *texture = new_target(gpu, zone->place.width, zone->place.height);
    bool good = *texture != NULL && draw_into(gpu, *texture);
    for (size_t i = 0; good && i < layer->damage.count; i++)
        good = sw_gpu_draw_list(&brush, &layer->drawn, layer->bounds, true, layer->damage.boxes[i]);
    return good;
}

/* A part of the zone from the layers. */
static bool draw_change(const struct sw_gpu_brush *brush, const struct sw_zone_layers *zone, const struct layer_textures *layers,
                        struct sw_box_px box)
{
    const struct sw_change *change = &zone->change;
    bool fades = change->kind == SW_CHANGE_FADE && sw_change_between(change);
    for (int i = 0; i < 2; i++) {
        struct sw_change_view view = sw_change_view(change, i == 1, zone->place.width, zone->place.height);
        bool hidden = change->step == (i == 0 ? change->steps : 0);
        uint8_t opacity = fades && i == 1 ? (uint8_t)change->step : 255;
        if (!hidden && !sw_gpu_draw_layer(brush, layers->textures[i], view.x, view.y, opacity, sw_box_px_intersect(box, view.seen)))
            return false;
    }
    return true;
}

static bool draw_zone(struct sw_gpu *gpu, size_t index)
{
    const struct sw_zone_layers *zone = &gpu->zones.items[index];
    const struct sw_gpu_brush brush = {&gpu->device, gpu->textures, gpu->films, zone->place.x, zone->place.y};
    const struct sw_box_px wall = {-zone->place.x, -zone->place.y, gpu->zones.width, gpu->zones.height};
    bool good = true;
    for (size_t i = 0; good && i < zone->damage.count; i++) {
        struct sw_box_px box = sw_box_px_intersect(zone->damage.boxes[i], wall);
        if (sw_box_px_empty(box))
            continue;
        good = zone->layered ? draw_change(&brush, zone, &gpu->layers[index], box)
                             : sw_gpu_draw_list(&brush, &zone->shown.drawn, zone->shown.bounds, true, box);
        good = good && sw_gpu_draw_list(&brush, &zone->top, NULL, false, box);
    }
    return good;
}

static bool compose(struct sw_gpu *gpu)
{
    bool good = !gpu->zones.placed || place_zones(gpu);
    for (size_t i = 0; good && i < gpu->zones.count; i++)
        for (int k = 0; good && k < 2; k++)
            good = draw_layer(gpu, &gpu->zones.items[i], &gpu->zones.items[i].layers[k], &gpu->layers[i].textures[k]);
    good = good && draw_into(gpu, gpu->wall);
    for (size_t i = 0; good && i < gpu->zones.count; i++)
        good = draw_zone(gpu, i);
    sw_gpu_films_step(gpu->films);
    return good;
}

/* The wall, halved until the window's picture is more than half of it: what reads between pixels reads four of them, and in a smaller
 * picture would miss those in between. NULL: SDL says why. */
static SDL_Texture *halved(struct sw_gpu *gpu)
{
    SDL_Texture *from = gpu->wall;
    int width = gpu->window->wall_width, height = gpu->window->wall_height, picture = gpu->window->picture_width;
    for (int i = 0; i < HALVES_MAX && gpu->window->picture.width * 2 <= picture && width > 1 && height > 1; i++) {
        width = (width + 1) / 2;
        height = (height + 1) / 2;
        picture = (picture + 1) / 2;
        if (gpu->halves[i] == NULL)
            gpu->halves[i] = new_target(gpu, width, height);
        if (gpu->halves[i] == NULL || !draw_into(gpu, gpu->halves[i]) || SDL_RenderCopy(gpu->device.renderer, from, NULL, NULL) != 0)
            return NULL;
        from = gpu->halves[i];
    }
    return from;
}

static bool present(struct sw_gpu *gpu)
{
    if (gpu->window->kind == SW_OUTPUT_OFFSCREEN)
        return true;
    gpu->window->everything = false;
    SDL_Texture *picture = halved(gpu);
    return picture != NULL && draw_into(gpu, NULL) && SDL_SetRenderDrawBlendMode(gpu->device.renderer, SDL_BLENDMODE_NONE) == 0 &&
           sw_window_present(gpu->window, gpu->device.renderer, picture);
}

bool sw_gpu_show(struct sw_gpu *gpu, const struct sw_zone_frame *frames, size_t count, bool *changed)
{
    *changed = false;
    if (!recover(gpu))
        return false;
    sw_zones_step(&gpu->zones, frames, count);
    sw_window_measure(gpu->window, gpu->device.renderer);
    bool new = gpu->zones.damage.count > 0;
    for (size_t i = 0; i < gpu->zones.count; i++) /* layers are made ready before anything of them is seen */
        new = new || gpu->zones.items[i].layers[0].damage.count > 0 || gpu->zones.items[i].layers[1].damage.count > 0;
    if (new && !compose(gpu))
        return false;
    *changed = gpu->zones.damage.count > 0;
    if ((*changed || gpu->window->everything) && !present(gpu))
        return false;
    return !(new || *changed) || sw_gpu_device_sound(&gpu->device);
}

bool sw_gpu_read(struct sw_gpu *gpu, uint32_t *pixels, int stride)
{
    return draw_into(gpu, gpu->wall) &&
           SDL_RenderReadPixels(gpu->device.renderer, NULL, SDL_PIXELFORMAT_ARGB8888, pixels, stride) == 0;
}

/* Reading a pixel waits for the GPU, asking for the room of the display for the X server: SDL keeps no copy of that. */
bool sw_gpu_heartbeat(struct sw_gpu *gpu)
{
    uint32_t pixel = 0;
    SDL_Rect corner = {0, 0, 1, 1}, room;
    if (!present(gpu) || !draw_into(gpu, gpu->wall) ||
        SDL_RenderReadPixels(gpu->device.renderer, &corner, SDL_PIXELFORMAT_ARGB8888, &pixel, 4) != 0)
        return false;
    (void)SDL_GetDisplayUsableBounds(0, &room);
    return sw_gpu_device_sound(&gpu->device);
}
