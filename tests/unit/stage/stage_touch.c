/* SPDX-License-Identifier: EUPL-1.2 */
/* Fingers: what they belong to, what they act on while scenes come and go, when they mean nothing, and the marks beneath them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"

static void at_hub(struct bed *bed, const char *wall)
{
    bed_open(bed, (struct bed_options){.wall = wall});
    bed_step(bed, false);
    bed_tap(bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_press(bed, BED_HOME, BED_BAR);
    assert_shown(bed, 0, "hub");
}

/* Drags finger 1 along the points (pairs, up to a negative one) in `duration`, and lifts it. */
static void drag(struct bed *bed, const double *points, int64_t duration)
{
    int count = 0;
    while (points[2 * count] >= 0)
        count++;
    bed_down(bed, 1, points[0], points[1]);
    for (int i = 1; i < count; i++) {
        bed_pass(bed, duration / (count - 1));
        bed_move(bed, 1, points[2 * i], points[2 * i + 1]);
    }
    bed_up(bed, 1);
    bed_settle(bed);
}

static void what_is_left_by_sliding_is_not_tapped(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    drag(&bed, (const double[]){40, 40, 60, 60, 300, 300, -1}, 2 * SW_SECOND);
    assert_shown(&bed, 0, "hub");
    drag(&bed, (const double[]){40, 40, 60, 60, 40, 40, -1}, 2 * SW_SECOND); /* nor when it comes back */
    assert_shown(&bed, 0, "hub");
    drag(&bed, (const double[]){40, 40, 46, 44, -1}, 2 * SW_SECOND); /* but a finger trembles */
    assert_shown(&bed, 0, "a#one");
    bed_close(&bed);
}

static void what_is_slid_onto_is_not_tapped(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, "two");
    drag(&bed, (const double[]){BED_EMPTY_X, BED_EMPTY_Y, 300, 200, 40, 40, -1}, 2 * SW_SECOND);
    assert_shown(&bed, 0, "hub");
    uint64_t changes = bed_status(&bed, 1).changes;
    bed_down(&bed, 1, 140, 40);
    bed_move(&bed, 1, 1040, 40); /* into the other zone, onto a tile of its hub */
    assert_int_equal(bed_status(&bed, 0).contacts, 1);
    assert_int_equal(bed_status(&bed, 1).contacts, 0);
    bed_pass(&bed, 2 * SW_SECOND);
    bed_up(&bed, 1);
    bed_settle(&bed);
    assert_shown(&bed, 0, "hub");
    assert_shown(&bed, 1, "hub");
    assert_false(bed_status(&bed, 1).visit);
    assert_int_equal(bed_status(&bed, 1).changes, changes);
    bed_close(&bed);
}

static void a_swipe_turns_the_page(void **state)
{
    (void)state;
    static const struct {
        const char *what, *shown;
        double points[8];
        int64_t duration_ms;
    } table[] = {
        {"to the left", "a#two", {800, 300, 760, 302, 700, 305, -1}, 300},
        {"again", "a#three", {800, 300, 760, 302, 700, 305, -1}, 300},
        {"at the end", "a#three", {800, 300, 760, 302, 700, 305, -1}, 300},
        {"to the right", "a#two", {600, 300, 660, 302, 700, 305, -1}, 300},
        {"downwards", "a#two", {600, 200, 600, 300, 610, 450, -1}, 300},
        {"askew", "a#two", {600, 200, 550, 240, 500, 280, -1}, 300},
        {"too short", "a#two", {600, 300, 580, 300, 550, 300, -1}, 300},
        {"too slow", "a#two", {800, 300, 760, 302, 700, 305, -1}, 2000},
        {"from a button on", "a#one", {440, 540, 500, 540, 560, 540, -1}, 300},
    };
    struct bed bed;
    bed_open(&bed, (struct bed_options){.wall = NULL});
    bed_step(&bed, false);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        drag(&bed, table[i].points, table[i].duration_ms * SW_MS);
        if (strcmp(bed_shown(&bed, 0), table[i].shown) != 0)
            fail_msg("%s: %s, wanted %s", table[i].what, bed_shown(&bed, 0), table[i].shown);
    }
    assert_true(bed_status(&bed, 0).visit);
    bed_close(&bed);
}

