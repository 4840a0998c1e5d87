/* SPDX-License-Identifier: EUPL-1.2 */
/* What a wall of the exhibition that changes.py makes may show: zones, each with its scenes in the order of their coming, each of those a
 * few rectangles of one colour. Lines of a plan, colours hexadecimal RRGGBB, all numbers pixels:
 *
 *   clock X Y                        the strip that says which frame this is (frames.c)
 *   zone X Y WIDTH HEIGHT GROUND
 *   scene ID KIND WAY                of the zone above; how it comes in: cut, fade, push, wipe, morph; left, right, up, down, -
 *   rect X Y WIDTH HEIGHT COLOUR NAME
 *                                    of the scene above, from bottom to top; with a name it is an asset and glides in a morph; "-": none */
#ifndef SW_FRAMES_PLAN_H
#define SW_FRAMES_PLAN_H

#include <stdbool.h>
#include <stdint.h>

enum { RECTS_MAX = 16, SCENES_MAX = 128, ZONES_MAX = 16, NAME_MAX_BYTES = 8, FADE_STEPS = 255 };

enum kind { KIND_CUT, KIND_FADE, KIND_PUSH, KIND_WIPE, KIND_MORPH, KINDS };
enum way { WAY_NONE, WAY_LEFT, WAY_RIGHT, WAY_UP, WAY_DOWN, WAYS };

struct rect {
    double x, y, width, height;
    uint32_t colour;
    char name[NAME_MAX_BYTES];
};
struct scene {
    unsigned id;
    enum kind kind;
    enum way way;
    struct rect rects[RECTS_MAX];
    int rect_count;
};
struct zone {
    int x, y, width, height;
    uint32_t ground;
    struct scene *scenes;
    int scene_count;
};
struct plan {
    struct zone zones[ZONES_MAX];
    int zone_count;
    int clock_x, clock_y;
};

/* Ends the program where the plan is not as above. */
void plan_read(struct plan *plan, const char *path);
const char *plan_kind(enum kind kind);
const char *plan_way(enum way way);
/* How many steps a change into the scene has: pixels of a push or wipe, FADE_STEPS; 0: a cut. */
int plan_steps(const struct zone *zone, const struct scene *scene);
/* The scene's picture: width * height pixels 00RRGGBB. `assets` false: without those, as if none had come. */
void plan_paint(const struct zone *zone, const struct scene *scene, bool assets, uint32_t *pixels);
/* Moves what both scenes have under one name to where it is when `progress` (0..1) of a morph has gone. False: they share nothing. */
bool plan_glide(struct scene *from, struct scene *to, double progress);

#endif
