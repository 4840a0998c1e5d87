/* SPDX-License-Identifier: EUPL-1.2 */
/* Popups: modal and not, what a tap beside them does, and when they go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"

static void at_a(struct bed *bed)
{
    bed_open(bed, (struct bed_options){.wall = NULL});
    bed_step(bed, false);
    bed_tap(bed, BED_EMPTY_X, BED_EMPTY_Y);
    assert_shown(bed, 0, "a#one");
}

static void a_modal_popup_takes_all_taps(void **state)
{
    (void)state;
    struct bed bed;
    at_a(&bed);
    bed_press(&bed, BED_A_MODAL, 0);
    assert_true(bed_fills(&bed, 0, BED_MODAL_FILL));
    bed_press(&bed, 5, 3); /* within it, where there is nothing */
    assert_true(bed_fills(&bed, 0, BED_MODAL_FILL));
    bed_press(&bed, BED_A_MORE, 0); /* beside it, on a cell of the scene: it closes, and that is all */
    assert_false(bed_fills(&bed, 0, BED_MODAL_FILL));
    assert_true(bed_fills(&bed, 0, BED_N(1)));
    bed_press(&bed, BED_A_MORE, 0);
    assert_true(bed_fills(&bed, 0, BED_N(2)));
    bed_close(&bed);
}

static void a_popup_closes_itself(void **state)
{
    (void)state;
    struct bed bed;
    at_a(&bed);
    bed_press(&bed, BED_A_MODAL, 0);
    bed_tap(&bed, 350, 200);
    assert_false(bed_fills(&bed, 0, BED_MODAL_FILL));
    bed_press(&bed, BED_A_OPEN, 0);
    assert_true(bed_fills(&bed, 0, BED_OPEN_FILL));
    bed_tap(&bed, 350, 200);
    assert_false(bed_fills(&bed, 0, BED_OPEN_FILL));
    bed_close(&bed);
}

static void another_leaves_the_scene_free(void **state)
{
    (void)state;
    struct bed bed;
    at_a(&bed);
    bed_press(&bed, BED_A_OPEN, 0);
    bed_press(&bed, BED_A_MORE, 0);
    assert_true(bed_fills(&bed, 0, BED_OPEN_FILL));
    assert_true(bed_fills(&bed, 0, BED_N(2)));
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    assert_true(bed_fills(&bed, 0, BED_OPEN_FILL));
    bed_close(&bed);
}

static void opening_twice_is_once_and_the_last_is_on_top(void **state)
{
    (void)state;
    struct bed bed;
    at_a(&bed);
    bed_press(&bed, BED_A_OPEN, 0);
    bed_press(&bed, BED_A_OPEN, 0);
    bed_press(&bed, BED_A_MODAL, 0);
    assert_true(bed_fills(&bed, 0, BED_OPEN_FILL));
    assert_true(bed_fills(&bed, 0, BED_MODAL_FILL));
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    assert_true(bed_fills(&bed, 0, BED_OPEN_FILL));
    assert_false(bed_fills(&bed, 0, BED_MODAL_FILL));
    bed_tap(&bed, 350, 200);
    assert_false(bed_fills(&bed, 0, BED_OPEN_FILL));
    bed_close(&bed);
}

static void popups_go_with_the_page_and_the_visit(void **state)
{
    (void)state;
    struct bed bed;
    at_a(&bed);
    bed_press(&bed, BED_A_OPEN, 0);
    bed_press(&bed, BED_NEXT, BED_BAR);
    assert_shown(&bed, 0, "a#two");
    assert_false(bed_fills(&bed, 0, BED_OPEN_FILL));
    bed_press(&bed, BED_PREVIOUS, BED_BAR);
    assert_false(bed_fills(&bed, 0, BED_OPEN_FILL));
    bed_press(&bed, BED_A_MODAL, 0);
    bed_pass(&bed, 82 * SW_SECOND);
    assert_false(bed_status(&bed, 0).visit);
    bed_settle(&bed);
    assert_false(bed_fills(&bed, 0, BED_MODAL_FILL));
    bed_close(&bed);
}

static void the_countdown_is_above_a_popup(void **state)
{
    (void)state;
    struct bed bed;
    at_a(&bed);
    bed_press(&bed, BED_A_MODAL, 0);
    bed_pass(&bed, 62 * SW_SECOND);
    assert_true(bed_status(&bed, 0).countdown);
    bed_tap(&bed, 350, 200); /* the popup's own button lies beneath the veil */
    assert_false(bed_status(&bed, 0).countdown);
    assert_true(bed_fills(&bed, 0, BED_MODAL_FILL));
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_modal_popup_takes_all_taps),          cmocka_unit_test(a_popup_closes_itself),
        cmocka_unit_test(another_leaves_the_scene_free),         cmocka_unit_test(opening_twice_is_once_and_the_last_is_on_top),
        cmocka_unit_test(popups_go_with_the_page_and_the_visit), cmocka_unit_test(the_countdown_is_above_a_popup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
