/* SPDX-License-Identifier: EUPL-1.2 */
/* How one scene gives way to the next: which change it is, where it goes, and what a finger makes of it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "bed.h"

#define FRAME_US 16667

static const struct sw_stage_zone *frame(const struct bed *bed)
{
    const struct sw_stage_zone *frames = NULL;
    assert_true(sw_stage_zones(bed->stage, &frames) >= 1);
    return &frames[0];
}

/* Until a change is on its way in the only zone. */
static void until_changing(struct bed *bed)
{
    for (int i = 0; i < 900 && frame(bed)->mix == 0; i++)
        bed_pass(bed, FRAME_US);
    assert_true(frame(bed)->mix > 0);
}

static void at_a(struct bed *bed, struct bed_options options)
{
    bed_open(bed, options);
    bed_step(bed, false);
    bed_tap(bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_settle(bed);
    assert_shown(bed, 0, "a#one");
}

static const char *way_word(enum sw_way way)
{
    static const char *const words[] = {"left", "right", "up", "down"};
    return words[way];
}

static void assert_change(const struct bed *bed, enum sw_change_kind kind, enum sw_way way, const char *what)
{
    if (frame(bed)->kind != kind || frame(bed)->way != way)
        fail_msg("%s: kind %d to the %s, wanted %d to the %s", what, (int)frame(bed)->kind, way_word(frame(bed)->way), (int)kind,
                 way_word(way));
}

/* -- where it goes -- */

static void pages_and_scenes_go_where_they_lie(void **state)
{
    (void)state;
    static const struct {
        const char *language, *to;
        enum sw_way forward;
    } rows[] = {
        {NULL, "start", SW_WAY_LEFT},  {NULL, "end", SW_WAY_RIGHT}, {NULL, "up", SW_WAY_UP}, {NULL, "down", SW_WAY_DOWN},
        {"ar", "start", SW_WAY_RIGHT}, {"ar", "end", SW_WAY_LEFT},  {"ar", "up", SW_WAY_UP},
    };
    static const struct {
        int column, row;
        bool backwards;
        const char *shown;
    } steps[] = {
        {BED_NEXT, BED_BAR, false, "a#two"},
        {BED_NEXT, BED_BAR, false, "a#three"},
        {BED_PREVIOUS, BED_BAR, true, "a#two"},
        {BED_A_THREE, 0, false, "a#three"},
        {BED_A_B, 0, false, "b"},
        {BED_BACK, BED_BAR, true, "a#three"},
        {BED_HOME, BED_BAR, true, "hub"},
        {BED_HUB_A, 0, false, "a#one"},
        {BED_BACK, BED_BAR, true, "hub"},
        {BED_HUB_A_TWO, 0, false, "a#two"},
    };
    for (size_t kind = 0; kind < 2; kind++)
        for (size_t i = 0; i < SW_COUNT(rows); i++) {
            struct bed bed;
            char defaults[200];
            (void)snprintf(defaults, sizeof defaults, "{\"transition\": {\"kind\": \"%s\", \"to\": \"%s\"}}", kind == 0 ? "push" : "wipe",
                           rows[i].to);
            at_a(&bed, (struct bed_options){.defaults = defaults, .language = rows[i].language});
            for (size_t k = 0; k < SW_COUNT(steps); k++) {
                double x = steps[k].column * 100 + 40;
                x = rows[i].language != NULL ? 1000 - x : x; /* laid out from the right */
                bed_tap(&bed, x, steps[k].row * 100 + 40);
                until_changing(&bed);
                assert_change(&bed, kind == 0 ? SW_CHANGE_PUSH : SW_CHANGE_WIPE,
                              steps[k].backwards ? sw_way_back(rows[i].forward) : rows[i].forward, steps[k].shown);
                bed_settle(&bed);
                assert_shown(&bed, 0, steps[k].shown);
            }
            bed_close(&bed);
        }
}

static void a_swipe_pushes_with_the_finger(void **state)
{
    (void)state;
    for (int mirrored = 0; mirrored < 2; mirrored++) {
        struct bed bed;
        at_a(&bed, (struct bed_options){.defaults = "{\"turn\": {\"kind\": \"push\"}}", .language = mirrored ? "ar" : NULL});
        double side = mirrored ? 1 : -1;
        for (int turn = 0; turn < 2; turn++, side = -side) {
            bed_down(&bed, 1, 500, 350);
            bed_pass(&bed, 100 * SW_MS);
            bed_move(&bed, 1, 500 + side * 50, 350);
            bed_move(&bed, 1, 500 + side * 120, 350);
            bed_up(&bed, 1);
            until_changing(&bed);
            assert_change(&bed, SW_CHANGE_PUSH, side < 0 ? SW_WAY_LEFT : SW_WAY_RIGHT, "swipe");
            bed_settle(&bed);
            assert_shown(&bed, 0, turn == 0 ? "a#two" : "a#one");
        }
        bed_close(&bed);
    }
}

static void nobody_there_all_goes_forward_but_the_return(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.defaults = "{\"transition\": {\"kind\": \"push\"}}"});
    bed_step(&bed, false);
    for (int i = 0; i < 8; i++) { /* a's pages, b, a's pages again */
        until_changing(&bed);
        assert_change(&bed, SW_CHANGE_PUSH, SW_WAY_LEFT, "playlist");
        bed_settle(&bed);
    }
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_settle(&bed);
    bed_press(&bed, BED_HOME, BED_BAR);
    bed_press(&bed, BED_HUB_A, 0);
    bed_press(&bed, BED_NEXT, BED_BAR);
    bed_tap(&bed, BED_RESTART * 100 + 40, 540);
    bed_pass(&bed, 50 * SW_MS);
    until_changing(&bed);
    /* a is what is due, from its start: page two gives way to page one, on the way back */
    assert_change(&bed, SW_CHANGE_PUSH, SW_WAY_RIGHT, "the end of a visit");
    bed_settle(&bed);
    assert_shown(&bed, 0, "a#one");
    until_changing(&bed);
    assert_change(&bed, SW_CHANGE_PUSH, SW_WAY_LEFT, "afterwards");
    bed_close(&bed);
}

