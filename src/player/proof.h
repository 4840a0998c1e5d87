/* SPDX-License-Identifier: EUPL-1.2 */
/* One page drawn by itself, as `render` wants it: no playlist, no clock, everything waited for. Main thread. */
#ifndef SW_PLAYER_PROOF_H
#define SW_PLAYER_PROOF_H

#include "base/buffer.h"
#include "player/edition.h"
#include "stage/show.h"

struct sw_proof {
    const struct sw_scene *scene;
    int page;
    int width, height; /* pixels */
    const char *language;
    const char *const *sets; /* "name=value" */
    size_t set_count;
    const char *popup;  /* to open; NULL: none */
    bool visit;         /* a visitor is there, so the overlay lies above the page */
    double countdown_s; /* of that visit; negative: none */
    const double *touches; /* x, y: where fingers read what can be read so, or choose, pixels */
    size_t touch_count;
    double time_s;      /* since the scene began; negative: everything in its place */
    sw_instant instant;
    struct sw_buffer *boxes; /* takes in where everything lies (player/boxes.h); NULL: not asked for */
};

/* Draws into a new list (the caller's to finish). false with *fault (of the arena): a name or value that cannot be set, or a picture
 * that cannot be had within the limit. */
bool sw_proof_draw(struct sw_edition *edition, const struct sw_proof *proof, struct sw_draw_list *list, struct sw_arena *arena,
                   const char **fault) SW_MUST;

#endif
