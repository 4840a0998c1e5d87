/* SPDX-License-Identifier: EUPL-1.2 */
/* Scenes and the live data that they need: passed over, waited for, asked for in time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "bed.h"

#define SCENE(fill) \
    "{\"title\": \"X\", \"frame\": \"bar\", \"elements\": [{\"text\": \"{rhein.level}\"}," \
    " {\"shape\": \"rectangle\", \"at\": [900, 0], \"size\": [20, 20], \"fill\": \"" fill "\"}]}"

static const struct bed_file files[] = {
    {"scenes/sources.json",
     "{\"rhein\": {\"file\": \"data/rhein.json\", \"fresh_for\": \"30m\", \"expire_after\": \"2h\", \"fallback\": \"skip\","
     "   \"fields\": {\"level\": {\"type\": \"number\"}}, \"history\": {\"level\": {\"keep\": \"1h\", \"step\": \"1m\"}}},"
     " \"air\": {\"file\": \"data/air.json\", \"fresh_for\": \"30m\", \"expire_after\": \"2h\", \"fallback\": \"hide\","
     "   \"fields\": {\"no2\": {\"type\": \"number\"}}}}"},
    {"scenes/level.json", SCENE("#0000D1")},
    {"scenes/line.json", "{\"title\": \"X\", \"elements\": [{\"chart\": \"line\", \"alt\": \"\", \"at\": [0, 0], \"size\": [400, 300],"
                         " \"series\": [{\"of\": \"rhein.level\", \"last\": \"1h\"}]}]}"},
    {"scenes/asks.json",
     "{\"title\": \"X\", \"frame\": \"bar\", \"elements\": [{\"text\": \"high\", \"when\": \"rhein.level > 5\"}, {\"text\": \"y\"}]}"},
    {"scenes/air.json", "{\"title\": \"X\", \"frame\": \"bar\", \"elements\": [{\"text\": \"{air.no2}\"}]}"},
    {NULL, NULL},
};

enum { AIR, RHEIN };

static void open_bed(struct bed *bed, const char *playlist)
{
    bed_open(bed, (struct bed_options){.playlist = playlist, .files = files});
}

#define ROUND \
    "{\"loop\": [{\"scene\": \"b\", \"for\": \"10s\"}, {\"scene\": \"level\", \"for\": \"10s\"}, {\"scene\": \"hub\", \"for\": \"10s\"}]}"

static void a_scene_without_its_data_is_passed_over(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, ROUND);
    bed_put_failure(&bed, "rhein", "HTTP 503");
    bed_step(&bed, false);
    for (int i = 0; i < 60; i++) {
        bed_pass(&bed, SW_SECOND);
        assert_string_not_equal(bed_shown(&bed, 0), "level");
    }
    bed_pass(&bed, 5 * SW_SECOND); /* 65 s: b until 70 s, then its turn */
    bed_put(&bed, "rhein", "{\"level\": 512}");
    bed_pass(&bed, 10 * SW_SECOND);
    assert_shown(&bed, 0, "level");
    bed_close(&bed);
}

static void what_takes_its_place_is_made_ready_before_the_turn(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "{\"loop\": [{\"scene\": \"b\", \"for\": \"10s\"}, {\"scene\": \"level\", \"for\": \"10s\"},"
                   " {\"scene\": \"late\", \"for\": \"10s\"}]}");
    bed_put_failure(&bed, "rhein", "HTTP 503");
    bed_step(&bed, false);
    bed_pass(&bed, 6900 * SW_MS);
    assert_int_equal(bed.late_asked, 0);
    bed_pass(&bed, 200 * SW_MS);
    assert_true(bed.late_asked > 0);
    bed_close(&bed);
}

static void it_leaves_when_its_data_expire(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "{\"loop\": [{\"scene\": \"level\", \"for\": \"10h\"}, {\"scene\": \"hub\", \"for\": \"10s\"}]}");
    bed_put(&bed, "rhein", "{\"level\": 512}");
    bed_step(&bed, false);
    bed_pass(&bed, 2 * SW_HOUR - SW_SECOND);
    assert_shown(&bed, 0, "level");
    bed_pass(&bed, 3 * SW_SECOND);
    assert_shown(&bed, 0, "hub");
    bed_put(&bed, "rhein", "{\"level\": 513}");
    bed_step(&bed, false);
    bed_settle(&bed);
    assert_shown(&bed, 0, "level"); /* it is still its turn */
    bed_close(&bed);
}

static void what_only_asks_for_data_does_not_need_them(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "{\"loop\": [{\"scene\": \"asks\", \"for\": \"10s\"}, {\"scene\": \"hub\", \"for\": \"10s\"}]}");
    bed_put_failure(&bed, "rhein", "HTTP 503");
    bed_step(&bed, false);
    bed_settle(&bed);
    assert_shown(&bed, 0, "asks");
    bed_close(&bed);
}

/* Until what was asked for is baked. */
static void await_bakery(struct bed *bed)
{
    for (int i = 0; i < 2000 && sw_bakery_pending(bed->bakery) > 0; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
        sw_bakery_collect(bed->bakery);
    }
    assert_int_equal(sw_bakery_pending(bed->bakery), 0);
}