/* Twelve seconds after midnight a#three gives way to b, within 600 ms. */
static void before_the_change(struct bed *bed)
{
    bed_open(bed, (struct bed_options){.wall = NULL});
    bed_step(bed, false);
    bed_pass(bed, 11900 * SW_MS);
    assert_shown(bed, 0, "a#three");
}

static void a_touch_on_empty_ground_during_a_change_keeps_what_was_seen(void **state)
{
    (void)state;
    for (int64_t after = 120; after < 700; after += 80) {
        struct bed bed;
        before_the_change(&bed);
        bed_pass(&bed, after * SW_MS);
        assert_true(bed_status(&bed, 0).changing);
        bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
        bed_settle(&bed);
        assert_shown(&bed, 0, "a#three");
        assert_true(bed_status(&bed, 0).visit);
        bed_close(&bed);
    }
}

static void a_touch_during_a_change_acts_on_what_goes(void **state)
{
    (void)state;
    struct bed bed;
    before_the_change(&bed);
    bed_pass(&bed, 400 * SW_MS);
    assert_true(bed_status(&bed, 0).changing);
    bed_press(&bed, BED_A_MORE, 0); /* b has nothing there */
    assert_shown(&bed, 0, "a#three");
    assert_true(bed_fills(&bed, 0, BED_N(2)));
    bed_close(&bed);
}

static void a_touch_soon_after_an_automatic_change_acts_on_what_has_gone(void **state)
{
    (void)state;
    for (int64_t after = 720; after < 1080; after += 50) {
        struct bed bed;
        before_the_change(&bed);
        bed_pass(&bed, after * SW_MS);
        assert_shown(&bed, 0, "b");
        bed_down(&bed, 1, 40, 40);
        bed_pass(&bed, 150 * SW_MS); /* it lifts when what it acts on would be forgotten */
        bed_up(&bed, 1);
        bed_settle(&bed);
        assert_shown(&bed, 0, "a#three");
        if (!bed_fills(&bed, 0, BED_N(2)))
            fail_msg("a tap %d ms after the change began was lost", (int)after - 100);
        bed_close(&bed);
    }
}

static void a_popup_may_be_opened_on_what_has_gone(void **state)
{
    (void)state;
    struct bed bed;
    before_the_change(&bed);
    bed_pass(&bed, 900 * SW_MS);
    assert_shown(&bed, 0, "b");
    bed_press(&bed, BED_A_MODAL, 0);
    assert_shown(&bed, 0, "a#three");
    assert_true(bed_fills(&bed, 0, BED_MODAL_FILL));
    bed_close(&bed);
}

static void later_a_touch_acts_on_what_has_come(void **state)
{
    (void)state;
    struct bed bed;
    before_the_change(&bed);
    bed_pass(&bed, 1200 * SW_MS);
    bed_press(&bed, BED_A_MORE, 0);
    assert_shown(&bed, 0, "b");
    assert_true(bed_status(&bed, 0).visit);
    bed_close(&bed);
}

static void after_a_visitors_own_change_a_touch_acts_on_what_has_come(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_tap(&bed, 40, 40);
    while (bed_status(&bed, 0).changing || strcmp(bed_shown(&bed, 0), "a#one") != 0)
        bed_pass(&bed, 16667);
    bed_tap(&bed, 40, 40);
    assert_true(bed_fills(&bed, 0, BED_N(2)));
    bed_close(&bed);
}

/* The scene that a finger rests on is gone when it lifts; what has come meanwhile is none of its business, wherever it lies in memory. */
static void a_finger_that_outlives_its_scene_means_nothing(void **state)
{
    (void)state;
    for (int rounds = 1; rounds < 8; rounds++) {
        struct bed bed;
        at_hub(&bed, NULL);
        bed_down(&bed, 1, 140, 40); /* would go to b */
        for (int i = 0; i < rounds; i++) {
            bed_press(&bed, BED_HUB_A, 0);
            bed_press(&bed, BED_NEXT, BED_BAR);
            if (i + 1 < rounds)
                bed_press(&bed, BED_HOME, BED_BAR);
        }
        assert_shown(&bed, 0, "a#two");
        bed_up(&bed, 1);
        bed_settle(&bed);
        assert_shown(&bed, 0, "a#two");
        bed_close(&bed);
    }
}

