/* SPDX-License-Identifier: EUPL-1.2 */
/* A renderer of SDL's that draws with OpenGL, and what it can do. Private to render/. Main thread. */
#ifndef SW_RENDER_GPU_DEVICE_H
#define SW_RENDER_GPU_DEVICE_H

#include <SDL.h>
#include <stdbool.h>

#include "base/must.h"

struct sw_gpu_device {
    SDL_Renderer *renderer;
    SDL_BlendMode over; /* premultiplied colours over what is there */
    /* In two steps, over targets that are opaque and are so again afterwards: opacities alone, put in the target's place for them; then
     * what is drawn with these opacities. */
    SDL_BlendMode mark, through;
    int side_max;       /* of a texture, pixels */
    bool vsync;         /* showing a frame waits for the display */
    bool software;      /* it draws with the processor after all */
    char api[32];       /* SDL's name of it: "opengl", "opengles2" */
    char chip[128];     /* who draws, as OpenGL names it */
    unsigned (*take_error)(void);
};

/* Opens one in `window` (made for OpenGL), which must not have a renderer or surface. false: *why says what is amiss; nothing is left
 * open. What is opened may still draw in software. */
bool sw_gpu_device_open(struct sw_gpu_device *device, SDL_Window *window, const char **why) SW_MUST;
void sw_gpu_device_close(struct sw_gpu_device *device); /* accepts a zeroed one; its textures go with it */
/* Has all that was asked for been begun without an error? false: memory or the device itself is lost; SDL's error says which. */
bool sw_gpu_device_sound(struct sw_gpu_device *device) SW_MUST;
/* What went wrong so far does not count. */
void sw_gpu_device_forgive(struct sw_gpu_device *device);
/* Whether the name of a chip, as OpenGL gives it, is one of the known rasterisers in software. */
bool sw_gpu_chip_is_software(const char *chip);

#endif
