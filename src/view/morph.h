/* SPDX-License-Identifier: EUPL-1.2 */
/* A shared-element morph: what two pages have under one name is drawn in both of their lists where it is on its way from the one place to
 * the other, while the two lists cross-fade: so it glides and the rest fades. What only one page has just fades.
 *
 * A name that stands more than once on a page (the tiles of a hub) means the one in what leads to the other page's scene, if that is one;
 * else none. Main thread. */
#ifndef SW_VIEW_MORPH_H
#define SW_VIEW_MORPH_H

#include <stddef.h>
#include <stdint.h>

#include "view/geometry.h"

struct sw_box;

/* How one box is drawn for now, in place of what animation and its parents do. */
struct sw_glide {
    uint64_t identity;
    double zoom, zoom_x, zoom_y, shift_x, shift_y; /* as the painter's */
    double opacity;
    struct sw_rect clip; /* design units */
};

struct sw_morph_end;
struct sw_morph {
    struct sw_morph_end *ends[2]; /* of the page that goes, of the one that comes; one a pair, in the same order */
    struct sw_glide *glides[2];   /* what the two painters are given */
    size_t count;
};

/* A page to match: its tree, and the id of its scene. */
struct sw_morph_page {
    const struct sw_box *root; /* NULL: nothing there */
    const char *scene;
};

void sw_morph_finish(struct sw_morph *morph); /* accepts a zeroed one */
/* Pairs what the two have in common. Nothing of the trees is kept but identities and places. */
void sw_morph_match(struct sw_morph *morph, struct sw_morph_page from, struct sw_morph_page to);
/* Sets the glides of both for `progress`: at 0 all is where the first page has it, at 1 where the second has. */
void sw_morph_at(struct sw_morph *morph, double progress);

#endif
