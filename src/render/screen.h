/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the wall is seen: zones go in, the window shows them. One of two backends draws: `cpu` (compose.h with output.h) or `gpu` (gpu.h);
 * a GPU that fails is given up, and the processor goes on in the same window. Owns SDL's video subsystem; create it before any other use
 * of SDL. Main thread. */
#ifndef SW_RENDER_SCREEN_H
#define SW_RENDER_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "render/backend.h"
#include "render/output.h"
#include "render/zones.h"

struct sw_screen_options {
    struct sw_output_options output;
    enum sw_backend backend;
    bool only;             /* that backend or none: NULL where it cannot be had */
    int threads;           /* of the processor's backend, 1..4 */
    size_t texture_budget; /* bytes of bitmaps that the GPU keeps; 0: SW_TEXTURE_BUDGET */
    int texture_side;      /* pixels of a texture's side; 0: as many as the GPU can */
};
#define SW_TEXTURE_BUDGET ((size_t)512 << 20)

enum sw_screen_outcome {
    SW_SCREEN_SAME, /* nothing has changed */
    SW_SCREEN_NEW,
    SW_SCREEN_GONE, /* the display is gone: exit to be started again */
};

struct sw_screen;

/* NULL, logged, if there is no window to be had. */
struct sw_screen *sw_screen_create(const struct sw_screen_options *options) SW_MUST;
void sw_screen_destroy(struct sw_screen *screen); /* accepts NULL */
/* Brings wall and window up to date. With a GPU and vertical sync it may wait for the display. On X11 a server that dies ends the process
 * within the call. */
enum sw_screen_outcome sw_screen_show(struct sw_screen *screen, const struct sw_zone_frame *frames, size_t count) SW_MUST;
/* Shows the same again and awaits the answer: proves a living display. false: it is gone. */
bool sw_screen_heartbeat(struct sw_screen *screen) SW_MUST;
/* The wall as it was shown last: width x height XRGB pixels (the unused byte is 0xff), `stride` bytes a row. Valid until the next call of
 * this kind or destroy. NULL: the GPU does not give it, or the window changes just now. */
const uint32_t *sw_screen_pixels(struct sw_screen *screen, int *width, int *height, int *stride);
/* As sw_output_light, sw_output_to_wall and sw_output_size. */
bool sw_screen_light(const struct sw_screen *screen, bool on) SW_MUST;
bool sw_screen_to_wall(const struct sw_screen *screen, double x, double y, double *wall_x, double *wall_y);
void sw_screen_size(const struct sw_screen *screen, int *width, int *height);
/* On SDL's window events (size, exposure, minimised and back): the next show brings everything. */
void sw_screen_refresh(struct sw_screen *screen);
/* On SDL_RENDER_TARGETS_RESET, and with `device` on SDL_RENDER_DEVICE_RESET: the next show draws everything anew. */
void sw_screen_lost(struct sw_screen *screen, bool device);
/* Who draws, and why. */
struct sw_backend_choice sw_screen_backend(const struct sw_screen *screen);
/* Frames a second that showing waits for; 0: it does not wait. */
int sw_screen_sync_hz(const struct sw_screen *screen);

#endif
