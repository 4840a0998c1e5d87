/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/gpu_device.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"

/* Of OpenGL, which SDL draws with; its header is not needed for three numbers. */
#define GL_RENDERER_NAME 0x1F01u
#define GL_OUT_OF_MEMORY 0x0505u /* the first of those that nothing can be drawn after: 0x0507 is the loss of the device */
#define GL_KINDS_OF_ERROR 8

typedef void (*function)(void);

static function find(const char *name)
{
    void *address = SDL_GL_GetProcAddress(name);
    function found = NULL;
    memcpy(&found, &address, sizeof found); /* ISO C knows no other way from the one to the other */
    return found;
}

static void read_name(struct sw_gpu_device *device)
{
    function found = find("glGetString");
    const unsigned char *(*get_string)(unsigned name) = (const unsigned char *(*)(unsigned))found;
    const unsigned char *chip = get_string != NULL ? get_string(GL_RENDERER_NAME) : NULL;
    (void)snprintf(device->chip, sizeof device->chip, "%s", chip != NULL ? (const char *)chip : "unknown");
    device->software = sw_gpu_chip_is_software(device->chip);
    found = find("glGetError");
    device->take_error = (unsigned (*)(void))found;
}

bool sw_gpu_chip_is_software(const char *chip)
{
    static const char *const names[] = {"llvmpipe", "softpipe", "swrast", "SWR", "SwiftShader", "Software Rasterizer", "Software Renderer"};
    for (size_t i = 0; i < SW_COUNT(names); i++)
        if (strstr(chip, names[i]) != NULL)
            return true;
    return false;
}

static bool refused(struct sw_gpu_device *device, const char **why, const char *reason)
{
    sw_gpu_device_close(device);
    *why = reason;
    return false;
}

/* Whether it does what the backend stands on. SDL's own software renderer does not. */
static bool able(const struct sw_gpu_device *device, const SDL_RendererInfo *info)
{
    return (info->flags & SDL_RENDERER_TARGETTEXTURE) != 0 && info->max_texture_width > 0 &&
           SDL_SetRenderDrawBlendMode(device->renderer, device->over) == 0 &&
           SDL_SetRenderDrawBlendMode(device->renderer, device->mark) == 0 &&
           SDL_SetRenderDrawBlendMode(device->renderer, device->through) == 0;
}

bool sw_gpu_device_open(struct sw_gpu_device *device, SDL_Window *window, const char **why)
{
    SDL_RendererInfo info;
    *device = (struct sw_gpu_device){.renderer = NULL};
    SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1"); /* not by itself where a driver was asked for by name */
    device->over = SDL_ComposeCustomBlendMode(SDL_BLENDFACTOR_ONE, SDL_BLENDFACTOR_ONE_MINUS_SRC_ALPHA, SDL_BLENDOPERATION_ADD,
                                              SDL_BLENDFACTOR_ONE, SDL_BLENDFACTOR_ONE_MINUS_SRC_ALPHA, SDL_BLENDOPERATION_ADD);
    device->mark = SDL_ComposeCustomBlendMode(SDL_BLENDFACTOR_ZERO, SDL_BLENDFACTOR_ONE, SDL_BLENDOPERATION_ADD, SDL_BLENDFACTOR_ONE,
                                              SDL_BLENDFACTOR_ZERO, SDL_BLENDOPERATION_ADD);
    device->through =
        SDL_ComposeCustomBlendMode(SDL_BLENDFACTOR_DST_ALPHA, SDL_BLENDFACTOR_ONE_MINUS_DST_ALPHA, SDL_BLENDOPERATION_ADD,
                                   SDL_BLENDFACTOR_ONE, SDL_BLENDFACTOR_ZERO, SDL_BLENDOPERATION_ADD);
    device->renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC | SDL_RENDERER_TARGETTEXTURE);
    if (device->renderer == NULL || SDL_GetRendererInfo(device->renderer, &info) != 0)
        return refused(device, why, "OpenGL cannot be started");
    if (strcmp(info.name, "opengl") != 0 && strcmp(info.name, "opengles2") != 0)
        return refused(device, why, "SDL offers no OpenGL");
    if (!able(device, &info))
        return refused(device, why, "OpenGL cannot draw into textures");
    device->vsync = (info.flags & SDL_RENDERER_PRESENTVSYNC) != 0;
    device->side_max = info.max_texture_width < info.max_texture_height ? info.max_texture_width : info.max_texture_height;
    (void)snprintf(device->api, sizeof device->api, "%s", info.name);
    read_name(device);
    return true;
}

void sw_gpu_device_close(struct sw_gpu_device *device)
{
    if (device->renderer != NULL)
        SDL_DestroyRenderer(device->renderer);
    device->renderer = NULL;
}

/* The worst of what has come up since the last time; 0: nothing. */
static unsigned take_errors(struct sw_gpu_device *device)
{
    unsigned worst = 0;
    for (int i = 0; device->take_error != NULL && i < GL_KINDS_OF_ERROR; i++) {
        unsigned error = device->take_error();
        worst = error > worst ? error : worst;
        if (error == 0)
            break;
    }
    return worst;
}

bool sw_gpu_device_sound(struct sw_gpu_device *device)
{
    if (SDL_RenderFlush(device->renderer) != 0)
        return false;
    unsigned error = take_errors(device);
    return error < GL_OUT_OF_MEMORY || SDL_SetError("OpenGL error 0x%04x", error) == 0;
}

void sw_gpu_device_forgive(struct sw_gpu_device *device)
{
    (void)take_errors(device);
}
