/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/power.h"

#include <SDL_syswm.h>
#include <X11/Xlib.h>
#include <X11/Xmd.h>

/* Levels of the DPMS extension, version 1.1. */
#define LEVEL_ON 0
#define LEVEL_OFF 3

/* What of libXext is needed, which SDL has loaded for its X11 driver: on a host without X nobody needs it. */
struct dpms {
    void *library;
    Bool (*exists)(Display *display, int *event, int *error);
    Bool (*capable)(Display *display);
    Status (*info)(Display *display, CARD16 *level, BOOL *enabled);
    Status (*enable)(Display *display);
    Status (*force)(Display *display, CARD16 level);
    Status (*times)(Display *display, CARD16 standby, CARD16 suspend, CARD16 off);
};

static bool load(struct dpms *dpms)
{
    dpms->library = SDL_LoadObject("libXext.so.6");
    if (dpms->library == NULL)
        return false;
    *(void **)&dpms->exists = SDL_LoadFunction(dpms->library, "DPMSQueryExtension");
    *(void **)&dpms->capable = SDL_LoadFunction(dpms->library, "DPMSCapable");
    *(void **)&dpms->info = SDL_LoadFunction(dpms->library, "DPMSInfo");
    *(void **)&dpms->enable = SDL_LoadFunction(dpms->library, "DPMSEnable");
    *(void **)&dpms->force = SDL_LoadFunction(dpms->library, "DPMSForceLevel");
    *(void **)&dpms->times = SDL_LoadFunction(dpms->library, "DPMSSetTimeouts");
    return dpms->exists != NULL && dpms->capable != NULL && dpms->info != NULL && dpms->enable != NULL && dpms->force != NULL &&
           dpms->times != NULL;
}

/* A level can be set only while DPMS is enabled; while it is not the screens are on. Enabled, it would switch them off by its own times. */
static bool bring(const struct dpms *dpms, Display *display, CARD16 wanted)
{
    CARD16 level = LEVEL_ON;
    BOOL enabled = False;
    if (!dpms->info(display, &level, &enabled))
        return false;
    dpms->times(display, 0, 0, 0);
    if (!enabled && wanted == LEVEL_ON)
        return true;
    if (!enabled)
        dpms->enable(display);
    if (!enabled || level != wanted)
        dpms->force(display, wanted);
    return dpms->info(display, &level, &enabled) && level == wanted;
}

bool sw_power_switch(SDL_Window *window, bool on)
{
    struct dpms dpms = {.library = NULL};
    SDL_SysWMinfo info;
    int event = 0, error = 0;
    SDL_VERSION(&info.version);
    if (window == NULL || SDL_GetWindowWMInfo(window, &info) == SDL_FALSE || info.subsystem != SDL_SYSWM_X11)
        return false;
    Display *display = info.info.x11.display;
    bool done = load(&dpms) && dpms.exists(display, &event, &error) && dpms.capable(display) &&
                bring(&dpms, display, on ? LEVEL_ON : LEVEL_OFF);
    SDL_UnloadObject(dpms.library);
    return done;
}
