/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/probe.h"

#include <string.h>

#include "render/gpu_device.h"

struct sw_gl_facts sw_gl_probe(void)
{
    struct sw_gl_facts facts = {.why = "SDL opens no window for OpenGL"};
    struct sw_gpu_device device;
    SDL_Window *window = SDL_CreateWindow("Schauwand", 0, 0, 16, 16, SDL_WINDOW_HIDDEN | SDL_WINDOW_OPENGL);
    if (window != NULL && sw_gpu_device_open(&device, window, &facts.why)) {
        facts = (struct sw_gl_facts){.found = true, .why = "", .software = device.software, .vsync = device.vsync,
                                     .side_max = device.side_max};
        memcpy(facts.api, device.api, sizeof facts.api);
        memcpy(facts.chip, device.chip, sizeof facts.chip);
        sw_gpu_device_close(&device);
    }
    if (window != NULL)
        SDL_DestroyWindow(window);
    return facts;
}

struct sw_backend_choice sw_gl_choice(enum sw_backend wish, bool display, const struct sw_gl_facts *facts, int side)
{
    const struct sw_backend_machine machine = sw_backend_machine(display);
    const struct sw_backend_device device = {.software = facts->software, .side_max = facts->side_max, .side_wanted = side};
    struct sw_backend_choice choice = sw_backend_choose(wish, &machine);
    if (choice.backend == SW_BACKEND_CPU)
        return choice;
    return facts->found ? sw_backend_judge(wish, &device) : (struct sw_backend_choice){SW_BACKEND_CPU, facts->why};
}
