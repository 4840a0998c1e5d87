/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/output.h"

#include <assert.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/memory.h"
#include "render/damage.h"
#include "render/fit.h"
#include "render/os_pages.h"
#include "render/window.h"

#define BACKED_BYTES ((size_t)1 << 20) /* at once */

struct sw_output {
    struct sw_window *window;
    SDL_Renderer *renderer; /* NULL: the window's surface is used */
    SDL_Texture *texture;   /* the wall, with the renderer */
    struct sw_crew *crew;   /* NULL: none */
};

/* The window's surface where the driver has a real one with our pixels (X11: shared memory with the server), else a texture. Without the
 * hint SDL would bring the surface out through OpenGL, on a host without a GPU ten times slower; with it, drivers that have no surface
 * would fail for good. So it is given once the driver is known. */
static bool open_surface(struct sw_output *output)
{
    SDL_Window *window = output->window->handle;
    Uint32 format = SDL_GetWindowPixelFormat(window);
    bool ours = format == SDL_PIXELFORMAT_RGB888 || format == SDL_PIXELFORMAT_ARGB8888;
    if (ours && (sw_window_driver_is("x11") || sw_window_driver_is("dummy"))) {
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
        return SDL_GetWindowSurface(window) != NULL;
    }
    output->renderer = SDL_CreateRenderer(window, -1, 0);
    if (output->renderer == NULL)
        return false;
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
    output->texture = SDL_CreateTexture(output->renderer, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING, output->window->wall_width,
                                        output->window->wall_height);
    return output->texture != NULL;
}

struct sw_output *sw_output_create(const struct sw_output_options *options)
{
    struct sw_window *window = sw_window_create(options, false);
    return window != NULL ? sw_output_adopt(window) : NULL;
}

struct sw_output *sw_output_adopt(struct sw_window *window)
{
    struct sw_output *output = sw_alloc(sizeof *output);
    output->window = window;
    window->everything = true;
    if (window->kind != SW_OUTPUT_OFFSCREEN && !open_surface(output)) {
        sw_log(SW_LOG_ERROR, "output", "no window: %s", SDL_GetError());
        sw_output_destroy(output);
        return NULL;
    }
    sw_window_measure(window, output->renderer);
    return output;
}

static void back_rows(void *context, int part)
{
    const SDL_Surface *surface = context;
    size_t all = (size_t)surface->pitch * (size_t)surface->h, start = (size_t)part * BACKED_BYTES;
    sw_pages_back((uint8_t *)surface->pixels + start, all - start < BACKED_BYTES ? all - start : BACKED_BYTES);
}

void sw_output_share(struct sw_output *output, struct sw_crew *crew)
{
    output->crew = crew;
    if (crew == NULL || output->renderer != NULL || output->window->kind == SW_OUTPUT_OFFSCREEN)
        return;
    SDL_Surface *surface = SDL_GetWindowSurface(output->window->handle);
    if (surface != NULL)
        sw_crew_run(crew, back_rows, surface, (int)((size_t)surface->pitch * (size_t)surface->h / BACKED_BYTES + 1));
}

void sw_output_destroy(struct sw_output *output)
{
    if (output == NULL)
        return;
    if (output->texture != NULL)
        SDL_DestroyTexture(output->texture);
    if (output->renderer != NULL)
        SDL_DestroyRenderer(output->renderer);
    sw_window_destroy(output->window);
    free(output);
}

void sw_output_refresh(struct sw_output *output)
{
    sw_window_refresh(output->window);
}

void sw_output_size(const struct sw_output *output, int *width, int *height)
{
    *width = output->window->width;
    *height = output->window->height;
}

bool sw_output_light(const struct sw_output *output, bool on)
{
    return sw_window_light(output->window, on);
}

bool sw_output_to_wall(const struct sw_output *output, double x, double y, double *wall_x, double *wall_y)
{
    return sw_panels_to_wall(output->window->places, output->window->panel_count, x, y, wall_x, wall_y);
}

static bool failed(const char *what)
{
    sw_log(SW_LOG_ERROR, "output", "the display does not take pixels: %s: %s", what, SDL_GetError());
    return false;
}

/* Where in the surface the wall lies as it is; NULL: nowhere. */
static uint32_t *wall_in(const struct sw_window *window, const SDL_Surface *surface)
{
    const struct sw_panel_place *place = &window->places[0];
    struct sw_box_px part = place->part, out = place->out;
    bool whole = window->panel_count == 1 && part.x == 0 && part.y == 0 && part.width == window->wall_width &&
                 part.height == window->wall_height;
    bool exact = place->turn == 0 && out.width == part.width && out.height == part.height;
    bool inside = out.x >= 0 && out.y >= 0 && out.x + out.width <= surface->w && out.y + out.height <= surface->h;
    if (!whole || !exact || !inside || surface->w != window->width || surface->h != window->height || SDL_MUSTLOCK(surface))
        return NULL;
    return (uint32_t *)((uint8_t *)surface->pixels + (ptrdiff_t)surface->pitch * out.y) + out.x;
}