static void a_stuck_finger_is_let_go(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_down(&bed, 1, 40, 40);
    bed_pass(&bed, 29 * SW_SECOND);
    assert_int_equal(bed_status(&bed, 0).contacts, 1);
    bed_move(&bed, 1, 41, 40);
    bed_pass(&bed, 29 * SW_SECOND);
    assert_int_equal(bed_status(&bed, 0).contacts, 1);
    bed_pass(&bed, 2 * SW_SECOND);
    assert_int_equal(bed_status(&bed, 0).contacts, 0);
    bed_up(&bed, 1);
    bed_settle(&bed);
    assert_shown(&bed, 0, "hub");
    bed_pass(&bed, 90 * SW_SECOND); /* nor does it hold the wall for ever */
    assert_false(bed_status(&bed, 0).visit);
    bed_close(&bed);
}

static void a_cancelled_finger_means_nothing(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_down(&bed, 1, 40, 40);
    bed_down(&bed, 2, 140, 40);
    sw_stage_contact(bed.stage, 1, SW_CONTACT_CANCEL, 40, 40, bed.now);
    assert_int_equal(bed_status(&bed, 0).contacts, 1);
    sw_stage_cancel_contacts(bed.stage, bed.now);
    assert_int_equal(bed_status(&bed, 0).contacts, 0);
    bed_up(&bed, 1);
    bed_up(&bed, 2);
    bed_settle(&bed);
    assert_shown(&bed, 0, "hub");
    bed_close(&bed);
}

static void a_finger_that_comes_down_twice_is_one(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_down(&bed, 1, 40, 40);
    bed_down(&bed, 1, 140, 40);
    assert_int_equal(bed_status(&bed, 0).contacts, 1);
    bed_up(&bed, 1);
    bed_settle(&bed);
    assert_shown(&bed, 0, "b");
    bed_move(&bed, 9, 40, 40); /* nobody's */
    bed_up(&bed, 9);
    assert_int_equal(bed_status(&bed, 0).contacts, 0);
    bed_close(&bed);
}

static void too_many_fingers_are_too_many(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    for (uint64_t i = 0; i < 200; i++)
        bed_down(&bed, 100 + i, 300 + (double)(i % 20) * 20, 200 + (double)(i / 20) * 20);
    assert_true(bed_status(&bed, 0).contacts >= 40);
    for (uint64_t i = 0; i < 200; i++)
        bed_up(&bed, 100 + i);
    assert_int_equal(bed_status(&bed, 0).contacts, 0);
    bed_pass(&bed, SW_SECOND);
    assert_int_equal(bed_marks(&bed, 0), 0);
    bed_press(&bed, BED_HUB_A, 0);
    assert_shown(&bed, 0, "a#one");
    bed_close(&bed);
}

static void many_short_touches_in_a_row_are_all_taken(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    for (uint64_t i = 0; i < 200; i++) { /* their marks have not faded yet */
        bed_down(&bed, 100 + i, BED_EMPTY_X, BED_EMPTY_Y);
        bed_up(&bed, 100 + i);
    }
    bed_press(&bed, BED_HUB_A, 0);
    assert_shown(&bed, 0, "a#one");
    bed_close(&bed);
}