/* Its right edge is now, and now is another one each time: what was baked must be shown all the same. */
static void a_live_chart_is_not_drawn_for_ever(void **state)
{
    (void)state;
    struct bed bed;
    struct sw_point points[60];
    bed_open(&bed, (struct bed_options){
                       .playlist = "{\"loop\": [{\"scene\": \"line\", \"for\": \"1h\"}]}", .files = files, .bake_threads = 1});
    for (size_t i = 0; i < SW_COUNT(points); i++)
        points[i] = (struct sw_point){bed.now.instant + ((int64_t)i - (int64_t)SW_COUNT(points)) * SW_MINUTE, (double)(i % 7)};
    bed_put(&bed, "rhein", "{\"level\": 5}");
    sw_data_put_series(bed.data, RHEIN, 0, sw_series_create(points, SW_COUNT(points), SW_MINUTE));
    bed_step(&bed, false);
    assert_true(sw_bakery_pending(bed.bakery) > 0);
    for (int i = 0; i < 3; i++) {
        await_bakery(&bed);
        bed.now.tick += 16 * SW_MS;
        bed.now.instant += 16 * SW_MS;
        bed_step(&bed, true);
    }
    assert_int_equal(sw_bakery_pending(bed.bakery), 0);
    bed_close(&bed);
}

static void a_visitor_gets_what_they_asked_for(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, ROUND);
    bed_put(&bed, "rhein", "{\"level\": 512}");
    bed_step(&bed, false);
    bed_pass(&bed, 12 * SW_SECOND);
    assert_shown(&bed, 0, "level");
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed.now.instant += 3 * SW_HOUR; /* expired under the visitor's eyes */
    bed_pass(&bed, 10 * SW_SECOND);
    assert_shown(&bed, 0, "level");
    bed_close(&bed);
}

/* The only scene there is stays: better "–" than nothing. */
static void all_that_there_is_shows(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "{\"loop\": [{\"scene\": \"level\", \"for\": \"10s\"}], \"otherwise\": \"level\"}");
    bed_put_failure(&bed, "rhein", "HTTP 503");
    bed_step(&bed, false);
    bed_pass(&bed, 5 * SW_SECOND);
    assert_non_null(bed_status(&bed, 0).scene);
    bed_close(&bed);
}

static void a_scene_waits_for_what_its_sources_say_first(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "{\"loop\": [{\"scene\": \"air\", \"for\": \"10s\"}, {\"scene\": \"hub\", \"for\": \"10s\"}]}");
    bed_step(&bed, false);
    bed_pass(&bed, SW_SECOND);
    assert_null(bed_status(&bed, 0).scene); /* whatever is on the display stays */
    bed_put(&bed, "air", "{\"no2\": 21}");
    bed_step(&bed, false);
    assert_shown(&bed, 0, "air");
    bed_close(&bed);
}

static void a_failure_is_an_answer_too(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "{\"loop\": [{\"scene\": \"air\", \"for\": \"10s\"}, {\"scene\": \"hub\", \"for\": \"10s\"}]}");
    bed_step(&bed, false);
    bed_put_failure(&bed, "air", "HTTP 503");
    bed_step(&bed, false);
    assert_shown(&bed, 0, "air");
    bed_close(&bed);
}

static void but_not_for_ever(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "{\"loop\": [{\"scene\": \"air\", \"for\": \"10s\"}, {\"scene\": \"hub\", \"for\": \"10s\"}]}");
    bed_step(&bed, false);
    bed_pass(&bed, 1490 * SW_MS);
    assert_null(bed_status(&bed, 0).scene);
    bed_pass(&bed, 20 * SW_MS);
    assert_shown(&bed, 0, "air");
    bed_close(&bed);
}

static void what_comes_next_is_asked_for_before_its_turn(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "{\"loop\": [{\"scene\": \"level\", \"for\": \"10s\"}, {\"scene\": \"air\", \"for\": \"10s\"}]}");
    bed_put(&bed, "rhein", "{\"level\": 512}");
    bed_put(&bed, "air", "{\"no2\": 21}");
    bed_step(&bed, false);
    assert_int_equal(bed.soon[RHEIN], 1);
    assert_int_equal(bed.soon[AIR], 0);
    bed_pass(&bed, 6900 * SW_MS);
    assert_int_equal(bed.soon[AIR], 0);
    bed_pass(&bed, 200 * SW_MS);
    assert_int_equal(bed.soon[AIR], 1);
    bed_put(&bed, "air", "{\"no2\": 22}"); /* built anew, and wanted no more than before */
    bed_pass(&bed, 8 * SW_SECOND);
    assert_shown(&bed, 0, "air");
    assert_int_equal(bed.soon[AIR], 1);
    assert_int_equal(bed.soon[RHEIN], 1);
    bed_pass(&bed, 3 * SW_SECOND);
    assert_int_equal(bed.soon[RHEIN], 2);
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scene_without_its_data_is_passed_over),
        cmocka_unit_test(what_takes_its_place_is_made_ready_before_the_turn),
        cmocka_unit_test(it_leaves_when_its_data_expire),
        cmocka_unit_test(what_only_asks_for_data_does_not_need_them),
        cmocka_unit_test(a_live_chart_is_not_drawn_for_ever),
        cmocka_unit_test(a_visitor_gets_what_they_asked_for),
        cmocka_unit_test(all_that_there_is_shows),
        cmocka_unit_test(a_scene_waits_for_what_its_sources_say_first),
        cmocka_unit_test(a_failure_is_an_answer_too),
        cmocka_unit_test(but_not_for_ever),
        cmocka_unit_test(what_comes_next_is_asked_for_before_its_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
