/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/output.h"

#include <SDL.h>
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "render/damage.h"
#include "render/fit.h"
#include "render/panels.h"

struct sw_output {
    /* constant after create */
    enum sw_output_kind kind;
    int wall_width, wall_height;
    struct sw_panel_place *panels; /* as they were given; one that is the whole wall if none were */
    size_t panel_count;
    int picture_width, picture_height; /* of the picture that they lie in */
    bool exact;                        /* which is not scaled */
    uint32_t fill;
    bool video; /* SDL's video subsystem was started for this */
    SDL_Window *window;
    SDL_Renderer *renderer; /* NULL: the window's surface is used */
    SDL_Texture *texture;   /* the wall, with the renderer */
    /* changes with the window */
    int width, height;
    struct sw_box_px picture;      /* where in the window the wall is */
    struct sw_panel_place *places; /* the panels in the window */
    bool everything;               /* the next put brings all */
};

/* What must be said before SDL starts. */
static void set_hints(void)
{
    SDL_SetHint(SDL_HINT_APP_NAME, "schauwand");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0"); /* a finger is a finger, */
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0"); /* a mouse is a mouse */
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
}

static bool start_video(void)
{
    set_hints();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return false;
    SDL_StopTextInput(); /* on by default: an input method would be asked about every key */
    return true;
}

static bool driver_is(const char *name)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver != NULL && strcmp(driver, name) == 0;
}

bool sw_output_display_exists(void)
{
    const char *x11 = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
    if ((x11 == NULL || *x11 == '\0') && (wayland == NULL || *wayland == '\0'))
        return false;
    if (!start_video())
        return false;
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    return true;
}

/* The rectangle around all displays of this host. */
static SDL_Rect all_displays(void)
{
    SDL_Rect all = {0, 0, 0, 0}, one;
    for (int i = 0; i < SDL_GetNumVideoDisplays(); i++)
        if (SDL_GetDisplayBounds(i, &one) == 0) {
            SDL_Rect before = all;
            SDL_UnionRect(&before, &one, &all);
        }
    return all;
}

/* The wanted size, made smaller in proportion where the first display has less room. */
static SDL_Rect window_place(const struct sw_output_options *options)
{
    SDL_Rect place = {SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, options->width, options->height}, room;
    if (options->panel_count > 0) {
        place.w = options->picture_width;
        place.h = options->picture_height;
    }
    if (options->window_width > 0 && options->window_height > 0) {
        place.w = options->window_width;
        place.h = options->window_height;
    }
    if (SDL_GetDisplayUsableBounds(0, &room) == 0 && (place.w > room.w || place.h > room.h)) {
        double scale = fmin((double)room.w / place.w, (double)room.h / place.h);
        place.w = (int)fmax(1, place.w * scale);
        place.h = (int)fmax(1, place.h * scale);
    }
    return place;
}

/* Full screen: a plain window without borders, since SDL's own full screen is of one display only. Where clients cannot place their windows
 * (Wayland) that must do: the compositor gives the window an output. */
static bool open_window(struct sw_output *output, const struct sw_output_options *options)
{
    Uint32 flags = SDL_WINDOW_RESIZABLE;
    SDL_Rect place;
    if (options->kind == SW_OUTPUT_FULLSCREEN) {
        place = all_displays();
        flags = driver_is("wayland") ? SDL_WINDOW_FULLSCREEN_DESKTOP : SDL_WINDOW_BORDERLESS;
        SDL_ShowCursor(SDL_DISABLE);
    } else {
        place = window_place(options);
    }
    output->window = SDL_CreateWindow(options->title, place.x, place.y, place.w > 0 ? place.w : options->width,
                                      place.h > 0 ? place.h : options->height, flags);
    return output->window != NULL;
}

/* The window's surface where the driver has a real one with our pixels (X11: shared memory with the server), else a texture. Without the
 * hint SDL would bring the surface out through OpenGL, on a host without a GPU ten times slower; with it, drivers that have no surface
 * would fail for good. So it is given once the driver is known. */
