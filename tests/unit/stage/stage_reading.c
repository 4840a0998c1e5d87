/* SPDX-License-Identifier: EUPL-1.2 */
/* Fingers that read a chart: who takes them, how long what they read stays, and that a still one costs nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/must.h"
#include "bed.h"
#include "stage/finger.h"

#define CHART "\"chart\": \"bar\", \"alt\": \"\", \"rows\": \"scenes\", \"as\": \"s\", \"x\": \"s.title\", \"y\": \"7\""
#define AREA "\"at\": [100, 50], \"size\": [700, 350]"

static const struct bed_file files[] = {
    {"scenes/read.json",
     "{\"title\": \"Read\", \"frame\": \"bar\", \"pages\": ["
     " {\"id\": \"one\", \"elements\": [{" CHART ", " AREA "},"
     "  {\"shape\": \"rectangle\", \"at\": [400, 200], \"size\": [80, 80], \"fill\": \"#808080\", \"tap\": {\"open\": \"more\"}}]},"
     " {\"id\": \"two\", \"elements\": [{\"row\": [{" CHART "}], " AREA ", \"tap\": {\"go\": \"b\"}}]}],"
     " \"popups\": {\"more\": {\"in\": \"sheet\", \"modal\": false, \"elements\": ["
     "  {\"shape\": \"rectangle\", \"at\": [0, 0], \"size\": [400, 300], \"fill\": \"#0000F2\"}]}}}"},
    {NULL, NULL},
};

static size_t draws(const struct bed *bed)
{
    const struct sw_stage_zone *zones;
    assert_int_equal(sw_stage_zones(bed->stage, &zones), 1);
    return zones[0].list->count;
}

static size_t open_chart(struct bed *bed, bool still)
{
    bed_open(bed, (struct bed_options){
                      .playlist = "{\"loop\": [{\"scene\": \"read\", \"for\": \"1h\"}]}", .files = files, .reduced_motion = still});
    bed_step(bed, false);
    bed_settle(bed);
    bed_pass(bed, SW_SECOND);
    assert_shown(bed, 0, "read#one");
    return draws(bed);
}

static void what_is_read_stays_and_goes(void **state)
{
    (void)state;
    for (int still = 0; still < 2; still++) {
        struct bed bed;
        size_t before = open_chart(&bed, still == 1);
        bed_down(&bed, 1, 600, 100);
        bed_pass(&bed, 200 * SW_MS);
        size_t read = draws(&bed);
        assert_true(read > before);
        bed_up(&bed, 1);
        bed_pass(&bed, SW_FINGER_STAY_US - 100 * SW_MS);
        assert_int_equal(draws(&bed), read);
        uint64_t steps = bed.steps;
        bed_pass(&bed, SW_FINGER_FADE_US + 200 * SW_MS);
        assert_int_equal(draws(&bed), before);
        assert_true(still == 0 ? bed.steps - steps > 5 : bed.steps - steps < 5); /* frames of a fade, or none */
        steps = bed.steps;
        bed_pass(&bed, 10 * SW_SECOND);
        assert_in_range(bed.steps - steps, 0, 3);
        bed_close(&bed);
    }
}

static void several_fingers_read_at_once(void **state)
{
    (void)state;
    struct bed bed;
    size_t before = open_chart(&bed, false);
    bed_down(&bed, 1, 600, 100);
    bed_pass(&bed, 100 * SW_MS);
    size_t one = draws(&bed);
    bed_down(&bed, 2, 300, 380);
    bed_pass(&bed, 100 * SW_MS);
    size_t two = draws(&bed);
    assert_true(two > one && one > before);
    bed_up(&bed, 1);
    bed_down(&bed, 3, 600, 100); /* what a lifted one left makes room; the other one goes on */
    bed_pass(&bed, 100 * SW_MS);
    assert_int_equal(draws(&bed), two);
    for (uint64_t finger = 4; finger < 40; finger++)
        bed_down(&bed, finger, 150 + (double)finger * 10, 300);
    bed_pass(&bed, 100 * SW_MS);
    for (uint64_t finger = 2; finger < 40; finger++)
        bed_up(&bed, finger);
    bed_pass(&bed, 20 * SW_SECOND);
    assert_int_equal(draws(&bed), before);
    bed_close(&bed);
}

/* What lies on the chart is touched as ever, and then nothing is read. */
static void what_is_above_takes_the_touch(void **state)
{
    (void)state;
    struct bed bed;
    size_t before = open_chart(&bed, false);
    bed_down(&bed, 1, 440, 240);
    bed_up(&bed, 1);
    bed_pass(&bed, SW_SECOND);
    assert_true(bed_fills(&bed, 0, BED_OPEN_FILL));
    assert_int_equal(draws(&bed), before + 1);
    bed_down(&bed, 2, 350, 180); /* on the popup */
    bed_pass(&bed, 100 * SW_MS);
    assert_int_equal(draws(&bed), before + 1);
    bed_close(&bed);
}

/* A finger that slides over a chart reads on: it turns no page. Elsewhere it does. */
static void reading_turns_no_page(void **state)
{
    (void)state;
    struct bed bed;
    (void)open_chart(&bed, false);
    bed_down(&bed, 1, 600, 100);
    bed_move(&bed, 1, 300, 110);
    bed_up(&bed, 1);
    bed_settle(&bed);
    assert_shown(&bed, 0, "read#one");
    bed_down(&bed, 1, 950, 430);
    bed_move(&bed, 1, 600, 430);
    bed_up(&bed, 1);
    bed_settle(&bed);
    bed_pass(&bed, SW_SECOND);
    assert_shown(&bed, 0, "read#two");
    bed_close(&bed);
}

/* A chart on a card that can be touched is read, and a tap is still the card's. */
static void a_card_keeps_its_tap(void **state)
{
    (void)state;
    struct bed bed;
    (void)open_chart(&bed, false);
    bed_press(&bed, BED_NEXT, BED_BAR);
    assert_shown(&bed, 0, "read#two");
    size_t before = draws(&bed);
    bed_down(&bed, 1, 600, 100);
    bed_pass(&bed, 100 * SW_MS);
    assert_true(draws(&bed) > before + 1);
    bed_up(&bed, 1);
    bed_settle(&bed);
    bed_pass(&bed, SW_SECOND);
    assert_shown(&bed, 0, "b");
    bed_close(&bed);
}

static void a_trembling_finger_reads_one_place(void **state)
{
    (void)state;
    struct sw_fingers fingers = {.count = 0};
    sw_fingers_down(&fingers, 7, 1, 100, 100, 2);
    assert_false(sw_fingers_move(&fingers, 7, 102, 102));
    assert_false(sw_fingers_move(&fingers, 7, 97, 99));
    assert_false(sw_fingers_move(&fingers, 8, 500, 99));
    assert_true(sw_fingers_move(&fingers, 7, 120, 100));
    assert_float_equal(fingers.items[0].x, 116, 0.001); /* on a leash of 2 mm */
    assert_false(sw_fingers_move(&fingers, 7, 117, 101));
    struct sw_finger drawn[SW_FINGERS_MAX];
    assert_int_equal(sw_fingers_drawn(&fingers, 0, 2, 16, 0, drawn), 1);
    assert_float_equal(drawn[0].x, 50, 0.001);
    assert_float_equal(drawn[0].presence, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_stays_and_goes),
        cmocka_unit_test(several_fingers_read_at_once),
        cmocka_unit_test(what_is_above_takes_the_touch),
        cmocka_unit_test(reading_turns_no_page),
        cmocka_unit_test(a_card_keeps_its_tap),
        cmocka_unit_test(a_trembling_finger_reads_one_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
