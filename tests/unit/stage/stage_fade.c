/* SPDX-License-Identifier: EUPL-1.2 */
/* Data that change: numbers and charts give way to what they are now, and nothing else moves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"
#include "view/fade.h"

static const struct bed_file files[] = {
    {"scenes/sources.json",
     "{\"rhein\": {\"file\": \"data/rhein.json\", \"fresh_for\": \"30m\", \"expire_after\": \"2h\","
     "   \"fields\": {\"level\": {\"type\": \"number\"}}},"
     " \"places\": {\"file\": \"data/places.json\", \"fresh_for\": \"30m\", \"expire_after\": \"2h\", \"rows\": true,"
     "   \"fields\": {\"name\": {\"type\": \"text\"}, \"free\": {\"type\": \"number\"}}}}"},
    {"scenes/level.json",
     "{\"title\": \"X\", \"frame\": \"bar\", \"state\": {\"n\": {\"min\": 0, \"max\": 9, \"default\": 0}}, \"elements\": ["
     " {\"text\": \"{rhein.level} {n}\", \"at\": [100, 300]}, {\"text\": \"still\", \"at\": [400, 300]},"
     " {\"shape\": \"rectangle\", \"at\": [0, 0], \"size\": [80, 80], \"fill\": \"#808080\", \"tap\": {\"set\": {\"n\": \"{n + 1}\"}}}]}"},
    {"scenes/chart.json",
     "{\"title\": \"X\", \"frame\": \"bar\", \"elements\": [{\"chart\": \"bar\", \"alt\": \"\", \"rows\": \"places.rows\", \"as\": \"p\","
     " \"x\": \"p.name\", \"y\": \"p.free\", \"at\": [100, 50], \"size\": [600, 300]}]}"},
    {NULL, NULL},
};

static void open_bed(struct bed *bed, const char *scene, bool still)
{
    char playlist[128];
    (void)snprintf(playlist, sizeof playlist, "{\"loop\": [{\"scene\": \"%s\", \"for\": \"10h\"}]}", scene);
    bed_open(bed, (struct bed_options){.playlist = playlist, .files = files, .reduced_motion = still});
    bed_put(bed, "rhein", "{\"level\": 512}");
    bed_put(bed, "places", "[{\"name\": \"A\", \"free\": 10}, {\"name\": \"B\", \"free\": 20}]");
    bed_step(bed, false);
    bed_settle(bed);
    bed_pass(bed, SW_SECOND);
    assert_shown(bed, 0, scene);
}

static size_t draws(const struct bed *bed)
{
    const struct sw_stage_zone *zones;
    assert_int_equal(sw_stage_zones(bed->stage, &zones), 1);
    return zones[0].list->count;
}

/* The number of draws that are neither there nor not. */
static size_t fading(const struct bed *bed)
{
    const struct sw_stage_zone *zones;
    size_t count = 0;
    assert_int_equal(sw_stage_zones(bed->stage, &zones), 1);
    for (size_t i = 0; i < zones[0].list->count; i++) {
        count += zones[0].list->items[i].opacity < 1;
    }
    return count;
}

static void a_number_gives_way(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "level", false);
    size_t before = draws(&bed);
    bed_put(&bed, "rhein", "{\"level\": 513}");
    bed_step(&bed, false);
    bed_pass(&bed, SW_FADE_TEXT_US / 2);
    assert_int_equal(fading(&bed), 2); /* the old and the new one; the other text stays as it is */
    assert_int_equal(draws(&bed), before + 1);
    bed_pass(&bed, SW_FADE_TEXT_US);
    assert_int_equal(fading(&bed), 0);
    assert_int_equal(draws(&bed), before);
    uint64_t steps = bed.steps;
    bed_put(&bed, "rhein", "{\"level\": 513}"); /* nothing new: nothing fades */
    bed_step(&bed, false);
    bed_pass(&bed, SW_SECOND);
    assert_int_equal(fading(&bed), 0);
    assert_in_range(bed.steps - steps, 0, 4);
    bed_close(&bed);
}

static void what_a_visitor_did_is_there_at_once(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "level", false);
    bed_tap(&bed, 40, 40);
    bed_step(&bed, false);
    assert_int_equal(fading(&bed), 0);
    bed_close(&bed);
}

static void reduced_motion_changes_at_once(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "level", true);
    uint64_t steps = bed.steps;
    bed_put(&bed, "rhein", "{\"level\": 513}");
    bed_step(&bed, false);
    assert_int_equal(fading(&bed), 0);
    bed_pass(&bed, SW_SECOND);
    assert_in_range(bed.steps - steps, 0, 4);
    bed_close(&bed);
}

/* What the former and the present picture have in common, such as names and the other bar's number, does not even pale. */
static void a_chart_gives_way(void **state)
{
    (void)state;
    struct bed bed;
    open_bed(&bed, "chart", false);
    size_t before = draws(&bed);
    bed_put(&bed, "places", "[{\"name\": \"A\", \"free\": 15}, {\"name\": \"B\", \"free\": 20}]");
    bed_step(&bed, true);
    bed_pass(&bed, SW_FADE_CHART_US / 4);
    assert_int_equal(draws(&bed), before + 2); /* the former bars, the former number */
    assert_int_equal(fading(&bed), 3);         /* the former bars are whole as yet */
    bed_put(&bed, "places", "[{\"name\": \"A\", \"free\": 16}, {\"name\": \"B\", \"free\": 20}]");
    bed_step(&bed, true); /* sooner than it fades */
    bed_pass(&bed, 50 * SW_MS);
    assert_int_equal(fading(&bed), 0);
    assert_int_equal(draws(&bed), before);
    bed_pass(&bed, SW_SECOND);
    assert_int_equal(draws(&bed), before);
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_gives_way),
        cmocka_unit_test(what_a_visitor_did_is_there_at_once),
        cmocka_unit_test(reduced_motion_changes_at_once),
        cmocka_unit_test(a_chart_gives_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
