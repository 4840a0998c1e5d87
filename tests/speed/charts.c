/* SPDX-License-Identifier: EUPL-1.2 */
/* What a chart costs by the length of its history, all of which it shows, step by step.
 *
 * chart-speed [RUNS [FORM]]   prints for each form and number of points the median (least to most) microseconds of processor time:
 *   point    one more, as the feed puts it   make     history to a laid out chart: what the main thread does when a point has come
 *   draw     what the main thread does a frame, the picture being there
 *   bake     what the bake thread does once the chart has changed, at 960 x 540
 *   touch    a frame with five fingers on it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/must.h"
#include "bench.h"
#include "data/data.h"

#define RUNS_MAX 101
#define NOW (INT64_C(1795439100) * SW_SECOND)
#define STEP (30 * SW_SECOND)
#define POINTS_MAX 999000

enum step { POINT, MAKE, DRAW, BAKE, TOUCH, STEPS };
static const char *const step_names[STEPS] = {"point", "make", "draw", "bake", "touch"};
static const char *const forms[] = {"line", "area", "bar", "stacked", "stacked-bar", "sparkline"};

static const struct bench_part sources[] = {
    {"../sources", "{\"rhein\": {\"file\": \"media/20x20.png\", \"fresh_for\": \"1h\", \"observed\": \"at\", \"fields\": {"
                   " \"level\": {\"type\": \"number\", \"unit\": \"cm\", \"digits\": 0}, \"flow\": {\"type\": \"number\"},"
                   " \"at\": {\"type\": \"time\"}},"
                   " \"history\": {\"level\": {\"keep\": \"347d\", \"step\": \"30s\"},"
                   "  \"flow\": {\"keep\": \"347d\", \"step\": \"30s\"}}}}"},
    {NULL, NULL},
};

static double worked(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* A walk, the same every time. */
static void put_history(struct sw_data *data, size_t field, size_t count)
{
    struct sw_point *points = malloc(count * sizeof *points);
    uint32_t seed = 1;
    double value = 500;
    assert_non_null(points);
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        value += (double)(seed >> 16) / 65536.0 - 0.5 + (500 - value) * 0.001;
        points[i] = (struct sw_point){NOW - (int64_t)(count - i) * STEP, value};
    }
    sw_data_put_series(data, 0, field, sw_series_create(points, count, STEP));
    free(points);
}

static double paint(struct bench *bench, const struct sw_finger *fingers, size_t count)
{
    struct sw_painter painter = bench_painter(bench, 0);
    painter.fingers = fingers;
    painter.finger_count = count;
    double start = worked();
    sw_view_paint(&painter, bench->root);
    return worked() - start;
}

static void measure(const char *form, size_t count, double times[STEPS])
{
    struct bench bench;
    char elements[512];
    (void)snprintf(elements, sizeof elements,
                   "[{\"chart\": \"%s\", \"alt\": \"\", \"name\": \"c\", \"at\": [20, 20], \"size\": [960, 540],"
                   " \"series\": [{\"of\": \"rhein.level\"}, {\"of\": \"rhein.flow\"}]}]",
                   form);
    bench_elements(&bench, elements, sources);
    struct sw_data *data = sw_data_create(bench.exhibition);
    bench.context.data = data;
    bench.evaluation.now = NOW;
    put_history(data, 0, count);
    put_history(data, 1, count);
    bench_make(&bench);
    (void)paint(&bench, NULL, 0);
    sw_data_put_point(data, 0, 0, (struct sw_point){NOW - STEP / 2, 510}, 0); /* it makes room for those that follow */
    double start = worked();
    sw_data_put_point(data, 0, 0, (struct sw_point){NOW, 510}, 0);
    times[POINT] = worked() - start;
    start = worked();
    bench_make(&bench);
    times[MAKE] = worked() - start;
    double first = paint(&bench, NULL, 0);
    times[DRAW] = paint(&bench, NULL, 0);
    times[BAKE] = first - times[DRAW];
    struct sw_finger fingers[5];
    for (size_t i = 0; i < SW_COUNT(fingers); i++)
        fingers[i] = (struct sw_finger){bench_find(&bench, "c", 0)->identity, 100 + 150 * (double)i, 300, 22, 1};
    (void)paint(&bench, fingers, SW_COUNT(fingers)); /* its texts and dots are new */
    times[TOUCH] = paint(&bench, fingers, SW_COUNT(fingers));
    sw_arena_reset(&bench.arena);
    sw_data_destroy(data);
    bench_close(&bench);
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void report(const char *form, size_t count, int runs)
{
    static double times[STEPS][RUNS_MAX];
    for (int i = 0; i < runs; i++) {
        double one[STEPS];
        measure(form, count, one);
        for (int step = 0; step < STEPS; step++)
            times[step][i] = one[step];
    }
    for (int step = 0; step < STEPS; step++) {
        qsort(times[step], (size_t)runs, sizeof times[step][0], by_size);
        printf("%-11s %7zu  %-6s %10.0f us  (%.0f to %.0f)\n", form, count, step_names[step], times[step][runs / 2], times[step][0],
               times[step][runs - 1]);
    }
}

int main(int argc, char **argv)
{
    int runs = argc > 1 ? atoi(argv[1]) : 15;
    runs = runs < 1 ? 1 : runs > RUNS_MAX ? RUNS_MAX : runs;
    for (size_t i = 0; i < SW_COUNT(forms); i++) {
        for (size_t count = 1000; count <= 1000000; count *= 1000) {
            if (argc <= 2 || strcmp(argv[2], forms[i]) == 0)
                report(forms[i], count < POINTS_MAX ? count : POINTS_MAX, runs);
        }
    }
    return 0;
}
