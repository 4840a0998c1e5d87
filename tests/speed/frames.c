/* SPDX-License-Identifier: EUPL-1.2 */
/* What a frame costs stage, view and composer while something moves: a wall of 1000 x 600 pixels whose two scenes have so many elements.
 *
 * frame-speed [RUNS]   prints, for 10, 100 and 1 000 elements, the median (least to most) microseconds a frame of RUNS hundreds of frames:
 *   ticker   a line of text glides through the scene      fade    one scene fades into the other, the ticker in both
 *   clock    the seconds of a clock tick in the scene, one frame a second: that frame */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/must.h"
#include "bed.h"
#include "render/compose.h"

#define FRAME_US 16667
#define RUNS_MAX 101

enum step { STAGE, COMPOSE, STEPS };
static const char *const step_names[STEPS] = {"stage", "compose"};

static const struct movement {
    const char *name, *extra, *playlist;
    int64_t from, frame;
    int frames;
} movements[] = {
    {"ticker",
     "{\"text\": \"Der Rhein steht heute 41 cm höher als gestern, und das Wasser reicht bis an den Kai.\", \"at\": [0, 560],"
     " \"size\": [1000, 40], \"animate\": {\"enter\": \"move\", \"from\": [900, 0], \"for\": \"12s\", \"ease\": \"linear\"}}",
     "{\"loop\": [{\"scene\": \"a\", \"for\": \"60s\"}, {\"scene\": \"b\", \"for\": \"60s\"}]}", 10 * SW_SECOND, FRAME_US, 100},
    {"fade",
     "{\"text\": \"Der Rhein steht heute 41 cm höher als gestern, und das Wasser reicht bis an den Kai.\", \"at\": [0, 560],"
     " \"size\": [1000, 40], \"animate\": {\"enter\": \"move\", \"from\": [900, 0], \"for\": \"12s\", \"ease\": \"linear\"}}",
     "{\"loop\": [{\"scene\": \"a\", \"for\": \"5s\"}, {\"scene\": \"b\", \"for\": \"5s\"}]}", 5100 * SW_MS, FRAME_US, 100},
    {"clock", "{\"text\": \"{now - date(2026, 11, 23)}\", \"at\": [0, 560], \"size\": [1000, 40]}",
     "{\"loop\": [{\"scene\": \"a\", \"for\": \"200s\"}, {\"scene\": \"b\", \"for\": \"200s\"}]}", 10 * SW_SECOND, SW_SECOND, 100},
};

/* A grid of cards: a shape below two texts each. */
static void write_scene(struct sw_buffer *json, const char *title, int elements, const char *extra)
{
    sw_buffer_printf(json, "{\"title\": \"%s\", \"transition\": {\"kind\": \"fade\", \"for\": \"4s\"}, \"elements\": [{\"grid\": [", title);
    for (int i = 0; i < elements / 4; i++)
        sw_buffer_printf(json,
                         "%s{\"stack\": [{\"shape\": \"rectangle\", \"fill\": \"#8080%02X\"}, {\"text\": \"%s %d\"},"
                         " {\"text\": \"oben\"}]}",
                         i > 0 ? ", " : "", i % 256, title, i);
    sw_buffer_printf(json, "], \"columns\": 16, \"gap\": 2, \"at\": [0, 0], \"size\": [1000, 560]}, %s]}", extra);
}

/* Microseconds that this thread has worked: others on the machine do not count. */
static double worked(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static struct sw_damage compose(const struct bed *bed, struct sw_composer *composer)
{
    const struct sw_stage_zone *zones = NULL;
    assert_int_equal(sw_stage_zones(bed->stage, &zones), 1);
    struct sw_zone_frame frame = {.place = zones->place, .list = zones->list, .next = zones->next, .kind = zones->kind,
                                  .way = zones->way,     .mix = zones->mix,   .top = zones->top};
    return sw_composer_compose(composer, &frame, 1);
}

/* Microseconds a frame, of those frames in which something changed. */
static void measure(struct bed *bed, const struct movement *movement, double means[STEPS])
{
    struct sw_composer *composer = sw_composer_create(1000, 600, 1);
    double times[STEPS] = {0};
    int changed = 0;
    assert_non_null(composer);
    bed_step(bed, false);
    bed_pass(bed, movement->from);
    (void)compose(bed, composer);
    for (int i = 0; i < movement->frames; i++) {
        bed->now.tick += movement->frame;
        bed->now.instant += movement->frame;
        double start = worked();
        bed_step(bed, false);
        double middle = worked();
        changed += compose(bed, composer).count > 0;
        double end = worked();
        sw_typesetter_collect(bed->typesetter);
        times[STAGE] += middle - start;
        times[COMPOSE] += end - middle;
    }
    assert_true(changed >= movement->frames / 2);
    for (int step = 0; step < STEPS; step++)
        means[step] = times[step] / movement->frames;
    sw_composer_destroy(composer);
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void report(const struct movement *movement, int elements, int runs)
{
    static double times[STEPS][RUNS_MAX];
    struct sw_buffer a, b;
    sw_buffer_init(&a, 1u << 20);
    sw_buffer_init(&b, 1u << 20);
    write_scene(&a, "A", elements, movement->extra);
    write_scene(&b, "B", elements, movement->extra);
    const struct bed_file files[] = {{"scenes/a.json", sw_buffer_text(&a)}, {"scenes/b.json", sw_buffer_text(&b)},
                                     {"scenes/hub.json", "{\"title\": \"Hub\", \"elements\": []}"}, {NULL, NULL}};
    for (int i = 0; i < runs; i++) {
        struct bed bed;
        double one[STEPS];
        bed_open(&bed, (struct bed_options){.playlist = movement->playlist, .files = files});
        measure(&bed, movement, one);
        bed_close(&bed);
        for (int step = 0; step < STEPS; step++)
            times[step][i] = one[step];
    }
    for (int step = 0; step < STEPS; step++) {
        qsort(times[step], (size_t)runs, sizeof times[step][0], by_size);
        printf("%-7s %6d  %-8s %10.1f us  (%.1f to %.1f)\n", movement->name, elements, step_names[step], times[step][runs / 2],
               times[step][0], times[step][runs - 1]);
    }
    sw_buffer_finish(&a);
    sw_buffer_finish(&b);
}

int main(int argc, char **argv)
{
    int runs = argc > 1 ? atoi(argv[1]) : 5;
    runs = runs < 1 ? 1 : runs > RUNS_MAX ? RUNS_MAX : runs;
    for (size_t i = 0; i < SW_COUNT(movements); i++) {
        for (int elements = 10; elements <= 1000; elements *= 10)
            report(&movements[i], elements, runs);
    }
    return 0;
}
