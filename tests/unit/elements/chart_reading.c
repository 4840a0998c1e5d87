/* SPDX-License-Identifier: EUPL-1.2 */
/* What a finger reads off a chart is seen: inside of the chart, and not under the finger. */
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
#define WIDE 700.0
#define HIGH 400.0
#define REACH 22.0

static const struct bench_part sources[] = {
    {"../sources", "{\"rhein\": {\"file\": \"media/20x20.png\", \"fresh_for\": \"1h\", \"observed\": \"at\", \"fields\": {"
                   " \"level\": {\"type\": \"number\", \"unit\": \"cm\", \"digits\": 0}, \"flow\": {\"type\": \"number\"},"
                   " \"at\": {\"type\": \"time\"}},"
                   " \"history\": {\"level\": {\"keep\": \"7d\", \"step\": \"15m\"}, \"flow\": {\"keep\": \"7d\", \"step\": \"15m\"}}}}"},
    {NULL, NULL},
};

static void open_chart(struct bench *bench, const char *form, struct sw_data **data)
{
    char elements[640];
    struct sw_point points[2][96];
    (void)snprintf(elements, sizeof elements,
                   "[{\"chart\": \"%s\", \"alt\": \"\", \"name\": \"c\", \"size\": [700, 400], \"at\": [100, 50], \"series\": ["
                   "{\"of\": \"rhein.level\", \"last\": \"24h\", \"label\": {\"de\": \"Pegel\"}},"
                   " {\"of\": \"rhein.flow\", \"last\": \"24h\"}]}]",
                   form);
    bench_elements(bench, elements, sources);
    *data = sw_data_create(bench->exhibition);
    bench->context.data = *data;
    bench->evaluation.now = NOW;
    for (size_t i = 0; i < 96; i++) {
        points[0][i] = points[1][i] = (struct sw_point){NOW - (int64_t)(95 - i) * 15 * SW_MINUTE, 50 + 40 * sin((double)i / 10)};
    }
    sw_data_put_series(*data, 0, 0, sw_series_create(points[0], 96, 15 * SW_MINUTE));
    sw_data_put_series(*data, 0, 1, sw_series_create(points[1], 60, 15 * SW_MINUTE)); /* it has ended before */
    bench_make(bench);
}

static void close_chart(struct bench *bench, struct sw_data *data)
{
    sw_arena_reset(&bench->arena);
    sw_data_destroy(data);
    bench_close(bench);
}

static void touch(struct bench *bench, const struct sw_finger *fingers, size_t count)
{
    struct sw_painter painter = bench_painter(bench, 0);
    painter.fingers = fingers;
    painter.finger_count = count;
    sw_view_paint(&painter, bench->root);
    assert_int_equal(painter.pending + painter.failed, 0);
}

static struct sw_finger finger_at(const struct bench *bench, double x, double y)
{
    return (struct sw_finger){.identity = bench_find(bench, "c", 0)->identity, .x = x, .y = y, .reach = REACH, .presence = 1};
}

static bool inside(const struct sw_rect *to)
{
    return to->x >= 99 && to->y >= 49 && to->x + to->width <= 101 + WIDE && to->y + to->height <= 51 + HIGH;
}

/* Of all places, in and around the chart. */
static void the_label_is_seen(void **state)
{
    (void)state;
    static const char *const forms[] = {"line", "area", "bar", "stacked", "stacked-bar"};
    for (size_t form = 0; form < SW_COUNT(forms); form++) {
        struct bench bench;
        struct sw_data *data = NULL;
        open_chart(&bench, forms[form], &data);
        touch(&bench, NULL, 0);
        size_t before = bench.list.count;
        for (double x = 80; x < 840; x += 47) {
            for (double y = 40; y < 470; y += 39) {
                struct sw_finger finger = finger_at(&bench, x, y);
                touch(&bench, &finger, 1);
                assert_true(bench.list.count > before + 4);
                for (size_t i = before; i < bench.list.count; i++) {
                    const struct sw_draw *draw = &bench.list.items[i];
                    struct sw_rect hidden = {x - REACH, y - REACH, 2 * REACH, 2 * REACH};
                    bool label = draw->to.width > 25 && draw->to.height > 3; /* no line and no dot */
                    assert_true(inside(&draw->to));
                    assert_false(label && !sw_rect_empty(sw_rect_intersect(draw->to, hidden)));
                }
            }
        }
        close_chart(&bench, data);
    }
}

/* A finger that moves within a step, or reads the same box elsewhere, draws the same. */
static void nearest_is_nearest(void **state)
{
    (void)state;
    struct bench bench;
    struct sw_data *data = NULL;
    open_chart(&bench, "line", &data);
    double lines[3];
    static const double xs[] = {400, 400.4, 480};
    for (size_t i = 0; i < SW_COUNT(xs); i++) {
        struct sw_finger finger = finger_at(&bench, xs[i], 200);
        touch(&bench, NULL, 0);
        size_t before = bench.list.count;
        touch(&bench, &finger, 1);
        lines[i] = bench.list.items[before].to.x;
        assert_int_equal(bench.list.items[before].kind, SW_DRAW_FILL);
        assert_true(fabs(lines[i] - xs[i]) < 5);
    }
    assert_float_equal(lines[0], lines[1], 0);
    assert_true(lines[2] > lines[1]);
    struct sw_finger other = {.identity = 5, .x = 400, .y = 200, .reach = REACH, .presence = 1};
    touch(&bench, NULL, 0);
    size_t before = bench.list.count;
    touch(&bench, &other, 1);
    assert_int_equal(bench.list.count, before);
    close_chart(&bench, data);
}

/* Labels of several fingers keep clear of each other while there is room. */
static void labels_keep_apart(void **state)
{
    (void)state;
    struct bench bench;
    struct sw_data *data = NULL;
    open_chart(&bench, "line", &data);
    struct sw_finger fingers[2] = {finger_at(&bench, 300, 380), finger_at(&bench, 360, 380)};
    touch(&bench, fingers, 2);
    struct sw_rect grounds[8];
    size_t count = 0;
    for (size_t i = 0; i < bench.list.count; i++) {
        const struct sw_draw *draw = &bench.list.items[i];
        if (draw->kind == SW_DRAW_FILL && draw->to.width > 60 && draw->to.height > 20 && count < SW_COUNT(grounds)) {
            grounds[count++] = draw->to;
        }
    }
    assert_int_equal(count, 2);
    assert_true(sw_rect_empty(sw_rect_intersect(grounds[0], grounds[1])));
    close_chart(&bench, data);
}

static void sparklines_are_not_read(void **state)
{
    (void)state;
    struct bench bench;
    struct sw_data *data = NULL;
    open_chart(&bench, "sparkline", &data);
    assert_null(sw_view_felt(bench.root, 400, 200));
    close_chart(&bench, data);
    open_chart(&bench, "line", &data);
    assert_ptr_equal(sw_view_felt(bench.root, 400, 200), bench_find(&bench, "c", 0));
    assert_null(sw_view_felt(bench.root, 90, 200));
    close_chart(&bench, data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_label_is_seen),
        cmocka_unit_test(nearest_is_nearest),
        cmocka_unit_test(labels_keep_apart),
        cmocka_unit_test(sparklines_are_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
