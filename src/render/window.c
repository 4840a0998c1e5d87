/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/window.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "render/displays.h"
#include "render/fit.h"
#include "render/power.h"

/* What must be said before SDL starts. */
static void set_hints(void)
{
    SDL_SetHint(SDL_HINT_APP_NAME, "schauwand");
    SDL_SetHint(SDL_HINT_VIDEODRIVER, sw_displays_drivers()); /* else, where none answers, SDL takes its invisible one */
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

bool sw_window_driver_is(const char *name)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver != NULL && strcmp(driver, name) == 0;
}

bool sw_window_light(const struct sw_window *window, bool on)
{
    return window->kind == SW_OUTPUT_FULLSCREEN && sw_power_switch(window->handle, on);
}

bool sw_output_display_named(void) { return sw_displays_drivers() != NULL; }

bool sw_output_display_exists(void)
{
    if (!sw_output_display_named() || !start_video())
        return false;
    bool seen = !sw_window_driver_is("offscreen") || getenv("SDL_VIDEODRIVER") != NULL; /* SDL's last resort, unless it was asked for */
    if (!seen)
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    return seen;
}

void sw_output_release_display(void)
{
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
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
static bool open_window(struct sw_window *window, const struct sw_output_options *options, bool gl)
{
    Uint32 flags = SDL_WINDOW_RESIZABLE;
    SDL_Rect place;
    if (options->kind == SW_OUTPUT_FULLSCREEN) {
        place = sw_displays_around(NULL);
        flags = sw_window_driver_is("wayland") ? SDL_WINDOW_FULLSCREEN_DESKTOP : SDL_WINDOW_BORDERLESS;
        SDL_ShowCursor(SDL_DISABLE);
    } else {
        place = window_place(options);
    }
    window->handle = SDL_CreateWindow(options->title, place.x, place.y, place.w > 0 ? place.w : options->width,
                                      place.h > 0 ? place.h : options->height, flags | (gl ? SDL_WINDOW_OPENGL : 0));
    return window->handle != NULL;
}

/* Nobody sees it: what draws with the GPU wants one. */
static bool open_unseen_window(struct sw_window *window, const struct sw_output_options *options)
{
    window->handle = SDL_CreateWindow(options->title, 0, 0, 16, 16, SDL_WINDOW_HIDDEN | SDL_WINDOW_OPENGL);
    return window->handle != NULL;
}

/* Without panels the wall is one. */
static void take_panels(struct sw_window *window, const struct sw_output_options *options)
{
    const struct sw_box_px all = {0, 0, options->width, options->height};
    const struct sw_panel_place whole = {.part = all, .out = all};
    bool given = options->panel_count > 0 && options->kind != SW_OUTPUT_OFFSCREEN;
    window->panel_count = given ? options->panel_count : 1;
    window->picture_width = given ? options->picture_width : options->width;
    window->picture_height = given ? options->picture_height : options->height;
    window->exact = given && options->kind == SW_OUTPUT_FULLSCREEN;
    window->fill = options->fill;
    window->panels = sw_alloc_array(window->panel_count, sizeof *window->panels);
    window->places = sw_alloc_array(window->panel_count, sizeof *window->places);
    for (size_t i = 0; i < window->panel_count; i++)
        window->panels[i] = given ? options->panels[i] : whole;
}

static bool open_any_window(struct sw_window *window, const struct sw_output_options *options, bool gl)
{
    bool unseen = options->kind == SW_OUTPUT_OFFSCREEN;
    if (unseen)
        SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "offscreen", SDL_HINT_OVERRIDE);
    window->video = start_video();
    if (unseen)
        SDL_ResetHint(SDL_HINT_VIDEODRIVER);
    if (!window->video)
        return false;
    if (unseen)
        return open_unseen_window(window, options);
    SDL_DisableScreenSaver();
    return open_window(window, options, gl);
}

struct sw_window *sw_window_create(const struct sw_output_options *options, bool gl)
{
    assert(options->width > 0 && options->height > 0);
    struct sw_window *window = sw_alloc(sizeof *window);
    window->kind = options->kind;
    window->wall_width = options->width;
    window->wall_height = options->height;
    window->everything = true;
    take_panels(window, options);
    if ((options->kind != SW_OUTPUT_OFFSCREEN || gl) && !open_any_window(window, options, gl)) {
        if (!gl)
            sw_log(SW_LOG_ERROR, "output", "no window: %s", SDL_GetError());
        sw_window_destroy(window);
        return NULL;
    }
    sw_window_measure(window, NULL);
    return window;
}

void sw_window_destroy(struct sw_window *window)
{
    if (window == NULL)
        return;
    if (window->handle != NULL)
        SDL_DestroyWindow(window->handle);
    if (window->video)
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    free(window->panels);
    free(window->places);
    free(window);
}

