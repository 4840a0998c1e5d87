/* SPDX-License-Identifier: EUPL-1.2 */
/* Who draws: the processor (`cpu`) or the graphics processor (`gpu`). A choice by what is known, cheapest first, so that a machine without
 * a GPU never waits for OpenGL to find that out. Pure but for sw_backend_has_device; any thread. */
#ifndef SW_RENDER_BACKEND_H
#define SW_RENDER_BACKEND_H

#include <stdbool.h>

#include "base/must.h"

enum sw_backend { SW_BACKEND_AUTO, SW_BACKEND_CPU, SW_BACKEND_GPU };

/* What is known before a window is open. */
struct sw_backend_machine {
    bool display;  /* there is one to draw on */
    bool device;   /* the kernel knows a GPU that we may use */
    bool software; /* OpenGL was told to draw with the processor (LIBGL_ALWAYS_SOFTWARE) */
};

/* What is known of OpenGL once it has been started. */
struct sw_backend_device {
    bool software;  /* it draws with the processor */
    int side_max;   /* of a texture */
    int side_wanted;
};

struct sw_backend_choice {
    enum sw_backend backend; /* CPU or GPU */
    const char *reason;      /* why, as the end of "drawn by the processor, since ..." */
};

/* Whether OpenGL is worth starting. */
struct sw_backend_choice sw_backend_choose(enum sw_backend wish, const struct sw_backend_machine *machine);
/* Whether it is worth using; what was wished for is used if it can be. */
struct sw_backend_choice sw_backend_judge(enum sw_backend wish, const struct sw_backend_device *device);
/* "auto", "cpu", "gpu"; false: none of them. */
bool sw_backend_named(const char *name, enum sw_backend *backend) SW_MUST;
const char *sw_backend_name(enum sw_backend backend);
/* Whether below the folder `dev` ("/dev") is a GPU that this process may open. */
bool sw_backend_has_device(const char *dev);
/* What the environment and /dev say; `display`: as above. */
struct sw_backend_machine sw_backend_machine(bool display);

#endif