static void what_comes_anew_in_its_place_fades(void **state)
{
    (void)state;
    struct bed bed;
    at_a(&bed, (struct bed_options){.defaults = "{\"transition\": {\"kind\": \"push\"}}"});
    bed_tap(&bed, BED_RESTART * 100 + 40, 540);
    until_changing(&bed);
    assert_change(&bed, SW_CHANGE_FADE, frame(&bed)->way, "the same page");
    bed_close(&bed);
}

/* -- which one -- */

static void pages_turn_as_they_are_told_and_scenes_too(void **state)
{
    (void)state;
    static const struct bed_file files[] = {
        {"scenes/b.json", "{\"title\": \"B\", \"frame\": \"bar\", \"transition\": {\"kind\": \"wipe\", \"to\": \"up\"},"
                          " \"turn\": {\"kind\": \"wipe\", \"to\": \"down\"},"
                          " \"pages\": [{\"id\": \"one\", \"elements\": []}, {\"id\": \"two\", \"elements\": []}]}"},
        {NULL, NULL},
    };
    static const char list[] = "{\"loop\": [{\"scene\": \"a\", \"for\": \"9s\"},"
                               " {\"scene\": \"b\", \"for\": \"9s\", \"transition\": {\"kind\": \"push\", \"to\": \"end\"}}]}";
    struct bed bed;
    struct bed_options options = {.defaults = "{\"turn\": {\"kind\": \"push\"}}", .files = files, .playlist = list};
    at_a(&bed, options);
    bed_tap(&bed, BED_NEXT * 100 + 40, 540);
    until_changing(&bed);
    assert_change(&bed, SW_CHANGE_PUSH, SW_WAY_LEFT, "the exhibition's turn");
    bed_settle(&bed);
    bed_tap(&bed, BED_A_B * 100 + 40, 40);
    until_changing(&bed);
    assert_change(&bed, SW_CHANGE_WIPE, SW_WAY_UP, "the scene's transition");
    bed_settle(&bed);
    bed_tap(&bed, BED_NEXT * 100 + 40, 540);
    until_changing(&bed);
    assert_change(&bed, SW_CHANGE_WIPE, SW_WAY_DOWN, "the scene's turn");
    bed_settle(&bed);
    bed_tap(&bed, BED_HOME * 100 + 40, 540);
    until_changing(&bed);
    assert_change(&bed, SW_CHANGE_FADE, frame(&bed)->way, "the exhibition's transition");
    bed_close(&bed);
    bed_open(&bed, options);
    bed_step(&bed, false);
    bed_pass(&bed, 8 * SW_SECOND + 900 * SW_MS);
    until_changing(&bed);
    assert_change(&bed, SW_CHANGE_PUSH, SW_WAY_RIGHT, "the item's transition");
    bed_close(&bed);
}

static void without_motion_all_are_cuts(void **state)
{
    (void)state;
    static const char *const kinds[] = {"push", "wipe", "morph"};
    for (size_t i = 0; i < SW_COUNT(kinds); i++) {
        struct bed bed;
        char defaults[100];
        (void)snprintf(defaults, sizeof defaults, "{\"transition\": {\"kind\": \"%s\"}, \"turn\": {\"kind\": \"%s\"}}", kinds[i], kinds[i]);
        bed_open(&bed, (struct bed_options){.defaults = defaults, .reduced_motion = true});
        bed_step(&bed, false);
        for (int step = 0; step < 25 * 8; step++) {
            bed_pass(&bed, SW_SECOND / 8);
            assert_false(bed_status(&bed, 0).changing);
        }
        assert_int_equal(bed_status(&bed, 0).changes, 6);
        bed_close(&bed);
    }
}

