/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the wall's pixels go: a window that spans the outputs of this host (X11: its surface by MIT-SHM; other drivers: a streaming
 * texture), or nowhere (off-screen). Owns SDL's video subsystem and the window; the caller pumps events and calls `refresh` for those of
 * the window. SDL's hints must be set before its first subsystem starts, so create this before any other use of SDL. Main thread. */
#ifndef SW_RENDER_OUTPUT_H
#define SW_RENDER_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "render/compose.h"
#include "render/panels.h"

enum sw_output_kind { SW_OUTPUT_OFFSCREEN, SW_OUTPUT_WINDOW, SW_OUTPUT_FULLSCREEN };

struct sw_output;
struct sw_window;

struct sw_output_options {
    enum sw_output_kind kind;
    int width, height;               /* of the wall, pixels */
    int window_width, window_height; /* WINDOW: its size at first, 0: the wall's, at most the display's */
    const char *title;
    /* The panels, copied, where the surface is not the wall as it is; NULL, 0: it is. FULLSCREEN: each where its output lies in the
     * window, pixel for pixel. WINDOW: as people see the wall, unturned, on a picture of this size, scaled to fit, the rest filled. */
    const struct sw_panel_place *panels;
    size_t panel_count;
    int picture_width, picture_height;
    uint32_t fill;
};

/* Whether this host is said to have a display: DISPLAY or WAYLAND_DISPLAY is set. */
bool sw_output_display_named(void);
/* Whether it can be had: one is named and SDL's driver starts. If so SDL's video goes on until it is released, as to start it takes tens of
 * milliseconds: create the output first. */
bool sw_output_display_exists(void);
void sw_output_release_display(void);
struct sw_output *sw_output_create(const struct sw_output_options *options) SW_MUST; /* NULL, logged, if there is no window to be had */
/* The same into a window that is there already (render/window.h), which is the output's from now on, also where NULL is returned. Its
 * renderer, if it had one, must be gone. */
struct sw_output *sw_output_adopt(struct sw_window *window) SW_MUST;
/* From now on these help to bring large pieces (NULL: nobody, as at first); they outlive the output or are taken back. First they back the
 * window's pixels with memory, while the first pictures are still being decoded. */
void sw_output_share(struct sw_output *output, struct sw_crew *crew);
void sw_output_destroy(struct sw_output *output); /* accepts NULL */
/* Pixels that the window is shown from, where the wall lies in them as it is: composed there it need not be copied, and put takes them as
 * its `pixels`. NULL: it is scaled, turned or in parts, or the driver shows none. `stride`: bytes a row. Valid until the next event that
 * SDL is asked for; what they held is lost with the window's size (refresh). */
uint32_t *sw_output_surface(struct sw_output *output, int *stride);
/* Brings the boxes of the wall to the display: by its panels, or 1 : 1 where window and wall have the same size, else scaled to fit, with
 * black in the rest.
 * `pixels`: the wall as it was composed, complete also outside the boxes. Returns false if the display is gone (the caller exits to be
 * started again). On X11 a server that dies ends the process within the call (Xlib's way, exit status 1): to the supervisor the same. */
bool sw_output_put(struct sw_output *output, const uint32_t *pixels, int stride, struct sw_damage damage);
/* One pixel again and the answer awaited: proves a living display (X11: a round trip, so a server that hangs makes this hang, and the
 * supervisor's patience ends). */
bool sw_output_heartbeat(struct sw_output *output, const uint32_t *pixels, int stride);
/* Switches the screens on or off (full screen alone: else they are not ours) and sees to it that they do not go off by themselves. false:
 * they cannot be switched from here. */
bool sw_output_light(const struct sw_output *output, bool on) SW_MUST;
/* Window pixels (or SDL's 0..1 touch coordinates times the window's size) to wall pixels, 0 <= wall_x < width; false outside of the
 * picture and of all panels: then it is the nearest place of the wall. The far edges belong to it: SDL gives the last pixel of a touch
 * screen as 1. */
bool sw_output_to_wall(const struct sw_output *output, double x, double y, double *wall_x, double *wall_y);
/* Of the window, pixels; off-screen: of the wall. */
void sw_output_size(const struct sw_output *output, int *width, int *height);
/* To be called on SDL window events (size, exposure, minimised and back) and on SDL_RENDER_*_RESET: the next put brings everything. Full
 * screen on X11, outputs that have changed are found by the exposure that follows, and the window takes their size. */
void sw_output_refresh(struct sw_output *output);

#endif
