/* SPDX-License-Identifier: EUPL-1.2 */
/* A change from one draw list to another, as the composer is told of it: each list keeps its pixels in a layer of its own, and a change
 * says which part of which layer is seen where. To add a kind: a value here and what it shows in sw_change_view. Any thread. */
#ifndef SW_VIEW_CHANGE_H
#define SW_VIEW_CHANGE_H

#include <stdbool.h>

#include "view/geometry.h"

enum sw_change_kind {
    SW_CHANGE_FADE, /* both everywhere, mixed */
    SW_CHANGE_PUSH, /* side by side, both moving */
    SW_CHANGE_WIPE, /* each in its place, with an edge moving between them */
};

/* Where the edge between the two moves. */
enum sw_way { SW_WAY_LEFT, SW_WAY_RIGHT, SW_WAY_UP, SW_WAY_DOWN };

/* A change at one instant. Of `steps` steps it has made `step`: at 0 only the first list is seen, at `steps` only the second. */
struct sw_change {
    enum sw_change_kind kind;
    enum sw_way way; /* SW_WAY_LEFT for a fade */
    int step, steps; /* pixels; of 255 for a fade */
};

/* What is seen of one of the two layers: its pixels moved by x, y, within `seen` (zone pixels). */
struct sw_change_view {
    struct sw_box_px seen;
    int x, y;
};

/* How far something has come that begins and ends gently: 0 at 0, 1 at 1; what is less or more counts as the nearest. */
double sw_smooth(double t);
/* At `progress` (0..1, what is less, more or no number counts as the nearest) in a zone of width x height pixels, at least one. */
struct sw_change sw_change_at(enum sw_change_kind kind, enum sw_way way, double progress, int width, int height);
/* Whether parts of both are seen. */
bool sw_change_between(const struct sw_change *change);
/* `second`: of the layer that comes in. A fade shows all of both. */
struct sw_change_view sw_change_view(const struct sw_change *change, bool second, int width, int height);
/* What of the zone has changed between two instants of a change, if the layers have not; empty if nothing has. */
struct sw_box_px sw_change_damage(const struct sw_change *before, const struct sw_change *now, int width, int height);
enum sw_way sw_way_back(enum sw_way way);

#endif