void sw_window_measure(struct sw_window *window, SDL_Renderer *renderer)
{
    int width = window->wall_width, height = window->wall_height;
    if (window->kind != SW_OUTPUT_OFFSCREEN && renderer != NULL)
        SDL_GetRendererOutputSize(renderer, &width, &height);
    else if (window->kind != SW_OUTPUT_OFFSCREEN)
        SDL_GetWindowSize(window->handle, &width, &height);
    if (width == window->width && height == window->height)
        return;
    window->width = width;
    window->height = height;
    window->picture = (struct sw_box_px){0, 0, window->picture_width, window->picture_height};
    if (!window->exact)
        window->picture = sw_fit_picture(window->picture_width, window->picture_height, width, height);
    sw_panels_scale(window->panels, window->panel_count, window->picture_width, window->picture_height, window->picture, window->places);
    window->everything = true;
    if (window->exact && (width < window->picture_width || height < window->picture_height))
        sw_log(SW_LOG_WARNING, "output", "the panels' outputs take %d x %d pixels, but the window over all outputs has %d x %d",
               window->picture_width, window->picture_height, width, height);
}

/* Outputs may have come, gone or changed: on X11 nobody else resizes our window then. */
static void follow_displays(const struct sw_window *window)
{
    SDL_Rect all = sw_displays_around(window->handle), own = {0, 0, 0, 0};
    SDL_GetWindowPosition(window->handle, &own.x, &own.y);
    SDL_GetWindowSize(window->handle, &own.w, &own.h);
    if (SDL_RectEmpty(&all) || SDL_RectEquals(&all, &own))
        return;
    sw_log(SW_LOG_NOTICE, "output", "the outputs are %d x %d pixels now", all.w, all.h);
    SDL_SetWindowPosition(window->handle, all.x, all.y);
    SDL_SetWindowSize(window->handle, all.w, all.h);
}

void sw_window_refresh(struct sw_window *window)
{
    window->everything = true;
    if (window->kind == SW_OUTPUT_FULLSCREEN && sw_window_driver_is("x11"))
        follow_displays(window);
}

/* With Wayland a window gets one output unless the compositor is told otherwise. */
static void look_for_bare_outputs(const struct sw_window *window)
{
    SDL_Rect all = sw_displays_around(window->handle);
    int width = 0, height = 0;
    SDL_GetWindowSize(window->handle, &width, &height);
    if (width < all.w || height < all.h)
        sw_log(SW_LOG_WARNING, "output", "the window has %d x %d of the outputs' %d x %d: who manages windows here must spread it (README)",
               width, height, all.w, all.h);
}

void sw_window_shown(struct sw_window *window)
{
    if (window->kind == SW_OUTPUT_FULLSCREEN && ++window->shown == 2)
        look_for_bare_outputs(window);
}

bool sw_window_covered(const struct sw_window *window)
{
    struct sw_box_px out = window->places[0].out, picture = window->picture;
    return window->panel_count == 1 && out.width == picture.width && out.height == picture.height;
}

/* What the panel shows of the wall, in pixels of a texture that may have fewer of them. */
static bool part_of(const struct sw_window *window, SDL_Texture *wall, struct sw_box_px part, SDL_Rect *from)
{
    int width = 0, height = 0;
    if (SDL_QueryTexture(wall, NULL, NULL, &width, &height) != 0)
        return false;
    const struct sw_panel_place place = {.out = part};
    struct sw_panel_place scaled;
    sw_panels_scale(&place, 1, window->wall_width, window->wall_height, (struct sw_box_px){0, 0, width, height}, &scaled);
    *from = (SDL_Rect){scaled.out.x, scaled.out.y, scaled.out.width, scaled.out.height};
    return true;
}

static bool draw_panel(const struct sw_window *window, SDL_Renderer *renderer, SDL_Texture *wall, const struct sw_panel_place *place)
{
    struct sw_box_px out = place->out;
    SDL_Rect from;
    if (!part_of(window, wall, place->part, &from))
        return false;
    bool sideways = place->turn % 2 != 0;
    float width = (float)(sideways ? out.height : out.width), height = (float)(sideways ? out.width : out.height);
    SDL_FRect to = {(float)out.x + ((float)out.width - width) / 2, (float)out.y + ((float)out.height - height) / 2, width, height};
    return SDL_RenderCopyExF(renderer, wall, &from, &to, -90.0 * place->turn, NULL, SDL_FLIP_NONE) == 0;
}

bool sw_window_present(struct sw_window *window, SDL_Renderer *renderer, SDL_Texture *wall)
{
    const struct sw_box_px picture = window->picture;
    SDL_Rect place = {picture.x, picture.y, picture.width, picture.height};
    if (SDL_SetRenderDrawColor(renderer, 0, 0, 0, 255) != 0 || SDL_RenderClear(renderer) != 0)
        return false;
    if (!sw_window_covered(window)) {
        SDL_SetRenderDrawColor(renderer, window->fill >> 16 & 255, window->fill >> 8 & 255, window->fill & 255, 255);
        if (SDL_RenderFillRect(renderer, &place) != 0)
            return false;
    }
    for (size_t i = 0; i < window->panel_count; i++)
        if (!draw_panel(window, renderer, wall, &window->places[i]))
            return false;
    SDL_RenderPresent(renderer);
    sw_window_shown(window);
    return true;
}
