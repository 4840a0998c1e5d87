/* SPDX-License-Identifier: EUPL-1.2 */
/* A visitor's stay: where they go and come back to, what they set, and how it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"

static void begin(struct bed *bed, const char *wall)
{
    bed_open(bed, (struct bed_options){.wall = wall});
    bed_step(bed, false);
    bed_pass(bed, SW_SECOND);
    bed_tap(bed, BED_EMPTY_X, BED_EMPTY_Y);
    assert_true(bed_status(bed, 0).visit);
}

static void at_hub(struct bed *bed, const char *wall)
{
    begin(bed, wall);
    bed_press(bed, BED_HOME, BED_BAR);
    assert_shown(bed, 0, "hub");
}

static void a_visit_holds_the_scene(void **state)
{
    (void)state;
    struct bed bed;
    begin(&bed, NULL);
    bed_pass(&bed, 55 * SW_SECOND);
    assert_shown(&bed, 0, "a#one");
    assert_false(bed_status(&bed, 0).countdown);
    bed_close(&bed);
}

static void idle_counts_down_and_returns(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_press(&bed, BED_ENGLISH, BED_BAR);
    assert_string_equal(bed_status(&bed, 0).language, "en");
    bed_pass(&bed, 58 * SW_SECOND);
    assert_false(bed_status(&bed, 0).countdown);
    assert_false(bed_top_fills(&bed, 0, BED_COUNTDOWN_FILL));
    bed_pass(&bed, 3 * SW_SECOND);
    assert_true(bed_status(&bed, 0).countdown);
    assert_true(bed_top_fills(&bed, 0, BED_COUNTDOWN_FILL));
    bed_pass(&bed, 18 * SW_SECOND);
    assert_true(bed_status(&bed, 0).visit);
    bed_pass(&bed, 3 * SW_SECOND);
    assert_false(bed_status(&bed, 0).visit);
    assert_false(bed_status(&bed, 0).countdown);
    assert_false(bed_top_fills(&bed, 0, BED_COUNTDOWN_FILL));
    assert_string_equal(bed_status(&bed, 0).language, "de");
    bed_settle(&bed);
    bed_pass(&bed, SW_SECOND);
    assert_string_not_equal(bed_status(&bed, 0).scene, "hub");
    bed_close(&bed);
}

static void the_countdown_comes_in_as_its_part_says(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    while (!bed_status(&bed, 0).countdown)
        bed_pass(&bed, SW_SECOND / 50);
    bed_pass(&bed, 100 * SW_MS);
    double early = bed_top_opacity(&bed, 0, BED_COUNTDOWN_FILL);
    assert_true(early > 0 && early < 1);
    bed_pass(&bed, 400 * SW_MS);
    assert_true(bed_top_opacity(&bed, 0, BED_COUNTDOWN_FILL) == 1);
    bed_close(&bed);
}

static void a_touch_extends(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    for (int i = 0; i < 5; i++) {
        bed_pass(&bed, 62 * SW_SECOND);
        assert_true(bed_status(&bed, 0).countdown);
        bed_tap(&bed, i == 0 ? 450 : BED_EMPTY_X, i == 0 ? 250 : BED_EMPTY_Y); /* "stay", then anywhere */
        assert_false(bed_status(&bed, 0).countdown);
        bed_pass(&bed, 55 * SW_SECOND);
        assert_false(bed_status(&bed, 0).countdown);
        bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    }
    assert_shown(&bed, 0, "hub");
    bed_close(&bed);
}

static void a_touch_in_the_countdown_does_nothing_else(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_pass(&bed, 62 * SW_SECOND);
    bed_press(&bed, BED_HUB_A, 0); /* a tile beneath the veil */
    assert_shown(&bed, 0, "hub");
    assert_true(bed_status(&bed, 0).visit);
    assert_false(bed_status(&bed, 0).countdown);
    bed_press(&bed, BED_HUB_A, 0);
    assert_shown(&bed, 0, "a#one");
    bed_close(&bed);
}

static void restart_ends_the_visit(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_press(&bed, BED_ENGLISH, BED_BAR);
    bed_press(&bed, BED_RESTART, BED_BAR);
    assert_false(bed_status(&bed, 0).visit);
    assert_string_equal(bed_status(&bed, 0).language, "de");
    assert_shown(&bed, 0, "a#one");
    bed_pass(&bed, 62 * SW_SECOND);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_pass(&bed, 62 * SW_SECOND);
    bed_tap(&bed, 650, 250); /* in the countdown */
    assert_false(bed_status(&bed, 0).visit);
    bed_close(&bed);
}

