/* SPDX-License-Identifier: EUPL-1.2 */
/* The window that spans the outputs of this host, and where in it the wall's panels are: what both backends draw to. Private to render/.
 * Owns SDL's video subsystem. Main thread. */
#ifndef SW_RENDER_WINDOW_H
#define SW_RENDER_WINDOW_H

#include <SDL.h>

#include "render/output.h"

struct sw_window {
    /* constant after create */
    enum sw_output_kind kind;
    int wall_width, wall_height;
    struct sw_panel_place *panels; /* as they were given; one that is the whole wall if none were */
    size_t panel_count;
    int picture_width, picture_height; /* of the picture that they lie in */
    bool exact;                        /* which is not scaled */
    uint32_t fill;
    bool video;         /* SDL's video subsystem was started for this */
    SDL_Window *handle; /* NULL: none, off-screen without a GPU */
    /* changes with the window */
    int width, height;
    struct sw_box_px picture;      /* where in the window the wall is */
    struct sw_panel_place *places; /* the panels in the window */
    bool everything;               /* what is in the window cannot be relied upon: all must be brought */
    int64_t shown;                 /* so many times something was brought */
};

/* `gl`: fit for a renderer that draws with the GPU; off-screen too it has a window then, one that nobody sees (SDL's "offscreen" driver).
 * NULL if there is none to be had; logged where it is not for the GPU, without which one can do. */
struct sw_window *sw_window_create(const struct sw_output_options *options, bool gl) SW_MUST;
void sw_window_destroy(struct sw_window *window); /* accepts NULL; its renderer must be gone */
/* Takes the window's size, the renderer's if there is one. Another one than before means `everything`. */
void sw_window_measure(struct sw_window *window, SDL_Renderer *renderer);
/* Something happened to the window: all must be brought. Full screen on X11 it takes the size of the outputs if that has changed. */
void sw_window_refresh(struct sw_window *window);
/* To be called when something is brought. At the second time whoever manages windows has had its say about ours: outputs that stay bare are
 * told of. */
void sw_window_shown(struct sw_window *window);
/* Whether the panels leave nothing free of the picture. */
bool sw_window_covered(const struct sw_window *window);
/* Draws the wall (a texture of its size, or of a fraction of it) panel by panel into the window, black and `fill` around them, and shows
 * it. false: SDL says why. */
bool sw_window_present(struct sw_window *window, SDL_Renderer *renderer, SDL_Texture *wall);
/* As sw_output_light. */
bool sw_window_light(const struct sw_window *window, bool on) SW_MUST;
/* Whether SDL's video driver is `name`. */
bool sw_window_driver_is(const char *name);

#endif
