/* SPDX-License-Identifier: EUPL-1.2 */
/* Which displays this host has, as its display server knows them now: SDL's own notion is of the start, and on X11 stays so when outputs
 * are switched on and off or change their modes. Private to render/. Main thread. */
#ifndef SW_RENDER_DISPLAYS_H
#define SW_RENDER_DISPLAYS_H

#include <SDL.h>

/* SDL's drivers for those that DISPLAY and WAYLAND_DISPLAY name, for its hint; of a Wayland session that has both, Wayland first (by way of
 * Xwayland our window is no full-screen one). NULL: neither names one. */
const char *sw_displays_drivers(void);
/* The rectangle around all of them; empty if there are none. `window`: any window of ours, by which X11 is asked; NULL: SDL's notion. */
SDL_Rect sw_displays_around(SDL_Window *window);

#endif
