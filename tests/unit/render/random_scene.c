/* SPDX-License-Identifier: EUPL-1.2 */
#include "random_scene.h"

#include <stddef.h>

static const struct sw_box_px places[RANDOM_ZONES] = {{8, 4, 390, 390}, {410, 150, 230, 300}}; /* the second reaches over the edge */

void random_scene_init(struct random_scene *scene, uint32_t seed)
{
    random_lists_init(&scene->random, seed, true);
    for (int i = 0; i < RANDOM_ZONES; i++) {
        random_list_make(&scene->random, &scene->lists[i], places[i].width, places[i].height, 15);
        random_list_make(&scene->random, &scene->nexts[i], places[i].width, places[i].height, 9);
        random_list_make(&scene->random, &scene->tops[i], places[i].width, places[i].height, 1);
        scene->frames[i] = (struct sw_zone_frame){.place = places[i], .list = &scene->lists[i]};
        scene->change[i] = 0;
    }
}

void random_scene_finish(struct random_scene *scene)
{
    for (int i = 0; i < RANDOM_ZONES; i++) {
        sw_draw_list_finish(&scene->lists[i]);
        sw_draw_list_finish(&scene->nexts[i]);
        sw_draw_list_finish(&scene->tops[i]);
    }
    random_lists_finish(&scene->random);
}

static void begin(struct random_scene *scene, int i)
{
    scene->change[i] = 6;
    scene->frames[i].kind = (enum sw_change_kind)random_number(&scene->random, 3);
    scene->frames[i].way = (enum sw_way)random_number(&scene->random, 4);
}

/* What was going comes back, as a touch makes it. */
static void turn_round(struct random_scene *scene, int i)
{
    struct sw_draw_list list = scene->lists[i];
    scene->lists[i] = scene->nexts[i];
    scene->nexts[i] = list;
    scene->frames[i].way = sw_way_back(scene->frames[i].way);
    scene->change[i] = 6 - scene->change[i];
}

/* The next frame of a zone: perhaps a change, perhaps a step of one, perhaps a mark above. */
static void step_zone(struct random_scene *scene, int i)
{
    struct sw_zone_frame *frame = &scene->frames[i];
    if (scene->change[i] == 0 && random_number(&scene->random, 8) == 0)
        begin(scene, i);
    else if (scene->change[i] > 0 && random_number(&scene->random, 4) > 0)
        scene->change[i]--;
    if (scene->change[i] > 0 && scene->change[i] < 6 && random_number(&scene->random, 6) == 0)
        turn_round(scene, i);
    if (scene->change[i] == 0 && frame->next != NULL) {
        struct sw_draw_list gone = scene->lists[i];
        scene->lists[i] = scene->nexts[i];
        scene->nexts[i] = gone;
    }
    frame->next = scene->change[i] > 0 ? &scene->nexts[i] : NULL;
    frame->mix = (6 - scene->change[i]) / 5.0;
    if (random_number(&scene->random, 3) > 0)
        random_list_change(&scene->random, &scene->lists[i]);
    if (random_number(&scene->random, 3) > 0)
        random_list_change(&scene->random, &scene->nexts[i]);
    if (random_number(&scene->random, 4) == 0)
        random_list_change(&scene->random, &scene->tops[i]);
    if (random_number(&scene->random, 4) == 0)
        frame->top = frame->top == NULL ? &scene->tops[i] : NULL;
}

void random_scene_step(struct random_scene *scene)
{
    for (int i = 0; i < RANDOM_ZONES; i++)
        step_zone(scene, i);
}
