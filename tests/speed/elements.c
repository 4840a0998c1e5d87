/* SPDX-License-Identifier: EUPL-1.2 */
/* What a scene costs by the number of its elements, step by step, and what it costs when one value in it changes.
 *
 * element-speed [RUNS [SCENE]]   prints for each scene and number of elements the median (least to most) microseconds that each step takes:
 *   load     files to an exhibition          make     elements to boxes, each in its place, texts new to the typesetter
 *   again    the same, nothing new           draw     boxes to a draw list, pixels new
 *   redraw   the same, nothing new           compare  two equal lists
 *   change   one value is another: make, draw and compare */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/must.h"
#include "bench.h"

#define RUNS_MAX 101

enum step { LOAD, MAKE, AGAIN, DRAW, REDRAW, COMPARE, CHANGE, STEPS };
static const char *const step_names[STEPS] = {"load", "make", "again", "draw", "redraw", "compare", "change"};

struct scene {
    const char *name;
    void (*write)(struct sw_buffer *json, int elements);
    int rows_per_element; /* of the list that `repeat` goes over: elements / this; 0: none */
};

/* -- scenes: all have a text that shows {number} -- */

#define CHANGING "{\"text\": \"{number} cm\", \"at\": [900, 560], \"size\": [100, 40]}"

static void write_flat(struct sw_buffer *json, int elements)
{
    for (int i = 1; i < elements; i++)
        sw_buffer_printf(json, "{\"text\": \"Wert %d\", \"at\": [%d, %d], \"size\": [90, 30]}, ", i, i % 10 * 90, i / 10 % 18 * 30);
}

static void write_shapes(struct sw_buffer *json, int elements)
{
    for (int i = 1; i < elements; i++)
        sw_buffer_printf(json, "{\"shape\": \"rectangle\", \"at\": [%d, %d], \"size\": [20, 10], \"fill\": \"blue\"}, ", i % 45 * 20,
                         i / 45 % 55 * 10);
}

/* A grid of cards, each a column of a shape, a text and a row of two texts: six elements. */
static void write_cards(struct sw_buffer *json, int elements)
{
    sw_buffer_add_text(json, "{\"grid\": [");
    for (int i = 0; i < elements / 6; i++)
        sw_buffer_printf(json,
                         "%s{\"column\": [{\"shape\": \"rectangle\", \"height\": 4, \"fill\": \"red\"}, {\"text\": \"Karte %d\"},"
                         " {\"row\": [{\"text\": \"{number == %d ? 'ja' : 'nein'}\"}, {\"text\": \"links\", \"grow\": 1}], \"gap\": 4}],"
                         " \"fill\": \"green\", \"padding\": 2}",
                         i > 0 ? ", " : "", i, i % 10);
    sw_buffer_add_text(json, "], \"columns\": 20, \"gap\": 2, \"at\": [0, 0], \"size\": [1000, 560]}, ");
}

/* Columns in rows in columns, five deep, four in each. */
static void write_nest(struct sw_buffer *json, int elements, int depth)
{
    if (depth == 0) {
        for (int i = 0; i < elements; i++)
            sw_buffer_printf(json, "%s{\"text\": \"Blatt %d\", \"grow\": 1}", i > 0 ? ", " : "", i);
        return;
    }
    for (int i = 0; i < 4; i++) {
        sw_buffer_printf(json, "%s{\"%s\": [", i > 0 ? ", " : "", depth % 2 ? "row" : "column");
        write_nest(json, elements / 4, depth - 1);
        sw_buffer_add_text(json, "], \"grow\": 1}");
    }
}

static void write_nested(struct sw_buffer *json, int elements)
{
    sw_buffer_add_text(json, "{\"column\": [");
    write_nest(json, elements, elements > 500 ? 5 : 2);
    sw_buffer_add_text(json, "], \"at\": [0, 0], \"size\": [1000, 560]}, ");
}

static void write_repeat(struct sw_buffer *json, int elements)
{
    (void)elements;
    sw_buffer_add_text(json, "{\"repeat\": \"scenes\", \"as\": \"s\", \"where\": \"s.order >= 0\", \"sort\": [\"s.title\"],"
                             " \"key\": \"s.id\","
                             " \"columns\": 20, \"at\": [0, 0], \"size\": [1000, 560],"
                             " \"each\": {\"use\": \"tile\", \"title\": \"{s.title}\", \"order\": \"{s.order}\"}}, ");
}

static const struct bench_part parts[] = {
    {"tile", "{\"parameters\": {\"title\": {\"type\": \"text\"}, \"order\": {\"type\": \"number\"}}, \"elements\": [{\"column\": ["
             "{\"text\": \"{title}\", \"when\": \"order >= 0\"}, {\"text\": \"{order}\"}], \"fill\": \"green\"}]}"},
    {NULL, NULL},
};

static const struct scene scenes[] = {
    {"flat", write_flat, 0},     {"shapes", write_shapes, 0}, {"cards", write_cards, 0},
    {"nested", write_nested, 0}, {"repeat", write_repeat, 5},
};