/* -- fingers -- */

static struct sw_box_px left_of_old(const struct sw_stage_zone *zone, bool second)
{
    struct sw_change change = sw_change_at(zone->kind, zone->way, zone->mix, 1000, 600);
    return sw_change_view(&change, second, 1000, 600).seen;
}

/* A touch on empty ground turns any change round, from where it is: what was seen where stays so in that instant. */
static void a_touch_turns_every_change_round(void **state)
{
    (void)state;
    static const char *const changes[] = {"\"kind\": \"fade\"",
                                          "\"kind\": \"morph\"",
                                          "\"kind\": \"push\"",
                                          "\"kind\": \"push\", \"to\": \"end\"",
                                          "\"kind\": \"push\", \"to\": \"down\"",
                                          "\"kind\": \"wipe\"",
                                          "\"kind\": \"wipe\", \"to\": \"up\""};
    for (size_t i = 0; i < SW_COUNT(changes); i++)
        for (int after = 130; after < 600; after += 70) {
            struct bed bed;
            char defaults[200];
            (void)snprintf(defaults, sizeof defaults, "{\"transition\": {%s, \"for\": \"600ms\"}}", changes[i]);
            bed_open(&bed, (struct bed_options){.defaults = defaults});
            bed_step(&bed, false);
            bed_pass(&bed, (12000 - 100 + after) * SW_MS);
            struct sw_stage_zone before = *frame(&bed);
            assert_non_null(before.next);
            bed_down(&bed, 1, BED_EMPTY_X, BED_EMPTY_Y);
            const struct sw_stage_zone *now = frame(&bed);
            if (now->mix < 1 && now->next != NULL) {
                struct sw_box_px old = left_of_old(&before, false), new = left_of_old(now, true);
                assert_ptr_equal(now->list, before.next);
                assert_ptr_equal(now->next, before.list);
                assert_true(fabs(now->mix - (1 - before.mix)) < 1e-6);
                assert_true(abs(old.x - new.x) <= 1 && abs(old.y - new.y) <= 1);
            }
            bed_up(&bed, 1);
            bed_settle(&bed);
            assert_shown(&bed, 0, "a#three");
            assert_true(bed_status(&bed, 0).visit);
            bed_close(&bed);
        }
}

/* While the playlist pushes a scene out, what a finger comes down on is where it is seen. */
static void a_touch_acts_on_what_it_sees_of_what_is_pushed(void **state)
{
    (void)state;
    for (int moved_on = 0; moved_on < 2; moved_on++) {
        struct bed bed;
        bed_open(&bed, (struct bed_options){.defaults = "{\"transition\": {\"kind\": \"push\", \"to\": \"end\", \"for\": \"600ms\"}}"});
        bed_step(&bed, false);
        bed_pass(&bed, 12300 * SW_MS);
        struct sw_change change = sw_change_at(frame(&bed)->kind, frame(&bed)->way, frame(&bed)->mix, 1000, 600);
        int moved = sw_change_view(&change, false, 1000, 600).x;
        assert_true(moved > 400);
        double x = moved_on ? BED_A_MORE * 100 + 40 + moved : BED_A_MORE * 100 + 40; /* where it was, there is nothing of it now */
        bed_tap(&bed, x, 40);
        bed_settle(&bed);
        assert_shown(&bed, 0, "a#three");
        assert_true(bed_fills(&bed, 0, moved_on ? BED_N(2) : BED_N(1)));
        bed_close(&bed);
    }
}

/* Who turns pages quickly taps where the button is, not after it. */
static void a_second_tap_while_a_page_turns_turns_the_next(void **state)
{
    (void)state;
    struct bed bed;
    at_a(&bed, (struct bed_options){.defaults = "{\"turn\": {\"kind\": \"push\", \"for\": \"600ms\"}}"});
    bed_tap(&bed, BED_NEXT * 100 + 40, 540);
    bed_pass(&bed, 200 * SW_MS);
    assert_true(bed_status(&bed, 0).changing);
    bed_tap(&bed, BED_NEXT * 100 + 40, 540);
    bed_settle(&bed);
    bed_settle(&bed);
    assert_shown(&bed, 0, "a#three");
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_and_scenes_go_where_they_lie),
        cmocka_unit_test(a_swipe_pushes_with_the_finger),
        cmocka_unit_test(nobody_there_all_goes_forward_but_the_return),
        cmocka_unit_test(what_comes_anew_in_its_place_fades),
        cmocka_unit_test(pages_turn_as_they_are_told_and_scenes_too),
        cmocka_unit_test(without_motion_all_are_cuts),
        cmocka_unit_test(a_touch_turns_every_change_round),
        cmocka_unit_test(a_touch_acts_on_what_it_sees_of_what_is_pushed),
        cmocka_unit_test(a_second_tap_while_a_page_turns_turns_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
