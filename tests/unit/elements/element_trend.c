/* SPDX-License-Identifier: EUPL-1.2 */
/* Trends: up, down, steady; and nothing at all where that is not known. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "bench.h"
#include "data/data.h"

#define NOW (INT64_C(1795439100) * SW_SECOND) /* 2026-11-23T14:05 in Berlin */
#define POINTS_MAX 6

static const struct bench_part sources[] = {
    {"../sources", "{\"rhein\": {\"file\": \"media/20x20.png\", \"fresh_for\": \"1h\", \"observed\": \"at\", \"fields\": {"
                   " \"level\": {\"type\": \"number\", \"unit\": \"cm\", \"digits\": 0}, \"at\": {\"type\": \"time\"}},"
                   " \"history\": {\"level\": {\"keep\": \"7d\", \"step\": \"15m\"}}}}"},
    {NULL, NULL},
};

struct given {
    const char *label;
    struct {
        int minutes; /* before now */
        double value;
    } points[POINTS_MAX];
    const char *says; /* "": nothing */
};

static const struct given cases[] = {
    {"rises", {{120, 500}, {60, 480}, {5, 503}}, "steigend"},
    {"falls", {{120, 500}, {60, 530}, {5, 497}}, "fallend"},
    {"stays", {{120, 500}, {60, 530}, {5, 502}}, "gleichbleibend"},
    {"stays, a little below", {{120, 500}, {5, 498}}, "gleichbleibend"},
    {"what is before the stretch does not count", {{600, 900}, {125, 500}, {5, 510}}, "steigend"},
    {"the nearest to the beginning counts", {{145, 500}, {110, 520}, {5, 510}}, "fallend"},
    {"nothing has come", {{0, 0}}, ""},
    {"one number", {{5, 500}}, ""},
    {"too short a history", {{60, 500}, {5, 510}}, ""},
    {"a gap where the stretch begins", {{300, 500}, {60, 505}, {5, 510}}, ""},
    {"the newest is old", {{180, 500}, {60, 510}}, ""},
    {"what lies ahead does not count", {{120, 500}, {5, 503}, {-60, 100}}, "steigend"},
};

static void open_trend(struct bench *bench, struct sw_data **data, const char *more, const struct given *given)
{
    char elements[256];
    struct sw_point points[POINTS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < POINTS_MAX; i++) {
        if (given->points[i].value > 0) {
            points[count++] = (struct sw_point){NOW - given->points[i].minutes * SW_MINUTE, given->points[i].value};
        }
    }
    (void)snprintf(elements, sizeof elements, "[{\"trend\": \"rhein.level\", \"over\": \"2h\", \"steady\": 2, \"name\": \"t\"%s}]", more);
    bench_elements(bench, elements, sources);
    *data = sw_data_create(bench->exhibition);
    bench->context.data = *data;
    bench->evaluation.now = NOW;
    if (count > 0) {
        sw_data_put_series(*data, 0, 0, sw_series_create(points, count, 15 * SW_MINUTE));
    }
}

static void close_trend(struct bench *bench, struct sw_data *data)
{
    sw_arena_reset(&bench->arena);
    sw_data_destroy(data);
    bench_close(bench);
}

static void it_says_what_is_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        struct sw_data *data = NULL;
        open_trend(&bench, &data, "", &cases[i]);
        bench_make(&bench);
        assert_int_equal(bench_paint(&bench, 0).failed, 0);
        struct sw_value says = bench_find(&bench, "t", 0)->common[SW_COMMON_ALT];
        const char *text = says.type == SW_VALUE_STRING ? says.as.string : "";
        if (strcmp(text, cases[i].says) != 0) {
            fail_msg("%s: says \"%s\", not \"%s\"", cases[i].label, text, cases[i].says);
        }
        assert_int_equal(bench.list.count > 0, cases[i].says[0] != '\0');
        assert_true(sw_reads_has(&bench.reads, "rhein"));
        close_trend(&bench, data);
    }
}

/* It looks again when the newest number will be too old to tell. */
static void it_knows_how_long_it_holds(void **state)
{
    (void)state;
    struct bench bench;
    struct sw_data *data = NULL;
    open_trend(&bench, &data, "", &cases[0]);
    bench_make(&bench);
    assert_in_range(bench.reads.valid_until, NOW, NOW + SW_HOUR);
    bench.evaluation.now = bench.reads.valid_until;
    bench_make(&bench);
    (void)bench_paint(&bench, 0);
    assert_int_equal(bench.list.count, 0);
    close_trend(&bench, data);
}

static void arrow_and_word_stand_as_told(void **state)
{
    (void)state;
    static const char *const more[] = {"", ", \"show\": \"arrow\"", ", \"show\": \"word\""};
    static const size_t draws[] = {2, 1, 1};
    for (size_t i = 0; i < SW_COUNT(more); i++) {
        double left[2];
        for (int arabic = 0; arabic < 2; arabic++) {
            struct bench bench;
            struct sw_data *data = NULL;
            open_trend(&bench, &data, more[i], &cases[0]);
            bench_language(&bench, arabic ? "ar" : "de");
            bench_make(&bench);
            (void)bench_paint(&bench, 0);
            assert_int_equal(bench.list.count, draws[i]);
            left[arabic] = bench.list.items[0].to.x;
            close_trend(&bench, data);
        }
        assert_true(left[1] > left[0] + 300); /* it stands at the other side */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_is_known),
        cmocka_unit_test(it_knows_how_long_it_holds),
        cmocka_unit_test(arrow_and_word_stand_as_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
