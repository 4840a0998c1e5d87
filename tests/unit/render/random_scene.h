/* SPDX-License-Identifier: EUPL-1.2 */
/* Two zones of a wall that change by chance, frame by frame, the same for the same seed. */
#ifndef SW_TESTS_RANDOM_SCENE_H
#define SW_TESTS_RANDOM_SCENE_H

#include "random_lists.h"
#include "render/zones.h"

enum { RANDOM_WIDTH = 640, RANDOM_HEIGHT = 400, RANDOM_ZONES = 2 }; /* of the wall */

struct random_scene {
    struct random_lists random;
    struct sw_draw_list lists[RANDOM_ZONES], nexts[RANDOM_ZONES], tops[RANDOM_ZONES];
    struct sw_zone_frame frames[RANDOM_ZONES];
    int change[RANDOM_ZONES]; /* steps still to go; 0: none */
};

/* With its first frame made. */
void random_scene_init(struct random_scene *scene, uint32_t seed);
void random_scene_finish(struct random_scene *scene);
void random_scene_step(struct random_scene *scene);

#endif