uint32_t *sw_output_surface(struct sw_output *output, int *stride)
{
    struct sw_window *window = output->window;
    if (window->kind == SW_OUTPUT_OFFSCREEN || output->renderer != NULL)
        return NULL;
    sw_window_measure(window, NULL);
    SDL_Surface *surface = SDL_GetWindowSurface(window->handle);
    if (surface == NULL)
        return NULL;
    *stride = surface->pitch;
    return wall_in(window, surface);
}

static void add_moved(struct sw_damage_set *changed, struct sw_damage damage, int x, int y)
{
    for (size_t i = 0; i < damage.count; i++) {
        struct sw_box_px box = damage.boxes[i];
        box.x += x;
        box.y += y;
        sw_damage_add(changed, box);
    }
}

/* Everything, margins included, into the window's surface or as boxes of it: what the server must be told. */
static bool put_surface(struct sw_output *output, const struct sw_fit_source *wall, struct sw_damage damage)
{
    struct sw_window *window = output->window;
    SDL_Surface *surface = SDL_GetWindowSurface(window->handle);
    if (surface == NULL)
        return failed("surface");
    if (surface->w != window->width || surface->h != window->height)
        return true; /* the window changes its size just now; the next put will find it */
    SDL_Rect rects[SW_DAMAGE_BOXES];
    struct sw_damage_set changed = {.count = 0};
    const struct sw_box_px out = window->places[0].out;
    if (SDL_MUSTLOCK(surface) && SDL_LockSurface(surface) != 0)
        return failed("lock");
    struct sw_fit_target target = {surface->pixels, surface->w, surface->h, surface->pitch, window->picture, 0, output->crew};
    if (window->everything) {
        sw_fit_margins(&target);
        if (!sw_window_covered(window))
            sw_panels_fill(&target, window->picture, window->fill);
    }
    if (wall->pixels == wall_in(window, surface))
        add_moved(&changed, damage, out.x, out.y);
    else
        sw_panels_put(&target, wall, window->places, window->panel_count, damage, &changed);
    int count = (int)changed.count;
    for (int i = 0; i < count; i++)
        rects[i] = (SDL_Rect){changed.boxes[i].x, changed.boxes[i].y, changed.boxes[i].width, changed.boxes[i].height};
    if (SDL_MUSTLOCK(surface))
        SDL_UnlockSurface(surface);
    if (window->everything) {
        rects[0] = (SDL_Rect){0, 0, surface->w, surface->h};
        count = 1;
    }
    if (count > 0 && SDL_UpdateWindowSurfaceRects(window->handle, rects, count) != 0)
        return failed("update");
    window->everything = false;
    sw_window_shown(window);
    return true;
}

static bool put_texture(struct sw_output *output, const struct sw_fit_source *wall, struct sw_damage damage)
{
    for (size_t i = 0; i < damage.count; i++) {
        struct sw_box_px box = damage.boxes[i];
        SDL_Rect rect = {box.x, box.y, box.width, box.height};
        const uint8_t *from = (const uint8_t *)wall->pixels + (ptrdiff_t)wall->stride * box.y + 4 * (ptrdiff_t)box.x;
        if (SDL_UpdateTexture(output->texture, &rect, from, wall->stride) != 0)
            return failed("texture");
    }
    output->window->everything = false;
    return sw_window_present(output->window, output->renderer, output->texture) || failed("render");
}

bool sw_output_put(struct sw_output *output, const uint32_t *pixels, int stride, struct sw_damage damage)
{
    struct sw_window *window = output->window;
    if (window->kind == SW_OUTPUT_OFFSCREEN)
        return true;
    assert(damage.count <= SW_DAMAGE_BOXES);
    sw_window_measure(window, output->renderer);
    const struct sw_box_px all = {0, 0, window->wall_width, window->wall_height};
    const struct sw_fit_source wall = {pixels, window->wall_width, window->wall_height, stride};
    if (window->everything)
        damage = (struct sw_damage){&all, 1};
    if (damage.count == 0)
        return true;
    return output->renderer != NULL ? put_texture(output, &wall, damage) : put_surface(output, &wall, damage);
}

/* On X11 an update of the surface ends in SDL with XSync, which waits for the server: that is the round trip. */
bool sw_output_heartbeat(struct sw_output *output, const uint32_t *pixels, int stride)
{
    if (output->window->kind == SW_OUTPUT_OFFSCREEN)
        return true;
    const struct sw_box_px part = output->window->panels[0].part, corner = {part.x, part.y, 1, 1};
    return sw_output_put(output, pixels, stride, (struct sw_damage){&corner, 1});
}
