/* SPDX-License-Identifier: EUPL-1.2 */
/* What a scene of many elements costs: bench-growth FOLDER SCENE RUNS
 * Prints, in milliseconds, medians of RUNS but for the first two: "elements N load MS cold MS layout MS paint MS compose MS still MS".
 *   load     the whole exhibition from its folder
 *   cold     the scene's first building and drawing: its texts are set for the first time
 *   layout   the scene built anew: elements to boxes, measured and arranged
 *   paint    its boxes to a draw list
 *   compose  the list to pixels, all of them (two threads)
 *   still    composing the same list again: finding that nothing has changed */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "render/compose.h"
#include "stage/show.h"
#include "workbench.h"

enum { WIDTH = 1920, HEIGHT = 1080, RUNS_MAX = 1000, LAYOUT = 0, PAINT, COMPOSE, STILL, PARTS };

struct growth {
    struct sw_workbench bench;
    struct sw_visit visit;
    struct sw_show_place where;
    struct sw_show *show;
    struct sw_composer *composer;
    struct sw_time now;
};

static double update(struct growth *growth)
{
    double began = sw_workbench_ms();
    (void)sw_show_update(growth->show, growth->now, false);
    double took = sw_workbench_ms() - began;
    sw_workbench_collect(&growth->bench);
    return took;
}

static double compose(struct growth *growth)
{
    struct sw_zone_frame zone = {.place = growth->where.place, .list = &growth->show->list};
    double began = sw_workbench_ms();
    (void)sw_composer_compose(growth->composer, &zone, 1);
    return sw_workbench_ms() - began;
}

/* What the show has asked for anew is made within the update, painting included; painting alone is timed beside it and taken away. */
static void run(struct growth *growth, double parts[PARTS])
{
    growth->show->redraw = true;
    parts[PAINT] = update(growth);
    growth->show->stale = true;
    parts[LAYOUT] = update(growth) - parts[PAINT];
    sw_composer_invalidate(growth->composer);
    parts[COMPOSE] = compose(growth);
    parts[STILL] = compose(growth);
}

static void open_scene(struct growth *growth, const char *id)
{
    const struct sw_exhibition *exhibition = growth->bench.exhibition;
    const struct sw_scene *scene = sw_exhibition_scene(exhibition, id);
    if (scene == NULL)
        sw_workbench_fail("there is no such scene");
    sw_visit_init(&growth->visit, exhibition, exhibition->languages[0]);
    growth->where = (struct sw_show_place){.exhibition = exhibition,
                                           .tools = growth->bench.tools,
                                           .canvas = sw_theme_canvas_nearest(&exhibition->theme, WIDTH, HEIGHT),
                                           .zone = "bench",
                                           .place = {0, 0, WIDTH, HEIGHT},
                                           .visit = &growth->visit};
    sw_view_fit(growth->where.canvas, WIDTH, HEIGHT, &growth->where.scale, &growth->where.offset_x, &growth->where.offset_y);
    growth->show = sw_show_create(&growth->where, scene, 0);
    growth->now = (struct sw_time){.tick = SW_HOUR, .instant = (sw_instant)1767222000 * SW_SECOND};
}

static void count_box(void *context, const struct sw_box *box)
{
    *(size_t *)context += box->element != NULL ? 1 : 0;
}

int main(int argc, char **argv)
{
    static struct growth growth;
    long runs = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
    if (runs < 1 || runs > RUNS_MAX)
        sw_workbench_fail("bench-growth FOLDER SCENE RUNS");
    sw_workbench_open(&growth.bench, argv[1], 640, 480);
    growth.composer = sw_composer_create(WIDTH, HEIGHT, 2);
    open_scene(&growth, argv[2]);
    double cold = update(&growth), *times = sw_alloc_array(PARTS * (size_t)runs, sizeof *times), medians[PARTS];
    for (long i = 0; i < runs; i++) {
        double parts[PARTS];
        run(&growth, parts);
        for (int part = 0; part < PARTS; part++)
            times[part * runs + i] = parts[part];
    }
    for (int part = 0; part < PARTS; part++)
        medians[part] = sw_workbench_quantile(times + part * runs, (size_t)runs, 0.5);
    size_t elements = 0;
    sw_view_each(growth.show->root, count_box, &elements);
    printf("elements %zu load %.4f cold %.4f layout %.4f paint %.4f compose %.4f still %.4f\n", elements, growth.bench.load_ms, cold,
           medians[LAYOUT], medians[PAINT], medians[COMPOSE], medians[STILL]);
    free(times);
    sw_show_destroy(growth.show);
    sw_visit_finish(&growth.visit);
    sw_composer_destroy(growth.composer);
    sw_workbench_close(&growth.bench);
    return 0;
}