static void a_visit_that_ends_is_followed_by_the_scene_due_from_its_start(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.playlist = "{\"loop\": [{\"scene\": \"a\", \"for\": \"10m\"}]}"});
    bed_step(&bed, false);
    bed_pass(&bed, 10 * SW_SECOND);
    assert_shown(&bed, 0, "a#three");
    bed_press(&bed, BED_A_MORE, 0);
    assert_true(bed_fills(&bed, 0, BED_N(2)));
    bed_press(&bed, BED_RESTART, BED_BAR);
    assert_shown(&bed, 0, "a#one");
    assert_true(bed_fills(&bed, 0, BED_N(1)));
    bed_pass(&bed, 5 * SW_SECOND);
    assert_shown(&bed, 0, "a#two");
    bed_close(&bed);
}

static void a_scene_may_be_idle_longer(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_press(&bed, BED_HUB_LONG, 0);
    bed_pass(&bed, 4 * SW_MINUTE);
    assert_shown(&bed, 0, "long");
    assert_false(bed_status(&bed, 0).countdown);
    bed_pass(&bed, 62 * SW_SECOND);
    assert_true(bed_status(&bed, 0).countdown);
    bed_close(&bed);
}

static void high_contrast_doubles_the_time(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_press(&bed, BED_CONTRAST, BED_BAR);
    bed_pass(&bed, 110 * SW_SECOND);
    assert_false(bed_status(&bed, 0).countdown);
    bed_pass(&bed, 12 * SW_SECOND);
    assert_true(bed_status(&bed, 0).countdown);
    bed_pass(&bed, 21 * SW_SECOND);
    assert_false(bed_status(&bed, 0).visit);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y); /* the next visitor has the usual */
    bed_pass(&bed, 62 * SW_SECOND);
    assert_true(bed_status(&bed, 0).countdown);
    bed_close(&bed);
}

static void pages_stop_at_the_ends(void **state)
{
    (void)state;
    struct bed bed;
    begin(&bed, NULL);
    static const char *const on[] = {"a#two", "a#three", "a#three"}, *const off[] = {"a#two", "a#one", "a#one"};
    for (int i = 0; i < 3; i++) {
        bed_press(&bed, BED_NEXT, BED_BAR);
        assert_shown(&bed, 0, on[i]);
    }
    for (int i = 0; i < 3; i++) {
        bed_press(&bed, BED_PREVIOUS, BED_BAR);
        assert_shown(&bed, 0, off[i]);
    }
    bed_press(&bed, BED_A_THREE, 0);
    assert_shown(&bed, 0, "a#three");
    bed_close(&bed);
}

static void state_keeps_to_its_range_and_to_the_scene(void **state)
{
    (void)state;
    struct bed bed;
    begin(&bed, NULL);
    static const uint32_t wanted[] = {2, 3, 3, 3};
    assert_true(bed_fills(&bed, 0, BED_N(1)));
    for (int i = 0; i < 4; i++) {
        bed_press(&bed, BED_A_MORE, 0);
        assert_true(bed_fills(&bed, 0, BED_N(wanted[i])));
    }
    bed_press(&bed, BED_A_TOO_MUCH, 0);
    assert_true(bed_fills(&bed, 0, BED_N(3)));
    bed_press(&bed, BED_NEXT, BED_BAR); /* another page goes on with it */
    assert_true(bed_fills(&bed, 0, BED_N(3)));
    bed_press(&bed, BED_HOME, BED_BAR);
    bed_press(&bed, BED_HUB_A, 0); /* entering anew does not */
    assert_true(bed_fills(&bed, 0, BED_N(1)));
    bed_close(&bed);
}

static void back_restores_place_and_state(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_press(&bed, BED_HUB_A_TWO, 0);
    assert_shown(&bed, 0, "a#two");
    bed_press(&bed, BED_A_MORE, 0);
    bed_press(&bed, BED_A_B, 0);
    assert_shown(&bed, 0, "b");
    bed_press(&bed, BED_BACK, BED_BAR);
    assert_shown(&bed, 0, "a#two");
    assert_true(bed_fills(&bed, 0, BED_N(2)));
    bed_press(&bed, BED_BACK, BED_BAR);
    assert_shown(&bed, 0, "hub");
    bed_press(&bed, BED_BACK, BED_BAR);
    assert_shown(&bed, 0, "a#one"); /* where the visit began */
    bed_press(&bed, BED_BACK, BED_BAR);
    assert_shown(&bed, 0, "hub"); /* nothing before that: home */
    bed_press(&bed, BED_BACK, BED_BAR);
    assert_shown(&bed, 0, "hub");
    bed_close(&bed);
}