static bool open_surface(struct sw_output *output)
{
    Uint32 format = SDL_GetWindowPixelFormat(output->window);
    bool ours = format == SDL_PIXELFORMAT_RGB888 || format == SDL_PIXELFORMAT_ARGB8888;
    if (ours && (driver_is("x11") || driver_is("dummy"))) {
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
        return SDL_GetWindowSurface(output->window) != NULL;
    }
    output->renderer = SDL_CreateRenderer(output->window, -1, 0);
    if (output->renderer == NULL)
        return false;
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
    output->texture = SDL_CreateTexture(output->renderer, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING, output->wall_width,
                                        output->wall_height);
    return output->texture != NULL;
}

/* Takes the window's size; another one than before means that all must be brought. */
static void measure(struct sw_output *output)
{
    int width = output->wall_width, height = output->wall_height;
    if (output->renderer != NULL)
        SDL_GetRendererOutputSize(output->renderer, &width, &height);
    else if (output->window != NULL)
        SDL_GetWindowSize(output->window, &width, &height);
    if (width == output->width && height == output->height)
        return;
    output->width = width;
    output->height = height;
    output->picture = (struct sw_box_px){0, 0, output->picture_width, output->picture_height};
    if (!output->exact)
        output->picture = sw_fit_picture(output->picture_width, output->picture_height, width, height);
    sw_panels_scale(output->panels, output->panel_count, output->picture_width, output->picture_height, output->picture, output->places);
    output->everything = true;
    if (output->exact && (width < output->picture_width || height < output->picture_height))
        sw_log(SW_LOG_WARNING, "output", "the panels' outputs take %d x %d pixels, but the window over all outputs has %d x %d",
               output->picture_width, output->picture_height, width, height);
}

/* Without panels the wall is one. */
static void take_panels(struct sw_output *output, const struct sw_output_options *options)
{
    const struct sw_box_px all = {0, 0, options->width, options->height};
    const struct sw_panel_place whole = {.part = all, .out = all};
    bool given = options->panel_count > 0 && options->kind != SW_OUTPUT_OFFSCREEN;
    output->panel_count = given ? options->panel_count : 1;
    output->picture_width = given ? options->picture_width : options->width;
    output->picture_height = given ? options->picture_height : options->height;
    output->exact = given && options->kind == SW_OUTPUT_FULLSCREEN;
    output->fill = options->fill;
    output->panels = sw_alloc_array(output->panel_count, sizeof *output->panels);
    output->places = sw_alloc_array(output->panel_count, sizeof *output->places);
    for (size_t i = 0; i < output->panel_count; i++)
        output->panels[i] = given ? options->panels[i] : whole;
}

struct sw_output *sw_output_create(const struct sw_output_options *options)
{
    assert(options->width > 0 && options->height > 0);
    struct sw_output *output = sw_alloc(sizeof *output);
    output->kind = options->kind;
    output->wall_width = options->width;
    output->wall_height = options->height;
    take_panels(output, options);
    if (options->kind != SW_OUTPUT_OFFSCREEN) {
        output->video = start_video();
        if (!output->video || !open_window(output, options) || !open_surface(output)) {
            sw_log(SW_LOG_ERROR, "output", "no window: %s", SDL_GetError());
            sw_output_destroy(output);
            return NULL;
        }
        SDL_DisableScreenSaver();
    }
    measure(output);
    output->everything = true;
    return output;
}

void sw_output_destroy(struct sw_output *output)
{
    if (output == NULL)
        return;
    if (output->texture != NULL)
        SDL_DestroyTexture(output->texture);
    if (output->renderer != NULL)
        SDL_DestroyRenderer(output->renderer);
    if (output->window != NULL)
        SDL_DestroyWindow(output->window);
    if (output->video)
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    free(output->panels);
    free(output->places);
    free(output);
}

void sw_output_refresh(struct sw_output *output)
{
    output->everything = true;
}

void sw_output_size(const struct sw_output *output, int *width, int *height)
{
    *width = output->width;
    *height = output->height;
}

bool sw_output_to_wall(const struct sw_output *output, double x, double y, double *wall_x, double *wall_y)
{
    return sw_panels_to_wall(output->places, output->panel_count, x, y, wall_x, wall_y);
}

static bool failed(const char *what)
{
    sw_log(SW_LOG_ERROR, "output", "the display does not take pixels: %s: %s", what, SDL_GetError());
    return false;
}

static bool covered(const struct sw_output *output)
{
    struct sw_box_px out = output->places[0].out, picture = output->picture;
    return output->panel_count == 1 && out.width == picture.width && out.height == picture.height;
}

