/* SPDX-License-Identifier: EUPL-1.2 */
/* The display, and who draws on it. */
#include <SDL.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "player/doctor/doctor.h"

static bool driver_is(const char *name)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver != NULL && strcmp(driver, name) == 0;
}

/* What the monitor says of itself, which is not always so: dots an inch, as SDL has it of all systems. */
static void say_size(struct sw_doctor *doctor, int display, const SDL_Rect *place)
{
    float across = 0, down = 0;
    if (SDL_GetDisplayDPI(display, NULL, &across, &down) != 0 || across < 1 || down < 1)
        return;
    sw_buffer_printf(&doctor->value, ", %.0f x %.0f mm", place->w / across * 25.4, place->h / down * 25.4);
}

static void say_displays(struct sw_doctor *doctor)
{
    int count = SDL_GetNumVideoDisplays();
    sw_doctor_say(doctor, SW_DOCTOR_OK, "%s with %d display%s", SDL_GetCurrentVideoDriver(), count, count == 1 ? "" : "s");
    for (int i = 0; i < count; i++) {
        SDL_DisplayMode mode;
        SDL_Rect place = {0, 0, 0, 0};
        if (SDL_GetCurrentDisplayMode(i, &mode) != 0 || SDL_GetDisplayBounds(i, &place) != 0)
            continue;
        const char *name = SDL_GetDisplayName(i);
        sw_doctor_say(doctor, SW_DOCTOR_OK, "%s %d x %d at %d, %d", name != NULL ? name : "unnamed", place.w, place.h, place.x, place.y);
        say_size(doctor, i, &place);
        if (mode.refresh_rate > 0)
            sw_buffer_printf(&doctor->value, ", %d Hz", mode.refresh_rate);
        if (mode.refresh_rate > 0 && mode.refresh_rate < 50) {
            doctor->level = SW_DOCTOR_NOTE;
            sw_doctor_advise(doctor, "what moves is smooth from 50 Hz on: another cable or mode may have them");
        }
    }
}

void sw_doctor_display(struct sw_doctor *doctor)
{
    const char *x11 = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
    bool named = (x11 != NULL && *x11 != '\0') || (wayland != NULL && *wayland != '\0');
    if (doctor->display) {
        say_displays(doctor);
    } else if (named) {
        bool second = wayland != NULL && *wayland != '\0';
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "%s %s does not answer", second ? "WAYLAND_DISPLAY" : "DISPLAY", second ? wayland : x11);
        sw_doctor_advise(doctor, "is the X server or the Wayland compositor up, and may this user use it?");
    } else {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "none: DISPLAY and WAYLAND_DISPLAY are not set");
        sw_doctor_advise(doctor, "start Schauwand from within X or a Wayland compositor; without them it plays off-screen");
    }
}

void sw_doctor_opengl(struct sw_doctor *doctor)
{
    const struct sw_gl_facts *gl = &doctor->gl;
    if (!gl->found) {
        sw_doctor_say(doctor, sw_backend_has_device("/dev") ? SW_DOCTOR_PROBLEM : SW_DOCTOR_NOTE, "none: %s", gl->why);
        if (doctor->level == SW_DOCTOR_PROBLEM)
            sw_doctor_advise(doctor, "there is a GPU that it could draw with: apt-get install libgl1 libegl1 libgl1-mesa-dri");
        return;
    }
    sw_doctor_say(doctor, SW_DOCTOR_OK, "%s by %s, textures of up to %d pixels a side%s", gl->api, gl->chip, gl->side_max,
                  gl->vsync ? ", waits for the display" : "");
}

/* The longest side of what would be drawn. */
static int longest_side(const struct sw_doctor *doctor)
{
    if (doctor->wall == NULL)
        return 1920;
    return doctor->wall->width_px > doctor->wall->height_px ? doctor->wall->width_px : doctor->wall->height_px;
}

void sw_doctor_drawing(struct sw_doctor *doctor)
{
    enum sw_backend wish = doctor->options->backend;
    struct sw_backend_choice choice = sw_gl_choice(wish, doctor->display, &doctor->gl, longest_side(doctor));
    sw_doctor_say(doctor, SW_DOCTOR_OK, "by the %s, since %s", choice.backend == SW_BACKEND_GPU ? "GPU" : "processor", choice.reason);
    if (wish == SW_BACKEND_GPU && choice.backend == SW_BACKEND_CPU) {
        doctor->level = SW_DOCTOR_PROBLEM;
        sw_doctor_advise(doctor, "mend what stands behind opengl, or go without --backend gpu");
    }
    bool idle = doctor->gl.software || !sw_backend_has_device("/dev"); /* a GPU that there seems to be */
    if (wish == SW_BACKEND_AUTO && doctor->display && idle && access("/dev/dri", F_OK) == 0) {
        doctor->level = SW_DOCTOR_NOTE;
        sw_doctor_advise(doctor, "if there is a GPU, its driver may be missing, or this user may not be in the group \"render\"");
    }
}

/* X's libraries are not linked: they are asked for by name, and only here. */
static bool ask_x11(bool *shared)
{
    void *x11 = SDL_LoadObject("libX11.so.6"), *extensions = SDL_LoadObject("libXext.so.6");
    bool asked = false;
    if (x11 != NULL && extensions != NULL) {
        void *found[] = {SDL_LoadFunction(x11, "XOpenDisplay"), SDL_LoadFunction(x11, "XCloseDisplay"),
                         SDL_LoadFunction(extensions, "XShmQueryExtension")};
        void *(*open)(const char *name) = NULL;
        int (*close)(void *display) = NULL, (*query)(void *display) = NULL;
        memcpy(&open, &found[0], sizeof open);
        memcpy(&close, &found[1], sizeof close);
        memcpy(&query, &found[2], sizeof query);
        void *display = open != NULL && close != NULL && query != NULL ? open(NULL) : NULL;
        asked = display != NULL;
        if (asked) {
            *shared = query(display) != 0;
            (void)close(display);
        }
    }
    SDL_UnloadObject(extensions);
    SDL_UnloadObject(x11);
    return asked;
}

void sw_doctor_shared_memory(struct sw_doctor *doctor)
{
    bool shared = false;
    const char *name = getenv("DISPLAY");
    if (!doctor->display || !driver_is("x11")) {
        sw_doctor_say(doctor, SW_DOCTOR_OK, "not asked for without X");
    } else if (!ask_x11(&shared)) {
        sw_doctor_say(doctor, SW_DOCTOR_NOTE, "the X server could not be asked");
    } else if (!shared) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "the X server has no MIT-SHM: each frame goes through a socket");
        sw_doctor_advise(doctor, "start the X server without -extension MIT-SHM");
    } else if (name != NULL && *name != ':' && strncmp(name, "unix:", 5) != 0) {
        sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "DISPLAY %s is another machine: each frame goes over the network", name);
        sw_doctor_advise(doctor, "start Schauwand on the machine that the display hangs on");
    } else {
        sw_doctor_say(doctor, SW_DOCTOR_OK, "MIT-SHM");
    }
}
