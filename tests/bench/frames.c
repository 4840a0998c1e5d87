/* SPDX-License-Identifier: EUPL-1.2 */
/* Frame after frame of an exhibition's default wall as fast as they can be made, on a clock that goes on by 1/60 s a frame:
 *
 *   bench-frames FOLDER FRAMES [THREADS]
 *
 * Prints what each part of a frame took, medians: "stage MS compose MS put MS whole MS p95 MS mean MS". The window is SDL's
 * (SDL_VIDEODRIVER; as large as the wall where the display allows), and without a display nothing is put. The clock begins at a civil
 * midnight, so the same exhibition makes the same frames, and under callgrind the same instructions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/compose.h"
#include "render/output.h"
#include "workbench.h"

enum { FRAMES_MAX = 100000, SETTLE = 240, MIDNIGHT_2026 = 1767222000 }; /* SETTLE: frames before the first that counts */

struct frames {
    struct sw_workbench bench;
    const struct sw_wall *wall;
    struct sw_stage *stage;
    struct sw_composer *composer;
    struct sw_output *output;
    struct sw_time now;
    double stage_ms, compose_ms, put_ms; /* of the last frame */
};

static void open_output(struct frames *frames, int threads)
{
    const struct sw_wall *wall = frames->wall;
    bool display = getenv("SDL_VIDEODRIVER") != NULL || sw_output_display_exists();
    struct sw_output_options options = {.kind = display ? SW_OUTPUT_FULLSCREEN : SW_OUTPUT_OFFSCREEN,
                                        .width = wall->width_px,
                                        .height = wall->height_px,
                                        .title = "bench"};
    frames->output = sw_output_create(&options);
    frames->composer = sw_composer_create(wall->width_px, wall->height_px, threads);
    if (frames->output == NULL || frames->composer == NULL)
        sw_workbench_fail("no output");
}

static void step(struct frames *frames)
{
    sw_workbench_collect(&frames->bench);
    double began = sw_workbench_ms();
    (void)sw_stage_step(frames->stage, frames->now, false);
    double stepped = sw_workbench_ms();
    const struct sw_stage_zone *zones = NULL;
    size_t count = sw_stage_zones(frames->stage, &zones);
    struct sw_zone_frame shown[16] = {{.list = NULL}};
    for (size_t i = 0; i < count && i < SW_COUNT(shown); i++)
        shown[i] = (struct sw_zone_frame){.place = zones[i].place,
                                          .list = zones[i].list,
                                          .next = zones[i].next,
                                          .kind = zones[i].kind,
                                          .way = zones[i].way,
                                          .mix = zones[i].mix,
                                          .top = zones[i].top};
    struct sw_damage damage = sw_composer_compose(frames->composer, shown, count);
    double composed = sw_workbench_ms();
    int width = 0, height = 0, stride = 0;
    const uint32_t *pixels = sw_composer_pixels(frames->composer, &width, &height, &stride);
    if (!sw_output_put(frames->output, pixels, stride, damage))
        sw_workbench_fail("the display is gone");
    frames->stage_ms = stepped - began;
    frames->compose_ms = composed - stepped;
    frames->put_ms = sw_workbench_ms() - composed;
    frames->now.tick += SW_SECOND / 60;
    frames->now.instant += SW_SECOND / 60;
}

static void report(struct frames *frames, int count)
{
    double *times = sw_alloc_array((size_t)count * 4, sizeof *times), *whole = times + 3 * count, sum = 0;
    for (int i = 0; i < count; i++) {
        step(frames);
        times[i] = frames->stage_ms;
        times[count + i] = frames->compose_ms;
        times[2 * count + i] = frames->put_ms;
        sum += whole[i] = frames->stage_ms + frames->compose_ms + frames->put_ms;
    }
    size_t n = (size_t)count;
    printf("stage %.4f compose %.4f put %.4f whole %.4f p95 %.4f mean %.4f\n", sw_workbench_quantile(times, n, 0.5),
           sw_workbench_quantile(times + count, n, 0.5), sw_workbench_quantile(times + 2 * count, n, 0.5),
           sw_workbench_quantile(whole, n, 0.5), sw_workbench_quantile(whole, n, 0.95), sum / count);
    free(times);
}

int main(int argc, char **argv)
{
    static struct frames frames;
    long count = argc >= 3 ? strtol(argv[2], NULL, 10) : 0, threads = argc >= 4 ? strtol(argv[3], NULL, 10) : 2;
    if (count < 1 || count > FRAMES_MAX || threads < 1 || threads > 4)
        sw_workbench_fail("bench-frames FOLDER FRAMES [THREADS]");
    sw_workbench_open(&frames.bench, argv[1], 1920, 1080);
    frames.wall = sw_exhibition_wall(frames.bench.exhibition, NULL);
    if (frames.wall == NULL)
        sw_workbench_fail("there is no wall");
    open_output(&frames, (int)threads);
    frames.now = (struct sw_time){.tick = SW_HOUR, .instant = MIDNIGHT_2026 * SW_SECOND + SW_SECOND};
    struct sw_stage_options options = {.exhibition = frames.bench.exhibition, .wall = frames.wall, .tools = frames.bench.tools};
    frames.stage = sw_stage_create(&options, frames.now);
    if (frames.stage == NULL)
        sw_workbench_fail("no stage");
    for (int i = 0; i < SETTLE; i++)
        step(&frames);
    report(&frames, (int)count);
    sw_stage_destroy(frames.stage);
    sw_composer_destroy(frames.composer);
    sw_output_destroy(frames.output);
    sw_workbench_close(&frames.bench);
    return 0;
}