/* Everything, margins included, into the window's surface or as boxes of it: what the server must be told. */
static bool put_surface(struct sw_output *output, const struct sw_fit_source *wall, struct sw_damage damage)
{
    SDL_Surface *surface = SDL_GetWindowSurface(output->window);
    if (surface == NULL)
        return failed("surface");
    if (surface->w != output->width || surface->h != output->height)
        return true; /* the window changes its size just now; the next put will find it */
    SDL_Rect rects[SW_DAMAGE_BOXES];
    struct sw_damage_set changed = {.count = 0};
    if (SDL_MUSTLOCK(surface) && SDL_LockSurface(surface) != 0)
        return failed("lock");
    struct sw_fit_target target = {surface->pixels, surface->w, surface->h, surface->pitch, output->picture, 0};
    if (output->everything) {
        sw_fit_margins(&target);
        if (!covered(output))
            sw_panels_fill(&target, output->picture, output->fill);
    }
    sw_panels_put(&target, wall, output->places, output->panel_count, damage, &changed);
    int count = (int)changed.count;
    for (int i = 0; i < count; i++)
        rects[i] = (SDL_Rect){changed.boxes[i].x, changed.boxes[i].y, changed.boxes[i].width, changed.boxes[i].height};
    if (SDL_MUSTLOCK(surface))
        SDL_UnlockSurface(surface);
    if (output->everything) {
        rects[0] = (SDL_Rect){0, 0, surface->w, surface->h};
        count = 1;
    }
    if (count > 0 && SDL_UpdateWindowSurfaceRects(output->window, rects, count) != 0)
        return failed("update");
    output->everything = false;
    return true;
}

static bool draw_panel(struct sw_output *output, const struct sw_panel_place *place)
{
    struct sw_box_px part = place->part, out = place->out;
    SDL_Rect from = {part.x, part.y, part.width, part.height};
    bool sideways = place->turn % 2 != 0;
    float width = (float)(sideways ? out.height : out.width), height = (float)(sideways ? out.width : out.height);
    SDL_FRect to = {(float)out.x + ((float)out.width - width) / 2, (float)out.y + ((float)out.height - height) / 2, width, height};
    return SDL_RenderCopyExF(output->renderer, output->texture, &from, &to, -90.0 * place->turn, NULL, SDL_FLIP_NONE) == 0;
}

static bool present(struct sw_output *output)
{
    const struct sw_box_px picture = output->picture;
    SDL_Rect place = {picture.x, picture.y, picture.width, picture.height};
    SDL_SetRenderDrawColor(output->renderer, 0, 0, 0, 255);
    if (SDL_RenderClear(output->renderer) != 0)
        return failed("clear");
    if (!covered(output)) {
        SDL_SetRenderDrawColor(output->renderer, output->fill >> 16 & 255, output->fill >> 8 & 255, output->fill & 255, 255);
        if (SDL_RenderFillRect(output->renderer, &place) != 0)
            return failed("fill");
    }
    for (size_t i = 0; i < output->panel_count; i++)
        if (!draw_panel(output, &output->places[i]))
            return failed("render");
    SDL_RenderPresent(output->renderer);
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
    output->everything = false;
    return present(output);
}

bool sw_output_put(struct sw_output *output, const uint32_t *pixels, int stride, struct sw_damage damage)
{
    if (output->kind == SW_OUTPUT_OFFSCREEN)
        return true;
    assert(damage.count <= SW_DAMAGE_BOXES);
    measure(output);
    const struct sw_box_px all = {0, 0, output->wall_width, output->wall_height};
    const struct sw_fit_source wall = {pixels, output->wall_width, output->wall_height, stride};
    if (output->everything)
        damage = (struct sw_damage){&all, 1};
    if (damage.count == 0)
        return true;
    return output->renderer != NULL ? put_texture(output, &wall, damage) : put_surface(output, &wall, damage);
}

/* On X11 an update of the surface ends in SDL with XSync, which waits for the server: that is the round trip. */
bool sw_output_heartbeat(struct sw_output *output, const uint32_t *pixels, int stride)
{
    if (output->kind == SW_OUTPUT_OFFSCREEN)
        return true;
    const struct sw_box_px corner = {output->panels[0].part.x, output->panels[0].part.y, 1, 1};
    return sw_output_put(output, pixels, stride, (struct sw_damage){&corner, 1});
}