/* -- rows -- */

struct rows {
    struct sw_value *items, (*values)[3];
    struct sw_record *records;
    struct sw_list list;
    char (*names)[32];
};

static struct sw_value make_rows(struct rows *rows, int count)
{
    static const char *const names[] = {"id", "title", "order"};
    size_t room = (size_t)count + 1;
    rows->items = calloc(room, sizeof *rows->items);
    rows->values = calloc(room, sizeof *rows->values);
    rows->records = calloc(room, sizeof *rows->records);
    rows->names = calloc(room, sizeof *rows->names);
    assert_true(rows->items != NULL && rows->values != NULL && rows->records != NULL && rows->names != NULL);
    for (int i = 0; i < count; i++) {
        (void)snprintf(rows->names[i], sizeof rows->names[i], "Szene %d", i * 7919 % 10007);
        rows->values[i][0] = rows->values[i][1] = sw_value_string(rows->names[i]);
        rows->values[i][2] = sw_value_number(i);
        rows->records[i] = (struct sw_record){3, names, rows->values[i]};
        rows->items[i] = (struct sw_value){.type = SW_VALUE_RECORD, .as.record = &rows->records[i]};
    }
    rows->list = (struct sw_list){(size_t)count, rows->items};
    return (struct sw_value){.type = SW_VALUE_LIST, .as.list = &rows->list};
}

static void free_rows(struct rows *rows)
{
    free(rows->items);
    free(rows->values);
    free(rows->records);
    free(rows->names);
}

/* -- measuring -- */

/* Microseconds that this thread has worked: others on the machine do not count. */
static double worked(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void count_damage(void *context, struct sw_box_px box)
{
    *(long *)context += (long)box.width * box.height;
}

/* Makes a list anew; the one before goes to *before. */
static void paint(struct bench *bench, struct sw_draw_list *before)
{
    sw_draw_list_finish(before);
    *before = bench->list;
    bench->list = (struct sw_draw_list){.items = NULL};
    (void)bench_paint(bench, 10);
}

static void measure(const struct scene *scene, int elements, double times[STEPS])
{
    struct bench bench;
    struct rows rows = {.items = NULL};
    struct sw_draw_list before = {.items = NULL};
    struct sw_buffer json;
    long damage = 0;
    sw_buffer_init(&json, 4u << 20);
    sw_buffer_add_text(&json, "[");
    scene->write(&json, elements);
    sw_buffer_add_text(&json, CHANGING "]");
    double start = worked();
    bench_elements(&bench, sw_buffer_text(&json), parts);
    times[LOAD] = worked() - start;
    sw_buffer_finish(&json);
    if (scene->rows_per_element > 0)
        bench.scenes = make_rows(&rows, elements / scene->rows_per_element);
    start = worked();
    bench_make(&bench);
    times[MAKE] = worked() - start;
    assert_true(bench_count(&bench) >= (size_t)elements / 2);
    start = worked();
    bench_make(&bench);
    times[AGAIN] = worked() - start;
    start = worked();
    paint(&bench, &before);
    times[DRAW] = worked() - start;
    start = worked();
    paint(&bench, &before);
    times[REDRAW] = worked() - start;
    start = worked();
    sw_draw_list_compare(&before, &bench.list, count_damage, &damage);
    times[COMPARE] = worked() - start;
    assert_true(damage == 0);
    sw_typesetter_collect(bench.typesetter);
    bench_set(&bench, "number", sw_value_number(2));
    start = worked();
    bench_make(&bench);
    paint(&bench, &before);
    sw_draw_list_compare(&before, &bench.list, count_damage, &damage);
    times[CHANGE] = worked() - start;
    assert_true(damage > 0);
    sw_draw_list_finish(&before);
    bench_close(&bench);
    free_rows(&rows);
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void report(const struct scene *scene, int elements, int runs)
{
    static double times[STEPS][RUNS_MAX];
    for (int i = 0; i < runs; i++) {
        double one[STEPS];
        measure(scene, elements, one);
        for (int step = 0; step < STEPS; step++)
            times[step][i] = one[step];
    }
    for (int step = 0; step < STEPS; step++) {
        qsort(times[step], (size_t)runs, sizeof times[step][0], by_size);
        printf("%-7s %6d  %-8s %10.0f us  (%.0f to %.0f)\n", scene->name, elements, step_names[step], times[step][runs / 2],
               times[step][0], times[step][runs - 1]);
    }
}

int main(int argc, char **argv)
{
    int runs = argc > 1 ? atoi(argv[1]) : 15;
    runs = runs < 1 ? 1 : runs > RUNS_MAX ? RUNS_MAX : runs;
    for (size_t i = 0; i < SW_COUNT(scenes); i++) {
        for (int elements = 100; elements <= 10000; elements *= 10) {
            if (argc <= 2 || strcmp(argv[2], scenes[i].name) == 0)
                report(&scenes[i], elements, runs);
        }
    }
    return 0;
}
