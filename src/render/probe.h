/* SPDX-License-Identifier: EUPL-1.2 */
/* What OpenGL this machine has: for `doctor`, which says why a wall is drawn as it is. Main thread. */
#ifndef SW_RENDER_PROBE_H
#define SW_RENDER_PROBE_H

#include <stdbool.h>

#include "render/backend.h"

struct sw_gl_facts {
    bool found;
    const char *why; /* it was not found; "" else */
    char api[32];    /* "opengl", "opengles2" */
    char chip[128];  /* who draws */
    bool software;   /* that is the processor */
    bool vsync;
    int side_max; /* of a texture, pixels */
};

/* Starts OpenGL in a window that nobody sees, on the video driver that SDL runs with now, and ends it again. */
struct sw_gl_facts sw_gl_probe(void);
/* What a screen of a wall with sides up to `side` would choose. */
struct sw_backend_choice sw_gl_choice(enum sw_backend wish, bool display, const struct sw_gl_facts *facts, int side);

#endif
