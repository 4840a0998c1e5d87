/* SPDX-License-Identifier: EUPL-1.2 */
/* From draw lists to pixels, with the GPU: what paint.h is for the processor, into the device's present target. The same pixels but for
 * rounding: what is not scaled is the same to 1/255 a layer of colour. Private to render/. Main thread. */
#ifndef SW_RENDER_GPU_DRAW_H
#define SW_RENDER_GPU_DRAW_H

#include "base/must.h"
#include "render/gpu_device.h"
#include "render/gpu_films.h"
#include "render/gpu_textures.h"
#include "view/draw.h"

struct sw_gpu_brush {
    struct sw_gpu_device *device;
    struct sw_gpu_textures *textures;
    struct sw_gpu_films *films;
    int x, y; /* where the list's origin lies in the target */
};

/* Paints what of `list` lies in `box` (list pixels; the target has all of it), as sw_paint_list does. false: SDL says why. */
bool sw_gpu_draw_list(const struct sw_gpu_brush *brush, const struct sw_draw_list *list, const struct sw_box_px *bounds, bool ground,
                      struct sw_box_px box) SW_MUST;
/* Within `box` of the target's list: the pixels of a layer (a texture as large as the list), moved by x, y; over what is there with an
 * opacity of so much of 255. */
bool sw_gpu_draw_layer(const struct sw_gpu_brush *brush, SDL_Texture *layer, int x, int y, uint8_t opacity, struct sw_box_px box) SW_MUST;

#endif