static void two_quick_taps_are_one_way(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_tap(&bed, 40, 40);
    bed_tap(&bed, 40, 40);  /* during the change, on the same tile */
    bed_tap(&bed, 140, 40); /* and on another one */
    bed_settle(&bed);
    bed_settle(&bed);
    assert_shown(&bed, 0, "b");
    bed_press(&bed, BED_BACK, BED_BAR);
    assert_shown(&bed, 0, "hub");
    bed_press(&bed, BED_BACK, BED_BAR);
    assert_shown(&bed, 0, "a#one"); /* not hub again */
    bed_close(&bed);
}

static void a_long_way_is_forgotten_at_its_start_only(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    for (int i = 0; i < 40; i++) {
        bed_press(&bed, BED_HUB_A, 0);
        bed_press(&bed, BED_HOME, BED_BAR);
    }
    for (int i = 0; i < 16; i++) {
        bed_press(&bed, BED_BACK, BED_BAR);
        assert_shown(&bed, 0, "a#one");
        bed_press(&bed, BED_BACK, BED_BAR);
        assert_shown(&bed, 0, "hub");
    }
    bed_close(&bed);
}

static void an_address_that_leads_nowhere_does_nothing(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_press(&bed, BED_HUB_NOWHERE, 0);
    assert_shown(&bed, 0, "hub");
    bed_close(&bed);
}

static void each_zone_has_its_own_visitor(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.wall = "two"});
    bed_step(&bed, false);
    assert_shown(&bed, 0, "a#one");
    assert_shown(&bed, 1, "hub");
    assert_string_equal(bed_status(&bed, 0).language, "de");
    assert_string_equal(bed_status(&bed, 1).language, "en");
    bed_tap(&bed, 1000 + 640, 540); /* Leichte Sprache on the right */
    bed_tap(&bed, 540, 540);        /* English on the left */
    bed_tap(&bed, 1000 + 40, 40);
    bed_settle(&bed);
    assert_string_equal(bed_status(&bed, 0).language, "en");
    assert_true(bed_fills(&bed, 0, BED_ENGLISH_FILL));
    assert_string_equal(bed_status(&bed, 1).language, "de-leicht");
    assert_false(bed_fills(&bed, 1, BED_ENGLISH_FILL));
    assert_shown(&bed, 1, "a#one");
    for (int i = 0; i < 3; i++) { /* the right one plays on */
        bed_pass(&bed, 30 * SW_SECOND);
        bed_tap(&bed, 1000 + 40, 40);
    }
    assert_false(bed_status(&bed, 0).visit);
    assert_string_equal(bed_status(&bed, 0).language, "de");
    assert_true(bed_status(&bed, 1).visit);
    assert_false(bed_status(&bed, 1).countdown);
    assert_string_equal(bed_status(&bed, 1).language, "de-leicht");
    assert_true(bed_fills(&bed, 1, BED_N(3)));
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_visit_holds_the_scene),
        cmocka_unit_test(idle_counts_down_and_returns),
        cmocka_unit_test(the_countdown_comes_in_as_its_part_says),
        cmocka_unit_test(a_touch_extends),
        cmocka_unit_test(a_touch_in_the_countdown_does_nothing_else),
        cmocka_unit_test(restart_ends_the_visit),
        cmocka_unit_test(a_visit_that_ends_is_followed_by_the_scene_due_from_its_start),
        cmocka_unit_test(a_scene_may_be_idle_longer),
        cmocka_unit_test(high_contrast_doubles_the_time),
        cmocka_unit_test(pages_stop_at_the_ends),
        cmocka_unit_test(state_keeps_to_its_range_and_to_the_scene),
        cmocka_unit_test(back_restores_place_and_state),
        cmocka_unit_test(two_quick_taps_are_one_way),
        cmocka_unit_test(a_long_way_is_forgotten_at_its_start_only),
        cmocka_unit_test(an_address_that_leads_nowhere_does_nothing),
        cmocka_unit_test(each_zone_has_its_own_visitor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
