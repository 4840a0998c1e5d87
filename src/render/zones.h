/* SPDX-License-Identifier: EUPL-1.2 */
/* What the zones of a wall show, and what of it is new in a frame: what must be painted anew in which layer and where on the wall. Both
 * backends paint by it, each into pixels of its own; here there are none. Main thread; read by any while it is not stepped. */
#ifndef SW_RENDER_ZONES_H
#define SW_RENDER_ZONES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "render/damage.h"
#include "view/change.h"
#include "view/draw.h"

/* What one zone shows in this frame. Lists are the caller's and are read during the call only (copies are kept of what is needed for the
 * next comparison, holding their bitmaps until two frames have been made without them). Zones do not overlap; what of one lies beside the
 * wall is not drawn. */
struct sw_zone_frame {
    struct sw_box_px place;          /* on the wall; lists have its size */
    const struct sw_draw_list *list; /* the scene that is on; NULL: leave the zone as it is */
    const struct sw_draw_list *next; /* the scene that takes its place; NULL: none */
    enum sw_change_kind kind;        /* how it does, and where it goes */
    enum sw_way way;
    double mix;                      /* how far: 0: only `list`, 1: only `next`; in whole pixels, a fade in steps of 1/255 */
    bool soon;                       /* `next` may come before long: what it takes may be made ready */
    const struct sw_draw_list *top;  /* above both: contact marks, the countdown's card; its ground is not used; NULL: none */
};

/* A list as it is to be drawn. */
struct sw_layer {
    struct sw_draw_list drawn;
    struct sw_box_px *bounds;    /* of its items */
    size_t bounds_capacity;
    bool valid;                  /* `drawn` has been drawn but for `damage`; else there is nothing */
    struct sw_damage_set damage; /* of this frame, zone pixels */
};

struct sw_zone_layers {
    struct sw_box_px place;
    bool valid;                 /* something was drawn, and the wall still has it */
    struct sw_change change;    /* as it is to be drawn */
    bool layered;               /* the wall is made of the layers, else of `shown` */
    struct sw_layer shown;      /* the one scene that shows, drawn straight into the wall */
    struct sw_layer layers[2];  /* the scene that is on, the scene that comes in: to be drawn apart while they are valid */
    struct sw_draw_list top;
    struct sw_damage_set damage; /* of the wall in this frame, zone pixels */
};

struct sw_zones {
    int width, height; /* of the wall */
    struct sw_zone_layers *items;
    size_t count;
    bool everything; /* all counts as changed in the next frame */
    bool placed;     /* in this frame the zones have taken other places: layers that were drawn are void */
    bool covered;    /* they leave nothing of the wall free; where they do it is black */
    struct sw_damage_set damage; /* of the wall in this frame */
};

void sw_zones_init(struct sw_zones *zones, int width, int height); /* all counts as changed */
void sw_zones_finish(struct sw_zones *zones);                      /* accepts a zeroed one */
/* Takes in a frame. Zones are known by their index: another number of zones or another place of one makes everything new. */
void sw_zones_step(struct sw_zones *zones, const struct sw_zone_frame *frames, size_t count);

#endif