static void a_mark_is_beneath_each_finger_and_fades(void **state)
{
    (void)state;
    struct bed bed;
    at_hub(&bed, NULL);
    bed_pass(&bed, SW_SECOND);
    assert_int_equal(bed_marks(&bed, 0), 0);
    bed_down(&bed, 1, BED_EMPTY_X, BED_EMPTY_Y);
    bed_down(&bed, 2, 40, 40);
    assert_int_equal(bed_marks(&bed, 0), 2);
    const struct sw_stage_zone *frames = NULL;
    (void)sw_stage_zones(bed.stage, &frames);
    const struct sw_rect to = frames[0].top->items[0].to;
    assert_true(to.x + to.width / 2 == BED_EMPTY_X && to.y + to.height / 2 == BED_EMPTY_Y);
    bed_up(&bed, 1);
    bed_pass(&bed, 120 * SW_MS);
    assert_int_equal(bed_marks(&bed, 0), 2);
    (void)sw_stage_zones(bed.stage, &frames);
    assert_true(frames[0].top->items[0].opacity < 0.8 || frames[0].top->items[1].opacity < 0.8);
    bed_pass(&bed, 200 * SW_MS);
    assert_int_equal(bed_marks(&bed, 0), 1);
    bed_up(&bed, 2);
    bed_pass(&bed, 300 * SW_MS);
    assert_int_equal(bed_marks(&bed, 0), 0);
    bed_close(&bed);
}

/* Tiles over the gap between two displays, of which all is seen: a finger hits the tile that it sees, on either display. */
static void tiles_apart_are_hit_where_they_are_seen(void **state)
{
    (void)state;
    static const struct bed_file files[] = {
        {"scenes/walls/one.json", "{\"panels\": [{\"id\": \"p\", \"at\": [0, 0], \"size\": [480, 600], \"pixels\": [480, 600]},"
                                  " {\"id\": \"q\", \"at\": [520, 0], \"size\": [480, 600], \"pixels\": [480, 600]}],"
                                  " \"zones\": [{\"id\": \"one\", \"at\": [0, 0], \"size\": [1000, 600], \"playlist\": \"list\"}]}"},
        {"scenes/tiles.json",
         "{\"title\": \"Tiles\", \"elements\": [{\"grid\": [{\"shape\": \"rectangle\", \"tap\": {\"go\": \"a\"}},"
         " {\"shape\": \"rectangle\", \"tap\": {\"go\": \"a#two\"}}, {\"shape\": \"rectangle\", \"tap\": {\"go\": \"b\"}},"
         " {\"shape\": \"rectangle\", \"tap\": {\"go\": \"hub\"}}], \"columns\": 4, \"gap\": 0, \"row_height\": 100,"
         " \"bezels\": \"skip\", \"at\": [300, 100], \"size\": [400, 100]}]}"},
        {NULL, NULL},
    };
    static const struct {
        double x;
        const char *shown;
    } cases[] = {{385, "a#one"}, {395, "a#two"}, {475, "a#two"}, {525, "b"}, {605, "b"}, {615, "hub"}, {695, "hub"}, {730, "tiles"}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bed bed;
        bed_open(&bed, (struct bed_options){.playlist = "{\"loop\": [{\"scene\": \"tiles\"}]}", .files = files});
        bed_step(&bed, false);
        bed_settle(&bed);
        bed_tap(&bed, cases[i].x, 150);
        bed_settle(&bed);
        assert_shown(&bed, 0, cases[i].shown);
        bed_close(&bed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_by_sliding_is_not_tapped),
        cmocka_unit_test(what_is_slid_onto_is_not_tapped),
        cmocka_unit_test(a_swipe_turns_the_page),
        cmocka_unit_test(a_touch_on_empty_ground_during_a_change_keeps_what_was_seen),
        cmocka_unit_test(a_touch_during_a_change_acts_on_what_goes),
        cmocka_unit_test(a_touch_soon_after_an_automatic_change_acts_on_what_has_gone),
        cmocka_unit_test(a_popup_may_be_opened_on_what_has_gone),
        cmocka_unit_test(later_a_touch_acts_on_what_has_come),
        cmocka_unit_test(after_a_visitors_own_change_a_touch_acts_on_what_has_come),
        cmocka_unit_test(a_finger_that_outlives_its_scene_means_nothing),
        cmocka_unit_test(a_stuck_finger_is_let_go),
        cmocka_unit_test(a_cancelled_finger_means_nothing),
        cmocka_unit_test(a_finger_that_comes_down_twice_is_one),
        cmocka_unit_test(too_many_fingers_are_too_many),
        cmocka_unit_test(many_short_touches_in_a_row_are_all_taken),
        cmocka_unit_test(a_mark_is_beneath_each_finger_and_fades),
        cmocka_unit_test(tiles_apart_are_hit_where_they_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
