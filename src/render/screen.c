/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/screen.h"

#include <SDL.h>
#include <assert.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/memory.h"
#include "render/compose.h"
#include "render/gpu.h"
#include "render/window.h"

struct sw_screen {
    struct sw_window *window; /* the GPU's, else NULL: it is the output's */
    struct sw_gpu *gpu;       /* NULL: the processor draws */
    struct sw_composer *composer;
    struct sw_output *output;
    struct sw_backend_choice choice;
    int width, height, threads;
    uint32_t *read; /* the wall as it was read back; NULL: never yet */
};

static void settle_for_cpu(struct sw_screen *screen, const char *reason)
{
    screen->choice = (struct sw_backend_choice){SW_BACKEND_CPU, reason};
}

/* Into the window if there is one, else into a new one. */
static bool open_cpu(struct sw_screen *screen, const struct sw_output_options *options)
{
    struct sw_window *window = screen->window;
    screen->window = NULL;
    screen->output = window != NULL ? sw_output_adopt(window) : sw_output_create(options);
    if (screen->output == NULL)
        return false;
    screen->composer = sw_composer_create(screen->width, screen->height, screen->threads);
    sw_output_share(screen->output, sw_composer_crew(screen->composer));
    return true;
}

static bool use_device(struct sw_screen *screen, const struct sw_screen_options *options, struct sw_gpu_device *device)
{
    int side = screen->width > screen->height ? screen->width : screen->height;
    const struct sw_backend_device facts = {.software = device->software, .side_max = device->side_max, .side_wanted = side};
    screen->choice = sw_backend_judge(options->backend, &facts);
    if (screen->choice.backend != SW_BACKEND_GPU) {
        sw_gpu_device_close(device);
        return false;
    }
    size_t budget = options->texture_budget > 0 ? options->texture_budget : SW_TEXTURE_BUDGET;
    screen->gpu = sw_gpu_create(*device, screen->window, budget, options->texture_side);
    if (screen->gpu == NULL)
        settle_for_cpu(screen, "the GPU has too little memory");
    return screen->gpu != NULL;
}

/* What is opened in vain but for the window is closed again. */
static bool open_gpu(struct sw_screen *screen, const struct sw_screen_options *options)
{
    struct sw_gpu_device device;
    const char *why = "";
    screen->window = sw_window_create(&options->output, true);
    if (screen->window == NULL) {
        settle_for_cpu(screen, "SDL opens no window for OpenGL");
        return false;
    }
    if (!sw_gpu_device_open(&device, screen->window->handle, &why)) {
        settle_for_cpu(screen, why);
        return false;
    }
    return use_device(screen, options, &device);
}

/* Off-screen the processor needs no window. */
static void drop_unseen_window(struct sw_screen *screen, const struct sw_output_options *options)
{
    if (options->kind != SW_OUTPUT_OFFSCREEN)
        return;
    sw_window_destroy(screen->window);
    screen->window = NULL;
}

struct sw_screen *sw_screen_create(const struct sw_screen_options *options)
{
    struct sw_screen *screen = sw_alloc(sizeof *screen);
    const struct sw_backend_machine machine = sw_backend_machine(options->output.kind != SW_OUTPUT_OFFSCREEN);
    screen->width = options->output.width;
    screen->height = options->output.height;
    screen->threads = options->threads;
    screen->choice = sw_backend_choose(options->backend, &machine);
    bool gpu = screen->choice.backend == SW_BACKEND_GPU && open_gpu(screen, options);
    bool wished = options->backend == SW_BACKEND_AUTO || options->backend == screen->choice.backend;
    if (!wished)
        sw_log(SW_LOG_WARNING, "screen", "the GPU cannot be used: %s", screen->choice.reason);
    if (gpu)
        sw_log(SW_LOG_INFO, "screen", "drawn by the GPU (%s), since %s", sw_gpu_device(screen->gpu)->chip, screen->choice.reason);
    else
        drop_unseen_window(screen, &options->output);
    if (!gpu && ((!wished && options->only) || !open_cpu(screen, &options->output))) {
        sw_screen_destroy(screen);
        return NULL;
    }
    return screen;
}

void sw_screen_destroy(struct sw_screen *screen)
{
    if (screen == NULL)
        return;
    sw_gpu_destroy(screen->gpu);
    sw_window_destroy(screen->window);
    sw_output_destroy(screen->output);
    sw_composer_destroy(screen->composer);
    free(screen->read);
    free(screen);
}

/* The window stays, and what it shows stays in it until the processor's picture comes: nobody sees it happen. */
static bool give_up_gpu(struct sw_screen *screen)
{
    sw_log(SW_LOG_ERROR, "screen", "the GPU has failed: %s; the processor draws from now on", SDL_GetError());
    sw_gpu_destroy(screen->gpu);
    screen->gpu = NULL;
    settle_for_cpu(screen, "the GPU has failed");
    return open_cpu(screen, NULL);
}

