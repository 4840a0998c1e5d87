/* SPDX-License-Identifier: EUPL-1.2 */
/* The `gpu` backend: composes the zones of a wall into one kept texture with SDL's renderer on OpenGL, touching only what changed, and
 * shows it in the window. (What is behind a shown frame is undefined; hence the kept one.) The same pictures as `cpu` but for rounding.
 * Private to render/, see screen.h. Main thread. */
#ifndef SW_RENDER_GPU_H
#define SW_RENDER_GPU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "render/gpu_device.h"
#include "render/window.h"
#include "render/zones.h"

struct sw_gpu;

/* Takes over an open device and borrows the window that it draws in; `budget`: bytes of textures of bitmaps; `side_max`: pixels of a
 * texture's side, 0: as many as the device can. The wall's sides are within. NULL: SDL says why; the device is closed. */
struct sw_gpu *sw_gpu_create(struct sw_gpu_device device, struct sw_window *window, size_t budget, int side_max) SW_MUST;
void sw_gpu_destroy(struct sw_gpu *gpu); /* accepts NULL; the window stays, without a renderer */
/* Brings the wall up to date and into the window, both where anything has changed; *changed: something had. false: the device has failed,
 * SDL says how, and only destroy may follow. */
bool sw_gpu_show(struct sw_gpu *gpu, const struct sw_zone_frame *frames, size_t count, bool *changed) SW_MUST;
/* Shows the same again and waits until it is drawn: a device or display server that hangs makes this hang. */
bool sw_gpu_heartbeat(struct sw_gpu *gpu) SW_MUST;
/* The wall as it was composed last: width x height XRGB pixels (the unused byte is 0xff). */
bool sw_gpu_read(struct sw_gpu *gpu, uint32_t *pixels, int stride) SW_MUST;
/* What was drawn is lost (SDL_RENDER_TARGETS_RESET), or all textures with it (`device`, SDL_RENDER_DEVICE_RESET): the next show makes
 * everything anew. */
void sw_gpu_lost(struct sw_gpu *gpu, bool device);
const struct sw_gpu_device *sw_gpu_device(const struct sw_gpu *gpu);

#endif
