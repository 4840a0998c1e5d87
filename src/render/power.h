/* SPDX-License-Identifier: EUPL-1.2 */
/* Screens on and off, by the X server's DPMS. Private to render/. Main thread. */
#ifndef SW_RENDER_POWER_H
#define SW_RENDER_POWER_H

#include <SDL.h>
#include <stdbool.h>

#include "base/must.h"

/* Switches all screens of the server that `window` (may be NULL) is shown by, and sees to it that it does not switch them by itself. Two
 * round trips. false: it cannot, or they are not as wanted: no DPMS, no X, no window. */
bool sw_power_switch(SDL_Window *window, bool on) SW_MUST;

#endif
