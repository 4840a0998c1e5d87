/* SPDX-License-Identifier: EUPL-1.2 */
/* Charts of histories, and of what histories should not hold. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/must.h"
#include "bench.h"
#include "data/data.h"

#define NOW (INT64_C(1795439100) * SW_SECOND) /* 2026-11-23T14:05 in Berlin */

/* A part's id is the name of its file below scenes/parts/. */
static const struct bench_part sources[] = {
    {"../sources",
     "{\"rhein\": {\"file\": \"media/20x20.png\", \"fresh_for\": \"1h\", \"observed\": \"at\","
     " \"fields\": {\"level\": {\"type\": \"number\", \"unit\": \"cm\", \"digits\": 0}, \"at\": {\"type\": \"time\"}},"
     " \"history\": {\"level\": {\"keep\": \"7d\", \"step\": \"15m\"}}}}"},
    {NULL, NULL},
};

static void open_chart(struct bench *bench, const char *form, const char *more, struct sw_data **data)
{
    char elements[512];
    (void)snprintf(elements, sizeof elements,
                   "[{\"chart\": \"%s\", \"alt\": \"\", \"series\": [{\"of\": \"rhein.level\", \"last\": \"24h\"}], %s}]", form, more);
    bench_elements(bench, elements, sources);
    *data = sw_data_create(bench->exhibition);
    bench->context.data = *data;
    bench->evaluation.now = NOW;
}

static void close_chart(struct bench *bench, struct sw_data *data)
{
    sw_arena_reset(&bench->arena); /* it holds histories */
    sw_data_destroy(data);
    bench_close(bench);
}

static void put(struct sw_data *data, const struct sw_point *points, size_t count)
{
    sw_data_put_series(data, 0, 0, sw_series_create(points, count, 15 * SW_MINUTE));
}

static size_t bitmaps(const struct bench *bench)
{
    size_t count = 0;
    for (size_t i = 0; i < bench->list.count; i++) {
        count += bench->list.items[i].kind == SW_DRAW_BITMAP;
    }
    return count;
}

/* A history that has not come is a calm frame; the show learns what to wait for. */
static void test_nothing_yet(void **state)
{
    (void)state;
    struct bench bench;
    struct sw_data *data = NULL;
    open_chart(&bench, "line", "\"size\": [600, 300]", &data);
    bench_make(&bench);
    struct sw_painter painter = bench_paint(&bench, 0);
    assert_int_equal(painter.pending + painter.failed, 0);
    assert_int_equal(bitmaps(&bench), 1);
    assert_int_equal(bench.list.count, 2); /* the base line, and the dash */
    assert_true(sw_reads_has(&bench.reads, "rhein"));
    assert_true(bench.reads.valid_until > NOW && bench.reads.valid_until <= NOW + SW_HOUR);
    close_chart(&bench, data);
}

/* Texts: four or five numbers, some times, the newest value. */
static void test_a_day(void **state)
{
    (void)state;
    static const char *const forms[] = {"line", "area", "bar", "stacked", "stacked-bar"};
    struct sw_point points[96];
    for (size_t i = 0; i < SW_COUNT(points); i++) {
        points[i] = (struct sw_point){NOW - (int64_t)(96 - i) * 15 * SW_MINUTE, 500 + 40 * sin((double)i / 10)};
    }
    for (size_t i = 0; i < SW_COUNT(forms); i++) {
        struct bench bench;
        struct sw_data *data = NULL;
        open_chart(&bench, forms[i], "\"size\": [600, 300], \"marks\": [{\"y\": 520, \"label\": {\"de\": \"Marke\"}}]", &data);
        put(data, points, SW_COUNT(points));
        bench_make(&bench);
        struct sw_painter painter = bench_paint(&bench, 0);
        assert_int_equal(painter.pending + painter.failed, 0);
        assert_int_equal(bitmaps(&bench), 1);
        assert_in_range(bench.list.count, 8, 20);
        for (size_t k = 0; k < bench.list.count; k++) { /* nothing beside the chart */
            const struct sw_rect *to = &bench.list.items[k].to;
            assert_true(to->x >= -2 && to->y >= -2 && to->x + to->width <= 602 && to->y + to->height <= 302);
        }
        close_chart(&bench, data);
    }
}

/* Time is not mirrored. */
static void test_right_to_left(void **state)
{
    (void)state;
    struct sw_point points[] = {{NOW - 10 * SW_HOUR, 400}, {NOW - SW_HOUR, 500}};
    struct sw_bitmap *seen[2] = {NULL, NULL};
    struct bench benches[2];
    struct sw_data *data[2];
    for (int i = 0; i < 2; i++) {
        open_chart(&benches[i], "sparkline", "\"size\": [200, 50]", &data[i]);
        bench_language(&benches[i], i == 0 ? "de" : "ar");
        put(data[i], points, SW_COUNT(points));
        bench_make(&benches[i]);
        (void)bench_paint(&benches[i], 0);
        assert_int_equal(benches[i].list.count, 1);
        seen[i] = benches[i].list.items[0].bitmap;
    }
    assert_int_equal(seen[0]->stride, seen[1]->stride);
    assert_memory_equal(seen[0]->pixels, seen[1]->pixels, (size_t)seen[0]->stride * (size_t)seen[0]->height);
    close_chart(&benches[0], data[0]);
    close_chart(&benches[1], data[1]);
}

/* Numbers that no river has, in boxes that no wall has. */
static void test_edges(void **state)
{
    (void)state;
    static const char *const forms[] = {"line", "area", "bar", "stacked", "stacked-bar", "sparkline"};
    static const char *const boxes[] = {"\"size\": [600, 300]", "\"size\": [1, 1]", "\"size\": [0, 300]", "\"size\": [900, 21]",
                                        "\"size\": [40, 590], \"from\": 5, \"to\": 5", "\"size\": [600, 300], \"from\": 1e9, \"to\": -1e9"};
    static const struct sw_point many[] = {{NOW - SW_HOUR, 1e300},    {NOW - SW_MINUTE, -1e300},    {NOW - 20 * SW_HOUR, 1e-300},
                                           {NOW, 0},                  {NOW + 90 * 24 * SW_HOUR, 5}, {NOW - 23 * SW_HOUR, 1.7e308},
                                           {NOW - 22 * SW_HOUR, 1e15}};
    for (size_t form = 0; form < SW_COUNT(forms); form++) {
        for (size_t box = 0; box < SW_COUNT(boxes); box++) {
            struct bench bench;
            struct sw_data *data = NULL;
            open_chart(&bench, forms[form], boxes[box], &data);
            for (size_t count = 0; count <= SW_COUNT(many); count++) {
                put(data, many, count);
                bench_make(&bench);
                assert_int_equal(bench_paint(&bench, 0).pending, 0);
            }
            close_chart(&bench, data);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_yet),
        cmocka_unit_test(test_a_day),
        cmocka_unit_test(test_right_to_left),
        cmocka_unit_test(test_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
