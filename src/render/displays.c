/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/displays.h"

#include <SDL_syswm.h>
#include <X11/extensions/Xrandr.h>
#include <stdbool.h>
#include <stdlib.h>

/* libXrandr, which SDL has loaded for its X11 driver: on a host without X nobody needs it. */
struct xrandr {
    void *library;
    XRRMonitorInfo *(*get)(Display *display, Window window, Bool active, int *count);
    void (*release)(XRRMonitorInfo *monitors);
};

static bool named(const char *variable)
{
    const char *value = getenv(variable);
    return value != NULL && *value != '\0';
}

const char *sw_displays_drivers(void)
{
    bool x11 = named("DISPLAY"), wayland = named("WAYLAND_DISPLAY");
    return wayland ? (x11 ? "wayland,x11" : "wayland") : x11 ? "x11" : NULL;
}

static void join(SDL_Rect *all, SDL_Rect one)
{
    SDL_Rect before = *all;
    SDL_UnionRect(&before, &one, all);
}

static bool load(struct xrandr *xrandr)
{
    xrandr->library = SDL_LoadObject("libXrandr.so.2");
    if (xrandr->library == NULL)
        return false;
    *(void **)&xrandr->get = SDL_LoadFunction(xrandr->library, "XRRGetMonitors");
    *(void **)&xrandr->release = SDL_LoadFunction(xrandr->library, "XRRFreeMonitors");
    return xrandr->get != NULL && xrandr->release != NULL;
}

/* As the X server has them now; false: there is none, or it cannot say. */
static bool ask_server(SDL_Window *window, SDL_Rect *all)
{
    struct xrandr xrandr = {.library = NULL};
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window, &info) == SDL_FALSE || info.subsystem != SDL_SYSWM_X11)
        return false;
    int count = 0;
    if (load(&xrandr)) {
        XRRMonitorInfo *monitors = xrandr.get(info.info.x11.display, DefaultRootWindow(info.info.x11.display), True, &count);
        for (int i = 0; monitors != NULL && i < count; i++)
            join(all, (SDL_Rect){monitors[i].x, monitors[i].y, monitors[i].width, monitors[i].height});
        if (monitors != NULL)
            xrandr.release(monitors);
    }
    SDL_UnloadObject(xrandr.library);
    return count > 0;
}

SDL_Rect sw_displays_around(SDL_Window *window)
{
    SDL_Rect all = {0, 0, 0, 0}, one;
    if (window != NULL && ask_server(window, &all))
        return all;
    for (int i = 0; i < SDL_GetNumVideoDisplays(); i++)
        if (SDL_GetDisplayBounds(i, &one) == 0)
            join(&all, one);
    return all;
}