/* Composed where the window is shown from, if that can be: a copy of the wall takes longer than a cross-fade of it. */
static enum sw_screen_outcome show_cpu(struct sw_screen *screen, const struct sw_zone_frame *frames, size_t count)
{
    int width = 0, height = 0, stride = 0;
    uint32_t *surface = sw_output_surface(screen->output, &stride);
    sw_composer_use(screen->composer, surface, stride);
    struct sw_damage damage = sw_composer_compose(screen->composer, frames, count);
    const uint32_t *pixels = sw_composer_pixels(screen->composer, &width, &height, &stride);
    if (!sw_output_put(screen->output, pixels, stride, damage))
        return SW_SCREEN_GONE;
    return damage.count > 0 ? SW_SCREEN_NEW : SW_SCREEN_SAME;
}

enum sw_screen_outcome sw_screen_show(struct sw_screen *screen, const struct sw_zone_frame *frames, size_t count)
{
    bool changed = false;
    if (screen->gpu != NULL && sw_gpu_show(screen->gpu, frames, count, &changed))
        return changed ? SW_SCREEN_NEW : SW_SCREEN_SAME;
    if (screen->gpu != NULL && !give_up_gpu(screen))
        return SW_SCREEN_GONE;
    return show_cpu(screen, frames, count);
}

/* Whether the wall is still where it was composed: a window that changes its size may have taken it along. */
static bool holds_wall(const struct sw_screen *screen)
{
    int stride = 0;
    return sw_composer_uses(screen->composer, sw_output_surface(screen->output, &stride));
}

/* What was composed in the window may be lost. */
static void refresh_cpu(struct sw_screen *screen)
{
    sw_output_refresh(screen->output);
    if (!sw_composer_uses(screen->composer, NULL))
        sw_composer_invalidate(screen->composer);
}

bool sw_screen_heartbeat(struct sw_screen *screen)
{
    if (screen->gpu != NULL)
        return sw_gpu_heartbeat(screen->gpu) || give_up_gpu(screen);
    if (!holds_wall(screen))
        return true; /* the next show brings it */
    int width = 0, height = 0, stride = 0;
    const uint32_t *pixels = sw_composer_pixels(screen->composer, &width, &height, &stride);
    return sw_output_heartbeat(screen->output, pixels, stride);
}

const uint32_t *sw_screen_pixels(struct sw_screen *screen, int *width, int *height, int *stride)
{
    if (screen->gpu == NULL)
        return holds_wall(screen) ? sw_composer_pixels(screen->composer, width, height, stride) : NULL;
    *width = screen->width;
    *height = screen->height;
    *stride = screen->width * 4;
    if (screen->read == NULL)
        screen->read = sw_alloc_array((size_t)screen->width * (size_t)screen->height, sizeof *screen->read);
    return sw_gpu_read(screen->gpu, screen->read, *stride) ? screen->read : NULL;
}

bool sw_screen_light(const struct sw_screen *screen, bool on)
{
    return screen->gpu != NULL ? sw_window_light(screen->window, on) : sw_output_light(screen->output, on);
}

bool sw_screen_to_wall(const struct sw_screen *screen, double x, double y, double *wall_x, double *wall_y)
{
    if (screen->gpu == NULL)
        return sw_output_to_wall(screen->output, x, y, wall_x, wall_y);
    return sw_panels_to_wall(screen->window->places, screen->window->panel_count, x, y, wall_x, wall_y);
}

void sw_screen_size(const struct sw_screen *screen, int *width, int *height)
{
    if (screen->gpu == NULL) {
        sw_output_size(screen->output, width, height);
        return;
    }
    *width = screen->window->width;
    *height = screen->window->height;
}

void sw_screen_refresh(struct sw_screen *screen)
{
    if (screen->gpu != NULL)
        sw_window_refresh(screen->window);
    else
        refresh_cpu(screen);
}

void sw_screen_lost(struct sw_screen *screen, bool device)
{
    if (screen->gpu != NULL)
        sw_gpu_lost(screen->gpu, device);
    sw_screen_refresh(screen);
}

struct sw_backend_choice sw_screen_backend(const struct sw_screen *screen) { return screen->choice; }

int sw_screen_sync_hz(const struct sw_screen *screen)
{
    SDL_DisplayMode mode;
    if (screen->gpu == NULL || screen->window->kind == SW_OUTPUT_OFFSCREEN || !sw_gpu_device(screen->gpu)->vsync)
        return 0;
    int display = SDL_GetWindowDisplayIndex(screen->window->handle);
    bool known = display >= 0 && SDL_GetCurrentDisplayMode(display, &mode) == 0 && mode.refresh_rate > 0;
    return known ? mode.refresh_rate : 60;
}
